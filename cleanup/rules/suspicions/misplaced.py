"""A box, teaser or caption in the middle of a sentence or of an article: flagged with where it belongs.

Why: a box over two columns, or a teaser at the foot of one, is read where the column ends; the sentence
     goes on behind it.
Leaves alone: a broken-off paragraph with nothing below that goes on with it, boxes between articles,
     captions between whole paragraphs, crossheads.
Safety: a flag; the move itself is a suggestion for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case, Models
from cleanup.text import newspaper, paragraphs
from cleanup.text.joins import Break, closes, probability
from cleanup.text.scripts import CANNOT_START, is_han

NAME = "suspicions.misplaced"
SUMMARY = Message("标出插在文中的方框、导读、图注", "Flag boxes, teasers and captions inside an article")
SAFETY = Applicability.SUGGEST
NEEDS = ("models/pairs.bin", "models/openings.tsv", "models/runs.bin")
CASES = (
    Case(
        "# 安全会议\n\n会议要求压实责任。要扎实开展安全生\n\n## 导读\n\n新茶馆开张 详见3版\n\n"
        "产大检查，消除各类隐患，确保平安。\n\n会议还部署了春耕。",
        "# 安全会议\n\n会议要求压实责任。要扎实开展安全生\n\n产大检查，消除各类隐患，确保平安。\n\n"
        "会议还部署了春耕。\n\n## 导读\n\n新茶馆开张 详见3版",
        "unattended only with --apply suggest; else flagged",
    ),
    Case(
        "# 夜校\n\n夜校昨天开课，来的人比去年多，\n\n图为夜校的教室。\n\n教室里坐得满满当当。",
        "# 夜校\n\n夜校昨天开课，来的人比去年多，\n\n教室里坐得满满当当。\n\n图为夜校的教室。",
    ),
    Case("# 导读\n\n夜校开课 详见3版\n\n# 夜校\n\n夜校昨天开课，来了四十人。", None, "at the top"),
    Case(
        "夜校昨天开课，来的人比去年多出一倍，县里很重\n夜校开课了 详见3版\n视这件事。\n春耕开始了。",
        "夜校昨天开课，来的人比去年多出一倍，县里很重视这件事。\n夜校开课了 详见3版\n春耕开始了。",
        "plain text",
    ),
    Case("# 夜校\n\n夜校昨天开课。\n\n图为夜校的教室。\n\n教室里坐得满满当当。", None, "whole paragraphs"),
    Case(
        "# 安全会议\n\n会议要求压实责任。扎实开展安全生\n\n## 导读\n\n新茶馆开张\n\n"
        "# 夜校\n\n本报讯（记者 顾小满）夜校昨天开课。",
        None,
        "cut off",
    ),
    Case(
        "# 夜校\n\n夜校昨天开课。\n\n## 导读\n\n新茶馆开张\n\n教室里坐得满满当当。\n\n# 春耕",
        "# 夜校\n\n夜校昨天开课。\n\n教室里坐得满满当当。\n\n## 导读\n\n新茶馆开张\n\n# 春耕",
    ),
)
_LINES = 6
"""A box has no more lines."""
_LIKELY = 0.8
"""How sure the sentence must go on behind the box."""
_STRONG = 3.0
"""Bits of association from which two characters belong to one word."""
_NATS = 3.0
"""By how much the language model must like it better that the text goes on."""
_WHY = Message(
    "这几行插在一句话中间；似应移到下文之后",
    "These lines stand inside a sentence; they seem to belong behind what goes on below",
)
_INSIDE = Message(
    "导读插在一篇文章中间；似应移到该文之后",
    "A teaser box stands inside an article; it seems to belong behind it",
)


def find(document: Document, tools: Models) -> Iterable[Fix]:
    solid = [line for line in document.lines if line.kind != "blank"]
    at = 0
    while at + 2 < len(solid):
        before = solid[at]
        is_prose = before.kind == "body" and paragraphs.is_prose(document.words(before))
        end = _box(document, solid, at + 1) if is_prose else at + 1
        if at + 1 < end < len(solid):
            box = solid[at + 1 : end]
            last = _rest(document, solid, at + 1, end)
            if _is_cut(document, before) and _goes_on(document, before, solid[end], tools):
                # Wrapped lines are over when this is asked, so that plain text would stay parted.
                stop = solid[end].span.start if document.format == "text" else box[-1].span.end
                yield from _findings(document, before, box, last or solid[end], stop, _WHY, 0.85)
            elif last is not None:
                yield from _findings(document, before, box, last, box[-1].span.end, _INSIDE, 0.6)
        at = end


def _is_cut(document: Document, line: Line) -> bool:
    words = document.words(line)
    return (
        line.kind == "body"
        and paragraphs.is_prose(words)
        and paragraphs.ends_open(words)
        and not (paragraphs.is_signature(words) or newspaper.is_caption(words) or newspaper.is_teaser(words))
    )


def _box(document: Document, solid: list[Line], at: int) -> int:
    """The line after the box, teaser or caption that begins here; `at` itself where none does."""
    first = document.words(solid[at])
    boxed = newspaper.is_teaser_head(first)
    end = at
    while end < len(solid) and end - at < _LINES:
        line, words = solid[end], document.words(solid[end])
        title = boxed and newspaper.is_title(words) and not paragraphs.ends_sentence(words)
        aside = (newspaper.is_teaser_head, newspaper.is_teaser, newspaper.is_caption, newspaper.is_byline)
        if not (title or any(holds(words) for holds in aside)):
            break
        if line.kind not in ("body", "heading", "list"):
            break
        end += 1
    return end


def _goes_on(document: Document, before: Line, after: Line, tools: Models) -> bool:
    one, two = document.words(before), document.words(after)
    if after.kind != "body" or newspaper.is_lede(two):
        return False
    if document.format == "text":
        return _is_one_sentence(one, two, tools)
    found = Break(before, after, blank=True, page=False)
    return probability(document, found, tools.pairs.link, tools.habits) >= _LIKELY


def _is_one_sentence(one: str, two: str, tools: Models) -> bool:
    """Whether the words alone say that the second line goes on with the first, as nothing else tells here."""
    if two[0] in CANNOT_START or closes(one, two):
        return True
    if paragraphs.opens(two) or not (is_han(one[-1]) or one[-1] in "，、") or not is_han(two[0]):
        return False
    bits = tools.pairs.link(one[-1], two[0]) if is_han(one[-1]) else None
    weigh = tools.evidence(one + two).flow
    return (bits is not None and bits >= _STRONG) or (
        weigh is not None and paragraphs.is_prose(two) and weigh([(one, two)])[0].on >= _NATS
    )


def _rest(document: Document, solid: list[Line], box: int, at: int) -> Line | None:
    """The last line of the article that goes on behind a teaser box; None: nothing tells that it does.

    Only where headings are marked: there, sentences without a heading belong to the article above.
    """
    head = solid[box]
    if (
        document.format != "markdown"
        or head.kind != "heading"
        or not newspaper.is_teaser_head(document.words(head))
    ):
        return None
    first = document.words(solid[at])
    if solid[at].kind != "body" or newspaper.is_lede(first) or not paragraphs.ends_sentence(first):
        return None
    while at + 1 < len(solid) and solid[at + 1].kind == "body":
        if paragraphs.is_jump_line(document.words(solid[at + 1])):
            break
        at += 1
    return solid[at]


def _findings(
    document: Document, before: Line, box: list[Line], after: Line, stop: int, why: Message, sure: float
) -> Iterator[Fix]:
    """The flag and the move of a box; with it goes what stands before `stop`."""
    text = document.text
    span = Span(box[0].span.start, box[-1].span.end)
    # What it parts, and behind which words it seems to belong.
    evidence = (document.words(before)[-12:], f"→ {document.words(after)[-12:]}")
    yield flag(NAME, span, sure, why, evidence)
    gap = text[before.span.end : span.start]
    moved = [
        (before.span.end, stop, ""),
        (after.span.end, after.span.end, gap + text[span.start : span.end]),
    ]
    yield fix(NAME, text, moved, SAFETY, sure - 0.1, why, evidence)
