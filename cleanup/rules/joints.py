"""Breaks between wrapped lines, weighed: how likely each line goes on in the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanup.blocks import is_sure
from cleanup.score.trees import Trees
from cleanup.text.seams import JOINED, Seam, outvoted


class Joint(NamedTuple):
    """A break between wrapped lines, weighed."""

    seam: Seam
    chance: float
    """That the line before goes on in the line behind, 0 to 1."""
    verse: float
    """That the lines around are verse, 0 to 1."""
    outvoted: bool
    """Hardly a line around goes on: it is verse or a list, and what looks as if it went on is left to
    a person."""

    @property
    def is_barred(self) -> bool:
        """Whether nothing may be joined here, whatever speaks for it."""
        return is_barred(self.seam)


def is_barred(seam: Seam) -> bool:
    """Whether nothing may be joined at a seam, whatever speaks for it."""
    return seam.stop or (seam.bar is not None and is_sure(seam.bar))


def weighed(among: Sequence[Seam], model: Trees, verses: Trees, before: Iterable[Joint]) -> list[Joint]:
    """The breaks of a document, weighed; from look to look most stay as they were `before`."""
    known = {joint.seam.cues: (joint.chance, joint.verse) for joint in before if not joint.is_barred}
    fresh = list({seam.cues: None for seam in among if not is_barred(seam) and seam.cues not in known})
    told = zip(model.probability(fresh), verses.probability(fresh), strict=True)
    known |= zip(fresh, told, strict=True)
    chances = [(0.0, 0.0) if is_barred(seam) else known[seam.cues] for seam in among]
    alone = outvoted([chance >= JOINED for chance, _ in chances], [verse for _, verse in chances])
    return [Joint(seam, *chance, lone) for seam, chance, lone in zip(among, chances, alone, strict=True)]
