"""Worker processes, each with a pipe of its own: any may be killed at any moment without harm to the others.

(`concurrent.futures` cannot end a task that hangs; pools that can share a lock between workers, and a worker
that is killed while it holds the lock takes the pool with it.)
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

T = TypeVar("T")
R = TypeVar("R")
DEPTH = 2
"""Tasks that a worker has at hand, so that it never waits for the parent."""
RENEWED = 250
"""Tasks after which a process gives place to a fresh one: what it has put aside cannot grow without bound."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Lost(NamedTuple, Generic[T]):
    """A task that gave no result."""

    task: T
    timeout: bool
    """It took too long; else its worker died twice over it."""
    code: int
    """Exit code of the worker; -N: killed by signal N."""


class _Worker(Generic[T]):
    def __init__(self, process: multiprocessing.process.BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.tasks: deque[T] = deque()
        self.since = 0.0
        """When it began the first of its tasks."""
        self.done = 0


class Workers(Generic[T, R]):
    """A number of processes that do `work`; use as a context manager.

    Where processes are forked, they share what this one has loaded; elsewhere (macOS, Windows) each loads its
    own, and the models are shared as mapped files.
    """

    def __init__(self, count: int, work: Callable[[T], R], timeout: float) -> None:
        self._work = work
        self._timeout = timeout
        forks = sys.platform.startswith("linux")
        self._context: ForkContext | SpawnContext = (
            multiprocessing.get_context("fork") if forks else multiprocessing.get_context("spawn")
        )
        if forks:
            gc.collect()
            gc.freeze()  # the collector would write to every shared page
        self._workers: list[_Worker[T]] = []
        for _ in range(count):
            self._workers.append(self._start())

    def __enter__(self) -> Workers[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers: those at work are killed."""
        for worker in self._workers:
            if worker.tasks:
                worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)
            worker.process.kill()

    def run(self, tasks: Iterable[T], stop: Callable[[], bool] = lambda: False) -> Iterator[R | Lost[T]]:
        """Results in the order of their coming; once `stop()` holds, no further task is begun."""
        coming = iter(tasks)
        again: deque[T] = deque()
        died: list[T] = []

        def fill(worker: _Worker[T]) -> None:
            if worker.done >= RENEWED:
                if worker.tasks:
                    return
                self._renew(worker)
            while len(worker.tasks) < DEPTH and (again or not stop()):
                # A task whose worker died is tried alone, so that it cannot take a second one with it.
                if again and worker.tasks:
                    return
                task = again.popleft() if again else next(coming, None)
                if task is None:
                    return
                if not worker.tasks:
                    worker.since = time.monotonic()
                worker.tasks.append(task)
                with contextlib.suppress(OSError):  # a dead worker is noticed below
                    worker.pipe.send(task)
                if task in died:
                    return

        while True:
            for worker in self._workers:
                fill(worker)
            busy = [worker for worker in self._workers if worker.tasks]
            if not busy:
                return
            first = min(worker.since for worker in busy) + self._timeout
            ready = wait([worker.pipe for worker in busy], max(0.0, min(1.0, first - time.monotonic())))
            for worker in busy:
                if worker.pipe in ready:
                    try:
                        result: R = worker.pipe.recv()
                    except (EOFError, OSError):
                        task, code = self._replace(worker, again)
                        if task in died:
                            yield Lost(task, False, code)
                        else:
                            died.append(task)
                            again.append(task)
                        continue
                    done = worker.tasks.popleft()
                    if done in died:
                        died.remove(done)
                    worker.done += 1
                    worker.since = time.monotonic()
                    fill(worker)
                    yield result
                elif time.monotonic() > worker.since + self._timeout:
                    task, code = self._replace(worker, again)
                    yield Lost(task, True, code)

    def _replace(self, worker: _Worker[T], again: deque[T]) -> tuple[T, int]:
        """A fresh process for one that died or hangs: (the task that it was at, its exit code)."""
        worker.process.kill()
        worker.process.join()
        code = worker.process.exitcode or 0
        task = worker.tasks.popleft()
        again.extend(worker.tasks)
        worker.tasks.clear()
        self._renew(worker)
        return task, code

    def _renew(self, worker: _Worker[T]) -> None:
        worker.pipe.close()  # a process that waits for tasks ends by this
        worker.process.join(5)
        worker.process.kill()
        fresh = self._start()
        worker.process, worker.pipe, worker.done = fresh.process, fresh.pipe, 0

    def _start(self) -> _Worker[T]:
        here, there = self._context.Pipe()
        others = [worker.pipe for worker in self._workers if not worker.pipe.closed]
        ends = [here, *others] if self._context.get_start_method() == "fork" else []
        process = self._context.Process(
            target=_serve, args=(there, ends, self._work, os.getpid()), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here)


def _serve(pipe: Connection, inherited: list[Connection], work: Callable[[T], R], parent: int) -> None:
    """What a worker does: tasks until the pipe closes. It outlives its parent by no moment."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)  # its parent hears it, and finishes
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            return
    for end in inherited:
        end.close()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send(work(task))
