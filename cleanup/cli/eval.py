"""`ocrfix eval TRUTH OCR [CLEAN]`: how good the OCR is, and how much better the repaired text."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanup.archive import store
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure, from_input_error
from cleanup.data import roster as rosters
from cleanup.engine import repair
from cleanup.formats.encoding import InputError
from cleanup.model.document import Document
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang
from cleanup.model.journal import Journal

if TYPE_CHECKING:
    from cleanup.measure.evaluation import Evaluation, Trial
    from cleanup.measure.pairing import Trio

Shape = Literal["table", "json", "md"]
WORST = 12
"""So many documents stand on the terminal."""


def command(
    truth: Annotated[Path, typer.Argument(metavar="TRUTH", help="The right text: a file or a folder.")],
    ocr: Annotated[Path, typer.Argument(metavar="OCR", help="What the engine read: a file or a folder.")],
    clean: Annotated[
        Path | None,
        typer.Argument(metavar="[CLEAN]", help="What was made of it [default: ocrfix repairs OCR itself]."),
    ] = None,
    ocr_only: Annotated[bool, typer.Option("--ocr-only", help="Measure OCR alone; repair nothing.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Also write eval.html, eval.json and eval.md there."
        ),
    ] = None,
    shape: Annotated[Shape, typer.Option("--format", help="What to print.")] = "table",
    roster: shared.Rosters = None,
    no_default_roster: shared.NoDefaultRoster = False,
    encoding: shared.Encoding = None,
    lang: shared.Language = None,
) -> int:
    """Measure OCR, and the text repaired from it, against TRUTH.

    Folders are paired by name: NAME.gt.txt, NAME.ocr.txt, NAME.clean.txt; or like names in mirrored folders.
    Without CLEAN the tool repairs OCR with its default settings (and the rosters given here) for itself.
    """
    from cleanup.data.names import surnames
    from cleanup.measure import evaluation
    from cleanup.measure.figures import Known

    language = config.language(lang)
    if ocr_only and clean is not None:
        raise Failure(
            Exit.USAGE,
            "--ocr-only 只量 OCR，不能同时给出 CLEAN。",
            "--ocr-only measures OCR alone; leave out CLEAN.",
        )
    people = rosters.load(roster or [], not no_default_roster)
    trios, unpaired = _paired(truth, ocr, clean)
    trials: list[Trial] = []
    worst = Exit.DONE
    for trio in trios:
        try:
            trials.append(_trial(trio, encoding, people, repairs=clean is None and not ocr_only))
        except OcrfixError as error:
            print(f"ocrfix: {error.text(language)}", file=sys.stderr)
            worst = worst or error.exit_code
    if not trials:
        raise Failure(
            Exit.INPUT,
            "没有可量的文件：没有一份能与真值配对并读出。",
            "There is nothing to measure: no file that has its truth could be read.",
        )
    found = evaluation.evaluate(trials, Known(tuple(people.names), frozenset(surnames())))
    journals = sum(trial.journal is not None for trial in trials)
    note = _note(clean, ocr_only, journals, len(trials))
    for path in unpaired:
        print(f"ocrfix: {_lone(language)}{path}", file=sys.stderr)
    _print(found, shape, language, note, unpaired, journals)
    if output is not None:
        _write(found, output, language, note, unpaired, journals)
    return worst


def _lone(lang: Lang) -> str:
    return "没有配对，未计入：" if lang == "zh" else "without its partner, not measured: "


def _paired(truth: Path, ocr: Path, clean: Path | None) -> tuple[list[Trio], list[str]]:
    from cleanup.measure import pairing

    for place in (truth, ocr, clean):
        if place is not None and not place.exists():
            raise Failure(
                Exit.INPUT,
                f"找不到 {place}；请检查路径。",
                f"{place}: no such file or folder; check the path.",
            )
    try:
        found = pairing.pair(truth, ocr, clean)
    except OSError as error:
        raise Failure(
            Exit.INPUT,
            f"{error.filename} 无法读取：{error.strerror}。",
            f"{error.filename}: cannot be read: {error.strerror}.",
        ) from None
    if not found.found:
        raise Failure(
            Exit.INPUT,
            f"{truth} 与 {ocr} 中没有同名的文件；"
            "请用 NAME.gt.txt、NAME.ocr.txt 这样的名字，或两个结构相同的目录。",
            f"No file of {ocr} has its truth in {truth}; use names like NAME.gt.txt and NAME.ocr.txt, "
            "or two folders with the same layout.",
        )
    return found.found, [str(path) for path in found.unpaired]


def _trial(trio: Trio, encoding: str | None, people: rosters.Roster, repairs: bool) -> Trial:
    from cleanup.measure.evaluation import Trial
    from cleanup.measure.pairing import journal_of

    def text(path: Path) -> tuple[Document, bytes]:
        name, data = files.read_input(str(path))
        try:
            return repair.read(data, name, encoding), data
        except InputError as error:
            raise from_input_error(str(path), error) from None

    right, _ = text(trio.truth)
    read, data = text(trio.ocr)
    if trio.clean is not None:
        done, made = text(trio.clean)
        journal = _journal(journal_of(trio.clean), data, made)
        return Trial(trio.name, right.text, read.text, done.text, journal)
    if not repairs:
        return Trial(trio.name, right.text, read.text)
    from cleanup.engine.repairer import Repairer

    result = Repairer(people).document(read)
    return Trial(trio.name, right.text, result.original, result.repaired, result.journal)


def _journal(path: Path, source: bytes, output: bytes) -> Journal | None:
    """The journal beside a clean text, if it is that text's and its source's."""
    from cleanup.reports import journal

    if not path.is_file():
        return None
    try:
        found = journal.decode(path.read_bytes())
    except (OSError, journal.JournalError):
        return None
    own = (hashlib.sha256(source).hexdigest(), hashlib.sha256(output).hexdigest())
    return found if (found.source.sha256, found.output.sha256) == own else None


def _note(clean: Path | None, ocr_only: bool, journals: int, documents: int) -> tuple[str, str]:
    """Where the clean text comes from, in both languages."""
    if ocr_only:
        return "只量 OCR 原文，未修复。", "OCR alone; nothing was repaired."
    if clean is None:
        return (
            "修复后的文字由 ocrfix 以默认设置当场做出。",
            "The repaired text was made by ocrfix just now, with its default settings.",
        )
    return (
        f"修复后的文字取自 {clean}；{documents} 份中 {journals} 份有日志，其改动可归到规则。",
        f"The repaired text is {clean}; {journals} of {documents} have a journal that names the rules.",
    )


def _print(
    found: Evaluation, shape: Shape, lang: Lang, note: tuple[str, str], unpaired: list[str], journals: int
) -> None:
    from cleanup.measure import tables

    if shape == "json":
        files.write_stdout(tables.as_json(found, unpaired, journals))
        return
    if shape == "md":
        files.write_stdout(tables.as_markdown(found, lang).encode())
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)

    def show(head: list[str], rows: list[list[str]], title: str = "") -> None:
        table = Table(
            title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold"
        )
        for at, name in enumerate(head):
            table.add_column(name, justify="right" if at else "left", overflow="fold")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print()

    def w(key: str) -> str:
        return tables.word(key, lang)

    both = found.has_clean
    documents, chars = f"{len(found.pages):,}", f"{found.sums['chars']:,}"
    zh = f"{documents} 份文件，真值 {chars} 字（不计空白）"
    console.print(
        zh if lang == "zh" else f"{documents} documents, {chars} characters of truth (no white space)"
    )
    console.print(note[0] if lang == "zh" else note[1])
    console.print()
    show(
        ["", w("ocr"), w("interval"), *((w("clean"), w("interval")) if both else ())],
        tables.sides(found, lang),
    )
    if both:
        show(["", w("value"), w("interval")], tables.changes(found, lang))
        if lines := found.rules():
            show([w("rule"), *map(w, tables.LEDGER)], tables.rules(lines))
    head = [w("page"), w("chars"), "CER"]
    head += [f"CER {w('clean')}", w("repaired"), w("missed"), w("spoilt")] if both else []
    if len(found.pages) > 1:
        show(head, tables.pages(found, WORST), "差的在前" if lang == "zh" else "Worst first")


def _write(
    found: Evaluation, folder: Path, lang: Lang, note: tuple[str, str], unpaired: list[str], journals: int
) -> None:
    from cleanup.measure import html, tables

    store.write_all(
        {
            folder / "eval.html": html.render(found, lang, note, unpaired).encode(),
            folder / "eval.json": tables.as_json(found, unpaired, journals),
            folder / "eval.md": tables.as_markdown(found, lang).encode(),
        }
    )
    print(folder / "eval.html", file=sys.stderr)
