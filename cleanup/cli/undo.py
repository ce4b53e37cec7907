"""`ocrfix undo JOURNAL`: the original, byte for byte; or the clean text without some edits."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive import store
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure
from cleanup.cli.say import say
from cleanup.formats.encoding import encode, read_back
from cleanup.model import replay
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang
from cleanup.model.journal import Journal
from cleanup.reports import journal as journals


def command(
    journal: Annotated[str, typer.Argument(metavar="JOURNAL", help="The .journal.json of a run.")],
    clean: Annotated[
        str | None,
        typer.Option("--clean", metavar="FILE", help="The clean text; default: beside the journal."),
    ] = None,
    edit: Annotated[
        list[str] | None,
        typer.Option("--edit", metavar="ID", help="Take back only this edit; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write.")
    ] = None,
    stdout: Annotated[bool, typer.Option("--stdout", help="Write to standard output.")] = False,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
) -> int:
    """Take back a run: write the original to FILE, or with --edit the clean text without those edits."""
    if stdout == (output is not None):
        raise Failure(
            Exit.USAGE,
            "请用 -o FILE 或 --stdout 指明写到哪里（二选一）。",
            "say where to write: either -o FILE or --stdout.",
        )
    language = config.language(lang)
    record = _journal(journal)
    clean_path = Path(clean) if clean else Path(journal).parent / record.output.name
    if (
        output is not None
        and output.exists()
        and any(output.samefile(place) for place in (Path(journal), clean_path) if place.exists())
    ):
        raise Failure(
            Exit.USAGE,
            f"{output} 正是撤销所需的文件；请另写一个文件名。",
            f"{output} is a file that the undo needs; write to another one.",
        )
    text = _clean_text(clean_path, record)
    source = _checked_undo(text, record, clean_path)
    if edit:
        data = encode(_without(source, record, edit, language), record.output.envelope)
    else:
        data = encode(source, record.source.envelope)
        if hashlib.sha256(data).hexdigest() != record.source.sha256:
            raise _mismatch(clean_path)
    if output is None:
        files.write_stdout(data)
    else:
        store.write_all({output: data})
        if not quiet:
            zh, en = "原文", "the original"
            if edit:
                zh, en = "去掉这些修改的文本", "the text without these edits"
            say(language, f"{zh}已写入 {output}", f"{en} is written to {output}")
    return Exit.DONE


def _journal(path: str) -> Journal:
    _, data = files.read_input(path)
    try:
        return journals.decode(data)
    except journals.JournalError as error:
        raise Failure(
            Exit.JOURNAL,
            f"{path} 不能用作日志：{error.message.zh}",
            f"{path} cannot be used as a journal: {error}",
        ) from None


def _clean_text(path: Path, record: Journal) -> str:
    if not path.is_file():
        raise Failure(
            Exit.INPUT,
            f"找不到修复后的文本 {path}；请用 --clean FILE 指明。",
            f"the clean text {path} is not there; name it with --clean FILE.",
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != record.output.sha256:
        raise _mismatch(path)
    try:
        return read_back(data, record.output.envelope)
    except (UnicodeError, LookupError):
        raise _mismatch(path) from None


def _checked_undo(text: str, record: Journal, path: Path) -> str:
    try:
        return replay.undo(text, record)
    except replay.JournalMismatch:
        raise _mismatch(path) from None


def _mismatch(path: Path) -> Failure:
    return Failure(
        Exit.JOURNAL,
        f"{path} 不是这份日志所记的文本（可能已被改动）；请用当时的输出文件，或重新修复原文件。",
        f"{path} is not the text that this journal describes (it may have been edited); use the output "
        "of that run, or repair the original again.",
    )


def _without(source: str, record: Journal, ids: list[str], lang: Lang) -> str:
    applied = {found.id for found in record.applied}
    for unknown in [wanted for wanted in ids if wanted not in applied]:
        raise Failure(
            Exit.JOURNAL,
            f"日志中没有编号为 {unknown} 的修改；编号见报告或日志。",
            f"the journal has no applied edit {unknown}; ids are in the report and the journal.",
        )
    text, more = replay.replay_without(source, record, set(ids))
    if more:
        say(
            lang,
            f"另有 {len(more)} 处修改建立在其上，一并撤销：{'、'.join(more)}",
            f"{len(more)} more built on them and went as well: {', '.join(more)}",
        )
    return text
