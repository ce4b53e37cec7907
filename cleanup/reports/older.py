"""Journals of older schemas, brought to what this version writes: fields for words to be taken apart."""

from __future__ import annotations

import re
from typing import Any

from cleanup.text.patterns import re_pattern

_FORM = re_pattern(r"(.*) \((applied|withheld) ×(\d+)\)", re.DOTALL)
_TAKEN_OUT = "（删）"
"""How rules wrote, up to schema 2, a reading that is nothing."""
_PEOPLE = ("names", "suspicions")
"""Families whose first evidence was the person."""
_NO_PERSON = ("suspicions.garbled-heading", "suspicions.misplaced")


def form(text: str) -> dict[str, Any]:
    """A form of a name as schema 2 wrote it: 胡衙华 (applied ×2)."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise TypeError(f"{text} is not a form of a name")
    return {"text": match[1], "status": match[2], "times": int(match[3])}


def record(built: dict[str, Any]) -> None:
    """Give a record, as plain data of an older schema, the fields of this one."""
    built["alternatives"] = ["" if one == _TAKEN_OUT else one for one in built["alternatives"]]
    rule = built["rule"]
    if built["evidence"] and rule.partition(".")[0] in _PEOPLE and rule not in _NO_PERSON:
        built["person"] = built["evidence"][0]


def journal(built: dict[str, Any]) -> None:
    """The same for a journal without its records."""
    for person in built.get("people", ()):
        person["forms"] = [form(text) for text in person["forms"]]
