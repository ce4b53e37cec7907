"""What `ocrfix batch` does once its command line is read: list, repair, write the index, tell."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from cleanup.archive import groups, inputs, run, summary
from cleanup.archive import job as jobs
from cleanup.archive.decided import decisions, teaching
from cleanup.archive.decided.news import News
from cleanup.archive.ledger import NAME, Ledger
from cleanup.archive.page import Repair
from cleanup.archive.stitching import articles
from cleanup.archive.survey import surveyor
from cleanup.archive.survey.part import Part
from cleanup.archive.survey.unfinished import Parts
from cleanup.archive.workers import Workers
from cleanup.cli import batch_words as words
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure
from cleanup.cli.progress import Progress, Stop
from cleanup.data.profile import load
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message

POLL = 2.0
"""Seconds between two looks into a scanner's inbox."""
STDIN = "stdin"
"""Where a list on standard input is laid aside."""


@dataclass(frozen=True)
class Run:
    """The command line, read."""

    inputs: list[str]
    lists: list[str]
    include: list[str]
    out: Path
    job: jobs.Job
    plan: run.Plan
    workers: int
    timeout: float
    limit: int | None
    watch: bool
    quiet: bool
    lang: Lang
    profile: Path | None
    survey: bool
    resurvey: bool
    stitch: bool
    lang_given: bool


def read_lists(lists: list[str]) -> Iterator[str]:
    for place in lists:
        try:
            with sys.stdin.buffer if place == "-" else Path(place).open("rb") as stream:
                yield from inputs.read_list(iter(lambda: stream.read(1 << 16), b""))
        except OSError as error:
            raise Failure(
                Exit.INPUT,
                f"列表 {place} 无法读取：{error.strerror}。",
                f"the list {place} cannot be read: {error.strerror}.",
            ) from None


def dry(wanted: Run) -> int:
    """Print what would be done. The ledger is copied, so that nothing is written."""
    ledger = Ledger(":memory:")
    if (wanted.out / NAME).is_file():
        ledger.copy(wanted.out / NAME)
    wanted = _as_before(wanted, ledger)
    if wanted.profile or (wanted.survey and not wanted.resurvey and (wanted.out / surveyor.NAME).exists()):
        wanted = _surveyed(wanted, wanted.out, Stop(), False)
    listed = _list(wanted, ledger)
    for task in run.tasks(ledger, listed.run, wanted.limit):
        print(groups.printable(task.path))
    _say(wanted, _reasons(listed, wanted.lang))
    return Exit.DONE if listed.reasons else Exit.NOTHING_TO_DO


def whole(wanted: Run) -> int:
    """The run itself, and with --watch those after it."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    with run.locked(wanted.out) as stage:
        wanted = _readable_again(wanted, stage)
        ledger = Ledger(wanted.out / NAME)
        wanted = _as_before(wanted, ledger)
        stop = Stop()
        code: int = Exit.DONE
        try:
            with stop:
                code = _once(wanted, ledger, stage, stop, wanted.resurvey)
                while wanted.watch and not stop.wanted:
                    stop.sleep(POLL)
                    if not stop.wanted:
                        code = _once(replace(wanted, quiet=True), ledger, stage, stop, False)
        finally:
            ledger.close()
            (stage / STDIN).unlink(missing_ok=True)
    return Exit.INTERRUPTED if stop.wanted else code


def _readable_again(wanted: Run, stage: Path) -> Run:
    """A list on standard input is read more than once: it is laid aside."""
    if "-" not in wanted.lists:
        return wanted
    kept = stage / STDIN
    with kept.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    return replace(wanted, lists=[str(kept) if place == "-" else place for place in wanted.lists])


def _as_before(wanted: Run, ledger: Ledger) -> Run:
    """Where neither the command line nor ocrfix.toml names a language, reports keep that of the first run."""
    kept = ledger.get("job")
    if kept is None or wanted.lang_given:
        return wanted
    return replace(wanted, job=replace(wanted.job, lang=jobs.decode(kept).lang))


def _list(wanted: Run, ledger: Ledger) -> run.Listed:
    people = shared.people(wanted.job.roster, wanted.job.default_roster)
    settings, taught = _deciding(wanted).settings, teaching.load(wanted.out)
    news = News(ledger, settings.decisions, taught._replace(learned=settings.learned), wanted.job.encoding)
    with Progress("list", None, wanted.quiet, wanted.lang) as progress:
        listed = run.list_pages(
            ledger, wanted.out, _inputs(wanted), wanted.job.digest(people), news, wanted.plan, progress.tell
        )
    if not (listed.pages or wanted.watch):
        raise Failure(
            Exit.INPUT,
            "没有找到任何页面；目录中只读 *.txt、*.md、*.markdown、*.text，其他名称请用 --include。",
            "no page was found; in folders *.txt, *.md, *.markdown and *.text are read; name others with "
            "--include.",
        )
    return listed


def _deciding(wanted: Run) -> jobs.Job:
    """The job with what people decided of the results by now, and what that taught."""
    settings = wanted.job.settings
    said = (*settings.decisions, *decisions.load(wanted.out))
    taught = teaching.load(wanted.out)
    known = taught.over(settings.learned)
    people = tuple(dict.fromkeys((*wanted.job.roster, *taught.rosters)))
    return replace(wanted.job, roster=people, settings=replace(settings, decisions=said, learned=known))


def _inputs(wanted: Run) -> Iterator[inputs.Input]:
    return inputs.find(wanted.inputs, read_lists(wanted.lists), wanted.out, wanted.include)


def _surveyed(wanted: Run, stage: Path, stop: Stop, anew: bool) -> Run:
    """The run with the archive's profile: the one given, the one kept, or a new one."""
    place = wanted.profile.absolute() if wanted.profile else wanted.out / surveyor.NAME
    if not (wanted.profile or wanted.survey):
        return wanted
    if wanted.profile is None and (anew or not place.exists()):
        kept = Parts(stage.parent / surveyor.PARTS)
        work = surveyor.Surveyor(wanted.job.encoding, kept.file)
        with (
            closing(kept),
            Workers(wanted.workers, work, wanted.timeout) as workers,
            Progress("survey", None, wanted.quiet, wanted.lang) as progress,
            stop.gently(),
        ):
            # What cannot be read is no error here: its repair says why.
            made = surveyor.survey(
                workers,
                _inputs(wanted),
                lambda found: progress.tell(isinstance(found, Part)),
                lambda: stop.wanted,
                kept,
            )
        surveyor.keep(made, wanted.out, stage)
        kept.drop()
    profile = load(place)
    name = str(place) if wanted.profile else surveyor.NAME
    return replace(wanted, job=replace(wanted.job, profile=name, profile_sha=profile.digest))


def _once(wanted: Run, ledger: Ledger, stage: Path, stop: Stop, anew: bool) -> int:
    """List, repair, write the index."""
    begun = time.time()
    if (place := decisions.place(wanted.out)).is_file():
        with closing(decisions.Store(place)) as said:
            teaching.update(wanted.out, said)
    wanted = _surveyed(wanted, stage, stop, anew)
    people = shared.people(wanted.job.roster, wanted.job.default_roster)
    digest = wanted.job.digest(people)
    ledger.put("job", wanted.job.encode())
    ledger.put("group", wanted.plan.group)
    listed = _list(wanted, ledger)
    found = run.Repaired()
    total = listed.reasons.total()
    if wanted.limit is not None:
        total = min(total, wanted.limit)
    if total:
        ledger.put("indexed", False)
        ledger.commit()
        repair = Repair(wanted.out, _deciding(wanted), wanted.plan.group, stage)
        repair.load()
        with (
            Workers(min(wanted.workers, total), repair, wanted.timeout) as workers,
            Progress("repair", total, wanted.quiet, wanted.lang) as progress,
            stop.gently(),
        ):
            found = run.repair_pages(
                ledger, listed, workers, digest, wanted.limit, progress.tell, lambda: stop.wanted
            )
    full, joined = found.full, 0
    if wanted.stitch:
        ledger.put("stitch", True)
    if not (full or stop.wanted) and ledger.get("stitch"):
        joined, full = _stitched(wanted, ledger, stage, stop)
    if full:
        raise Failure(Exit.OUTPUT, full.zh, full.en)
    if stop.wanted:
        _say(wanted, words.INTERRUPTED.text(wanted.lang).format(found.done), always=True)
        return Exit.INTERRUPTED
    if not ledger.get("indexed"):
        place = Path(wanted.inputs[0]) if len(wanted.inputs) == 1 else wanted.out
        name = groups.printable(place.resolve().name)
        summary.write(ledger, wanted.out, stage, name, wanted.job.lang, (begun, time.time()))
        ledger.put("indexed", True)
        ledger.commit()
    failed = ledger.count("failed", listed.run)
    if total or failed or joined:
        _report(wanted, ledger, listed, found, failed)
    elif not wanted.watch:
        _say(wanted, words.UP_TO_DATE.text(wanted.lang).format(listed.pages))
    if failed:
        return Exit.SOME_FAILED
    return Exit.DONE if total or joined else Exit.NOTHING_TO_DO


def _stitched(wanted: Run, ledger: Ledger, stage: Path, stop: Stop) -> tuple[int, Message | None]:
    """Stitch what changed: (issues, why nothing more could be written)."""
    total = articles.prepare(ledger)
    if not total:
        return 0, None
    ledger.put("indexed", False)
    ledger.commit()
    with (
        Workers(min(wanted.workers, total), articles.Stitcher(wanted.out, stage), wanted.timeout) as workers,
        stop.gently(),
    ):
        return articles.stitch_issues(ledger, workers, lambda: stop.wanted)


SHOWN = 20
"""So many failures are listed; the index has all."""


def _reasons(listed: run.Listed, lang: Lang) -> str:
    parts = [f"{words.WHY[reason].text(lang)} {count}" for reason, count in sorted(listed.reasons.items())]
    return (
        f"{listed.reasons.total()} / {listed.pages}: {', '.join(parts)}" if parts else f"0 / {listed.pages}"
    )


def _report(wanted: Run, ledger: Ledger, listed: run.Listed, found: run.Repaired, failed: int) -> None:
    if failed:
        _say(wanted, words.FAILED.text(wanted.lang).format(failed), always=True)
        for number, row in enumerate(ledger.rows("status = 'failed' AND seen = ?", (listed.run,))):
            if number == SHOWN:
                _say(wanted, f"  … {failed - SHOWN}", always=True)
                break
            _say(wanted, "  " + (row.reason_zh if wanted.lang == "zh" else row.reason_en), always=True)
    if others := ledger.left_out(listed.run):
        _say(wanted, words.LEFT_OUT.text(wanted.lang).format(others))
    left = ledger.count("todo", listed.run)
    place = wanted.out / "index.html"
    _say(wanted, words.DONE.text(wanted.lang).format(found.done, found.failed, listed.pages, left, place))


def _say(wanted: Run, sentence: str, always: bool = False) -> None:
    if always or not wanted.quiet:
        print(f"ocrfix: {sentence}", file=sys.stderr)
