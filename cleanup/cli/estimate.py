"""`ocrfix estimate FOLDER`: how many characters of each page are likely wrong; no truth needed."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure, from_input_error
from cleanup.engine import repair
from cleanup.formats.encoding import InputError
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang

if TYPE_CHECKING:
    from cleanup.engine.repairer import Repairer

Shape = Literal["table", "csv", "json"]
_KEYS = ("file", "page", "characters", "expected_cer", "expected_cer_repaired", "flags")
_TEXTS = (".txt", ".md", ".markdown", ".mkd")


class _Row(NamedTuple):
    file: str
    page: int
    characters: int
    ocr: float
    clean: float
    flags: int


def command(
    places: Annotated[
        list[Path], typer.Argument(metavar="FOLDER...", help="Folders (their .txt and .md files) or files.")
    ],
    shape: Annotated[Shape, typer.Option("--format", help="What to print.")] = "table",
    worst: Annotated[
        int | None, typer.Option("--worst", min=1, help="Only so many pages, the worst [default: all].")
    ] = None,
    roster: shared.Rosters = None,
    encoding: shared.Encoding = None,
    lang: shared.Language = None,
) -> int:
    """Estimate the character error rate (CER) of every page, worst first: which to scan or read again.

    Nothing is written. The rates are expectations from the language model and the rules;
    docs/benchmarks.en.md says how near they come.
    """
    language = config.language(lang)
    from cleanup.engine.repairer import Repairer

    repairer = Repairer(roster)
    rows: list[_Row] = []
    failed = Exit.DONE
    for path, name in _files(places):
        try:
            rows += _pages(path, name, encoding, repairer)
        except OcrfixError as error:
            print(f"ocrfix: {error.text(language)}", file=sys.stderr)
            failed = failed or error.exit_code
    if not rows and not failed:
        raise Failure(
            Exit.INPUT,
            "没有找到文本文件（.txt、.md）；请检查目录。",
            "There are no text files (.txt, .md) in there; check the folder.",
        )
    rows.sort(key=lambda row: (-row.clean, row.file, row.page))
    _print(rows[:worst], shape, language)
    return failed


def _files(places: list[Path]) -> Iterator[tuple[Path, str]]:
    """Files with the names that they are shown by; what the tool itself wrote is left out."""
    for place in places:
        if not place.is_dir():
            yield place, str(place)
            continue
        for path in sorted(place.rglob("*")):
            inner = path.relative_to(place)
            ours = {".clean", ".structure"} & set(Path(path.stem).suffixes)
            hidden = any(part.startswith(".") for part in inner.parts)
            if path.is_file() and path.suffix.lower() in _TEXTS and not ours and not hidden:
                yield path, str(inner)


def _pages(path: Path, name: str, encoding: str | None, repairer: Repairer) -> Iterator[_Row]:
    """A row for each page of a file; form feeds part pages."""
    from cleanup.engine.estimate import estimate

    short, data = files.read_input(str(path))
    try:
        document = repair.read(data, short, encoding)
    except InputError as error:
        raise from_input_error(str(path), error) from None
    texts = [document.text[page.span.start : page.span.end].strip("\f") for page in document.pages]
    for number, text in enumerate(texts, 1):
        if text.strip():
            result = repairer(text, short)
            found = estimate(result)
            size = sum(not char.isspace() for char in result.repaired)
            yield _Row(name, number, size, found.ocr, found.clean, len(result.journal.flags))


def _print(rows: list[_Row], shape: Shape, lang: Lang) -> None:
    if shape == "json":
        built = [
            dict(zip(_KEYS, (*row[:3], round(row.ocr, 5), round(row.clean, 5), row.flags), strict=True))
            for row in rows
        ]
        files.write_stdout(json.dumps(built, ensure_ascii=False, indent=1).encode() + b"\n")
        return
    if shape == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_KEYS)
        writer.writerows((*row[:3], f"{row.ocr:.5f}", f"{row.clean:.5f}", row.flags) for row in rows)
        files.write_stdout(stream.getvalue().encode())
        return
    from rich.console import Console
    from rich.table import Table

    zh = lang == "zh"
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    table = Table(box=None, pad_edge=False, header_style="bold")
    heads = (
        ("文件", "页", "字数", "预计 CER", "修复后预计", "待查")
        if zh
        else ("File", "Page", "Characters", "Expected CER", "when repaired", "Flags")
    )
    for at, head in enumerate(heads):
        table.add_column(head, justify="right" if at else "left", overflow="fold")
    for row in rows:
        cells = (
            row.file,
            str(row.page),
            f"{row.characters:,}",
            f"{row.ocr:.1%}",
            f"{row.clean:.1%}",
            str(row.flags),
        )
        table.add_row(*cells)
    console.print(table)
