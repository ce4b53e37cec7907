"""Straight quotes in Chinese become paired curly ones: "电影+"活动 -> “电影+”活动.

Why: engines and typists give " and ' for “ ” ‘ ’.
Leaves alone: apostrophes, feet and inches, quotes in Latin text, and any whose partner is not plain.
Safety: LIKELY, since the neighbouring quotes decide which opens and which closes; SUGGEST in a long text that
     has next to no others, whose style they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.rules.kinds import line_around
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import ZH_PUNCTUATION, han_of_letters, is_han

NAME = "characters.quotes"
SUMMARY = Message("直引号按上下文改为弯引号", "Straight quotes become curly ones, by their partners")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "\"'"
CASES = (
    Case('形式多样的"电影+"活动', "形式多样的“电影+”活动"),
    Case('中国“十五五" 规划', "中国“十五五” 规划", "one of the pair is curly"),
    Case("他说\"要坚持'双百'方针\"。", "他说“要坚持‘双百’方针”。"),
    Case("推进'高效办成一件事”", "推进“高效办成一件事”", "a double quote read as a single one"),
    Case('A. Hurrell, "Political Theory", 见该书中文版第三章第四节', None, "a Latin title"),
    Case('一台55"电视', None, "inches"),
    Case("《Schindler's List》，他说it's", None, "an apostrophe"),
    Case('他说"好。', None, "no partner"),
    Case("他说“一”，" + '又说"好"。' * 8, "他说“一”，" + "又说“好”。" * 8),
    Case('他说"好"。' * 8, None, "the style of the text: suggested only"),
    Case('参数：{"标题": "内容", "数": 1}', None, "keys in quotes"),
)

_STRAIGHT = re_pattern("[\"']")
_QUOTES = re_pattern("[“”‘’\"']")
_END = re_pattern(r"\n[ 　\t]*\n|(?<=[。！？])[”’]?\n")
_CODE = re_pattern(r"\"[^\"\n]*\"[ ]?:|=\"|\]\([^)\n]*\"")
"""A line with keys or attributes in quotes, or with the title of a link."""
_WHY = Message("直引号应为弯引号", "Chinese sets curly quotes")
_REACH = 120
"""Characters between the two of a pair."""
_CHINESE = 0.4
_STYLE = 16
"""Straight quotes from which on they are the style of the text, and how many there must be for one that is
not: no engine reads all so."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    start = 0
    straight = text.count('"')
    styled = straight >= _STYLE and _STYLE * sum(map(text.count, "“”「」")) < straight
    promise, sure = (Applicability.SUGGEST, 0.5) if styled else (SAFETY, 0.95)
    for end in [m.end() for m in _END.finditer(text)] + [len(text)]:
        if _STRAIGHT.search(text, start, end) and han_of_letters(text[start:end]) >= _CHINESE:
            for changes in _paragraph(text, start, end):
                if not any(document.is_opaque(at, stop) for at, stop, _ in changes):
                    yield fix(NAME, text, changes, promise, sure, _WHY)
        start = end


def _paragraph(text: str, start: int, end: int) -> Iterator[list[tuple[int, int, str]]]:
    """Changes to each pair whose partners are plain: straight with straight, or straight with curly."""
    marks = [at for at in (m.start() for m in _QUOTES.finditer(text, start, end)) if not _latin(text, at)]
    position, opened = 0, False
    while position < len(marks):
        at = marks[position]
        if text[at] in "“”":
            opened = text[at] == "“"
            position += 1
            continue
        if text[at] in "‘’":
            position += 1
            continue
        run = position
        while run < len(marks) and text[marks[run]] in "\"'":
            run += 1
        chunk = marks[position:run]
        closes_after = run < len(marks) and text[marks[run]] == "”"
        if (opened + len(chunk)) % 2 == closes_after:
            yield from _pair(text, chunk, opened, closes_after, marks[run] if closes_after else None)
        position = run
        opened = closes_after


def _pair(
    text: str, chunk: list[int], opened: bool, closes_after: bool, partner: int | None
) -> Iterator[list[tuple[int, int, str]]]:
    while chunk:
        first = chunk[0]
        if opened:
            yield [(first, first + 1, "”")]
            opened, chunk = False, chunk[1:]
        elif len(chunk) == 1:
            if partner is not None and partner - first <= _REACH and text[first + 1] not in " \n":
                yield [(first, first + 1, "“")]
            return
        elif "".join(text[at] for at in chunk[:4]) == "\"''\"":
            yield [(at, at + 1, mark) for at, mark in zip(chunk[:4], "“‘’”", strict=True)]
            chunk = chunk[4:]
        else:
            second = chunk[1]
            if second - first > _REACH or second - first < 2 or text[first + 1] in " \n":
                return
            both = "‘’" if text[first] == text[second] == "'" else "“”"
            if _chinese(text, first, second):
                yield [(first, first + 1, both[0]), (second, second + 1, both[1])]
            chunk = chunk[2:]


def _chinese(text: str, first: int, second: int) -> bool:
    """Whether the quoted words or what touches the quotes are Chinese."""
    around = text[max(0, first - 1) : first] + text[second + 1 : second + 2]
    return han_of_letters(text[first:second]) > 0 or any(is_han(c) or c in ZH_PUNCTUATION for c in around)


def _latin(text: str, at: int) -> bool:
    """Whether the mark is an apostrophe, an inch mark, or a quote of Latin text or code."""
    left, right = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] not in "\"'":
        return False
    if left.isascii() and left.isalnum() and (text[at] == "'" or (right.isascii() and right.isalnum())):
        return left.isalpha() or not _opens_before(text, at)
    if left.isdigit() and not _opens_before(text, at):
        return True
    line = line_around(text, at)
    return bool(_CODE.search(text, line.start, line.end))


def _opens_before(text: str, at: int) -> bool:
    """Whether a quote of this kind waits to be closed on the same line."""
    before = [char for char in text[text.rfind("\n", 0, at) + 1 : at] if char in ("“", "”", text[at])]
    return bool(before) and (before[-1] == "“" or (before[-1] == text[at] and len(before) % 2 == 1))
