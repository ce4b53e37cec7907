"""The people of a result as CSV: each person found, forms seen, rivals, offices."""

from __future__ import annotations

import csv
import io

from cleanup.model.journal import Journal


def encode(journal: Journal) -> bytes:
    """One row a person, UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("name", "title", "count", "forms", "rivals", "offices"))
    for person in journal.people:
        lists = (";".join(cells) for cells in (person.forms, person.rivals, person.offices))
        table.writerow((person.name, person.title, person.count, *lists))
    return out.getvalue().encode("utf-8-sig")
