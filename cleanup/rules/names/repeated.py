"""A name that the text has several times, once misread: 周望朗 (three times), once 周望郎.

Why: people whom no roster has are named again and again in an article, or in the archive; one misreading
     stands out against the others.
Leaves alone: names of the roster, which have rules of their own; names that stand more than once; forms that
     look nothing like the name, or are as likely somebody else's (周望晴, the sister).
Safety: SUGGEST, since two people of one article may well have names alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from math import exp
from re import finditer

import numpy as np
from numpy.typing import NDArray

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import near, people, unknown_names
from cleanup.text.groups import groups

NAME = "names.repeated"
SUMMARY = Message(
    "本文或档案中多次出现的人名，此处一字不同",
    "A name seen several times in the text or archive, here with one character different",
)
SAFETY = Applicability.SUGGEST
NEEDS = (
    "characters/misread.tsv",
    "models/drawn.bin",
    "models/naming.tsv",
    "models/reread.bin",
    "models/runs.bin",
    "names/characters.tsv",
    "names/minorities.tsv",
    "names/pairs.tsv",
    "names/surnames-rare.tsv",
    "names/surnames.tsv",
    "names/titles.bin",
)
_OFTEN, _FILES = 3, 5
"""A name counts as known from so many places of the text, or so many other files of the archive."""
_PRESENT, _LEAST = 2.5, 0.2
"""Log odds for a name because it is named here; the share from which a form is suggested to be it."""
_ALIKE = 1.0
"""Log weight of a misreading from which two characters look alike somewhat."""
_WHY_ZH = "“{0}”只此一处，本文或档案中多次作“{1}”"
_WHY_EN = "{0} stands here alone; the text or the archive has {1} again and again"
CASES = (
    Case(
        "周望朗说，好。周望朗表示满意。周望朗认为很快。周望郎说，粮多了。",
        "周望朗说，好。周望朗表示满意。周望朗认为很快。周望朗说，粮多了。",
    ),
    Case("周望朗说，好。周望朗表示满意。周望郎说，粮多了。", None, "only twice"),
    Case("周望郎说，粮多了。", "周望朗说，粮多了。", elsewhere=("周望朗说，好。",) * 6),
    Case("周望舒说，好。周望舒表示满意。周望舒认为很快。周望晴说，也好。", None, "her sister"),
)


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    codes = near.codes(text)
    odd, often = _triples(text, codes, tools)
    known = [_Known(often)] if often else []
    if tools.profile and (names := tools.profile.often_named(_FILES)):
        known.append(_of_archive(names))
    for start in sorted({start for names in known for start in names.near(codes, odd)}):
        shown = text[start : start + 3]
        if (
            not people.speaks_after(text, start + 3)
            or not unknown_names.stands(text, tools.surnames, start, start + 3)
            or shown in tools.roster.by_name
            or tools.seen_in_archive(shown)
            or document.is_opaque(start, start + 3)
        ):
            continue
        ranked = sorted(
            (-_share(shown, name, at, tools), name, at) for name, at in _beside(shown, known, tools)
        )
        if not ranked or -ranked[0][0] < _LEAST:
            continue
        share, name, at = -ranked[0][0], *ranked[0][1:]
        if name in often and not _stands(text, name, tools):
            continue
        said = (shown, name)
        why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
        edit = (start + at, start + at + 1, name[at])
        others = tuple(other for _, other, _ in ranked[1:])
        yield fix(NAME, text, [edit], SAFETY, min(0.7, share), why, (name,), others, name, said)


class _Known:
    """What may be names known from the text or the archive, found by all but one of their characters."""

    def __init__(self, names: Collection[str]) -> None:
        self._index = near.Near(names)
        self._one_apart = near.OneApart(sorted(names))

    def near(self, codes: near.Codes, starts: NDArray[np.int64]) -> set[int]:
        """Those of `starts` where but one character may differ from a name."""
        return {start for at in range(3) for start in self._index.fits(codes, starts, 3, at).tolist()}

    def beside(self, shown: str) -> Iterable[tuple[str, int]]:
        """The names that differ from `shown` in one character, and in which."""
        for at in range(3):
            for name in self._one_apart.beside(shown, at):
                yield name, at


@lru_cache(maxsize=2)
def _of_archive(names: frozenset[str]) -> _Known:
    """Those of an archive: all its pages share them."""
    return _Known(names)


def _triples(text: str, codes: near.Codes, tools: Names) -> tuple[NDArray[np.int64], set[str]]:
    """Three Han characters that may begin with a surname: where those that stand once, before what may follow
    a name, begin; and those that stand _OFTEN, before such at least once."""
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    starts = near.starts(codes, 3)
    family = near.among(codes, "".join(sorted({name[0] for name in tools.surnames})))
    starts = starts[family[starts] & han[starts + 1] & han[starts + 2]]
    keys = (codes[starts] << np.uint64(32)) | (codes[starts + 1] << np.uint64(16)) | codes[starts + 2]
    ends = people.may_begin_sequel(codes)[starts + 3]
    _, first, counts, back = groups(keys)
    named = np.bincount(back, ends, len(counts)) > 0
    once, often = (starts[first[named & wanted]] for wanted in (counts == 1, counts >= _OFTEN))
    return once, {text[at : at + 3] for at in often.tolist()}


def _stands(text: str, name: str, tools: Names) -> bool:
    """Whether `name` stands as a name somewhere in the text."""
    places = (match.start() for match in finditer(name, text))
    return any(unknown_names.stands(text, tools.surnames, at, at + 3) for at in places)


def _beside(shown: str, known: Iterable[_Known], tools: Names) -> Iterable[tuple[str, int]]:
    """The known names that `shown` may be misread for."""
    for name, at in dict.fromkeys(found for names in known for found in names.beside(shown)):
        if name not in tools.roster.by_name and tools.naming.likeness(shown[at], name[at]) >= _ALIKE:
            yield name, at


def _share(shown: str, name: str, at: int, tools: Names) -> float:
    """How likely `shown` is `name` misread, against somebody else's name."""
    odds = tools.naming.misread(shown, name, at, 1) + _PRESENT - tools.naming.other(shown)
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds))))
