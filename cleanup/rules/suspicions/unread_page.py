"""A page that its engine could not read, and said so: flagged.

Why: pages that lie on their heads, another script, pictures; every character is guesswork, and no repair of
the text brings the page back.
Leaves alone: pages that are read badly in parts; engines that say nothing of how sure they are.
Safety: a flag; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case

NAME = "suspicions.unread-page"
SUMMARY = Message("标出引擎没有读懂的整页", "Flag pages that the engine could not read")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
_JUNK = "竹产群俏背萎亚下十刘芝要台旭学基巡和群响澡闻交风名进六汪下国琉网益国一淹委增虹宙下革\n"
CASES = (
    Case(_JUNK, flags=True, sure=0.1),
    Case(_JUNK, None, "read badly", sure=0.5),
    Case("竹产群俏背萎。\n", None, "a few characters", sure=0.1),
)
_LEAST = 0.3
"""How sure the engine is of a page's characters on average: of 15 pages that tesseract read upside down 0.11
to 0.22, of 148 others from 0.56 (bench.drawn, ../shared/bench/scans)."""
_SOME = 40
"""Characters that tell."""
_CHANCE = 0.95
_WHY = Message(
    "引擎对这一页几乎没有把握：多半是倒放或横放的，请转正后重新识别，或给出图片（--scan）",
    "The engine hardly believed anything on this page: it may lie on its head or its side. Turn it and read"
    " it anew, or give its picture (--scan)",
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    said: dict[int, list[float]] = {}
    for reading in document.engine:
        said.setdefault(document.page_at(reading.span.start), []).append(reading.confidence)
    for page in document.pages:
        sure = said.get(page.number, [])
        if len(sure) >= _SOME and (mean := sum(sure) / len(sure)) < _LEAST:
            first = document.lines[document.line_at(page.span.start)].span
            yield flag(NAME, Span(first.start, first.end), _CHANCE, _WHY, (f"{mean:.0%}",))
