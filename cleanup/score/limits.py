"""Changes that are never proposed, and those that a person decides: of numbers, quotes, Latin words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates
from cleanup.score.scan import DASH, LETTER, NUMBER, NUMERAL, QUOTE, Scan, Traits, traits

_WIDE = np.uint32(ord("！") - ord("!"))
"""Between a sign and its full-width form."""
_NO_MARKS = np.array([ord("／"), ord("％")], dtype=np.uint32)
"""Signs of which nothing is mended where they are set full-width."""


def forbidden(found: Scan, thought: Candidates) -> NDArray[np.bool_]:
    """Candidates that are never proposed: digits and what parts them, quotes turned round, numerals."""
    put = thought.char.view(np.uint32)
    read, new = found.traits[thought.at], traits(put)
    numeral, digit, quote = (read & which != 0 for which in (NUMERAL, NUMBER, QUOTE))
    to_numeral = new & NUMERAL != 0
    in_number = _in_number(found.traits, thought)
    replaced = (
        (numeral & to_numeral)
        | (digit & in_number)
        | (quote & (new & QUOTE != 0))
        | ((read & DASH != 0) & (put == ord("一")))
        | (put == found.codes[thought.at] + _WIDE) & np.isin(put, _NO_MARKS)
    )
    dropped = digit | quote | (numeral & in_number) | _in_digits(found.traits, thought)
    kept = np.where(thought.kind == DELETE, dropped, replaced & (new & DASH == 0))
    return np.asarray(np.where(thought.kind == INSERT, to_numeral, kept))


def _in_number(of: Traits, thought: Candidates) -> NDArray[np.bool_]:
    """Candidates at places beside digits or numerals."""
    beside = (
        of[np.maximum(thought.at - 1, 0)] * (thought.at > 0) | of[np.minimum(thought.at + 1, len(of) - 1)]
    )
    return np.asarray(beside & (NUMERAL | NUMBER) != 0)


def _in_digits(of: Traits, thought: Candidates) -> NDArray[np.bool_]:
    """Candidates between two digits: a number without what parts its digits is another."""
    before, behind = of[np.maximum(thought.at - 1, 0)], of[np.minimum(thought.at + 1, len(of) - 1)]
    return np.asarray((thought.at > 0) & (before & behind & NUMBER != 0))


def delicate(codes: NDArray[np.uint32], thought: Candidates) -> NDArray[np.bool_]:
    """Candidates that change a number or take a letter out of a Latin word: a person decides."""
    of, new = np.pad(traits(codes), 1), traits(thought.char.view(np.uint32))
    before, here, behind = (of[thought.at + by] for by in range(3))
    number = (here & (NUMERAL | NUMBER) | new & NUMERAL) != 0
    swap = (thought.kind == SUBSTITUTE) & (new & DASH == 0)
    in_number = (before | behind) & (NUMERAL | NUMBER) != 0
    shortened = (here & LETTER != 0) & ((before | behind) & LETTER != 0)
    return np.asarray((swap & number & in_number) | ((thought.kind == DELETE) & shortened))
