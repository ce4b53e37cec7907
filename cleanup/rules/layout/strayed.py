"""A line of another column read at the end of a line: put where it was printed.

Why: where the space between two columns is narrow, engines read a line of the second on behind one of the
     first: it breaks a sentence here, and the sentence that it was taken out of there.
Leaves alone: lines no longer than those around them, running heads, verse, tables and lists; a line whose own
     place is not told from any other, as that of a paragraph's last line; columns read across altogether.
Safety: LIKELY where the language model likes the text very much better so, both where the line goes and where
     it is put, and no other place nearly as well; else suggested. On ocr-train, ocr-dev and ocr-kinds-dev it
     moves 33 lines; with each the text came nearer to its truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleanup.model.block import Act
from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text import folios
from cleanup.text.joins import manner
from cleanup.text.paragraphs import ends_sentence
from cleanup.text.scripts import is_han
from cleanup.text.widths import measure

NAME = "layout.strayed"
SUMMARY = Message("把读到别栏行末的一行放回原处", "Put back a line read at the end of another column's line")
SAFETY = Applicability.LIKELY
ACT: Act = "remove"
EARLY = 7
NEEDS = ("models/runs.bin", "models/eras.bin")
_LINES = (
    "县里的三座石拱桥都修好了，其中",
    "两座已经通车，另一座还在铺设桥",
    "面，预计下个月可以通车。村里的",
    "老人都说，从前过河要绕路，如今",
    "几步就到。县里还打算在河边种树",
    "，并且修一条步行道，方便群众散",
    "步。农业局派出技术人员下乡指导",
    "农民选种育秧，检查农机具的质量",
    "，预计今年的播种面积比去年增加",
    "一成。各乡镇也在抓紧时间准备春",
    "耕生产，化肥和农药都已经备齐。",
)
_OUT = (*_LINES[:9], *_LINES[10:])
CASES = (
    Case(
        "\n".join((_OUT[0], f"{_OUT[1]} {_LINES[9]}", *_OUT[2:])) + "\n",
        "\n".join(_LINES) + "\n",
        "read beside a line of the first column",
    ),
    Case("\n".join(_LINES) + "\n", None, "in order"),
    Case(
        "\n".join((_LINES[0], f"{_LINES[1]} 县里的三座石拱桥都修好了全文", *_LINES[2:])) + "\n",
        None,
        "goes nowhere",
    ),
)
_REACH = 8
"""Lines on either side that tell how wide the column is."""
_FEWEST, _MOST = 4, 0.4
"""So many of these, and such a share of them, must be of one width."""
_EVEN = 1.0
"""Characters by which lines of one width differ."""
_WIDER = 2
"""So many of them may be wider, since they hold strays too."""
_LONGER = 1.3
"""Widths of the column from which a line may hold two."""
_LEAST = 4
"""Han characters of a line that strayed."""
_FULL, _WIDE = 0.85, 1.15
"""Widths of the column that a full line has; one that ends a paragraph may be shorter."""
_NEAR = 2.0
"""Characters by which the cut may lie before or behind the column's edge, where no space tells it."""
_FAR = 150
"""Lines on either side among which a stray's own place is looked for."""
_LEAD = 2.4
"""Nats by which the text must be likelier with the stray in its place than in any other."""
_GAIN, _TOLD, _CHANCE = (5.0, 9.0), (14.0, 18.0), (0.6, 0.95)
"""For a suggestion, and to do it: nats by which the text must be likelier than as it was read; that and the
lead together; and how often it is right. Measured on the sets named above, and on right text of every kind
with lines twice as long as others, where 4 of some 20,000 would go elsewhere."""
_WHY = Message(
    "行末这一截是别栏的一行：在此打断了句子，放到那里正好接上",
    "the end of this line is a line of another column: it breaks a sentence here and mends one there",
)
_Pair = tuple[str, str]


class _Cut(NamedTuple):
    """A line that may be two."""

    own: str
    """What is its own."""
    stray: str
    start: int
    """Where the white space before the stray begins, in the text."""
    end: int


class _Move(NamedTuple):
    """A stray with the place that fits it best."""

    cut: _Cut
    row: int
    """The line that it goes before, by its number among those with words."""
    gain: float
    """Nats by which the text is likelier."""
    lead: float
    """Nats by which this place is better than the next."""
    goes_on: bool
    """It goes on with the line above its place rather than in the line below."""


def find(document: Document, tools: Page) -> Iterable[Fix]:
    if document.format != "text" or document.rows or manner(document).style != "wrapped":
        return
    rows = [line for line in document.lines if line.kind == "body"]
    sizes = [line.content.end - line.content.start for line in rows]
    taken: set[int] = set()
    for at in range(len(rows) - 1):
        near = sorted(sizes[max(0, at - _REACH) : at] + sizes[at + 1 : at + 1 + _REACH])
        if sizes[at] < _LONGER * near[len(near) // 2]:
            continue
        found = max(_moves(document, rows, at, tools), key=lambda move: move.gain, default=None)
        if found and _level(found) >= 0 and not {at, found.row} & taken:
            taken |= {at, found.row}
            yield _fix(document, rows, found)


def _moves(document: Document, rows: Sequence[Line], at: int, tools: Page) -> Iterator[_Move]:
    """What may be cut off the end of a line, each with its best place."""
    words = [document.words(row) for row in rows]
    width = _width(words, at)
    if not width or measure(words[at]) < _LONGER * width or _is_head(words[at]):
        return
    told = tools.blocks(document)
    if not (told.is_prose(rows[at]) and told.is_prose(rows[at + 1])):
        return
    page = document.page_at(rows[at].span.start)
    places = [
        row
        for row in range(max(1, at - _FAR), min(len(rows), at + _FAR))
        if row not in (at, at + 1)
        and told.is_prose(rows[row - 1])
        and told.is_prose(rows[row])
        and document.page_at(rows[row - 1].span.start) == document.page_at(rows[row].span.start) == page
    ]
    cuts = list(_cuts(document, rows[at], width))
    if not places or not cuts:
        return
    as_read = tools.following([(words[row - 1], words[row]) for row in places])
    for cut in cuts:
        below = words[at + 1]
        asked = [(cut.own, below), (cut.stray, below), (cut.own, cut.stray)]
        asked += [(words[row - 1], cut.stray) for row in places]
        asked += [(cut.stray, words[row]) for row in places]
        mended, broken, stray, *new = tools.following(asked)
        above, under = new[: len(places)], new[len(places) :]
        gains = [up - stray + down - old for up, down, old in zip(above, under, as_read, strict=True)]
        best, next_best = [*sorted(gains, reverse=True), 0.0][:2]
        place = gains.index(best)
        on, off = above[place] - stray, under[place] - as_read[place]
        yield _Move(cut, places[place], mended - broken + best, best - next_best, on >= off)


def _width(words: Sequence[str], at: int) -> float:
    """How wide the lines around one are; 0: they are of no one width."""
    near = [measure(line) for line in (*words[max(0, at - _REACH) : at], *words[at + 1 : at + 1 + _REACH])]
    alike = [sum(abs(one - other) <= _EVEN for other in near) for one in near]
    most = max(alike, default=0)
    width = near[alike.index(most)] if most >= max(_FEWEST, _MOST * len(near)) else 0.0
    wider = sum(one > _WIDE * width for one in near)
    return width if wider <= _WIDER else 0.0


def _cuts(document: Document, line: Line, width: float) -> Iterator[_Cut]:
    """Where a line may be cut in two of the column's width: at white space, or at the column's edge."""
    words, first = document.words(line), line.content.start
    size = 0.0
    for at, char in enumerate(words):
        size += measure(char)
        behind = words[at + 1 :]
        if not (behind[:1].isspace() or (abs(size - width) <= _NEAR and not char.isspace())):
            continue
        own, stray = words[: at + 1].rstrip(), behind.strip()
        long = measure(stray)
        full = _FULL * width <= long or (ends_sentence(stray) and long < _FULL * width)
        fits = _FULL - 0.15 <= measure(own) / width <= _WIDE and full and long <= (_WIDE + 0.05) * width
        if fits and sum(map(is_han, stray)) >= _LEAST:
            yield _Cut(own, stray, first + len(own), line.content.end)


def _is_head(words: str) -> bool:
    """Whether a line is of the head of a page: dates, papers and editors stand apart there."""
    return folios.read(words).has("weekday", "credit")


def _fix(document: Document, rows: Sequence[Line], move: _Move) -> Fix:
    cut, above, below = move.cut, rows[move.row - 1].content.end, rows[move.row].span.start
    put = (above, above, "\n" + cut.stray) if move.goes_on else (below, below, cut.stray + "\n")
    level = _level(move)
    evidence = (document.words(rows[move.row - 1])[-8:], cut.stray, document.words(rows[move.row])[:8])
    return fix(
        NAME,
        document.text,
        [(cut.start, cut.end, ""), put],
        SAFETY if level else Applicability.SUGGEST,
        _CHANCE[level],
        _WHY,
        evidence,
    )


def _level(move: _Move) -> int:
    """What speaks for a move: -1: too little, 0: it is worth a person's look, 1: enough."""
    return (
        sum(
            move.lead >= _LEAD and move.gain >= gain and move.gain + move.lead >= told
            for gain, told in zip(_GAIN, _TOLD, strict=True)
        )
        - 1
    )
