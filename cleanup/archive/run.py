"""A run over an archive: list its pages in the ledger, repair what is to be repaired, write the index."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from cleanup.archive import groups, why
from cleanup.archive.decided.news import News
from cleanup.archive.inputs import Input, PassedOver
from cleanup.archive.ledger import Ledger
from cleanup.archive.page import Outcome, Task, state
from cleanup.archive.why import Plan
from cleanup.archive.workers import Lost, Workers
from cleanup.model import file_names
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Message

WORK = ".ocrfix"
"""Folder in OUT for files that are not whole yet, and the lock."""
PATIENCE = 10.0
"""Seconds to wait for another run's end before giving up."""
BATCH = 2000
"""Pages listed between two commits."""


class Taken(OcrfixError):
    """Two inputs have one place in the archive."""

    exit_code = Exit.USAGE

    def __init__(self, path: str, one: str, two: str) -> None:
        super().__init__(
            f"{one} 和 {two} 的结果会在同一处（{path}）；请分开运行并用 -o 另选目录。",
            f"{one} and {two} would have their results in one place ({path}); run them separately, with -o.",
        )
        self.args = (path, one, two)


class Busy(OcrfixError):
    """Another run is at work in OUT."""

    exit_code = Exit.OUTPUT

    def __init__(self, out: Path) -> None:
        super().__init__(
            f"另一个 ocrfix 正在写 {out}；请等它结束，或另选目录。",
            f"another ocrfix is writing to {out}; wait until it ends, or choose another folder.",
        )
        self.args = (out,)


@contextlib.contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Keep other runs out of OUT; the folder for files that are not whole yet, emptied.

    It is emptied again at the end: a worker that was killed leaves what it was writing.
    """
    stage = out / WORK / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / WORK / "lock", timeout=PATIENCE):
            _empty(stage)
            try:
                yield stage
            finally:
                _empty(stage)
    except Timeout:
        raise Busy(out) from None


def _empty(stage: Path) -> None:
    for left in stage.iterdir():
        left.unlink()


@dataclass
class Listed:
    """What listing the archive found."""

    run: int
    pages: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    """Why pages are to be repaired (archive.why), and how many."""
    passed: PassedOver = field(default_factory=PassedOver)
    """Files that are not read."""
    problems: int = 0
    """Pages that failed already here: they could not even be tried."""


def list_pages(
    ledger: Ledger,
    out: Path,
    inputs: Iterable[Input],
    settings_sha: str,
    news: News,
    plan: Plan,
    tell: Callable[[bool], None],
    passed: PassedOver | None = None,
) -> Listed:
    """Enter every input into the ledger and mark what is to be repaired; raises Taken.

    `passed`: what was told of files that are no inputs, once all inputs are found.
    """
    listed = Listed((ledger.get("run") or 0) + 1, passed=passed or PassedOver())
    ledger.put("run", listed.run)
    for found in inputs:
        known = ledger.page(found.path)
        if known is not None and known.seen == listed.run:
            if known.source != found.source:
                raise Taken(found.path, known.source, found.source)
            continue
        if plan.settle and _is_fresh(found.source, plan.settle):
            continue
        listed.pages += 1
        tell(not found.error)
        if known is None:
            place = groups.place(found.path, plan.group)
            page = ledger.add(found.path, found.source, place.issue, place.page, listed.run)
            reason = "new"
        else:
            page = known.id
            reason = why.of(ledger, known, found, out, settings_sha, news, plan)
        if problem := _problem(ledger, found, listed.run):
            ledger.set(page, seen=listed.run)
            ledger.fail(page, problem, "", (-1, 0), settings_sha)
            listed.problems += 1
        elif reason:
            ledger.set(page, seen=listed.run, status="todo", source=found.source)
            listed.reasons[reason] += 1
        elif known is not None and known.status == "gone":
            ledger.set(page, seen=listed.run, status="done")
            ledger.put("indexed", False)
        else:
            ledger.set(page, seen=listed.run)
        if listed.pages % BATCH == 0:
            ledger.commit()
    ledger.drop_replaced(listed.run)
    _mark_gone(ledger, listed.run)
    said = {"count": listed.passed.count, "first": [list(pair) for pair in listed.passed.first]}
    if ledger.get("passed_over") != said:
        ledger.put("passed_over", said)
        ledger.put("indexed", False)
    if not plan.changed_only:
        _mark_others(ledger, listed.run, news)
        news.taken_up(ledger)
    ledger.commit()
    return listed


def _mark_gone(ledger: Ledger, run: int) -> None:
    """Pages whose file is no longer there; their results stay."""
    others = ledger.rows("seen <> ? AND status <> 'gone'", (run,))
    for page in [row.id for row in others if not os.path.lexists(row.source)]:
        ledger.set(page, status="gone")
        ledger.put("indexed", False)


def _mark_others(ledger: Ledger, run: int, news: News) -> None:
    """Pages that are not among the inputs, but that people spoke of, are to be made again when they are."""
    if news.words:
        others = ledger.rows("seen <> ? AND status = 'done'", (run,))
        for page in [row.id for row in others if news.concern(row, row.source)]:
            ledger.set(page, status="todo")
        # What those have whose files are gone cannot be told: made anew should they come back.
        for row in list(ledger.rows("status = 'gone'")):
            ledger.set(row.id, settings_sha="")


def _is_fresh(source: str, seconds: float) -> bool:
    try:
        # One from the future (a clock was set) has lain long enough.
        return 0 <= time.time() - Path(source).stat().st_mtime < seconds
    except OSError:
        return False


def _problem(ledger: Ledger, found: Input, run: int) -> Message | None:
    """Why an input cannot even be tried."""
    if found.error:
        shown = file_names.shown(found.source)
        return Message(f"{shown} 无法列出：{found.error}。", f"{shown}: cannot be listed: {found.error}.")
    if rival := ledger.rival(found.path, run):
        one, two = file_names.shown(found.path), file_names.shown(rival)
        return Message(
            f"{one}：结果会覆盖 {two} 的结果；请改名，或分开运行并用 -o 另选目录。",
            f"{one}: its results would overwrite those of {two}; rename one, or run each with its own -o.",
        )
    return None


@dataclass
class Repaired:
    """What a run's repair came to."""

    done: int = 0
    failed: int = 0
    full: Message | None = None
    """Why nothing more could be written."""


def repair_pages(
    ledger: Ledger,
    listed: Listed,
    workers: Workers[Task, Outcome],
    settings_sha: str,
    limit: int | None,
    tell: Callable[[bool], None],
    stopped: Callable[[], bool],
) -> Repaired:
    """Repair the pages that the ledger has to do; the ledger is written after the files are."""
    found = Repaired()
    committed = time.monotonic()
    for result in workers.run(tasks(ledger, listed.run, limit), lambda: found.full is not None or stopped()):
        outcome = _lost(result) if isinstance(result, Lost) else result
        if outcome.stops_all:
            found.full = outcome.reason
            continue
        ledger.record(outcome, settings_sha)
        if outcome.status == "done":
            found.done += 1
        else:
            found.failed += 1
        tell(outcome.status == "done")
        if time.monotonic() - committed > 0.5:
            ledger.commit()
            committed = time.monotonic()
    ledger.commit()
    return found


def tasks(ledger: Ledger, run: int, limit: int | None) -> Iterator[Task]:
    """The pages that a run has to repair, in natural order."""
    after, left = "", limit
    while chunk := ledger.todo(run, after, 500 if left is None else min(500, left)):
        for _, task in chunk:
            yield task
        after = chunk[-1][0]
        if left is not None:
            left -= len(chunk)
            if not left:
                return


def _lost(lost: Lost[Task]) -> Outcome:
    shown = file_names.shown(lost.task.path)
    if lost.timeout:
        reason = Message(
            f"{shown}：超过时限，已中止；用 --timeout 放宽时限后以 --retry 重试。",
            f"{shown}: it took too long and was stopped; --retry it with a longer --timeout.",
        )
    else:
        why = f"signal {-lost.code}" if lost.code < 0 else f"exit code {lost.code}"
        reason = Message(
            f"{shown}：处理它的进程两次意外终止（{why}），可能内存不足；请减少 --workers 后以 --retry 重试。",
            f"{shown}: its process died twice ({why}), perhaps out of memory; --retry with fewer --workers.",
        )
    size, mtime = state(lost.task.source)
    return Outcome(lost.task.page, lost.task.path, "failed", reason, size=size, mtime=mtime)
