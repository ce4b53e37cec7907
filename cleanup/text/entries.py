"""Days and times that stand over the entries of a diary, a chronicle, a log: not the day of a page.

Over a page the same day comes again, with the paper's name, the section, the number of the page.
"""

from __future__ import annotations

from collections.abc import Container

from cleanup.text.dates import FULL
from cleanup.text.folios import Folio, Seen
from cleanup.text.patterns import regex_pattern

_TIME = regex_pattern(r"(?<!\d)\d{1,2}[:：.]\d\d(?:[:：.]\d\d)?(?!\d)")
_KINDS = {"date", "weekday", "number"}


def without(runs: list[list[Seen]], cuts: Container[int]) -> list[list[Seen]]:
    """The runs of lines that are no days over entries; `cuts`: the lines with which pages begin.

    They are, where days and times stand amid the pages, and differ.
    """
    days = [all(_is_day(seen.folio) for seen in run) for run in runs]
    whens = {
        when
        for run, day in zip(runs, days, strict=True)
        if day and run[0].line not in cuts and run[-1].line + 1 not in cuts
        for seen in run
        if (when := _when(seen.words))
    }
    return [run for run, day in zip(runs, days, strict=True) if not day] if len(whens) > 1 else runs


def _is_day(folio: Folio) -> bool:
    """Whether a line says a day, perhaps with its time, and nothing that only pages have."""
    return folio.has("date") and all(kind in _KINDS for kind, _ in folio.facts)


def _when(words: str) -> tuple[str, str] | None:
    """The day that a line says in digits, and the time behind it, if any; None: it says no day."""
    found = FULL.search(words)
    if found is None:
        return None
    time = _TIME.search(words, found.end())
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", time[0] if time else ""
