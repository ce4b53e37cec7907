"""What is known of a word that may have drifted from a formula, as numbers."""

from __future__ import annotations

from typing import NamedTuple

from cleanup.score.formulas import ANCHOR

BREAK = -7.0
"""Nats, from both sides together, that the two characters at a break may have at the most, and those where
the text comes back. Of the breaks in formulas 96 % where a word was lost, swapped or replaced have no
more."""
WITHIN, GAIN, SAID = 0.3, 8.0, 3.0
"""How probable such a character is held to be wrong of which but one side is odd (by hand); so many nats by
which the formula makes the place likelier, from either side; and so often (a logarithm) as it was counted at
the least. In 700,000 characters of right text four are suggested."""


class Cues(NamedTuple):
    """What is known of a change, as numbers."""

    lost: int
    """Characters that the formula has there."""
    shown: int
    """Characters that the text has there."""
    swapped: bool
    """Both have the same characters."""
    shared: float
    """Share of the characters of the shorter that the longer has."""
    left: int
    right: int
    nearer: int
    """The shorter of both."""
    said: float
    """Logarithm of how often the formula was counted."""
    share_left: float
    share_right: float
    gain_left: float
    """Nats from the left by which the formula makes the place likelier."""
    gain_right: float
    break_left: float
    break_right: float
    """Nats of the character behind the break from the left, and of the one before it from the right."""
    own: float
    """Mean nats of what the text has there."""
    own2: float
    own3: float
    own4: float
    own5: float
    """Logarithms of the least counts of runs of 2 to 5 characters that hold what differs, as the text has
    it."""
    new2: float
    new3: float
    new4: float
    new5: float
    """The same as the formula has it."""
    around: float
    """Mean nats of the characters around."""
    rivals: int
    """Other changes at the same place."""
    lead: float
    """By how many nats more than the best of them it makes the place likelier."""
    again: int
    """How often the text says it so elsewhere."""
    other: int
    """How often it says it as the formula does."""
    mark: bool
    """A mark of punctuation differs."""
    quoted: bool
    """It stands within quotes or a title."""


def is_within(cues: Cues) -> bool:
    """Whether one character is too many, or another, that makes a word with what is beside it: 严的基调,
    严格的基调. There is but one break then, of which the trees know nothing."""
    gain = min(cues.gain_left, cues.gain_right)
    return (
        cues.shown == 1 and cues.lost <= 1 and max(cues.break_left, cues.break_right) > 0.5 * BREAK
        and cues.nearer >= ANCHOR and gain >= GAIN and cues.own4 < 0 and cues.said >= SAID
    )  # fmt: skip
