"""The people of a result: as CSV, and as rows of the report with the records about each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cleanup.model.journal import Form, Journal, Sighting
from cleanup.reports import older

MOST = 12
"""So many places are linked for each person."""


def kept(forms: Sequence[Form]) -> str:
    """Forms as a ledger keeps them: JSON on a line, nothing where there are none."""
    return msgspec.json.encode(forms).decode() if forms else ""


def forms(line: str) -> list[Form]:
    """The forms of such a line, or of one that a version before schema 3 kept."""
    built = msgspec.json.decode(line) if line.startswith("[") else [older.form(line)]
    return msgspec.convert(built, list[Form])


def said(form: Form) -> str:
    """A form in a table: 胡衙华 (applied ×2)."""
    return f"{form.text} ({form.status} ×{form.times})"


class Row(NamedTuple):
    person: Sighting
    places: tuple[tuple[int, int, str], ...]
    """Index, line and status of the records about this person."""


def rows(journal: Journal) -> list[Row]:
    """A row for each person: those with something to see first."""
    about: dict[str, list[tuple[int, int, str]]] = {}
    for index, record in enumerate(journal.records):
        if record.person:
            about.setdefault(record.person, []).append((index, record.line, record.status))
    found = [Row(person, tuple(about.get(person.name, ()))[:MOST]) for person in journal.people]
    return sorted(found, key=lambda row: not row.places)


def encode(journal: Journal) -> bytes:
    """One row a person, UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("name", "title", "count", "forms", "rivals", "offices", "called"))
    for person in journal.people:
        forms = map(said, person.forms)
        lists = (";".join(cells) for cells in (forms, person.rivals, person.offices, person.called))
        table.writerow((person.name, person.title, person.count, *lists))
    return out.getvalue().encode("utf-8-sig")
