"""What `ocrfix batch` shows of a run, and its exit code; what a run does is archive.batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from cleanup.archive import run
from cleanup.archive.batch import Batch
from cleanup.archive.batch import dry as dry_run
from cleanup.archive.order import Done, Order, Phase, Watch
from cleanup.cli import batch_words as words
from cleanup.cli.progress import Progress, Stop
from cleanup.model.errors import Exit
from cleanup.model.file_names import quoted, shown
from cleanup.model.fix import Lang

POLL = 2.0
"""Seconds between two looks into a scanner's inbox."""
SHOWN = 20
"""So many failures are listed; the index has all."""


class Terminal(Watch):
    """A bar on the terminal, and Ctrl-C."""

    def __init__(self, stop: Stop, quiet: bool, lang: Lang) -> None:
        self.stop, self.quiet, self.lang = stop, quiet, lang

    @property
    def wanted(self) -> bool:
        return self.stop.wanted

    @contextmanager
    def doing(self, phase: Phase, total: int | None) -> Iterator[Callable[[bool], None]]:
        with Progress(phase, total, self.quiet, self.lang) as progress:
            yield progress.tell

    def gently(self) -> AbstractContextManager[None]:
        return self.stop.gently()


def dry(order: Order, quiet: bool, lang: Lang) -> int:
    """Print what would be done."""
    listed, pages = dry_run(order, Terminal(Stop(), quiet, lang))
    for page in pages:
        print(page)
    _say_passed(listed, quiet, lang)
    _say(_reasons(listed, lang), quiet)
    return Exit.DONE if listed.reasons else Exit.NOTHING_TO_DO


def whole(order: Order, watch: bool, quiet: bool, lang: Lang) -> int:
    """The run itself, and with --watch those after it."""
    stop = Stop()
    terminal = Terminal(stop, quiet, lang)
    with Batch(order, terminal) as batch, stop:
        code = _told(batch, batch.once(), watch, quiet, lang)
        terminal.quiet = True
        while watch and not stop.wanted:
            stop.sleep(POLL)
            if not stop.wanted:
                code = _told(batch, batch.once(resurvey=False), watch, True, lang)
    return Exit.INTERRUPTED if stop.wanted else code


def _told(batch: Batch, done: Done, watch: bool, quiet: bool, lang: Lang) -> int:
    """Say what became of a run; its exit code."""
    if done.stopped:
        _say(words.INTERRUPTED.text(lang).format(done.repaired.done))
        return Exit.INTERRUPTED
    if done.did_something or done.failed:
        _report(batch, done, quiet, lang)
    elif not watch:
        _say(words.UP_TO_DATE.text(lang).format(done.listed.pages), quiet)
    if done.failed:
        return Exit.SOME_FAILED
    return Exit.DONE if done.did_something else Exit.NOTHING_TO_DO


def _reasons(listed: run.Listed, lang: Lang) -> str:
    parts = [f"{words.WHY[reason].text(lang)} {count}" for reason, count in sorted(listed.reasons.items())]
    said = f"{listed.reasons.total()} / {listed.pages}"
    return f"{said}: {', '.join(parts)}" if parts else said


def _say_passed(listed: run.Listed, quiet: bool, lang: Lang) -> None:
    if passed := listed.passed.count:
        path, taken = listed.passed.first[0]
        _say(words.PASSED_OVER.text(lang).format(passed, path=path, taken=taken), quiet)
    if strange := listed.passed.strange:
        _say(words.STRANGE.text(lang).format(strange, path=listed.passed.example), quiet)


def _report(batch: Batch, done: Done, quiet: bool, lang: Lang) -> None:
    if done.failed:
        failed = words.FAILED_BEFORE if done.failed_before else words.FAILED
        _say(failed.text(lang).format(done.failed, done.failed_before))
        for reason in batch.failures(done, SHOWN):
            _say(f"  {reason.text(lang)}")
        if done.failed > SHOWN:
            _say(f"  … {done.failed - SHOWN}")
    if done.others:
        _say(words.LEFT_OUT.text(lang).format(done.others), quiet)
    _say_passed(done.listed, quiet, lang)
    repaired, out = done.repaired, batch.order.out
    said = words.DONE.text(lang)
    counted = (repaired.done, done.failed, done.listed.pages, done.left)
    _say(said.format(*counted, out / "index.html", quoted(str(out))), quiet)


def _say(sentence: str, quiet: bool = False) -> None:
    if not quiet:
        print(f"ocrfix: {shown(sentence)}", file=sys.stderr)
