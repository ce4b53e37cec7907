"""What of a Markdown block's words is markup, and what is no text at all, by a real parser.

The parser's own rules run, and each is watched for where it began and ended: inline tokens carry no places.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleanup.model.document import Mark
from cleanup.model.fix import Span
from cleanup.text import opaque
from cleanup.text.once import once
from cleanup.text.patterns import re_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

KEPT = 8192
"""Blocks that are remembered: an edit changes few of a page's."""
_SOME = re_pattern(r"[\\`*_~\[!<&]")
"""One of these stands in all inline markup."""
_CELLS = re_pattern(r"</t[dh]>\s*<t[dh]\b[^<>]*>", re.I)
_ENTITY = re_pattern(r"&#")
_UNPAIRED = re_pattern(r"\*\*+|__+|~~+")
"""Runs that are marks, even where the parser pairs none: behind Chinese punctuation its rules fail."""
_VERBATIM = re_pattern(r"<(?:pre|script|style|code|textarea)\b", re.I)
_BLOCK = re_pattern(r"<!--.*?(?:-->|\n[ \t]*\n|\Z)|<(pre|script|style|code|textarea)\b.*?</\1>", re.S | re.I)


class Markup(NamedTuple):
    """Places in a block's words."""

    opaque: tuple[Span, ...]
    code: tuple[Span, ...]
    """Those of `opaque` that are code."""
    marks: tuple[Mark, ...]


class _Seen:
    """What was met in one run over a block."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.opaque: list[Span] = []
        self.code: list[Span] = []
        self.marks: list[Mark] = []
        self.delimiters: list[tuple[Token, int, int]] = []


_Rule = Callable[["StateInline", bool], bool]
_Note = Callable[["StateInline", _Seen, int, int, int], None]


@lru_cache(maxsize=KEPT)
def find(source: str) -> Markup:
    """The markup of a block's words, lines parted by line feeds."""
    if not _SOME.search(source):
        return Markup((), (), ())
    from markdown_it.rules_inline import StateInline

    parser, seen = _parser(), _Seen(source)
    state = StateInline(source, parser, {"seen": seen}, [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    paired = [
        Mark(at, end) for token, at, end in seen.delimiters if token.type != "text" or not token.content
    ]
    marks = seen.marks + paired
    taken = [(span.start, span.end) for span in seen.opaque] + [(mark.start, mark.end) for mark in marks]
    marks += [Mark(*match.span()) for match in _UNPAIRED.finditer(source) if _is_free(taken, *match.span())]
    return Markup(tuple(seen.opaque), tuple(seen.code), tuple(sorted(marks)))


def of_html(source: str) -> Markup:
    """The markup of a block of HTML; comments and code in it are opaque or go whole."""
    blocks = list(_BLOCK.finditer(source)) if "<!--" in source or _VERBATIM.search(source) else []
    found = find(_masked(source, blocks))
    marks = _in_rows(found.marks, source)
    comments = [Mark(*match.span(), True) for match in blocks if not match[1]]
    code = [Span(*match.span()) for match in blocks if match[1]]
    return Markup((*found.opaque, *code), found.code, tuple(sorted((*marks, *comments))))


def _in_rows(marks: tuple[Mark, ...], source: str) -> list[Mark]:
    """The marks with the line ends between the cells of a row, which are no lines' ends for who reads."""
    kept: list[Mark] = []
    for mark in marks:
        last = kept[-1] if kept else mark
        if last.end < mark.start and _CELLS.fullmatch(source, last.start, mark.end):
            kept[-1] = Mark(last.start, mark.end, True)
        else:
            kept.append(mark)
    return kept


def _masked(source: str, blocks: list[re.Match[str]]) -> str:
    for match in blocks:
        start, end = match.span()
        source = source[:start] + re.sub(r"[^\n]", "x", source[start:end]) + source[end:]
    return source


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return not any(one < end and two > start for one, two in taken)


@once
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    parser.inline.ruler2.disable("fragments_join")  # it would glue marks to words
    notes: dict[str, _Note] = {
        "escape": _escape, "backticks": _code, "strikethrough": _delimiters, "emphasis": _delimiters,
        "link": _link, "image": _all, "autolink": _all, "html_inline": _html, "entity": _entity,
    }  # fmt: skip
    for name, note in notes.items():
        index = parser.inline.ruler.__find__(name)
        parser.inline.ruler.at(name, _watched(parser.inline.ruler.__rules__[index].fn, note))
    return ready(parser)


def ready(parser: MarkdownIt) -> MarkdownIt:
    """The parser with its chains of rules built: it would build them when first used, and no thread may see
    them half built."""
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules("")
    return parser


def _watched(rule: _Rule, note: _Note) -> _Rule:
    def watched(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        seen = state.env.get("seen")
        # The words of an image are parsed apart, in a state of their own.
        if found and not silent and isinstance(seen, _Seen) and state.src is seen.source:
            note(state, seen, start, state.pos, count)
        return found

    return watched


def _all(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    seen.opaque.append(Span(start, end))


def _escape(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    seen.opaque.append(Span(start, start + 1 if seen.source[start + 1 : start + 2] == "\n" else start + 2))


def _code(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    if state.tokens[count:] and state.tokens[-1].type == "code_inline":
        seen.opaque.append(Span(start, end))
        seen.code.append(Span(start, end))


def _entity(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    # A numeric entity is a character that a rule may put in its place.
    if end > start + 1 and not _ENTITY.match(seen.source, start):
        seen.opaque.append(Span(start, end))


def _html(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    parts = opaque.parts(seen.source, start)
    seen.marks.append(Mark(start, end, parts))


def _link(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    behind = state.md.helpers.parseLinkLabel(state, start, True)
    seen.marks.append(Mark(start, start + 1))
    seen.marks.append(Mark(behind, end))


def _delimiters(state: StateInline, seen: _Seen, start: int, end: int, count: int) -> None:
    at = end
    for token in reversed(state.tokens[count:]):
        if at <= start:
            break
        seen.delimiters.append((token, at - len(token.content), at))
        at -= len(token.content)
