"""Page furniture: running heads, folios, dates and credit lines, by grammar, place and repetition."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property, lru_cache
from typing import NamedTuple

from cleanup.model.document import Document
from cleanup.text import entries, folios, heads, newspaper, page_marks, paragraphs, recurring, running, series
from cleanup.text.folios import Folio, Seen
from cleanup.text.heads import Known
from cleanup.text.joins import manner
from cleanup.text.lines import MARK
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN
from cleanup.text.series import Lines

_LONGEST = 60
"""Characters without spaces: longer lines are no furniture."""
_ENOUGH = 4.0
"""Weight of a run from which it is furniture wherever it stands."""
_AT_EDGE = 3.0
"""Weight of a run that is enough at the edge of a page."""
_WEATHER = 2
"""Characters that a diary has behind the day: 晴, 小雨."""
_SURE = 0.9
_NEAR = 6
"""How many running heads before and after a line it is compared with."""
_ALIKE = 60.0
"""Likeness of two running heads, of 100."""
_SPECK = regex_pattern(rf"[^{HAN}]{{1,8}}")
_DIGITS = regex_pattern(r"[\d\]\[lIO]+")


class Furniture(NamedTuple):
    """A line of furniture."""

    line: int
    """Index of the line."""
    confidence: float
    folio: Folio


_FILES = 3
"""So many other files must say that a line is a running head."""
_PROVEN = 0.85
"""From this confidence on a file has proved a line to be furniture."""


@lru_cache(maxsize=2)
def find(document: Document, known: Known | None = None) -> tuple[Furniture, ...]:
    """The lines of furniture, in order; `known` tells an archive's running heads."""
    if document.format not in ("text", "markdown"):
        return ()  # no pages
    found = _Finder(document).find(known)
    if len(found) == sum(line.kind != "blank" for line in document.lines):
        return ()  # a record of days and hours: something must be the text
    if document.format == "markdown":
        return tuple(one for one in found if one.confidence >= _SURE)  # seldom written there
    return tuple(found)


def proven(document: Document) -> frozenset[str]:
    """The shapes of the lines that are furniture by the document's own evidence."""
    found = (one for one in find(document) if one.confidence >= _PROVEN)
    shapes = (heads.shape(document.words(document.lines[one.line])) for one in found)
    return frozenset(filter(None, shapes))


class _Finder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.solid = [at for at, line in enumerate(document.lines) if line.kind != "blank"]
        self.place = {at: order for order, at in enumerate(self.solid)}
        self.words = [document.words(document.lines[at]) for at in self.solid]
        self.cuts = heads.page_cuts(document, self.solid)
        self.found: dict[int, Furniture] = {}
        self.marks: dict[int, float] = {}
        self.titles: set[int] = set()
        self.width = series.width(self.words, manner(document).width)

    def find(self, known: Known | None) -> list[Furniture]:
        candidates = [self._candidate(order) for order in range(len(self.solid))]
        shapes = Counter(_shape(seen.words) for seen in candidates if seen is not None)
        self._page_marks()
        for run in entries.without(self._runs(candidates), self.cuts):
            self._judge(run, shapes)
        if known is not None:
            self._known_heads(known)
        self._running_heads()
        self._around_heads(candidates)
        return [self.found[order] for order in sorted(self.found)]

    def _candidate(self, order: int) -> Seen | None:
        words = self.words[order]
        line = self.document.lines[self.solid[order]]
        cells = line.kind == "table" and self.document.marks_in(line.span.start, line.span.end)
        if line.kind == "heading" or cells:
            return None
        folio = folios.alone(words)
        return None if folio is None else Seen(order, words, folio)

    def _runs(self, candidates: list[Seen | None]) -> list[list[Seen]]:
        runs: list[list[Seen]] = []
        for order, seen in enumerate(candidates):
            if seen is None:
                continue
            if runs and runs[-1][-1].line == order - 1 and order not in self.cuts:
                runs[-1].append(seen)
            else:
                runs.append([seen])
        return runs

    def _judge(self, run: list[Seen], shapes: Counter[str]) -> None:
        kinds = {kind for seen in run for kind, _ in seen.folio.facts}
        weight = sum(folios.WEIGHTS[kind] for kind in kinds)
        weight += sum(kind == "credit" for seen in run for kind, _ in seen.folio.facts) >= 2
        top, bottom = run[0].line in self.cuts, run[-1].line + 1 in self.cuts
        parting = running.flows(self.words, run[0].line - 1, run[-1].line + 1)
        again = max(shapes[_shape(seen.words)] for seen in run) - 1
        weight += min(again, 2) * 0.5
        named = bool(kinds & {"date", "credit", "page", "paper"})
        if weight >= _ENOUGH and named and (len(kinds) >= 2 or again):
            confidence = 0.99 if top or bottom or weight >= 5 else 0.95
        elif weight >= _AT_EDGE and named and (top or (bottom and kinds != {"date", "weekday"})):
            # A day and its weekday alone head a letter, or a page of a diary.
            is_day = kinds == {"date", "weekday"} and sum(seen.folio.rest for seen in run) <= _WEATHER
            confidence = 0.95 if len(kinds) >= 2 and not is_day else 0.7
        elif weight - min(again, 2) * 0.5 >= _AT_EDGE and named and parting and kinds != {"date", "weekday"}:
            confidence = 0.85
        elif kinds == {"credit"} or (parting and kinds == {"paper"} and len(run) == 1):
            confidence = 0.6
        elif (
            len(run) == 1
            and (top or bottom)
            and folios.is_ornamented(run[0].words)
            and not self._has_sections
        ):
            confidence = 0.85
        else:
            return
        for seen in run:
            if self.marks.get(seen.line, 0.0) < confidence:
                self.found[seen.line] = Furniture(self.solid[seen.line], confidence, seen.folio)

    def _known_heads(self, known: Known) -> None:
        """Lines at the edges of pages that other files prove to be furniture, or that stand there in other
        files and here amid a sentence. What only stands there in many files may be a series' title."""
        for at, shape in heads.at_edges(self.document):
            order = self.place[at]
            if order in self.found or not self._may_be_head(order):
                continue
            above, below = self._text(order, -1), self._text(order, 1)
            if below < len(self.solid) and newspaper.is_title(self.words[below]):
                continue  # a kicker or a column's title over a headline
            seen = known(shape)
            over = seen.edges >= _FILES and running.flows(self.words, above, below)
            if over or seen.furniture >= _FILES:
                self._add(order, 0.9, None)

    def _text(self, order: int, step: int) -> int:
        """The nearest line that is not furniture."""
        at = order + step
        while at in self.found:
            at += step
        return at

    def _may_be_head(self, order: int) -> bool:
        kind = self.document.lines[self.solid[order]].kind
        return kind in ("body", "list") and not heads.is_content(self.words[order])

    def _page_marks(self) -> None:
        """Lines that count the pages; the next page begins behind them, where nothing else marks it."""
        text, lines = self.document.text, [self.document.lines[at] for at in self.solid]
        whole = [text[line.span.start : line.span.end].strip() for line in lines]
        free = [line.kind != "code" for line in lines]
        self.marks = series.find(Lines(self.words, whole, free, self.width))
        for order, confidence in self.marks.items():
            mark = page_marks.read(whole[order])
            number = mark.number if mark else None
            facts = () if number is None else (("number", str(number)),)
            self.found[order] = Furniture(self.solid[order], confidence, Folio(facts, 0.0, 0, False))

    @cached_property
    def _has_sections(self) -> bool:
        """Whether numbers between ornaments, as pages have them, stand amid pages as well: of sections."""
        edges = {edge for cut in self.cuts for edge in (cut, cut - 1)}
        return any(
            folios.is_ornamented(words)
            for order, words in enumerate(self.words)
            if order not in edges and order not in self.marks
        )

    def _running_heads(self) -> None:
        """Lines that come again at the edges of pages or, where nothing marks pages, amid sentences."""
        sure = {order for order, one in self.found.items() if one.confidence >= 0.8}
        body = [self._may_be_head(order) for order in range(len(self.solid))]
        cuts = self.cuts
        if unmarked := len(cuts) == 2:  # pages end where a mark says so
            cuts = cuts.union(order for order in self.marks if order - 1 not in self.marks)
        again = running.at_edges(self.words, body, cuts, sure)
        if unmarked and not self.document.rows:  # boxes tell where a page ends, and what stands at its edges
            # As a heading as well: none stands in a sentence.
            kinds = (self.document.lines[at].kind for at in self.solid)
            free = [may or kind == "heading" for may, kind in zip(body, kinds, strict=True)]
            again |= recurring.amid_text(self.words, free, self.width, sure)
        self.titles = {order for order, confidence in again.items() if not confidence}
        for order, confidence in again.items():
            if confidence and order not in sure:
                self._add(order, confidence, None)

    def _around_heads(self, candidates: list[Seen | None]) -> None:
        """Weak lines at the edges of pages that have furniture already: folios, names alone, specks."""
        if self.document.rows:  # their places tell (text.margins): a column may end before a head in the text
            return
        heads = sorted(
            order
            for order in self.found
            if self.found[order].confidence >= 0.8 and (order not in self.marks or len(self.cuts) > 2)
        )
        if not heads:
            return
        known = [(order, _shape(self.words[order])) for order in heads if len(self.words[order]) >= 8]
        edges = [place for cut in self.cuts for place in ((cut, 1), (cut - 1, -1))]
        edges += [place for order in heads for place in ((order + 1, 1), (order - 1, -1))]
        for start, step in edges:
            order = start
            while 0 <= order < len(self.solid):
                if order not in self.found:
                    seen = candidates[order]
                    if order in self.titles or not (
                        self._is_weak(order, seen) or self._is_like(order, known)
                    ):
                        break
                    self._add(order, 0.9, seen)
                elif self.found[order].confidence >= 0.8 and order != start:
                    break
                order += step
        self._alone(heads, candidates)

    def _alone(self, heads: list[int], candidates: list[Seen | None]) -> None:
        """The number of the page where it stands alone between columns."""
        at = 0
        numbers: set[int] = set()
        for order, seen in enumerate(candidates):
            if at < len(heads) and heads[at] <= order:
                numbers = folios.page_numbers(self.found[heads[at]].folio)
                at += 1
            if seen is None or order in self.found or seen.folio.weight > 1:
                continue
            number = folios.folio_number(self.words[order])
            if number is not None and number in numbers and self._stands_alone(order):
                self._add(order, 0.85, seen)

    def _stands_alone(self, order: int) -> bool:
        lines, at = self.document.lines, self.solid[order]
        return all(
            not 0 <= near < len(lines) or lines[near].kind == "blank" or self.place[near] in self.found
            for near in (at - 1, at + 1)
        )

    def _add(self, order: int, confidence: float, seen: Seen | None) -> None:
        folio = seen.folio if seen else folios.read(self.words[order])
        if not folio.facts and len(self.words[order]) > 2:
            folio = folio._replace(facts=(("head", self.words[order]),))
        self.found[order] = Furniture(self.solid[order], confidence, folio)

    def _is_weak(self, order: int, seen: Seen | None) -> bool:
        words = self.words[order]
        if words.startswith(MARK):
            return False
        if folios.folio_number(words) is not None:
            return True
        if seen is not None:
            solid = seen.folio.rest == 0 or seen.folio.weight > 1
            return solid and len(words) <= 16 and not paragraphs.is_prose(words)
        return bool(_SPECK.fullmatch(words))

    def _is_like(self, order: int, known: list[tuple[int, str]]) -> bool:
        """Whether the line repeats, with damage, a running head of a page nearby."""
        shape = _shape(self.words[order])
        if not known or not 8 <= len(shape) <= _LONGEST or shape.startswith(MARK):
            return False
        from rapidfuzz import fuzz  # takes its time, and most pages have none

        at = bisect_left(known, (order, ""))
        return any(fuzz.ratio(shape, other) >= _ALIKE for _, other in known[max(0, at - _NEAR) : at + _NEAR])


def _shape(words: str) -> str:
    """The line with its numbers made equal: running heads differ only there."""
    return str(_DIGITS.sub("0", words.replace(" ", "").replace("　", "")))
