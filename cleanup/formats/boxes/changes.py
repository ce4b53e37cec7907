"""What a repair means for the lines of an engine's file: other characters, lines taken out, lines joined.

A line that is no longer in the text (furniture, a repetition) keeps its words: it is marked. Line ends and
spaces are no words; what was put in with a line end of its own (a note moved to its place) is in the
clean text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from cleanup.formats.boxes.lines import ReadPage, Splice, spliced
from cleanup.model import replay
from cleanup.model.box import BoxedLine
from cleanup.model.fix import Span
from cleanup.model.placed import Placed, Stretch
from cleanup.model.result import Result

Key = tuple[int, int]
"""(index of the page, index of the line in it)"""


@dataclass
class Change:
    """What becomes of a line."""

    cells: list[str]
    """For each character of its text, what stands there now."""
    is_out: bool = False
    """It is no longer in the text."""
    goes_on: bool = False
    """The next line of the text was joined to it."""

    @property
    def text(self) -> str:
        """The line's text now."""
        return "".join(self.cells).strip()

    def words(self, line: BoxedLine) -> Iterator[tuple[str, str]]:
        """(as read, now) of each word; of a line without words, of its text."""
        at = 0
        for word in line.words:
            yield word.text, "".join(self.cells[at : at + len(word.text)]).strip()
            at += len(word.text) + word.space_after
        if not line.words:
            yield line.text, self.text


class _Step(NamedTuple):
    """A replacement of characters of the source."""

    span: Span
    text: str


def find(result: Result, places: Placed) -> dict[Key, Change]:
    """The lines that the repair changed."""
    found: dict[Key, Change] = {}

    def of(stretch: Stretch) -> Change:
        key = (stretch.page, stretch.line)
        return found.setdefault(key, Change(list(places.line(stretch).text)))

    gone: dict[Key, int] = defaultdict(int)
    steps = list(_steps(result))
    for step in steps:
        if not step.text:
            for stretch in places.within(step.span):
                gone[stretch.page, stretch.row] += len(stretch.span)
    out = {row for row, size in _rows(places).items() if gone[row] == size}
    for step in steps:
        text = step.text.strip()
        if "\n" in text or (step.text and not text):
            continue
        at = step.span.start
        if not len(step.span):
            before = next(places.within(Span(max(0, at - 1), at)), None)
            after = next(places.within(Span(at, at + 1)), None)
            if before is not None and (before.page, before.row) not in out:
                of(before).cells[before.start] += text
            elif after is not None and (after.page, after.row) not in out:
                cells = of(after).cells
                cells[after.start] = text + cells[after.start]
            continue
        for part in places.within(step.span):
            if (part.page, part.row) in out:
                continue
            cells = of(part).cells
            for offset in range(len(part.span)):
                place = part.span.start + offset - at
                cells[part.start + offset] = step.text[place : place + 1]
    for stretch in places.stretches:
        if (stretch.page, stretch.row) in out:
            of(stretch).is_out = True
    kept = [stretch for stretch in places.stretches if (stretch.page, stretch.row) not in out]
    broken = _breaks(result.original, steps)
    for one, two in pairwise(kept):
        if one.row == two.row and one.page == two.page:
            continue
        if bisect_left(broken, one.span.end) == bisect_left(broken, two.span.start + 1):
            of(one).goes_on = True
    return found


def in_place(
    text: str,
    pages: Sequence[ReadPage],
    changes: Mapping[Key, Change],
    splice: Callable[[Any, str], Iterable[Splice]],
) -> str:
    """The text of a file with these lines changed; `splice` says for a word's handle and its new text what
    stands where then."""
    found = list[Splice]()
    for (page, line), change in changes.items():
        read = pages[page].lines[line]
        if not change.is_out:
            words = zip(change.words(read.line), read.words, strict=True)
            for (old, new), handle in words:
                if old != new:
                    found += splice(handle, new)
    return spliced(text, found)


def _rows(places: Placed) -> dict[Key, int]:
    """How many characters each row has."""
    sizes: dict[Key, int] = defaultdict(int)
    for stretch in places.stretches:
        sizes[stretch.page, stretch.row] += len(stretch.span)
    return sizes


def _steps(result: Result) -> Iterator[_Step]:
    """The smallest differences between both texts; a replacement is as long as what it replaces."""
    for hunk in replay.hunks(result.journal.records):
        old = result.original[hunk.left.start : hunk.left.end]
        new = result.repaired[hunk.right.start : hunk.right.end]
        for code in Levenshtein.opcodes(old, new):
            if code.tag != "equal":
                span = Span(hunk.left.start + code.src_start, hunk.left.start + code.src_end)
                yield _Step(span, new[code.dest_start : code.dest_end])


def _breaks(source: str, steps: list[_Step]) -> list[int]:
    """Where lines still end, as places in the source."""
    gone = {at for step in steps for at in range(step.span.start, step.span.end)}
    kept = [at for at, char in enumerate(source) if char in "\n\f" and at not in gone]
    return sorted([*kept, *(step.span.start for step in steps if "\n" in step.text)])
