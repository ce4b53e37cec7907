"""The archive in figures: what the overview and summary.json show, as streams of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from cleanup.archive.ledger.core import Ledger
from cleanup.model.journal import Form, Status
from cleanup.reports import index
from cleanup.reports import people as said_of

PAIRS = 50
PEOPLE = 50
LONGEST = 8
"""Characters of a replacement that counts as one of a kind; longer ones are sentences."""
_NOT_READING = ("layout.%", "spaces.%", "repeats.%", "suspicions.%")
"""Rules whose edits say nothing of what was read for what."""
_ISSUES = (
    "SELECT issue, COUNT(*), SUM(status = 'failed'), SUM(applied), SUM(suggested), SUM(flags),"
    " SUM(remaining), SUM(characters), COALESCE(MIN(NULLIF(date, '')), '') FROM pages"
    " GROUP BY issue ORDER BY MIN(place)"
)


def totals(ledger: Ledger) -> dict[str, float]:
    """Sums over all pages."""
    row = ledger.database.execute(
        "SELECT COUNT(*), TOTAL(status = 'done'), TOTAL(status = 'failed'), TOTAL(status = 'todo'),"
        " TOTAL(status = 'gone'), COUNT(DISTINCT issue), TOTAL(characters), TOTAL(applied), TOTAL(suggested),"
        " TOTAL(flags), ROUND(TOTAL(remaining), 2) FROM pages"
    ).fetchone()
    names = (
        "pages", "done", "failed", "todo", "gone", "issues", "characters", "applied", "suggested", "flags",
        "remaining",
    )  # fmt: skip
    return {
        name: value if name == "remaining" else int(value) for name, value in zip(names, row, strict=True)
    }


def issues(ledger: Ledger) -> Iterator[list[Any]]:
    """Issue by issue: pages, failures, edits, suggestions, flags, expected errors, characters, date."""
    for issue, *figures, remaining, characters, date in ledger.database.execute(_ISSUES):
        yield [issue, *figures, round(remaining, 2), characters, date]


def pages(ledger: Ledger) -> Iterator[list[Any]]:
    """A row for each page of the overview."""
    for path, issue, *figures, remaining, characters, status in ledger.database.execute(
        "SELECT path, issue, number, applied, suggested, flags, remaining, characters, status"
        " FROM pages ORDER BY place"
    ):
        yield [path, issue, *figures, round(remaining, 2), characters, status]


def failures(ledger: Ledger) -> Iterator[list[Any]]:
    """Pages that failed, and why."""
    for row in ledger.rows("status = 'failed'"):
        yield [row.path, row.reason_zh, row.reason_en]


def names(ledger: Ledger) -> Iterator[tuple[str, str, str, int, int, str]]:
    """(name, office on the roster, issue, pages, times, forms of the source), name by name, its issues in
    natural order."""
    for name, title, issue, pages, times, forms in ledger.database.execute(
        "SELECT name, title, issue, COUNT(*), SUM(count), GROUP_CONCAT(NULLIF(forms, ''), char(10))"
        " FROM people JOIN pages ON people.page = pages.id"
        " GROUP BY name, title, issue ORDER BY name, title, MIN(place)"
    ):
        yield name, title, issue, pages, times, "；".join(_summed(forms or ""))


def _summed(forms: str) -> Iterator[str]:
    """Forms of several pages, a line each, every form once: 胡衙华 (applied ×2)."""
    counts: Counter[tuple[str, Status]] = Counter()
    for line in forms.splitlines():
        for form in said_of.forms(line):
            counts[form.text, form.status] += form.times
    for (text, status), times in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield said_of.said(Form(text, status, times))


def rules(ledger: Ledger) -> Iterator[tuple[str, str, int]]:
    """(rule, status, records)."""
    yield from ledger.database.execute(
        "SELECT rule, status, COUNT(*) FROM (SELECT DISTINCT page, record, rule, status FROM changes)"
        " GROUP BY rule, status ORDER BY rule, status"
    )


def families(ledger: Ledger) -> Iterator[tuple[str, int, int, int]]:
    """(family, edits, suggestions, flags), the busiest first."""
    counts: dict[str, dict[str, int]] = {}
    for rule, status, count in rules(ledger):
        mine = counts.setdefault(rule.partition(".")[0], {})
        mine[status] = mine.get(status, 0) + count
    for family, found in sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        yield family, found.get("applied", 0), found.get("withheld", 0), found.get("flagged", 0)


def pairs(ledger: Ledger) -> Iterator[index.Pair]:
    """The commonest replacements, with examples."""
    apart = " AND ".join("rule NOT LIKE ?" for _ in _NOT_READING)
    ledger.database.execute("DROP TABLE IF EXISTS temp.pairs")
    ledger.database.execute(
        "CREATE TEMP TABLE pairs AS SELECT before, after, COUNT(*) AS times, COUNT(DISTINCT page) AS pages"
        f" FROM changes WHERE status = 'applied' AND {apart} AND length(before) <= {LONGEST}"
        f" AND length(after) <= {LONGEST} GROUP BY before, after ORDER BY times DESC, before, after"
        f" LIMIT {PAIRS}",
        _NOT_READING,
    )
    examples: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    issues: dict[tuple[str, str], set[str]] = {}
    for before, after, issue, path, report, fix in ledger.database.execute(
        "SELECT before, after, issue, path, report, changes.id FROM pages"
        " JOIN changes ON changes.page = pages.id JOIN temp.pairs USING (before, after)"
        " WHERE changes.status = 'applied'"
        f" AND {apart} ORDER BY place, record, edit",
        _NOT_READING,
    ):
        issues.setdefault((before, after), set()).add(issue)
        shown = examples.setdefault((before, after), [])
        if len(shown) < 3 and all(path != other for other, _, _ in shown):
            shown.append((path, quote(report), fix))
    for before, after, times, pages in ledger.database.execute(
        "SELECT * FROM temp.pairs ORDER BY times DESC, before, after"
    ):
        key = before, after
        yield index.Pair(before, after, times, pages, len(issues[key]), tuple(examples[key]))


def people(ledger: Ledger) -> Iterable[tuple[str, str, int, int]]:
    """(name, office on the roster, times, pages), the most named first."""
    return ledger.database.execute(
        "SELECT name, MIN(title), SUM(count) AS times, COUNT(*) FROM people GROUP BY name"
        f" ORDER BY times DESC, name LIMIT {PEOPLE}"
    ).fetchall()


def quality(ledger: Ledger) -> list[int]:
    """How many pages have how many expected errors (index.QUALITY)."""
    bounds = " ".join(f"WHEN share < {bound} THEN {at}" for at, bound in enumerate(index.QUALITY))
    counts = [0] * (len(index.QUALITY) + 1)
    for at, count in ledger.database.execute(
        f"SELECT CASE {bounds} ELSE {len(index.QUALITY)} END AS at, COUNT(*) FROM"
        " (SELECT 1000.0 * remaining / characters AS share FROM pages"
        " WHERE status = 'done' AND characters > 0) GROUP BY at"
    ):
        counts[at] = count
    return counts


def timeline(ledger: Ledger, issues: int) -> Iterator[index.Step]:
    """Issues in natural order; where there are many, several in a row together."""
    together = -(-issues // index.BARS) or 1
    rows = iter(ledger.database.execute(_ISSUES))
    while chunk := list(islice(rows, together)):
        yield index.Step(
            chunk[0][0],
            chunk[-1][0],
            sum(row[1] for row in chunk),
            sum(row[3] for row in chunk),
            sum(row[7] for row in chunk),
            round(sum(row[6] for row in chunk), 2),
        )


def changes(ledger: Ledger) -> Iterator[tuple[Any, ...]]:
    """The rows of changes.csv."""
    rows = ledger.database.execute(
        "SELECT pages.issue, pages.number, pages.path, line, changes.id, rule, changes.status, reason,"
        " confidence, before, after FROM pages JOIN changes ON changes.page = pages.id"
        " ORDER BY place, record, edit"
    )
    for issue, number, path, *rest in rows:
        yield issue, number or "", path, *rest
