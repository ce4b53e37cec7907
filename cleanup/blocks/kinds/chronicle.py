"""The entries of a chronicle: 1951年 alone on a line, 3月5日，… at the head of an entry.

Told by: years alone on lines, and by two and more entries that begin with a month where the line above is
over. An entry begins anew; its lines may go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "chronicle"
CASES = (
    Case(
        "1951年\n3月5日，县人民政府成立委员会，开始测\n量河道。\n6月，城关小学扩建。\n1952年\n2月，成立合作社。\n",
        (0, 1, 3, 4, 5),
    ),
    Case("大事记\n\n1958\n\n3月，修筑土坝。\n\n1959\n\n5月，竣工。\n", (1, 2, 3, 4)),
    Case("一九二一年\n七月 成立小组。\n十月 开办夜校。\n", (0, 1, 2)),
    Case("本报讯 县里\n3月5日召开会议，\n要求抓紧备耕。\n", (), "one, in a sentence"),
)
_N = "〇零○一二三四五六七八九十"
_YEAR = regex_pattern(
    rf"(?:公元前?)?(?:1[0-9]\d\d|20\d\d|[{_N}]{{4}}|[\p{{Han}}]{{2}}[元{_N}]{{1,3}})年?"
    rf"(?:[（(][^）)]{{1,14}}[）)])?|(?:1[89]|20)\d\d"
)
_ENTRY = regex_pattern(
    rf"(?:(?:\d{{4}}|[{_N}]{{4}})年)?"
    rf"(?:是年|同年|[1-9]\d?月|闰?[{_N}]{{1,3}}月|正月|腊月|[春夏秋冬](?=[，,、 　]))"
    rf"(?:(?:[1-9]\d?|[{_N}]{{1,3}}|初[{_N}])日|[上中下]旬|初|底|末|间|份)?"
    rf"(?:[—至～~-]\S{{1,6}}[日月])?[，,、 　：:]?"
)


@lru_cache(maxsize=KEPT)
def _read(words: str) -> str:
    if len(words) <= 20 and _YEAR.fullmatch(words):
        return "year"
    return "entry" if _ENTRY.match(words) else ""


def find(page: Page) -> Iterator[Claim]:
    kinds = [_read(row.words) if row.plain else "" for at, row in enumerate(page.rows)]
    entries = [at for at, kind in enumerate(kinds) if kind == "entry" and page.is_fresh(at)]
    years = [at for at, kind in enumerate(kinds) if kind == "year" and page.is_fresh(at)]
    told = [at for at in entries if any(0 < at - year <= 2 for year in years)]
    if len(entries) >= 3 or told:
        for at in entries:
            yield Claim(at, at, 0.9, closes=False, joins="inside")
    for at in years:
        if len(years) > 1 or told:
            yield Claim(at, at, 0.95)
