"""Breaks between wrapped lines: where they lie, how wide their column is, and what speaks for a join."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from string import ascii_letters, digits
from typing import NamedTuple

import numpy as np
import regex

from cleanup.model.document import Document, Line
from cleanup.text import cues, paragraphs, parts
from cleanup.text.cues import Cues, Evidence, Look
from cleanup.text.joins import Break, breaks
from cleanup.text.lines import KEPT
from cleanup.text.scripts import is_han

_REACH = 12
"""Lines on either side that tell the width of a column."""
_OPEN = 0.45
"""Share of wrapped lines that end inside a sentence, at the least."""
_NARROWEST, _WIDEST = 7.0, 60.0
_TITLE = regex.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百\d]+[章节编]")

_WIDTHS = np.ones(0x3002)
_WIDTHS[[ord(" "), 0x3000]] = 0.0
_WIDTHS[[ord(char) for char in ascii_letters + digits]] = 0.55

_STANZA = 8
"""So many lines in a row without a mark are verse or a list: prose does not go so far …"""
_LONG, _FEW = 110.0, 6
"""… nor over so many characters, in fewer lines."""
_ALIKE = 3
"""So many lines in a row with the same two last characters are a list."""
_ITEM = regex.compile(r"^[（(]?\d{1,3}[）)．.、]")
_MARK = regex.compile(r"[\p{P}\p{S}]")

_LEAST = 0.5
"""No character but spaces is narrower."""


class Seam(NamedTuple):
    """A break between wrapped lines with what is measured of it."""

    found: Break
    cues: Cues
    barred: bool
    """No join, whatever the model says: a short numbered title or item, a salutation, a jump line, a teaser,
    a byline, a caption, verse; a blank line behind a sentence where blank lines part paragraphs."""


def seams(document: Document, evidence: Evidence) -> Iterator[Seam]:
    """The breaks of a document that lie among wrapped lines."""
    cuts = list(breaks(document, lists=True))
    lines: list[str] = []
    places: list[int] = []
    last = None
    for found in cuts:
        if found.before is not last:
            lines.append(_shown(document, found.before))
        places.append(len(lines) - 1)
        lines.append(_shown(document, found.after))
        last = found.after
    around = [slice(max(0, at - _REACH), at + _REACH + 2) for at in places]
    least = [_LEAST * (len(line) - line.count(" ") - line.count("\u3000")) for line in lines]
    if all(_typical(least[near]) > _WIDEST for near in around):
        return  # lines so long are paragraphs
    looks = [_measured(line) for line in lines]
    sizes = [look.size for look in looks]
    widths = [_width(looks[near], sizes[near]) for near in around]
    if not any(widths):
        return
    flows = _flows(looks, places, widths, evidence)
    alone = _alone(looks)
    settled = -1  # the latest line of prose so far
    for order, (found, at, width) in enumerate(zip(cuts, places, widths, strict=True)):
        if looks[at].prose and looks[at].size > 8:
            settled = at
        if width:
            trust = _trust(cuts[max(0, order - _REACH) : order + _REACH + 1], document)
            near = tuple(flows.get(other) for other in (order - 1, order, order + 1))
            measured = cues.measures(found, looks, at, width, settled, trust, near, evidence)
            barred = (at in alone and at + 1 in alone) or _is_barred(
                found, trust, looks[at], looks[at + 1], width
            )
            yield Seam(found, measured, barred)


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
    return Look(words, measure(words), paragraphs.ends_open(words), paragraphs.is_prose(words))


def measure(words: str) -> float:
    """The printed width of a line in characters: Latin letters and digits are half as wide."""
    codes = np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
    return float(_WIDTHS.take(codes, mode="clip").cumsum()[-1]) if len(codes) else 0.0


def _typical(sizes: Sequence[float]) -> float:
    """The width that a quarter of lines reach."""
    return sorted(sizes)[int(len(sizes) * 0.75)]


def _width(looks: Sequence[Look], sizes: Sequence[float]) -> float:
    """The width of the column that these lines stand in; 0 where they are not wrapped."""
    if len(looks) < 4:
        return 0.0
    width = _typical(sizes)
    if not _NARROWEST <= width <= _WIDEST:
        return 0.0
    full = [look for look in looks if look.size >= 0.85 * width]
    wide = sum(look.size > 1.3 * width + 2 for look in looks)
    broken = sum(look.open for look in full)
    if sum(look.open for look in looks) < _OPEN * len(looks):
        return 0.0  # a line is a sentence
    if broken < max(3, 0.4 * len(full)) or len(full) < 0.35 * len(looks) or wide > 0.2 * len(looks):
        return 0.0
    return width


def _is_barred(found: Break, trust: str, one: Look, two: Look, width: float) -> bool:
    if found.blank and not found.page and trust == "all" and not one.open and one.words[-1] in "。！？":
        return True
    if paragraphs.is_jump_line(one.words) or paragraphs.is_jump_line(two.words):
        return True
    if found.before.kind == "list" and one.size < 0.8 * width:
        return True
    if parts.stands_apart(one.words) or parts.stands_apart(two.words):
        return True
    if parts.is_credited(one.words) or parts.begins_caption(two.words):
        return True
    if paragraphs.is_salutation(one.words) and one.size < 0.9 * width:
        return True
    title = bool(_TITLE.match(one.words)) and not one.prose and one.size < 0.7 * width
    return title and is_han(one.words[-1])


def _alone(looks: Sequence[Look]) -> set[int]:
    """The lines of verse and of lists: many in a row without any mark, or some with the same end as well."""
    found: set[int] = set()
    bare = [not _MARK.search(_ITEM.sub("", look.words)) for look in looks]
    for unmarked, group in groupby(range(len(looks)), bare.__getitem__):
        run = list(group)
        wide = sum(looks[at].size for at in run) >= _LONG
        if unmarked and len(run) >= (_FEW if wide else _STANZA):
            found.update(run)
    for (unmarked, end), group in groupby(range(len(looks)), lambda at: (bare[at], looks[at].words[-2:])):
        run = list(group)
        if unmarked and len(run) >= _ALIKE and all(map(is_han, end)):
            found.update(run)
    return found


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
