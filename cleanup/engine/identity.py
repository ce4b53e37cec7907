"""Ids of fixes: a digest of content, so that a decision outlives re-runs and moved text."""

from __future__ import annotations

import hashlib

from cleanup.model.fix import Fix

CONTEXT = 8
"""Characters on both sides that belong to a fix's identity."""


def fix_id(text: str, fix: Fix) -> str:
    """Twelve hexadecimal digits from the rule, its edits (or the flagged text) and their surroundings."""
    parts = [fix.rule, text[max(0, fix.span.start - CONTEXT) : fix.span.start]]
    if fix.edits:
        for edit in fix.edits:
            parts += (edit.before, edit.after)
    else:
        parts.append(text[fix.span.start : fix.span.end])
    parts.append(text[fix.span.end : fix.span.end + CONTEXT])
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
