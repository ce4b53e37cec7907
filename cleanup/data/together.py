"""Lists of words that are looked for in every text: one search finds them all."""

from __future__ import annotations


class Together(tuple[str, ...]):
    """Words that are searched for together with those of the other lists of this kind."""

    __slots__ = ()
