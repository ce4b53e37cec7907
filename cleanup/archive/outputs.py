"""The files that one input becomes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleanup.archive.job import Job
from cleanup.engine.repair import clean_name
from cleanup.formats import packing
from cleanup.formats.encoding import encode
from cleanup.model.result import Result


def names(path: str) -> dict[str, str]:
    """What the clean text, the report and the journal of the input `path` are called, in the same folder."""
    stem = stem_of(path)
    folder, slash, name = path.rpartition("/")
    return {
        "clean": f"{folder}{slash}{clean_name(name)}",
        "report": f"{stem}.report.html",
        "journal": f"{stem}.journal.json",
    }


def stem_of(path: str) -> str:
    """The path without the ending of its name; the paths of all results begin with it."""
    folder, slash, name = path.rpartition("/")
    name = packing.bare(name)
    return f"{folder}{slash}{name.rpartition('.')[0] or name}"


def _own_name(name: str, ending: str) -> str:
    """What an engine's file is called with other words: `page.xml` → `page.clean.xml`."""
    inner = packing.bare(name)
    extension = inner.rpartition(".")[2] if "." in inner else ""
    extension = ending if extension.lower() in ("", "txt") else extension
    return f"{stem_of(name)}.clean.{extension}{name[len(inner) :]}"


def contents(result: Result, name: str, job: Job, folder: Path) -> dict[str, bytes | Iterable[bytes]]:
    """File name → bytes, or pieces of them, of the results in a folder; raises InputError where an encoding
    cannot write the text."""
    from cleanup.reports import html, journal, people  # jinja2 only when something is written

    shown = None
    if result.journal.scans:
        from cleanup.witness import crops

        shown = crops.of(result, folder, job.crops)
    called = names(name) | {"clean": result.journal.output.name}
    written: dict[str, bytes | Iterable[bytes]] = {
        called["clean"]: encode(result.repaired, result.journal.output.envelope),
        called["report"]: map(str.encode, html.pieces(result, job.lang, shown)),
        called["journal"]: journal.pieces(result.journal),
    }
    if result.journal.boxes:
        from cleanup.formats import engine_files

        ending, own = engine_files.written(result)
        if ending:
            written[_own_name(name, ending)] = own
    if job.names:
        written[f"{stem_of(name)}.names.csv"] = people.encode(result.journal)
    if job.shape:
        from cleanup.reports import structure

        written[f"{stem_of(name)}.structure.{job.shape}"] = structure.render(result, job.shape)
    return written
