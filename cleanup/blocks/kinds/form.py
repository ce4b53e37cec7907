"""Lines of a form: 籍贯：东河乡. A short label, a colon, and what was filled in.

Told by: three and more such lines in a row (two where nothing else stands there), whose values are no
sentences. Where labels come again and sentences follow them it is speech (see dialogue).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, runs
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "form"
CASES = (
    Case("姓名：张建国\n性别：男\n籍贯：东河乡\n工作单位：县水务局\n", (0, 1, 2, 3)),
    Case("姓名：张建国\n\n性别：男\n\n备注：\n", (0, 1, 2)),
    Case("项目名称：东河水库加固工程\n开工日期：2022年10月8日\n", (0, 1), "two, and nothing else"),
    Case("【规格】0.5克\n【用法用量】口服，一次1片，一日3次\n【贮藏】密封保存\n", (0, 1, 2)),
    Case("【规格】每片重零点五克，由本厂第二车间\n生产。\n", (), "one, in prose"),
    Case("上联：勤劳门第春光好\n下联：和睦人家喜事多\n横批：欣欣向荣\n", (0, 1, 2)),
    Case(
        "会议指出：今年的工作取得了很大\n成绩，明年要继续努力。\n会议强调：各乡镇要抓紧备耕，\n不误农时。\n",
        (),
    ),
    Case("问：今年水稻播种面积有多大？\n答：大约三十二万亩。\n问：比去年如何？\n", (), "speech"),
)
_FIELD = regex_pattern(r"([^，。；！？：:“”‘’\d][^，。；！？：:“”‘’]{0,11})[：:][ 　]*(.{0,40})")
_LABELLED = regex_pattern(r"[【\[][\p{Han} 　]{2,10}[】\]][：:]?[ 　]*[^。]{0,60}")
"""【规格】0.5克: a leaflet, a dictionary, a catalogue."""
_SAID = regex_pattern(r".*(?:说|道|问|答|指出|强调|认为|要求|表示|介绍|写道|如下|可见|看来|例如|比如)$")


@lru_cache(maxsize=KEPT)
def _is_field(words: str) -> bool:
    if words[0] in "【[" and _LABELLED.fullmatch(words):
        return words[-1] not in "，、；"
    if len(words) > 54 or not ("：" in words or ":" in words):
        return False
    found = _FIELD.fullmatch(words)
    return (
        bool(found)
        and not _SAID.match(found[1])
        and "。" not in found[2]
        and not found[2].endswith(("，", "、", "；", "？", "！"))
    )


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    fields = [row.plain and _is_field(row.words) for at, row in enumerate(rows)]
    for first, last in runs(fields, 2):
        alone = (first == 0 or rows[first].blank) and (last + 1 == len(rows) or rows[last + 1].blank)
        alone = (
            alone and all(row.size < 0.8 * row.width for row in rows[first : last + 1])
        ) or last + 1 - first == len(rows)
        told = sum("，" in rows[at].words for at in range(first, last + 1))
        set_off = all(rows[at].words[0] in "【[" for at in range(first, last + 1))
        if (last - first >= 2 or alone) and (set_off or 3 * told <= last + 1 - first):
            yield Claim(first, last)
