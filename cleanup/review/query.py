"""What the page asks of the index: filters, counts, patterns, lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from cleanup.model.file_names import named, readable
from cleanup.review.index import Index

MOST_IDS = 200_000
"""So many items one list may hold."""
ORDERS = {
    "place": "file, record",
    "sure": "confidence DESC, id",
    "unsure": "confidence, id",
    "gain": "gain DESC, id",
}
PATTERN_ORDERS = {
    "gain": "open_gain DESC, pattern",
    "count": "total DESC, pattern",
    "sure": "sure DESC, pattern",
    "unsure": "sure, pattern",
}
_ITEM = (
    "id, file, record, key, kind, rule, status, reason, level, confidence, pattern, before, after, "
    "left, right, line, page, person, state, detail"
)


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which records; every field left empty takes all."""

    kind: Literal["", "fix", "flag"] = ""
    status: Literal["", "applied", "withheld", "flagged"] = ""
    state: Literal["", "open", "decided", "accepted", "rejected", "edited", "protected", "contested"] = ""
    family: str = ""
    rule: str = ""
    low: float = 0.0
    high: float = 1.0
    person: str = ""
    issue: int = 0
    since: str = ""
    until: str = ""
    text: str = ""
    file: int = 0
    pattern: int = 0

    def where(self, with_state: bool = True) -> tuple[str, list[Any]]:
        """The condition in SQL, with its values."""
        parts: list[str] = []
        values: list[Any] = []

        def add(part: str, *more: Any) -> None:
            parts.append(part)
            values.extend(more)

        # Always both columns: the indexes begin with them.
        add("kind = ?", self.kind) if self.kind else add("kind IN ('fix', 'flag')")
        add("status = ?", self.status) if self.status else add("status IN ('applied', 'withheld', 'flagged')")
        if with_state and self.state:
            add(self.state_sql)
        for name in ("family", "rule", "person", "issue", "file", "pattern"):
            if value := getattr(self, name):
                add(f"{name} = ?", value)
        if self.low > 0:
            add("confidence >= ?", self.low)
        if self.high < 1:
            add("confidence <= ?", self.high)
        if self.since:
            add("issue IN (SELECT id FROM issues WHERE day >= ?)", self.since)
        if self.until:
            add("issue IN (SELECT id FROM issues WHERE day <= ? AND day <> '')", self.until)
        if self.text:
            add("(instr(left || before || right, ?) OR instr(after, ?))", self.text, self.text)
        return " AND ".join(parts), values

    @property
    def state_sql(self) -> str:
        """The condition on what was decided."""
        if self.state == "open":
            return "state = ''"
        if self.state == "decided":
            return "state <> ''"
        return f"state = '{self.state}'"


def overview(index: Index) -> dict[str, Any]:
    """How much there is of everything, decided and left, and what the filters can offer."""
    db = index.db
    counts = db.execute(
        "SELECT kind, status, state, family, rule, COUNT(*) FROM items "
        "GROUP BY kind, status, state, family, rule"
    ).fetchall()
    files, troubled = db.execute("SELECT COUNT(*), SUM(trouble <> '') FROM files").fetchone()
    issues = db.execute("SELECT id, name, day FROM issues ORDER BY name, day LIMIT 5000").fetchall()
    people = db.execute(
        "SELECT person, COUNT(*) FROM items WHERE person <> '' GROUP BY person ORDER BY 2 DESC LIMIT 500"
    ).fetchall()
    troubles = db.execute("SELECT path, trouble FROM files WHERE trouble <> '' LIMIT 20").fetchall()
    return {
        "counts": counts,
        "files": files,
        "troubled": troubled or 0,
        "troubles": [[readable(named(path)), *json.loads(said)] for path, said in troubles],
        "issues": issues,
        "people": people,
    }


def patterns(index: Index, wanted: Filter, order: str, offset: int, limit: int) -> dict[str, Any]:
    """Patterns of the filtered records, each with its counts; `state` tells which must be among them."""
    where, values = wanted.where(with_state=False)
    having = f"HAVING SUM({wanted.state_sql}) > 0" if wanted.state else ""
    grouped = (
        "SELECT pattern, COUNT(*) AS total, COUNT(DISTINCT issue) AS issues, SUM(state = '') AS open, "
        "SUM(state = 'accepted') AS accepted, SUM(state IN ('rejected', 'protected')) AS rejected, "
        "SUM(state = 'edited') AS edited, SUM(state = 'contested') AS contested, AVG(confidence) AS sure, "
        "SUM(CASE WHEN state = '' THEN gain ELSE 0 END) AS open_gain, MIN(id) AS first "
        f"FROM items WHERE {where} GROUP BY pattern {having}"
    )
    rows = index.db.execute(
        f"SELECT g.*, p.pid, p.rule, p.kind, p.before, p.after, i.left, i.right, i.detail, "
        "COUNT(*) OVER () AS many, SUM(g.open) OVER () AS left_open "
        f"FROM ({grouped}) g JOIN patterns p ON p.id = g.pattern JOIN items i ON i.id = g.first "
        f"ORDER BY {PATTERN_ORDERS[order]} LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    names = (
        "id", "total", "issues", "open", "accepted", "rejected", "edited", "contested", "sure", "gain",
        "first", "pid", "rule", "kind", "before", "after", "left", "right",
    )  # fmt: skip
    found = [
        dict(zip(names, row[:-3], strict=True)) | {"shown": json.loads(row[-3])["shown"]} for row in rows
    ]
    total, left = rows[0][-2:] if rows else (0, 0)
    return {"patterns": found, "total": total, "open": left}


def ids(index: Index, wanted: Filter, order: str) -> list[int]:
    """Ids of the filtered records, in order."""
    where, values = wanted.where()
    return [
        row[0]
        for row in index.db.execute(
            f"SELECT id FROM items WHERE {where} ORDER BY {ORDERS[order]} LIMIT {MOST_IDS}", values
        )
    ]


def count(index: Index, wanted: Filter) -> tuple[int, int, int]:
    """(places, different contents, issues) of the filtered records."""
    where, values = wanted.where()
    row = index.db.execute(
        f"SELECT COUNT(*), COUNT(DISTINCT key), COUNT(DISTINCT issue) FROM items WHERE {where}", values
    ).fetchone()
    return row[0], row[1], row[2]


def places(index: Index, keys: Sequence[str]) -> int:
    """How many places decisions under these keys, of records or patterns, speak of.

    More than keys: the same content stands in several files, and what other rules would do the same at a
    place is decided with it.
    """
    # Told no index, SQLite walks over all places in search of the keys.
    row = index.db.execute(
        "WITH said AS (SELECT value FROM json_each(?)) SELECT COUNT(*) FROM ("
        "SELECT id FROM items WHERE key IN said UNION SELECT id FROM items WHERE place <> '' AND place IN "
        "(SELECT place FROM items INDEXED BY item_key WHERE key IN said AND place <> '') UNION "
        "SELECT id FROM items WHERE pattern IN (SELECT id FROM patterns WHERE pid IN said))",
        (json.dumps(keys),),
    ).fetchone()
    return int(row[0])


def items(index: Index, wanted: Sequence[int]) -> list[dict[str, Any]]:
    """The records with these ids, in this order; those that are gone are left out."""
    marks = ", ".join("?" * len(wanted))
    rows = index.db.execute(
        f"SELECT {_ITEM}, (SELECT name FROM files WHERE files.id = file), "
        "(SELECT name FROM issues WHERE issues.id = items.issue), "
        "(SELECT day FROM issues WHERE issues.id = items.issue) "
        f"FROM items WHERE id IN ({marks})",
        list(wanted),
    ).fetchall()
    names = [*_ITEM.split(", "), "name", "issue", "day"]
    found = {}
    for row in rows:
        item = dict(zip(names, row, strict=True))
        found[row[0]] = item | json.loads(item.pop("detail"))
    return [found[number] for number in wanted if number in found]


def states(index: Index, keys: Sequence[str]) -> list[tuple[int, str]]:
    """(id, state) of every record with one of these keys, and of others that would do the same."""
    marks = ", ".join("?" * len(keys))
    return index.db.execute(
        f"SELECT id, state FROM items WHERE key IN ({marks}) "
        "UNION SELECT id, state FROM items WHERE place IN "
        f"(SELECT place FROM items WHERE key IN ({marks}) AND place <> '') AND place <> '' LIMIT 5000",
        [*keys, *keys],
    ).fetchall()


def rules(index: Index) -> dict[str, dict[str, int]]:
    """Rule → how many of its fixes were made, are suggested, and are decided."""
    rows = index.db.execute(
        "SELECT rule, SUM(status = 'applied'), SUM(status = 'withheld'), SUM(state <> '') FROM items "
        "WHERE kind = 'fix' AND status IN ('applied', 'withheld') AND rule <> 'review.edit' "
        "GROUP BY rule ORDER BY rule"
    )
    return {row[0]: dict(zip(("applied", "withheld", "decided"), row[1:], strict=True)) for row in rows}


def record_of(index: Index, item: int) -> tuple[int, int]:
    """(file, number of the record in its journal) of an item; raises KeyError."""
    file, record = _one(index, "SELECT file, record FROM items WHERE id = ?", item)
    return file, record


def journal_of(index: Index, file: int) -> tuple[str, str]:
    """(path, digest) of a file's journal; raises KeyError."""
    path, digest = _one(index, "SELECT path, digest FROM files WHERE id = ?", file)
    return named(path), digest


def file_of(index: Index, file: int) -> tuple[str, str, str, str]:
    """(path of the journal made readable, name of the source, issue, its day); raises KeyError."""
    path, name, issue, day = _one(
        index,
        "SELECT f.path, f.name, COALESCE(i.name, ''), COALESCE(i.day, '') FROM files f "
        "LEFT JOIN issues i ON i.id = f.issue WHERE f.id = ?",
        file,
    )
    return readable(named(path)), name, issue, day


def items_of(index: Index, file: int) -> dict[int, list[Any]]:
    """Number of a record → its item, state and status."""
    found = index.db.execute(
        "SELECT record, id, state, status FROM items WHERE file = ? ORDER BY record", (file,)
    )
    return {record: [number, state, status] for record, number, state, status in found}


def pattern_of(index: Index, number: int) -> tuple[str, str, str, str] | None:
    """(id, rule, before, after) of a pattern that decisions can speak of."""
    found: tuple[str, str, str, str] | None = index.db.execute(
        "SELECT pid, rule, before, after FROM patterns WHERE id = ? AND pid <> ''", (number,)
    ).fetchone()
    return found


def rows(index: Index, fields: str, where: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """These columns of the items that a condition takes."""
    return index.db.execute(f"SELECT {fields} FROM items WHERE {where}", list(values)).fetchall()


def files(index: Index) -> list[tuple[int, str, str]]:
    """(number, path of the journal, what held of it when it was last made anew), by path."""
    found = index.db.execute("SELECT id, path, done FROM files ORDER BY path")
    return [(number, named(path), said) for number, path, said in found]


def done(index: Index, file: int, said: str) -> None:
    """Keep what held of a file as it was made anew."""
    index.db.execute("UPDATE files SET done = ? WHERE id = ?", (said, file))


def said_of(index: Index, file: int) -> list[tuple[str, str]]:
    """(key, state) of a file's records that something was said of."""
    return index.db.execute(
        "SELECT DISTINCT key, state FROM items WHERE file = ? AND state <> '' ORDER BY key", (file,)
    ).fetchall()


def _one(index: Index, sql: str, number: int) -> tuple[Any, ...]:
    row = index.db.execute(sql, (number,)).fetchone()
    if row is None:
        raise KeyError(number)
    return tuple(row)
