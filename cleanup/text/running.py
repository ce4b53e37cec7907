"""Running heads by repetition alone: lines that come again at the edges of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleanup.text import folios, heads, notes, paragraphs
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import CANNOT_START, HAN, is_han

_EDGE = 3
"""A page has no more running heads at its top, or at its foot."""
_PAGES = 12
"""So many pages before and after may have the same head: odd and even pages, chapters."""
_ALIKE = 75.0
"""Likeness of two heads, of 100: one character of four may be misread."""
_NUMBERS = regex_pattern(
    rf"^\W*(\d{{1,4}})(?![\d{HAN}])|(?<![\d{HAN}.:：-])(\d{{1,4}})\W*$|第[ 　]?(\d{{1,4}})[ 　]?[页頁版]"
)
"""Where the number of the page stands in its head: first, last, or named as such."""
_COUNTED = regex_pattern(
    r"(?:附[件表图圖录錄]|[表图圖题題例]|单元|單元|专题|專題|之|(?i:chapter|part|lesson|section|table|fig)\.?)"
    r"[ 　]*\d+\W*$"
    r"|第[ 　]?\d+[ 　]?[章节節条條篇课課讲講回辑輯期号號]\W*$"
)
"""A number that counts other things than pages: 附件 1, 第3章."""
_FORM = regex_pattern(
    r"[\p{Han} 　]{1,8}[：:]|(?:\d{2,4}[ 　]?年)?[ 　]?\d{1,2}[ 　]?月[ 　]?\d{1,2}[ 　]?日"
    r"|[（(〔\p{Han}]{1,12}[〔\[（(]\d{4}[〕\]）)]"
)
"""How a form, a diary or a paper begins below its title."""
_UNITS = regex_pattern(r"(?:单位|單位|币种|幣種)")
_MANY = 6
"""On so many pages a line that stands on every page is a head, even where no sentence goes on over any …"""
_DOUBT = 1.2
"""… the surer, the more pages there are: 0.8 for six (by hand)."""
_PARAGRAPH = 40
"""Characters: whether lines are wrapped or not, one so long is running text."""
_LATIN = 20
"""Characters of a line of Latin words in a paragraph, at the least."""


class Place(NamedTuple):
    """A line near the edge of a page."""

    order: int
    page: int
    shape: str
    """Empty: the page number alone."""
    numbers: tuple[int, ...]
    digits: str
    """All its digits: of heads that count nothing they are the same on every page."""


def flows(words: Sequence[str], before: int, after: int) -> bool:
    """Whether a sentence goes on from one line of prose to another."""
    if before < 0 or after >= len(words):
        return False
    one, two = words[before], words[after]
    if len(one) < 6 or len(two) < 2 or paragraphs.opens(two) or paragraphs.is_signature(one):
        return False
    if two[0].islower() and len(one) >= _LATIN and " " in two:
        return one[-1].islower() or one[-1] == ","  # Latin words, which are seldom without capitals
    above, below = words[max(0, before - 1) : before + 1], words[after : after + 2]
    if not (any(map(paragraphs.is_prose, above)) and any(map(paragraphs.is_prose, below))):
        return False
    if two[0] in CANNOT_START:
        return is_han(one[-1])
    return (is_han(one[-1]) or one[-1] in "，、") and (is_han(two[0]) or two[0] in "“《")


def at_edges(
    words: Sequence[str], body: Sequence[bool], cuts: Collection[int], aside: Collection[int]
) -> dict[int, float]:
    """How surely lines are running heads or page numbers that come again on other pages, by order; 0: the
    title that running heads repeat.

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
    taken = {place.order for side in groups for page in side for place in page}.union(aside)
    read = _read(words, pages, taken, aside)
    for side, shift in zip(groups, (0, 1), strict=True):
        places = {place.order: place for page in side for place in page}
        for place in places.values():
            others = [other for other in _alike_to(place, side) if other.order != place.order]
            if sure := _judged(place, others, read, shift):
                found[place.order] = 0.0 if _is_title(place, others, read, shift) else sure
    return found


class _Pages(NamedTuple):
    """What is said of pages when furniture is taken away."""

    flow: Sequence[bool]
    """Whether a sentence goes on to each page; one more for the end."""
    runs_on: Sequence[bool]
    """Whether its first line is one of running text."""
    numbers: Sequence[Collection[int]]
    """The lines near its edges that hold nothing but a number."""
    whole: Sequence[bool]
    """Whether a page is a piece of its own: a form, a letter, what is signed or dated."""


def _read(
    words: Sequence[str], pages: Sequence[range], taken: Collection[int], aside: Collection[int]
) -> _Pages:
    text = [[order for order in page if order not in taken] for page in pages]
    ends: list[tuple[int, int] | None] = [_ends(words, orders) for orders in text]
    over = [flows(words, one[1], two[0]) if one and two else False for one, two in pairwise(ends)]
    sizes = sorted(len(words[order]) for orders in text for order in orders)
    full = 0.6 * min(sizes[int(0.75 * len(sizes))], _PARAGRAPH) if sizes else 0.0
    first = [words[orders[0]] if orders else "" for orders in text]
    edges = [[words[order] for order in page if order not in aside] for page in pages]
    return _Pages(
        [False, *over, False],
        [paragraphs.is_prose(line) or len(line) >= full for line in first],
        [_bare_numbers(words, page) for page in pages],
        [_is_whole(lines[:_EDGE], lines[-2:]) for lines in edges],
    )


def _bare_numbers(words: Sequence[str], page: range) -> list[int]:
    near = sorted({*page[: _EDGE + 1], *page[-_EDGE - 1 :]})
    return [order for order in near if folios.folio_number(words[order]) is not None]


def _is_whole(top: Sequence[str], foot: Sequence[str]) -> bool:
    formal = any(_FORM.match(line) and not _UNITS.match(line) for line in top)
    return formal or any(map(paragraphs.is_salutation, top)) or any(map(paragraphs.is_signature, foot))


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
        own = (bare,) if bare is not None else numbers(words[order])
        digits = "".join(filter(str.isdigit, words[order])) if shape else ""
        out.append(Place(order, number, shape, own, digits))
    return out


def numbers(words: str) -> tuple[int, ...]:
    """The numbers of a head that may be the page's."""
    if _COUNTED.search(words):
        return ()
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
    return resembles(one.shape, two.shape)


def _counts(one: Place, two: Place) -> bool:
    """Whether a number in both lines counts the pages."""
    return any(b - a == two.page - one.page for a in one.numbers for b in two.numbers)


def _ends(words: Sequence[str], text: Sequence[int]) -> tuple[int, int] | None:
    """The first and the last line of a page's text, notes at its foot aside."""
    if not text:
        return None
    last = len(text) - 1
    while last > 0 and (notes.is_note(words[text[last]]) or notes.is_rule(words[text[last]])):
        last -= 1
    return text[0], text[last]


def _judged(place: Place, others: Sequence[Place], pages: _Pages, shift: int) -> float:
    """How surely a line is a running head: by how often it comes again, by numbers that count the pages, and
    by sentences that go on over it."""
    counted = sum(_counts(place, other) for other in others if other.page != place.page)
    among = sorted({place.page, *(other.page for other in others)})
    over = sum(pages.flow[page + shift] for page in among)
    if not place.shape:
        return 0.9 if counted >= 2 else 0.0
    if len(among) >= 3 and (3 * over >= len(among) or counted >= 2):
        return 0.9
    if over and (counted or 2 * over >= len(among)):
        return 0.9 if counted or over > 1 else 0.85
    if len(among) < 4:
        return 0.0
    same = 2 * sum(other.digits == place.digits for other in others) >= len(others)
    often = same and 2 * len(among) > among[-1] - among[0]  # on all pages, or on odd ones
    if len(among) < _MANY or not often or shift:
        return 0.6
    whole = sum(pages.whole[page] for page in among)
    runs_on = sum(pages.runs_on[page] for page in among)
    return min(0.95, 1 - _DOUBT / len(among)) if 5 * whole <= len(among) <= 2 * runs_on else 0.6


def _is_title(place: Place, others: Sequence[Place], pages: _Pages, shift: int) -> bool:
    """Whether the first of many equal heads is the title that the others repeat: the page's number stands
    elsewhere beside it, or no running text begins below."""
    if not place.shape or pages.flow[place.page + shift] or any(other.page <= place.page for other in others):
        return False
    if any(_counts(place, other) for other in others):
        return False
    own = _beside(place, pages)
    if sum(_beside(other, pages) == own for other in others) * 2 < len(others):
        return True
    return not pages.runs_on[place.page] and 2 * sum(pages.runs_on[other.page] for other in others) > len(
        others
    )


def _beside(place: Place, pages: _Pages) -> tuple[bool, bool]:
    """Whether a number stands near a head above it, and whether one stands below."""
    near = [at for at in pages.numbers[place.page] if abs(at - place.order) <= _EDGE]
    return any(at < place.order for at in near), any(at > place.order for at in near)


def resembles(one: str, two: str) -> bool:
    """Whether one head, by its shape, may be another misread."""
    if one == two or min(len(one), len(two)) <= 3:
        return one == two
    from rapidfuzz import fuzz  # takes its time, and most pages ask for nothing

    return fuzz.ratio(one, two) >= _ALIKE
