"""Two names of the roster run together in a headline: 胡衡华程丽华出席 -> 胡衡华 程丽华出席.

Why: headlines part names by space alone, and engines drop it.
Leaves alone: running sentences (there 、 may be lost, which a person must decide); names that could be cut
     otherwise, or are words together.
Safety: LIKELY in headlines and decks, and between two 、 of a list; SUGGEST in sentences.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Names
from cleanup.rules.kinds import in_simplified
from cleanup.text import people
from cleanup.text.paragraphs import is_prose

NAME = "names.run-together"
SUMMARY = Message("分开标题中连在一起的人名", "Part names run together in headlines")
SAFETY = Applicability.LIKELY
NEEDS = (
    "models/pairs.bin",
    "names/characters.tsv",
    "names/pairs.tsv",
    "names/surnames.tsv",
    "names/surnames-rare.tsv",
    "offices/offices.tsv",
    "organizations/abbreviations.tsv",
)
_ROSTER = (("胡衡华", "市长"), ("程丽华", "市政协主席"))
CASES = (
    Case("# 会议\n\n胡衡华程丽华出席\n", "# 会议\n\n胡衡华 程丽华出席\n", roster=_ROSTER),
    Case("到会的有王炯、胡衡华程丽华、李林。", "到会的有王炯、胡衡华、程丽华、李林。", roster=_ROSTER),
    Case("昨天，胡衡华程丽华出席。", None, "a sentence", roster=_ROSTER),
    Case("韩正在国家税务总局", None, "words", roster=(("韩正在", ""), ("国家税", ""))),
    Case("胡衡华 程丽华出席", None, roster=_ROSTER),
    Case("胡衡华主持 程丽华出席", None, roster=_ROSTER),
)
_LIST = ("、", "：", "有")
_NO_NAME, _TIED = -24.0, 4.0
"""Below the first nobody bears a name; from the second on, in bits, two characters make a word."""
_WHY = Message("两个人名连在一起，中间的空格丢了", "Two names run together; the space between is lost")
_WHY_PROSE = Message("两个人名连在一起，中间可能丢了顿号", "Two names run together; a 、 may be lost")


@in_simplified
def find(document: Document, tools: Names) -> Iterable[Fix]:
    text = document.text
    found = occurrences(text, tools.roster.names, overlapping=True)
    spans = [(start, end) for start, end, name in found if len(name) >= 2]
    starts: dict[int, list[int]] = {}
    for start, end in spans:
        starts.setdefault(start, []).append(end)
    ends = {end for _, end in spans}
    for start, cut in spans:
        for end in starts.get(cut, ()):
            if _other_reading(spans, start, cut, end):
                continue
            line = document.lines[document.line_at(start)]
            headline = line.kind == "heading" or (line.kind == "body" and not is_prose(document.words(line)))
            named = start in ends or people.speaks_before(text, start) or tools.stated(text, start)
            followed = end in starts or people.speaks_after(text, end)
            if not (named and followed and _parts(text, start, cut, end, tools)):
                continue
            listed = text[max(0, start - 1) : start] in _LIST and text[end : end + 1] in ("、", "等")
            short = end - start == 4  # two words as likely as two names
            level = Applicability.LIKELY if (headline or listed) and not short else Applicability.SUGGEST
            between, why = (" ", _WHY) if headline else ("、", _WHY_PROSE)
            yield fix(NAME, text, [(cut, cut, between)], level, 0.95 if level else 0.5, why)


def _parts(text: str, start: int, cut: int, end: int, tools: Names) -> bool:
    """Whether nothing ties the two together, and both can be names."""
    link = tools.pairs.link(text[cut - 1], text[cut])
    least = min(tools.name_likelihood(text[start:cut]), tools.name_likelihood(text[cut:end]))
    return least > _NO_NAME and (link is None or link < _TIED)


def _other_reading(spans: list[tuple[int, int]], start: int, cut: int, end: int) -> bool:
    """Whether another name of the roster reaches over the cut, or the first may end earlier."""
    return any(
        one < cut < two or (one == start and two < cut) for one, two in spans if one < end and two > start
    )
