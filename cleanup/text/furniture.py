"""Page furniture: running heads, folios, dates and credit lines, by grammar, place and repetition."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from cleanup.model.document import Document
from cleanup.text import folios, heads, paragraphs, parts, running
from cleanup.text.folios import Folio
from cleanup.text.joins import manner
from cleanup.text.lines import KEPT, MARK
from cleanup.text.scripts import HAN

_LONGEST = 60
"""Characters without spaces: longer lines are no furniture."""
_ENOUGH = 4.0
"""Weight of a run from which it is furniture wherever it stands."""
_AT_EDGE = 3.0
"""Weight of a run that is enough at the edge of a page."""
_SURE = 0.9
_NEAR = 6
"""How many running heads before and after a line it is compared with."""
_ALIKE = 60.0
"""Likeness of two running heads, of 100."""
_SPECK = regex.compile(rf"[^{HAN}]{{1,8}}")
_DIGITS = regex.compile(r"[\d\]\[lIO]+")
_COLUMNS = regex.compile(r"\S[ 　]{3,}(?=\S)")
_DAMAGED = 12
"""Characters of no known kind that a head may have whose parts lie far apart."""
_TOLD = regex.compile(r"日[ 　]?(?:在|于|至|起|由|经|电|讯|以来|上午|下午)|^[—一―-]{2,4}[ 　]?(?:19|20)\d\d")
"""A date that a text tells: 2026年1月27日在陕…, ——2026年1月28日."""


class Furniture(NamedTuple):
    """A line of furniture."""

    line: int
    """Index of the line."""
    confidence: float
    folio: Folio


class _Seen(NamedTuple):
    line: int
    words: str
    folio: Folio


Known = Callable[[str], int]
"""In how many other files of the archive a line of this shape (see heads) stands at the edge of a page."""
_FILES = 3
"""In so many other files a line must stand to be a running head."""


@lru_cache(maxsize=2)
def find(document: Document, known: Known | None = None) -> tuple[Furniture, ...]:
    """The lines of furniture, in order; `known` tells the running heads of an archive."""
    if document.format not in ("text", "markdown"):
        return ()  # no pages
    found = _Finder(document).find(known)
    if document.format == "markdown":
        # Whoever wrote Markdown seldom wrote furniture: nothing doubtful goes.
        return tuple(one for one in found if one.confidence >= _SURE)
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _folio(words: str) -> Folio | None:
    """What a line says that holds little else than elements of furniture."""
    if len(words.replace(" ", "")) > _LONGEST or words.startswith(MARK):
        return None
    folio = folios.read(words)
    if _TOLD.search(words):
        return None
    if not folio.facts and folios.folio_number(words) is None:
        return None
    covered = sum(char.isalnum() for kind, text in folio.facts for char in text)
    strong = folio.weight >= 4 or (folio.weight >= 3 and folio.has("date", "credit"))
    parted = folio.weight >= 4 and folio.has("date") and len(_COLUMNS.findall(words)) >= 2
    if parted and folio.rest <= _DAMAGED:
        return folio
    if folio.rest > (max(4, 0.3 * covered) if strong else max(1, 0.25 * covered) + 2 * folio.gap):
        return None
    if folio.rest >= 2 and paragraphs.is_prose(words.replace("，", "") if folio.has("credit") else words):
        return None
    firm = folio.has("credit") or (strong and folio.gap)
    if folio.rest >= 2 and not firm and any(mark in words for mark in "《》、“；（"):
        return None
    if words[-1:] in "，。；！？" and not strong and folios.folio_number(words) is None:
        return None
    return folio


class _Finder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.solid = [at for at, line in enumerate(document.lines) if line.kind != "blank"]
        self.place = {at: order for order, at in enumerate(self.solid)}
        self.words = [document.words(document.lines[at]) for at in self.solid]
        self.cuts = self._page_cuts()
        self.found: dict[int, Furniture] = {}

    def find(self, known: Known | None) -> list[Furniture]:
        candidates = [self._candidate(order) for order in range(len(self.solid))]
        shapes = Counter(_shape(seen.words) for seen in candidates if seen is not None)
        for run in self._runs(candidates):
            self._judge(run, shapes)
        if known is not None:
            self._known_heads(known)
        self._running_heads()
        self._around_heads(candidates)
        return [self.found[order] for order in sorted(self.found)]

    def _page_cuts(self) -> set[int]:
        """Orders of the solid lines that begin a page; the end of the text counts as one."""
        text, lines = self.document.text, self.document.lines
        cuts = {0, len(self.solid)}
        for order in range(1, len(self.solid)):
            before, after = lines[self.solid[order - 1]], lines[self.solid[order]]
            if text.find("\f", before.span.end, after.span.start) >= 0:
                cuts.add(order)
        return cuts

    def _candidate(self, order: int) -> _Seen | None:
        words = self.words[order]
        line = self.document.lines[self.solid[order]]
        cells = line.kind == "table" and self.document.marks_in(line.span.start, line.span.end)
        if line.kind == "heading" or cells:
            return None
        folio = _folio(words)
        return None if folio is None else _Seen(order, words, folio)

    def _runs(self, candidates: list[_Seen | None]) -> list[list[_Seen]]:
        runs: list[list[_Seen]] = []
        for order, seen in enumerate(candidates):
            if seen is None:
                continue
            if runs and runs[-1][-1].line == order - 1 and order not in self.cuts:
                runs[-1].append(seen)
            else:
                runs.append([seen])
        return runs

    def _judge(self, run: list[_Seen], shapes: Counter[str]) -> None:
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
            confidence = 0.95 if len(kinds) >= 2 else 0.7
        elif weight - min(again, 2) * 0.5 >= _AT_EDGE and named and parting and kinds != {"date", "weekday"}:
            confidence = 0.85
        elif kinds == {"credit"} or (parting and kinds == {"paper"} and len(run) == 1):
            confidence = 0.6
        elif len(run) == 1 and (top or bottom) and folios.is_ornamented(run[0].words):
            confidence = 0.85
        else:
            return
        for seen in run:
            self.found[seen.line] = Furniture(self.solid[seen.line], confidence, seen.folio)

    def _known_heads(self, known: Known) -> None:
        """Lines at the edges of pages that stand there in other files as well."""
        order_of = self.place
        for at, shape in heads.at_edges(self.document):
            order = order_of[at]
            title = parts.is_byline(self.words[order]) or self.document.lines[at].kind != "body"
            if order not in self.found and not title and known(shape) >= _FILES:
                self._add(order, 0.9, None)

    def _running_heads(self) -> None:
        """Lines that come again at the edges of pages or, where nothing marks pages, amid sentences."""
        how = manner(self.document)
        if len(self.cuts) == 2 and how.style != "wrapped":
            return  # one page, and no sentence goes on from line to line
        sure = {order for order, one in self.found.items() if one.confidence >= 0.8}
        body = [
            self.document.lines[at].kind in ("body", "list")
            and not (parts.is_byline(words) or paragraphs.is_jump_line(words) or words.startswith(MARK))
            for at, words in zip(self.solid, self.words, strict=True)
        ]
        again = running.at_edges(self.words, body, self.cuts, sure)
        if len(self.cuts) == 2:
            again |= dict.fromkeys(running.amid_text(self.words, body, how.width), 0.85)
        for order, confidence in again.items():
            if order not in sure:
                self._add(order, confidence, None)

    def _around_heads(self, candidates: list[_Seen | None]) -> None:
        """Weak lines at the edges of pages that have furniture already: folios, names alone, specks."""
        heads = sorted(order for order in self.found if self.found[order].confidence >= 0.8)
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
                    if not (self._is_weak(order, seen) or self._is_like(order, known)):
                        break
                    self._add(order, 0.9, seen)
                elif self.found[order].confidence >= 0.8 and order != start:
                    break
                order += step
        self._alone(heads, candidates)

    def _alone(self, heads: list[int], candidates: list[_Seen | None]) -> None:
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

    def _add(self, order: int, confidence: float, seen: _Seen | None) -> None:
        folio = seen.folio if seen else folios.read(self.words[order])
        if not folio.facts and len(self.words[order]) > 2:
            folio = folio._replace(facts=(("head", self.words[order]),))
        self.found[order] = Furniture(self.solid[order], confidence, folio)

    def _is_weak(self, order: int, seen: _Seen | None) -> bool:
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
        if not 8 <= len(shape) <= _LONGEST or shape.startswith(MARK):
            return False
        at = bisect_left(known, (order, ""))
        return any(fuzz.ratio(shape, other) >= _ALIKE for _, other in known[max(0, at - _NEAR) : at + _NEAR])


def _shape(words: str) -> str:
    """The line with its numbers made equal: running heads differ only there."""
    return str(_DIGITS.sub("0", words.replace(" ", "").replace("　", "")))
