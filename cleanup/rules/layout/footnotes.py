"""Notes at the foot of a page amid the sentence that the page cuts: set behind its paragraph.

Why: a page ends in mid-sentence, its notes stand below (①…, [1] …, *本文原载…, 注：…, a caption), and the
     sentence goes on at the head of the next page, behind the running head. Joined as they stand, the note
     would become part of the sentence.
Leaves alone: notes behind a whole sentence; a sentence's own list (：①… ②…); notes with no page's end near
     them, unless blank lines part them from the text or they cite, and the sentence plainly goes on below.
Safety: LIKELY; nothing is taken away: the lines of the notes move behind the first line that ends the
     paragraph, as one fix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text import notes, paragraphs, running
from cleanup.text.joins import manner
from cleanup.text.scripts import is_han

NAME = "layout.footnotes"
SUMMARY = Message("把夹在断句中的页下注移到段后", "Move a page's notes behind the paragraph that they cut")
SAFETY = Applicability.LIKELY
EARLY = 3
NEEDS = ("models/openings.tsv", "models/pairs.bin", "models/runs.bin")
CASES = (
    Case(
        "县里修了三座桥，桥长一百二十米，两座在城里的大河上，一座在\n\n①见《县志》第三卷。\n\n\f"
        "乡下的小河上，三座都已经通车。\n\n第二年又修了两座，都在乡下。\n",
        "县里修了三座桥，桥长一百二十米，两座在城里的大河上，一座在\n\n\f"
        "乡下的小河上，三座都已经通车。\n\n①见《县志》第三卷。\n\n第二年又修了两座，都在乡下。\n",
    ),
    Case(
        "县里修了三座桥，桥长一百二十米，三座都已通车。\n\n①见《县志》第三卷。\n\n\f第二年又修了两座，都在乡下。\n",
        None,
        "the sentence is over",
    ),
    Case(
        "全县的水利工程，按照受益面积的大小，一共分为两类，\n①大中型水库，由县管理，\n②小型水库，由乡镇管理，分别落实。\n\n"
        "第二年又修了两座，都在乡下。\n",
        None,
        "a list in the sentence",
    ),
)
_WHY = Message(
    "页下注夹在句子中间，移到这一段之后",
    "Notes of the page stand amid a sentence; they go behind its paragraph",
)
_MOST = 12
"""Lines of notes at the foot of a page."""
_REACH = 60
"""Lines within which the paragraph ends."""
_ON = 4.0
"""Nats by which the sentence goes on, where no page's end is seen (by hand)."""
_FULL = 0.85
"""Share of the width from which a line is full."""
_ABOVE = 40
"""Lines above notes in which their marks stand."""


def find(document: Document, tools: Page) -> Iterable[Fix]:
    if tools.furniture != "drop" or not any(_may_be(document.words(line)) for line in document.lines):
        return
    lines, text = document.lines, document.text
    aside = {found.line for found in tools.aside(document) if found.confidence >= 0.8}
    solid = [at for at, line in enumerate(lines) if line.kind != "blank" and at not in aside]
    page = _Page(document, solid, [document.words(lines[at]) for at in solid])
    order = 1
    while order < len(solid):
        last = page.block(order)
        if last == order or last == len(solid):
            order = last + 1
            continue
        between = text[lines[solid[order - 1]].span.end : lines[solid[last]].span.start]
        paged = "\f" in between or any(at in aside for at in range(solid[order - 1], solid[last]))
        behind = page.paragraph_end(last)
        if behind and page.goes_on(order, last, paged, tools):
            yield _moved(document, solid[order], solid[last - 1], behind, 0.9 if paged else 0.85)
        order = last + 1


def _may_be(words: str) -> bool:
    return notes.is_note(words) or notes.is_caption(words)


class _Page(NamedTuple):
    document: Document
    solid: Sequence[int]
    """Indices of the lines of text; furniture is passed over."""
    words: Sequence[str]

    def block(self, order: int) -> int:
        """The order behind the notes that begin at a line; the same where none do."""
        words, at = self.words, order
        if notes.is_rule(words[at]) and at + 1 < len(words) and _may_be(words[at + 1]):
            at += 1
        while at < len(words) and at - order < _MOST and _may_be(words[at]):
            at += 1
            while (
                notes.is_note(words[at - 1])
                and at < len(words)
                and self._is_below(at)
                and not (paragraphs.ends_sentence(words[at - 1]) or _may_be(words[at]))
            ):
                at += 1  # the note has more lines
        return at

    def _is_below(self, order: int) -> bool:
        """Whether a line follows the one above with nothing between."""
        one, two = self.solid[order - 1], self.solid[order]
        lines = self.document.lines
        return self.document.text[lines[one].span.end : lines[two].span.start] == "\n"

    def goes_on(self, order: int, last: int, paged: bool, tools: Page) -> bool:
        """Whether the sentence above notes goes on below them."""
        one, two = self.words[order - 1], self.words[last]
        note = next(words for words in self.words[order:last] if _may_be(words))
        if not running.flows(self.words, order - 1, last):
            return False
        above = "".join(self.words[max(0, order - _ABOVE) : order])
        if not (notes.is_citation(note) or notes.mark(note) in above or (paged and is_han(one[-1]))):
            return False  # perhaps items of a list in the sentence
        flow = tools.evidence(self.document.text).flow
        on, into = (found.on for found in flow([(one, two), (one, note)])) if flow else (0.0, 0.0)
        if paged:
            return on >= 0
        if on < _ON or not notes.is_note(note) or not paragraphs.ends_sentence(self.words[last - 1]):
            return False
        parted = not self._is_below(order) and not self._is_below(last)
        return parted or (notes.is_citation(note) and on - into >= _ON)

    def paragraph_end(self, order: int) -> int:
        """The line that ends the paragraph which goes on at a line; 0: none is found."""
        how = manner(self.document)
        for at in range(order, min(len(self.words), order + _REACH)):
            words = self.words[at]
            if self.document.lines[self.solid[at]].kind not in ("body", "list"):
                return 0
            if not paragraphs.ends_sentence(words) or _may_be(words):
                continue
            full = how.style == "wrapped" and len(words) >= _FULL * how.width
            if not full or at + 1 == len(self.words) or not self._is_below(at + 1):
                return self.solid[at]
        return self.solid[-1] if len(self.words) <= order + _REACH else 0


def _moved(document: Document, first: int, last: int, behind: int, confidence: float) -> Fix:
    text, lines = document.text, document.lines
    start, end = lines[first].span.start, lines[last].span.end
    block = text[start:end]
    while end < len(text) and text[end] == "\n" and end - lines[last].span.end < 2:
        end += 1
    at = lines[behind].span.end
    below = "" if at == len(text) or text[at : at + 2] in ("\n", "\n\n", "\n\f") else "\n"
    moves = [(start, end, ""), (at, at, f"\n\n{block}{below}")]
    return fix(NAME, text, moves, SAFETY, confidence, _WHY, (block.strip(),))
