"""One decision of a person: what it says, and a line of the exported file."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Literal

from cleanup.data.files import DataError

Kind = Literal["fix", "flag", "pattern", "word", "pair", "person", "note"]
State = Literal["", "accepted", "rejected", "edited", "protected", "added", "contested"]
"""What holds of a key; "contested" where people disagree, nothing where all was taken back."""
_VERDICTS = {
    "fix": ("accepted", "rejected", "edited"),
    "flag": ("accepted", "rejected", "edited"),
    "pattern": ("accepted", "rejected"),
    "word": ("protected",),
    "pair": ("added",),
    "person": ("added",),
    "note": ("noted",),
}


class DecisionsError(DataError):
    """The store, or a file of decisions, cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """A decision with what a person needs to know it by; a line of the exported file."""

    kind: Kind
    key: str
    """Id of a fix, a flag or a pattern; of words, pairs and people the thing itself."""
    verdict: str
    text: str = ""
    """edited: what is put there; word: itself; pair: the right form; person: a JSON object; or the note."""
    rule: str = ""
    before: str = ""
    after: str = ""
    left: str = ""
    right: str = ""
    """What stands before and after the place."""
    place: str = ""
    confidence: float = 0.0
    level: str = ""
    who: str = ""
    at: str = ""
    """When, ISO 8601 in UTC."""
    settles: bool = False
    """Made in knowledge of what others had said: it ends their disagreement."""
    id: str = ""
    batch: str = ""
    """Decisions made, and taken back, in one stroke."""


_NO_TEXT = ("confidence", "settles")
COLUMNS = tuple(field.name for field in fields(Entry))


def parse(line: str, number: int) -> Entry:
    """The decision in a line of an exported file; raises DecisionsError."""
    try:
        built = json.loads(line)
        entry = Entry(**{name: built[name] for name in COLUMNS})
        texts = (value for name, value in built.items() if name not in _NO_TEXT)
        if not (all(isinstance(value, str) for value in texts) and entry.id and entry.key):
            raise TypeError("a field is no text")
        "".join(getattr(entry, name) for name in COLUMNS if name not in _NO_TEXT).encode()
        if entry.verdict not in _VERDICTS.get(entry.kind, ()):
            raise ValueError(f"{entry.kind} cannot be {entry.verdict}")
        datetime.fromisoformat(entry.at)
        return replace(entry, confidence=float(entry.confidence), settles=entry.settles is True)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise DecisionsError(
            f"第 {number} 行不是 ocrfix decisions export 写出的决定：{error}；什么也没有导入。",
            f"line {number} is not a decision as ocrfix decisions export writes them ({error}); nothing was "
            "imported.",
        ) from None


def line(entry: Entry) -> str:
    """A decision as a line of JSON."""
    return json.dumps({name: getattr(entry, name) for name in COLUMNS}, ensure_ascii=False)
