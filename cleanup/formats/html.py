"""HTML pages and pieces of them: tags, comments and scripts are kept, the text is repaired in place."""

from __future__ import annotations

import re

from cleanup.formats import inside
from cleanup.model.document import Document, Envelope, Format, LineKind, Mark
from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

NAME: Format = "html"
_ATTRIBUTES = r"(?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+"
_CODE = r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)" + (
    rf"|<(?P<element>script|style|code|textarea|svg|math|template)\b{_ATTRIBUTES}>.*?(?:</(?P=element)\s*>|\Z)"
)
_TAG = rf"</?(?P<name>[A-Za-z][\w:-]*)(?=[\s/>]){_ATTRIBUTES}>|<![A-Za-z]{_ATTRIBUTES}>"
_MARKUP = re_pattern(
    rf"(?P<code>{_CODE})|(?P<tag>{_TAG})|&(?:#\d{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}}|\w{{2,30}});", re.S | re.I
)
_STARTS = re_pattern(r"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.S | re.I)
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rp",
     "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "var")
)  # fmt: skip
"""Tags that words run on over."""
_NAMES = _INLINE | frozenset(
    ("html", "head", "body", "div", "p", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
     "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
     "header", "footer", "main", "nav", "aside", "center", "br", "hr", "img", "pre", "blockquote",
     "figure", "figcaption")
)  # fmt: skip
_LEAST = 4
"""Tags of a piece of a page that has no <html>."""
_GUARDED = "＜＞＆"


def sniff(text: str, name: str) -> float:
    if "<" not in text:
        return 0.0
    if _STARTS.match(text):
        return 3.0
    bare = text.strip()
    tags = [tag.lower() for tag in re.findall(r"<([A-Za-z][\w:-]*)", bare[:5000])]
    if len(tags) < _LEAST // 2 or tags[0] not in _NAMES:
        return 0.0
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return 2.0
    whole = bare.lower().startswith(f"<{tags[0]}")
    return 0.97 if whole and bare.endswith(">") and bare.count("<") >= _LEAST else 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    shut, marks = _places(text)
    return inside.document(text, name, NAME, envelope, _kind, [*shut, *inside.signs(text, _GUARDED)], marks)


def unbroken(text: str) -> list[Span]:
    """What may not be cut."""
    shut, marks = _places(text)
    return [*shut, *(Span(mark.start, mark.end) for mark in marks)]


def _kind(_line: int) -> LineKind:
    return "figure"


def _places(text: str) -> tuple[list[Span], list[Mark]]:
    shut, marks = list[Span](), list[Mark]()
    for match in _MARKUP.finditer(text):
        if match["tag"]:
            marks.append(Mark(*match.span(), (match["name"] or "").lower() not in _INLINE))
        else:
            shut.append(Span(*match.span()))
    return shut, marks
