"""Running heads where nothing marks pages: lines that come again between two parts of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import partial
from itertools import pairwise

from cleanup.text import heads
from cleanup.text.running import flows, resembles

_APART = 10
"""Wrapped lines that lie at least between a head and its next …"""
_PAGE = 40
"""… or characters, where each line is a paragraph."""
_BEFORE, _AFTER = 20, 10
"""Characters of the paragraph's line before a head, and behind it."""


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
    return found


def _apart(words: Sequence[str], one: int, two: int, width: int) -> bool:
    """Whether there is a page between two lines."""
    return two - one >= _APART if width else sum(map(len, words[one + 1 : two])) >= _PAGE


def _is_amid(words: Sequence[str], at: int, width: int) -> bool:
    if not flows(words, at - 1, at + 1):
        return False
    before, after = len(words[at - 1]), len(words[at + 1])
    return min(before, after) >= 0.8 * width if width else (before >= _BEFORE and after >= _AFTER)
