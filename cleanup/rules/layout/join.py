"""A paragraph broken in mid-sentence by a column, a page or a line end: joined again.

Why: engines read a column at a time and end a paragraph wherever the column ends; models write a hard
     break (two spaces) or a blank line there.
Leaves alone: headings, list items, tables, verse, signatures, salutations, bylines; a line that ends a
     sentence; files that hold one sentence a line, unless a word itself is cut in two.
Safety: LIKELY, by the probability that the sentence goes on: among wrapped lines by a model fitted on
     pages with their truth (line lengths, punctuation, openings, brackets, what the language model thinks
     of both readings), elsewhere by rules on the same evidence. Where the page's boxes are known, by how
     the rows are set (indent, end against the column's edge, distance, size) as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Lines
from cleanup.text import paragraphs, places
from cleanup.text.columns import EVEN
from cleanup.text.joins import Break, breaks, closes, gap_text, is_latin, latin, manner, probability
from cleanup.text.scripts import CANNOT_START, is_han
from cleanup.text.seams import JOINED
from cleanup.text.widths import has_marks, measure

NAME = "layout.join"
SUMMARY = Message("接上在句中断开的段落", "Join paragraphs broken in mid-sentence")
SAFETY = Applicability.LIKELY
NEEDS = ("models/joins.tsv", "models/openings.tsv", "models/pairs.bin", "models/runs.bin", "models/verse.tsv")
CASES = (
    Case(
        "一年来，各乡镇坚持全\n\n镇一盘棋，发挥自身优势，整体向好。\n\n会议还听取了汇报。",
        "一年来，各乡镇坚持全镇一盘棋，发挥自身优势，整体向好。\n\n会议还听取了汇报。",
    ),
    Case(
        "# 标题\n\n要把思想统一到县委的部署要求上来，  \n提高认识、强化担当，确保完成任务。",
        "# 标题\n\n要把思想统一到县委的部署要求上来，提高认识、强化担当，确保完成任务。",
    ),
    Case(
        "申请书\n　　我叫王有才，现年二十三岁，家住西岭乡第三村。自从\n"
        "参加夜校学习以来，我懂得了许多道理，现在志愿申请加入\n"
        "民兵队伍，保卫家乡，请组织上审查批准。\n　　　　申请人：王有才\n　　　　1951年8月2日\n",
        "申请书\n　　我叫王有才，现年二十三岁，家住西岭乡第三村。自从"
        "参加夜校学习以来，我懂得了许多道理，现在志愿申请加入"
        "民兵队伍，保卫家乡，请组织上审查批准。\n　　　　申请人：王有才\n　　　　1951年8月2日\n",
        "a paragraph of three lines amid a paper",
    ),
    Case(
        "我们所处的是一个充满挑战的\n时代，也是一个充满希望的时代\n本报记者 石小凯\n",
        None,
        "a headline over two lines",
    ),
    Case("会议指出，工作取得成效。\n\n会议强调，要再接再厉。", None, "a sentence ends there"),
    Case("县里修了三座桥。\nhttps://www.example.org/a\nhttps://www.example.org/b?c=1\n", None, "addresses"),
    Case("# 登楼\n\n白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。", None, "verse"),
    Case("# 甲\n\n各位代表：\n\n我代表镇政府，向大会报告工作。", None, "a salutation"),
    Case(
        "# 通知\n\n各乡镇人民政府，县政府有关部门：\n\n为做好防汛工作，现将有关事项通知如下。",
        None,
        "another",
    ),
    Case("# 甲\n\n胡某某程某某出席\n\n本报讯（记者 杨某）会议昨日召开。", None, "a deck over a lede"),
    Case("一、旗帜鲜明讲政治，把握正确方向\n\n始终坚持这一原则，做好各项工作。", None, "a numbered heading"),
)
_ROUGH = 0.8
"""The rules' own scale is not calibrated: what it puts below this is not even suggested."""
_SHORT, _LONG, _GOES_ON, _PAIR = 12, 60, 3.0, 0.9
"""Characters of a line that is no verse and no paragraph, nats from which the language model sees a sentence
go on, and the chance then. Of 643 such breaks made in right texts 97 in 100 have so many, of 23 between lines
of all truths as many, but these are paragraphs that a page cuts (22, by hand)."""
_STRONG = 0.8
"""Bits of association from which two characters at a break belong to one word."""
_WHY = Message("句子在此断开，下一行接着说", "The sentence breaks off here and goes on in the next line")


def find(document: Document, tools: Lines) -> Iterable[Fix]:
    wrapped = {joint.seam.found: joint for joint in tools.joints(document)}
    aside = {document.lines[one.line] for one in tools.aside(document)}
    told = tools.blocks(document)
    cuts = list(breaks(document, lists=True))
    pairs = _pairs(document, cuts, tools)
    for found in cuts:
        if aside and (found.before in aside or found.after in aside):
            continue
        if all(
            document.is_opaque(at, at + 1) for at in (found.before.content.end - 1, found.after.content.start)
        ):
            continue  # two addresses
        row = None if found.page else document.row(found.after)
        bar = told.bar(found.before, found.after)
        if bar is not None and row is not None and row.follows >= places.SURE:
            bar = None
        if bar is not None and bar.is_sure:
            continue
        seam = wrapped.get(found)
        chance = seam.chance if seam and not (row and seam.is_barred) else None
        if seam and not seam.is_barred and is_latin(words := document.words(found.before)):
            two = document.words(found.after)
            if is_latin(two):
                chance = latin(words, two, seam.seam.cues.share, found.blank)
        if row is not None:
            chance = places.going_on(row.follows, chance)
        elif chance is None or manner(document).few:
            if found.before.kind == "list" and told.of(found.before) is not told.of(found.after):
                continue
            rough = probability(document, found, tools.pairs.link, tools.habits)
            firm = rough >= _ROUGH and _is_firm(document, found, tools)
            chance = max(chance or 0.0, rough if firm else 0.0)
        if found in pairs and row is None:
            chance = max(chance or 0.0, _PAIR)
        # What is less likely is not even suggested, nor what the lines around outvote: on pages as engines
        # read them (ocr-dev, ocr-kinds-dev) hardly one in ten is right, and verse is full of them.
        if chance < JOINED or (row is None and seam is not None and seam.outvoted):
            continue
        level = Applicability.LIKELY if bar is None else Applicability.SUGGEST
        yield fix(NAME, document.text, [gap_text(document, found)], level, chance, _WHY)


def _pairs(document: Document, cuts: Sequence[Break], tools: Lines) -> set[Break]:
    """The breaks within paragraphs of two lines, among so few lines that nothing tells how wide they are: the
    first breaks off, the second is over and no longer, and the language model sees the sentence go on."""
    if document.format != "text" or manner(document).style == "wrapped":
        return set()
    flow = tools.evidence(document.text).flow
    words = [(document.words(found.before), document.words(found.after)) for found in cuts]
    open_above = {found.after: paragraphs.ends_open(one) and not found.blank and len(one) >= _SHORT
                  for found, (one, _) in zip(cuts, words, strict=True)}  # fmt: skip
    fit = [
        (found, pair)
        for found, pair in zip(cuts, words, strict=True)
        if not (found.blank or found.page or open_above.get(found.before))
        and found.before.kind == found.after.kind == "body"
        and found.after.content.start == found.after.span.start
        and _is_pair(*pair)
    ]
    if not fit or flow is None:
        return set()
    widest = max(measure(line) for pair in words for line in pair)
    if any(measure(one) < widest - EVEN for _, (one, _) in fit):
        return set()  # a line as long as that is a sentence there
    said = flow([pair for _, pair in fit])
    return {found for (found, _), nats in zip(fit, said, strict=True) if nats.on >= _GOES_ON}


def _is_pair(one: str, two: str) -> bool:
    """Whether a line breaks off in mid-sentence, and the next ends one and is no longer."""
    return (
        _SHORT <= len(one) <= _LONG
        and paragraphs.is_prose(one)
        and has_marks(one)
        and paragraphs.ends_open(one)
        and not (paragraphs.ends_open(two) or paragraphs.opens(two))
        and measure(two) <= measure(one) + EVEN
    )


def _is_firm(document: Document, found: Break, tools: Lines) -> bool:
    """Whether more than an open end speaks for a join: in plain text, engines lose and misread full stops."""
    one, two = document.words(found.before), document.words(found.after)
    if document.format != "text" or two[0] in CANNOT_START or closes(one, two):
        return True
    how = manner(document)
    if is_latin(one) or (one[-1] in "，、" and how.few):
        return True
    if how.loose and not found.page:
        return False  # an open end is nothing there
    bits = tools.pairs.link(one[-1], two[0]) if is_han(one[-1]) and is_han(two[0]) else None
    return bits is not None and bits >= _STRONG
