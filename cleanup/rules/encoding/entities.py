"""Character references of HTML left in a text: &#21313;月 -> 十月, &ldquo;好&rdquo; -> “好”.

Why: web pages, databases and models write characters as references; nobody can read or find them so.
Leaves alone: lines of HTML, lines that speak of HTML, a reference in quotes, addresses, code; &lt; and &gt;
     in Markdown, where they keep tags from being tags.
Safety: SAFE, since the reference says which character it is.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.rules.kinds import line_around
from cleanup.text.patterns import re_pattern

NAME = "encoding.entities"
SUMMARY = Message("还原文中残留的 HTML 字符实体", "Character references of HTML become the characters")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
SIGNS = "&"
CASES = (
    Case("&#21313;月，&#x4e2d;国", "十月，中国"),
    Case("他说：&ldquo;好。&rdquo;研发R&amp;D&mdash;&mdash;完", "他说：“好。”研发R&D——完"),
    Case("3 &lt; 5，北京&middot;上海", "3 < 5，北京·上海"),
    Case("<p>他说&ldquo;好&rdquo;</p>", None, "HTML itself"),
    Case("在HTML里，空格写作&nbsp;，小于号写作&lt;。", None, "the text speaks of HTML"),
    Case("空格写成“&nbsp;”", None, "in quotes"),
    Case("见https://a.cn/?a=1&copy=2，AT&T; R&D，&#7;", None, "addresses, other uses, control characters"),
)

_REFERENCE = re_pattern(r"&(?:#\d{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}\d{0,2});")
_TAG = re_pattern(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_SPOKEN_OF = re_pattern(
    r"HTML|XML|html|xml|实体|實體|转义|轉義|字符引用|源码|源代码|标签|entity|entities|escape"
)
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "`": "`", "（": "）", "(": ")"}
_GUARDS = frozenset("<>")
_WHY = Message("HTML 字符实体", "A character reference of HTML")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _REFERENCE.finditer(text):
        start, end = match.span()
        after = html.unescape(match.group())
        if after == match.group() or not all(char.isprintable() or char == "\xa0" for char in after):
            continue
        if document.format == "markdown" and after in _GUARDS:
            continue
        if document.is_opaque(start, end) or _QUOTES.get(text[start - 1 : start]) == text[end : end + 1]:
            continue
        line = line_around(text, start)
        if _TAG.search(text, line.start, line.end) or _SPOKEN_OF.search(text, line.start, line.end):
            continue
        yield fix(NAME, text, [(start, end, after)], SAFETY, 0.99, _WHY)
