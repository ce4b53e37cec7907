"""A long text in parts that are repaired one by one: memory is bounded by the part, not by the text.

Cuts depend on the words around them, not on distances, so that the repaired text is cut where its source was.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cleanup.engine.run import Run
from cleanup.formats import LONG
from cleanup.model.described import Fact, Jump, Region, Stitch, Structure
from cleanup.model.fix import Edit, Span
from cleanup.model.journal import Record
from cleanup.model.packed import Packed
from cleanup.text.opaque import switched_off
from cleanup.text.patterns import regex_pattern

LEAST, MOST = LONG // 3, LONG
"""Characters of a part."""
_SEAM = regex_pattern(r"(?<=[。！？”])[ 　]*\n\s*[\n\f]\s*(?=\S)")
"""A sentence is over, and a blank line or a page's end follows."""
_WEAKER = (
    regex_pattern(r"(?<=[。！？”])[ 　]*[\n\f]\s*"),
    regex_pattern(r"[\n\f]"),
    regex_pattern("[。！？]"),
)
_ONE_IN = 16
"""So many seams are passed over before one is taken."""


def cut(text: str, unbroken: Callable[[str], Iterable[Span]] = switched_off) -> Iterator[Span]:
    """The parts of a text: one, unless it is long; no cut parts what is `unbroken`."""
    start = 0
    off = sorted(unbroken(text)) if len(text) > MOST else []
    while len(text) - start > MOST:
        end = _end(text, start)
        end = next((span.end for span in off if span.start < end < span.end), end)
        yield Span(start, end)
        start = end
    yield Span(start, len(text))


def _end(text: str, start: int) -> int:
    low, high = start + LEAST, start + MOST
    seams = [match.end() for match in _SEAM.finditer(text, low, high)]
    for at in seams:
        if zlib.crc32(text[at : at + 4].encode("utf-8", "surrogatepass")) % _ONE_IN == 0:
            return int(at)
    if seams:
        return int(seams[-1])
    for weaker in _WEAKER:
        ends = [match.end() for match in weaker.finditer(text, low, high)]
        if ends:
            return int(ends[-1])
    return high


class Merger:
    """Puts together what was found in the parts, one after the other, each at its place in the whole."""

    def __init__(self) -> None:
        self.records: Packed[Record] = Packed()
        self._texts: list[str] = []
        self._facts: Packed[Fact] = Packed()
        self._regions: Packed[Region] = Packed()
        self._jumps: list[Jump] = []
        self._stitches: list[Stitch] = []
        self._format = ""
        self._before: list[int] = []
        """For each step, how long the text of the parts so far was when the step received it."""
        self._source = self._output = self._lines = self._pages = self._articles = 0
        self._seen: NDArray[np.uint64] = np.zeros(0, dtype=np.uint64)
        """Ids of all records so far, sorted; a long text has more than fit into a dict."""

    @property
    def text(self) -> str:
        """The repaired text of all parts."""
        return "".join(self._texts)

    @property
    def structure(self) -> Structure:
        """The structure of all parts."""
        return Structure(
            self._format,
            self._pages + 1,
            self._lines + 1,
            tuple(self._jumps),
            self._facts,
            tuple(self._stitches),
            self._regions,
        )

    def add(self, source: str, found: Run, structure: Structure) -> None:
        """Take in the next part: its text, what a run made of it, and its own structure."""
        self.records.add(self.moved(found.records))
        self._place(structure)
        self._texts.append(found.document.text)
        received = [len(source), *found.lengths]
        while len(self._before) < len(received):
            self._before.append(self._output)
        for step in range(len(self._before)):
            self._before[step] += received[min(step, len(received) - 1)]
        self._source += len(source)
        self._output += received[-1]
        self._lines += source.count("\n") + source.count("\f")
        self._pages += source.count("\f")
        self._articles = max((r.article for r in structure.regions), default=0) + self._articles

    def moved(self, records: list[Record]) -> list[Record]:
        """Records of the next part in the whole; the second and later of one id get -2, -3 …"""
        ids = np.array([int(record.id, 16) for record in records], dtype=np.uint64)
        before = self._seen.searchsorted(ids, "right") - self._seen.searchsorted(ids)
        seen = dict(zip(ids.tolist(), before.tolist(), strict=True))
        # A stable sort merges what is sorted already.
        self._seen = np.sort(np.concatenate((self._seen, np.sort(ids))), kind="stable")
        moved = []
        for key, record in zip(ids.tolist(), records, strict=True):
            seen[key] += 1
            moved.append(self._record(record, seen[key]))
        return moved

    def _place(self, part: Structure) -> None:
        """Keep the structure of the next part."""

        def out(span: Span) -> Span:
            return _moved(span, self._output)

        lines, pages, articles = self._lines, self._pages, self._articles
        self._format = part.format
        self._jumps += (replace(j, output=out(j.output), line=j.line + lines) for j in part.jumps)
        self._stitches += (replace(s, line=s.line + lines) for s in part.stitches)
        self._facts.add(replace(f, line=f.line + lines, page=f.page + pages) for f in part.facts)
        self._regions.add(
            replace(
                r,
                output=out(r.output),
                line=r.line + lines,
                article=r.article + articles if r.article else 0,
            )
            for r in part.regions
        )

    def _record(self, record: Record, count: int) -> Record:
        name = record.id if count == 1 else f"{record.id}-{count}"
        if not self._source:
            return record if count == 1 else replace(record, id=name)
        offset = self._output
        if record.step is not None and record.step < len(self._before):
            offset = self._before[record.step]
        return replace(
            record,
            id=name,
            edits=tuple(Edit(_moved(e.span, offset), e.before, e.after) for e in record.edits),
            span=_moved(record.span, self._source),
            line=record.line + self._lines,
            page=record.page + self._pages,
            output=None if record.output is None else _moved(record.output, self._output),
        )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
