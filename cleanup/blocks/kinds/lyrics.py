"""The words of a song: lines below 词/曲 or a key (1=G 4/4), with their stanzas; words and their sounds.

Told by: the head of a song, and the short lines below it; two and more lines that have their sounds in Latin
letters with tone marks beside them.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import is_han

NAME: BlockKind = "lyrics"
CASES = (
    Case("修桥歌\n词：王小河 曲：李大山\n我们修桥铺路多么欢畅，\n嘿哟嘿！\n", (1, 2, 3)),
    Case("小桥\n小桥流水，xiǎo qiáo liú shuǐ\n人家在旁。rén jiā zài páng\n", (1, 2)),
    Case("“好”读作 hǎo 的时候\n是形容词，读作 hào 的时候\n是动词。\n", (), "in sentences"),
    Case("他写了一首歌，词曲都好，\n大家都会唱。\n", ()),
)
_HEAD = regex_pattern(
    r"(?:[作填]?词|[作谱]?曲|词曲|演唱|配器|歌词)[ 　]*[：:/／].{1,30}"
    r"|.{1,24}[ 　](?:作?词|作?曲|词曲)(?:[ 　].{1,24})?"
    r"|1[ 　]?=[ 　]?[♭#♯]?[A-G].{0,12}"
    r"|[（(](?:副歌|领唱|合唱|男声|女声|齐唱|重唱)[^）)]{0,8}[）)]"
)
_WORDS = regex_pattern(r"[\p{Han}，。、；！？ 　]*+")
_TONED = regex_pattern("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_LONGEST = 30.0


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    spelt = [at for at, row in enumerate(rows) if row.plain and _is_spelt(row.words)]
    for at in spelt if len(spelt) > 1 else ():
        yield Claim(at, at, 0.9)
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


def _is_spelt(words: str) -> bool:
    """Whether behind words their sounds stand, mostly with tone marks."""
    if not _TONED.search(words):
        return False
    head = _WORDS.match(words)
    sounds = words[head.end() if head else 0 :].strip("。，.,").split()
    toned = sum(bool(_TONED.search(sound)) for sound in sounds)
    return len(sounds) >= 2 and 2 * toned >= len(sounds) and not any(map(is_han, "".join(sounds)))
