"""A name on the roster with one character misread: 胡衙华 -> 胡衡华.

Why: engines have seen few names; a misread one is lost to every search.
Leaves alone: names that may be another person's, by how likely such a name is; words that are ordinary
     Chinese; readings that fit two people; people who were not in post on the document's day.
Safety: LIKELY where the shape, the strangeness of the name shown, the office and the rest of the document
     leave one person; SUGGEST else, with the others named. A name that could well be somebody else's is
     changed only under that person's own office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import exp, log
from typing import NamedTuple

from cleanup.data.roster import Roster
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import occurrences
from cleanup.score.words import is_of_word, is_wording
from cleanup.text import offices, people
from cleanup.text.scripts import is_han

NAME = "names.misread"
SUMMARY = Message("按名册改正误读的人名", "Repair misread names by the roster")
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/common.tsv",
    "characters/shapes.tsv",
    "models/glyphs.bin",
    "models/pairs.bin",
    "names/characters.tsv",
    "names/minorities.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("胡衡华", "市长"), ("程丽华", "市政协主席"), ("李明清", "市委副书记"))
CASES = (
    Case("市长胡衙华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("参加会议的有胡衙华、程丽华。", "参加会议的有胡衡华、程丽华。", roster=_ROSTER),
    Case("李明青说，今年雨水好。", None, "may be another person: suggested only", roster=_ROSTER),
    Case("市长胡衡华出席会议。", None, roster=_ROSTER),
    Case("王晓明表示同意。", None, "another person, and no look-alike", roster=(("王小明", ""),)),
    Case("要明清责任，狠抓落实。", None, "ordinary words", roster=_ROSTER),
)
LIKELY_FROM, SUGGEST_FROM = 4.0, -1.5
"""Log odds from which a reading is made, and from which it is suggested."""
_STRANGE = -15.3
"""A name shown that is likelier than this may be another person, whatever it looks like."""
_OWN_OFFICE, _OTHER_OFFICE, _PRESENT, _OUT_OF_POST, _AGAIN = 5.0, -1.5, 3.0, -3.0, -1.0
_SMALL_WORDS = frozenset("与和把他她我你它向对被将从为以及等也都就让在是有的了不由给给但而或则并这那该其")
_SHORTER = -16.0
"""A name of two characters is as likely as this where the third may belong to the next word."""
_OVERLAP = -6.0
_WORD = 3.0
"""What speaks against a character that makes a word with its neighbour."""
_CROWD = 0.9
"""The more people, the less likely each is meant; per nat of people beyond 1,500."""
_SHORT, _BARE = -1.0, -2.5
"""What speaks for and against, in log odds; two-character names and places without a cue need more."""
_ALONE = 0.8
"""The share that the best of several people needs."""
_PARTING = frozenset(" \t\u3000\n\r\f、，。；：！？（）《》〈〉“”‘’【】·…—")
"""What parts names: never a misread character of one."""
_ENDS_OFFICE = frozenset("长记席员任理监授师家人官委表")
"""Last characters of offices: a cheap first look."""
_WHY_ZH = "“{0}”应为名册上的“{1}”（“{3}”误读为“{2}”）"
_WHY_EN = "{0} is {1} of the roster; {3} was read as {2}"


class _Match(NamedTuple):
    start: int
    shown: str
    name: str
    place: int
    """Which character differs."""

    @property
    def differing(self) -> tuple[str, str]:
        return self.shown[self.place], self.name[self.place]


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    if not tools.roster.people:
        return
    text = document.text
    exact = list(occurrences(text, tools.roster.names))
    whole = [name for name in exact if len(name.word) > 2 or _ends(text, name.end)]
    covered = {at for name in whole for at in range(name.start, name.end)}
    present = Counter(name.word for name in exact)
    found: dict[tuple[int, int], list[_Match]] = {}
    for match in _matches(tools.roster, text):
        start, end = match.start, match.start + len(match.name)
        if covered.isdisjoint(range(start, end)) and not document.is_opaque(start, end):
            found.setdefault((start, end), []).append(match)
    proposals: list[tuple[float, int, int, Fix]] = []
    for (start, end), matches in found.items():
        proposal = _propose(text, start, end, matches, present, tools)
        if proposal is not None:
            proposals.append((proposal[0], start, end, proposal[1]))
    proposals.sort(key=lambda row: (-row[0], row[1], -row[2]))
    taken: set[int] = set()
    for _, start, end, made in proposals:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield made


def _propose(
    text: str, start: int, end: int, matches: list[_Match], present: Counter[str], tools: Tools
) -> tuple[float, Fix] | None:
    shown, followed = matches[0].shown, people.speaks_after(text, end)
    if len(shown) == 2 and not followed:
        return None
    stated = tools.stated(text, start)
    cues = (bool(stated) or people.speaks_before(text, start)) + followed
    if cues < (2 if len(shown) == 2 else 0 if any(m.name in present for m in matches) else 1):
        return None
    if not stated and is_wording(text, start, end, tools.pairs):
        return None
    if any(tools.stated(text, at) for at in range(start + 1, end)):
        return None
    if cues < 2 and not stated:
        matches = [match for match in matches if match.place > 0]
    if not matches:
        return None
    crowd = _CROWD * max(0.0, log(len(tools.roster.by_name) / 1500))
    again = text.count(shown) - 1
    judged: list[tuple[float, bool, _Match]] = []
    for match in matches:
        office = _office(match.name, stated, tools)
        odds = tools.misread_odds(shown, match.name, match.place) + office
        odds += _reaches_over(text, start, match, tools)
        odds += (len(shown) == 2) * _SHORT + (cues < 2) * _BARE
        odds += (len(shown) > 2 and match.name in present) * _PRESENT
        odds -= crowd + _WORD * is_of_word(text, start + match.place, tools.pairs)
        if again > present[match.name]:
            odds += again * _AGAIN
        judged.append((odds, office > 0, match))
    judged.sort(key=lambda row: (-row[0], row[2].name))
    odds, own_office, best = judged[0]
    if odds < SUGGEST_FROM:
        return None
    weights = [exp(min(30.0, row[0] - odds)) for row in judged]
    rivals = tuple(
        dict.fromkeys(
            row[2].name for row, weight in zip(judged[1:], weights[1:], strict=True) if weight > 0.02
        )
    )
    level, confidence = Applicability.SUGGEST, min(0.7, 1 / (1 + exp(-odds)))
    safe = own_office or (best.name in present and len(shown) > 2 and best.place > 0)
    safe = safe or (
        tools.name_likelihood(shown) < _STRANGE and _settled(text, start, end, best, stated, tools)
    )
    if odds >= LIKELY_FROM and safe and 1 / sum(weights) >= _ALONE and (own_office or not rivals):
        level, confidence = Applicability.LIKELY, min(0.98, 1 / (1 + exp(-odds)))
    wrong, right = shown[best.place], best.name[best.place]
    why = Message(
        _WHY_ZH.format(shown, best.name, wrong, right), _WHY_EN.format(shown, best.name, wrong, right)
    )
    at = start + best.place
    evidence = (best.name, *(office.title for office in stated))
    return odds, fix(NAME, text, [(at, at + 1, right)], level, confidence, why, evidence, rivals)


def _settled(
    text: str, start: int, end: int, match: _Match, stated: list[offices.Office], tools: Tools
) -> bool:
    """Whether the place can only hold a name; a surname misread for a surname is somebody else's."""
    if match.differing[0] in _SMALL_WORDS and (match.place == 0 or len(match.shown) == 2):
        return False
    if match.place == 0 and tools.is_surname(match.shown[0]):
        return False
    if stated or people.introduces(text, start):
        return True
    if match.place == 0 and not people.speaks_before(text, start):
        return False
    if len(match.shown) > 2 and (people.acts(text, end) or people.fills_line(text, start, end)):
        return True
    if match.place and people.speaks_before(text, start) and people.acts(text, end):
        return True
    beside = [name for name in people.beside_in_list(text, start, end) if len(name) == 3]
    return any(tools.name_likelihood(name) > _STRANGE - 2 for name in beside)


def _ends(text: str, end: int) -> bool:
    """Whether a short name may end here; else it is the beginning of a longer one: 王义 in 王义涛."""
    return not is_han(text[end : end + 1] or " ") or people.speaks_after(text, end)


def _reaches_over(text: str, start: int, match: _Match, tools: Tools) -> float:
    """What speaks against a window whose differing character belongs to the words beside it: 马勇出席."""
    size = len(match.shown)
    end = start + size
    if size == 2:
        return 0.0
    if match.place == size - 1 and people.speaks_after(text, end - 1):
        if tools.name_likelihood(match.shown[:-1]) > _SHORTER:
            return _OVERLAP if people.speaks_after(text, end) else 3 * _OVERLAP
    elif match.place == 0 and people.speaks_before(text, start + 1):
        return _OVERLAP if tools.name_likelihood(match.shown[1:]) > _SHORTER else 0.0
    return 0.0


def _office(name: str, stated: list[offices.Office], tools: Tools) -> float:
    """What the offices before the name and the calendar say of the best person of that name."""
    best = -9.0
    for person in tools.roster.by_name[name]:
        odds = _OUT_OF_POST * (tools.in_post(person) is False)
        own = (
            offices.held(person.title, person.organization, tools.offices, tools.abbreviations)
            if stated
            else []
        )
        if any(offices.compatible(said, had) for said in stated for had in own):
            odds += _OWN_OFFICE
        elif own:
            odds += _OTHER_OFFICE
        best = max(best, odds)
    return best


def _matches(roster: Roster, text: str) -> Iterator[_Match]:
    """Places that differ from a name of the roster in exactly one character."""
    gaps = roster.gaps
    heads, later, first, sizes = gaps.heads, gaps.later, gaps.first, gaps.sizes
    for start, head in enumerate(text):
        if head in _PARTING:
            continue
        for size in sizes:
            shown = text[start : start + size]
            if len(shown) < size:
                break
            tail = shown[1:]
            if tail in first and _fits(text, start) and (size > 2 or _stands_alone(text, start)):
                for name in first[tail]:
                    if name != shown:
                        yield _Match(start, shown, name, 0)
            if head in heads:
                for place in range(1, size):
                    names = later.get(f"{shown[:place]}?{shown[place + 1 :]}")
                    if names and _fits(text, start + place):
                        for name in names:
                            if name != shown:
                                yield _Match(start, shown, name, place)


def _stands_alone(text: str, start: int) -> bool:
    """Whether two characters stand where a whole name may: cues on both sides."""
    return people.speaks_after(text, start + 2) and (
        people.speaks_before(text, start) or text[start - 1] in _ENDS_OFFICE
    )


def _fits(text: str, at: int) -> bool:
    """Whether the character may be a misread one: Han, or a mark or letter that stands alone."""
    char = text[at]
    if is_han(char):
        return True
    if char in _PARTING:
        return False
    return not any(
        beside.isascii() and beside.isalnum() for beside in text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    )
