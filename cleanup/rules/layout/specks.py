"""Specks read as text: stray marks at line ends, and lines with nothing readable in them.

Why: engines read dirt, rules between columns and show-through as characters ("、 . ~", "2 SESE UC").
Leaves alone: texts and lines in another language; numbers, rows of dots or dashes, lines with a single
     readable word; 一 and 二 among narrow lines, as columns give them; lines of specks that stand neither
     between two parts of one sentence nor at the edge of a page are flagged, not removed.
Safety: LIKELY, by the probability that nothing can be read: a model fitted on pages with their truth looks
     at how loose the characters lie, which they are, and what the language model thinks of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from cleanup.model.block import Act
from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix, flag
from cleanup.rules.contract import Case, Page
from cleanup.text import paragraphs, press, specks
from cleanup.text.joins import manner
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_foreign, is_han, is_traditional

NAME = "layout.specks"
SUMMARY = Message("去掉把污点读成的零星字符", "Take out specks read as characters")
SAFETY = Applicability.LIKELY
ACT: Act = "remove"
EARLY = 6
NEEDS = ("models/openings.tsv", "models/pairs.bin", "models/runs.bin", "models/eras.bin", "models/specks.tsv")
CASES = (
    Case("县里修了三座桥，两座在城      7\n区，一座在乡下。", "县里修了三座桥，两座在城\n区，一座在乡下。"),
    Case("县里修了三座桥，两座在城\n、 . ~\n区，一座在乡下。", "县里修了三座桥，两座在城\n区，一座在乡下。"),
    Case("县里修了三座桥。\nSESE SSR eat UC\n学校也盖好了。", None, "flagged", flags=True),
    Case(
        "县里的三座石拱桥都修好了，其中\n两座已经通车，另一座还在铺设桥\n面，预计下个月可以通车。村里的\n"
        "老人都说，从前过河要绕路，如今\n几步就到。县里还打算在河边种树。\n\n人 aS fe  Oia\n"
        "2 SESE SSR eat ees UC ee    ae\n",
        "县里的三座石拱桥都修好了，其中\n两座已经通车，另一座还在铺设桥\n面，预计下个月可以通车。村里的\n"
        "老人都说，从前过河要绕路，如今\n几步就到。县里还打算在河边种树。\n",
        "at the foot of the page",
    ),
    Case("县里修了三座桥，两座在城\nBy” 。\n区，一座在乡下。", None, "perhaps a sentence's end: suggested"),
    Case(
        "县里修了三座桥，上下的意见一\n致      SR\n城区两座，乡下一座。", None, "the end of a word: suggested"
    ),
    Case("县里修了三座桥，你们怎\n二人那么多?       和\n城区两座，乡下一座。", None, "a sentence's end"),
    Case(
        "县里修了三座桥，两座在城\nThe bridges were built in spring.\n区，一座在乡下。",
        None,
        "another language",
    ),
    Case("按笔画排序\n一画：一 1　乙 2\n二画：二 5　十 6　丁 7　厂 8\n附录的页码见后", None, "an index"),
    Case("To see the bridges\n\n  {\n    x: [\n    ]\n  }\n\nread the paper", None, "English"),
    Case("共计\n1200\n人", None, "a number"),
    Case("大桥终于通车了，乡亲们高兴极了\n！\n第二天他们又上工去了。", None, "a sentence's end: suggested"),
    Case(
        "县里的三座石拱桥都修好了，其中\n两座已经通车，另一座还在铺设桥\n面，预计下个月可以通车。\n"
        "段东 摄\nII\n本报讯（记者 许\n玉琪 廖杰）\n这个夏天，桥上通车了。",
        None,
        "names",
        flags=True,
    ),
    Case("便計呈清\n冊一本圖說\n一\n件再該橋石\n欄尚未油漆", None, "columns"),
    Case("他说：\n……\n大家都笑了。", None, "dots"),
)
_SURE, _DOUBTFUL = 0.6, 0.3
"""Among surer lines of noise, doubtful ones are noise as well."""
_OVER_WORDS = 0.8
"""So sure it must be that a line is noise in which a word can be read, or marks that end sentences."""
_WORD = 3.0
"""Bits of association from which two characters are a word."""
_NARROW = 12
"""Characters up to which most lines of columns, verse and lists are wide."""
_MARKS = 0.75
"""How sure loose marks are specks."""
_STOPS = frozenset("，。、；：！？…—”")
_CREDITED = re_pattern(press.CREDITED)
_TAIL = Message("行末隔着空白的零星符号，是污点", "Stray marks behind a gap at the line end are specks")
_LINE = Message("这一行没有可读的内容", "Nothing in this line can be read")


def find(document: Document, tools: Page) -> Iterable[Fix]:
    text = document.text
    if document.format != "text" or is_foreign(text):
        return
    spaced = " " in text or "　" in text
    for match in specks.TAIL.finditer(text) if spaced else ():
        line = document.lines[document.line_at(match.start())]
        if line.kind == "body" and _is_prose(text[line.content.start : match.start()]):
            yield fix(NAME, text, [(*match.span("tail"), "")], SAFETY, 0.9, _TAIL)
    for match in specks.LEAD.finditer(text) if spaced else ():
        line = document.lines[document.line_at(match.end())]
        if line.kind == "body" and _is_prose(text[match.end() : line.content.end]):
            yield fix(NAME, text, [(*match.span("lead"), "")], SAFETY, 0.85, _TAIL)
    yield from _lines(document, tools)


def _lines(document: Document, tools: Page) -> Iterable[Fix]:
    """Whole lines of specks: taken out in runs, where what is left joins; else flagged."""
    solid = [line for line in document.lines if line.kind != "blank"]
    words = [document.words(line) for line in solid]
    chances = _chances(document, solid, words, tools)
    readable = {at: chance for at, chance in chances.items() if _is_readable(words[at], tools)}
    at = 0
    while at < len(solid):
        end = at
        while (
            end < len(solid)
            and chances.get(end, 0.0) >= (_SURE if end in readable else _DOUBTFUL)
            and not _turns(document, solid, end, at)
        ):
            end += 1
        sure = max((chances[near] for near in range(at, end)), default=0.0)
        if sure >= _SURE and _may_go(document, solid, at, end, tools):
            kept = at > 0 and _goes_on(words[at - 1], words[at], tools)
            kept = kept or any(_is_said(words[near], tools) for near in range(at, end))
            kept = kept or (0 < at < end == at + 1 < len(solid) and _ends(words[at - 1 : at + 2], tools))
            over = all(readable.get(near, 1.0) >= _OVER_WORDS for near in range(at, end))
            level = SAFETY if over and not kept else Applicability.SUGGEST
            yield fix(NAME, document.text, [_cut(document, solid, at, end)], level, min(sure, 0.95), _LINE)
        else:
            for near in range(at, max(end, at + 1)):
                garbage = solid[near].kind == "body" and specks.is_garbage(words[near])
                if chances.get(near, 0.0) >= _SURE or garbage:
                    yield flag(NAME, solid[near].content, 0.7, _LINE)
        at = max(end, at + 1)


def _cut(document: Document, solid: list[Line], at: int, end: int) -> tuple[int, int, str]:
    """The edit that takes a run of lines out: with the gap above it where nothing stands below."""
    stop = solid[end - 1].span.end
    if at and end == len(solid):
        return solid[at - 1].span.end, stop, ""
    return solid[at].span.start, stop + (document.text[stop : stop + 1] == "\n"), ""


def _chances(document: Document, solid: list[Line], words: list[str], tools: Page) -> dict[int, float]:
    """How likely lines are specks, for those that may be."""
    sizes = sorted(map(len, words))
    middle = sizes[(len(sizes) - 1) // 2 : len(sizes) // 2 + 1]  # one, or two
    narrow = sum(middle) <= _NARROW * len(middle)
    lines = {one.line for one in tools.aside(document)}
    aside = {at for at, line in enumerate(solid) if document.line_at(line.span.start) in lines}
    found = {
        at: _MARKS
        for at, line in enumerate(solid)
        if line.kind == "body" and specks.is_speck_line(words[at]) and at not in aside
        if not (narrow and specks.are_strokes(words[at]))
    }
    if manner(document).style == "wrapped" and not is_traditional(document.text):
        loose = [
            at
            for at, line in enumerate(solid)
            if line.kind in ("body", "list", "table") and at not in aside
            if specks.is_loose(words[at]) and not specks.is_said(words[at])
        ]
        for at, chance in zip(loose, tools.unreadable([words[at] for at in loose]), strict=True):
            found[at] = max(chance, found.get(at, 0.0))
    return found


def _is_readable(words: str, tools: Page) -> bool:
    """Whether something in a line can be read: a word, who wrote it, the end of a sentence or bracket."""
    if any(mark in words for mark in "。！？”）") or _CREDITED.search(words):
        return True
    pairs = ((one, two) for one, two in pairwise(words) if is_han(one) and is_han(two))
    return any((tools.pairs.link(one, two) or 0.0) >= _WORD for one, two in pairs)


def _goes_on(before: str, words: str, tools: Page) -> bool:
    """Whether a line's first character, with a gap behind it, ends the word that the line before begins."""
    if not specks.GAP.match(words, 1) or not (is_han(words[0]) and before and is_han(before[-1])):
        return False
    return (tools.pairs.link(before[-1], words[0]) or 0.0) >= _WORD


def _is_said(words: str, tools: Page) -> bool:
    """Whether what stands before the first gap of a line ends like a sentence, and holds a word."""
    said = specks.GAP.split(words.strip())[0]
    return said[-1:] in tuple("。！？!?") and _is_readable(said[:-1], tools)


def _ends(words: list[str], tools: Page) -> bool:
    """Whether marks between two lines are what the first ends with, as the language models see it."""
    before, marks, after = words
    return set(marks) <= _STOPS and tools.gains_in_every_era([(before, "", marks, after)])[0] > 0


def _turns(document: Document, solid: list[Line], at: int, first: int) -> bool:
    """Whether a page ends before a line of a run."""
    return at > first and "\f" in document.text[solid[at - 1].span.end : solid[at].span.start]


def _may_go(document: Document, solid: list[Line], at: int, end: int, tools: Page) -> bool:
    """Whether the text goes on over a run of lines, or the run stands at the edge of a page."""
    top, bottom = _is_edge(document, solid, at - 1, at), _is_edge(document, solid, end - 1, end)
    if not (top or bottom):
        return _join(document, solid[at - 1], solid[end], tools)
    size = sum(len(document.words(line).replace(" ", "")) for line in solid[at:end])
    if top and bottom:
        # Between 下转 and 上接 nothing can stand; a page of nothing but noise is left to a person.
        return at > 0 and end < len(solid)
    if size > 2:
        return True
    # One or two characters may be the tail of a sentence.
    gap = document.text[solid[at - 1].span.end : solid[at].span.start] if at else ""
    return bottom and gap.count("\n") > 1 and paragraphs.ends_sentence(document.words(solid[at - 1]))


def _is_edge(document: Document, solid: list[Line], before: int, after: int) -> bool:
    """Whether a page begins or ends between two lines; a jump line ends it as well."""
    if before < 0 or after == len(solid):
        return True
    one, two = solid[before], solid[after]
    if "\f" in document.text[one.span.end : two.span.start]:
        return True
    return any(paragraphs.is_jump_line(document.words(line)) for line in (one, two))


def _is_prose(words: str) -> bool:
    return sum(map(is_han, words)) >= 6 and sum(map(is_han, words)) >= 0.6 * len(words.strip())


def _join(document: Document, before: Line, after: Line, tools: Page) -> bool:
    """Whether a sentence goes on from one line to the other."""
    one, two = document.words(before), document.words(after)
    if before.kind != "body" or after.kind != "body" or paragraphs.opens(two):
        return False
    if _indent(document, after) > _indent(document, before):
        return False
    if not (paragraphs.ends_open(one) and is_han(two[0]) and (is_han(one[-1]) or one[-1] in "，、")):
        return False
    weigh = tools.evidence(document.text).flow
    return weigh is None or weigh([(one, two)])[0].on > 0


def _indent(document: Document, line: Line) -> int:
    """How many characters stand before a line's words; a paragraph begins where they are more."""
    return len(document.text[line.span.start : line.content.start].replace("  ", "　"))
