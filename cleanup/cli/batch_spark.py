"""`ocrfix batch --engine spark`: a table of pages, or a folder of files, repaired on a cluster."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from cleanup.archive import spark
from cleanup.archive.job import Job
from cleanup.cli import choices
from cleanup.cli.failure import Failure
from cleanup.cli.say import say
from cleanup.data.profile import load
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message


@dataclass(frozen=True)
class Run:
    """The command line, read."""

    source: str
    """Parquet or a folder; any address that Spark reads."""
    out: str
    job: Job
    master: str | None
    profile: Path | None
    """The archive profile to use."""
    survey: bool
    """Without one: whether to make it."""
    quiet: bool
    lang: Lang


def whole(wanted: Run) -> int:
    """Survey, repair, write, tell."""
    people = choices.people(wanted.job.roster, wanted.job.default_roster)
    session = spark.session(wanted.master)
    try:
        table = spark.pages(session, wanted.source)
        with tempfile.TemporaryDirectory(prefix="ocrfix-") as folder:
            profile = wanted.profile
            if profile:
                load(profile)  # a file that is no profile is refused before the cluster starts
            elif wanted.survey:
                profile = Path(folder) / "archive.profile"
                spark.survey_table(table, wanted.job).save(profile)
            made = spark.repair_table(table, wanted.job, people, profile)
            counts = spark.write(made, wanted.out)
    finally:
        session.stop()
    if not wanted.quiet:
        say(wanted.lang, _DONE.zh.format(counts, wanted.out), _DONE.en.format(counts, wanted.out))
    if not counts.pages:
        raise Failure(
            Exit.INPUT, f"{wanted.source}：没有找到任何页面。", f"{wanted.source}: no page was found."
        )
    return Exit.SOME_FAILED if counts.failed else Exit.DONE


_DONE = Message(
    "共 {0.pages} 页，失败 {0.failed} 页（原因在 error 列）；改动 {0.applied}，建议 {0.suggested}，"
    "标记 {0.flags}。结果：{1}",
    "{0.pages} pages, {0.failed} failed (column error says why); {0.applied} changes, "
    "{0.suggested} suggestions, {0.flags} flags. Results: {1}",
)
