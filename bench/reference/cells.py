"""Cells of Markdown tables."""

from __future__ import annotations


def cell(text: str) -> str:
    """A text as a cell: what a table or Markdown would take for its own is escaped."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")
