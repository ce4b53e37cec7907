"""The same lede under two headlines: flagged at the headline that it fits less.

Why: vision-language models begin one article with the first paragraph of another.
Leaves alone: ledes that begin alike only in their dateline (本报讯（记者 …）1月29日).
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, takewhile
from typing import NamedTuple

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.paragraphs import is_prose

NAME = "suspicions.same-lede"
SUMMARY = Message("标出两个标题下相同的导语", "Flag one lede under two headlines")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
_LEDE = "本报讯（记者 某某）1月9日上午，县委召开年度抓基层党建述职评议会议。县委书记主持会议并讲话。他在会上"
CASES = (
    Case(
        f"# 经济工作例会召开\n\n{_LEDE}强调开门红。\n\n# 抓基层党建述职评议会议举行\n\n{_LEDE}强调党建。",
        flags=True,
    ),
    Case(
        "# 甲\n\n本报讯（记者 某某）1月9日上午，全县经济会议举行。\n\n"
        "# 乙\n\n本报讯（记者 某某）1月9日上午，全县教育会议举行。",
        None,
        "only the dateline is the same",
    ),
)
_ALIKE = 48
"""Characters that two ledes must share from their beginning."""


class _Article(NamedTuple):
    heading: Line
    titles: str
    lede: Line
    words: str


def find(document: Document, tools: object) -> Iterable[Fix]:
    alike: dict[str, list[_Article]] = {}
    for article in _articles(document):
        alike.setdefault(article.words[:_ALIKE], []).append(article)
    for one, two in (pair for found in alike.values() for pair in pairwise(found)):
        same = _common(one.words, two.words)
        fits = [_fit(article, same) for article in (one, two)]
        wrong, right = (one, two) if fits[0] <= fits[1] else (two, one)
        where = document.line_at(right.heading.span.start) + 1
        headline = document.words(right.heading)
        why = Message(
            f"这段导语也在“{headline}”（第 {where} 行）之下，看来属于那一篇",
            f"This lede also stands under “{headline}” (line {where}) and seems to belong there",
        )
        yield flag(NAME, Span(*_span(wrong.lede)), 0.9, why, (same[:60],))


def _common(one: str, two: str) -> str:
    """What both begin with."""
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _span(line: Line) -> tuple[int, int]:
    return line.content.start, line.content.end


def _articles(document: Document) -> Iterable[_Article]:
    """Every run of headings with the first prose paragraph below."""
    heading: Line | None = None
    titles: list[str] = []
    open_run = False
    for line in document.lines:
        if line.kind == "heading":
            if not open_run:
                titles, heading = [], line
            titles.append(document.words(line))
            open_run = True
        elif line.kind == "body" and heading is not None:
            words = document.words(line)
            if is_prose(words) and len(words) >= _ALIKE:
                yield _Article(heading, "".join(titles), line, words)
                heading = None
            open_run = False


def _fit(article: _Article, lede: str) -> float:
    """Share of the headline's character pairs that the lede has."""
    pairs = {article.titles[at : at + 2] for at in range(len(article.titles) - 1)}
    return sum(pair in lede for pair in pairs) / len(pairs) if pairs else 0.0
