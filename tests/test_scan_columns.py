"""Pages in columns, read across them or mixed up, beside what a witness read of them."""

from __future__ import annotations

from itertools import zip_longest

from made_readings import FIRST, ONE, REPAIRER, SECOND, TWO, by_picture, repaired

from cleanup import witness
from cleanup.engine.repair import read
from cleanup.formats.encoding import encode
from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord
from cleanup.model.scan import Scan


def test_a_text_read_across_columns_is_taken_anew() -> None:
    rows = [*ONE, *TWO]
    mixed = "\n".join(rows[number] for number in (0, 4, 1, 5, 2, 6, 3))
    result = repaired(f"{mixed}\n", name="page.txt")
    assert "".join(result.repaired.split()) == FIRST + SECOND
    assert next(one.rule for one in result.journal.applied) == "scan.anew"


def test_two_articles_that_change_places_stay_so() -> None:
    result = repaired(f"{SECOND}\n{FIRST}\n", name="page.txt")
    assert result.repaired == result.original


def test_what_only_the_text_has_stays_in_a_page_taken_anew() -> None:
    more = "据气象部门预报，未来三天我市将有一次明显降雨过程，请市民注意防范。"
    rows = [*ONE, *TWO]
    mixed = "\n".join([*(rows[number] for number in (0, 4, 1, 5, 2, 6, 3)), more])
    result = repaired(f"{mixed}\n", name="page.txt")
    assert more in result.repaired
    assert FIRST in "".join(result.repaired.split())


def _columns(rows: tuple[str, ...], left: int, top: int) -> list[BoxedLine]:
    size = 40.0
    return [
        BoxedLine(
            row,
            Box(left, top + 80 * y, left + size * len(row), top + 80 * y + size),
            confidence=0.998,
            words=tuple(
                BoxedWord(
                    char,
                    Box(left + size * x, top + 80 * y, left + size * (x + 1), top + 80 * y + size),
                    0.998,
                )
                for x, char in enumerate(row)
            ),
        )
        for y, row in enumerate(rows)
    ]


def _pixels(box: Box) -> str:
    return f"{box.left:.0f} {box.top:.0f} {box.right:.0f} {box.bottom:.0f}"


def test_lines_read_across_columns_are_cut_where_the_picture_has_a_gutter() -> None:
    wide = max(map(len, (*ONE, *TWO)))
    one, two = _columns(ONE, 100, 100), _columns(TWO, 100 + 40 * wide + 80, 100)
    read_off = BoxedPage(1, (*one, *two), 2000.0, 600.0)
    scan = Scan("page.png", width=2000, height=600, recognisers=("recorded",))
    lines = ""
    for left, right in zip_longest(one, two):
        words = [word for line in (left, right) if line for word in line.words]
        spans = "".join(
            f"<span class='ocrx_word' title='bbox {_pixels(word.box)}'>{word.text}</span>" for word in words
        )
        box = Box(words[0].box.left, words[0].box.top, words[-1].box.right, words[-1].box.bottom)
        lines += f"<span class='ocr_line' title='bbox {_pixels(box)}'>{spans}</span>\n"
    data = f"<html><body><div class='ocr_page' title='bbox 0 0 2000 600'>{lines}</div></body></html>"
    data = data.replace(">7<", ">1<").replace(">织<", ">只<")
    document = witness.beside(read(data.encode(), "page.hocr"), [witness.Read(scan, (read_off,))])
    result = REPAIRER.document(document)
    assert "".join(result.repaired.split()) == FIRST + SECOND
    assert encode(result.undo(), result.journal.source.envelope) == data.encode()


def test_short_paragraphs_in_columns_are_not_mixed_up() -> None:
    """Their gutter looks like that of a table: rows go over it, and the text knows better."""
    left = (
        "昨天上午，周江勇来到车间看望工", "人。", "王毅说，要把群众的事办好。", "叶万勇",
        "市长杨怀庆出席会议并讲话。", "欧广源说，要把群众的事办好。", "昨天上午，史大平来到车间看望工",
        "人。", "会议由韩桂芝主持。", "昨天上午，杨国屏来到车间看望工", "人。", 
        "在接受采访时，钟利贵表示，今年收", "成不错。",
    )  # fmt: skip
    right = (
        "会议由李川主持。", "崔文信说，要把群众的事办好。", "刘云广", "昨天上午，孙雪涛来到车间看望工",
        "人。", "昨天上午，乌兰来到车间看望工人。", "（作者：陈青）", "会议由张志方主持。",
        "周登全说，要把群众的事办好。", "本报讯（记者张新枫）昨日，全市", "春耕工作启动。", "叶万勇",
        "李沛文说，要把群众的事办好。",
    )  # fmt: skip
    lines = [
        line
        for rows, x in ((left, 100), (right, 100 + 40 * 20))
        for y, row in enumerate(rows)
        for line in _columns(
            (row,), x + (0 if row[-2:] in ("人。", "动。", "错。") and len(row) < 8 else 80), 100 + 60 * y
        )
    ]
    scan = Scan("page.png", width=1600, height=1000, recognisers=("recorded",))
    text = "".join((*left, *right)).replace("。", "。\n\n")
    read_off = BoxedPage(1, tuple(lines), 1600.0, 1000.0)
    document = witness.beside(read(text.encode(), "page.md"), [witness.Read(scan, (read_off,))])
    assert not by_picture(REPAIRER.document(document))
