"""Traditional text as simplified, character for character, and single characters back again."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def simplified(text: str) -> str:
    """`text` in simplified script, of the same length: positions stay what they are."""
    return "".join(_same_length(line, "t2s") for line in text.splitlines(keepends=True))


def in_traditional(before: str, char: str, after: str) -> str | None:
    """`char`, simplified, as it is set in traditional script between `before` and `after`; None: unclear."""
    line = before + char + after
    whole = _convert(line, "s2t")
    alone = _convert(char, "s2t")
    return whole[len(before)] if len(whole) == len(line) else alone if len(alone) == 1 else None


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
