"""Build models/joins.tsv: the trees by which wrapped lines are joined.

Reads a folder of pages with their truth (NAME.ocr.txt as an engine gave it, NAME.gt.txt one paragraph a
line), takes the page furniture out as the tool does, and fits boosted trees on "the next line goes on"
against "a new paragraph starts". Pages whose truth itself is wrapped are left out. Engines that gave
these pages keep no indents, others do: each page stands a third time with its paragraphs indented, and
its truth in a column of another width, for files that no engine broke into lines. So that other pages than
newspapers are met too, pages of other kinds of text of the corpus are read, typeset and read by engines as
those were (what eras.py leaves in --work), and made pages of many more kinds are added (made.py). Of the
first the shipped trees saw 92, of make_ocr_set.py build --n 4 --rounds 2 --seed 51, 52 and 53. Needs the
tool installed, and numpy, scipy, scikit-learn and lightgbm. Prints accuracy and calibration, cross-validated
by page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import made
import numpy as np
import truths
from corpus import parser
from lightgbm import LGBMClassifier

from bench.layout import offsets, squeeze
from cleanup import formats
from cleanup.model.document import Document
from cleanup.rules.contract import Tools
from cleanup.rules.joints import is_barred
from cleanup.text.cues import Cues, Evidence
from cleanup.text.seams import Seam, seams

TREES = 240
LEAVES = 16
RATE = 0.08
LEAST = 40
"""Breaks in a leaf, at the least."""
RIDGE = 5.0
SEEN, DRAWN = 0.8, 0.4
"""Share of the breaks, and of the columns, that one tree sees."""
WITH, WITHOUT, INDENTED, ANEW = 1.0, 0.3, 0.3, 0.2
"""Weights of a page with and without the language model's word, with its paragraphs indented, anew."""
MADE = 0.05
"""Weight of a made page: its damage is not an engine's, so that more of them would cost real pages."""
POEM = 0.125
"""The same of a made page with poems: no other page has any, and a verse that is joined is harm."""
ON = 1.2
"""Weight of a break where the line goes on, against one where it does not: of what is said to go on at 0.6
to 0.7, 84 % did on pages that were not fitted on (ocr-kinds-dev) with a weight of 1, 67 % with 1.5."""
TIDY = 0.95
"""Share of paragraphs that have their indent, in an indented page; of the other lines, 1 - TIDY have one."""
WIDTHS = (10, 32)
"""Characters of a line, least and most, where the truth is set anew."""
NEAR = 4
"""Characters by which damage may move the end of a paragraph."""
MOST_WRAPPED = 0.5
"""Share of truth lines without a sentence end above which the truth itself is wrapped."""


class Page(NamedTuple):
    """A page's seams, as one way of meeting it gives them."""

    name: str
    seams: list[tuple[Seam, bool]]
    """And whether the line goes on there."""
    weight: float


def labelled(folder: Path) -> list[Page]:
    """Each page four times: with what the language model says, without (as in a script that it lacks),
    indented, and its truth set anew.
    """
    pages: list[Page] = []
    tools = Tools()
    for page in truths.pages(folder, truths.early()):
        lines = [line for line in page.truth.splitlines() if line.strip()]
        unfinished = sum(line[-1] not in "。！？”）：；" and len(line) > 14 for line in lines)
        if len(lines) > 12 and unfinished > MOST_WRAPPED * len(lines):
            print("left out, its truth is wrapped:", page.name)
            continue
        document, text = page.document, page.document.text
        ends, seen = set(), 0
        for line in lines:
            seen += len(squeeze(line)[0])
            ends.add(seen)
        moved = offsets(page.truth, text)
        before = np.cumsum([0] + [not char.isspace() for char in text])
        known = tools.evidence(text)
        told = list(_seams(document, known, tools))
        places = [moved.get(int(before[s.found.before.content.end]), -1) for s in told]
        solid = [line.content.end for line in document.lines if line.kind != "blank"]
        hit = {moved.get(int(before[end]), seen) for end in solid}
        near = (ends & set(places)) | _nearest(places, ends - hit - {seen})
        for evidence, sample in ((known, WITH), (known._replace(flow=None), WITHOUT)):
            found = [
                (s, at not in near) for s, at in zip(_seams(document, evidence, tools), places, strict=True)
            ]
            pages.append(Page(page.name, found, sample))
        goes_on = {seam.found.before.content.end: on for seam, on in found}
        kept = list(_labelled_as(_indented(document, found, page.name), known, tools, document, goes_on))
        pages.append(Page(page.name, kept, INDENTED))
        pages.append(Page(page.name, _set_anew(lines, page.name, tools), ANEW))
    return pages


def _set_anew(lines: list[str], name: str, tools: Tools) -> list[tuple[Seam, bool]]:
    """The seams of the truth set in a column of another width, as no engine reads it."""
    width = Random(name).randint(*WIDTHS)
    cut = [[line[at : at + width] for at in range(0, len(line), width)] for line in lines]
    last = {sum(map(len, cut[: at + 1])) for at in range(len(cut))}
    text = "\n".join(part for parts in cut for part in parts) + "\n"
    document = formats.parse(text, "text", "page.txt")
    number = {line.content.end: at for at, line in enumerate(document.lines, 1)}
    return [
        (seam, number[seam.found.before.content.end] not in last)
        for seam in _seams(document, tools.evidence(text), tools)
    ]


def _seams(document: Document, evidence: Evidence, tools: Tools) -> Iterator[Seam]:
    told = tools.blocks(document)
    return seams(document, evidence, told.bar, told.is_prose)


def _labelled_as(
    document: Document, evidence: Evidence, tools: Tools, other: Document, goes_on: dict[int, bool]
) -> Iterator[tuple[Seam, bool]]:
    """The seams of a document whose lines are those of another one, of which it is known where they go on."""
    ends = {one.span.start: two.content.end for one, two in zip(document.lines, other.lines, strict=True)}
    for seam in _seams(document, evidence, tools):
        label = goes_on.get(ends[seam.found.before.span.start])
        if label is not None:
            yield seam, label


def made_pages(corpus: Path) -> Iterator[Page]:
    """Pages of other kinds of text, with what is known of their lines; half without the model's word."""
    for number, (name, page) in enumerate(made.pages(corpus)):
        tools = Tools()
        document = formats.parse(page.text, "text", "page.txt")
        solid = [line for line in document.lines if line.kind != "blank"]
        order = {line.span.start: at for at, line in enumerate(solid)}
        known = tools.evidence(page.text)
        evidence = known if number % 4 else known._replace(flow=None)
        found = [
            (seam, page.goes_on[order[seam.found.before.span.start]])
            for seam in _seams(document, evidence, tools)
        ]
        yield Page(f"made {name}", found, POEM if name.split()[0] in made.VERSE else MADE)


def _indented(document: Document, found: list[tuple[Seam, bool]], name: str) -> Document:
    """The page with its paragraphs indented by two characters, but for a few, and a few other lines."""
    draw = Random(name)
    lines = {seam.found.after.span.start for seam, goes_on in found if (draw.random() < TIDY) is not goes_on}
    text, last = "", 0
    for start in sorted(lines):
        text += document.text[last:start] + "\u3000\u3000"
        last = start
    return formats.parse(text + document.text[last:], "text", "page.txt")


def _nearest(places: list[int], ends: set[int]) -> set[int]:
    """For ends of paragraphs that no line end hits: the nearest line end, if it is near."""
    found = set()
    for end in ends:
        best = min(places, key=lambda place: abs(place - end), default=-NEAR - 1)
        if abs(best - end) <= NEAR:
            found.add(best)
    return found


def main() -> None:
    """Fit and write."""
    options = parser(__doc__)
    options.add_argument(
        "--pages", type=Path, required=True, nargs="+", help="folders of NAME.ocr.txt and NAME.gt.txt"
    )
    options.add_argument("--work", type=Path, required=True, help="folder that eras.py worked in")
    args = options.parse_args()
    folders = [*args.pages, *sorted((args.work / "made").glob("*/"))]
    pages = [page for folder in folders for page in labelled(folder)] + list(made_pages(args.corpus))
    number = {name: at for at, name in enumerate(sorted({page.name for page in pages}))}
    flat = [
        (seam.cues, goes_on, number[page.name], page.weight, kind)
        for at, page in enumerate(pages)
        for kind in (
            "made" if page.name.startswith("made ") else ("with", "without", "indented", "anew")[at % 4],
        )
        for seam, goes_on in page.seams
        if not is_barred(seam)
    ]
    table, truth, of_page, weight, kinds = (np.array([row[at] for row in flat]) for at in range(5))
    weight = np.where(truth, ON, 1.0) * weight
    model = LGBMClassifier(
        n_estimators=TREES, num_leaves=LEAVES, learning_rate=RATE, min_child_samples=LEAST, reg_lambda=RIDGE,
        subsample=SEEN, subsample_freq=1, colsample_bytree=DRAWN, random_state=1, n_jobs=1,
        deterministic=True, force_row_wise=True, verbose=-1,
    )  # fmt: skip
    chance = truths.unseen(model, table, truth, of_page, weight)
    for kind in ("with", "without", "indented", "anew", "made"):
        some = kinds == kind
        wrong = np.sum((chance[some] > 0.5) != truth[some])
        print(f"{some.sum()} breaks, {kind}: {wrong} wrong, accuracy {1 - wrong / some.sum():.4f}")
    some = kinds == "with"
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        chosen = (chance >= low) & (chance < high) & some
        print(f"  {chosen.sum():6} said {chance[chosen].mean():.3f} are {truth[chosen].mean():.3f}")
    model.fit(table, truth, weight)
    truths.write_trees(
        args.out,
        model,
        Cues._fields,
        source="fitted on rendered newspaper pages read by tesseract 5.3 and PP-OCRv4, with their truth, on "
        "pages of books, papers and essays read so, and on made pages of many kinds of text (books, papers, "
        "statutes, verse, lists)",
        date=args.date,
    )


if __name__ == "__main__":
    main()
