"""A line read at the end of another column's line is put back, wherever it strayed from and to."""

import pytest

from cleanup.engine.repair import Settings, from_text, repair_document

ONE = (
    "　　县里的三座石拱桥都修好了，其中\n两座已经通车，另一座还在铺设桥面\n，预计下个月可以通车。村里的老人\n"
    "都说，从前过河要绕路，如今几步就\n到。县里还打算在河边种树，并且修\n一条步行道，方便群众散步。\n"
)
TWO = (
    "　　全县各乡镇正在抓紧时间准备春耕\n生产，化肥和农药都已经备齐。农业\n局派出技术人员下乡指导农民选种育\n"
    "秧，检查农机具的质量，预计今年的\n播种面积比去年增加一成，粮食产量\n也会有所提高。\n"
)
LINES = (ONE + TWO).splitlines()
LAYOUT = Settings(only=("layout.strayed",))


def _made(stray: int, behind: int, gap: str) -> str:
    lines = list(LINES)
    lines[behind] += gap + lines[stray].strip()
    del lines[stray]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("gap", ["", " ", "   "])
@pytest.mark.parametrize(("stray", "behind"), [(9, 1), (8, 0), (3, 9), (10, 2), (7, 3)])
def test_a_line_that_strayed_comes_home(stray: int, behind: int, gap: str) -> None:
    """Behind a line of either column, with a space between or without any."""
    result = repair_document(from_text(_made(stray, behind, gap), "page.txt"), None, LAYOUT)
    assert result.repaired == ONE + TWO


def test_none_is_put_elsewhere() -> None:
    """Whatever strays behind whatever line: it comes home, or stays where it was read."""
    home = 0
    for stray in range(1, 11, 2):
        for behind in range(0, 11, 3):
            if behind not in (stray - 1, stray):
                text = _made(stray, behind, " ")
                made = repair_document(from_text(text, "page.txt"), None, LAYOUT).repaired
                assert made in (text, ONE + TWO)
                home += made != text
    assert home >= 8


def test_what_strays_in_traditional_script_too() -> None:
    text = _made(9, 1, " ")
    for one, two in zip("县桥发济员员农质检产预计还车", "縣橋發濟員員農質檢產預計還車", strict=True):
        text = text.replace(one, two)
    moved = repair_document(from_text(text, "page.txt"), None, LAYOUT).repaired
    assert moved.splitlines()[9].startswith("秧，檢查農")


@pytest.mark.parametrize(
    "wide",
    [
        "本报讯（记者王小明）在全县的教育会 2024年9月5日 星期四 责编：王小明",  # the head of a page
        "两座已经通车，另一座还在铺设桥面 全面建成小康社会的伟大目标一定",  # goes nowhere
        "两座已经通车，另一座还在铺设桥面，预计下个月可以通车。村里的老人",  # a line as long as two
    ],
)
def test_a_long_line_stays(wide: str) -> None:
    lines = list(LINES)
    if wide.startswith("两座"):
        lines[1] = wide
    else:
        lines.insert(0, wide)
    if wide.endswith("村里的老人"):
        del lines[2]
    text = "\n".join(lines) + "\n"
    assert repair_document(from_text(text, "page.txt"), None, LAYOUT).repaired == text


def test_undone_it_stands_where_it_was_read() -> None:
    result = repair_document(from_text(_made(9, 1, " "), "page.txt"), None, LAYOUT)
    (record,) = [one for one in result.journal.records if one.status == "applied"]
    assert record.evidence[0].endswith("选种育")
    again = repair_document(from_text(result.repaired, "page.txt"), None, LAYOUT)
    assert not [one for one in again.journal.records if one.status == "applied"]
