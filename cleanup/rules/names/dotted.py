"""A name in several parts (Uygur, foreign), its dot or a character damaged: 买买提艾力 -> 买买提·艾力.

Why: engines read · as ., -, 一 or not at all; searches then miss the name.
Leaves alone: names that the roster has without a dot; parts that do not stand together; names of others,
     which differ in more than one character.
Safety: LIKELY, since all the characters of the name stand there in order; one of them may be misread in a
     long name, for one that looks like it, lost or doubled. SUGGEST where a mark may part two people, and
     where the name is known from the text alone (said with its dot twice or more), if it is not said so
     three times as often.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from cleanup.data import damaged
from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import near, people
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import is_han
from cleanup.text.several_parts import repeated

NAME = "names.dotted"
SUMMARY = Message(
    "补正少数民族和外国人名中的间隔号与误字", "Repair names in several parts: their dots, a misread character"
)
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/misread.tsv",
    "characters/shapes.tsv",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("买买提·艾力", "村支书"), ("努尔·白克力", "自治区主席"))
CASES = (
    Case("村支书买买提艾力说。", "村支书买买提·艾力说。", roster=_ROSTER),
    Case("村支书买买提.艾力说。", "村支书买买提·艾力说。", roster=_ROSTER),
    Case("自治区主席努尔一白克力出席。", "自治区主席努尔·白克力出席。", roster=_ROSTER),
    Case("自治区主席努尔·白充力出席。", "自治区主席努尔·白克力出席。", roster=_ROSTER),
    Case("努尔·白克力出席。", None, roster=_ROSTER),
    Case("努尔·白文山出席。", None, "another", roster=_ROSTER),
    Case("自治区主席努尔·白克克力说。", "自治区主席努尔·白克力说。", roster=_ROSTER),
    Case(
        "罗伯特·布朗到了。罗伯特·布朗说好，罗伯特·布朗笑了。罗伯特布朗走了。",
        "罗伯特·布朗到了。罗伯特·布朗说好，罗伯特·布朗笑了。罗伯特·布朗走了。",
    ),
    Case("罗伯特·布朗到了。约翰布朗走了。", None, "said once"),
)
_DOTS = "·・•‧∙･．.●。、—－一-"
_DOT = regex_pattern(f"[{regex.escape(_DOTS)}][ \u3000]?|[ \u3000]")
_OTHER_MARKS = frozenset("、。 \u3000")
"""Marks that part two people as well."""
_ALIKE, _LONG, _SHORT = 60, 5, 4
_REPEATED, _MANY = 2, 3
"""A name that the text itself has so often is one; a form of it that is so many times rarer is misread."""
_WHY_ZH, _WHY_EN = "应为“{0}”，名册或本文别处如此", "this is {0}, as on the roster or elsewhere in the text"


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, known = document.text, tools.roster.dotted
    counts = repeated(text, _REPEATED)
    own = damaged.dotted((name for name in counts if name not in tools.roster.by_name), ())
    if not known.meant and not own.meant:
        return
    places = _without_dots(text)
    bare = "".join(text[at] for at in places)
    codes = near.codes(bare)
    taken: set[int] = set()
    for names in (known, own):
        for start, end, found in occurrences(bare, names.forms):
            taken.update(range(start, end))
            name = names.meant[found]
            dotted = counts.get(name, 0)
            sure = names is known or dotted >= _MANY * (bare.count(found) - dotted)
            yield from _redotted(document, places[start:end], name, sure)
    for names in (known, own):
        for size in names.near.sizes if len(codes) else ():
            for at in range(size):
                for start in names.near.fits(codes, near.starts(codes, size), size, at).tolist():
                    shown = bare[start : start + size]
                    for name in names.beside(shown, at):
                        sure = names is known or counts[name] >= _MANY * bare.count(shown)
                        there = places[start : start + size]
                        free = taken.isdisjoint(range(start, start + size))
                        if free and (made := _misread(document, there, name, at, sure, tools)):
                            taken.update(range(start, start + size))
                            yield made
        for start, end, form in occurrences(bare, names.uneven.forms):
            if taken.isdisjoint(range(start, end)) and _ends(text, places[start], places[end - 1] + 1, tools):
                taken.update(range(start, end))
                yield from _evened(document, places[start:end], *names.uneven.meant[form], names is known)


def _ends(text: str, start: int, end: int, tools: Names) -> bool:
    """Whether nothing at [start, end) need belong to the words beside it."""
    before = tools.stated(text, start) or people.speaks_before(text, start)
    return bool(before) and people.speaks_after(text, end)


def _without_dots(text: str) -> list[int]:
    """Places of the characters that are no dot between two Han characters (nor a blank there)."""
    dots: set[int] = set()
    for match in _DOT.finditer(text):
        start, end = match.span()
        if start and end < len(text) and is_han(text[start - 1]) and is_han(text[end]):
            dots.update(range(start, end))
    return [at for at in range(len(text)) if at not in dots]


def _redotted(document: Document, places: list[int], name: str, sure: bool) -> Iterable[Fix]:
    """The fix that sets the dots of a name whose characters stand at `places`."""
    text, parts = document.text, name.split("·")
    changes = _dots(text, places, name)
    if not changes or _is_barred(document, places):
        return
    marks = {char for start, end, _ in changes for char in text[start:end]}
    short = len(places) < _SHORT or min(map(len, parts)) < 2
    level = Applicability.SUGGEST if marks & _OTHER_MARKS or short or not sure else SAFETY
    yield _fix(text, changes, level, name)


def _misread(
    document: Document, places: list[int], name: str, wrong: int, sure: bool, tools: Names
) -> Fix | None:
    """The fix of one misread character in a long name whose dots are right."""
    text, shown, right = document.text, document.text[places[wrong]], name.replace("·", "")[wrong]
    if len(places) < _LONG or not is_han(shown) or _dots(text, places, name) or _is_barred(document, places):
        return None
    alike = tools.likeness(shown, right) >= _ALIKE or tools.was_read_for(shown, right)
    if not alike and len(places) == _LONG:
        return None
    level = SAFETY if alike and sure else Applicability.SUGGEST
    return _fix(text, [(places[wrong], places[wrong] + 1, right)], level, name)


def _evened(
    document: Document, places: list[int], name: str, at: int, twice: bool, sure: bool
) -> Iterable[Fix]:
    """The fix of a long name one of whose characters is lost, or stands twice; its dots are right."""
    text, char = document.text, name.replace("·", "")[at]
    if _is_barred(document, places):
        return
    if twice:
        change = (places[at], places[at] + 1, "")
        shown = text[places[0] : places[at]] + text[places[at] + 1 : places[-1] + 1]
    else:
        before = places[at - 1] + 1 if at else places[0]
        # A part that lost its first character goes on behind the dot.
        before += at > 0 and text[before] == "·" and _begins_part(name, at)
        change = (before, before, char)
        shown = text[places[0] : before] + char + text[before : places[-1] + 1]
    if shown == name:
        level = SAFETY if sure and len(places) >= _LONG else Applicability.SUGGEST
        yield _fix(text, [change], level, name)


def _begins_part(name: str, at: int) -> bool:
    """Whether the character `at`, dots not counted, stands behind a dot of the name."""
    count = 0
    for part in name.split("·"):
        if at == count:
            return True
        count += len(part)
    return False


def _dots(text: str, places: list[int], name: str) -> list[tuple[int, int, str]]:
    """What must change between the characters at `places`."""
    cuts, count = set(), 0
    for part in name.split("·")[:-1]:
        count += len(part)
        cuts.add(count)
    changes = []
    for at in range(1, len(places)):
        between, wanted = text[places[at - 1] + 1 : places[at]], "·" if at in cuts else ""
        if between != wanted:
            changes.append((places[at - 1] + 1, places[at], wanted))
    return changes


def _is_barred(document: Document, places: list[int]) -> bool:
    start, end = places[0], places[-1] + 1
    return "\n" in document.text[start:end] or document.is_opaque(start, end)


def _fix(text: str, changes: list[tuple[int, int, str]], level: Applicability, name: str) -> Fix:
    why = Message(_WHY_ZH.format(name), _WHY_EN.format(name))
    return fix(NAME, text, changes, level, 0.93 if level else 0.6, why, (name,), (), name, (name,))
