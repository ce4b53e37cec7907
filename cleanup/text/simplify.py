"""Simplified and traditional text: character for character, single characters back again, whole lines."""

from __future__ import annotations

from functools import cache, lru_cache
from unicodedata import normalize

import opencc
from opencc import OpenCC

from cleanup.text.scripts import is_han
from cleanup.text.variants import VARIANTS

CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
"""Quotation marks as simplified and as traditional text has them."""
_QUOTES = str.maketrans({corner: quote for quote, corner in CORNERS.items()})


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def version() -> str:
    """The version of OpenCC, which decides how the other script is written."""
    return str(opencc.__version__)


@lru_cache(maxsize=4)
def simplified(text: str) -> str:
    """`text` in simplified script, of the same length: positions stay what they are."""
    return "".join(_same_length(line, "t2s") for line in text.splitlines(keepends=True)).translate(_QUOTES)


@lru_cache(maxsize=4)
def one_script(text: str) -> str:
    """`text` letter for letter in simplified script, printers' variants (眞, 淸, 発) too."""
    return simplified(text).translate(_PRINTED)


@cache
def _modern(char: str) -> str:
    return char if _is_in(char, "gb2312") else folded(char)


def modern(name: str) -> str:
    """`name` with what only traditional script has in simplified script: 陳瑞乾 -> 陈瑞乾."""
    return "".join(map(_modern, name))


class _Single(dict[int, str]):
    """Code point → simplified form of that character alone."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        alone = _convert(char, "t2s")
        self[code] = found = alone if len(alone) == 1 else char
        return found


_SINGLE = _Single()


class _Printed(dict[int, int]):
    """Code point → that of the simplified letter of which it is a printer's or a Japanese variant."""

    def __missing__(self, code: int) -> int:
        char, found = chr(code), code
        if is_han(char) and not _is_in(char, "gb2312"):
            alone = VARIANTS.get(char) or _convert(_convert(normalize("NFKC", char), "jp2t"), "t2s")
            if len(alone) == 1 and _is_in(alone, "gb2312"):
                found = ord(alone)
        self[code] = found
        return found


_PRINTED = _Printed()


def folded(name: str) -> str:
    """A name in simplified script, character by character."""
    return name.translate(_SINGLE)


def is_changed(name: str) -> bool:
    """Whether simplified script writes a name otherwise."""
    return folded(name) != name


def in_traditional(before: str, char: str, after: str) -> str | None:
    """`char`, simplified, as it is set in traditional script between `before` and `after`; None: unclear."""
    line = before + char + after
    whole = _convert(line, "s2t")
    alone = _convert(char, "s2t")
    return whole[len(before)] if len(whole) == len(line) else alone if len(alone) == 1 else None


def traditional(name: str) -> str:
    """`name` in traditional script, as set in general."""
    return _convert(name, "s2t")


def traditional_forms(name: str) -> set[str]:
    """How `name` may stand in traditional text (as set in general, in Taiwan, in Hong Kong), where that is
    of its length and differs from it."""
    found = {
        "".join(new if len(new := _convert(char, config)) == 1 else char for char in name)
        for config in ("s2t", "s2tw", "s2hk")
    }
    found |= {form for config in ("s2t", "s2tw", "s2hk") if len(form := _convert(name, config)) == len(name)}
    return found - {name}


def converted(line: str, config: str) -> str:
    """A line as OpenCC's `config` makes it."""
    return _convert(line, config)


@cache
def is_simplified_only(char: str) -> bool:
    """Whether traditional script has no such character: 国, not 干."""
    return not _is_in(char, "cp950") and _convert(char, "s2t") != char


@cache
def is_traditional_only(char: str) -> bool:
    """Whether simplified script has no such character: 國, not 乾."""
    return not _is_in(char, "gb2312") and _convert(char, "t2s") != char


def _is_in(char: str, charset: str) -> bool:
    try:
        char.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def changes(line: str, whole: str) -> list[tuple[int, int, str]]:
    """What is changed between a line and what it was converted to: start, end, new text."""
    if whole == line:
        return []
    if len(whole) == len(line):
        pairs = enumerate(zip(line, whole, strict=True))
        return [(at, at + 1, new) for at, (old, new) in pairs if old != new]
    from rapidfuzz.distance import Levenshtein  # takes its time, and few lines change their length

    found = []
    for block in Levenshtein.opcodes(line, whole):
        start, end, new = block.src_start, block.src_end, whole[block.dest_start : block.dest_end]
        if block.tag == "replace" and len(new) == end - start:
            found += [(start + at, start + at + 1, char) for at, char in enumerate(new)]
        elif block.tag != "equal":
            found.append((start, end, new))
    return found


def _same_length(line: str, config: str) -> str:
    whole = _convert(line, config)
    if len(whole) == len(line):
        return whole
    single = (_convert(char, config) for char in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, single, strict=True))


def _convert(text: str, config: str) -> str:
    try:
        return str(_converter(config).convert(text))
    except UnicodeEncodeError:  # lone surrogates
        return text
