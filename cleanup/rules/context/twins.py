"""A passage that stands elsewhere in the archive too, where it reads otherwise: 各顷工作 there 各项工作.

Why: agency stories, lists and set pieces are printed many times; each printing is misread elsewhere.
     Needs the profile of an archive (`ocrfix survey`); without one the rule finds nothing.
Leaves alone: what another file has as it stands here; other wordings; the same in another script. Digits,
     Latin letters, several letters for another number of them, and what only one other file says of a name
     are suggested only.
Safety: LIKELY where the number of twins, the language model and the likeness leave little doubt; the others
     are suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import exp, log
from typing import NamedTuple

from cleanup.data import twins
from cleanup.data.twins import Difference
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import solid_around
from cleanup.score.ngram import Reals
from cleanup.score.scan import chances
from cleanup.text import unknown_names
from cleanup.text.scripts import is_han
from cleanup.text.simplify import folded
from cleanup.text.windows import Letters

NAME = "context.twins"
SUMMARY = Message("按档案中别处的同一段文字改正", "Repair by the same passage elsewhere in the archive")
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/misread.tsv",
    "models/drawn.bin",
    "models/reread.bin",
    "models/runs.bin",
    twins.WEIGHTS,
    "names/surnames.tsv",
)
_TEXT = "会议强调，要认真学习贯彻重要讲话精神，扎实推进各{}工作，确保各项任务落到实处。"
CASES = (
    Case(_TEXT.format("顷"), _TEXT.format("项"), elsewhere=(_TEXT.format("项"),) * 2),
    Case(_TEXT.format("项"), None, "the others are misread", elsewhere=(_TEXT.format("顷"),) * 1),
    Case(_TEXT.format("顷"), None, "no archive"),
    Case(_TEXT.format("項"), None, "in another script", elsewhere=(_TEXT.format("项"),) * 2),
)
SURE = 0.9
"""From here on a change is likely enough to be made."""
LEAST = 0.1
MOST = 5
_CAPPED = 0.6
"""The most that a doubtful change may claim."""
PLAUSIBLE = -14.0
"""Nats from both sides above which the letters here may be meant as they are: another wording."""
_AROUND = 24
"""Characters on both sides that the language model sees."""


_Sides = tuple[Reals, Reals]
"""Log-probabilities of a text's characters from the left and from the right."""


class _Place(NamedTuple):
    """Where a difference stands in the text."""

    start: int
    end: int
    changes: tuple[tuple[int, int, str], ...]
    """Edits; empty where it is open where they would go."""


def find(document: Document, tools: Names) -> Iterable[Fix]:
    if tools.profile is None:
        return
    text = document.text
    compared = twins.compare(text, tools.profile)
    named = [Span(*span) for span in unknown_names.find(text, tools.surnames)] if compared.places else []
    every = [each for differences in compared.places for each in differences]
    terms = dict(zip(every, evidence(text, compared.letters, every, tools), strict=True))
    for differences in compared.places:
        weighed = sorted((-probability(terms[each]), each) for each in differences)
        sure, found = -weighed[0][0], weighed[0][1]
        place = _place(text, compared.letters, found)
        shown = compared.letters.text(found.start, found.end)
        if sure < LEAST or not place.changes or document.is_opaque(place.start, place.end):
            continue
        if shown.replace("一", "") == found.after.replace("一", ""):
            continue  # a dash read as 一
        if folded(shown) == folded(found.after):
            continue  # the same in another script
        name = any(span.start <= place.start < span.end for span in named)
        if _doubtful(shown, found, name) or (shown and terms[found]["odd"] > PLAUSIBLE):
            sure = min(sure, _CAPPED)
        level = Applicability.LIKELY if sure >= SURE else Applicability.SUGGEST
        others = tuple(each.after for _, each in weighed[1:MOST])
        yield fix(NAME, text, list(place.changes), level, sure, _why(shown, found), _evidence(found), others)


def _doubtful(shown: str, found: Difference, named: bool) -> bool:
    """Whether twins may differ without anything being misread."""
    if not all(map(is_han, shown + found.after)):
        return True
    if found.files < 2 and (named or not found.after):
        return True
    return len(shown) != len(found.after) and max(len(shown), len(found.after)) > 1


def evidence(
    text: str, letters: Letters, differences: Sequence[Difference], tools: Names
) -> Iterator[dict[str, float]]:
    """For each difference, what speaks for and against the twins' reading."""
    ways = [_ways(text, letters, found) for found in differences]
    heard = iter(chances([way for both in ways for way in both[:2]], tools.model))
    for found, (_, _, left) in zip(differences, ways, strict=True):
        yield _terms(letters.text(found.start, found.end), left, found, next(heard), next(heard), tools)


def _ways(text: str, letters: Letters, found: Difference) -> tuple[str, str, str]:
    """The text around as it is and as the twins have it, and what of it stands on the left."""
    place = _place(text, letters, found)
    left, right = solid_around(text, place.start, place.end, _AROUND)
    return left + _solid(text[place.start : place.end]) + right, left + found.after + right, left


def _terms(
    shown: str, left: str, found: Difference, here: _Sides, there: _Sides, tools: Names
) -> dict[str, float]:
    after = found.after
    old, new = (float(forward.sum() + backward.sum()) for forward, backward in (here, there))
    # How little the letters here, or the two beside a gap, expect each other.
    forward, backward = here
    both = forward[1:] + backward[:-1] if not shown else forward + backward
    first = max(0, len(left) - 1) if not shown else len(left)
    odd = both[first : len(left) + len(shown)]
    gain, cosine = max(-40.0, min(40.0, new - old)), 0.0
    if len(shown) == len(after) == 1:
        one, two = (tools.glyphs.points(char)[0] for char in (shown, after))
        cosine = float((one * two).sum())
    return {
        "always": 1.0,
        "lone": float(found.files == 1),
        "files": log(found.files),
        "share": found.share,
        "gain": gain,
        "lone-gain": gain * (found.files == 1),
        "odd": max(-40.0, float(odd.min())) if len(odd) else 0.0,
        "cosine": cosine,
        "swap": float(len(shown) == len(after) == 1),
        "added": float(not shown),
        "dropped": float(not after),
        "long": log(max(len(shown), len(after), 1)),
    }


def probability(terms: dict[str, float]) -> float:
    """How probable it is that the twins are right."""
    weights = twins.weights()
    odds = sum(weights[name] * value for name, value in terms.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _solid(text: str) -> str:
    return "".join(text.split())


def _place(text: str, letters: Letters, found: Difference) -> _Place:
    places = letters.places
    start, end = found.start, found.end
    if start == end:
        at, behind = int(places[start - 1]) + 1, int(places[start])
        # A mark between leaves open on which side of it the lost letters stood.
        return _Place(at, at, ((at, at, found.after),) if not text[at:behind].strip() else ())
    first, last = int(places[start]), int(places[end - 1]) + 1
    if end - start == len(found.after):
        shown = letters.text(start, end)
        changes = tuple(
            (int(at), int(at) + 1, char)
            for at, old, char in zip(places[start:end], shown, found.after, strict=True)
            if old != char
        )
        return _Place(first, last, changes)
    if last - first == end - start:
        return _Place(first, last, ((first, last, found.after),))
    return _Place(first, last, ())


def _why(shown: str, found: Difference) -> Message:
    here, there = shown or "（无）", found.after or "（无）"
    return Message(
        f"同一段文字在档案中另 {found.files} 份文件里作“{there}”，此处作“{here}”",
        f"The same passage has {there} in {found.files} other files of the archive, {here} here",
    )


def _evidence(found: Difference) -> tuple[str, ...]:
    return (f"{found.after}: {found.files}",)
