"""The name of an organ that differs from a known one by a character or two: 国家发展和改良委员会: flagged.

Why: models put a likelier word for the one that is printed; in a name there is but one that is right.
Leaves alone: names of other organs (国家食品药品监督管理总局 beside 国家药品监督管理局), short names
     (国家教材委员会, 国家教育委员会), places before a name; characters lost or doubled (phrases.near); what
     right text says too: no run of five characters around the difference may be known to the language model.
Safety: a flag; nothing is changed. The names that it may be are said.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text.scripts import is_han

NAME = "suspicions.organ"
SUMMARY = Message("标出与已知机构名称相差一两字的名称", "Flag names of organs that nearly are known ones")
SAFETY = Applicability.SUGGEST
NEEDS = ("organizations/abbreviations.tsv", "models/runs.bin")
CASES = (
    Case("国家发展和改良委员会印发通知。", flags=True),
    Case("会议由中国人民政治协调会议全国委员会召开。", flags=True),
    Case("中华全国归国侨胞联合会来函。", flags=True),
    Case("国家发展和改革委员会印发通知。", None),
    Case("省发展和改革委员会印发通知。", None, "of a province"),
    Case("由国家教材委员会办公室组织编写。", None, "another organ"),
    Case("国家食品药品监督管理总局印发通知。", None, "another organ"),
)
_EDGE, _MOST, _RUN = 2, 2, 5
"""Characters that must be the same at either end, those that may differ, and those that right text may not
have so."""


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    found: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for start, end, part in occurrences(text, tools.organ_parts.forms):
        for name in tools.organ_parts.names[part]:
            near = _near(text, start, end, part, name)
            if near is not None and not _is_said(text, near[0], name, tools):
                found.setdefault(near[0], []).append((near[1], name))
    last = 0
    for (start, end), names in sorted(found.items(), key=lambda one: (one[0][0], min(one[1]), one[0][1])):
        if start < last or document.is_opaque(start, end):
            continue
        last = end
        likeliest = tuple(dict.fromkeys(name for _, name in sorted(names)))
        shown = text[start:end]
        why = Message(f"“{shown}”疑为“{likeliest[0]}”", f"{shown} is perhaps {likeliest[0]}")
        yield flag(NAME, Span(start, end), 0.6, why, likeliest)


def _near(text: str, start: int, end: int, part: str, name: str) -> tuple[tuple[int, int], int] | None:
    """The place around a half of a name where a name of the same length with the same ends stands, and in how
    many characters it differs."""
    first = start if name.startswith(part) else end - len(name)
    shown = text[max(first, 0) : first + len(name)]
    if len(shown) != len(name) or not all(map(is_han, shown)):
        return None
    if shown[:_EDGE] != name[:_EDGE] or shown[-_EDGE:] != name[-_EDGE:]:
        return None
    apart = sum(one != two for one, two in zip(shown, name, strict=True))
    return ((first, first + len(name)), apart) if 0 < apart <= _MOST else None


def _is_said(text: str, span: tuple[int, int], name: str, tools: Names) -> bool:
    """Whether right text has a run of characters too that this name has not."""
    shown = text[span[0] : span[1]]
    known = tools.model.levels(tools.model.alphabet.ids(shown))[_RUN - 2]
    runs = [at for at in range(len(known)) if shown[at : at + _RUN] not in name]
    return not runs or bool(known[runs].any())
