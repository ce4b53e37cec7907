"""A name on the roster with one character misread: 胡衙华 -> 胡衡华.

Why: engines have seen few names; a misread one is lost to every search.
Leaves alone: names that may be another person's, by how likely they are and by an encyclopedia's titles;
     ordinary words; readings that fit two people; people who were not in post on the document's day.
Safety: LIKELY where shape, the strangeness of the name shown, office, calendar and the rest of the document
     leave one person, by a model fitted to misread names and to names of others; SUGGEST else, with the
     others named. A surname is changed for another only where that is next to sure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import exp
from typing import NamedTuple

import numpy as np

from cleanup.data.search import Found, occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.score.words import is_of_word, is_wording
from cleanup.text import near, offices, people
from cleanup.text.scripts import is_han

NAME = "names.misread"
SUMMARY = Message("按名册改正误读的人名", "Repair misread names by the roster")
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/common.tsv",
    "characters/misread.tsv",
    "models/drawn.bin",
    "models/reread.bin",
    "models/naming.tsv",
    "models/pairs.bin",
    "models/runs.bin",
    "names/characters.tsv",
    "names/minorities.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "names/titles.bin",
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
    Case("江文涛主持会议。", None, "somebody whom an encyclopedia knows", roster=(("汪文涛", ""),)),
    Case("李月或说，好。", "李月成说，好。", roster=(("李月成", ""),)),
    Case("李月或王明出席会议。", None, "or", roster=(("李月成", ""),)),
    Case("市长胡衡第12页", None, "a number follows", roster=_ROSTER),
    Case("责编：伟鹏\n", None, "a given name whose surname is lost: suggested", roster=(("李鹏", "总理"),)),
)
LIKELY_FROM, SURNAME_FROM, SUGGEST_FROM = 0.6, 0.97, 0.001
"""Share of one person, against rivals and everybody else, from which a name is repaired, one surname is
changed for another, and a name is suggested. The first is chosen by names_bench.py's trials with others."""
_EVEN = 20.0
"""How many times others count in the fit (naming.py): by how much a share falls short of what is likely."""
_OFFICE: dict[offices.Agreement, float] = {"own": 6.0, "like": 0.0, "other": -1.5}
_PRESENT, _OUT_OF_POST = 2.5, -3.0
_AGAIN, _ELSEWHERE = 1.0, 0.7
"""What each further occurrence of the form in the document speaks for its being right; and, by logarithm, in
the archive."""
_WORD, _BARE, _OVERLAP = -3.0, -1.5, -6.0
"""A character that makes a word with its neighbour; a cue on one side alone; a character of the next word."""
_NUMERALS = frozenset("一二三四五六七八九十百千万〇零")
_SHORTER, _NAME_BESIDE = -16.0, -17.5
"""From here on a shorter run of characters, and a neighbour in a list, is taken for a name."""
_RIVAL, _FAINT = 0.1, 0.02
"""What a rival may weigh against the best where a name is repaired; from where on rivals are named."""
_PARTING = " \t\u3000\n\r\f，、。；：！？（）《》〈〉“”‘’【】〔〕「」『』｛｝〖〗［］()[]{}<>·…—"
"""What parts names: never a misread character of one."""
_WHY_ZH = "“{0}”应为名册上的“{1}”（“{3}”误读为“{2}”）"
_WHY_EN = "{0} is {1} of the roster; {3} was read as {2}"


class _Match(NamedTuple):
    name: str
    place: int
    """Which character differs."""


class _Judged(NamedTuple):
    weight: float
    own_office: bool
    match: _Match


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    if not tools.roster.people:
        return
    text = document.text
    exact = list(occurrences(text, tools.roster.names))
    whole = [name for name in exact if len(name.word) > 2 or _ends(text, name.end)]
    present = Counter(name.word for name in exact)
    proposals: list[tuple[float, int, int, Fix]] = []
    for start, end, matches in _windows(text, whole, present, tools):
        proposal = _propose(text, start, end, matches, present, tools)
        if proposal is not None and not document.is_opaque(start, end):
            proposals.append((proposal[0], start, end, proposal[1]))
    proposals.sort(key=lambda row: (-row[0], row[1], -row[2]))
    taken: set[int] = set()
    for _, start, end, made in proposals:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            yield made


def _propose(
    text: str, start: int, end: int, matches: list[_Match], present: Counter[str], tools: Names
) -> tuple[float, Fix] | None:
    shown, followed = text[start:end], people.speaks_after(text, end)
    if len(shown) == 2 and not followed:
        return None
    stated = tools.stated(text, start)
    cues = (bool(stated) or people.speaks_before(text, start)) + followed
    if cues < (2 if len(shown) == 2 else 0 if any(m.name in present for m in matches) else 1):
        return None
    wording = (not stated or len(shown) == 2) and is_wording(text, start, end, tools.pairs)
    if wording and not stated:
        return None
    if cues < 2 and not stated:
        matches = [match for match in matches if match.place > 0]
    matches = [match for match in matches if not people.has_more(text, start, end, match.name)]
    if not matches or any(tools.stated(text, at) for at in range(start + 1, end)):
        return None
    judged = [_judge(text, start, end, match, present, stated, cues, tools) for match in matches]
    judged.sort(key=lambda row: (-row.weight, row.match.name))
    weight, own_office, best = judged[0]
    somebody = tools.naming.other(shown)
    if len(shown) > 2 and people.speaks_after(text, end - 1):
        somebody = max(somebody, tools.naming.other(shown[:-1]))
    somebody += _AGAIN * max(0, text.count(shown) - 1 - present[best.name])
    somebody += _ELSEWHERE * np.log1p(tools.seen_in_archive(shown))
    shares = [exp(max(-60.0, row.weight - weight)) for row in judged]
    total = sum(shares) + exp(min(60.0, somebody - weight))
    if 1 / total < SUGGEST_FROM:
        return None
    rivals = tuple(
        dict.fromkeys(
            row.match.name
            for row, share in zip(judged[1:], shares[1:], strict=True)
            if share > _FAINT and row.match.name != best.name
        )
    )
    safe = own_office or _settled(text, start, end, best, best.name in present, stated, tools)
    wrong, right = shown[best.place], best.name[best.place]
    nobody = not wording and not tools.is_title(shown)
    alone = own_office or (nobody and (len(shares) == 1 or shares[1] < _RIVAL))
    alone = alone and any(tools.in_post(person) is not False for person in tools.roster.by_name[best.name])
    bar = SURNAME_FROM if best.place == 0 and tools.is_surname(wrong) else LIKELY_FROM
    given = len(shown) == 2 and best.place == 0 and not own_office and people.introduces(text, start)
    likely = 1 / total >= bar and alone and safe and not given and not {wrong, right} <= _NUMERALS
    level = Applicability.LIKELY if likely else Applicability.SUGGEST
    said = (shown, name := best.name, wrong, right)
    why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
    edit = (start + best.place, start + best.place + 1, right)
    evidence = (name, *(office.title for office in stated))
    held = min(0.98 if level else 0.7, _EVEN / (_EVEN + total - 1))
    return 1 / total, fix(NAME, text, [edit], level, held, why, evidence, rivals, name, said)


def _judge(
    text: str,
    start: int,
    end: int,
    match: _Match,
    present: Counter[str],
    stated: list[offices.Office],
    cues: int,
    tools: Names,
) -> _Judged:
    """What speaks for one person."""
    shown = text[start:end]
    office, firm = _office(match.name, stated, tools)
    weight = office + tools.naming.misread(shown, match.name, match.place, len(tools.roster.by_name))
    weight += _reaches_over(text, start, end, match.place, tools) + (cues < 2) * _BARE
    weight += (len(shown) > 2 and match.name in present) * _PRESENT
    weight += _WORD * is_of_word(text, start + match.place, tools.pairs)
    return _Judged(weight, firm, match)


def _settled(
    text: str,
    start: int,
    end: int,
    match: _Match,
    present: bool,
    stated: list[offices.Office],
    tools: Names,
) -> bool:
    """Whether the place can only hold a name; a surname misread for a surname is somebody else's."""
    shown, at, short = text[start:end], start + match.place, end - start == 2
    if text[at] in people.SMALL_WORDS and (match.place == 0 or short):
        return False
    if short and match.place == 0 and tools.naming.is_known(shown):
        return False
    if at + 1 == end and people.goes_on(text, at) and tools.name_likelihood(shown[:-1]) > _SHORTER:
        return False
    if tools.naming.is_wording(text, start, end, at):
        return False
    if stated or people.introduces(text, start) or (present and match.place):
        return True
    if match.place == 0 and not people.stands_apart(text, start):
        return False
    alone = people.acts(text, end) or people.fills_line(text, start, end)
    if alone and not (short and tools.naming.is_known(shown)):
        return True
    if match.place and people.speaks_before(text, start) and people.acts(text, end):
        return True
    beside = people.beside_in_list(text, start, end)
    if any(name in tools.roster.by_name for name in beside):
        return True
    return any(len(name) == 3 and tools.name_likelihood(name) > _NAME_BESIDE for name in beside)


def _ends(text: str, end: int) -> bool:
    """Whether a short name may end here; else it is the beginning of a longer one: 王义 in 王义涛."""
    return not is_han(text[end : end + 1] or " ") or people.speaks_after(text, end)


def _reaches_over(text: str, start: int, end: int, place: int, tools: Names) -> float:
    """What speaks against a window whose differing character belongs to the words beside it: 马勇出席."""
    shown = text[start:end]
    if len(shown) == 2:
        return 0.0
    if place == len(shown) - 1 and people.speaks_after(text, end - 1):
        if tools.name_likelihood(shown[:-1]) > _SHORTER:
            return _OVERLAP if people.speaks_after(text, end) else 3 * _OVERLAP
    elif place == 0 and people.speaks_before(text, start + 1):
        return _OVERLAP if tools.name_likelihood(shown[1:]) > _SHORTER else 0.0
    return 0.0


def _office(name: str, stated: list[offices.Office], tools: Names) -> tuple[float, bool]:
    """What the offices before the name and the calendar say of the best person of that name, and whether the
    office is just that person's."""
    best, firm = -9.0, False
    for person in tools.roster.by_name[name]:
        odds = _OUT_OF_POST * (tools.in_post(person) is False)
        own = tools.held(person) if stated else []
        agrees = offices.agreement(stated, own)
        odds += _OFFICE[agrees] if own else 0.0
        if odds > best:
            best, firm = odds, agrees == "own" and odds > 0
    return best, firm


def _windows(
    text: str, whole: list[Found], present: Counter[str], tools: Names
) -> Iterator[tuple[int, int, list[_Match]]]:
    """Places, apart from whole names, that differ in exactly one character from a name of the roster.

    Names that the document has elsewhere are found anywhere; others where the context may speak for a name.
    """
    codes = near.codes(text)
    closed = near.among(codes, _PARTING)
    for name in whole:
        closed[name.start : name.end] = True
    blocked = np.concatenate(([0], np.cumsum(closed)))
    named = near.among(codes, "".join(tools.office_ends))
    before = people.may_follow_introduction(codes) | np.concatenate(([False], named[:-1]))
    after = people.may_begin_sequel(codes)
    here = near.Near(name for name in present if len(name) > 2 and name in tools.roster.by_name)
    found: dict[tuple[int, int], dict[_Match, None]] = {}
    for index, anywhere in ((tools.roster.near, False), (here, True)):
        for size in index.sizes:
            starts = near.starts(codes, size)
            starts = starts[blocked[starts + size] == blocked[starts]]
            one, two = before[starts], after[starts + size]
            for place in range(size):
                cues = one & (two | named[starts - 1]) if size == 2 or place == 0 else one | two
                wanted = starts if anywhere else starts[cues]
                for start in index.fits(codes, wanted, size, place).tolist():
                    if _fits(text, start + place):
                        shown = text[start : start + size]
                        matches = (_Match(name, place) for name in tools.roster.beside(shown, place))
                        some = (m for m in matches if not anywhere or m.name in present)
                        found.setdefault((start, start + size), {}).update(dict.fromkeys(some))
    for (start, end), fitting in sorted(found.items()):
        if fitting:
            yield start, end, list(fitting)


def _fits(text: str, at: int) -> bool:
    """Whether the character may be a misread one: Han (no 第 of a number), a mark or letter on its own."""
    char, behind = text[at], text[at + 1 : at + 2]
    if is_han(char) or char.isdigit():
        return is_han(char) and not (char == "第" and (behind.isdigit() or behind in _NUMERALS))
    return not any(beside.isascii() and beside.isalnum() for beside in text[max(0, at - 1) : at] + behind)
