"""Half-width , ; : ? ! between Chinese words become ，；：？！, with the spaces set around them.

Why: engines read Chinese punctuation half-width; typists forget to switch.
Leaves alone: 14:30, 18:17, 1,000, 3.5, Latin sentences, addresses, code, marks beside other marks,
a ? that stands for a lost digit (今年?月) or character (市长?文博), and a full stop except where a paragraph
or a quotation ends, where lines around end in one too, or where the text has no other.
Safety: LIKELY, since the mark itself may be misread; its width is not in doubt.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import line_around, solid_after, solid_before
from cleanup.text import signs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN, han_of_letters, is_han

NAME = "characters.half-width-punctuation"
SUMMARY = Message("中文里的半角标点改为全角", "Half-width punctuation in Chinese becomes full-width")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = ",;:?!."
CASES = (
    Case("截至目前,全国已有20个国家和地区 ; 上半年增长", "截至目前，全国已有20个国家和地区；上半年增长"),
    Case("他说: “好的!”", "他说：“好的！”"),
    Case("5G,行业市场成为应用的重点", "5G，行业市场成为应用的重点"),
    Case("一是(1)备耕;(2)修渠。", "一是(1)备耕；(2)修渠。"),
    Case("如何协同共进?\n", "如何协同共进？\n"),
    Case("会议今天闭幕.\n", "会议今天闭幕。\n"),
    Case(
        "会议今天在县城闭幕.\n代表们下午离开县城.\n各乡随后传达会议精神。\n",
        "会议今天在县城闭幕。\n代表们下午离开县城。\n各乡随后传达会议精神。\n",
        "line after line",
    ),
    Case("会议审议了两项议案.随后闭幕.", "会议审议了两项议案。随后闭幕。", "no other full stop"),
    Case("他说：“今年收成比去年好.”大家笑了。", "他说：“今年收成比去年好。”大家笑了。"),
    Case(
        "详见https://www.example.org/a/b.html。欢迎大家届时参加.\n",
        "详见https://www.example.org/a/b.html。欢迎大家届时参加。\n",
        "an address says nothing of what follows",
    ),
    Case(
        "# 春耕\n\n会议指出,**要抓好**: 春耕,*落实责任*.\n",
        "# 春耕\n\n会议指出，**要抓好**：春耕，*落实责任*。\n",
        "emphasis",
    ),
    Case("# 春耕\n\n会议**指出** ,要抓紧。\n", "# 春耕\n\n会议**指出**，要抓紧。\n", "a space before"),
    Case(
        "<table><tr><td>会议指出,要抓好春耕.</td><td>1,234</td></tr></table>\n",
        "<table><tr><td>会议指出，要抓好春耕。</td><td>1,234</td></tr></table>\n",
        "a cell",
    ),
    Case(
        "| 说明 | 数 |\n|---|---|\n| 会议指出,要抓好春耕. | 1 |\n",
        "| 说明 | 数 |\n|---|---|\n| 会议指出，要抓好春耕。 | 1 |\n",
        "a cell of Markdown",
    ),
    Case(
        "他2003年任乡长，2008年7月任局长.\n",
        "他2003年任乡长，2008年7月任局长。\n",
        "figures are no other script",
    ),
    Case("他说会议今天闭幕.\n各地正在传达会议精神。", None, "one line of several: may be a speck"),
    Case("他说今年收.成比去年好。", None, "a speck"),
    Case("于14:30以18:17获胜，共1,000人", None, "times, scores, thousands"),
    Case("约翰说Yes, sir; no problem. OK?", None, "a Latin sentence"),
    Case("今年?月，汪承霈(?-1805)", None, "a lost digit, an unknown year"),
    Case(
        "详见https://www.example.org/a/b.html,那里有照片。",
        "详见https://www.example.org/a/b.html，那里有照片。",
    ),
    Case("见https://a.cn/b?c=1,2", None, "an address"),
    Case("第3.5节 1. 总则", None, "decimals and list marks"),
    Case("[1] 李远. 水利史. 东河出版社, 2012.", None, "a reference"),
    Case("- **姓名**: 张三\n- **职务**: 局长\n", None, "keys of a list"),
    Case("- 第一项\n- 子项, 说明\n", None, "words in a list of Markdown, set so"),
    Case(
        "| 项 | 数 |\n|---|---|\n| 水库 , 大型 | 3 |\n",
        "| 项 | 数 |\n|---|---|\n| 水库，大型 | 3 |\n",
        "a space before",
    ),
    Case(
        "- 会上说,今年雨水好, 要抓紧备耕。\n- 好\n",
        "- 会上说，今年雨水好，要抓紧备耕。\n- 好\n",
        "a sentence in a list",
    ),
)

_MARKS = re_pattern(
    rf"[,;:?!](?![,;:?!])|\.(?=[”’」』 ]{{0,2}}(?:\n|\Z)|[”’」』\"]|[ ]{{0,2}}[{HAN}“‘《（「<*_|,;\t])"
)
_DOTTED = re_pattern(rf"[{HAN}％%”）》]\.[”’」』 ]{{0,2}}(?:\n|\Z)")
"""The end of a line that ends in a half-width full stop."""
_YEAR = re_pattern(r", ?(?:19|20)\d{2}(?:[.,:;(（]|\n|\Z)")
"""The year of a book, as lists of references set it."""
_WITHIN = re_pattern(rf"(?<=[{HAN}]{{2}})\.(?=[ ]?[{HAN}“《（]{{2}})")
"""A half-width full stop between Chinese words."""
_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))
_REFERENCE = re_pattern(r"[ \t]*\[(?:\^[^\]\s]{1,40}|\d{1,3})\]:?[ \t]")
_STOPS = re_pattern("[，。；！？]")
_WHY = Message("中文语境应用全角标点", "Chinese sets this mark full-width")
_OPEN = "“‘（《〈「『"
_SHUT = "”’）》〉」』％%℃"
_CHINESE = 0.5
_NEAR = 24
_STOP_SHARE = 0.7
_WORDS, _FEW, _SEVERAL = 6, 3, 2


def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    typed = _types_stops(text)
    for match in signs.matches(_MARKS, text, SIGNS):
        at = match.start()
        mark = text[at]
        start, end = _with_spaces(text, at)
        if document.is_opaque(at, at + 1) or _is_set_so(document, at):
            continue
        if document.is_opaque(start, end):
            start, end = at, at + 1  # the spaces are of the markup: | 完成. |
        if mark == "?" and _stands_for(text, at, tools):
            continue
        sure = _stop(document, at, typed) if mark == "." else _mark(document, at, mark)
        if sure:
            yield fix(NAME, text, [(start, end, _FULL[mark])], SAFETY, sure, _WHY)


def _is_set_so(document: Document, at: int) -> bool:
    """Whether a mark with a space behind it is the writer's: in a reference, between words of a list."""
    text = document.text
    if text[at + 1 : at + 2] != " " or text[at - 1 : at] == " ":
        return False  # nobody sets a space before a comma
    line = document.lines[document.line_at(at)]
    if _REFERENCE.match(text, line.span.start):
        return True
    if text[at] == ":" and line.kind == "list" and document.marks_in(at - 1, at):
        return True  # - **姓名**: 张三
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


def _mark(document: Document, at: int, mark: str) -> float:
    """How sure it is that the mark at `at` belongs to Chinese; 0: leave it."""
    text = document.text
    left, right = _before(document, at), _after(document, at + 1)
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
    if mark == "," and _YEAR.match(text, at):
        return 0.0
    if not ((han_left or left in _SHUT) or (han_right and left.isalnum())):
        return 0.0
    if not han_left and left not in _SHUT and "\n" in text[at + 1 : at + 3]:
        return 0.0
    if not (han_right or right == "" or right in _OPEN or (han_left and (right.isalnum() or right in "(["))):
        return 0.0
    line = line_around(text, at)
    start, end = max(line.start, at - _NEAR), min(line.end, at + _NEAR)
    near = _free(document, start, end)
    return 0.95 if han_of_letters(near) >= _CHINESE else 0.0


def _before(document: Document, at: int) -> str:
    """What stands before a place, emphasis and tags within a sentence aside: **要求**: 抓好."""
    text = document.text
    bare = len(text[:at].rstrip(" "))
    while marks := document.marks_in(bare - 1, bare):
        if marks[0].parts:
            return ""
        at = bare = marks[0].start
    return solid_before(text, at)


def _after(document: Document, at: int) -> str:
    """What stands behind a place, in the same way; nothing where a cell or a paragraph ends."""
    while marks := document.marks_in(at, at + 1):
        if marks[0].parts:
            return ""
        at = marks[0].end
    return solid_after(document.text, at)


def _words(document: Document, at: int) -> str:
    """What stands before a place in its cell or paragraph, without markup and what is no text."""
    start, found = max(0, at - _NEAR), ""
    marks = document.marks_in(start, at)
    start = max([start, *(mark.end for mark in marks if mark.parts)])
    shut = [(place.start, place.end) for place in document.shut_in(start, at)]
    shut += [(mark.start, mark.end) for mark in marks if mark.start >= start]
    for low, high in sorted(shut):
        found += document.text[start:low]
        start = min(high, at)
    return found + document.text[start:at]


def _free(document: Document, start: int, end: int) -> str:
    """What stands between two places, addresses and the like aside."""
    found = ""
    for shut in document.shut_in(start, end):
        found += document.text[start : shut.start]
        start = max(start, min(shut.end, end))
    return found + document.text[start:end]


def _rest(document: Document, start: int, end: int) -> tuple[str, bool]:
    """What follows in the line, or in the cell or paragraph of markup; and whether such a one ends there."""
    found, whole = "", False
    if document.format == "csv" and (shut := document.shut_in(start, end)):
        end, whole = shut[0].start, True  # a separator
    for mark in document.marks_in(start, end):
        found += document.text[start : mark.start]
        start = mark.end
        if mark.parts:
            return found.lstrip(" "), True
    return (found + document.text[start:end]).lstrip(" "), whole


def _types_stops(text: str) -> bool:
    """Whether a text sets its full stops half-width: it has several, and none of the Chinese ones."""
    if "。" in text or "." not in text:
        return False
    return len(_WITHIN.findall(text)) + len(_DOTTED.findall(text)) >= _SEVERAL


def _stands_for(text: str, at: int, tools: Names) -> bool:
    """Whether a ? stands for a character of a name of the roster: 主席?文博."""
    if not tools.roster.people:
        return False
    windows = ((start, start + size) for size in (2, 3, 4) for start in range(max(0, at - size + 1), at + 1))
    return any(
        end <= len(text) and bool(tools.roster.beside(text[start:end], at - start)) for start, end in windows
    )


def _stop(document: Document, at: int, typed: bool) -> float:
    """How sure it is that a . ends a Chinese sentence; `typed`: the text has no other full stop."""
    text = document.text
    left = _before(document, at)
    if text[at - 1 : at] == "." or not left or not (is_han(left) or left in "%％”）》"):
        return 0.0
    line = line_around(text, at)
    words = _words(document, at)
    right, whole = _rest(document, at + 1, line.end)
    if right[:1] in tuple("”’」』") and is_han(left) and han_of_letters(words) >= _STOP_SHARE:
        return 0.9
    typed = typed or _dotted_beside(text, line)
    if han_of_letters(words) < _STOP_SHARE or len(words) < (_FEW if typed else _WORDS):
        return 0.0
    if right.strip("”’」』"):
        return 0.9 if typed and _WITHIN.match(text, at) else 0.0
    if whole:
        return 0.9
    rest = text[line.end : line.end + 2]
    if rest in ("", "\n", "\n\n") or rest[1:] in (" ", "　", "\f"):
        return 0.9
    return 0.9 if typed else 0.0


def _dotted_beside(text: str, line: Span) -> bool:
    """Whether the line before or behind ends in a half-width full stop too."""
    above, below = line_around(text, max(0, line.start - 1)), line_around(text, min(len(text), line.end + 1))
    return any(
        other != line and bool(_DOTTED.search(text, max(other.start, other.end - 5), other.end + 1))
        for other in (above, below)
    )
