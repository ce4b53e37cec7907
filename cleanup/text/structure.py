"""The parts of a page: articles with kicker, headline, subhead, byline, dateline, paragraphs and the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cleanup.model.block import BlockKind
from cleanup.model.described import RegionKind
from cleanup.model.document import Document, Line
from cleanup.model.fix import Span
from cleanup.text import newspaper, paragraphs
from cleanup.text.lines import MARK
from cleanup.text.scripts import CLOSING, ENDS_SENTENCE

_TEASER_LINES = 8
"""So many lines without sentences may follow the head of a teaser box."""
_TITLE_LINES = 5
"""A headline with its kicker and subheads has no more lines."""


_NO_TITLES = (
    "form", "table", "contents", "index", "verse", "lyrics", "slogan", "letter", "dialogue", "bibliography",
    "note", "footnote", "columns",
)  # fmt: skip
"""Blocks whose short lines are no headlines."""


class Part(NamedTuple):
    """A region of the text; a dateline may lie inside the paragraph that it opens."""

    kind: RegionKind
    span: Span
    article: int
    """Number of the article, from 1; 0: outside of articles."""
    level: int
    """1 to 6 as Markdown marks headings, guessed where nothing is marked; 0: no heading."""


def find(document: Document, kind: Callable[[Line], BlockKind]) -> tuple[Part, ...]:
    """The parts of a document, in order; `kind` says what block a line belongs to."""
    return tuple(_Reader(document, kind).read())


class _Reader:
    def __init__(self, document: Document, kind: Callable[[Line], BlockKind]) -> None:
        self.document = document
        self.kind = kind
        self.lines = [line for line in document.lines if line.kind != "blank"]
        self.words = [document.words(line) for line in self.lines]
        levels = [
            line.level
            for line, words in zip(self.lines, self.words, strict=True)
            if line.kind == "heading" and not newspaper.is_teaser_head(words)
        ]
        self.marked = bool(levels)
        self.top = min(levels, default=1)
        self.out: list[Part] = []
        self.article = self.count = 0
        self.head = False
        """Nothing but the head of the article has been read."""

    def read(self) -> list[Part]:
        at = 0
        while at < len(self.lines):
            at = self._next(at)
        return self.out

    def _next(self, at: int) -> int:
        """Read the part that begins at a line; the line after it."""
        line, words = self.lines[at], self.words[at]
        if newspaper.is_teaser_head(words) and line.kind in ("heading", "body"):
            return self._teaser(at)
        if line.kind == "heading":
            return self._marked_head(at)
        if line.kind in ("list", "table"):
            return self._run(at)
        if line.kind in ("rule", "code", "figure"):
            self._add("furniture" if words.startswith(MARK) else "other", line)
            return at + 1
        if end := self._plain_head(at):
            return end
        self._body(line, words)
        return at + 1

    def _add(self, kind: RegionKind, line: Line, level: int = 0, article: int | None = None) -> None:
        if kind in ("paragraph", "list", "table"):
            self.head = False
        self.out.append(Part(kind, line.content, self.article if article is None else article, level))

    def _open(self) -> None:
        self.count += 1
        self.article = self.count
        self.head = True

    def _body(self, line: Line, words: str) -> None:
        """A line that is neither marked nor the head of an article."""
        if paragraphs.is_jump_line(words):
            self._add("jump", line)
        elif newspaper.is_caption(words):
            self._add("caption", line)
        elif newspaper.is_byline(words):
            self._add("byline", line)
        elif newspaper.is_dateline(words):
            self._add("dateline", line)
        elif newspaper.is_teaser(words):
            self._add("teaser", line, 0, 0)
        elif self._is_subhead(words):
            self._add("subhead", line, 2)
        else:
            self._paragraph(line, words)

    def _is_subhead(self, words: str) -> bool:
        """A line below the headline that adds to it, or the numbered head of a section."""
        if self.head and words.startswith("——"):
            return len(words) <= 60 and not paragraphs.ends_sentence(words)
        return newspaper.is_title(words) and (
            (self.head and self.marked) or (self.article > 0 and newspaper.is_numbered(words))
        )

    def _paragraph(self, line: Line, words: str) -> None:
        if end := newspaper.dateline_end(words):
            start = line.content.start
            self.out.append(Part("dateline", Span(start, start + end), self.article, 0))
        self._add("paragraph", line)

    def _teaser(self, at: int) -> int:
        """A box that points to other pages: its head and the lines below that are no sentences."""
        self._add("teaser", self.lines[at], self.lines[at].level or 2, 0)
        end = at + 1
        while end < len(self.lines) and end - at <= _TEASER_LINES:
            line, words = self.lines[end], self.words[end]
            if line.kind not in ("body", "list") or paragraphs.ends_sentence(words) or len(words) > 60:
                break
            if (
                paragraphs.is_jump_line(words)
                or newspaper.is_byline(words)
                or newspaper.is_teaser_head(words)
            ):
                break
            self._add("teaser", line, 0, 0)
            end += 1
        return end

    def _run(self, at: int) -> int:
        """Neighbouring lines of a list or table are one region."""
        kind = self.lines[at].kind
        end = at + 1
        while end < len(self.lines) and self.lines[end].kind == kind:
            gap = self.document.text[self.lines[end - 1].span.end : self.lines[end].span.start]
            if gap != "\n":
                break
            end += 1
        first, last = self.lines[at], self.lines[end - 1]
        span = Span(first.span.start, last.span.end)
        self._add("list" if kind == "list" else "table", Line(span, kind, span))
        return end

    def _marked_head(self, at: int) -> int:
        """Marked headings in a row: the largest are the headline, those above it kickers, below subheads."""
        end = at
        while end < len(self.lines) and self.lines[end].kind == "heading":
            if newspaper.is_teaser_head(self.words[end]):
                break
            end += 1
        group = range(at, end)
        best = min(self.lines[i].level for i in group)
        if best > self.top and not self._leads(end) and self.article:
            for i in group:
                self._add("subhead", self.lines[i], self.lines[i].level)
            return end
        below = True  # below a headline: the next heading may begin another article
        for i in group:
            level = self.lines[i].level
            if level == best and newspaper.is_kicker(self.words[i]) and i + 1 < end and below:
                self._open()
                self._add("kicker", self.lines[i], level)
                below = False
            elif level == best:
                if below and not (i > at and self.out[-1].kind == "headline"):
                    self._open()
                self._add("headline", self.lines[i], level)
                below = True
            elif best in (self.lines[j].level for j in range(i + 1, end)):
                if below:
                    self._open()
                self._add("kicker", self.lines[i], level)
                below = False
            else:
                self._add("subhead", self.lines[i], level)
        return end

    def _leads(self, at: int) -> bool:
        """Whether an article's first paragraph, or the byline above it, stands here."""
        if at >= len(self.lines) or self.lines[at].kind != "body":
            return False
        words = self.words[at]
        return newspaper.is_lede(words) or newspaper.is_byline(words) or newspaper.is_dateline(words)

    def _plain_head(self, at: int) -> int:
        """Headline lines that nothing marks, above the text of their article; 0: none stand here."""
        if self.marked or not self._may_be_title(at):
            return 0
        end = at
        while end < len(self.lines) and end - at < _TITLE_LINES and self._may_be_title(end):
            end += 1
        follows = end < len(self.lines) and self.lines[end].kind == "body"
        prose = follows and (paragraphs.is_prose(self.words[end]) or self._leads(end))
        # A paragraph may have lost its end; then only a report that begins below tells the headline.
        if at and not (prose and (self._closed(at - 1) or self._leads(end))):
            return 0
        alone = at > 0 and end - at == 1 and not (self._leads(end) or self._is_told(at, end))
        if alone and self.words[at].rstrip(CLOSING)[-1:] in ENDS_SENTENCE:
            return 0
        if alone or newspaper.is_numbered(self.words[at]):
            if not self.article:
                self._open()
            for i in range(at, end):
                self._add("subhead", self.lines[i], 2)
            return end
        self._open()
        named = False
        for i in range(at, end):
            words = self.words[i]
            if not named and i + 1 < end and newspaper.is_kicker(words):
                self._add("kicker", self.lines[i], 2)
            elif named and newspaper.is_deck(words):
                self._add("subhead", self.lines[i], 2)
            else:
                self._add("headline", self.lines[i], 1)
                named = True
        return end

    def _is_told(self, at: int, end: int) -> bool:
        """Whether the text below a title tells what the title says, as a report's first sentences do."""
        return end < len(self.lines) and newspaper.is_told(self.words[at], self.words[end])

    def _may_be_title(self, at: int) -> bool:
        words = self.words[at]
        return (
            self.lines[at].kind == "body"
            and newspaper.is_title(words)
            and self.kind(self.lines[at]) not in _NO_TITLES
            and not (
                newspaper.is_byline(words) or newspaper.is_dateline(words) or newspaper.is_caption(words)
            )
            and not (paragraphs.is_signature(words) or newspaper.is_teaser_head(words))
        )

    def _closed(self, at: int) -> bool:
        """Whether what stands here is over, so that something new may begin below."""
        if self.out[-1].kind != "paragraph":
            return True
        words = self.words[at]
        return paragraphs.ends_sentence(words) or paragraphs.is_signature(words)
