"""Breaks between wrapped lines, weighed: how likely each line goes on in the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleanup.score.trees import Trees
from cleanup.text.seams import Seam, outvoted

_ALIKE = 0.6
"""Share of the column's width from which a line that a block bars votes with the lines around."""
_CLEAR = 0.9
"""How sure a block of short lines is that is no verse."""
_TOLD = 0.8
"""The chance where the language model alone tells that a full line goes on."""


class Joint(NamedTuple):
    """A break between wrapped lines, weighed."""

    seam: Seam
    chance: float
    """That the line before goes on in the line behind, 0 to 1."""
    verse: float
    """That the lines around are verse, 0 to 1."""
    outvoted: bool
    """Hardly a line around goes on: it is verse or a list, and what looks as if it went on is left
    as it is."""

    @property
    def is_barred(self) -> bool:
        """Whether nothing may be joined here, whatever speaks for it."""
        return is_barred(self.seam)


def is_barred(seam: Seam) -> bool:
    """Whether nothing may be joined at a seam, whatever speaks for it."""
    return seam.stop or (seam.bar is not None and seam.bar.is_sure)


def weighed(among: Sequence[Seam], model: Trees, verses: Trees, before: Iterable[Joint]) -> list[Joint]:
    """The breaks of a document, weighed; from look to look most stay as they were `before`."""
    known = {joint.seam.cues: (joint.chance, joint.verse) for joint in before if not joint.is_barred}
    fresh = list({seam.cues: None for seam in among if not is_barred(seam) and seam.cues not in known})
    told = zip(model.probability(fresh), verses.probability(fresh), strict=True)
    known |= zip(fresh, told, strict=True)
    chances = [(0.0, 0.0) if is_barred(seam) else known[seam.cues] for seam in among]
    voters = [at for at, seam in enumerate(among) if not _is_listed(seam)]
    own, alike = ([chances[at][which] for at in voters] for which in (0, 1))
    votes = outvoted(own, alike, [among[at].cues.link for at in voters])
    alone = dict(zip(voters, votes, strict=True))
    return [
        Joint(
            seam,
            max(chance, _TOLD) if seam.told and not is_barred(seam) else chance,
            verse,
            alone.get(at, False),
        )
        for at, (seam, (chance, verse)) in enumerate(zip(among, chances, strict=True))
    ]


def _is_listed(seam: Seam) -> bool:
    """Whether a block that is surely no verse bars a seam among short lines: they do not vote."""
    bar = seam.bar
    return bar is not None and bar.kind != "verse" and bar.sure >= _CLEAR and seam.cues.share < _ALIKE
