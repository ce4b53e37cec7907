"""Lines of columns that were read across, or of vertical columns given backwards: none goes on in the next.

Told by: the language model, which finds each line better followed by the next but one, or by the one before;
by a gap at the same place of every line, with prose on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import abreast, order

NAME: BlockKind = "columns"
_LEFT = (
    "县里的三座石拱桥已经\n修好了其中两座在城区\n另外一座在乡下的河边\n"
    "群众十分高兴都跑来看\n今后出门再也不用绕路\n县长在通车仪式上讲话"
)
_RIGHT = (
    "全县各乡镇正在抓紧时\n间准备春耕生产农业局\n派出技术人员下乡指导\n"
    "农民选种育秧并且检查\n农机具的质量预计今年\n的播种面积比去年增加"
)
_FULL, _MOSTLY = 0.75, 0.6
"""Share of the width that lines of columns fill, and share of the lines that do, in mid-sentence: short lines
of a form stand in no order that a language model could see."""
CASES = (
    Case(
        "".join(
            f"{left}\n{right}\n" for left, right in zip(_LEFT.split("\n"), _RIGHT.split("\n"), strict=True)
        ),
        tuple(range(12)),
    ),
    Case(
        "判决书\n（1986）东法民字第31号\n原告：张德福，男，五十二岁，农民。\n被告：李长贵，男，农民。\n"
        "案由：宅基地纠纷\n原告诉称，一九八四年春，被告在修建房屋时，越过原\n"
        "界，占用原告宅基地宽一尺五寸，长四丈二尺，经村委会多\n次调解，被告拒不退让，要求依法处理。\n"
        "审判长　周大勇\n审判员　孙德胜\n书记员　吴永年\n一九八六年七月三日\n",
        (),
        "a form",
    ),
    Case(_LEFT + "\n" + _RIGHT + "\n", ()),
    Case(
        "县里的石拱桥，已经   全县各乡镇，抓紧时\n修好了，其中两座在   间准备春耕，农业局\n"
        "城区，另外一座在乡   派出技术员，下乡指\n下的河边，群众十分   导农民选种，并检查\n"
        "高兴，都跑来看，今   农机具的质量，预计\n后出门再也不用绕路   今年的播种，将增加\n",
        tuple(range(6)),
        "side by side",
    ),
    Case(
        "东河乡人民政府   张建国\n西岭乡人民政府   李秀英\n南坪乡人民政府   王志强\n"
        "北山乡人民政府   赵玉兰\n城关镇人民政府   孙德胜\n",
        (),
        "a table",
    ),
)


def find(page: Page) -> Iterator[Claim]:
    if page.document.format == "text" and (
        beside := abreast.find([page.whole(at) for at in range(len(page.rows))])
    ):
        yield Claim(beside.first, beside.last, 0.99)
    if page.reader is None:
        return
    plain = [at for at, row in enumerate(page.rows) if row.plain]
    full = [row.open and row.size >= _FULL * row.width for row in page.rows]
    if sum(full) < _MOSTLY * order.LEAST:
        return
    found = order.find([page.rows[at].words for at in plain], page.reader.link, page.reader.flow)
    if not found:
        return
    first, last = plain[found.first], plain[found.last]
    if sum(full[first : last + 1]) >= _MOSTLY * (last + 1 - first):
        yield Claim(first, last, 0.99)
