"""A text laid beside its truth: which signs are wrong, lost or too many, and what stands for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cleanup.measure import blocks
from cleanup.measure.blocks import Block
from cleanup.measure.texts import Solid

NOTHING = ""
Pair = tuple[str, str]
"""What the truth has, what the text has; one of them may be nothing."""


@dataclass(frozen=True)
class Comparison:
    """A text and its truth."""

    truth: Solid
    text: Solid

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks.align(self.truth.text, self.text.text)

    @cached_property
    def distance(self) -> int:
        """Edits between truth and text, in signs."""
        return sum(
            max(one.end - one.start, one.other_end - one.other) for one in self.blocks if not one.equal
        )

    @cached_property
    def wrong(self) -> set[int]:
        """Signs of the truth that the text has wrong or lacks."""
        return {at for one in self.blocks if not one.equal for at in range(one.start, one.end)}

    @cached_property
    def extra(self) -> set[int]:
        """Signs of the text that the truth does not have."""
        return {
            at
            for one in self.blocks
            if not one.equal
            for at in range(one.other + one.end - one.start, one.other_end)
        }

    @cached_property
    def edges(self) -> tuple[list[int], list[int]]:
        """For each gap of the truth where the text's additions in it begin and where they end."""
        size = len(self.truth)
        low, high = [0] * (size + 1), [0] * (size + 1)
        for one in self.blocks:
            if one.start == one.end:
                high[one.start] = one.other_end
                continue
            for step in range(one.start, one.end):
                there = min(one.other + step - one.start, one.other_end)
                high[step] = max(high[step], there)
                low[step + 1] = high[step + 1] = min(there + 1, one.other_end)
        return low, high

    @cached_property
    def to_truth(self) -> list[int]:
        """Gap of the text → gap of the truth."""
        found = [0] * (len(self.text) + 1)
        for one in self.blocks:
            for step in range(one.other, one.other_end + 1):
                found[step] = min(one.start + step - one.other, one.end)
        return found

    @cached_property
    def cuts(self) -> set[int]:
        """Line ends of the text as gaps of the truth, without the text's own ends."""
        moved: dict[int, int] = {}
        # From the text's side: of equally short alignments another may be found, and benches take this one.
        for one in blocks.align(self.text.text, self.truth.text):
            for at in range(one.start, one.end + 1):
                if one.equal:
                    moved[at] = one.other + at - one.start
                else:
                    moved.setdefault(at, one.other_end if at == one.end else one.other)
        size = len(self.truth)
        return {moved.get(end, size) for end in self.text.line_ends} - {0, size}

    @cached_property
    def confusions(self) -> Counter[Pair]:
        """What stands for what; runs of unlike length are paired as far as they go."""
        found: Counter[Pair] = Counter()
        for one in self.blocks:
            if one.equal:
                continue
            printed = [self.truth.sign(c) for c in self.truth.text[one.start : one.end]]
            read = [self.text.sign(c) for c in self.text.text[one.other : one.other_end]]
            size = max(len(printed), len(read))
            printed += [NOTHING] * (size - len(printed))
            read += [NOTHING] * (size - len(read))
            found.update(zip(printed, read, strict=True))
        return found

    def right(self, spans: Iterable[tuple[int, int]]) -> list[bool]:
        """Whether each span of the truth stands in the text as it is, in one piece, no digit grown to it."""
        low, high = self.edges
        text, truth = self.text.text, self.truth.text
        found = []
        for start, end in spans:
            there, till = high[start], low[end]
            same = text[there:till] == truth[start:end]
            grown = _digit(text, till) > _digit(truth, end) or _digit(text, there - 1) > _digit(
                truth, start - 1
            )
            found.append(same and not grown)
        return found


def _digit(text: str, at: int) -> bool:
    return at >= 0 and text[at : at + 1].isdigit()
