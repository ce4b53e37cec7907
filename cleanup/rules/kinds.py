"""The few shapes that rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix

Replacement = str | Callable[["regex.Match[str]"], str | None]


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
