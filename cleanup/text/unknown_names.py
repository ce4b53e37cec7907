"""Characters that look like part of a person's name, by what stands around them; no list of people needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

import regex

from cleanup.text.scripts import HAN

_BYLINE = regex.compile(
    rf"(?:记者|通讯员|特派员|实习生|摄影|作者|责编|编辑|版式|校对|制图|本报评论员|摄|文|图)[/／：:\s　]*"
    rf"((?:[{HAN}]{{2,4}}(?:[、，\s　]|(?=[)）。\n]|$)))+)"
)
_AFTER = (
    r"(?=说|表示|介绍|认为|告诉|指出|强调|坦言|透露|感慨|回忆|笑着|出席|主持|"
    r"同志|先生|女士|教授|院士|[，、。：（）)(\n]|$)"
)
_SAYS = r"(?=说[，：。]?|表示|介绍|认为|告诉|坦言|透露|感慨|回忆|笑着|同志|先生|女士)"
_OFFICE = (
    "书记|市长|省长|县长|区长|镇长|乡长|主席|主任|部长|局长|厅长|处长|科长|校长|院长|所长|站长|社长|队长|组长|会长|"
    "经理|董事长|总裁|教授|研究员|工程师|代表|委员|村民|居民|职工|干部|医生|老师|师傅|负责人|法人|学生|党员|战士|大使|总统|总理"
)


@lru_cache(maxsize=4)
def _patterns(surnames: Collection[str]) -> tuple[regex.Pattern[str], ...]:
    family = "|".join(sorted(surnames, key=lambda name: (-len(name), name)))
    return (
        _BYLINE,
        regex.compile(rf"(?:{_OFFICE})((?:{family})[{HAN}]{{1,2}}){_AFTER}"),
        regex.compile(rf"(?<![{HAN}])((?:{family})[{HAN}]{{1,2}}){_SAYS}"),
    )


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
