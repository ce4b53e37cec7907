"""Whether characters hang together as ordinary words do, by the pair model."""

from __future__ import annotations

from cleanup.score.pairs import Pairs
from cleanup.text.scripts import is_han


def is_of_word(text: str, at: int, pairs: Pairs) -> bool:
    """Whether a character makes a word with one of its neighbours."""
    beside = [text[at - 1 : at + 1], text[at : at + 2]]
    links = [pairs.link(pair[0], pair[1]) for pair in beside if len(pair) == 2 and all(map(is_han, pair))]
    return any(bits is not None and bits >= 4.5 for bits in links)


def is_wording(text: str, start: int, end: int, pairs: Pairs) -> bool:
    """Whether the characters hang together, or with their neighbours, as ordinary words do."""
    links = [
        pairs.link(text[at], text[at + 1])
        for at in range(max(0, start - 1), min(end, len(text) - 1))
        if is_han(text[at]) and is_han(text[at + 1])
    ]
    strong = [bits for bits in links if bits is not None and bits >= 5.0]
    if end - start == 2:
        own = pairs.link(text[start], text[start + 1])
        return bool(strong) or (own is not None and own >= 1.0)
    return len(strong) >= 2
