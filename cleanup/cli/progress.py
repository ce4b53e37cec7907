"""A long run at the terminal: its progress, and how it is stopped."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Literal

from cleanup.model.fix import Lang, Message

Phase = Literal["list", "survey", "repair"]
_PHASES = {
    "list": Message("列出", "List"),
    "survey": Message("普查", "Survey"),
    "repair": Message("修复", "Repair"),
}
_WORDS = {"zh": ("页/秒", "失败"), "en": ("pages/s", "failed")}
EVERY = 0.2
"""Seconds between two looks of the bar."""


class Progress:
    """A bar with rate, time left and failures on a terminal; elsewhere nothing."""

    def __init__(self, phase: Phase, total: int | None, quiet: bool, lang: Lang) -> None:
        """`total`: None where it is not known."""
        self._shown = not quiet and sys.stderr.isatty()
        self._words = _WORDS[lang]
        self._phase = _PHASES[phase].text(lang)
        self._failed = self._done = 0
        self._last = self._start = time.monotonic()
        if self._shown:
            from rich import progress
            from rich.console import Console

            # Without a thread of its own: processes are forked while the bar stands.
            self._bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TextColumn("{task.fields[note]}"),
                progress.TimeRemainingColumn(),
                console=Console(stderr=True),
                auto_refresh=False,
                transient=True,
            )
            self._task = self._bar.add_task(self._phase, total=total, note="")

    def __enter__(self) -> Progress:
        if self._shown:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._bar.stop()

    def tell(self, well: bool) -> None:
        """A page more, and whether all went well."""
        self._done += 1
        self._failed += not well
        now = time.monotonic()
        if self._shown and now - self._last > EVERY:
            self._last = now
            note = f"{self._done / (now - self._start):.1f} {self._words[0]}"
            if self._failed:
                note += f", {self._failed} {self._words[1]}"
            self._bar.update(self._task, completed=self._done, note=note, refresh=True)


class Stop:
    """Ctrl-C, the signal that schedulers send, and a terminal that closes: within `gently` the first is a
    wish."""

    def __init__(self) -> None:
        self.wanted = False
        self._gently = False

    def __enter__(self) -> Stop:
        numbers = [signal.SIGINT, signal.SIGTERM]
        if (hang_up := getattr(signal, "SIGHUP", None)) and signal.getsignal(hang_up) != signal.SIG_IGN:
            numbers.append(hang_up)
        self._before = {number: signal.signal(number, self._on) for number in numbers}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _on(self, _number: int, _frame: FrameType | None) -> None:
        if not self._gently or self.wanted:
            raise KeyboardInterrupt
        self.wanted = True

    @contextlib.contextmanager
    def gently(self) -> Iterator[None]:
        """Finish what is at hand before stopping; a second signal does not wait."""
        self._gently = True
        try:
            yield
        finally:
            self._gently = False

    def sleep(self, seconds: float) -> None:
        """Wait, or until it is to be stopped."""
        with self.gently():
            until = time.monotonic() + seconds
            while not self.wanted and time.monotonic() < until:
                time.sleep(0.1)
