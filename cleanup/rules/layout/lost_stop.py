"""A full stop lost at the end of a paragraph: 具有重要意义⏎ -> 具有重要意义。⏎

Why: engines lose small marks at line ends; among wrapped lines the short last line of a paragraph tells that
     its sentence is over.
Leaves alone: lines that fill their column (they may go on elsewhere), headings, bylines, captions,
     signatures, paragraphs of a single line, words behind which sentences seldom end.
Safety: LIKELY where the language model expects a full stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleanup.model.block import Act
from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Lines
from cleanup.text import newspaper, paragraphs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han, is_traditional

NAME = "layout.lost-stop"
SUMMARY = Message("补上段末漏读的句号", "Put back a full stop lost at the end of a paragraph")
SAFETY = Applicability.LIKELY
ACT: Act = "finish"
NEEDS = ("models/joins.tsv", "models/openings.tsv", "models/pairs.bin", "models/runs.bin", "models/verse.tsv")
CASES = (
    Case(
        "今年以来，县里投资三百多万元修\n桥。三座石拱桥都修好了，其中两\n座已经通车，另一座还在铺设桥面\n，预计下个月可以通车。村里的\n"
        "老人都说，从前过河要绕路，如今\n几步就到，修桥具有重要意义\n",
        "今年以来，县里投资三百多万元修\n桥。三座石拱桥都修好了，其中两\n座已经通车，另一座还在铺设桥面\n，预计下个月可以通车。村里的\n"
        "老人都说，从前过河要绕路，如今\n几步就到，修桥具有重要意义。\n",
    ),
    Case(
        "21．下列关于细胞结构的叙述，正确的是哪一项？请将正\n确答案的字母填写在答题卡的相应位置上\n"
        "A．细胞膜只能控制物质的进出，不能进行细胞间的信息交\n流\nB．线粒体是进行有氧呼吸的主要场所\n",
        None,
        "choices",
    ),
    Case(
        "县里的三座石拱桥都修好了，其中两座已经通车，具有重要意义\n",
        None,
        "one line: nothing tells its width",
    ),
)
_CHOICE = re_pattern(r"[（(]?[A-Ha-h][）).．、]")
"""A choice of an examination question: it ends without a full stop."""
_OVER = 0.05
"""The chance of a join below which a line surely ends its paragraph."""
_ON = 0.9
"""The chance of a join from which two lines surely belong to one paragraph."""
_SURELY_PROSE = 3
"""So many lines that go on are no headline, even without a comma."""
_ROOM = 2.0
"""Characters by which the last line falls short of the column, at the least."""
_LEAST, _LEAST_FULL = -3.4, -1.5
"""Log-probability of a full stop behind the words at the end of the line, at the least; more is asked of a
line that fills its column at the end of the file, as the page may have been cut off there."""
_WHY = Message("段落在此结束，句号应是漏读了", "The paragraph ends here; its full stop seems to be lost")


def find(document: Document, tools: Lines) -> Iterable[Fix]:
    if document.format != "text" or is_traditional(document.text):
        return
    ends = [end for end in _ends(document, tools) if _may_end(document.words(end.line))]
    chances = tools.stops([end.words for end in ends])
    for end, chance in zip(ends, chances, strict=True):
        if chance >= (_LEAST if end.room >= _ROOM else _LEAST_FULL):
            place = end.line.content.end
            yield fix(NAME, document.text, [(place, place, "。")], SAFETY, 0.93, _WHY)


class _End(NamedTuple):
    """The last line of a paragraph of prose."""

    line: Line
    words: str
    """Its words and those of the line above."""
    room: float
    """Characters by which it falls short of the column."""


def _may_end(words: str) -> bool:
    return (
        (is_han(words[-1]) or words[-1] in "%％")
        and "  " not in words
        and not (newspaper.is_byline(words) or newspaper.is_caption(words) or paragraphs.is_signature(words))
    )


def _ends(document: Document, tools: Lines) -> Iterator[_End]:
    """The last lines of paragraphs of prose, of two and more lines."""
    joints = tools.joints(document)
    last = next((line for line in reversed(document.lines) if line.kind != "blank"), None)
    above, prose, lines, previous = "", False, 0, None  # of the paragraph so far
    for joint in joints:
        seam, (before, after, *_) = joint.seam, joint.seam.found
        words = document.words(before)
        if before is not previous:
            prose, lines = False, 0
        below = document.words(after)
        title = newspaper.is_lede(below) or newspaper.is_told(above + words, below)
        choice = bool(_CHOICE.match(above or words))
        if prose and not choice and joint.chance < _OVER and seam.cues.room >= _ROOM and not title:
            yield _End(before, above + words, seam.cues.room)
        lines = lines + 1 if joint.chance >= _ON else 0
        prose = lines > 0 and (prose or paragraphs.is_prose(words) or lines >= _SURELY_PROSE)
        above, previous = words, after
    if prose and last is previous and last is not None:
        yield _End(last, above + document.words(last), joints[-1].seam.cues.room_1_after)
