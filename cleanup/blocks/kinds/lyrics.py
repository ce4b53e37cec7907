"""The words of a song: lines below 词/曲 or a key (1=G 4/4), with their stanzas and 副歌.

Told by: the head of a song, and the short lines below it.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "lyrics"
CASES = (
    Case("修桥歌\n词：王小河 曲：李大山\n我们修桥铺路多么欢畅，\n嘿哟嘿！\n", (1, 2, 3)),
    Case("他写了一首歌，词曲都好，\n大家都会唱。\n", ()),
)
_HEAD = regex_pattern(
    r"(?:[作填]?词|[作谱]?曲|词曲|演唱|配器|歌词)[ 　]*[：:/／].{1,30}"
    r"|.{1,24}[ 　](?:作?词|作?曲|词曲)(?:[ 　].{1,24})?"
    r"|1[ 　]?=[ 　]?[♭#♯]?[A-G].{0,12}"
    r"|[（(](?:副歌|领唱|合唱|男声|女声|齐唱|重唱)[^）)]{0,8}[）)]"
)
_LONGEST = 30.0


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    at = 0
    while at < len(rows):
        if not (rows[at].plain and len(rows[at].words) <= 48 and _HEAD.fullmatch(rows[at].words)):
            at += 1
            continue
        end = at
        while (
            end + 1 < len(rows)
            and page.is_plain(end + 1)
            and rows[end + 1].size <= _LONGEST
            and not rows[end + 1].page
        ):
            end += 1
        yield Claim(at, end, 0.85)
        at = end + 1
