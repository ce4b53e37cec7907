"""When and where it was written: a date or an agency's mark alone on a line, who said it and when.

Told by: the words; a line that fills its column behind a line in mid-sentence is none. Of lines that end with
a time, as over what is said in a chat, there must be two.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import newspaper
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "dateline"
CASES = (
    Case("三座桥通车\n新华社北京3月5日电\n县里修了三座桥，两座通车。\n", (1,)),
    Case("通知\n2020-10-21 17:23\n县里修了三座桥。\n2020-10-22 8:05\n两座通车。\n", (1, 3)),
    Case("张伟 2021/3/4 8:05\n今天开会\n李娜 2021/3/4 8:06\n收到\n", (0, 2)),
    Case("定于今天上午 8:05\n开会，请全体代表准时出席。\n", (), "one, in a sentence"),
    Case("县里的三座石拱桥已经在\n3月5日通了车，群众都来看。\n", (), "in a sentence"),
)


_STAMPED = regex_pattern(
    r"\S{1,12}(?:[ 　]\S{1,12})?[ 　]+(?:[(（]?(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ 　]+)?"
    r"(?:[上下]午)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?[)）]?"
)


def find(page: Page) -> Iterator[Claim]:
    stamped = [at for at, row in enumerate(page.rows) if row.plain and _STAMPED.fullmatch(row.words)]
    for at in stamped if len(stamped) > 1 else ():
        if page.is_fresh(at) or not page.is_full(at - 1):
            yield Claim(at, at, 0.9)
    for at, row in enumerate(page.rows):
        if row.plain and not row.marked and page.is_fresh(at) and newspaper.is_dateline(row.words):
            yield Claim(at, at, 0.85)
