"""What costs only time to make again, kept in the user's folder of caches for the processes that come."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

_SUM = 16
"""Bytes of the checksum before what is kept."""


def folder() -> Path:
    """Where OCRFIX_CACHE says, else where the user's caches lie."""
    home = os.environ.get("OCRFIX_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(home) / "ocrfix" if home else Path.home() / ".cache" / "ocrfix"


def keep(place: Path, data: bytes, mode: int = 0o600) -> None:
    """Keep what costs only time to make again: the whole file, or, where it cannot be written, nothing."""
    with suppress(OSError):
        import tempfile  # most processes keep nothing

        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix="new-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(temporary).chmod(mode)
            Path(temporary).replace(place)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise


class Kept:
    """Things of one kind by their keys: numbers, strings, bytes, and tuples, lists and dicts of them.

    Another Python, and another `by`, has things of its own. What is not whole is as if it were not there.
    """

    every: list[Kept] = []  # noqa: RUF012 (those of this process)

    def __init__(self, name: str, by: str, most: int) -> None:
        """`by`: the version of what makes them; `most`: beyond so many, those of earlier runs are dropped."""
        self._name, self._by, self._most = name, by, most
        self._new: dict[Any, Any] = {}
        self.every.append(self)

    def get(self, key: Any) -> Any:
        """What is kept under a key; None where nothing is."""
        found = self._new.get(key)
        return self._earlier.get(key) if found is None else found

    def put(self, key: Any, thing: Any) -> None:
        """Keep a thing: in this process, and for others once `write` is called."""
        self._new[key] = thing

    def of(self, key: Any, make: Callable[[], Any]) -> Any:
        """What is kept under a key; where nothing is, it is made, and kept."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    @property
    def _place(self) -> Path:
        made = f"{sys.version} {sys.byteorder} {self._by}".encode()
        return folder() / f"{self._name}-{hashlib.blake2b(made, digest_size=8).hexdigest()}.kept"

    @cached_property
    def _earlier(self) -> dict[Any, Any]:
        try:
            with self._place.open("rb") as stream:
                if not _is_ours(os.fstat(stream.fileno())):
                    return {}
                data = stream.read()
            if hashlib.blake2b(data[_SUM:], digest_size=_SUM).digest() == data[:_SUM]:
                found = marshal.loads(data[_SUM:])
                return found if isinstance(found, dict) else {}
        except (OSError, RuntimeError, EOFError, ValueError, TypeError):  # not there, or of another kind
            pass
        return {}

    def write(self) -> None:
        """Keep for other processes what this one made."""
        if not self._new:
            return
        together = {**self._earlier, **self._new}
        data = marshal.dumps(together if len(together) <= self._most else self._new)
        keep(self._place, hashlib.blake2b(data, digest_size=_SUM).digest() + data)


def _is_ours(file: os.stat_result) -> bool:
    """Whether nobody but this user could have written a file: what it holds is run."""
    return not hasattr(os, "getuid") or (file.st_uid == os.getuid() and not file.st_mode & 0o022)


def write() -> None:
    """Keep all that this process made."""
    for kept in Kept.every:
        kept.write()
