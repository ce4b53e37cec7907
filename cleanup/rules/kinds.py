"""The few shapes that rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from typing import TypeVar

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Edit, Fix, Message, Span, fix
from cleanup.rules.contract import Names
from cleanup.text import bare
from cleanup.text.scripts import is_han, is_simplified, is_traditional
from cleanup.text.simplify import simplified

Replacement = str | Callable[["regex.Match[str]"], str | None]


def row_out(
    document: Document, kind: str, rule: str, applicability: Applicability, confidence: float, why: Message
) -> Iterator[Fix]:
    """A fix for each row of the page's boxes that geometry says is of a kind: it goes, with its line end."""
    for row in document.rows:
        if row.kind != kind:
            continue
        line = document.lines[document.line_at(row.start)]
        if line.content.start != row.start or line.content.end != row.end:
            continue  # it was joined with another
        start, end = line.span.start, line.span.end
        while document.text[end : end + 1] == "\n":
            end += 1
        yield fix(rule, document.text, [(start, end, "")], applicability, confidence, why)


def substitution(
    rule: str,
    document: Document,
    pattern: regex.Pattern[str],
    replacement: Replacement,
    applicability: Applicability,
    confidence: float,
    why: Message,
    group: int | str = 0,
) -> Iterator[Fix]:
    """A fix for each match outside opaque places: `group` becomes `replacement` (None: leave it)."""
    for match in pattern.finditer(document.text):
        start, end = match.span(group)
        if start < 0 or document.is_opaque(start, end):
            continue
        after = replacement if isinstance(replacement, str) else replacement(match)
        if after is None or after == document.text[start:end]:
            continue
        yield fix(rule, document.text, [(start, end, after)], applicability, confidence, why)


def solid_before(text: str, at: int) -> str:
    """The nearest character before `at` that is no space, at most one line end away; else nothing."""
    lines = 0
    while at > 0:
        at -= 1
        if text[at] == "\n":
            lines += 1
            if lines == 2:
                return ""
        elif text[at] not in " \u3000\t":
            return text[at]
    return ""


def solid_around(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """What stands before and behind a place, so many characters of the text at most, without white space."""
    before, behind = text[max(0, start - reach) : start], text[end : end + reach]
    return "".join(before.split()), "".join(behind.split())


def solid_after(text: str, at: int) -> str:
    """The nearest character from `at` on that is no space, at most one line end away; else nothing."""
    lines = 0
    while at < len(text):
        if text[at] == "\n":
            lines += 1
            if lines == 2:
                return ""
        elif text[at] not in " \u3000\t":
            return text[at]
        at += 1
    return ""


def line_around(text: str, at: int) -> Span:
    """The physical line that holds `at`, without its line end."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return Span(start, len(text) if end < 0 else end)


_Asked = TypeVar("_Asked", bound=Names)
Find = Callable[[Document, _Asked], Iterable[Fix]]
_NEAR, _LESS_ALIKE = 6, 1.0


def in_simplified(find: Find[_Asked]) -> Find[_Asked]:
    """A rule about names that reads simplified script without markup, for all text: what is set in
    traditional script is put before it in simplified script, place for place, what is set in bold, in cells
    or in tags as the words alone, and its edits are put back into what is printed."""

    def simple(document: Document, tools: _Asked) -> Iterator[Fix]:
        text = document.text
        if is_simplified(text) or (plain := simplified(text)) == text:
            both = tools.roster.with_simplified
            yield from find(document, tools if both is tools.roster else replace(tools, roster=both))
            return
        for made in find(replace(document, text=plain), replace(tools, roster=tools.roster.simplified)):
            if printed := _as_printed(made, text, plain, tools):
                yield printed

    @wraps(find)
    def found(document: Document, tools: _Asked) -> Iterator[Fix]:
        read = bare.of(document) if document.marks else None
        if read is None:
            yield from simple(document, tools)
            return
        for made in simple(read.document, tools):
            if placed := read.back(made, document.text):
                yield placed

    return found


def _as_printed(made: Fix, text: str, plain: str, tools: Names) -> Fix | None:
    """A fix of text in simplified script as a fix of the text itself; None where that changes nothing."""
    name = made.person
    written = tools.roster.in_traditional if is_traditional(text) else str
    form = written(name)
    chars = dict(zip(name, form, strict=True))
    edits, level = [], made.applicability
    for edit in made.edits:
        before = text[edit.span.start : edit.span.end]
        after = "".join(chars.get(char, char) for char in edit.after)
        edits += [Edit(edit.span, before, after)] * (before != after)
        if len(before) == len(after) == 1 and is_han(before):
            # Two characters may look alike in one script only: 东 and 车, not 東 and 車.
            alike = tools.naming.likeness
            if alike(before, after) < alike(edit.before, edit.after) - _LESS_ALIKE:
                level = Applicability.SUGGEST
    if made.edits and not edits:
        return None
    around = plain[max(0, made.span.start - _NEAR) : made.span.end + _NEAR]
    shown = {name: form}
    for word in made.quoted:
        if (at := around.find(word)) >= 0:
            at += max(0, made.span.start - _NEAR)
            shown[word] = text[at : at + len(word)]
        elif len(word) == 1:
            shown[word] = chars.get(word, word)
    return replace(
        made,
        edits=tuple(edits),
        applicability=level,
        why=Message(_put(made.why.zh, shown), _put(made.why.en, shown)),
        evidence=tuple(form if said == name else said for said in made.evidence),
        alternatives=tuple(map(written, made.alternatives)),
        person=form,
        quoted=tuple(shown.get(word, word) for word in made.quoted),
    )


def _put(message: str, words: dict[str, str]) -> str:
    """A message with some of its words written otherwise."""
    found = sorted((word for word in words if word), key=len, reverse=True)
    pattern = regex.compile("|".join(map(regex.escape, found)) or "(?!)")
    return str(pattern.sub(lambda match: words[match[0]], message))
