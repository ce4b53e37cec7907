"""What is no text comes out as it was, whatever stands around it; what is said of a text fits it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup import formats
from cleanup.api import repair

NO_TEXT = (
    "$x_1 , x_2$", "$5.2\\%$", "$\\frac{1}{3}$", "\\(a^2 + b\\)", "`a_b , c`", "[^1]", "[^注2]",
    "https://a.cn/x_y?b=1,2", "max_workers", "config.yaml", "/var/log/app.log", "[-2,2]", "川A·O2B15",
    "91350100M000100Y43", "![图, 一](a_1.png)", "<!-- 第3页, 左栏 -->", "<|det|>[[1, 2, 3, 4]]<|/det|>",
    "$E$", "\\*", "[12, 15]", "v2.3.1",
)  # fmt: skip
SET_OFF = (
    "$$\nE = mc^2 , \\quad a : b\n$$", "\\begin{aligned}\na &= b + c, \\\\\nd &= e - f.\n\\end{aligned}",
    "\\[ a , b \\]", "```python\nx = a_b[0]  # 说明, 一\n```", "[^1]: 碑文, 今存", "| --- | ---: |",
    "$$ Q = C_d A , \\tag{3-1} $$",
)  # fmt: skip
TEXT = (
    "全县有水库十二座", "工程己经完成", "会议要求,抓紧备耕", "  ", " ", "，", "。", "金额 (元)", "**",
    "*", "~~", "“好", "”", "5%", "- ", "# ", "> ", "| 一 | 二 |", "<b>", "</b>", "<td>一</td>", "二O二三年",
    "重复的话重复的话重复的话", "(见表", "[", "]", "$",
)  # fmt: skip
BREAKS = ("\n", "\n\n", "  \n", "\n\f", "\n---\n")


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text with places that are no text, and these."""
    parts: list[str] = []
    held: list[str] = []
    for _ in range(draw(st.integers(1, 8))):
        if draw(st.integers(0, 3)) == 0:
            held.append(draw(st.sampled_from(SET_OFF)))
            parts += ["\n\n", held[-1], "\n\n"]
        else:
            inside = draw(st.sampled_from(NO_TEXT))
            held.append(inside)
            before, after = (draw(st.lists(st.sampled_from(TEXT[:12]), max_size=3)) for _ in range(2))
            parts += [*before, "的" * bool(before), inside, "，", *after, draw(st.sampled_from(BREAKS))]
    return "".join(parts), held


@settings(max_examples=150)
@given(pages())
def test_what_is_no_text_stays(page: tuple[str, list[str]]) -> None:
    text, held = page
    repaired = repair(text, name="page.md").repaired
    for inside in held:
        assert repaired.count(inside) == text.count(inside), inside


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*NO_TEXT, *SET_OFF, *TEXT, *BREAKS]), max_size=14), st.booleans())
def test_lines_and_places_fit_any_text(parts: list[str], markdown: bool) -> None:
    text = "".join(parts)
    document = formats.parse(text, "markdown" if markdown else "text")
    shown = [text[line.span.start : line.span.end] for line in document.lines]
    assert shown == text.replace("\f", "\n").split("\n")
    for line in document.lines:
        assert line.span.start <= line.content.start <= line.content.end <= line.span.end
    places = [(span.start, span.end) for span in document.opaque]
    places = sorted(places + [(mark.start, mark.end) for mark in document.marks])
    assert all(start < end for start, end in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))


@settings(max_examples=60)
@given(pages())
def test_a_second_run_applies_nothing(page: tuple[str, list[str]]) -> None:
    once = repair(page[0], name="page.md").repaired
    assert repair(once, name="page.md").repaired == once


@pytest.mark.parametrize("inside", NO_TEXT)
def test_nothing_is_even_suggested_there(inside: str) -> None:
    text = f"工程己经完成，曰前通过验收，见 {inside} 的说明。\n"
    start = text.index(inside)
    for record in repair(text, name="page.md").journal.records:
        for edit in record.edits if record.status != "applied" else ():
            assert record.span.end <= start or record.span.start >= start + len(inside), edit
