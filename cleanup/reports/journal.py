"""The journal as JSON: encode, decode, schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

import msgspec

from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.journal import READ, SCHEMA, Journal, Record
from cleanup.model.packed import Packed
from cleanup.reports import older

_RECORDS = b',\n"records":['
"""Before the records of a long document."""
_PACK = 1024
"""Records of a long document that are held at once, as objects or as dicts."""
_FIELDS = 3
"""The schema from which on persons and forms are fields."""
T = TypeVar("T")


class JournalError(OcrfixError, ValueError):
    """The bytes are not a journal that this version reads; the message says why."""

    exit_code = Exit.JOURNAL


def encode(journal: Journal) -> bytes:
    """The journal as JSON (UTF-8), ending in a line feed."""
    return b"".join(pieces(journal))


def pieces(journal: Journal) -> Iterator[bytes]:
    """The same piece by piece; of a long document a record a line, so that memory holds one at a time."""
    if not isinstance(journal.records, Packed):
        built = to_builtins(journal)
        yield msgspec.json.format(msgspec.json.encode(built), indent=1) + b"\n"
        return
    structure = journal.structure
    built = to_builtins(replace(journal, records=(), structure=replace(structure, facts=(), regions=())))
    del built["records"]
    lists = (("facts", map(_line, structure.facts)), ("regions", map(_line, structure.regions)))
    yield from map(str.encode, filled(_line(built)[:-1], lists))
    yield _RECORDS
    rows = (row for pack in packs(journal.records) for row in record_builtins(pack))
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(row)
    yield b"\n]}\n"


def filled(text: str, lists: Iterable[tuple[str, Iterable[str]]]) -> Iterator[str]:
    """JSON piece by piece: `text`, in which each of `lists` stands empty, with the items of each in it."""
    for name, items in lists:
        # Quotes inside of strings are escaped, so nothing else reads like this.
        before, after = text.split(f'"{name}":[]')
        yield f'{before}"{name}":['
        for number, item in enumerate(items):
            yield f",{item}" if number else item
        text = f"]{after}"
    yield text


def _line(value: object) -> str:
    return msgspec.json.encode(value).decode()


def packs(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    """The items in packs that memory holds at once."""
    coming = iter(items)
    while pack := tuple(islice(coming, _PACK)):
        yield pack


def record_builtins(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Records as plain dicts and lists, with the key names of the JSON form."""
    built: list[dict[str, Any]] = msgspec.to_builtins(tuple(records))
    for record in built:
        record["pass"] = record.pop("pass_")
    return built


def to_builtins(journal: Journal) -> dict[str, Any]:
    """The same of a journal."""
    built: dict[str, Any] = msgspec.to_builtins(replace(journal, records=()))
    built["records"] = record_builtins(journal.records)
    built["policy"]["apply"] = journal.policy.apply.label
    return built


def decode(data: bytes) -> Journal:
    """The journal in `data`; raises JournalError."""
    head = data.find(_RECORDS)
    try:
        built = msgspec.json.decode(data if head < 0 else data[:head] + b',"records":[]}')
        if built["schema"] not in READ:
            raise JournalError(
                f"日志的格式版本是 {built['schema']}，本版 ocrfix 只读 {SCHEMA}；请用写它的版本。",
                f"its schema is version {built['schema']}, this ocrfix reads {SCHEMA}; use the "
                "version that wrote it.",
            )
        levels = {"suggest": 0, "likely": 1, "safe": 2}
        built["policy"]["apply"] = levels[built["policy"]["apply"]]
        is_older = built["schema"] < _FIELDS
        if is_older:
            older.journal(built)
        for record in built["records"]:
            _read(record, is_older)
        journal = msgspec.convert(built, Journal)
        structure = journal.structure
        structure = replace(structure, facts=tuple(structure.facts), regions=tuple(structure.regions))
        records = tuple(journal.records) if head < 0 else _packed(data, head + len(_RECORDS) + 1, is_older)
        return replace(journal, structure=structure, records=records)
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
        raise JournalError(
            f"不是 ocrfix 的日志（{error}）。", f"it is not a journal of ocrfix ({error})."
        ) from None


def _read(record: dict[str, Any], is_older: bool) -> None:
    """Make of a record as it stands in JSON one with the names of its fields."""
    record["pass_"] = record.pop("pass")
    if is_older:
        older.record(record)


def _packed(data: bytes, start: int, is_older: bool) -> Packed[Record]:
    """The records of a long document's journal, which stand one a line from `start` on."""

    def records() -> Iterator[Record]:
        at = start
        while (line := data[at : (end := data.find(b"\n", at))]) != b"]}":
            if end < 0:
                raise JournalError("日志不完整。", "it is cut short.")
            built = msgspec.json.decode(line.rstrip(b","))
            _read(built, is_older)
            yield msgspec.convert(built, Record)
            at = end + 1

    packed: Packed[Record] = Packed()
    for pack in packs(records()):
        packed.add(pack)
    return packed


def schema() -> bytes:
    """JSON Schema (2020-12) of the journal."""
    built = msgspec.json.schema(Journal)
    definitions = built["$defs"]
    record = definitions["Record"]
    record["properties"]["pass"] = record["properties"].pop("pass_")
    record["required"] = ["pass" if name == "pass_" else name for name in record["required"]]
    definitions["Policy"]["properties"]["apply"] = {"enum": ["suggest", "likely", "safe"]}
    definitions.pop("Applicability", None)
    built = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ocrfix journal"} | built
    return msgspec.json.format(msgspec.json.encode(built), indent=2) + b"\n"
