"""Of every record of a journal: did it bring the text nearer to the truth?

Each change is weighed where it stands, in a window of the repaired text: with it and without it against the
same stretch of the truth. Signs decide; where they are the same, line ends and spaces do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from cleanup.measure.compare import Comparison
from cleanup.measure.texts import solids
from cleanup.model.hunks import Hunk
from cleanup.model.journal import Journal, Record
from cleanup.model.replay import hunks
from cleanup.text.patterns import re_pattern

REACH = 12
"""Signs on either side of a change that are looked at."""
LARGEST = 20_000
"""Windows longer than this are not weighed."""
_LINE_END = re_pattern(r"[ \t\u3000\u00a0]*[\n\f]\s*")
_SPACE = re_pattern(r"[ \t\u3000\u00a0]+")


@dataclass(frozen=True)
class Verdict:
    """What a record did (or a suggestion would do)."""

    record: Record
    nearer: int
    """By so many signs the text came nearer to the truth; below 0: farther."""
    spacing: int = 0
    """The same in line ends and spaces, where signs stayed the same."""

    @property
    def sign(self) -> int:
        """1 right, -1 wrong, 0 neither."""
        step = self.nearer or self.spacing
        return (step > 0) - (step < 0)


class _Windows:
    """Stretches of the clean text beside the truth."""

    def __init__(self, made: Comparison) -> None:
        self._made = made
        self.clean = made.text.whole

    def around(self, start: int, end: int) -> tuple[int, int, str]:
        """The window around a place of the clean text, and what the truth has there."""
        text, truth = self._made.text, self._made.truth
        first = max(0, bisect_left(text.places, start, 0, len(text)) - REACH)
        last = min(len(text), bisect_left(text.places, end, 0, len(text)) + REACH)
        low, high = self._made.to_truth[first], self._made.to_truth[last]
        stop = truth.places[high] if high < len(truth) else len(truth.whole)
        begin = truth.places[low] if first else 0
        left = text.places[first] if first else 0
        right = text.places[last] if last < len(text) else len(text.whole)
        return left, right, truth.whole[begin:stop]


def applied(journal: Journal, source: str, made: Comparison) -> list[Verdict]:
    """Verdicts on what was changed; `made` compares the journal's output with its truth."""
    windows = _Windows(made)
    records = journal.records
    nearer, spacing = dict[int, int](), dict[int, int]()
    for hunk in hunks(records):
        signs, spaces = _weigh_hunk(windows, hunk, source)
        # Several records may have made a hunk together: the last that changed signs answers for them.
        solid = [mark for mark in hunk.marks if _changes_signs(records[mark])]
        answers = max(solid or hunk.marks, key=lambda mark: records[mark].step or 0)
        nearer[answers] = nearer.get(answers, 0) + signs
        spacing[answers] = spacing.get(answers, 0) + spaces
    return [
        Verdict(record, nearer.get(index, 0), spacing.get(index, 0))
        for index, record in enumerate(journal.records)
        if record.status == "applied"
    ]


def suggested(journal: Journal, made: Comparison) -> list[Verdict]:
    """Verdicts on what was proposed and not made, each as if it alone were made."""
    windows = _Windows(made)
    found: list[Verdict] = []
    for record in journal.withheld:
        if not record.edits:
            continue
        start, end = record.edits[0].span.start, max(edit.span.end for edit in record.edits)
        left, right, truth = windows.around(start, end)
        parts: list[str] = []
        at = left
        for edit in record.edits:
            parts += (windows.clean[at : edit.span.start], edit.after)
            at = edit.span.end
        changed = "".join(parts) + windows.clean[at:right]
        found.append(Verdict(record, *_weigh(windows.clean[left:right], changed, truth)))
    return found


def makers(journal: Journal, made: Comparison, places: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """For each wrong sign of the truth (sorted) the rules that changed the text there."""
    text, low, high = made.text, *made.edges
    found = hunks(journal.records)
    starts = [hunk.right.start for hunk in found]
    for place in places:
        first, last = low[place], high[place + 1]
        begin = text.places[first - 1] + 1 if first else 0
        end = text.places[last] if last < len(text) else len(text.whole)
        at = bisect_left(starts, begin)
        near = [h for h in found[max(0, at - 1) : at + 8] if h.right.start <= end and h.right.end >= begin]
        yield tuple(dict.fromkeys(journal.records[mark].rule for h in near for mark in h.marks))


def _changes_signs(record: Record) -> bool:
    return any("".join(edit.before.split()) != "".join(edit.after.split()) for edit in record.edits)


def _weigh_hunk(windows: _Windows, hunk: Hunk, source: str) -> tuple[int, int]:
    start, end = hunk.right.start, hunk.right.end
    left, right, truth = windows.around(start, end)
    undone = windows.clean[left:start] + source[hunk.left.start : hunk.left.end] + windows.clean[end:right]
    return _weigh(undone, windows.clean[left:right], truth)


def _weigh(before: str, after: str, truth: str) -> tuple[int, int]:
    """By how many signs, and line ends and spaces, `after` is nearer to the truth than `before`."""
    if max(len(before), len(after), len(truth)) > LARGEST:
        return 0, 0
    right, one, two = solids(truth, before, after)
    signs = Levenshtein.distance(one.text, right.text) - Levenshtein.distance(two.text, right.text)
    if one.text != two.text:
        return signs, 0
    wanted = _spaced(truth)
    return 0, Levenshtein.distance(_spaced(before), wanted) - Levenshtein.distance(_spaced(after), wanted)


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", _LINE_END.sub("\n", text)).strip()
