"""The command line: one file per command; parse, call, print, exit code."""

from __future__ import annotations

import _thread
import atexit
import gc
import io
import os
import signal
import sys
import threading
from typing import NoReturn

# A repair uses one core; numpy's own threads would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


_COLLECTED = (50_000, 20, 100)
"""When cyclic garbage is looked for (by hand): what is loaded is some hundred thousand objects, and none of
it is garbage; a page makes next to none."""


def main() -> None:
    """Entry point of the `ocrfix` command."""
    if sys.argv[1:] == ["--version"]:
        from cleanup.version import VERSION

        print(f"ocrfix {VERSION}")
        return
    for stream in (sys.stdout, sys.stderr):
        # What a terminal's encoding lacks is spelt out: no message ends a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        # As Ctrl-C: what is half done is taken back. Who began it with nohup goes on.
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    sys.unraisablehook = _once_more
    gc.set_threshold(*_COLLECTED)
    try:
        from cleanup.cli.app import run

        code = run(sys.argv[1:])
        from cleanup.text import cache

        cache.write()
    except KeyboardInterrupt:  # before the command had begun
        print("ocrfix: 已中断 interrupted", file=sys.stderr)
        code = 130
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once: to take down models and modules piece by piece takes as long as a page."""
    try:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read it is gone
        sys.exit(code)
    os._exit(code)


def _once_more(lost: sys.UnraisableHookArgs) -> None:
    """A signal that came while an object was taken away is lost to the interpreter, not to us: it is sent
    again a moment later, when that is over."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        later = threading.Timer(0.01, _thread.interrupt_main)
        later.daemon = True
        later.start()
    else:
        sys.__unraisablehook__(lost)
