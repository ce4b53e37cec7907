"""What people said since pages were finished: which of them are to be made again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleanup.archive import store
from cleanup.archive.ledger import Ledger, Row
from cleanup.archive.ledger.said import spoken_of
from cleanup.archive.page import decisions_digest
from cleanup.data import roster
from cleanup.data.learned import Taught
from cleanup.engine.repair import read
from cleanup.engine.verdicts import table
from cleanup.formats.encoding import InputError
from cleanup.model.file_names import called
from cleanup.model.journal import Decision

_KEPT = "taught"
"""In the ledger: the words that its pages were made with, and what was said of each."""
Said = dict[str, list[str]]


class News:
    """Verdicts on records of finished pages, and on words that these may have; raises DataError."""

    def __init__(
        self, ledger: Ledger, decisions: tuple[Decision, ...], taught: Taught, encoding: str | None
    ) -> None:
        found = table(decisions)
        self._encoding = encoding
        self._now = _said(found.words, taught)
        before: Said = ledger.get(_KEPT) or {}
        self.words = frozenset(
            word for word in before.keys() | self._now.keys() if before.get(word) != self._now.get(word)
        )
        """Said of since; or no longer."""
        self.pages = _undecided(ledger, found.spoken)
        """Numbers of the pages with records that something was said of since; or no longer."""

    def concern(self, page: Row, source: str) -> bool:
        """Whether they would change a finished page, as far as its records and its words tell."""
        return page.id in self.pages or (bool(self.words) and self._has_word(source))

    def _has_word(self, source: str) -> bool:
        try:
            text = read(store.read(source), called(Path(source).name), self._encoding).text
        except (InputError, store.Trouble):
            return False
        solid = "".join(text.split())
        return any("".join(word.split()) in solid for word in self.words)

    def taken_up(self, ledger: Ledger) -> None:
        """Write down that every page that they concern is made again, or marked to be."""
        ledger.put(_KEPT, self._now)


def _said(protected: Iterable[str], taught: Taught) -> Said:
    """What was said of words: that they stay, what is right in their place, who is called so."""
    found: Said = {}
    for word in {*protected, *taught.learned.protect}:
        found.setdefault(word, []).append("=")
    for wrong, right in taught.learned.phrases:
        found.setdefault(wrong, []).append(right)
    for person in roster.load(taught.rosters).people:
        for name in (person.name, *person.aliases):
            found.setdefault(name, []).append(f"{person.name} {person.title} {person.organization}")
    return {word: sorted(said) for word, said in sorted(found.items())}


def _undecided(ledger: Ledger, verdicts: dict[str, str]) -> set[int]:
    """Pages whose records people have decided about since."""
    stale: set[int] = set()
    page, digest, ids = 0, "", list[str]()
    for row in (*spoken_of(ledger, verdicts), (0, "", "")):
        if row[0] != page:
            if page and decisions_digest(ids, verdicts) != digest:
                stale.add(page)
            page, digest, ids = row[0], row[1], []
        ids.append(row[2])
    return stale
