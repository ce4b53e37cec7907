"""Breaks between wrapped lines: where they lie, how wide their column is, and what speaks for a join."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from cleanup.model.block import Block
from cleanup.model.document import Document, Line
from cleanup.text import cues, habits, paragraphs
from cleanup.text.columns import EVEN, WIDEST, own_width, typical, width_of
from cleanup.text.cues import Cues, Evidence, Look
from cleanup.text.habits import UNKNOWN
from cleanup.text.joins import Break, breaks
from cleanup.text.lines import KEPT
from cleanup.text.widths import has_marks, measure

_REACH = 12
"""Lines on either side that tell the width of a column."""
_NEAR = 8
"""Lines on either side that tell prose from verse and lists."""
_STRONG = 6.0
"""Nats: more tells nothing more."""
_AGAINST = -3.0
"""Nats up to which the language model speaks too plainly against a join to be told otherwise by an indent."""
_LEAST = 0.5
"""No character but spaces is narrower."""

JOINED = 0.6
"""The chance from which two lines are joined."""
_VOTES = (
    (8, 0, 0.3, 0.0), (24, 0, 0.4, 0.0), (24, 12, 0.5, 0.35), (24, 12, 0.6, 0.5), (24, 12, 0.7, 0.6),
    (24, 12, 0.9, 0.8),
)  # fmt: skip
"""(breaks on either side, and those that tell verse; share of the first that are joined, and how much the
others must look like verse on an average): where fewer are, none is. Of 5,365 right joins of pages as engines
read them (ocr-dev, ocr-kinds-dev) this leaves three, of 601 in poems four of five."""
_WIDE, _MANY, _CERTAIN = 24, 8, 0.94
"""Breaks on either side, the joins among them, and how likely these are on an average from which on nothing
is outvoted: in modern verse it is 0.87, in short columns of news 0.95 and more."""
_WORD, _SPLIT = 3.0, 0.2
"""Bits of association from which a break parts a word, and the share of the joins that must do so there: in
news it is 0.3 and more, in verse next to none."""
_QUORUM, _LEAST_VERSE = 12, 4
"""Fewer breaks do not vote, alone and where they look like verse."""

_NEARLY, _TOLD = 2.0, 8.0
"""Characters by which a full line may fall short, and nats from which the language model alone tells that
it goes on: of the breaks of pages as engines read them that the model of joins leaves below JOINED none
parts paragraphs (counted on ocr-dev, ocr-kinds-dev; two-line headlines aside)."""
_AFTER = 3.0
"""Nats that speak for the next break as well, where the line behind is not over: else both are a headline."""

Bar = Callable[[Line, Line], Block | None]
"""The block that forbids to join two neighbouring lines."""
Prose = Callable[[Line], bool]
"""Whether a line is running text: only such lines tell the width of their column."""


class Seam(NamedTuple):
    """A break between wrapped lines with what is measured of it."""

    found: Break
    cues: Cues
    bar: Block | None
    """What forbids a join; nothing the model says overrules a sure one."""
    stop: bool
    """No join: a blank line behind the end of a sentence, a jump line."""
    told: bool
    """The line is full and breaks off in a sentence that the language model surely sees go on."""


def seams(document: Document, evidence: Evidence, bar: Bar, prose: Prose) -> Iterator[Seam]:
    """The breaks of a document that lie among wrapped lines."""
    cuts = list(breaks(document, lists=True))
    lines: list[str] = []
    places: list[int] = []
    fit: list[int] = []
    indents: list[bool] = []
    last = None
    for found in cuts:
        for line in (found.before, found.after):
            if line is last:
                continue
            if prose(line):
                fit.append(len(lines))
            lines.append(_shown(document, line))
            indents.append(line.content.start > line.span.start)
            last = line
        places.append(len(lines) - 2)
    least = [_LEAST * (len(line) - line.count(" ") - line.count("\u3000")) for line in lines]
    around = [_around(fit, at) for at in places]
    if all(not near or typical([least[at] for at in near]) > WIDEST for near in around):
        return  # lines so long are paragraphs
    looks = [_measured(line) for line in lines]
    briefs = document.format == "text"
    bars = [bar(found.before, found.after) for found in cuts]
    barred = {at for forbids, at in zip(bars, places, strict=True) if forbids}
    widths = [
        width_of([looks[at] for at in near], briefs) or own_width(looks, set(near), barred, at, briefs)
        for near, at in zip(around, places, strict=True)
    ]
    if not any(widths):
        return
    flows = _flows(looks, places, widths, evidence)
    orders = [order for order, width in enumerate(widths) if width]
    brinks = [cues.brink(looks, places[order], widths[order], flows.get(order)) for order in orders]
    paged = iter(habits.of(brinks))
    settled = -1  # the latest line of prose so far
    for order, (found, at, width, forbids) in enumerate(zip(cuts, places, widths, bars, strict=True)):
        if looks[at].prose and looks[at].size > 8:
            settled = at
        if width:
            trust = _trust(cuts[max(0, order - _REACH) : order + _REACH + 1], document)
            three = tuple(flows.get(other) for other in (order - 1, order, order + 1))
            near = _near(looks, places, order, width, flows, indents, forbids)
            measured = cues.measures(
                found, looks, at, width, settled, trust, three, near, next(paged), evidence
            )
            told = _is_told(measured, looks[at], looks[at + 1]) or _is_flush(measured, looks, indents, at)
            yield Seam(found, measured, forbids, _is_stop(found, trust, looks[at], looks[at + 1]), told)


def _if_joined(chance: float) -> float:
    return chance if chance >= JOINED else 0.0


def _near(
    looks: Sequence[Look],
    places: Sequence[int],
    order: int,
    width: float,
    flows: Mapping[int, cues.Nats],
    indents: Sequence[bool],
    bar: Block | None,
) -> cues.Near:
    """What the lines around a break are like."""
    first, last = max(0, places[order] - _NEAR), places[order] + _NEAR + 2
    around = looks[first:last]
    full, size = width - max(2.0, 0.12 * width), len(around)
    short = [look for look in around if look.size < full]
    said = [
        min(_STRONG, max(-_STRONG, flows[other].on))
        for other in range(max(0, order - _NEAR), order + _NEAR + 1)
        if other in flows and looks[places[other]].cut
    ]
    return cues.Near(
        sum([look.unfinished for look in short]) / size,
        sum([look.inner for look in around]) / size,
        sum([look.ended for look in around]) / size,
        sum(said) / len(said) if said else UNKNOWN,
        sum([not look.open for look in short]) / size,
        sum(indents[first:last]) / size,
        float(bar is not None),
    )


def _around(fit: Sequence[int], at: int) -> Sequence[int]:
    """The lines of prose near a break."""
    place = bisect_left(fit, at)
    return fit[max(0, place - _REACH) : place + _REACH + 2]


def _flows(
    looks: Sequence[Look], places: Sequence[int], widths: Sequence[float], evidence: Evidence
) -> dict[int, cues.Nats]:
    """What the language model says of the breaks among wrapped lines, by their order."""
    if evidence.flow is None:
        return {}
    orders = [order for order, width in enumerate(widths) if width]
    pairs = [(looks[places[order]].words, looks[places[order] + 1].words) for order in orders]
    return dict(zip(orders, evidence.flow(pairs), strict=True))


def _shown(document: Document, line: Line) -> str:
    # The mark of a list's item is part of its line's width.
    return document.text[line.span.start : line.content.end].lstrip()


@lru_cache(maxsize=KEPT)
def _measured(words: str) -> Look:
    is_open, end = paragraphs.ends_open(words), words[-1]
    return Look(
        words,
        measure(words),
        is_open,
        paragraphs.is_prose(words),
        has_marks(words),
        end in "，。、；：！？…—",
        is_open or end in "；：—",
        is_open and end not in "，、,",
    )


def _is_told(measured: Cues, one: Look, two: Look) -> bool:
    return (
        measured.room <= _NEARLY
        and min(measured.on, measured.lost) >= _TOLD
        and one.cut
        and (one.prose or two.prose)
        and (not two.open or measured.on_after >= _AFTER)
        and not (measured.blank or paragraphs.opens(two.words))
    )


def _is_flush(measured: Cues, looks: Sequence[Look], indents: Sequence[bool], at: int) -> bool:
    """Whether a full line goes on in a line without an indent, where every paragraph around has one."""
    if measured.room > EVEN or measured.blank or indents[at + 1] or measured.on <= _AGAINST:
        return False
    begun = [
        indents[place + 1]
        for place in range(max(0, at - _REACH), min(len(looks) - 1, at + _REACH))
        if not looks[place].open and looks[place].size < looks[at].size - EVEN
    ]
    return len(begun) > 1 and all(begun) and any(indents[max(0, at - _REACH) : at + 1])


def _is_stop(found: Break, trust: str, one: Look, two: Look) -> bool:
    if paragraphs.is_jump_line(one.words) or paragraphs.is_jump_line(two.words):
        return True
    if not found.blank or found.page or trust not in ("all", "some"):
        return False
    return not one.open and one.words[-1] in "。！？.!?"


def _trust(near: Sequence[Break], document: Document) -> str:
    """Whether blank lines part paragraphs hereabouts: they do where they stand behind sentences."""
    blank = [found for found in near if found.blank and not found.page]
    if not blank:
        return "none"
    after = sum(document.text[found.before.content.end - 1] in "。！？”…：" for found in blank)
    finals = sum(document.text[found.before.content.end - 1] in "。！？" for found in near)
    if after >= 0.8 * len(blank):
        return "all" if after >= 0.7 * finals else "some"
    return "half" if after >= 0.5 * len(blank) else "no"


def outvoted(chances: Sequence[float], verse: Sequence[float], links: Sequence[float]) -> list[bool]:
    """For each break, whether so few around it are joined that it is not either.

    `chances`: that the line goes on. Where the lines look like verse (0 to 1 for each break) more must be;
    where those that are joined are nearly certain, lines of verse are not, if some part words; `links`: bits
    of association between the characters at each break.
    """
    joined = [chance >= JOINED for chance in chances]
    total, looks = [0, *accumulate(joined)], [0.0, *accumulate(verse)]
    certain = [0.0, *accumulate(map(_if_joined, chances))]
    split = [0, *accumulate(on and link >= _WORD for on, link in zip(joined, links, strict=True))]
    found = []
    for at in range(len(joined)):
        lone = False
        for reach, near, least, alike in _VOTES:
            first, last = max(0, at - reach), min(len(joined), at + reach + 1)
            low, high = max(0, at - near), min(len(joined), at + near + 1)
            enough = last - first >= (_LEAST_VERSE if alike else _QUORUM)
            few = enough and total[last] - total[first] < least * (last - first)
            lone |= few and looks[high] - looks[low] >= alike * (high - low)
        if lone:
            first, last = max(0, at - _WIDE), min(len(joined), at + _WIDE + 1)
            many = total[last] - total[first]
            lone = many < _MANY or certain[last] - certain[first] < _CERTAIN * many
            lone |= split[last] - split[first] < _SPLIT * many
        found.append(lone)
    return found
