"""Whether the text of one line goes on in the next: evidence from both ends of the break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from math import exp
from typing import Literal, NamedTuple

import regex

from cleanup.model.document import Document, Line
from cleanup.text import paragraphs
from cleanup.text.patterns import regex_pattern
from cleanup.text.places import SURE
from cleanup.text.scripts import HAN, NEVER_FIRST, PAIRS, is_han

Style = Literal["wrapped", "blank-separated", "line-each"]
Link = Callable[[str, str], float | None]
"""Bits of association between two neighbouring characters; None: not known."""
Habits = Callable[[str], tuple[float, float, float] | None]
"""Bits by which a string begins paragraphs rather than sentences, begins paragraphs, ends sentences."""


def _no_habits(gram: str) -> None:
    """Nothing known of openings."""


_TITLE_NUMBER = regex_pattern(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百\d]+[章节编]|\d{1,2}[.．、]"
)
_INNER_SPACE = regex_pattern(rf"[{HAN}”’》）！？：][ 　]+[{HAN}“‘《（]")
_CANNOT_START = NEVER_FIRST + "%％"
_CAN_GO_ON = regex_pattern(rf"[{HAN}\p{{Latin}}\d“‘（《〈「『(+×]|{regex.escape('—')}")


_LATIN = regex_pattern(r"\p{Latin}")
_LATIN_END, _LATIN_START = regex_pattern(r"[\p{Latin}\d,.;:!?)\]'\"]"), regex_pattern(r"[\p{Latin}\d(\['\"]")
_LATIN_LINE, _LATIN_STOPS = 24, 0.7
"""Characters: shorter lines of Latin text are names, titles, verse. The chance that a full line that ends a
sentence does not end its paragraph."""

_FULL = 0.85
"""Share of the line width from which a line counts as full."""
_WIDEST = 60
"""Characters: longer lines are paragraphs, not lines of a column."""

_SOME, _LOOSE = 8, 0.4
"""Share of so many lines and more that end where sentences do not, from which that says nothing of one."""
_MANY = 40
"""So many lines tell surely that each is a paragraph, where nearly all of them end as paragraphs do."""

_COMMA = 8
"""Characters from which a line that ends with a comma is no cry and no item."""

_VERSE = 16
"""Characters: lines of verse are not longer."""


class Break(NamedTuple):
    """Two neighbouring lines of running text with nothing but white space between."""

    before: Line
    after: Line
    blank: bool
    """At least one empty line lies between."""
    page: bool
    """A page ends between."""


def breaks(document: Document, lists: bool = False) -> Iterator[Break]:
    """Every break between two lines of body text; with `lists`, also behind the items of lists, before what
    looks like one but is none, and within the paragraphs of a quotation."""
    first = ("body", "list") if lists else ("body",)
    text = document.text
    previous: Line | None = None
    for line in document.lines:
        if line.kind == "blank":
            continue
        if lists and _is_no_item(document, line):
            line = replace(line, kind="body", content=line.span)
        if previous is not None and (
            (line.kind == "body" and previous.kind in first) or (lists and _is_one_quote(previous, line))
        ):
            gap = text[previous.span.end : line.span.start]
            yield Break(previous, line, gap.count("\n") > 1, "\f" in gap)
        previous = line


def _is_one_quote(one: Line, two: Line) -> bool:
    """Whether lines are of one paragraph of a quotation, and too long for verse, which is quoted as well."""
    long = len(one.content) > _VERSE
    return long and one.kind == two.kind == "quote" and one.block == two.block >= 0


def _is_no_item(document: Document, line: Line) -> bool:
    """Whether a row begins with the mark of a list by chance (229. 1万批次), and goes on with the one before
    it by its place: no other line has such a mark, or the number before or after it."""
    row = document.row(line) if line.kind == "list" else None
    if row is None or row.follows < SURE:
        return False
    mark, marks = _mark(document, line), _marks(document)
    near = [str(int(mark) + step) for step in (-1, 1)] if mark.isdecimal() else []
    return marks[mark] == 1 and not any(marks[one] for one in near)


@lru_cache(maxsize=2)
def _marks(document: Document) -> Counter[str]:
    return Counter(_mark(document, line) for line in document.lines if line.kind == "list")


def _mark(document: Document, line: Line) -> str:
    """The number or the sign that an item begins with."""
    return document.text[line.span.start : line.content.start].strip(" .)\t\u3000")


class Manner(NamedTuple):
    """How a file sets its paragraphs."""

    style: Style
    width: int
    """Characters of a full line where lines are wrapped; else 0."""
    plain: bool = False
    """So many lines are paragraphs that an odd beginning is a slip in one of them, not a wrapped line."""
    few: bool = False
    """Too few lines to tell that each is a paragraph."""
    loose: bool = False
    """Many lines end where sentences do not: they are wrapped, or verse, or a list."""


@lru_cache(maxsize=2)
def manner(document: Document) -> Manner:
    """How the file sets paragraphs: lines of one width, blank lines between, or one line each.

    Lines are wrapped when the longest of them are of one width and end anywhere in the sentence;
    lines that are paragraphs end with it.
    """
    direct = blank = 0
    ends: list[tuple[int, bool]] = []
    for found in breaks(document):
        if found.blank or found.page:
            blank += 1
        else:
            direct += 1
            words = document.words(found.before)
            ends.append((len(words), paragraphs.ends_open(words)))
    opens = sum(is_open for _, is_open in ends)
    loose = direct >= _SOME and opens >= _LOOSE * direct
    if direct >= 3:
        width = sorted(size for size, _ in ends)[int(len(ends) * 0.85)]
        full = [is_open for size, is_open in ends if size >= _FULL * width]
        if 8 <= width <= _WIDEST and sum(full) >= max(3, 0.5 * len(full)):
            return Manner("wrapped", width, loose=loose)
    if direct > 5 and direct > 2 * blank:
        plain = direct >= _MANY and direct - opens >= 0.9 * direct
        return Manner("line-each", 0, plain, loose=loose)
    parted = document.format == "markdown" or blank > 0
    return Manner("blank-separated" if parted else "line-each", 0, few=direct < 4, loose=loose)


def probability(document: Document, found: Break, link: Link, habits: Habits = _no_habits) -> float:
    """How likely the line after the break goes on with the sentence before it, 0 to 1.

    The log-odds here are by hand and not calibrated; of wrapped lines, and of rows whose boxes are known,
    fitted models say it (models/joins.tsv, geometry.weights).
    """
    one, two = document.words(found.before), document.words(found.after)
    if not one or not two or not (two[0] in _CANNOT_START or paragraphs.ends_open(one)):
        return 0.0
    if paragraphs.is_jump_line(one) or paragraphs.is_jump_line(two):
        return 0.0
    if is_latin(one) and is_latin(two):
        return latin(one, two, 0.0, found.blank)
    if two[0] in _CANNOT_START and one[-1] not in _CANNOT_START:
        return 0.7 if manner(document).plain else 0.97
    if (
        not paragraphs.ends_open(one)
        or not _CAN_GO_ON.match(two)
        or paragraphs.opens(two)
        or paragraphs.is_salutation(one)
        or paragraphs.is_signature(one)
        or paragraphs.is_signature(two)
        or _in_verse(document, found)
    ):
        return 0.0
    prose = paragraphs.is_prose(one)
    headed = _after_heading(document, found.before)
    score = 1.6 if one[-1] in "，、,“‘（《" else 1.0
    # In Markdown headings are marked, so bare words away from one are a sentence's beginning.
    score += 1.0 if prose else (-0.2 if document.format == "markdown" and not headed else -1.2)
    score += 0.6 if len(one) >= 40 else 0.0
    score += (0.4 if paragraphs.is_prose(two) else -1.2) + (0.8 if paragraphs.ends_sentence(two) else -0.6)
    if not prose:
        if _INNER_SPACE.search(one):
            score -= 3.0
        if len(one) < 12:
            score -= 1.5
        if headed:
            score -= 0.8
    if "。" not in one and len(one) <= 40 and _TITLE_NUMBER.match(one):
        score -= 4.0
    if closes(one, two):
        score += 2.5
    score += _link_score(one[-1], two[0], link)
    opening = habits(two[:2])
    if opening is not None and document.format == "text" and one[-1] not in "，、":
        # A line that begins as paragraphs do, below one that may be a headline.
        score -= max(0.0, opening[1]) * (0.3 if prose else 0.8) + (0.8 if not prose and found.blank else 0.0)
    how = manner(document)
    if how.style == "line-each" and not (one[-1] in "，、" and len(one) >= _COMMA and how.few):
        score -= 3.0 if how.few else 5.5
    elif how.style == "wrapped" and not found.blank:
        score += 1.5 if len(one) >= _FULL * how.width else -2.5
    return 1.0 / (1.0 + exp(-score))


def _link_score(one: str, two: str, link: Link) -> float:
    bits = link(one, two) if (is_han(one) and is_han(two)) else None
    if bits is None:
        return 0.0
    return max(-1.0, min(1.8, 0.3 * bits))


def closes(one: str, two: str) -> bool:
    """Whether `two` closes a bracket or quote that `one` leaves open."""
    for opening, closing in PAIRS.items():
        if one.count(opening) == one.count(closing) + 1:
            at = two.find(closing)
            if at >= 0 and two.count(closing, 0, at + 1) > two.count(opening, 0, at):
                return True
    return False


def _in_verse(document: Document, found: Break) -> bool:
    """Whether the break parts lines of verse: short, of like length, each ending in punctuation."""
    one, two = document.words(found.before), document.words(found.after)
    if not (_is_verse(one) and _is_verse(two)):
        return False
    if len(one) == len(two):
        return True
    lines = document.lines
    first = last = document.line_at(found.before.span.start)
    while first > 0 and lines[first - 1].kind == "body":
        first -= 1
    while last < len(lines) - 1 and lines[last + 1].kind == "body":
        last += 1
    block = lines[first : last + 1]
    return len(block) >= 4 and all(_is_verse(document.words(line)) for line in block)


def _is_verse(words: str) -> bool:
    return len(words) <= _VERSE and words[-1] in "，。；！？、：…"


def _after_heading(document: Document, line: Line) -> bool:
    at = document.line_at(line.span.start) - 1
    while at >= 0 and document.lines[at].kind == "blank":
        at -= 1
    return at < 0 or document.lines[at].kind == "heading"


def is_latin(words: str) -> bool:
    """Whether a line is in Latin letters: hardly a Han character in it."""
    return words.isascii() or (not any(map(is_han, words)) and bool(_LATIN.search(words)))


def latin(one: str, two: str, share: float, blank: bool) -> float:
    """How likely a line of Latin text goes on in the next; `share` is its length, in widths of its column."""
    if blank or one[-1] in ".!?:;" or len(one) < _LATIN_LINE:
        return (
            _LATIN_STOPS
            if not blank and share >= _FULL and one[-1] in ".!?" and len(one) >= _LATIN_LINE
            else 0.0
        )
    if two[0].islower() or one[-1] in ",–—" or (one[-1] == "-" and two[0].isdigit()):
        return 0.95
    return 0.8 if share >= _FULL and (two[0].isalnum() or two[0] in '("“') else 0.2


def gap_text(document: Document, found: Break) -> tuple[int, int, str]:
    """The edit (start, end, after) that joins the lines: nothing between Han, a space between Latin words."""
    start, end = found.before.content.end, found.after.content.start
    one, two = document.text[start - 1], document.text[end]
    if one.isdigit() and two.isdigit():
        # A number cut in two, unless the lines are Latin text.
        apart = is_latin(document.words(found.before)) and is_latin(document.words(found.after))
    else:
        apart = bool(_LATIN_END.match(one)) and bool(_LATIN_START.match(two))
    return start, end, " " if apart else ""
