"""The people of a result: as CSV, and as rows of the report with the records about each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from cleanup.model.journal import Journal, Sighting

_FORM = re.compile(r"(.*) \((applied|withheld) ×(\d+)\)")
MOST = 12
"""So many places are linked for each person."""


class Form(NamedTuple):
    """A form that the source had instead of the name."""

    text: str
    status: str
    times: str


def forms(texts: Iterable[str]) -> list[Form]:
    """The forms as a journal writes them, taken apart."""
    return [Form(*match.groups()) for text in texts if (match := _FORM.fullmatch(text))]


def said(text: str, status: str, times: int) -> str:
    """A form as a journal writes it."""
    return f"{text} ({status} ×{times})"


class Row(NamedTuple):
    person: Sighting
    forms: tuple[Form, ...]
    places: tuple[tuple[int, int, str], ...]
    """Index, line and status of the records about this person."""


def rows(journal: Journal) -> list[Row]:
    """A row for each person: those with something to see first."""
    about: dict[str, list[tuple[int, int, str]]] = {}
    for index, record in enumerate(journal.records):
        if record.evidence and record.rule.partition(".")[0] in ("names", "suspicions"):
            about.setdefault(record.evidence[0], []).append((index, record.line, record.status))
    found = [
        Row(
            person,
            tuple(forms(person.forms)),
            tuple(about.get(person.name, ()))[:MOST],
        )
        for person in journal.people
    ]
    return sorted(found, key=lambda row: not row.places)


def encode(journal: Journal) -> bytes:
    """One row a person, UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("name", "title", "count", "forms", "rivals", "offices", "called"))
    for person in journal.people:
        lists = (";".join(cells) for cells in (person.forms, person.rivals, person.offices, person.called))
        table.writerow((person.name, person.title, person.count, *lists))
    return out.getvalue().encode("utf-8-sig")
