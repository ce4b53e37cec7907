"""Patterns that are compiled when they are first used, and are kept compiled for the next process.

To compile all of them takes longer than to repair a page. What a pattern compiles to is a list of numbers
that depends on Python's version, and on that of `regex`; where it cannot be had, or is not what compiling
gives, the pattern is compiled again each time.
"""

from __future__ import annotations

import re
from array import array
from typing import Any, cast

import regex as _regex

from cleanup.text.cache import Kept

_NUMBERS = "I"
_Parts = tuple[Any, ...]
_kept = Kept("patterns", _regex.__version__, 3000)
"""By kind, pattern and flags; there are some 500, and those of earlier versions."""


_ASKED = (
    "search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "groups", "groupindex",
    "flags",
)  # fmt: skip


class _Ready:
    """A pattern that is compiled; what is asked of it stands in its own dictionary."""


class _Waiting:
    """A pattern that compiles itself when it is first used, and costs nothing more from then on."""

    def __init__(self, kind: str, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._key = (kind, pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        found = _compiled(*self._key)
        self.__dict__.update((asked, getattr(found, asked)) for asked in _ASKED)
        self.__class__ = _Ready  # type: ignore[assignment]  # no detour from now on
        return self.__dict__[name]


def re_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the pattern is used."""
    return cast("re.Pattern[str]", _Waiting("re", text, int(flags)))


def regex_pattern(text: str, flags: int = 0) -> Any:
    """`regex.compile` (classes of Unicode, looking behind for any length), put off in the same way."""
    return _Waiting("regex", text, int(flags))


def _compiled(kind: str, text: str, flags: int) -> Any:
    made, taken_apart = (_re_of, _re_parts) if kind == "re" else (_regex_of, _regex_parts)
    if (parts := _kept.get((kind, text, flags))) is not None:
        try:
            return made(parts)
        except (TypeError, ValueError, RuntimeError, ImportError):  # of another build
            pass
    found = re.compile(text, flags) if kind == "re" else _regex.compile(text, flags)
    try:
        parts = taken_apart(found)
        if _is_same(found, made(parts)):
            _kept.put((kind, text, flags), parts)
    except (TypeError, ValueError, RuntimeError, ImportError, AttributeError):
        pass  # this build keeps them in another way
    return found


def _re_parts(found: re.Pattern[str]) -> _Parts:
    from re import _compiler, _parser  # type: ignore[attr-defined]

    code = _compiler._code(_parser.parse(found.pattern, found.flags), found.flags)
    names: list[str | None] = [None] * (found.groups + 1)
    for name, number in found.groupindex.items():
        names[number] = name
    packed = array(_NUMBERS, code).tobytes()
    return found.pattern, found.flags, packed, found.groups, dict(found.groupindex), tuple(names)


def _re_of(parts: _Parts) -> Any:
    import _sre  # type: ignore[import-not-found]

    text, flags, packed, *groups = parts
    code = array(_NUMBERS)
    code.frombytes(packed)
    return _sre.compile(text, flags, code.tolist(), *groups)


def _regex_parts(found: Any) -> _Parts:
    return tuple(found._pickled_data)


def _regex_of(parts: _Parts) -> Any:
    return _regex._regex.compile(*parts)


def _is_same(one: Any, other: Any) -> bool:
    return bool(one == other or one._pickled_data == other._pickled_data)
