"""Names in several parts (foreign, Uygur) that a text itself has more than once: 罗伯特·布朗."""

from __future__ import annotations

from collections import Counter

import regex

from cleanup.text.scripts import HAN

DOT = "·"
_DOTTED = regex.compile(rf"[{HAN}]+(?:·[{HAN}]+)+")
_LONGEST, _KEPT = 6, 0.6
"""Characters of a part; the share of the dotted places that must go on with the same character."""


def repeated(text: str, least: int) -> dict[str, int]:
    """Names with a dot inside that stand `least` times or more, and how often.

    Where a name begins and ends is not marked: it is as long as most of its places agree.
    """
    places: dict[str, list[tuple[str, str]]] = {}
    for match in _DOTTED.finditer(text) if DOT in text else ():
        first, *middle, last = match.group().split(DOT)
        # The inmost characters of the name; what stands around them may be other words.
        key = DOT.join([first[-1], *middle, last[0]])
        places.setdefault(key, []).append((first[-_LONGEST - 1 : -1], last[1 : _LONGEST + 1]))
    found: dict[str, int] = {}
    for key, around in places.items():
        before = _shared([left[::-1] for left, _ in around], least)[::-1]
        after = _shared([right for _, right in around], least)
        name = before + key + after
        count = text.count(name)
        if count >= least:
            found[name] = count
    return found


def _shared(ends: list[str], least: int) -> str:
    """What most of `ends` begin with."""
    start = ""
    while True:
        following = Counter(
            end[len(start)] for end in ends if end.startswith(start) and len(end) > len(start)
        )
        char, count = following.most_common(1)[0] if following else ("", 0)
        if not char or count < max(least, _KEPT * len(ends)):
            return start
        start += char
