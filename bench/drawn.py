"""Made newspaper pages drawn, worn and read: NAME.jpg, NAME.gt.txt, the truth, and what an engine gives.

    python -m bench.drawn OUT TEXTS [--pages 150] [--first 0] [--turned 10] [--engine tesseract|rapidocr]

TEXTS is a folder of texts (truths, where some are called so). --turned: as many more lie upside down.
tesseract writes NAME.hocr and NAME.alto.xml; rapidocr NAME.rapid.json, of newspapers of several articles
with pictures alone, which `python ../shared/bench/scans/run.py OUT --only rapid.json` measures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from bench.degrade import degrade
from bench.furniture import furniture
from bench.setting import Line, Setter
from bench.typeset import Article, Face, articles, faces

_STOPS = "。！？”"
_LEVELS = (1, 2, 2, 3)
"""Of wear (bench.degrade), page by page."""


def page(seed: int, texts: Sequence[Article], kind: str = "any") -> tuple[Image.Image, str]:
    """A page and its truth, one paragraph a line; the same seed, the same page."""
    chance = random.Random(seed)
    setter = Setter(chance, texts)
    kind = chance.choice(("one", "news", "news", "book")) if kind == "any" else kind
    if kind == "one":
        setter.article_in(0, chance.randrange(1, 5), 0.0, setter.lead * chance.randrange(12, 36))
    elif kind == "news":
        setter.newspaper(chance.randrange(2, 5), 0.0, setter.lead * chance.randrange(28, 52))
    elif kind == "newspaper":
        setter.newspaper(chance.randrange(3, 6), 0.0, setter.lead * chance.randrange(40, 70))
    else:
        setter.measure = chance.randrange(24, 36)
        setter.article_in(0, 1, 0.0, setter.lead * chance.randrange(15, 34))
    body = list(setter.lines)
    furniture(setter, chance)
    return _drawn(setter, chance), _truth(setter, body)


def _drawn(setter: Setter, chance: random.Random) -> Image.Image:
    scale, em, lines = chance.choice((1.8, 2.0, 2.2)), setter.em, setter.lines
    top = min(line.y for line in lines)
    photos = random.Random(f"{top} {em} {len(lines)}")  # drawn apart: what else a seed draws stays
    wide = max(line.x + line.width for line in lines) + 4 * em
    high = max(line.y + line.height for line in lines) - top + 6 * em
    image = Image.new("L", (int(wide * scale), int(high * scale)), 255)
    pen = ImageDraw.Draw(image)
    for left, over, right, under in setter.pictures:
        corner = int((left + 2 * em) * scale), int((over - top + 3 * em) * scale)
        image.paste(_picture(int((right - left) * scale), int((under - over) * scale), photos), corner)
    body, head = (chance.choice(some) for some in faces())
    for line in lines:
        x, y = (line.x + 2 * em) * scale, (line.y - top + 3 * em) * scale
        if line.height > 1.8 * line.width and len(line.text) > 1:
            face = Face(head, int(0.95 * line.width * scale))
            for at, char in enumerate(line.text):
                face.draw(pen, x, y + at * line.height * scale / len(line.text), char)
            continue
        big = line.height > 1.25 * em
        face = Face(head if big else body, int(0.92 * (em if line.article == -1 else line.height) * scale))
        spread = 0.0 if big or line.article < 0 else min(line.width * scale, 1.12 * face.width(line.text))
        face.draw(pen, x, y, line.text, spread)
    return image


def _picture(width: int, height: int, chance: random.Random) -> Image.Image:
    """Something grey, as scans have photographs."""
    image = Image.new("L", (width, height), chance.randrange(90, 180))
    pen = ImageDraw.Draw(image)
    for _ in range(25):
        x, y, size = chance.randrange(width), chance.randrange(height), chance.randrange(10, 10 + height // 2)
        pen.ellipse((x - size, y - size, x + size, y + size), fill=chance.randrange(20, 230))
    return image.filter(ImageFilter.GaussianBlur(6))


def _truth(setter: Setter, body: Sequence[Line]) -> str:
    found: list[str] = []
    last: Line | None = None
    for line in (line for line in body if line.article >= 0):
        heading = line.height > 1.09 * setter.em
        alone = heading or last is None or last.height > 1.09 * setter.em or last.article != line.article
        if alone or line.starts:
            found.append("")
        found[-1] += line.text
        last = line
    return "\n".join(found) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--turned", type=int, default=10)
    parser.add_argument("--engine", choices=("tesseract", "rapidocr"), default="tesseract")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    some = articles(args.texts)
    # where lines stand for paragraphs, they tell nothing of them
    texts = [one for one in some if sum(p[-1] in _STOPS for p in one.paragraphs) >= 0.6 * len(one.paragraphs)]
    for at in range(args.first, args.first + args.pages + args.turned):
        is_turned = at >= args.first + args.pages
        image, truth = page(at, texts, "any" if args.engine == "tesseract" else "newspaper")
        scan = degrade(image, _LEVELS[at % len(_LEVELS)], at).image
        place = args.out / f"p{at:04d}"
        (scan.rotate(180) if is_turned else scan).save(f"{place}.jpg", quality=70)
        place.with_suffix(".gt.txt").write_text(truth, "utf-8")
        if args.engine == "rapidocr":
            _by_rapidocr(place)
        else:
            _by_tesseract(place, "3" if is_turned else "1")


def _by_tesseract(place: Path, layout: str) -> None:
    subprocess.run(
        ["tesseract", f"{place}.jpg", place, "-l", "chi_sim", "--psm", layout, "hocr", "alto"],
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    place.with_suffix(".xml").rename(f"{place}.alto.xml")


def _by_rapidocr(place: Path) -> None:
    """PP-OCR's lines as its users get them: `[corners, text, score]`."""
    found = _rapidocr()(f"{place}.jpg")
    rows = zip(found.boxes.tolist(), found.txts, map(float, found.scores), strict=True)
    place.with_suffix(".rapid.json").write_text(json.dumps(list(rows), ensure_ascii=False), "utf-8")


@cache
def _rapidocr() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


if __name__ == "__main__":
    main()
