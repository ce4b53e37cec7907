"""Turns of speech: 问：… 答：… 王主任：…. Each turn begins anew; its lines may go on.

Told by: the same short label with a colon at the heads of two and more lines, where the line above is over;
问 and 答 together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "dialogue"
CASES = (
    Case("问：播种面积有多大？\n答：大约三十二万亩，比去年\n增加一万亩。\n问：还缺什么？\n", (0, 1, 3)),
    Case("王主任：同意。\n李主任：同意。\n王主任：那就这样定了。\n", (0, 1, 2)),
    Case("甲　您这是上哪儿去呀？\n乙　我上县里开会去。\n甲　开什么会呀？\n", (0, 1, 2)),
    Case(
        "代表：我们还组织了两个宣\n传队，到各村去宣传了一个月。\n总理：边境的几个县去过没\n"
        "有？那里的情况要写清楚，不要\n太长。\n代表：我们是到边境附近的\n县和人民公社去的。\n",
        (0, 2, 5),
        "the indents of the turns are lost",
    ),
    Case(
        "“今年的麦子长得好。”\n老周蹲在地头，望着西边的山坡说：\n“再有十天就能开镰。”\n“谁来帮工？”\n她问，一面收拾地头的农具。\n"
        "“各家自己人手够了，不用外人来帮。”\n“那就好。”\n",
        (3, 6),
        "speech in marks, each turn a paragraph",
    ),
    Case("“好。”\n“走吧。”“这就走。”\n“快些。”\n“来了。”\n", (), "turns that follow one another in a line"),
    Case(
        "请大家帮帮忙吧！\n总理：不是帮助，是闹革命，这是他\n们自己的事嘛！\n", (1,), "one turn, of an office"
    ),
    Case("会议指出：今年的工作取得了成绩。\n会议强调：明年要继续努力。\n", ()),
    Case("他说：今年好。\n他说：明年更好。\n", (), "told, not labelled"),
)
_LABEL = regex_pattern(r"([\p{Han}A-Za-z×·．.]{1,10}(?:[（(][^）)]{1,12}[）)])?)[ 　]?[：:]")
_SPOKEN = regex_pattern(r"([\p{Han}]{1,4})　+(?=[（(“]?\p{Han}).*[。！？”…!?]")
"""甲　您上哪儿去？: a play or a dialogue sets the speaker apart by a gap."""
_SAID = regex_pattern(r".*(?:说|道|讲|曰|云|指出|强调|认为|要求|表示|如下|介绍|写道|规定|即|是|为|有)$")
_INDENT = 3.5
"""Characters by which the full first line of a turn may fall short: engines leave its indent out."""
_ROLES = frozenset(
    (
        "总理", "總理", "主席", "代表", "主任", "书记", "書記", "校长", "校長", "老师", "老師", "学生",
        "學生", "记者", "記者", "群众", "队长", "法官", "审判长",
    )
)  # fmt: skip
"""Whose words stand behind their office and a colon: one such line is a turn as well."""
_ASKED = {"问", "答", "记者", "問"}


_ENDED = regex_pattern(r".*[。！？!?…—][ 　]?[”“\"]")
_WITHIN = regex_pattern(r"[。！？!?…—][ 　]?”[ 　]?“")
"""One speech behind the other, as in old novels, whose paragraphs hold many."""
_TURNS = 3
"""So many lines that begin with a mark where the line above is over."""


def _turns(page: Page) -> Iterator[Claim]:
    """Lines that begin a speech behind one that ended with its line."""
    rows = page.rows
    begun = [at for at, row in enumerate(rows) if row.words[0] == "“" and row.plain and page.is_fresh(at)]
    if len(begun) < _TURNS or any(_WITHIN.search(row.words) for row in rows):
        return
    for at in begun:
        if at and rows[at - 1].plain and _ENDED.fullmatch(rows[at - 1].words):
            yield Claim(at, at, 0.92, closes=False, joins="inside")


@lru_cache(maxsize=KEPT)
def _label(words: str) -> str:
    if "　" in words[1:6] and (found := _SPOKEN.fullmatch(words)):
        return str(found[1])
    if not ("：" in words[:24] or ":" in words[:24]):
        return ""
    found = _LABEL.match(words)
    return found[1] if found and not _SAID.fullmatch(found[1]) else ""


def find(page: Page) -> Iterator[Claim]:
    yield from _turns(page)
    rows = page.rows
    labels = [_label(row.words) if row.plain else "" for at, row in enumerate(rows)]
    count = Counter(label for label in labels if label)
    asked = sum(count[label] for label in _ASKED) >= 2
    speakers = {label for label, times in count.items() if times >= 2 or (asked and label in _ASKED)}
    many = bool(speakers) and sum(count.values()) >= 3
    speech = sum(
        1
        for at, label in enumerate(labels)
        if label and (rows[at].size >= rows[at].width - _INDENT or rows[at].words[-1] in "。！？”…)）")
    )
    for at, label in enumerate(labels):
        if label in _ROLES and page.is_fresh(at) and at and rows[at - 1].words[-1] in "。！？!?":
            yield Claim(at, at, 0.92, closes=False, joins="inside")
    if not speakers or not (many or asked) or 3 * speech < sum(map(bool, labels)):
        return
    heads = Counter(label for at, label in enumerate(labels) if label and page.is_fresh(at))
    firm = {label for label in speakers if heads[label] >= 2 or label in _ASKED}
    for at, label in enumerate(labels):
        if (
            label in firm
            or (label in speakers and page.is_fresh(at))
            or (label and many and page.is_fresh(at) and len(label) <= 6)
        ):
            yield Claim(at, at, 0.93, closes=False, joins="inside")
