"""What the corrector reads in simplified script, as it is set where it stands on the page."""

from __future__ import annotations

from dataclasses import replace

from cleanup.score.corrector import Reading
from cleanup.text import simplify
from cleanup.text.scripts import is_mixed, is_traditional

_PARTICLE = "著", "着"
"""Traditional script sets the particle so or so."""
_BESIDE = 12
"""Characters on either side that tell the script of a place."""


def as_printed(simple: str, shown: str, reading: Reading) -> Reading | None:
    """The reading in the script of its place; None where it would change nothing but the script."""
    at, behind = reading.at, reading.at + len(reading.read)
    before, after = simple[max(0, at - 8) : at], simple[behind : behind + 8]
    traditional = _is_traditional_at(shown, at)

    def set_in(word: str) -> str | None:
        if word in simplify.CORNERS and "「" in shown:
            return simplify.CORNERS[word]
        return simplify.in_traditional(before, word, after) if word and traditional else word

    new = set_in(reading.new)
    read = shown[at:behind]
    if new is None or simplify.one_script(new) == simplify.one_script(read) or (read, new) == _PARTICLE:
        return None
    others = tuple(word for other in reading.others if (word := set_in(other)) is not None and word != read)
    # 乾 is 干 in simplified script: what the models saw may not be what is printed.
    guarded = reading.guarded or (bool(read) and set_in(reading.read) != read)
    return replace(reading, read=read, new=new, others=others, guarded=guarded)


def _is_traditional_at(shown: str, at: int) -> bool:
    """Whether a place is set in traditional script: by the nearest letter that only one script has where
    both stand on the page, else by the page."""
    if is_mixed(shown):
        for by in range(_BESIDE):
            for char in shown[at - by : at - by + 1], shown[at + by : at + by + 1]:
                if char and simplify.is_traditional_only(char) is not simplify.is_simplified_only(char):
                    return simplify.is_traditional_only(char)
    return is_traditional(shown)
