"""Ids of fixes: digests of content, so that a decision outlives re-runs, new versions and moved files.

What stands around a fix is read from the source without its white space: other repairs nearby, taken or
refused, do not change it, nor does another wrapping of the lines.
"""

from __future__ import annotations

import hashlib

from cleanup.model.fix import Fix, Span
from cleanup.model.journal import Record
from cleanup.text.patterns import re_pattern

CONTEXT = 8
"""Characters of the source on both sides that belong to a fix's identity."""
_REACH = 64
"""How far to look for them over white space."""
_FORMULAS = "formulas."
_MARKED = re_pattern("(.{0,2})【(.*?)】(.{0,2})")


def fix_id(source: str, place: Span, fix: Fix) -> str:
    """Twelve hexadecimal digits from the rule, its edits (or the flagged text) and their surroundings.

    `place` is where in the source the fix stands.
    """
    return _digest(fix.rule, *_content(source, place, fix))


def place_id(source: str, place: Span, fix: Fix) -> str:
    """The same without the rule: two rules that do the same at the same place share it."""
    return _digest(*_content(source, place, fix))


def pattern_id(fix: Fix | Record) -> str:
    """Of the rule and its edits, wherever they stand; of formulas, in the same formula only: 会 may be lost
    in one, and rightly not stand in the next."""
    parts = (part for edit in fix.edits for part in (edit.before, edit.after))
    return "p" + _digest(fix.rule, *parts, *formula_of(fix))


def formula_of(fix: Fix | Record) -> tuple[str, ...]:
    """What a formula has before a difference, there and behind it; empty for all else."""
    if not fix.rule.startswith(_FORMULAS) or not fix.evidence:
        return ()
    found = _MARKED.search(fix.evidence[0])
    return found.groups() if found else ()


def _content(source: str, place: Span, fix: Fix) -> list[str]:
    parts = [_solid(source[max(0, place.start - _REACH) : place.start])[-CONTEXT:]]
    if fix.edits:
        for edit in fix.edits:
            parts += (edit.before, edit.after)
    else:
        parts.append(_solid(source[place.start : place.end]))
    parts.append(_solid(source[place.end : place.end + _REACH])[:CONTEXT])
    return parts


def _solid(text: str) -> str:
    return "".join(text.split())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
