"""Draw text, wear the picture, have an engine read it, and write down what was read beside what was drawn.

Half of the lines are pieces of the corpus, those with rare characters more often, half made-up rows of
names, so that characters of names come often enough. Drawing and wear are those of make_ocr_set.py of the
bench. Each line written is JSON: the engine, the lines drawn (`truth`), the lines read (`read`) and, of
PP-OCR, for each character read what else it may have been, with the share of confidence (`others`).
Runs until MINUTES are over; run it several times with other seeds, then reread_table.py. Needs what
make_ocr_set.py needs.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus import parser, read, read_table

SOURCES = (
    "cctv_xwlb_2012_2026Q1", "cpc_gov_reports", "provincial_gov_reports_2026", "peoplesdaily1998_msra_ner",
    "fudan_general", "laws_local", "wiki_zh_simplified_mrc",
)  # fmt: skip
PARAGRAPHS, PIECE, PIECES = 30_000, 30, 150_000
FACES = (
    ("noto-serif", 4), ("gbsn", 3), ("uming", 2), ("noto-serif-med", 2), ("noto-serif-light", 3), ("gkai", 2),
    ("ukai", 1), ("wenkai", 2), ("noto-sans", 2), ("noto-sans-demi", 1), ("wqy-zen", 2), ("wqy-micro", 1),
    ("noto-serif-bold", 1), ("noto-sans-bold", 1),
)  # fmt: skip
ROWS = 24
WEAR = {"tesseract": (1, 2, 2, 3, 3), "paddleocr": (2, 2, 3, 3, 3)}
SIZES = {"tesseract": (38, 40, 42, 44, 46), "paddleocr": (34, 36, 38, 40, 42)}
WORN_SIZES = (40, 42, 44, 46, 48)
OTHERS, LEAST = 10, 2e-5
"""So many other readings of a character are kept, and of such a share of confidence."""


class Texts:
    """Lines to draw."""

    def __init__(self, corpus: Path, common: Path, names: Path, chance: random.Random) -> None:
        """Pieces of the corpus, and the characters of names and of ordinary text with their weights."""
        self._chance = chance
        rate = {row[0]: float(row[1]) for row in read_table(common)}
        share = {row[0]: sum(float(cell) for cell in row[1:3]) for row in read_table(names)}
        whole = sum(share.values())
        self._chars = sorted({*share, *(char for char, often in rate.items() if often >= 0.3)})
        self._weights = [
            (share.get(char, 0.0) / whole * 1e6) ** 0.4 + rate.get(char, 0.0) ** 0.3 + 0.3
            for char in self._chars
        ]
        pieces: list[str] = []
        for name in SOURCES:
            paragraphs = [line for line in read(corpus, name).split("\n") if len(line) >= PIECE]
            chance.shuffle(paragraphs)
            for line in paragraphs[:PARAGRAPHS]:
                pieces += [line[at : at + PIECE] for at in range(0, len(line) - PIECE + 1, PIECE)]
        worth = {char: (20 + often) ** -0.5 for char, often in rate.items()}
        rare = [sum(worth.get(char, 0.0) for char in piece) ** 1.5 for piece in pieces]
        self._pieces = chance.choices(pieces, rare, k=PIECES)

    def line(self, width: int) -> str:
        """One line of at most so many characters."""
        if self._chance.random() < 0.55:
            piece = self._chance.choice(self._pieces)
            start = self._chance.randrange(max(1, len(piece) - width + 1))
            return piece[start : start + width]
        names: list[str] = []
        while sum(map(len, names)) + len(names) < width:
            size = self._chance.choice((2, 3, 3, 3))
            names.append("".join(self._chance.choices(self._chars, self._weights, k=size)))
        return self._chance.choice("、 、　").join(names)[:width]


def tesseract(maker: ModuleType, page: Any, dpi: int, place: Path) -> list[str]:
    """The lines that tesseract reads on a page."""
    if dpi < 130:
        page = maker.cv2.resize(page, None, fx=2, fy=2, interpolation=maker.cv2.INTER_CUBIC)
        dpi *= 2
    maker.cv2.imwrite(str(place), page)
    text: str = maker.tess(str(place), "chi_sim", 6, dpi)
    return text.strip("\f\n").split("\n")


Read = tuple[str, list[list[tuple[str, float]]]]
"""What was read in a line, and what else each character may have been."""


def paddle(recogniser: Any, crops: list[Any]) -> list[Read]:
    """What PP-OCR's recogniser reads in lines, with the shares of confidence behind each character."""
    import numpy as np

    shape = [crop.shape[1] / crop.shape[0] for crop in crops]
    order = sorted(range(len(crops)), key=lambda at: shape[at])
    found: dict[int, Read] = {}
    alphabet = recogniser.postprocess_op.character
    for start in range(0, len(order), 6):
        some = order[start : start + 6]
        widest = max(320 / 48, *(shape[at] for at in some))
        batch = np.stack([recogniser.resize_norm_img(crops[at], widest) for at in some]).astype(np.float32)
        for at, shares in zip(some, recogniser.session(batch)[0], strict=True):
            found[at] = _decoded(shares, alphabet)
    return [found[at] for at in range(len(crops))]


def _decoded(shares: Any, alphabet: list[str]) -> Read:
    """The likeliest character of each run of steps (blank between them is number 0), and its rivals."""
    best = shares.argmax(axis=1)
    text, others, at = "", [], 0
    while at < len(best):
        end = at + 1
        while end < len(best) and best[end] == best[at]:
            end += 1
        if best[at]:
            peak = shares[at + int(shares[at:end, best[at]].argmax())]
            top = [int(n) for n in peak.argsort()[::-1][: OTHERS + 2] if n not in (0, best[at])]
            text += alphabet[best[at]]
            others.append([(alphabet[n], round(float(peak[n]), 5)) for n in top if peak[n] >= LEAST])
        at = end
    return text, others


def pages(maker: ModuleType, texts: Texts, engine: str, chance: random.Random, place: Path) -> Iterator[Any]:
    """Drawn and read pages without end."""
    recogniser = maker.rapid().text_rec if engine == "paddleocr" else None
    while True:
        level, body = chance.choice(WEAR[engine]), maker.pick(chance, FACES)
        size = chance.choice(SIZES[engine] if level < 3 else WORN_SIZES)
        width, lead = chance.randrange(18, 32), size * chance.uniform(1.45, 1.75)
        lines = [texts.line(width) for _ in range(ROWS)]
        face = maker.Face(body, size, "noto-serif")
        widest = max(face.width(line) for line in lines)
        image = maker.Image.new("L", (int(widest + 4 * size), int(lead * ROWS + 4 * size)), 255)
        pen = maker.ImageDraw.Draw(image)
        for row, line in enumerate(lines):
            maker.draw_line(pen, 2 * size, 2 * size + row * lead, line, face)
        seed, mild = chance.randrange(1 << 30), engine == "tesseract"
        worn, dpi, skew, _ = maker.degrade(image, level, seed, image, mild)
        if abs(skew) > 0.25 or recogniser:
            worn = maker.rotate(worn, -skew, int(maker.np.median(worn)))
        page: dict[str, Any] = {"engine": engine, "truth": lines}
        if recogniser is None:
            page["read"] = tesseract(maker, worn, dpi, place)
        else:
            scale = worn.shape[0] / image.size[1]
            crops = []
            for row, line in enumerate(lines):
                top = 2 * size + row * lead
                low, high = top + size * chance.uniform(0, 0.12), top + size * chance.uniform(1.3, 1.45)
                right = 2 * size + face.width(line) + size * 0.3
                upper, lower, start, end = (int(edge * scale) for edge in (low, high, 1.7 * size, right))
                crop = worn[upper:lower, start:end]
                crops.append(maker.cv2.cvtColor(crop, maker.cv2.COLOR_GRAY2BGR))
            found = paddle(recogniser, crops)
            page["read"], page["others"] = [text for text, _ in found], [others for _, others in found]
        yield page


def main() -> None:
    """Draw, wear, read, write."""
    command = parser(__doc__)
    command.add_argument("--maker", type=Path, required=True, help="make_ocr_set.py")
    command.add_argument("--common", type=Path, required=True, help="characters/common.tsv")
    command.add_argument("--names", type=Path, required=True, help="names/characters.tsv")
    command.add_argument("--engine", choices=WEAR, required=True)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--minutes", type=float, default=60)
    args = command.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    found = importlib.util.spec_from_file_location("maker", args.maker)
    if found is None or found.loader is None:
        raise SystemExit(f"{args.maker}: not a Python file")
    maker = importlib.util.module_from_spec(found)
    found.loader.exec_module(maker)
    chance = random.Random(args.seed)
    texts = Texts(args.corpus, args.common, args.names, chance)
    end = time.monotonic() + args.minutes * 60
    with args.out.open("a", encoding="utf-8") as out:
        for page in pages(maker, texts, args.engine, chance, args.out.with_suffix(".png")):
            out.write(json.dumps(page, ensure_ascii=False) + "\n")
            out.flush()
            if time.monotonic() > end:
                break


if __name__ == "__main__":
    main()
