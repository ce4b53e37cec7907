"""From what each dictionary and model was made, and under which licence: as its own head says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleanup.data import files

_LONGEST = 1 << 20
"""Bytes that a model's first line, which is its head, may have."""


class Licence(NamedTuple):
    """What a file says of itself."""

    name: str
    licence: str
    source: str


def dictionaries() -> Iterator[Licence]:
    """Those of every table and model, by name."""
    folder = files.folder()
    for place in sorted(folder.rglob("*")):
        if place.suffix in (".tsv", ".bin") and "build" not in place.relative_to(folder).parts:
            name = place.relative_to(folder).as_posix()
            head = _of_table(place) if place.suffix == ".tsv" else _of_model(place)
            source = " ".join(str(head.get("source", "")).split())
            yield Licence(
                name, str(head.get("licence", "")) or source.partition("Licence of the counts: ")[2], source
            )


def _of_table(place: Path) -> dict[str, str]:
    with place.open(encoding="utf-8") as lines:
        head = (line[2:].partition(": ") for line in lines if line.startswith("# "))
        return {name: said.strip() for name, _, said in head}


def _of_model(place: Path) -> dict[str, object]:
    with place.open("rb") as stream:
        head: dict[str, object] = json.loads(stream.readline(_LONGEST))
    return head
