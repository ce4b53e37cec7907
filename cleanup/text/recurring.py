"""Running heads where nothing marks pages: lines that come again between two parts of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from itertools import accumulate, pairwise

from cleanup.text import heads
from cleanup.text.patterns import regex_pattern
from cleanup.text.running import flows, numbers, resembles

_APART = 10
"""Wrapped lines that lie at least between a head and its next …"""
_PAGE = 40
"""… or characters, where each line is a paragraph."""
_BEFORE, _AFTER = 20, 10
"""Characters of the paragraph's line before a head, and behind it."""
_COUNTED = 3
"""So many lines count the pages at least."""
_UNEQUAL = 0.25
"""By so much pages differ between equal heads."""
_NAMED = regex_pattern(r"[图圖表照附注註]|资料|資料")
"""A caption or a note, which a page may set amid a sentence as well."""


def amid_text(
    words: Sequence[str], body: Sequence[bool], width: int, aside: Collection[int]
) -> dict[int, float]:
    """Lines that come again between two parts of a sentence: heads where pages are unmarked.

    `width` is that of a full line, in characters, where lines are wrapped: there three of them are wanted,
    far apart; where each line is a paragraph two are enough.
    """
    longest = 0.8 * width if width else 2.0 * _BEFORE
    places: defaultdict[str, list[int]] = defaultdict(list)
    for order, line in enumerate(words):
        if body[order] and order not in aside and len(line) <= longest and (shape := heads.shape(line)):
            places[shape].append(order)
    found: dict[int, float] = {}
    amid = {
        shape: [at for at in orders if _is_amid(words, at, width)]
        for shape, orders in places.items()
        if "：" not in words[orders[0]]
    }
    often = [shape for shape, orders in amid.items() if len(orders) > 1]
    shapes = [
        shape for shape, orders in amid.items() if orders and any(map(partial(resembles, shape), often))
    ]
    # On odd pages another than on even ones: each needs to come again less often.
    least = 3 if width and sum(len(amid[shape]) for shape in shapes if len(amid[shape]) > 1) < 4 else 2
    for number, shape in enumerate(shapes):
        same = [other for other in shapes[number:] if resembles(shape, other)]
        orders = sorted(at for other in same for at in amid[other])
        seen = sum(len(places[other]) for other in same)
        if len(orders) < least or 3 * len(orders) < 2 * (seen - (orders[0] != places[shape][0])):
            continue
        if all(_apart(words, one, two, width) for one, two in pairwise(orders)):
            found |= dict.fromkeys(orders, 0.9)
    lone = sorted(at for orders in amid.values() for at in orders if at not in found)
    found |= dict.fromkeys(_counted(words, sorted({*lone, *found}), width), 0.9)
    return found | dict.fromkeys(_halfway(words, [at for at in lone if at not in found], sorted(found)), 0.85)


def _counted(words: Sequence[str], orders: Sequence[int], width: int) -> list[int]:
    """Lines amid sentences, whatever they say, whose numbers count the pages: 县志 32, 33 水利, 县志 34."""
    best: list[int] = []
    for at, first in enumerate(orders):
        for number in numbers(words[first]):
            chain, next_ = [first], number + 1
            for order in orders[at + 1 :]:
                if next_ in numbers(words[order]) and _apart(words, chain[-1], order, width):
                    chain.append(order)
                    next_ += 1
            best = max(best, chain, key=len)
    return best if len(best) >= _COUNTED else []


def _halfway(words: Sequence[str], lone: Sequence[int], heads_: Sequence[int]) -> list[int]:
    """Lines amid sentences that stand halfway between two heads, where all heads lie equally far apart: on
    even pages the chapter is named, and it was seen once."""
    before = list(accumulate(map(len, words), initial=0))
    far = [before[two] - before[one] for one, two in pairwise(heads_)]
    if len(far) < 1 or max(far) > (1 + _UNEQUAL) * min(far):
        return []
    return [
        at
        for at in lone
        for one, two in pairwise(heads_)
        if one < at < two
        and abs(2 * before[at] - before[one] - before[two]) <= _UNEQUAL * (before[two] - before[one])
        and not _NAMED.match(words[at])
    ]


def _apart(words: Sequence[str], one: int, two: int, width: int) -> bool:
    """Whether there is a page between two lines."""
    return two - one >= _APART if width else sum(map(len, words[one + 1 : two])) >= _PAGE


def _is_amid(words: Sequence[str], at: int, width: int) -> bool:
    if not flows(words, at - 1, at + 1):
        return False
    before, after = len(words[at - 1]), len(words[at + 1])
    return min(before, after) >= 0.8 * width if width else (before >= _BEFORE and after >= _AFTER)
