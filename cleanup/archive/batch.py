"""A run over an archive, whole: survey, list, repair, stitch, write the index.

What the command line and the library share; both hear how it goes through a Watch.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Self

from cleanup.archive import inputs, run, summary, why
from cleanup.archive import job as jobs
from cleanup.archive.decided import decisions, teaching
from cleanup.archive.decided.news import News
from cleanup.archive.ledger import NAME, BrokenLedger, Ledger, issues
from cleanup.archive.order import Done, NoPages, Order, Watch
from cleanup.archive.page import Repair
from cleanup.archive.stitching import articles
from cleanup.archive.store import Trouble
from cleanup.archive.survey import surveyor
from cleanup.archive.survey.part import Part
from cleanup.archive.survey.unfinished import Parts
from cleanup.archive.workers import Workers
from cleanup.data.profile import Profile, load
from cleanup.model import file_names
from cleanup.model.fix import Message

STDIN = "stdin"
"""Where a list on standard input is laid aside."""


class Batch:
    """A run over an archive and those after it; use as a context manager.

    While it is open, the folder of the results is its own: raises run.Busy. Whatever ends it, the ledger
    holds what is done, and the next run goes on from there.
    """

    def __init__(self, order: Order, watch: Watch | None = None) -> None:
        self.order = order
        self.watch = watch or Watch()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        out = self.order.out
        _check(self.order)
        out.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            self._stage = stack.enter_context(run.locked(out))
            self.order = _readable_again(self.order, self._stage)
            self.ledger = stack.enter_context(closing(Ledger(out / NAME)))
            self.order = _as_before(self.order, self.ledger)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def once(self, resurvey: bool | None = None) -> Done:
        """Survey where it is due, list, repair, stitch and write the index; raises OcrfixError.

        `resurvey`: None: as ordered.
        """
        try:
            return self._once(resurvey)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # the disk, not what stands in the file
                raise
            raise BrokenLedger(self.order.out / NAME, str(error)) from None

    def _once(self, resurvey: bool | None) -> Done:
        begun, watch, ledger, stage = time.time(), self.watch, self.ledger, self._stage
        order = self.order
        if (place := decisions.place(order.out)).is_file():
            with closing(decisions.Store(place)) as said:
                teaching.update(order.out, said)
        anew = order.resurvey if resurvey is None else resurvey
        order = _surveyed(order, stage, watch, anew)
        people = order.job.people()
        digest = order.job.digest(people)
        why.remember(ledger, digest, order.job.parts(people))
        ledger.put("job", order.job.encode())
        ledger.put("group", order.plan.group)
        listed = _list(order, ledger, watch, digest)
        found = run.Repaired()
        total = listed.reasons.total()
        if order.limit is not None:
            total = min(total, order.limit)
        if total:
            ledger.put("indexed", False)
            ledger.commit()
            repair = Repair(order.out, _deciding(order), order.plan.group, stage)
            repair.load()
            with (
                Workers(min(order.workers, total), repair, order.timeout) as workers,
                watch.doing("repair", total) as tell,
                watch.gently(),
            ):
                found = run.repair_pages(
                    ledger, listed, workers, digest, order.limit, tell, lambda: watch.wanted
                )
        full, joined = found.full, 0
        if order.stitch:
            ledger.put("stitch", True)
        if not (full or watch.wanted) and ledger.get("stitch"):
            joined, full = _stitched(order, ledger, stage, watch)
        if full:
            raise Trouble("output", full.zh, full.en)
        if watch.wanted:
            return Done(listed, found, stopped=True)
        if not ledger.get("indexed"):
            place = Path(order.inputs[0]) if len(order.inputs) == 1 else order.out
            name = file_names.readable(place.resolve().name)
            ledger.put("name", name)
            summary.write(ledger, order.out, stage, name, order.job.lang, (begun, time.time()))
            ledger.put("indexed", True)
            ledger.commit()
        return Done(
            listed,
            found,
            ledger.count("failed", listed.run),
            joined,
            ledger.count("todo", listed.run),
            ledger.left_out(listed.run),
        )

    def survey(self) -> Profile:
        """Make the archive's profile anew, kept with the results, and repair nothing."""
        order = _surveyed(replace(self.order, survey=True, profile=None), self._stage, self.watch, True)
        return load(order.out / order.job.profile)

    def failures(self, done: Done, most: int) -> list[Message]:
        """Why pages failed, in natural order."""
        rows = self.ledger.rows("status = 'failed' AND seen = ?", (done.listed.run,), most)
        return [Message(row.reason_zh, row.reason_en) for row in rows]


def dry(order: Order, watch: Watch | None = None) -> tuple[run.Listed, list[str]]:
    """What a run would do, and the pages that it would repair. The ledger is copied: nothing is written."""
    watch = watch or Watch()
    if not order.lists:
        inputs.check(order.inputs)
    with closing(Ledger(":memory:")) as ledger:
        if (order.out / NAME).is_file():
            ledger.copy(order.out / NAME)
        order = _as_before(order, ledger)
        known = order.survey and not order.resurvey and (order.out / surveyor.NAME).exists()
        if order.profile or known:
            order = _surveyed(order, order.out, watch, False)
        people = order.job.people()
        digest = order.job.digest(people)
        why.remember(ledger, digest, order.job.parts(people))
        listed = _list(order, ledger, watch, digest)
        return listed, [file_names.shown(task.path) for task in run.tasks(ledger, listed.run, order.limit)]


def kept(order: Order) -> jobs.Job:
    """The job that made the results in OUT (else the order's own), with what people decided."""
    job = order.job
    if (order.out / NAME).is_file():
        with closing(Ledger(order.out / NAME)) as ledger:
            if text := ledger.get("job"):
                job = jobs.decode(text)
    return _deciding(replace(order, job=job))


def _check(order: Order) -> None:
    """Raise OcrfixError, before anything is written, where there is nothing to repair."""
    if not order.lists:
        inputs.check(order.inputs)
    if (order.out / NAME).is_file() or order.may_be_empty or "-" in order.lists:
        return  # of a known archive it is said which pages are gone; standard input is read but once
    if next(_inputs(order), None) is None:
        raise NoPages


def _readable_again(order: Order, stage: Path) -> Order:
    """A list on standard input is read more than once: it is laid aside."""
    if "-" not in order.lists:
        return order
    kept = stage / STDIN
    with kept.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    return replace(order, lists=[str(kept) if place == "-" else place for place in order.lists])


def _as_before(order: Order, ledger: Ledger) -> Order:
    """Where nobody named a language, reports keep that of the first run."""
    kept = ledger.get("job")
    if kept is None or not order.keeps_language:
        return order
    return replace(order, job=replace(order.job, lang=jobs.decode(kept).lang))


def _list(order: Order, ledger: Ledger, watch: Watch, digest: str) -> run.Listed:
    settings, taught = _deciding(order).settings, teaching.load(order.out)
    news = News(ledger, settings.decisions, taught._replace(learned=settings.learned), order.job.encoding)
    passed = inputs.PassedOver()
    found = _inputs(order, passed)
    with watch.doing("list", None) as tell:
        listed = run.list_pages(ledger, order.out, found, digest, news, order.plan, tell, passed)
    if not (listed.pages or order.may_be_empty):
        raise NoPages
    return listed


def _deciding(order: Order) -> jobs.Job:
    """The job with what people decided of the results by now, and what that taught."""
    settings = order.job.settings
    said = (*settings.decisions, *decisions.load(order.out))
    taught = teaching.load(order.out)
    known = taught.over(settings.learned)
    people = tuple(dict.fromkeys((*order.job.roster, *taught.rosters)))
    return replace(order.job, roster=people, settings=replace(settings, decisions=said, learned=known))


def _inputs(order: Order, passed: inputs.PassedOver | None = None) -> Iterator[inputs.Input]:
    return inputs.find(order.inputs, inputs.read_lists(order.lists), order.out, order.include, passed)


def _surveyed(order: Order, stage: Path, watch: Watch, anew: bool) -> Order:
    """The order with the archive's profile: the one given, the one kept, or a new one."""
    place = order.profile.absolute() if order.profile else order.out / surveyor.NAME
    if not (order.profile or order.survey):
        return order
    if order.profile is None and (anew or not place.exists()):
        kept = Parts(stage.parent / surveyor.PARTS)
        work = surveyor.Surveyor(order.job.encoding, kept.file)
        with (
            closing(kept),
            Workers(order.workers, work, order.timeout) as workers,
            watch.doing("survey", None) as tell,
            watch.gently(),
        ):
            # What cannot be read is no error here: its repair says why.
            made = surveyor.survey(
                workers,
                _inputs(order),
                lambda found: tell(isinstance(found, Part)),
                lambda: watch.wanted,
                kept,
            )
        surveyor.keep(made, order.out, stage)
        kept.drop()
    profile = load(place)
    name = str(place) if order.profile else surveyor.NAME
    return replace(order, job=replace(order.job, profile=name, profile_sha=profile.digest))


def _stitched(order: Order, ledger: Ledger, stage: Path, watch: Watch) -> tuple[int, Message | None]:
    """Stitch what changed: (issues, why nothing more could be written)."""
    total = issues.prepare(ledger)
    if not total:
        return 0, None
    ledger.put("indexed", False)
    ledger.commit()
    with (
        Workers(min(order.workers, total), articles.Stitcher(order.out, stage), order.timeout) as workers,
        watch.gently(),
    ):
        return articles.stitch_issues(ledger, workers, lambda: watch.wanted)
