"""No page takes long, whatever stands on it; what does not settle is left, and said."""

from __future__ import annotations

import sys
import time

import pytest

from cleanup import repair

MOST = 2.0
"""CPU seconds for 10,000 characters."""
FIRST = 0.5
"""What a page may take whatever its length: the machine of a test has others at work."""
_HAN = "县政府召开会议部署今年的春耕工作强调要抓好生产，己经完成。"
PAGES = {
    "one character a line": "\n".join(_HAN * 30) + "\n",
    "a space between all": " ".join(_HAN * 50),
    "spaces and lines": "\n ".join(_HAN * 20),
    "the same character": "一" * 3000,
    "the same mark": "，" * 3000,
    "rows of a table": "| 项目 | 金额 | 3,4 |\n" * 160,
    "rows of a sheet": "项目\t金额\t34\n" * 250,
    "one line": _HAN * 100,
    "short lines": "己经\n" * 400,
    "lines of one character and none": "一\n\n" * 700,
    "brackets": "（" * 2000 + "」" * 500,
    "quotation marks": "“”‘" * 700,
    "points": "…" * 1500 + "." * 1500,
    "digits": "1234567890" * 250,
    "Latin letters": "hello wor1d " * 200,
    "no words at all": "".join(chr(0x4E00 + at * 7919 % 20000) for at in range(2500)),
    "all twice": "".join(char * 2 for char in _HAN * 40),
    "a list": "\n".join(f"{at}. 第{at}项" for at in range(250)),
    "formulas": "$x^2$ " * 400,
    "quotations in quotations": "> " * 150 + "甲\n" * 100,
    "a line of entities": "&#x4e2d;&nbsp;" * 150,
    "bars": "|" * 2500,
    "heads": "人民日报 2024年1月15日 第3版\n" * 60,
    "offices": "县委书记县长" * 250,
}


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    repair("己经完成，人们说:“好”。\n第一 行。\n")


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_takes_long(kind: str) -> None:
    start = time.process_time()
    result = repair(PAGES[kind])
    took = time.process_time() - start
    assert took <= FIRST + MOST * len(PAGES[kind]) / 10_000
    assert not [record for record in result.journal.records if record.reason == "unconverged"]
    assert not result.repaired.strip() or not repair(result.repaired).edits


def test_twice_the_text_takes_no_more_than_thrice() -> None:
    took = []
    for size in (1500, 3000):
        text = ("县政府召开会议 ，部署今年的\n春耕工作。会议己经结束。\n" * size)[:size]
        best = 99.0
        for turn in range(2):
            start = time.process_time()
            repair(f"{turn}\n{text}")
            best = min(best, time.process_time() - start)
        took.append(best)
    assert took[1] <= 3 * took[0]


def test_what_does_not_settle_is_left_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "县政府召开会议 ，部署今年的\n春耕工作。会议己经结束。\n二OO八年\n" * 5
    whole = repair(text)
    monkeypatch.setattr(sys.modules["cleanup.engine.run"], "LOOKS", 12)
    result = repair(text)
    held = [record for record in result.journal.records if record.reason == "unconverged"]
    assert held
    assert len(result.edits) < len(whole.edits)
    assert result.undo() == text
