"""A name that the text has several times, once misread: 周望朗 (three times), once 周望郎.

Why: people whom no roster has are named again and again in an article, or in the archive; one misreading
     stands out against the others.
Leaves alone: names of the roster, which have rules of their own; names that stand more than once; forms that
     look nothing like the name, or are as likely somebody else's (周望晴, the sister).
Safety: SUGGEST, since two people of one article may well have names alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import in_simplified
from cleanup.text import people, unknown_names

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
_ALIKE = 2.0
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
    spans = sorted(set(unknown_names.find(text, tools.surnames)))
    counts = Counter(text[start:end] for start, end in spans)
    known = _known(text, counts, tools)
    for start, end in spans:
        shown = text[start:end]
        if len(shown) != 3 or shown in tools.roster.by_name or text.count(shown) > 1:
            continue
        if (
            tools.seen_in_archive(shown)
            or document.is_opaque(start, end)
            or not people.speaks_after(text, end)
        ):
            continue
        ranked = sorted(
            (-_share(shown, name, at, tools), name, at) for name, at in _beside(shown, known, tools)
        )
        if not ranked or -ranked[0][0] < _LEAST:
            continue
        share, name, at = -ranked[0][0], *ranked[0][1:]
        why = Message(_WHY_ZH.format(shown, name), _WHY_EN.format(shown, name))
        edit = (start + at, start + at + 1, name[at])
        others = tuple(other for _, other, _ in ranked[1:])
        yield fix(NAME, text, [edit], SAFETY, min(0.7, share), why, (name,), others)


def _known(text: str, counts: Mapping[str, int], tools: Tools) -> dict[str, list[str]]:
    """Names known from the text or the archive, by all but one of their characters."""
    names = {name for name in counts if len(name) == 3 and text.count(name) >= _OFTEN}
    if tools.profile:
        names |= tools.profile.often_named(_FILES)
    found: dict[str, list[str]] = {}
    for name in sorted(names - tools.roster.by_name.keys()):
        for at in range(3):
            found.setdefault(f"{name[:at]}?{name[at + 1 :]}", []).append(name)
    return found


def _beside(shown: str, known: Mapping[str, list[str]], tools: Tools) -> Iterable[tuple[str, int]]:
    for at in range(3):
        for name in known.get(f"{shown[:at]}?{shown[at + 1 :]}", ()):
            if name != shown and tools.naming.likeness(shown[at], name[at]) >= _ALIKE:
                yield name, at


def _share(shown: str, name: str, at: int, tools: Tools) -> float:
    """How likely `shown` is `name` misread, against somebody else's name."""
    odds = tools.naming.misread(shown, name, at, 1) + _PRESENT - tools.naming.other(shown)
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds))))
