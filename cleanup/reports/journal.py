"""The journal as JSON: encode, decode, schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from cleanup.model.journal import SCHEMA, Journal
from cleanup.model.records import Records


class JournalError(ValueError):
    """The bytes are not a journal that this version reads; the text says why."""


def encode(journal: Journal) -> bytes:
    """The journal as JSON (UTF-8), ending in a line feed."""
    return b"".join(pieces(journal))


def pieces(journal: Journal) -> Iterator[bytes]:
    """The same piece by piece; of a long document a record a line, so that memory holds one at a time."""
    if not isinstance(journal.records, Records):
        built = to_builtins(journal)
        yield msgspec.json.format(msgspec.json.encode(built), indent=1) + b"\n"
        return
    bare = replace(journal, records=(), structure=replace(journal.structure, regions=()))
    built = to_builtins(bare)
    del built["records"]
    built["structure"] = msgspec.Raw(msgspec.json.encode(journal.structure))
    yield msgspec.json.encode(built)[:-1] + b',\n"records":['
    for number, record in enumerate(journal.records):
        row = msgspec.to_builtins(record)
        row["pass"] = row.pop("pass_")
        yield (b",\n" if number else b"\n") + msgspec.json.encode(row)
    yield b"\n]}\n"


def to_builtins(journal: Journal) -> dict[str, Any]:
    """The journal as plain dicts and lists, with the key names of the JSON form."""
    built: dict[str, Any] = msgspec.to_builtins(journal)
    for record in built["records"]:
        record["pass"] = record.pop("pass_")
    built["policy"]["apply"] = journal.policy.apply.label
    return built


def decode(data: bytes) -> Journal:
    """The journal in `data`; raises JournalError."""
    try:
        built = msgspec.json.decode(data)
        if built["schema"] != SCHEMA:
            raise JournalError(f"its schema is version {built['schema']}, this ocrfix reads {SCHEMA}")
        levels = {"suggest": 0, "likely": 1, "safe": 2}
        built["policy"]["apply"] = levels[built["policy"]["apply"]]
        for record in built["records"]:
            record["pass_"] = record.pop("pass")
        journal = msgspec.convert(built, Journal)
        return replace(journal, records=tuple(journal.records))
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
        raise JournalError(f"it is no journal of ocrfix ({error})") from None


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
