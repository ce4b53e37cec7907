"""Build models/witness.tsv: how likely a witness is right where it reads a picture otherwise than a text has.

Sets passages of the corpora as pages, in more faces than the benchmark has, wears them in as many ways, has
PP-OCR read them, and damages their texts as language models and engines do: words put for others, digits
changed, characters misread. Where the reading then differs from the damaged text it is right, or it
is an error of its own; these are rarer here than in use and count so often that both weigh as 1 to 2. Prints,
cross-validated by page, how often it is right and what it finds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from corpus import ROOT, parser, read, read_table, write_table
from PIL import Image, ImageFilter

from bench import typeset
from bench.degrade import Scan, degrade
from cleanup import witness
from cleanup.engine.readings.rows import plain
from cleanup.engine.repair import from_text
from cleanup.model import scan
from cleanup.model.box import BoxedPage
from cleanup.rules.tools.models import Models
from cleanup.score import regression, witnessed
from cleanup.score.witnessed import Doubt
from cleanup.text import simplify
from cleanup.witness import rapid
from cleanup.witness.pictures import Picture

CORPORA = {
    "cctv_xwlb_2012_2026Q1": 24,
    "mao_works_1925_1957": 10,
    "provincial_gov_reports_2026": 10,
    "fudan_politics_economy_law": 10,
    "wiki_zh_simplified_mrc": 10,
}
"""Passages of each."""
PAGES = ((11, 44), (12, 25))
"""Seed, and most pages, of those worn as the benchmark's are, and of those worn more."""
FACES = (
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    ("/usr/share/fonts/truetype/arphic/ukai.ttc", 0),
    ("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0),
    ("/usr/share/fonts/opentype/noto/NotoSerifCJK-SemiBold.ttc", 2),
)
"""Besides the benchmark's."""
LEVELS = (2, 3, 1, 3, 2, 3)
WORDS = re.findall(
    "..",
    "加快加速推动推进加强强化持续不断完善健全深入扎实实现完成提高提升发展建设矛盾问题促进保障坚持全面积极重要重大主要"
    "开展进行组织安排要求强调指出表示认为国家社会人民群众经济政治工作活动领导管理生产生活",
)
"""Words that language models put for one another, and such as stand in their places."""
_WORD, _DIGIT, _CHARACTER = 0.5, 0.12, 0.012
"""Shares of words, digits and characters that are damaged."""
TIMES = 3
"""So often each page is damaged anew."""
_LONG, _ONE_PAGE = 600, 700
SCAN = scan.Scan("page.png", recognisers=("rapidocr",))
_AROUND = 8


class Read(msgspec.Struct):
    """A page that was read."""

    truth: str
    page: BoxedPage


class Sample(NamedTuple):
    doubt: Doubt
    is_right: bool
    is_damage: bool
    page: int


def articles(folder: Path, chance: random.Random) -> list[typeset.Article]:
    """Passages of the corpora."""
    found = list[typeset.Article]()
    for name, count in CORPORA.items():
        blocks = [block for block in re.split(r"\n\s*\n", read(folder, name)) if 300 < len(block) < 4000]
        chance.shuffle(blocks)
        for block in blocks[:count]:
            lines = [line.strip() for line in block.split("\n") if line.strip()]
            heads = [lines.pop(0)] if len(lines) > 1 and len(lines[0]) <= 40 else []
            body, size = list[str](), 0
            for line in lines:
                if size <= _ONE_PAGE:
                    body.append(line[:_LONG])
                    size += len(body[-1])
            found.append(typeset.Article(tuple(heads), tuple(body)))
    chance.shuffle(found)
    return found


def worn(page: Scan, seed: int) -> Scan:
    """The scan made smaller, softer and noisier."""
    chance = np.random.default_rng(seed)
    size = chance.uniform(0.72, 1.0)
    across, down = int(page.image.width * size), int(page.image.height * size)
    image = page.image.resize((across, down), Image.Resampling.BOX)
    image = image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0, 0.7))))
    grey = np.asarray(image, dtype=np.float32)
    grey = grey + chance.normal(0, float(chance.uniform(4, 16)), grey.shape)
    return page._replace(image=Image.fromarray(grey.clip(0, 255).astype(np.uint8)))


def pages(folder: Path, work: Path) -> Iterator[Read]:
    """The pages read, worn as the benchmark's are, and more; `work` keeps readings."""
    typeset.BODY = (*typeset.BODY, *FACES)
    work.mkdir(parents=True, exist_ok=True)
    for part, (seed, most) in enumerate(PAGES):
        for number, article in enumerate(articles(folder, random.Random(seed))[:most]):
            kept = work / f"{part}-{number:03d}.json"
            if not kept.exists():
                sheet = typeset.typeset(article, 7000 + 2000 * part + number)
                level, at = (3 if number % 3 else 2, 500 + number) if part else (LEVELS[number % 6], number)
                made = degrade(sheet.sheets[0].image, level, at)
                image = (worn(made, number) if part else made).image
                pixels = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
                page, _ = rapid.recogniser().read(Picture(kept, 0, "", image.width, image.height, pixels))
                kept.write_bytes(msgspec.json.encode(Read(sheet.truth, page)))
            yield msgspec.json.decode(kept.read_bytes(), type=Read)


def misreadings() -> dict[str, list[str]]:
    """What engines are known to read for each character."""
    found: dict[str, list[str]] = {}
    for char, printed in read_table(ROOT / "dictionaries" / "characters" / "misread.tsv"):
        for right in re.findall(r"[\u4e00-\u9fff]", printed):
            found.setdefault(right, []).append(char)
    return found


def damaged(text: str, misread: dict[str, list[str]], chance: random.Random) -> str:
    """The text with words, digits and characters put for others, of the same length."""
    made, at = list(text), 0
    while at < len(text):
        char = text[at]
        if text[at : at + 2] in WORDS and chance.random() < _WORD:
            made[at : at + 2] = chance.choice([word for word in WORDS if word != text[at : at + 2]])
            at += 1
        elif char.isdigit() and chance.random() < _DIGIT:
            made[at] = chance.choice([digit for digit in "0123456789" if digit != char])
        elif char in misread and chance.random() < _CHARACTER:
            made[at] = chance.choice(misread[char])
        at += 1
    return "".join(made)


def samples(
    number: int, read_page: Read, misread: dict[str, list[str]], seed: int, tools: Models
) -> Iterator[Sample]:
    """Where the reading differs from the damaged text."""
    truth = read_page.truth
    text = damaged(truth, misread, random.Random(number * TIMES + seed))
    seen = witness.beside(from_text(text, "page.md"), [witness.Read(SCAN, (read_page.page,))])
    script = simplify.one_script(text)
    kept = list[tuple[tuple[str, str, str, str], float, float, float, str]]()
    for one in seen.others:
        start, end = one.span.start, one.span.end
        before, after, right = map(plain, (text[start:end], one.text, truth[start:end]))
        if one.lost or one.seen is None or before == after or not after:
            continue
        if witnessed.has_letters(before, after):
            left = "".join(script[max(0, start - 12) : start].split())[-_AROUND:]
            behind = "".join(script[end : end + 12].split())[:_AROUND]
            kept.append(
                ((left, before, after, behind), one.confidence or 0.0, one.seen.rival, one.seen.clear, right)
            )
    gains = tools.gains([row[0] for row in kept])
    for ((_, before, after, _), sure, rival, clear, right), gain in zip(kept, gains, strict=True):
        doubt = Doubt(before, after, sure, rival, clear, gain)
        yield Sample(doubt, after == right, before != right, number)


def main() -> None:
    """Fit and write."""
    options = parser(__doc__)
    options.add_argument("--work", type=Path, required=True, help="folder that keeps what PP-OCR read")
    args = options.parse_args()
    misread = misreadings()
    tools = Models()
    found = list[Sample]()
    for number, page in enumerate(pages(args.corpus, args.work)):
        for seed in range(TIMES):
            some = samples(number, page, misread, seed, tools)
            found += [one for one in some if one.is_damage or not seed]  # its own errors count once
    table = np.array([witnessed.features(one.doubt, tools.glyphs) for one in found], dtype=np.float32)
    right, of_page = np.array([one.is_right for one in found]), np.array([one.page for one in found])
    more = max(0, round(right.sum() / 2 / (~right).sum()) - 1)

    def weighed(some: np.ndarray) -> np.ndarray:
        at = np.flatnonzero(some)
        return np.concatenate([at, *[at[~right[at]]] * more])

    chance = np.zeros(len(found))
    for part in range(4):
        at = weighed(of_page % 4 != part)
        how = regression.fit(table[at], right[at], witnessed.CURVED)
        chance[of_page % 4 == part] = how.probability(table[of_page % 4 == part])
    print(f"{len(found)} places on {of_page.max() + 1} pages, the witness right at {right.sum()}")
    for least in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        taken = chance >= least
        finds = right[taken].sum() / right.sum()
        print(f"  from {least}: right {right[taken].mean():.4f}, finds {finds:.4f}")
    at = weighed(of_page >= 0)
    how = regression.fit(table[at], right[at], witnessed.CURVED)
    write_table(
        args.out,
        ("term", "centre", "spread", "weight"),
        sorted(regression.rows("witness", how, witnessed.NAMES)),
        source="typeset and worn pages of the corpora read by PP-OCRv6 (rapidocr 3.10), their texts damaged",
        licence="CC0-1.0 (weights only; no text of the sources)",
        used_by="scan.misread",
        date=args.date,
    )


if __name__ == "__main__":
    main()
