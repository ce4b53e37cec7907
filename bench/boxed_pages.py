"""Newspaper pages as boxes alone, with the order of their lines: several articles, pictures, boxes, vertical
setting, spreads; jittered, tilted, with lost lines and boxes over gutters. No picture is drawn: thousands of
pages take seconds.

    python -m bench.boxed_pages --pages 500                how well `geometry.order` reads them
    python -m bench.boxed_pages --pages 500 --texts DIR    what a repair leaves of the furniture of pages of
                                                           these texts, and takes of their articles
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.furniture import furniture
from bench.setting import Line, Setter
from bench.typeset import Article, articles
from cleanup import repair
from cleanup.engine.repair import Settings, read
from cleanup.formats.boxes.changes import find
from cleanup.geometry import order
from cleanup.geometry.parts import corners
from cleanup.model.box import Box, BoxedLine, BoxedPage
from cleanup.model.placed import Placed

_CAPTION = 6
"""Characters from which what is no article's is a caption, not a speck."""


@dataclass
class Made:
    page: BoxedPage
    order: list[int]
    """Indices of its lines as they are read."""
    article: list[int]
    """Of each line; -1: furniture, -2: a caption."""
    starts: list[bool]
    merged: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)


def make(seed: int, texts: Sequence[Article] = ()) -> Made:
    """A page, of these texts or of characters by chance; the same seed, the same page."""
    chance = random.Random(seed)
    setter = Setter(chance, texts)
    kind = chance.choice(("one", "one", "news", "news", "news", "news", "spread", "book"))
    vertical = chance.random() < 0.2
    if kind == "one":
        columns = chance.randrange(1, 6)
        setter.article_in(0, columns, 0.0, setter.lead * chance.randrange(10, 45))
    elif kind == "news":
        setter.newspaper(chance.randrange(3, 7), 0.0, setter.lead * chance.randrange(40, 90))
    elif kind == "book":
        setter.measure = chance.randrange(22, 36)
        setter.article_in(0, 1, 0.0, setter.lead * chance.randrange(15, 36))
    else:
        setter.measure = chance.randrange(18, 28)
        bottom = setter.lead * chance.randrange(14, 26)
        setter.article_in(0, 1, 0.0, bottom)
        setter.gutter, held = setter.em * chance.uniform(4, 9), setter.gutter
        setter.article_in(1, 1, 0.0, bottom)
        setter.gutter = held
    lines = setter.lines
    if not vertical:
        furniture(setter, chance)
    if chance.random() < 0.4:
        _specks(setter, chance)
    return _noised(setter, chance, vertical, lines)


def _specks(setter: Setter, chance: random.Random) -> None:
    """What the engine reads out of pictures, rules and dirt."""
    em, lines = setter.em, setter.lines
    right, bottom = max(line.x + line.width for line in lines), max(line.y + line.height for line in lines)
    for _ in range(chance.randrange(1, 8)):
        text = chance.choice(("1", "一", "·", "口", "TA", "三一", "#", "。", "II"))
        wide = em * chance.uniform(0.5, 2.5)
        x, y = chance.uniform(0, right - wide), chance.uniform(0, bottom)
        lines.append(Line(text, x, y, wide, em * chance.uniform(0.4, 1.3), -2))


def _noised(setter: Setter, chance: random.Random, vertical: bool, lines: list[Line]) -> Made:
    em = setter.em
    scale, slope = chance.uniform(0.5, 3.0), chance.gauss(0, 0.008)
    cos, sin = math.cos(slope), math.sin(slope)
    noise = chance.choice((0.02, 0.06, 0.12))
    over = chance.choice((0.0, 0.0, 0.02, 0.06))
    kept: list[list[Line]] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        if index in used or chance.random() < 0.006:
            continue
        used.add(index)
        group = [line]
        if chance.random() < over and line.article >= 0 and line.height < 1.5 * em:
            for other_index, other in enumerate(lines):
                near = 0 < other.x - line.x - line.width < 3 * em and abs(other.y - line.y) < 0.1 * em
                if other_index not in used and near and other.height < 1.5 * em:
                    used.add(other_index)
                    group.append(other)
                    break
        kept.append(group)
    far = max(line.x + line.width for line in lines)
    boxed: list[tuple[BoxedLine, list[Line]]] = []
    with_corners = chance.random() < 0.7
    for group in kept:
        x0, y0 = group[0].x - abs(chance.gauss(0, noise)) * em, group[0].y + chance.gauss(0, noise) * em
        x1 = group[-1].x + group[-1].width + abs(chance.gauss(0, noise)) * em
        if chance.random() < 0.02:
            x1 += em * chance.uniform(0.3, 1.0)
        high, wide = group[0].height, group[0].width
        y1 = y0 + high + min(high, wide) * (chance.uniform(1.0, 1.3) - 1)
        spots = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        spots = [((a * cos - b * sin) * scale + 80, (a * sin + b * cos) * scale + 150) for a, b in spots]
        if vertical:  # a quarter to the right
            spots = [((far + 20 * em) * scale - b, a) for a, b in spots]
        xs, ys = [a for a, _ in spots], [b for _, b in spots]
        text = "".join(line.text for line in group)
        corners = tuple(spots) if with_corners else ()
        boxed.append((BoxedLine(text, Box(min(xs), min(ys), max(xs), max(ys)), corners), group))
    chance.shuffle(boxed)
    made = Made(BoxedPage(1, tuple(line for line, _ in boxed)), [], [], [])
    where = {
        id(line): (number, at) for number, (_, group) in enumerate(boxed) for at, line in enumerate(group)
    }
    for line in lines:
        if id(line) not in where:
            continue
        number, at = where[id(line)]
        group = boxed[number][1]
        begin = sum(len(other.text) for other in group[:at])
        made.order.append(number)
        made.article.append(line.article)
        made.starts.append(line.starts)
        made.merged.setdefault(number, []).append((begin, begin + len(line.text), len(made.order) - 1))
    return made


def score(made: Made) -> Counter[str]:
    """Steps from line to line inside an article that are found, of all; captions inside a paragraph."""
    layout = order(made.page)
    place: dict[int, float] = {}
    for index, row in enumerate(layout.rows):
        for at, piece in enumerate(row.pieces):
            for begin, end, number in made.merged[piece.line]:
                if begin <= (piece.start + piece.end) / 2 <= end:
                    place.setdefault(number, index + at / 100)
    rank = {number: at for at, number in enumerate(sorted(place, key=lambda number: place[number]))}
    found: Counter[str] = Counter()
    body = [number for number in range(len(made.order)) if made.article[number] >= 0]
    aside = {rank[n] for n in range(len(made.order)) if made.article[n] < 0 and n in rank}
    for one, two in pairwise(body):
        if made.article[one] != made.article[two]:
            continue
        found["steps"] += 1
        if one in rank and two in rank:
            at = rank[one] + 1
            while at in aside:
                at += 1
            found["right"] += rank[two] == at
    spots = {rank[n]: n for n in range(len(made.order)) if n in rank}
    for caption in (n for n in range(len(made.order)) if made.article[n] == -2 and n in rank):
        if len(made.page.lines[made.order[caption]].text) >= _CAPTION:
            before, behind = (_beside(spots, aside, rank[caption], step) for step in (-1, 1))
            found["captions"] += 1
            found["captions inside"] += behind in body and behind - before == 1 and not made.starts[behind]
    kinds = {p.line: row.kind for row in layout.rows for p in row.pieces}
    for number in range(len(made.order)):
        kind = kinds.get(made.order[number])
        found["furniture"] += made.article[number] == -1
        found["furniture found"] += made.article[number] == -1 and kind == "furniture"
        found["lost"] += made.article[number] >= 0 and kind in ("furniture", "repeat")
    return found


def _beside(spots: dict[int, int], aside: set[int], at: int, step: int) -> int:
    """The line of an article that is read before or behind a place; -9: none."""
    at += step
    while at in aside:
        at += step
    return spots.get(at, -9)


def repaired(made: Made) -> Counter[str]:
    """Characters of furniture and of articles, and those of them that a repair of the page takes out."""
    lines = [{"text": line.text, "box": corners(line, False)} for line in made.page.lines]
    data = json.dumps({"pages": [{"lines": lines}]}, ensure_ascii=False).encode()
    result = repair(data, name="page.json", settings=Settings(only=("layout",)))
    order, boxed = result.journal.boxes, read(data, "page.json").boxed
    assert order is not None
    assert boxed is not None
    changes = find(result, Placed(result.original, boxed.pages, order.layouts))
    found: Counter[str] = Counter()
    for number, spots in made.merged.items():
        text = made.page.lines[number].text
        change = changes.get((0, number))
        left = "" if change and change.is_out else change.text if change else text
        gone = Levenshtein.distance("".join(text.split()), "".join(left.split()), weights=(0, 1, 1))
        for begin, end, at in spots:
            kind = {-1: "furniture", -2: "caption"}.get(made.article[at], "article")
            size = len("".join(text[begin:end].split()))
            found[kind] += size
            found[f"{kind} gone"] += min(gone, size)
            if kind != "caption" and bool(gone) == (kind == "article"):
                found[f"{kind} {'lost' if gone else 'left'}: {text}"] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--worst", type=int, default=0, help="print the worst pages")
    parser.add_argument("--texts", type=Path, help="repair pages of these texts: what becomes of furniture")
    args = parser.parse_args()
    total: Counter[str] = Counter()
    if args.texts:
        texts = list(articles(args.texts))
        for seed in range(args.first, args.first + args.pages):
            total += repaired(make(seed, texts))
        for said in sorted(said for said in total if ":" in said)[: 1000 * args.worst]:
            print(said)
        gone, lost = total["furniture gone"] / total["furniture"], total["article gone"] / total["article"]
        print(json.dumps({"furniture gone": round(gone, 4), "lost per 10,000": round(1e4 * lost, 2)}))
        return
    each = []
    begun = time.perf_counter()
    for seed in range(args.first, args.first + args.pages):
        found = score(make(seed))
        total += found
        each.append((found["right"] / max(1, found["steps"]), seed))
    told = {
        **total,
        "share": round(total["right"] / total["steps"], 4),
        "whole pages": sum(share == 1 for share, _ in each),
        "seconds a page": round((time.perf_counter() - begun) / args.pages, 4),
    }
    print(json.dumps(told))
    for share, seed in sorted(each)[: args.worst]:
        print(seed, round(share, 3))


if __name__ == "__main__":
    main()
