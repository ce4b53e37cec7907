"""Half-width , ; : ? ! between Chinese words become ，；：？！, with the spaces set around them.

Why: engines read Chinese punctuation half-width; typists forget to switch.
Leaves alone: 14:30, 18:17, 1,000, 3.5, Latin sentences, addresses, code, marks beside other marks,
a ? that stands for a lost digit (今年?月), and a full stop except where a paragraph ends.
Safety: LIKELY, since the mark itself may be misread; its width is not in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import line_around, solid_after, solid_before
from cleanup.text import signs
from cleanup.text.scripts import han_of_letters, han_share, is_han

NAME = "characters.half-width-punctuation"
SUMMARY = Message("中文里的半角标点改为全角", "Half-width punctuation in Chinese becomes full-width")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = ",;:?!."
CASES = (
    Case("截至目前,全国已有20个国家和地区 ; 上半年增长", "截至目前，全国已有20个国家和地区；上半年增长"),
    Case("他说: “好的!”", "他说：“好的！”"),
    Case("5G,行业市场成为应用的重点", "5G，行业市场成为应用的重点"),
    Case("如何协同共进?\n", "如何协同共进？\n"),
    Case("会议今天闭幕.\n", "会议今天闭幕。\n"),
    Case("于14:30以18:17获胜，共1,000人", None, "times, scores, thousands"),
    Case("约翰说Yes, sir; no problem. OK?", None, "a Latin sentence"),
    Case("今年?月，汪承霈(?-1805)", None, "a lost digit, an unknown year"),
    Case("见https://a.cn/b?c=1,2", None, "an address"),
    Case("第3.5节 1. 总则", None, "decimals and list marks"),
    Case("[1] 李远. 水利史. 东河出版社, 2012.", None, "a reference"),
    Case("- 第一项\n- 子项, 说明\n", None, "words in a list of Markdown, set so"),
    Case(
        "- 会上说,今年雨水好, 要抓紧备耕。\n- 好\n",
        "- 会上说，今年雨水好，要抓紧备耕。\n- 好\n",
        "a sentence in a list",
    ),
)

_MARKS = re.compile(r"[,;:?!](?![,;:?!])|\.(?=[”’」』 ]{0,2}(?:\n|\Z))")
_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))
_REFERENCE = re.compile(r"[ \t]*\[(?:\^[^\]\s]{1,40}|\d{1,3})\]:?[ \t]")
_STOPS = re.compile("[，。；！？]")
_WHY = Message("中文语境应用全角标点", "Chinese sets this mark full-width")
_OPEN = "“‘（《〈「『"
_SHUT = "”’）》〉」』％%℃"
_CHINESE = 0.5
_NEAR = 24
_STOP_SHARE = 0.7


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text = document.text
    for match in signs.matches(_MARKS, text, SIGNS):
        at = match.start()
        mark = text[at]
        start, end = _with_spaces(text, at)
        if document.is_opaque(at, at + 1) or _is_set_so(document, at):
            continue
        sure = _stop(text, at) if mark == "." else _mark(text, at, mark)
        if sure:
            yield fix(NAME, text, [(start, end, _FULL[mark])], SAFETY, sure, _WHY)


def _is_set_so(document: Document, at: int) -> bool:
    """Whether a mark with a space behind it is the writer's: in a reference, between words of a list."""
    text = document.text
    if text[at + 1 : at + 2] != " ":
        return False
    line = document.lines[document.line_at(at)]
    if _REFERENCE.match(text, line.span.start):
        return True
    words = text[at] in ",;" and document.format == "markdown" and line.kind in ("list", "table", "figure")
    return words and not _STOPS.search(text, line.content.start, line.content.end)


def _with_spaces(text: str, at: int) -> tuple[int, int]:
    """The mark with one or two spaces on either side, but none at a line's ends."""
    start, end = at, at + 1
    while start and at - start < 2 and text[start - 1] == " ":
        start -= 1
    while end < len(text) and end - at < 3 and text[end] == " ":
        end += 1
    if start == 0 or text[start - 1] in "\n ":
        start = at
    if end == len(text) or text[end] in "\n ":
        end = at + 1
    return start, end


def _mark(text: str, at: int, mark: str) -> float:
    """How sure it is that the mark at `at` belongs to Chinese; 0: leave it."""
    left, right = solid_before(text, at), solid_after(text, at + 1)
    if not left or (at and text[at - 1] == "\n" and mark in "?!"):
        return 0.0
    if text[at + 1 : at + 2] == "\n" and not (right and is_han(right)):
        right = ""  # a list or a table may follow
    han_left, han_right = is_han(left), bool(right) and is_han(right)
    ends = right == "" or right in _SHUT
    if mark in "?!":
        if not (han_left or left in "”’）》〉") or not (han_right or ends or right in _OPEN):
            return 0.0
        return 0.0 if right in tuple("年月日号时版") else 0.95
    if han_left and han_right:
        return 0.97
    if not ((han_left or left in _SHUT) or (han_right and left.isalnum())):
        return 0.0
    if not han_left and left not in _SHUT and "\n" in text[at + 1 : at + 3]:
        return 0.0
    if not (han_right or right == "" or right in _OPEN or (right.isalnum() and han_left)):
        return 0.0
    line = line_around(text, at)
    near = text[max(line.start, at - _NEAR) : min(line.end, at + _NEAR)]
    return 0.95 if han_of_letters(near) >= _CHINESE else 0.0


def _stop(text: str, at: int) -> float:
    left = solid_before(text, at)
    if text[at - 1 : at] == ".":
        return 0.0
    line = line_around(text, at)
    words = text[max(0, at - 24) : at]
    rest = text[line.end : line.end + 2]
    if not left or not (is_han(left) or left in "%％”）》"):
        return 0.0
    if han_share(words) < _STOP_SHARE or len(words) < 6:
        return 0.0
    return 0.9 if rest in ("", "\n", "\n\n") or rest[1:] in (" ", "　", "\f") else 0.0
