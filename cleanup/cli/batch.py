"""`ocrfix batch ARCHIVE -o OUT`: whole archives, restartable."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import regex
import typer

from cleanup.archive import groups
from cleanup.archive.order import Order
from cleanup.archive.why import Plan
from cleanup.archive.workers import cores
from cleanup.cli import batch_run, batch_spark, config
from cleanup.cli import options as shared
from cleanup.cli.choices import NONE, Choices, repairing
from cleanup.cli.choices import job as job_of
from cleanup.cli.failure import Failure
from cleanup.model.errors import Exit
from cleanup.witness.recogniser import recognisers


@repairing
def command(
    archive: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARCHIVE...", help="Folders, files and globs; - is a list of files on stdin."),
    ] = None,
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="OUT", help="Folder for the results.")
    ] = None,
    files_from: Annotated[
        list[str] | None,
        typer.Option(
            "--files-from", metavar="LIST", help="Files named in LIST, one a line (or NUL between)."
        ),
    ] = None,
    include: shared.Include = None,
    group: Annotated[
        str,
        typer.Option(
            help="What makes an issue: auto, folder, name, masthead, none, or a regular expression "
            "with groups issue and page."
        ),
    ] = "auto",
    workers: shared.Workers = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a page may take.")] = 300.0,
    retry: Annotated[bool, typer.Option("--retry", help="Also repair again what failed before.")] = False,
    changed_only: Annotated[
        bool, typer.Option("--changed-only", help="Only new and changed pages, even if settings changed.")
    ] = False,
    checksum: Annotated[
        bool, typer.Option("--checksum", help="Tell changed pages by their content, not by size and time.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Repair at most so many pages now.")] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print the pages that would be repaired, and why; write nothing."),
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: repair what comes into ARCHIVE, until interrupted.")
    ] = False,
    stitch: Annotated[
        bool,
        typer.Option("--stitch", help="Join articles that go on on other pages, into OUT/articles."),
    ] = False,
    profile: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Use this archive profile (ocrfix survey) and make none."),
    ] = None,
    no_survey: Annotated[
        bool,
        typer.Option("--no-survey", help="Repair file by file, without what the archive says of itself."),
    ] = False,
    resurvey: Annotated[
        bool,
        typer.Option("--resurvey", help="Make the archive profile anew; pages are repaired again by it."),
    ] = False,
    choices: Choices = NONE,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
    engine: Annotated[
        Literal["local", "spark"],
        typer.Option(help="Where pages are repaired; spark: ARCHIVE is Parquet (id, text) or a folder."),
    ] = "local",
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The Spark master, like local[4] [default: as configured]."),
    ] = None,
) -> int:
    """Repair whole archives into OUT: a tree like theirs, OUT/index.html over it, and a ledger to go on by.

    Run the same command again after any interruption: what is done is not done again.
    """
    given = archive or []
    if out is None or not (given or files_from):
        raise Failure(
            Exit.USAGE,
            "请写明要修复什么、写到哪里：ocrfix batch ARCHIVE -o OUT。",
            "say what to repair and where to write: ocrfix batch ARCHIVE -o OUT.",
        )
    output = Path(out)
    _check_group(group)
    if (profile is not None) + no_survey + resurvey > 1:
        raise Failure(
            Exit.USAGE,
            "--profile、--no-survey、--resurvey 只能用其一。",
            "--profile, --no-survey and --resurvey exclude one another.",
        )
    folder = next((Path(name) for name in given if Path(name).is_dir()), None)
    found = config.find(folder or Path())
    language = config.language(lang, found.config)
    made = job_of(choices, found, language)
    made = replace(
        made,
        roster=tuple(str(Path(name).absolute()) for name in made.roster),
        scan=str(Path(made.scan).absolute()) if made.scan else "",
    )
    if made.scan:
        recognisers(made.witness)  # raises where it is not installed
    if engine == "spark":
        if (
            len(given) != 1
            or files_from
            or any(
                (
                    include,
                    retry,
                    changed_only,
                    checksum,
                    limit,
                    dry_run,
                    watch,
                    resurvey,
                    stitch,
                    choices.names,
                    made.scan,
                )
            )
        ):
            raise Failure(
                Exit.USAGE,
                "--engine spark 只接受一个 ARCHIVE（Parquet 或文件夹），不能与 --files-from、--include、"
                "--retry、--changed-only、--checksum、--limit、--dry-run、--watch、--resurvey、--stitch、"
                "--names、--scan 同用。",
                "--engine spark takes one ARCHIVE (Parquet or a folder); leave out --files-from, --include, "
                "--retry, --changed-only, --checksum, --limit, --dry-run, --watch, --resurvey, --stitch, "
                "--names and --scan.",
            )
        return batch_spark.whole(
            batch_spark.Run(given[0], out, made, master, profile, not no_survey, quiet, language)
        )
    plan = Plan(
        group=group,
        retry=retry,
        changed_only=changed_only,
        checksum=checksum,
        settle=batch_run.POLL if watch else 0.0,
    )
    lists = [*(name for name in given if name == "-"), *(files_from or ())]
    order = Order(
        inputs=[name for name in given if name != "-"],
        out=output,
        job=made,
        lists=lists,
        include=include or [],
        plan=plan,
        workers=workers or cores(),
        timeout=timeout,
        limit=limit,
        profile=profile,
        survey=not no_survey,
        resurvey=resurvey,
        stitch=stitch,
        keeps_language=not (lang or found.config.lang),
        may_be_empty=watch,
    )
    try:
        if dry_run:
            return batch_run.dry(order, quiet, language)
        return batch_run.whole(order, watch, quiet, language)
    except (OSError, sqlite3.OperationalError) as error:
        shown = getattr(error, "strerror", None) or error
        raise Failure(
            Exit.OUTPUT,
            f"{output} 无法写入：{shown}；请检查目录权限和磁盘空间，或用 -o 另选目录。",
            f"{output}: cannot be written: {shown}; check the folder's permissions and the disk, or choose "
            "another folder with -o.",
        ) from None


def _check_group(group: str) -> None:
    if group in groups.GROUPS:
        return
    try:
        names = set(regex.compile(group).groupindex)
    except regex.error:
        names = set()
    if not names & {"issue", "page"}:
        raise Failure(
            Exit.USAGE,
            f"--group {group}：应为 {'、'.join(groups.GROUPS)}，或带 (?P<issue>…)、(?P<page>…) 的正则式。",
            f"--group {group}: one of {', '.join(groups.GROUPS)}, or a regular expression with (?P<issue>…) "
            "and (?P<page>…).",
        )
