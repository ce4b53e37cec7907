"""Made newspaper pages drawn, worn and read by tesseract: NAME.jpg, .hocr, .alto.xml, and .gt.txt, the truth.

    python -m bench.drawn OUT TEXTS [--pages 150] [--first 0] [--turned 10]

TEXTS is a folder of texts (truths, where some are called so). --turned: as many more lie upside down.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from bench.degrade import degrade
from bench.furniture import furniture
from bench.setting import Line, Setter
from bench.typeset import Article, Face, articles, faces

_STOPS = "。！？”"
_LEVELS = (1, 2, 2, 3)
"""Of wear (bench.degrade), page by page."""


def page(seed: int, texts: Sequence[Article]) -> tuple[Image.Image, str]:
    """A page and its truth, one paragraph a line; the same seed, the same page."""
    chance = random.Random(seed)
    setter = Setter(chance, texts)
    kind = chance.choice(("one", "news", "news", "book"))
    if kind == "one":
        setter.article_in(0, chance.randrange(1, 5), 0.0, setter.lead * chance.randrange(12, 36))
    elif kind == "news":
        setter.newspaper(chance.randrange(2, 5), 0.0, setter.lead * chance.randrange(28, 52))
    else:
        setter.measure = chance.randrange(24, 36)
        setter.article_in(0, 1, 0.0, setter.lead * chance.randrange(15, 34))
    body = list(setter.lines)
    furniture(setter, chance)
    return _drawn(setter, chance), _truth(setter, body)


def _drawn(setter: Setter, chance: random.Random) -> Image.Image:
    scale, em, lines = chance.choice((1.8, 2.0, 2.2)), setter.em, setter.lines
    top = min(line.y for line in lines)
    wide = max(line.x + line.width for line in lines) + 4 * em
    high = max(line.y + line.height for line in lines) - top + 6 * em
    image = Image.new("L", (int(wide * scale), int(high * scale)), 255)
    pen = ImageDraw.Draw(image)
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
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    some = articles(args.texts)
    # where lines stand for paragraphs, they tell nothing of them
    texts = [one for one in some if sum(p[-1] in _STOPS for p in one.paragraphs) >= 0.6 * len(one.paragraphs)]
    for at in range(args.first, args.first + args.pages + args.turned):
        is_turned = at >= args.first + args.pages
        image, truth = page(at, texts)
        scan = degrade(image, _LEVELS[at % len(_LEVELS)], at).image
        place = args.out / f"p{at:04d}"
        (scan.rotate(180) if is_turned else scan).save(f"{place}.jpg", quality=70)
        place.with_suffix(".gt.txt").write_text(truth, "utf-8")
        layout = "3" if is_turned else "1"
        subprocess.run(
            ["tesseract", f"{place}.jpg", place, "-l", "chi_sim", "--psm", layout, "hocr", "alto"],
            capture_output=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        place.with_suffix(".xml").rename(f"{place}.alto.xml")


if __name__ == "__main__":
    main()
