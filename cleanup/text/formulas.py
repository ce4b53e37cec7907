"""Formulas in TeX, as vision-language models write them: $…$, $$…$$, \\(…\\), \\[…\\], \\begin{…}…\\end{…}.

What is not sure to be a formula is text (投资$1,200万，其中外资$300万); what is one is found whole, closed
or not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

SIGNS = ("$", "\\")
"""One of these stands in every formula."""
_OPEN = re_pattern(r"(?<!\\)(?:\\\\)*(\$\$|\$|\\\(|\\\[|\\begin\{(\w+\*?)\}|\\[A-Za-z]+(?=[ \d_^{(]|\\|$))")
_CLOSED_BY = {"$$": "$$", "\\(": "\\)", "\\[": "\\]"}
_ENVIRONMENTS = re_pattern(
    r"(?:equation|align(?:ed|at)?|gather(?:ed)?|[dr]?cases|[bBpvV]?(?:small)?matrix|array|split|mult(?:line|lined)|"
    r"eqnarray|math|displaymath|subequations|flalign|CD|tikzcd)\*?"
)
_WORDS = re_pattern(r"\\(?:text\w*|mathrm|mbox|operatorname\*?|tag\*?|label)\s*\{[^{}]*\}")
"""Words set in a formula."""
_TEX = re_pattern(r"\\[A-Za-z%,;:!{}|]|[\^_]|\\\\")
_RELATION = re_pattern(r"[=<>≤≥≈≠+×÷*/]")
_STOPS = re_pattern("[，。；：、！？]")
_HAN = re_pattern(f"[{HAN}]")
_PROSE = re_pattern(r"\b[a-z]{3,} (?:\S+ )*?[a-z]{3,}\b")
_BLANK = re_pattern(r"\n[ \t]*(?:\n|\Z)")
_LINE = re_pattern(rf"^[^\S\n]*([^\n${HAN}，。]*(?:\\|&[ ]?=)[^\n${HAN}，。]*)$", re.M)
_IN_LINE = re_pattern(r"(?<!:)\\[A-Za-z]{2,}[^\n]*[{}^_&=]|[{}^_&=][^\n]*\\[A-Za-z]{2,}|&[ ]?=|\\\\$")
"""A line of TeX without Chinese, and what makes it one."""
_RUN = re_pattern(r"[!-#%-~ ]*[!-#%-~]")
_ARGUMENTS = re_pattern(r"(?:\s?[_^]?\{[^{}\n]*\}|[_^]\w)*")
_LONGEST, _MOST_LINES = 400, 3
"""Characters and line ends of a formula within a sentence."""
_LONGEST_SET_OFF = 6000


class Formula(NamedTuple):
    """A formula where it stands."""

    start: int
    end: int
    set_off: bool
    """In lines of its own ($$, \\[, \\begin), as far as its marks say so."""


def find(text: str) -> list[Formula]:
    """The formulas of `text`, in order and disjoint."""
    found: list[Formula] = []
    if not any(sign in text for sign in SIGNS):
        return found
    at = 0
    while match := _OPEN.search(text, at):
        start, mark = match.start(1), match[1]
        if mark == "$":
            end = _dollar(text, start)
        elif mark in _CLOSED_BY:
            end = _pair(text, start, mark)
        elif match[2]:
            end = _environment(text, start, match[2], match.end())
        else:
            end = _ARGUMENTS.match(text, match.end()).end()  # type: ignore[union-attr]  # may be empty
            end = start if _HAN.search(text, match.end(), end) else end
        if end > start:
            found.append(Formula(start, end, mark in ("$$", "\\[") or bool(match[2])))
        at = max(end, match.end())
    return _with_lines(text, found)


def _with_lines(text: str, found: list[Formula]) -> list[Formula]:
    """The formulas, with lines of one whose beginning is lost: cut by a page, or never opened."""
    lines = [match.span() for match in _LINE.finditer(text) if _IN_LINE.search(match[0])]
    starts = [formula.start for formula in found]
    for start, end in lines:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        within = first > 0 and found[first - 1].end > start
        if not within and not any(formula.set_off for formula in found[first:last]):
            found[first:last] = [Formula(start, end, True)]
            starts[first:last] = [start]
    return found


def _dollar(text: str, start: int) -> int:
    """The end of the formula in a sentence that begins at a $; `start` where it is money or anything else."""
    close = start
    while (close := text.find("$", close + 1)) > 0 and text[close - 1] == "\\":
        pass
    if 0 < close - start <= _LONGEST and text[close : close + 2] != "$$":
        body = text[start + 1 : close]
        few = body.count("\n") <= _MOST_LINES and not _BLANK.search(body)
        if few and _is_formula(body, text[close + 1 : close + 2]):
            return close + 1
    # Never closed: what is surely a formula goes as far as the letters of one.
    run = _RUN.match(text, start + 1)
    end = run.end() if run else start
    return end if _TEX.search(text, start + 1, end) and "\\" in text[start:end] else start


def _is_formula(body: str, behind: str) -> bool:
    """Whether what stands between two $ is a formula, with the character behind the second."""
    plain = _WORDS.sub("", body)
    if not body.strip() or "`" in body:
        return False
    tex = bool(_TEX.search(body))
    if not tex and body[0].isdigit() and (behind.isdigit() or body.endswith(" ")):
        return False  # two amounts of money
    if _HAN.search(plain):
        return (tex or bool(_RELATION.search(plain))) and not _STOPS.search(plain)
    return tex or not _PROSE.search(body)


def _pair(text: str, start: int, mark: str) -> int:
    """The end of the formula between marks of two characters; without the second mark, up to a blank line."""
    inside = start + len(mark)
    close = text.find(_CLOSED_BY[mark], inside, inside + _LONGEST_SET_OFF)
    if close >= 0 and _is_set_off(text[inside:close]):
        return close + 2
    if mark == "\\(":
        return start
    blank = _BLANK.search(text, inside)
    end = blank.start() if blank else len(text.rstrip())
    own = not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>")
    if own and end > inside and _TEX.search(text, inside, end) and _is_set_off(text[inside:end]):
        return end
    return inside if mark == "$$" else start


def _is_set_off(body: str) -> bool:
    """Whether what stands between marks that set a formula off is one."""
    plain = _WORDS.sub("", body)
    if not body.strip() or "`" in body:
        return False
    if not _HAN.search(plain):
        return True
    if not (_TEX.search(plain) or _RELATION.search(plain)):
        return False
    return not ("。" in plain or (_STOPS.search(plain) and _BLANK.search(plain)))


def _environment(text: str, start: int, name: str, inside: int) -> int:
    if not _ENVIRONMENTS.fullmatch(name):
        return inside
    close = text.find(f"\\end{{{name}}}", inside)
    if close >= 0:
        return close + len(name) + 6
    blank = _BLANK.search(text, inside)
    return blank.start() if blank else len(text.rstrip())
