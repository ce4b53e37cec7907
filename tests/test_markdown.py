"""Markdown read by a parser: lines, blocks, markup, and what is no text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleanup import formats
from cleanup.engine.sparing import spares
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Message, fix


def _read(text: str) -> Document:
    return formats.parse(text, "markdown")


def _opaque(text: str) -> list[str]:
    return [text[place.start : place.end] for place in _read(text).opaque]


def _marks(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in _read(text).marks]


def _kinds(text: str) -> list[str]:
    return [line.kind for line in _read(text).lines if line.kind != "blank"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("增长 $5.2\\%$ ，为 $x_1$。", [" $5.2\\%$ ", " $x_1$"]),
        ("面积12 km$^{2}$，增加$\\pm$3%。", ["$^{2}$", "$\\pm$"]),
        ("投资$1,200万，其中外资$300万。", []),
        ("收入$500，支出$200。价$5 and $10。", []),
        ("总产值$总价=单价\\times 数量$为正。", ["$总价=单价\\times 数量$"]),
        ("面积$12.5\\mathrm{km}^2，比上年", ["$12.5\\mathrm{km}^2"]),
        ("一个 $$ 在句中", ["$$"]),
        ("$$\na , b\n\n正文。", ["$$"]),
        ("$$\n\\frac{a}{b} ,\n\n正文。", ["$$\n\\frac{a}{b} ,"]),
        ("\\begin{cases}\na\n\n正文。", ["\\begin{cases}\na"]),
        ("见\\(字节\\)的末尾", ["\\(", "\\)"]),
        ("w_j - \\cdot x \\\\\n&= -e_h\n\n正文 -1", ["w_j - \\cdot x \\\\", "&= -e_h"]),
        ("见`a $x`与`b $y`。", ["`a $x`", "`b $y`"]),
        ("见`a`，**粗**。", ["`a`"]),
        ("```\nx , y\n```", ["```\nx , y\n```"]),
        ("```\nx , y", ["```\nx , y"]),
        ("建于明代[^1]。\n\n[^1]: 县志, 卷三。", ["[^1]", "[^1]:"]),
        ("---\n题: 一\n---\n正文", ["---\n题: 一\n---"]),
        ("---\n\n正文一。\n\n---\n\n正文二。", []),
        ("![图, 一](a.png)与[说明](b(1).md)", ["![图, 一](a.png)"]),
        ("一&nbsp;二&#21313;", ["&nbsp;"]),
        ("    四个空格的正文, 说明。", []),
        ("[a]: http://b.cn/c '题, 目'", ["[a]: http://b.cn/c '题, 目'"]),
    ],
)
def test_what_is_no_text(text: str, places: list[str]) -> None:
    assert _opaque(text) == places


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("局长**张某**说", ["*", "*", "*", "*"]),
        ("**“张某”**说", ["**", "**"]),
        ("*图*与~~删~~", ["*", "*", "~~", "~~"]),
        ("3*4不等于二", []),
        ("[说明](b(1).md)在", ["[", "](b(1).md)"]),
        ("# 题", ["# "]),
        ("- 一\n  续\n> 引", ["- ", "> "]),
        ("| 一 | 二\\|三 |", ["| ", " | ", " |"]),
        ("<b>张</b><br/>", ["<b>", "</b>", "<br/>"]),
        ('<a href="https://a.cn/b">文</a>', ['<a href="https://a.cn/b">', "</a>"]),
        ("<水库>与<!-- 注 -->", ["<!-- 注 -->"]),
        ("```markdown\n# 题\n```", ["```markdown", "# ", "```"]),
    ],
)
def test_markup(text: str, marks: list[str]) -> None:
    assert _marks(text) == marks


def test_kinds_of_lines() -> None:
    assert _kinds("$$\na = b\n$$\n\n<|det|>[[1, 2]]<|/det|>\n正文") == ["code"] * 4 + ["body"]
    assert _kinds("a | b\n---|---\n一 | 二") == ["table"] * 3
    assert _kinds("正文\n---\n正文") == ["body", "rule", "body"], "no heading by a rule below"
    assert _kinds("**一、总则**\n正文") == ["heading", "body"]
    assert _kinds("```markdown\n# 题\n\n正文\n```") == ["code", "heading", "body", "code"]
    assert _kinds("1 = 2\n5 5 6 5 | 1 7 - - |") == ["body", "code"]


def test_wrapped_items_belong_to_one_block() -> None:
    lines = _read("- 一项很长\n  接着说\n还在说\n- 二项\n\n段一\n段二\n\n段三").lines
    blocks = [line.block for line in lines if line.kind != "blank"]
    assert blocks == [0, 0, 0, 1, 2, 2, 3]
    assert [line.kind for line in lines[:4]] == ["list", "body", "body", "list"]


def test_markup_goes_with_all_that_it_marks() -> None:
    text = "# 题\n\n- 甲 **乙**\n\n见 $x$ 。"
    document = _read(text)

    def may(old: str, new: str = "") -> bool:
        at = text.index(old)
        edit = [(at, at + len(old), new)]
        return spares(document, fix("a.b", text, edit, Applicability.SAFE, 1.0, Message("", "")))

    assert all(map(may, ("甲", "乙", "\n\n- 甲 **乙**", "\n- ", "# 题\n")))
    assert not any(map(may, ("**乙", "**", "乙**", "甲 **乙**", "$", " $x$", "见 $x$ 。", "# ")))
    assert not may("\n\n- 甲 **乙**", "丁")


def test_plain_text_and_versions_load_no_parser() -> None:
    code = "import sys; from cleanup import repair; repair('水库。'); print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
