"""What a terminal shows: a table of what was done, and the changes as a diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleanup.model.fix import Lang
from cleanup.model.journal import Record, Status
from cleanup.model.result import Result
from cleanup.reports import grid
from cleanup.reports.grid import Column
from cleanup.reports.pieces import Piece, Row, rows
from cleanup.reports.unseen import HIDDEN, label
from cleanup.reports.words import format_of, word

_STATUSES: tuple[Status, ...] = ("applied", "withheld", "flagged")
_STYLES = {"applied": "32", "withheld": "33", "flagged": "35"}
_DIM = "2"
_RESET, _BOLD, _RED, _GREEN, _CYAN, _VIOLET, _REVERSE = (
    f"\x1b[{code}m" for code in ("0", "1", "31", "32", "36", "35", "7")
)


def summary(
    results: Sequence[tuple[Result, str]], lang: Lang, room: int, colour: bool = False
) -> Iterator[str]:
    """Counts by family over all results; and by file, with the path of its report (or ""). `room`: the cells
    that a line may take."""

    def columns(first: str, *more: str) -> list[Column]:
        counted = [
            Column(word(f"status.{status}", lang), _STYLES[status], right=True) for status in _STATUSES
        ]
        return [Column(word(first, lang)), *counted, *(Column(word(key, lang), _DIM) for key in more)]

    def cells(counts: Counter[Status]) -> list[str]:
        return [f"{counts[status]:,}" if counts[status] else "·" for status in _STATUSES]

    families: dict[str, Counter[Status]] = {}
    total: Counter[Status] = Counter()
    # That a file of boxes was known as one must be seen; the column would say little of texts alone.
    boxed = any(result.journal.boxes for result, _ in results)
    files: list[list[str]] = []
    for result, path in results:
        journal = result.journal
        counts: Counter[Status] = Counter()
        for found in journal.plan:
            families.setdefault(found.name, Counter())
        for record in journal.records:
            families.setdefault(record.rule.partition(".")[0], Counter())[record.status] += 1
            counts[record.status] += 1
        total += counts
        size = f"{journal.source.characters:,} → {journal.output.characters:,}"
        said = [_clean(word(format_of(journal), lang))] * boxed
        files.append([_clean(journal.source.name), *cells(counts), *said, size, _clean(path)])
    by_family = [
        [_clean(word(f"family.{family}", lang)), *cells(counts)]
        for family, counts in families.items()
        if counts.total()
    ]
    sums = [word("table.total", lang), *cells(total)]
    yield from grid.draw(columns("table.family"), by_family, sums, room, colour)
    more = ["table.format"] * boxed + ["characters", "table.report"]
    yield from grid.draw(columns("table.file", *more), files, (), room, colour)


def diff(result: Result, lang: Lang, colour: bool) -> Iterator[str]:
    """The changed lines with a line around them, then the flags; lines without their ends."""
    records = result.journal.records
    paint = _painted if colour else _plain
    name = _clean(result.journal.source.name)
    before: Row | None = None
    started = after = False
    line = 1  # of the repaired text
    for row in rows(result):
        ends = row.right.count("\n") + row.right.count("\f")
        if row.changed:
            if not started:
                yield paint(f"--- {name} ({word('source', lang)})", _BOLD)
                yield paint(f"+++ {name} ({word('repaired', lang)})", _BOLD)
                started = True
            yield paint(f"@@ -{row.line} +{line} @@ {_rules(row, records)}", _CYAN)
            if before is not None:
                yield paint(f" {_line(before.left)}", "")
            yield from _side(row, "-", _RED, colour)
            yield from _side(row, "+", _GREEN, colour)
            before, after = None, True
        elif after:
            yield paint(f" {_line(row.left)}", "")
            before, after = None, False
        else:
            before = row
        line += ends
    for record in records:
        if record.status == "flagged":
            place = word("line", lang).format(record.line)
            says = f"{_clean(record.rule)} {record.confidence:.0%}: {_clean(record.why.text(lang))}"
            yield paint(f"! {place}: {says}", _VIOLET)


def _rules(row: Row, records: Sequence[Record]) -> str:
    found = dict.fromkeys(
        f"{_clean(records[mark].rule)} {records[mark].confidence:.0%}"
        for piece in row.pieces
        for mark in piece.marks
    )
    return ", ".join(found)


def _side(row: Row, sign: str, tint: str, colour: bool) -> Iterator[str]:
    """One side of a row, line by line; what changed in it stands out."""

    def of(piece: Piece) -> str:
        return piece.left if sign == "-" else piece.right

    line: list[str] = []
    begun = False
    for piece in row.pieces:
        for part in of(piece).splitlines(keepends=True) if piece.marks else [of(piece)]:
            bare = part.rstrip("\n")
            shown = _clean(bare)
            line.append(f"{_REVERSE}{shown}{_RESET}{tint}" if colour and piece.marks and shown else shown)
            begun = True
            if part != bare:
                yield _signed(sign, line, tint, colour)
                line, begun = [], False
    if begun and any(line):
        yield _signed(sign, line, tint, colour)


def _signed(sign: str, line: list[str], tint: str, colour: bool) -> str:
    text = sign + "".join(line)
    return f"{tint}{text}{_RESET}" if colour else text


def _line(text: str) -> str:
    return _clean(text.rstrip("\n"))


def _clean(text: str) -> str:
    """No character that would act on the terminal."""
    return HIDDEN.sub(lambda match: f"⟨{label(match[0])}⟩", text)


def _painted(text: str, code: str) -> str:
    return f"{code}{text}{_RESET}" if code else text


def _plain(text: str, code: str) -> str:
    return text
