"""A name that the text has several times, once misread: 周望朗 (three times), once 周望郎.

Why: people whom no roster has are named again and again in an article, or in the archive; one misreading
     stands out against the others.
Leaves alone: names of the roster, which have rules of their own; names that stand more than once; forms that
     look nothing like the name, or are as likely somebody else's (周望晴, the sister).
Safety: SUGGEST, since two people of one article may well have names alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp
from re import finditer

import numpy as np
from numpy.typing import NDArray

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import in_simplified
from cleanup.text import near, people, unknown_names

NAME = "names.repeated"
SUMMARY = Message(
    "本文或档案中多次出现的人名，此处一字不同",
    "A name seen several times in the text or archive, here with one character else",
)
SAFETY = Applicability.SUGGEST
NEEDS = (
    "models/drawn.bin",
    "models/naming.tsv",
    "models/runs.bin",
    "names/characters.tsv",
    "names/minorities.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
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
def find(document: Document, tools: Tools) -> Iterable[Fix]:
    text = document.text
    codes = near.codes(text)
    odd, often = _triples(text, codes, tools)
    known = _known(often, tools)
    for start in _near(codes, odd, known):
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
        why = Message(_WHY_ZH.format(shown, name), _WHY_EN.format(shown, name))
        edit = (start + at, start + at + 1, name[at])
        others = tuple(other for _, other, _ in ranked[1:])
        yield fix(NAME, text, [edit], SAFETY, min(0.7, share), why, (name,), others)


def _triples(text: str, codes: near.Codes, tools: Tools) -> tuple[NDArray[np.int64], set[str]]:
    """Three Han characters that may begin with a surname: where those that stand once, before what may follow
    a name, begin; and those that stand _OFTEN."""
    han = (codes >= 0x3400) & (codes <= 0x9FFF)
    starts = near.starts(codes, 3)
    family = near.among(codes, "".join(sorted({name[0] for name in tools.surnames})))
    starts = starts[family[starts] & han[starts + 1] & han[starts + 2]]
    keys = (codes[starts] << np.uint64(32)) | (codes[starts + 1] << np.uint64(16)) | codes[starts + 2]
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    once, often = starts[first[counts == 1]], starts[first[counts >= _OFTEN]]
    once = once[people.may_begin_sequel(codes)[once + 3]]
    return np.sort(once), {text[at : at + 3] for at in often.tolist()}


def _near(codes: near.Codes, starts: NDArray[np.int64], known: Mapping[str, list[str]]) -> list[int]:
    """Those of `starts` where but one character may differ from a known name."""
    index = near.Near({name for names in known.values() for name in names})
    fits = (index.fits(codes, starts, size, at) for size in index.sizes for at in range(size))
    return sorted({start for found in fits for start in found.tolist()})


def _known(often: set[str], tools: Tools) -> dict[str, list[str]]:
    """What may be a name known from the text or the archive, by all but one of its characters."""
    names = set(often)
    if tools.profile:
        names |= tools.profile.often_named(_FILES)
    found: dict[str, list[str]] = {}
    for name in sorted(names - tools.roster.by_name.keys()):
        for at in range(3):
            found.setdefault(f"{name[:at]}?{name[at + 1 :]}", []).append(name)
    return found


def _stands(text: str, name: str, tools: Tools) -> bool:
    """Whether `name` stands as a name somewhere in the text."""
    places = (match.start() for match in finditer(name, text))
    return any(unknown_names.stands(text, tools.surnames, at, at + 3) for at in places)


def _beside(shown: str, known: Mapping[str, list[str]], tools: Tools) -> Iterable[tuple[str, int]]:
    for at in range(3):
        for name in known.get(f"{shown[:at]}?{shown[at + 1 :]}", ()):
            if name != shown and tools.naming.likeness(shown[at], name[at]) >= _ALIKE:
                yield name, at


def _share(shown: str, name: str, at: int, tools: Tools) -> float:
    """How likely `shown` is `name` misread, against somebody else's name."""
    odds = tools.naming.misread(shown, name, at, 1) + _PRESENT - tools.naming.other(shown)
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds))))
