"""Characters that look like part of a person's name, by what stands around them; no list of people needed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Protocol

import regex

from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN, is_han

_BYLINE = regex_pattern(
    rf"(?:记者|通讯员|特派员|实习生|摄影|作者|责编|编辑|版式|校对|制图|本报评论员|摄|文|图)[/／：:\s　]*"
    rf"((?:[{HAN}]{{2,4}}(?:[、，\s　]|(?=[)）。\n]|$)))+)"
)
_AFTER = (
    r"(?=说|表示|介绍|认为|告诉|指出|强调|坦言|透露|感慨|回忆|笑着|出席|主持|"
    r"同志|先生|女士|教授|院士|[，、。：（）)(\n]|$)"
)
_SAYS = (
    r"(?=说[，：。]?|表示|介绍|认为|告诉|坦言|透露|感慨|回忆|笑着|同志|先生|女士|"
    r"来到|走进|赶到|出席|主持|强调|指出|分别|作了)"
)
_OFFICE = (
    "书记|市长|省长|县长|区长|镇长|乡长|主席|主任|部长|局长|厅长|处长|科长|校长|院长|所长|站长|社长|队长|组长|会长|"
    "经理|董事长|总裁|教授|研究员|工程师|代表|委员|村民|居民|职工|干部|医生|老师|师傅|负责人|法人|学生|党员|战士|大使|总统|总理"
)


_DOES = r"(?=出席|主持|参加|指出|强调|讲话|致辞|陪同|率|任|作|到|前往|会见|宣布|要求|在|对|向|和|与|同|、)"
BITS_OF_WORDS, BITS_PUT_IN = 3.0, 3.5
"""Two characters so strongly tied are a word, not a word and a surname; and where one of them is put in."""
REACH = 40
"""Characters on either side of a place that are searched."""


def _family(surnames: Collection[str]) -> str:
    """A pattern for one of `surnames`, the longer first; those of one character as a set, which is fast."""
    long = sorted((name for name in surnames if len(name) > 1), key=lambda name: (-len(name), name))
    short = "".join(sorted(name for name in surnames if len(name) == 1))
    return "|".join([*long, *([f"[{short}]"] if short else [])])


@lru_cache(maxsize=4)
def _patterns(surnames: Collection[str]) -> tuple[regex.Pattern[str], ...]:
    family = _family(surnames)
    return (
        _BYLINE,
        regex_pattern(rf"(?:{_OFFICE})((?:{family})[{HAN}]{{1,2}}){_AFTER}"),
        regex_pattern(rf"(?<![{HAN}])((?:{family})[{HAN}]{{1,2}}){_SAYS}"),
        regex_pattern(rf"(?<=(?:{family})[{HAN}]{{2}}、)((?:{family})[{HAN}]{{2}})(?=[、等])"),
    )


@lru_cache(maxsize=4)
def _subject(surnames: Collection[str]) -> regex.Pattern[str]:
    """What may be a name at the head of a clause: too broad to call it one, enough to leave it alone."""
    return regex_pattern(rf"(?<![{HAN}])((?:{_family(surnames)})[{HAN}]{{1,2}}){_DOES}")


@lru_cache(maxsize=4)
def _alone(surnames: Collection[str]) -> regex.Pattern[str]:
    """A line that holds nothing but names, as lists have them; the spaces between them may be gone."""
    family = _family(surnames)
    return regex_pattern(
        rf"(?<![^\n])((?:{family})[{HAN}]{{1,2}}|(?:(?:{family})[{HAN}]{{2}}){{2,8}})(?![^\n])"
    )


def within(text: str, surnames: frozenset[str], places: Iterable[int]) -> set[int]:
    """Those of `places` that lie within what may be a name."""
    found: set[int] = set()
    wanted = sorted(set(places))
    at = 0
    while at < len(wanted):
        last = at
        while last + 1 < len(wanted) and wanted[last + 1] - wanted[last] < REACH:
            last += 1
        low, high = max(0, wanted[at] - REACH), wanted[last] + REACH
        for pattern in (*_patterns(surnames), _subject(surnames), _alone(surnames)):
            for match in pattern.finditer(text, low, high):
                found.update(range(*match.span(1)))
        at = last + 1
    return found.intersection(wanted)


def stands(text: str, surnames: frozenset[str], start: int, end: int) -> bool:
    """Whether what stands at [start, end) looks like a name; bylines do not count."""
    low, high = max(0, start - REACH), end + REACH
    spans = (
        match.span(1) for pattern in _patterns(surnames)[1:] for match in pattern.finditer(text, low, high)
    )
    return (start, end) in spans


def mask(text: str, surnames: frozenset[str]) -> bytes:
    """One byte for each character of `text` and one more: 1 within what may be a name."""
    found = bytearray(len(text) + 1)
    for pattern in _patterns(surnames):
        for match in pattern.finditer(text):
            start, end = match.span(1)
            found[start:end] = b"\x01" * (end - start)
    return bytes(found)


def find(text: str, surnames: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where what looks like a name stands; no bylines, whose names are not parted safely."""
    for pattern in _patterns(surnames)[1:]:
        for match in pattern.finditer(text):
            yield match.span(1)


class Known(Protocol):
    """What is known of surnames, and of how strongly characters are tied."""

    @property
    def surnames(self) -> frozenset[str]: ...

    @property
    def pairs(self) -> Links: ...


class Links(Protocol):
    """How strongly one character follows another, in bits; None where that is not known."""

    def link(self, first: str, second: str) -> float | None: ...


def may_begin(text: str, at: int, read: str, new: str, known: Known) -> bool:
    """Whether a surname that ends no word stands where a change of `read` to `new` could touch a given name,
    and the change makes no word with what is no surname beside it (生产者虚作假 -> 弄虚作假): on ocr-train,
    ocr-dev and ocr-kinds-dev 33 of 34 such changes are right."""
    if not read or not is_han(read):
        return False
    for place in range(max(0, at - 2), at):
        if text[place] in known.surnames:
            bits = known.pairs.link(text[place - 1], text[place]) if place else None
            if bits is None or bits < BITS_OF_WORDS:
                return not _makes_word(text, at, new, known)
    return False


def _makes_word(text: str, at: int, new: str, known: Known) -> bool:
    """Whether what a change puts in is a word with one of its neighbours, which is no surname."""
    before, behind = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    pairs = [(before, new)] * (before not in known.surnames) + [(new, behind)] * (behind != new)
    bits = [known.pairs.link(*pair) or 0.0 for pair in pairs if all(pair) and all(map(is_han, pair))]
    return max(bits, default=0.0) >= BITS_PUT_IN
