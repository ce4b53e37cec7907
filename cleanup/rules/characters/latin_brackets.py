"""Full-width brackets around Latin words, where the text sets half-width ones: 静（silent) -> 静(silent)

Why: engines read the brackets and commas of word lists now in one width, now in the other.
Leaves alone: texts that set （ ） around Latin, pairs of one width, commas where brackets are never misread.
Safety: LIKELY; a pair of two widths is always misread, and the other pairs of the text say which half is.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text import foreign
from cleanup.text.patterns import re_pattern

NAME = "characters.latin-brackets"
SUMMARY = Message(
    "外文词两边误读成全角的括号、逗号改为半角",
    "Brackets and commas around Latin words, misread as full-width",
)
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "()"
CASES = (
    Case(
        "沉默（silence)、介绍(introduction)、决定（decision)等词（见上文）",
        "沉默(silence)、介绍(introduction)、决定(decision)等词（见上文）",
    ),
    Case(
        "危险(dangerous，danger）\n简单（simple，simplicity)\n美丽(beautiful，beauty)\n大（great,greatness)\n"
        "静(silent, silence)\n象征(symbolize，symbol)\n",
        "危险(dangerous, danger)\n简单(simple, simplicity)\n美丽(beautiful, beauty)\n大(great,greatness)\n"
        "静(silent, silence)\n象征(symbolize, symbol)\n",
        "a list of words",
    ),
    Case("丹·班克(Dan Bank)和科顿(Tom Cotton)等人（见上文）到会", None, "nothing is misread"),
    Case("丹·班克(Dan，Bank)和科顿(Tom Cotton)等人（见上文）到会", None, "set so, for all that can be seen"),
    Case("沉默（silence）、介绍（introduction)、决定（decision）等词（见上文）", None, "mostly full-width"),
)
_COMMA = re_pattern(r"(?<=[A-Za-zÀ-ž])，(?=[ ]?[A-Za-zÀ-ž])")
_CONFUSED = 2
"""Pairs of two widths from which on commas are in doubt as well (by hand)."""
_WHY = Message("外文词两边的括号、逗号应为半角", "The text sets brackets around Latin words half-width")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    pairs = list(foreign.PAIR.finditer(text))
    some = [match for match in pairs if foreign.WORDS.fullmatch(match[2])]
    mixed = sum((match[1] == "（") is not (match[3] == "）") for match in some)
    if not mixed or not foreign.is_styled(pairs):
        return
    for match in some:
        start, end = match.span()
        if (match[1] == "（" and match[3] == "）") or document.is_opaque(start, end):
            continue
        changes = [(start, start + 1, "(")] * (match[1] == "（")
        if mixed >= _CONFUSED:
            commas = (comma.start() for comma in _COMMA.finditer(text, start, end))
            changes += [(at, at + 1, "," if text[at + 1] == " " else ", ") for at in commas]
        changes += [(end - 1, end, ")")] * (match[3] == "）")
        if changes:
            yield fix(NAME, text, changes, SAFETY, 0.94, _WHY)
