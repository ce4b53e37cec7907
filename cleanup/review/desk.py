"""Taking decisions: from records of the index to rows of the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.entries import Entry
from cleanup.model.errors import OcrfixError
from cleanup.review import query
from cleanup.review.index import Index

Verdict = Literal["accepted", "rejected", "edited"]
_FIELDS = "kind, key, rule, before, after, left, right, place, confidence, level, state, id"
_NAMES = tuple(_FIELDS.split(", "))


class Stale(OcrfixError):
    """The page shows something else than holds now; nothing was decided."""

    def __init__(self, now: dict[str, Any]) -> None:
        super().__init__(
            "这里刚被另一个窗口或另一个人决定过；什么也没有改动。",
            "This was just decided in another window, or by somebody else; nothing was changed.",
        )
        self.args = (now,)
        self.now = now


class Desk:
    """One person at work on one archive."""

    def __init__(self, index: Index, store: Store, who: str) -> None:
        self.index = index
        self.store = store
        self.who = who

    def decide(self, item: int, verdict: Verdict, text: str, seen: str) -> dict[str, Any]:
        """Decide one record, which the page shows as `seen`; raises Stale and KeyError."""
        with self.index.lock:
            row = self._row(item)
            if row["state"] != seen:
                raise Stale({"state": row["state"]})
            return self._add([self._entry(row, verdict, text)])

    def batch(
        self,
        wanted: query.Filter,
        verdict: Verdict,
        without: Sequence[int],
        opposite: bool,
        everywhere: bool,
        expected: int,
    ) -> dict[str, Any]:
        """Decide all open records of a filter in one stroke, but for those `without`.

        `opposite`: decide these the other way; `everywhere`: also what files to come have of the pattern;
        `expected`: how many places the person was shown. Raises Stale where it is not so many.
        """
        with self.index.lock:
            where, values = wanted.where()
            rows = self._rows(f"{where} AND state = ''", values)
            apart = set(without)
            spared = {row["key"] for row in rows if row["id"] in apart}
            chosen = [row for row in rows if row["key"] not in spared]
            if len(chosen) != expected:
                raise Stale({"count": len(chosen)})
            entries = {row["key"]: self._entry(row, verdict, "") for row in chosen}
            if opposite:
                other: Verdict = "rejected" if verdict == "accepted" else "accepted"
                others = (row for row in rows if row["key"] in spared)
                entries |= {row["key"]: self._entry(row, other, "") for row in others}
            made = list(entries.values())
            if everywhere and wanted.pattern:
                made += self._pattern(wanted.pattern, verdict)
            if not made:
                raise Stale({"count": 0})
            return self._add(made)

    def undo(self, batch: str | None) -> dict[str, Any]:
        """Take back a stroke; by default the last of this person."""
        with self.index.lock:
            batch = batch or self.store.last(self.who)
            keys = self.store.undo(batch) if batch else []
            return self._done(batch or "", keys)

    def protect(self, word: str) -> dict[str, Any]:
        """Keep a word as it is, wherever it stands."""
        return self._add([Entry("word", f"word:{word}", "protected", word)])

    def learn(self, wrong: str, right: str) -> dict[str, Any]:
        """Put a pair into the user's dictionary."""
        return self._add([Entry("pair", f"pair:{wrong}", "added", right, before=wrong, after=right)])

    def introduce(self, person: dict[str, str]) -> dict[str, Any]:
        """Put somebody, or another name of theirs, on the user's roster."""
        key = f"person:{person['name']}:{person['aliases']}"
        return self._add([Entry("person", key, "added", json.dumps(person, ensure_ascii=False))])

    def note(self, item: int, text: str) -> dict[str, Any]:
        """A note to oneself beside a record; raises KeyError."""
        with self.index.lock:
            row = self._row(item)
            return self._add(
                [Entry("note", row["key"], "noted", text, row["rule"], row["before"], row["after"])]
            )

    def said(self, key: str) -> list[dict[str, Any]]:
        """What people said of a key: verdicts and notes, oldest first."""
        return [
            {"who": e.who, "at": e.at, "verdict": e.verdict, "text": e.text, "kind": e.kind}
            for e in self.store.of(key)
        ]

    def _add(self, entries: list[Entry]) -> dict[str, Any]:
        with self.index.lock:
            batch = self.store.add(entries, self.who)
            return self._done(batch, [entry.key for entry in entries])

    def _done(self, batch: str, keys: Sequence[str]) -> dict[str, Any]:
        self.index.sync()
        changed: list[tuple[int, str]] = []
        # Of a large stroke the page reads anew what it shows.
        whole = len(keys) <= 500 and all(":" not in key and not key.startswith("p") for key in keys)
        if whole:
            changed = query.states(self.index, keys)
        count = query.places(self.index, self.store.keys(batch)) if keys else 0
        return {
            "batch": batch, "changed": changed, "reload": not whole, "count": count,
            "version": self.store.version,
        }  # fmt: skip

    def _row(self, item: int) -> dict[str, Any]:
        for row in self._rows("id = ?", [item]):
            return row
        raise KeyError(item)

    def _rows(self, where: str, values: Sequence[Any]) -> list[dict[str, Any]]:
        rows = query.rows(self.index, _FIELDS, where, values)
        return [dict(zip(_NAMES, row, strict=True)) for row in rows]

    def _entry(self, row: dict[str, Any], verdict: Verdict, text: str) -> Entry:
        fields = {name: row[name] for name in _NAMES if name not in ("state", "id")}
        return Entry(**fields, verdict=verdict, text=text, settles=row["state"] == "contested")

    def _pattern(self, number: int, verdict: Verdict) -> list[Entry]:
        row = query.pattern_of(self.index, number)
        return [Entry("pattern", row[0], verdict, "", *row[1:])] if row else []
