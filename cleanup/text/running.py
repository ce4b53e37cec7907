"""Running heads by repetition alone: lines that come again at the edges of pages, or amid sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from cleanup.text import folios, heads, paragraphs
from cleanup.text.scripts import HAN, is_han

_EDGE = 3
"""A page has no more running heads at its top, or at its foot."""
_PAGES = 12
"""So many pages before and after may have the same head: odd and even pages, chapters."""
_ALIKE = 75.0
"""Likeness of two heads, of 100: one character of four may be misread."""
_APART = 10
"""Lines that lie at least between a head and its next, where nothing marks pages."""
_NUMBERS = regex.compile(
    rf"^\W*(\d{{1,4}})(?![\d{HAN}])|(?<![\d{HAN}.:：-])(\d{{1,4}})\W*$|第[ 　]?(\d{{1,4}})[ 　]?[页頁版]"
)
"""Where the number of the page stands in its head: first, last, or named as such."""
_CANNOT_START = "，。、；：！？）》”’"


class Place(NamedTuple):
    """A line near the edge of a page."""

    order: int
    page: int
    shape: str
    """Empty: the page number alone."""
    numbers: tuple[int, ...]


def flows(words: Sequence[str], before: int, after: int) -> bool:
    """Whether a sentence goes on from one line of prose to another."""
    if before < 0 or after >= len(words):
        return False
    one, two = words[before], words[after]
    if len(one) < 6 or len(two) < 2 or paragraphs.opens(two) or paragraphs.is_signature(one):
        return False
    above, below = words[max(0, before - 1) : before + 1], words[after : after + 2]
    if not (any(map(paragraphs.is_prose, above)) and any(map(paragraphs.is_prose, below))):
        return False
    if two[0] in _CANNOT_START:
        return is_han(one[-1])
    return (is_han(one[-1]) or one[-1] in "，、") and (is_han(two[0]) or two[0] in "“《")


def at_edges(
    words: Sequence[str], body: Sequence[bool], cuts: Collection[int], aside: Collection[int]
) -> dict[int, float]:
    """How surely lines are running heads or page numbers that come again on other pages, by order.

    `cuts` are the orders that begin pages, with the end; `body` tells lines that may be furniture by their
    kind, `aside` those that are known to be.
    """
    starts = sorted(cuts)
    pages = [range(one, two) for one, two in pairwise(starts) if one < two]
    found: dict[int, float] = {}
    if len(pages) < 2:
        return found
    groups = []
    for down in (True, False):
        near = [_near(words, body, page, number, down, aside) for number, page in enumerate(pages)]
        alike = {place.order: _alike(place, near) for places in near for place in places}
        groups.append([list(_heads(places, alike)) for places in near])
    tops, feet = groups
    taken = {place.order for side in groups for page in side for place in page}.union(aside)
    ends = [_ends(page, taken) for page in pages]
    over = [flows(words, one[1], two[0]) if one and two else False for one, two in pairwise(ends)]
    flow = [False, *over, False]
    for side, shift in ((tops, 0), (feet, 1)):
        places = {place.order: place for page in side for place in page}
        for place in places.values():
            others = [other for other in _alike_to(place, side) if other.order != place.order]
            found |= _judged(place, others, flow, shift)
    return found


def _alike_to(place: Place, side: Sequence[Sequence[Place]]) -> Iterator[Place]:
    """The lines like this one on the pages around it."""
    for places in side[max(0, place.page - _PAGES) : place.page + _PAGES + 1]:
        yield from (other for other in places if _is_alike(place, other))


def _alike(place: Place, near: Sequence[Sequence[Place]]) -> int:
    return sum(other.page != place.page for other in _alike_to(place, near))


def _near(
    words: Sequence[str],
    body: Sequence[bool],
    page: range,
    number: int,
    down: bool,
    aside: Collection[int],
) -> list[Place]:
    """The first lines from an edge of a page, one more than may be heads; furniture is passed over."""
    out: list[Place] = []
    for order in page if down else reversed(page):
        if order in aside:
            continue
        bare = folios.folio_number(words[order])
        shape = "" if bare is not None else heads.shape(words[order])
        if not body[order] or (bare is None and not shape) or len(out) > _EDGE:
            break
        numbers = (bare,) if bare is not None else _numbers(words[order])
        out.append(Place(order, number, shape, numbers))
    return out


def _numbers(words: str) -> tuple[int, ...]:
    return tuple(int(number) for match in _NUMBERS.finditer(words) for number in match.groups() if number)


def _heads(places: Sequence[Place], alike: dict[int, int]) -> Iterator[Place]:
    """The lines from the edge on that come again; none where the page itself seems to come again."""
    run = []
    for place in places:
        if not alike[place.order]:
            break
        run.append(place)
    if len(run) <= _EDGE:
        yield from run


def _is_alike(one: Place, two: Place) -> bool:
    if not one.shape or not two.shape:
        return one.shape == two.shape and _counts(one, two)
    if one.shape == two.shape:
        return True
    return min(len(one.shape), len(two.shape)) > 3 and fuzz.ratio(one.shape, two.shape) >= _ALIKE


def _counts(one: Place, two: Place) -> bool:
    """Whether a number in both lines counts the pages."""
    return any(b - a == two.page - one.page for a in one.numbers for b in two.numbers)


def _ends(page: range, taken: Collection[int]) -> tuple[int, int] | None:
    """The first and the last line of a page's text."""
    text = [order for order in page if order not in taken]
    return (text[0], text[-1]) if text else None


def _judged(place: Place, others: Sequence[Place], flow: Sequence[bool], shift: int) -> dict[int, float]:
    """How surely a line is a running head: by how often it comes again, by numbers that count the pages, and
    by sentences that go on over it."""
    counted = sum(_counts(place, other) for other in others if other.page != place.page)
    over = sum(flow[one.page + shift] for one in (place, *others))
    pages = len({place.page, *(other.page for other in others)})
    if not place.shape:
        return {place.order: 0.9} if counted >= 2 else {}
    if pages >= 3 and (3 * over >= pages or counted >= 2):
        return {place.order: 0.9}
    if pages >= 2 and counted and over:
        return {place.order: 0.85}
    return {place.order: 0.6} if pages >= 4 else {}


def amid_text(words: Sequence[str], body: Sequence[bool], width: int) -> Iterator[int]:
    """Lines that come again, word for word, between full lines of a sentence: heads where pages are unmarked.

    `width` is that of a full line, in characters.
    """
    orders: defaultdict[str, list[int]] = defaultdict(list)
    for order, line in enumerate(words):
        if body[order] and len(line) <= 0.8 * width and (shape := heads.shape(line)):
            orders[shape].append(order)
    for found in orders.values():
        if len(found) < 3 or min(b - a for a, b in pairwise(found)) < _APART:
            continue
        amid = [at for at in found if _is_amid(words, at, width)]
        if 3 * len(amid) >= 2 * len(found):
            yield from amid


def _is_amid(words: Sequence[str], at: int, width: int) -> bool:
    if not flows(words, at - 1, at + 1):
        return False
    return min(len(words[at - 1]), len(words[at + 1])) >= 0.8 * width
