"""A misread surname before an office, behind the full name: 局长李林 … 孝局长说 -> 李局长说.

Why: an article gives a name in full once and then says 李局长; misread, it seems to speak of somebody else.
Leaves alone: surnames of anybody; offices that nobody in the text holds; characters that belong to the office
     (副局长, 老局长, 各局长); surnames that look nothing like the character read.
Safety: LIKELY where nobody is called so and one person of the text fits; SUGGEST where it is a surname.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people, unknown_names
from cleanup.text.scripts import is_han

NAME = "names.surname"
SUMMARY = Message(
    "改正职务前误读的姓（本文前面有全名）",
    "Repair a misread surname before an office, by the full name in the text",
)
SAFETY = Applicability.LIKELY
NEEDS = (
    "characters/misread.tsv",
    "models/drawn.bin",
    "models/naming.tsv",
    "models/pairs.bin",
    "models/reread.bin",
    "models/runs.bin",
    "names/surnames-rare.tsv",
    "names/surnames.tsv",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
CASES = (
    Case("局长李志明出席会议。孝局长说，要抓落实。", "局长李志明出席会议。李局长说，要抓落实。"),
    Case("局长李志明出席会议。李局长说，要抓落实。", None),
    Case("局长李志明出席会议。季局长说，要抓落实。", None, "another surname: suggested only"),
    Case("局长李志明出席会议。老局长说，要抓落实。", None, "no name"),
    Case("县长李志明出席会议。孝局长说，要抓落实。", None, "another office"),
)
_ALIKE = 3.5
"""Log weight of a misreading from which two characters look alike."""
_NO_SURNAMES = frozenset(
    "副正老原前新该各两任总大小本此某为是当代现时常首女男众诸几多名位市县区省乡镇村厂校院所队"
)
_TIED = 3.0
"""From here on, in bits, a character belongs to the office behind it."""
_WHY_ZH = "“{0}”应为“{1}”：本文前面有{2}"
_WHY_EN = "{0} is {1}: the text names {2} before"


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    offices = occurrences(text, tools.office_words)
    places = [(start, end, word) for start, end, word in offices if _may_be(text, start, end, word, tools)]
    holders = _holders(text, tools) if places else {}
    for start, end, word in places:
        shown = text[start - 1]
        bearers = [
            name for title, at, name in holders.get(word[-2:], ()) if title.endswith(word) and at < start
        ]
        surnames = {name[0]: name for name in bearers}
        if shown in surnames or document.is_opaque(start - 1, end):
            continue
        alike = {
            surname: weight
            for surname in surnames
            if (weight := tools.naming.likeness(shown, surname)) >= _ALIKE
        }
        if not alike:
            continue
        best = max(sorted(alike), key=alike.__getitem__)
        sure = len(alike) == 1 and not tools.is_surname(shown)
        level = SAFETY if sure else Applicability.SUGGEST
        right, name = best + word, surnames[best]
        said = (shown + word, right, name)
        why = Message(_WHY_ZH.format(*said), _WHY_EN.format(*said))
        edit = (start - 1, start, best)
        yield fix(NAME, text, [edit], level, 0.9 if sure else 0.4, why, (right, name), (), right, said)


def _may_be(text: str, start: int, end: int, word: str, tools: Names) -> bool:
    """Whether a surname alone may stand before the office at [start, end)."""
    shown = text[start - 1 : start]
    if not shown or not is_han(shown) or shown in _NO_SURNAMES or not people.acts(text, end):
        return False
    if is_han(text[start - 2 : start - 1] or " "):
        return False
    link = tools.pairs.link(shown, word[0])
    return link is None or link < _TIED


def _holders(text: str, tools: Names) -> dict[str, list[tuple[str, int, str]]]:
    """The last two characters of an office → (office, where, name) of those whom the text names with it."""
    named = [(found.start, found.word) for found in occurrences(text, tools.roster.names)]
    named += [(start, text[start:end]) for start, end in unknown_names.find(text, tools.surnames)]
    found: dict[str, list[tuple[str, int, str]]] = {}
    for start, name in named:
        for office in tools.stated(text, start):
            found.setdefault(office.word[-2:], []).append((office.word, start, name))
    return found
