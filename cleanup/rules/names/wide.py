"""A name of the roster with spaces between its characters: 王　炯 and 胡 衡 华 (王炯, 胡衡华 on the roster).

Why: print spreads names to fill a width, and engines read that as spaces; searches then miss the name.
Leaves alone: characters that are no name of the roster; spaces that part two names.
Safety: LIKELY for a name of three characters and more, and between marks of a sentence (王 炯、张三), where
     nothing is set to a width. SUGGEST for another two-character name set to the width of three, since that
     space is printed; who wants names whole accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import is_han

NAME = "names.wide"
SUMMARY = Message("合拢拉开排的人名（按名册）", "Close names set wide, by the roster")
SAFETY = Applicability.LIKELY
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
_ROSTER = (("王炯", "市人大常委会主任"), ("胡衡华", "市长"))
CASES = (
    Case("市长胡 衡 华出席会议。", "市长胡衡华出席会议。", roster=_ROSTER),
    Case("市长　胡　衡　华\n", "市长　胡衡华\n", roster=_ROSTER),
    Case("市长胡 衡华说，要抓落实。", "市长胡衡华说，要抓落实。", roster=_ROSTER),
    Case("出席的有：王  炯、胡　衡华，等等。", "出席的有：王炯、胡衡华，等等。", roster=_ROSTER),
    Case("市人大常委会主任　王　炯", None, "as printed: suggested only", roster=_ROSTER),
    Case("市委会　谈程序", None, "words", roster=(("会谈", ""),)),
    Case("王　炯", None, "not on the roster", roster=(("王大勇", ""),)),
)
_MARKS = frozenset("、，。；：（）")
_SPACE = regex_pattern(r"[ 　]{1,2}")
_WHY = Message("名册上的人名，字间拉开了", "A name of the roster, with spaces between its characters")


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, known = document.text, tools.roster.by_name
    taken = 0
    for space in _SPACE.finditer(text) if known else ():
        if space.start() < taken:
            continue
        for start, end in _windows(text, space.start()):
            name = _SPACE.sub("", text[start:end])
            if name not in known or document.is_opaque(start, end):
                continue
            spaces = [match.span() for match in _SPACE.finditer(text, start, end)]
            whole = len(spaces) in (1, len(name) - 1)
            if whole and _is_named(text, start, tools) and people.speaks_after(text, end):
                narrow = all("　" not in text[low:high] for low, high in spaces)
                level = SAFETY if len(name) > 2 else Applicability.SUGGEST
                if len(spaces) == 1 < len(name) - 1 and not narrow:
                    level = Applicability.SUGGEST
                if {text[start - 1 : start], text[end : end + 1]} <= _MARKS:
                    level = SAFETY
                edits = [(low, high, "") for low, high in spaces]
                yield fix(NAME, text, edits, level, 0.9 if level else 0.6, _WHY, (name,), (), name)
                taken = end
                break


def _windows(text: str, at: int) -> Iterable[tuple[int, int]]:
    """Stretches around the space at `at` with two to four Han characters in all, the longer first."""
    left = list(_steps(text, at, -1))
    right = [place + 1 for place in _steps(text, at, 1)]
    sizes = ((one, size - one) for size in (4, 3, 2) for one in range(1, size))
    for before, after in sizes:
        if before <= len(left) and after <= len(right):
            yield left[before - 1], right[after - 1]


def _steps(text: str, at: int, by: int) -> Iterator[int]:
    """The three Han characters next to the space at `at` in one direction, no more than two spaces apart."""
    spaces = found = 0
    place = at
    while found < 3 and spaces <= 2 and 0 <= place < len(text):
        if is_han(text[place]):
            spaces, found = 0, found + 1
            yield place
        elif text[place] in " 　":
            spaces += place != at
        else:
            return
        place += by


def _is_named(text: str, start: int, tools: Names) -> bool:
    before = text[max(0, start - 1) : start]
    return bool(not is_han(before or " ") or tools.stated(text, start) or people.speaks_before(text, start))
