"""A name of the roster broken over two lines: 市长胡衡 / 华出席 -> 市长胡衡华出席.

Why: lines that are kept as printed (lists, captions, short columns) break names; searches miss them.
Leaves alone: lines that end where a name ends, verse and lists in which the next line begins with a name;
     places that do not speak for a name before and after.
Safety: LIKELY for names of three characters and more between cues.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

NAME = "names.broken"
SUMMARY = Message("接上断在两行的人名（按名册）", "Rejoin names broken over two lines, by the roster")
SAFETY = Applicability.LIKELY
NEEDS = ("offices/offices.tsv", "organizations/abbreviations.tsv")
_ROSTER = (("胡衡华", "市长"), ("王炯", "主任"))
CASES = (
    Case("市长胡衡\n华出席会议", "市长胡衡华出席会议", roster=_ROSTER),
    Case("记者 胡衡\n华 摄", "记者 胡衡华 摄", roster=_ROSTER),
    Case("主任王\n炯出席", None, "two characters: anything", roster=_ROSTER),
    Case("市长胡衡\n\n华出席会议", None, "another paragraph", roster=_ROSTER),
    Case("# 市长胡衡\n# 华出席会议", None, "headings", roster=_ROSTER),
)
_BREAK = regex_pattern(rf"(?<=[{HAN}])[ \u3000]?\n[ \u3000]?(?=[{HAN}])")
_LONGEST = 4
_WHY_ZH, _WHY_EN = "名册上的“{0}”断在两行", "{0} of the roster is broken over two lines"


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text, known = document.text, tools.roster.by_name
    for match in _BREAK.finditer(text) if known else ():
        cut, behind = match.span()
        kinds = {document.lines[document.line_at(at)].kind for at in (cut, behind)}
        if kinds != {"body"} or document.is_opaque(cut, behind):
            continue
        for size in range(_LONGEST, 2, -1):
            for before in range(1, size):
                start, end = cut - before, behind + size - before
                name = text[start:cut] + text[behind:end]
                if name not in known or len(name) != size:
                    continue
                named = tools.stated(text, start) or people.speaks_before(text, start)
                if named and people.speaks_after(text, end):
                    why = Message(_WHY_ZH.format(name), _WHY_EN.format(name))
                    yield fix(NAME, text, [(cut, behind, "")], SAFETY, 0.93, why, (name,), (), name, (name,))
