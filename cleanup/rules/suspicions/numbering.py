"""Numbers of a list that jump: 一是…二是…四是…; 一、 二、 四、: flagged.

Why: a paragraph or a clause that an engine or a model lost leaves its number behind as the only trace.
Leaves alone: lists that begin anew, that run on from another page, single numbers, numbers of statutes.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import regex_pattern

NAME = "suspicions.numbering"
SUMMARY = Message("标出跳号的条目", "Flag lists whose numbers jump")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("会议提出，一是抓好春耕；二是修好水渠；四是做好防疫。", flags=True),
    Case(
        "一、抓好春耕\n会议要求。\n二、修好水渠\n会议要求。\n四、做好防疫\n会议要求。\n五、办好学校\n",
        flags=True,
    ),
    Case("会议提出，一是抓好春耕；二是修好水渠；三是做好防疫。", None),
    Case("一、抓好春耕\n（一）选种\n（二）育秧\n二、修好水渠\n（一）勘察\n（二）施工\n", None, "begins anew"),
    Case("会议指出，一是一，二是二，不能含糊。", None, "a saying"),
    Case("他们一是没有钱，四是没有人。", None, "no list"),
)
_NUMERAL = "[一二三四五六七八九]?十?[一二三四五六七八九十]"
_HEADS = tuple(
    regex_pattern(pattern)
    for pattern in (
        rf"({_NUMERAL})、", rf"[（(]({_NUMERAL})[)）]", r"(\d{1,2})[.．、](?!\d)", r"[（(](\d{1,2})[)）]",
        rf"第({_NUMERAL})[，、,]",
    )
)  # fmt: skip
_WITHIN = tuple(
    regex_pattern(rf"(?<=^|[。；：，、;:,\n])({_NUMERAL}){word}(?![{_NUMERAL}])", regex.M)
    for word in ("是", "要")
)
_DIGITS = {char: at for at, char in enumerate("一二三四五六七八九", 1)}
_MOST_LOST = 2
"""Numbers that may be missing; a greater jump is another list."""


class _Item(NamedTuple):
    number: int
    span: Span


def find(document: Document, tools: object) -> Iterable[Fix]:
    for items in _lists(document):
        numbers = [-1, *(item.number for item in items), -1]
        for at, (one, two) in enumerate(pairwise(items)):
            if not 1 < two.number - one.number <= _MOST_LOST + 1:
                continue
            led, followed = numbers[at] == one.number - 1, numbers[at + 3] == two.number + 1
            if led or (followed and one.number == 1):
                lost = "、".join(str(number) for number in range(one.number + 1, two.number))
                why = Message(
                    f"编号从 {one.number} 跳到 {two.number}，缺 {lost}",
                    f"From {one.number} to {two.number}: {lost} is lost",
                )
                yield flag(NAME, two.span, 0.8, why)


def _lists(document: Document) -> Iterator[Sequence[_Item]]:
    found: dict[int, list[_Item]] = {}
    for line in document.lines:
        words = document.words(line)
        start = line.content.start
        for style, pattern in enumerate(_HEADS):
            if match := pattern.match(words):
                found.setdefault(style, []).append(_item(match, start))
        for pattern in _WITHIN:
            if len(matches := list(pattern.finditer(words))) > 2:
                yield [_item(match, start) for match in matches]
    yield from found.values()


def _item(match: regex.Match[str], start: int) -> _Item:
    return _Item(_number(match[1]), Span(start + match.start(), start + match.end()))


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)
