"""Which pages have records that decisions speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.archive.ledger.core import Ledger


def spoken_of(ledger: Ledger, ids: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """(page, its digest of decisions, id) for each record or pattern that decisions speak of, by page.

    Pages that were repaired with decisions are among them even if no such record remains (id is then empty).
    """
    database = ledger.database
    database.execute("CREATE TEMP TABLE IF NOT EXISTS decided (id TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM decided")
    database.executemany("INSERT OR IGNORE INTO decided VALUES (?)", ((key,) for key in ids))
    yield from database.execute(
        "SELECT page, decisions_sha, found FROM ("
        " SELECT page, fix AS found FROM decided JOIN changes ON changes.fix = decided.id UNION"
        " SELECT page, pattern AS found FROM decided JOIN changes ON changes.pattern = decided.id"
        ") JOIN pages ON pages.id = page UNION"
        " SELECT id, decisions_sha, '' FROM pages WHERE decisions_sha <> '' ORDER BY 1"
    )
