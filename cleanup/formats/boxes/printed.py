"""What Python prints of an engine's result: `[[[[24.0, 36.0], …], ('己经', 0.98)], …]`, saved as it stands.

Only literals are read, with numpy's `array(…)` and `float32(…)` around them; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cleanup.formats.boxes import json_text
from cleanup.formats.boxes.json_text import Text, text_at
from cleanup.formats.encoding import InputError
from cleanup.text.patterns import re_pattern

_LIKE = re_pattern(
    r"(?:\[\s*){2,}+(?:np\.|numpy\.)?(?:array\(|float\d*\(|-?\d)|\{\s*'[\w ]{1,40}'\s*:|\[\s*\{\s*'"
)
"""How such a text begins: JSON does not."""
MOST = 20_000_000
"""Characters: a longer text is not parsed, since Python's parser needs a hundred times its size."""


def is_like(text: str) -> bool:
    """Whether a text may be what Python prints of lists and dicts, rather than JSON."""
    return len(text) <= MOST and bool(_LIKE.match(text.lstrip()))


@lru_cache(maxsize=1)  # as in json_text
def load(text: str) -> Any:
    """The value; its strings are Text. Raises InputError."""
    lead = len(text) - len(text.lstrip())
    source = text[lead:]
    try:
        tree = ast.parse(source.rstrip(), mode="eval")
        return _Reader(source, lead).value(tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError("broken-json", line=line, why=str(error).partition(" (")[0]) from None


class _Reader:
    def __init__(self, source: str, lead: int) -> None:
        rows = source.split("\n")
        self._rows = [row.encode() for row in rows]
        self._starts = [lead]
        for row in rows:
            self._starts.append(self._starts[-1] + len(row) + 1)
        self._last = (0, 0, 0)
        """Line, column in bytes and in characters of the last place: the next mostly lies behind it."""

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=str() as said):
                start = self._place(node.lineno, node.col_offset)
                return text_at(said, start, self._place(node.end_lineno or 1, node.end_col_offset or 0))
            case ast.Constant(value=found):
                return found
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.value(item) for item in items]
            case ast.Dict(keys=keys, values=values):
                return self._named(zip(keys, values, strict=True))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return -number
            case ast.Call(args=[first, *_]):
                return self.value(first)
            case ast.Name(id="nan" | "inf"):
                return None
        raise ValueError("it holds more than lists, texts and numbers")

    def _named(self, items: Iterable[tuple[ast.expr | None, ast.expr]]) -> dict[str, Any]:
        found, places = dict[str, Any](), dict[str, tuple[int, int]]()
        for key, value in items:
            if key is not None:
                name = str(self.value(key))
                start = self._place(value.lineno, value.col_offset)
                found[name] = self.value(value)
                if isinstance(found[name], list) and any(isinstance(one, Text) for one in found[name]):
                    places[name] = start, self._place(value.end_lineno or 1, value.end_col_offset or 0)
        json_text.hold(found, places)
        return found

    def _place(self, line: int, column: int) -> int:
        """A place in the text; columns count bytes of UTF-8."""
        last, known, at = self._last
        if line != last or column < known:
            known = at = 0
        at += len(self._rows[line - 1][known:column].decode(errors="ignore"))
        self._last = (line, column, at)
        return self._starts[line - 1] + at


def written(new: str, old: str) -> str:
    """A string as Python prints it, in the quotes of the old one where they serve."""
    shown = repr(new)
    if old[:1] == '"' and shown[:1] == "'" and '"' not in new:
        return f'"{shown[1:-1]}"'
    return shown
