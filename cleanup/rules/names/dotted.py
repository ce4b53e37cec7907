"""A name in several parts (Uygur, foreign) whose dot is lost or damaged: 买买提艾力 -> 买买提·艾力.

Why: engines read · as ., -, 一 or not at all; searches then miss the name.
Leaves alone: names that the roster has without a dot; parts that do not stand together.
Safety: LIKELY, since all the characters of the name stand there in order; one of them may be misread in a
     long name, for one that looks like it. SUGGEST where a mark may part two people.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import by_roster, occurrences
from cleanup.text import near
from cleanup.text.scripts import is_han

NAME = "names.dotted"
SUMMARY = Message(
    "补正少数民族和外国人名中的间隔号与误字", "Repair names in several parts: their dots, a misread character"
)
SAFETY = Applicability.LIKELY
NEEDS = ("characters/shapes.tsv", "characters/misread.tsv")
_ROSTER = (("买买提·艾力", "村支书"), ("努尔·白克力", "自治区主席"))
CASES = (
    Case("村支书买买提艾力说。", "村支书买买提·艾力说。", roster=_ROSTER),
    Case("村支书买买提.艾力说。", "村支书买买提·艾力说。", roster=_ROSTER),
    Case("自治区主席努尔一白克力出席。", "自治区主席努尔·白克力出席。", roster=_ROSTER),
    Case("自治区主席努尔·白充力出席。", "自治区主席努尔·白克力出席。", roster=_ROSTER),
    Case("努尔·白克力出席。", None, roster=_ROSTER),
    Case("努尔·白文山出席。", None, "another", roster=_ROSTER),
)
_DOTS = "·・•‧∙･．.●。、—－一-"
_DOT = regex.compile(f"[{regex.escape(_DOTS)}][ \u3000]?|[ \u3000]")
_OTHER_MARKS = frozenset("、。 \u3000")
"""Marks that part two people as well."""
_ALIKE, _LONG, _SHORT = 60, 5, 4
_WHY_ZH, _WHY_EN = "应为名册上的“{0}”", "this is {0} of the roster"


@by_roster
def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text, dotted = document.text, tools.roster.dotted
    if not dotted.meant:
        return
    places = _without_dots(text)
    bare = "".join(text[at] for at in places)
    taken: set[int] = set()
    for start, end, found in occurrences(bare, dotted.forms):
        taken.update(range(start, end))
        yield from _fixes(document, places[start:end], dotted.meant[found], -1)
    codes = near.codes(bare)
    for size in dotted.near.sizes if len(codes) else ():
        for at in range(size):
            for start in dotted.near.fits(codes, near.starts(codes, size), size, at).tolist():
                shown = bare[start : start + size]
                for name in dotted.beside(shown, at):
                    if taken.isdisjoint(range(start, start + size)):
                        yield from _fixes(document, places[start : start + size], name, at, tools)


def _without_dots(text: str) -> list[int]:
    """Places of the characters that are no dot between two Han characters (nor a blank there)."""
    dots: set[int] = set()
    for match in _DOT.finditer(text):
        start, end = match.span()
        if start and end < len(text) and is_han(text[start - 1]) and is_han(text[end]):
            dots.update(range(start, end))
    return [at for at in range(len(text)) if at not in dots]


def _fixes(
    document: Document, places: list[int], name: str, wrong: int, tools: Tools | None = None
) -> Iterable[Fix]:
    """The fix that makes a name of the characters at `places`; `wrong`: which of them is misread."""
    text, start, end = document.text, places[0], places[-1] + 1
    parts = name.split("·")
    changes: list[tuple[int, int, str]] = []
    cuts, count = set(), 0
    for part in parts[:-1]:
        count += len(part)
        cuts.add(count)
    for at in range(1, len(places)):
        between = text[places[at - 1] + 1 : places[at]]
        wanted = "·" if at in cuts else ""
        if between != wanted:
            changes.append((places[at - 1] + 1, places[at], wanted))
    if "\n" in text[start:end] or document.is_opaque(start, end):
        return
    if wrong >= 0 and tools is not None:
        shown, right = text[places[wrong]], name.replace("·", "")[wrong]
        alike = tools.likeness(shown, right) >= _ALIKE or tools.was_read_for(shown, right)
        if not alike or not is_han(shown) or changes or len(places) < _LONG:
            return
        changes.append((places[wrong], places[wrong] + 1, right))
    if changes:
        marks = {char for start, end, _ in changes for char in text[start:end] if wrong < 0}
        level = SAFETY
        if marks & _OTHER_MARKS or len(places) < _SHORT or min(map(len, parts)) < 2:
            level = Applicability.SUGGEST
        why = Message(_WHY_ZH.format(name), _WHY_EN.format(name))
        yield fix(NAME, text, changes, level, 0.93, why, (name,))
