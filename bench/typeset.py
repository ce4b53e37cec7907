"""Articles set as newspaper pages: running head, headline, justified columns, folio; and what they say."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

BODY = (
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
)
"""Faces (file, number in it) as Debian places them."""
HEAD = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
)
PACKAGES = "fonts-noto-cjk (or fonts-wqy-zenhei)"
LONGEST = 1400
"""Articles are cut after so many characters."""
_NO_START = set("，。、；：？！）》”’」』】〉％…—·,.;:?!)%]}")
_NO_END = set("（《“‘「『【〈([{")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.,:/-][A-Za-z0-9]+)*[%％]?|.", re.S)


@dataclass(frozen=True)
class Article:
    heads: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass
class Sheet:
    """A printed page: black on white, 300 dots to the inch."""

    image: Image.Image
    blocks: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Running head, headline, columns, folio: in reading order."""


@dataclass
class Printed:
    """The sheets of an article, its text as printed, and the lines that are no part of it."""

    sheets: list[Sheet]
    truth: str
    furniture: list[str]


def faces() -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Body and headline faces that this machine has."""
    found = [[face for face in some if Path(face[0]).is_file()] for some in (BODY, HEAD)]
    return found[0], found[1]


def articles(folder: Path) -> Iterator[Article]:
    """The texts of a folder (truths, where some are called so): short first lines are headlines."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    truths = [path for path in files if re.search(r"(^|\.)(gt|truth)\.", path.name)]
    for path in truths or files:
        text = re.sub(r"(?m)^#{1,6} +", "", path.read_text("utf-8"))
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        heads: list[str] = []
        while len(lines) > 1 and len(heads) < 3 and len(lines[0]) <= 40 and lines[0][-1] not in "。；，、：":
            heads.append(lines.pop(0))
        body: list[str] = []
        for line in lines:
            if sum(map(len, body)) > LONGEST:
                break
            body.append(line)
        if body:
            yield Article(tuple(heads), tuple(body))


@cache
def _font(face: tuple[str, int], size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face[0], size, index=face[1])


class Face:
    """A face at a size, with the widths of its characters."""

    def __init__(self, face: tuple[str, int], size: int) -> None:
        self.size, self.font = size, _font(face, size)
        self._width: dict[str, float] = {}

    def width(self, text: str) -> float:
        for char in set(text) - self._width.keys():
            self._width[char] = self.font.getlength(char)
        return sum(self._width[char] for char in text)

    def draw(self, pen: ImageDraw.ImageDraw, x: float, y: float, text: str, width: float = 0.0) -> None:
        """`text` from the left at x; spread over `width` where that is given."""
        gap = (width - self.width(text)) / (len(text) - 1) if width and len(text) > 1 else 0.0
        for char in text:
            pen.text((x, y), char, font=self.font, fill=0)
            x += self.width(char) + gap


def wrap(text: str, face: Face, width: float, indent: float) -> list[tuple[str, float, bool]]:
    """Lines as (text, indent, whether it is spread), by the rules of Chinese typesetting."""
    lines: list[tuple[str, float, bool]] = []
    line: list[str] = []
    used = start = indent
    for token in _TOKEN.findall(text):
        size = face.width(token)
        if line and used + size > width + 0.5:
            if token in _NO_START and used + size / 2 <= width:
                lines.append(("".join([*line, token]), start, True))
                line, used, start = [], 0.0, 0.0
                continue
            carried = [line.pop()] if len(line) > 1 and (token in _NO_START or line[-1] in _NO_END) else []
            lines.append(("".join(line), start, True))
            line, start = carried, 0.0
            used = face.width("".join(line))
        line.append(token)
        used += size
    if line:
        lines.append(("".join(line), start, False))
    return lines


def typeset(article: Article, seed: int) -> Printed:
    """One or two sheets of an article; the same seed, the same sheets."""
    chance = random.Random(seed)
    bodies, heads = faces()
    size = chance.choice((36, 38, 40, 42, 44))
    body, head = Face(chance.choice(bodies), size), Face(chance.choice(heads), int(size * 2.2))
    small = Face(bodies[0], int(size * 0.9))
    columns, lead = chance.choice((1, 2, 2, 3)), size * chance.uniform(1.45, 1.7)
    across = body.width("国") * {1: 30, 2: 18, 3: 14}[columns]
    gutter = size * 2
    wide = across * columns + gutter * (columns - 1)
    headlines = [part for text in article.heads for part, _, _ in wrap(text, head, wide, 0.0) if part.strip()]
    lines = [line for text in article.paragraphs for line in wrap(text, body, across, 2 * body.width("国"))]
    day = f"{chance.randrange(2015, 2025)}年{chance.randrange(1, 13)}月{chance.randrange(1, 29)}日"
    number = chance.randrange(1, 9)
    each = -(-len(lines) // columns)
    parts = [lines] if each <= 40 else [lines[: 24 * columns], lines[24 * columns :]]
    made = Printed([], "\n".join([*headlines, *article.paragraphs]) + "\n", [])
    for page, part in enumerate(parts):
        top = [f"渝州日报  {day}", f"第{number + page}版"]
        foot = f"— {number + page} —"
        made.furniture += [*top, foot]
        titles = headlines if page == 0 else []
        made.sheets.append(
            _sheet(part, columns, across, gutter, lead, (body, head, small), titles, top, foot)
        )
    return made


def _sheet(
    lines: list[tuple[str, float, bool]],
    columns: int,
    across: float,
    gutter: float,
    lead: float,
    used: tuple[Face, Face, Face],
    titles: list[str],
    top: list[str],
    foot: str,
) -> Sheet:
    body, head, small = used
    edge = body.size * 2
    wide = int(across * columns + gutter * (columns - 1))
    rows = -(-len(lines) // columns)
    under = edge + int(small.size * 2)
    begin = under + int(len(titles) * head.size * 1.45) + body.size
    end = begin + int(rows * lead) + body.size // 2
    image = Image.new("L", (wide + 2 * edge, end + body.size * 3), 255)
    pen = ImageDraw.Draw(image)
    sheet = Sheet(image)
    small.draw(pen, edge, edge * 0.6, top[0])
    small.draw(pen, edge + wide - small.width(top[1]), edge * 0.6, top[1])
    pen.line([(edge, under - small.size // 2), (edge + wide, under - small.size // 2)], fill=0, width=3)
    sheet.blocks.append((0, 0, image.width, under - small.size // 4))
    for number, title in enumerate(titles):
        x = edge + max(0.0, (wide - head.width(title)) / 2)
        head.draw(pen, x, under + number * head.size * 1.45, title)
    if titles:
        sheet.blocks.append((0, under - small.size // 4, image.width, begin - body.size // 3))
    for column in range(columns):
        left = edge + column * (across + gutter)
        for row, (text, indent, spread) in enumerate(lines[column * rows : (column + 1) * rows]):
            width = across - indent if spread else 0.0
            body.draw(pen, left + indent, begin + row * lead, text, width)
        box = (int(left - gutter / 2), begin - body.size // 3, int(left + across + gutter / 2), end)
        sheet.blocks.append(box)
    small.draw(pen, edge + (wide - small.width(foot)) / 2, end + body.size * 0.6, foot)
    sheet.blocks.append((0, end, image.width, image.height))
    return sheet
