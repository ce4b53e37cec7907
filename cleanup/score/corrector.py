"""Reads a text with language model, channel and judge: what is wrong, what was meant, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates, Proposer, scan
from cleanup.score.channel import Channel
from cleanup.score.evidence import Evidence, gather
from cleanup.score.judge import Judge
from cleanup.score.ngram import Ngrams
from cleanup.score.pairs import Pairs

LEAST = 0.08
"""Candidates less probable than this are not spoken of."""
USUAL = 0.014
"""Share of characters that the judge's own texts need changed."""
WEIGHT = 400
"""The expectation of that share counts like so many characters of text."""
MOST_RAISED = 1.5
RANKS = 3
"""So many candidates of a kind and place are judged."""
MOST = 5
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
_QUOTES = frozenset("“”‘’\"'《》〈〉（）()")
_DASHES = frozenset("—－-―─–")


@dataclass(frozen=True, slots=True)
class Reading:
    """A change at one place: `read` (empty: something is missing) becomes `new` (empty: too many)."""

    at: int
    read: str
    new: str
    probability: float
    others: tuple[str, ...]
    """Other things it may be, best first."""
    gain: float
    """Nats by which the text becomes likelier."""


class Corrector:
    """The models together."""

    def __init__(self, model: Ngrams, pairs: Pairs, channel: Channel, judge: Judge) -> None:
        self.model = model
        self._judge = judge
        self._proposer = Proposer(model, pairs, channel)
        self.read = lru_cache(maxsize=4)(self._read)

    def use(self, channel: Channel) -> None:
        """Take another channel from now on."""
        self._proposer.channel = channel
        self.read.cache_clear()

    def weigh(self, text: str, named: NDArray[np.bool_]) -> tuple[Candidates, Evidence]:
        """The candidates worth judging, with their evidence."""
        found = scan(text, self.model)
        thought = self._proposer.propose(found)
        if not len(thought):
            return thought, Evidence(np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
        keep = ~_forbidden(text, thought)
        thought = thought.only(keep)
        evidence = gather(found, thought, self.model, self._proposer.channel, named)
        better = (evidence.gain > 0) & (evidence.rank < RANKS)
        return thought.only(better), evidence.only(better)

    def _read(self, text: str, named: bytes) -> tuple[Reading, ...]:
        """What may be wrong in `text`, by place; `named`: one byte a character, 1 within a name."""
        flags = np.frombuffer(named, dtype=np.bool_)
        thought, evidence = self.weigh(text, flags)
        if not len(thought):
            return ()
        shown = [text[at] for at in thought.at.tolist()]
        sure = self._judge.probability(thought, shown, evidence.table)
        sure = _settled(sure, thought, len(text))
        order = np.lexsort((-sure, thought.at))
        readings: list[Reading] = []
        for rows in np.split(order, np.flatnonzero(np.diff(thought.at[order])) + 1):
            best = rows[0]
            if sure[best] < LEAST:
                continue
            insert = thought.kind[best] == INSERT
            alike = [row for row in rows if (thought.kind[row] == INSERT) == insert]
            words = [_word(thought, int(row)) for row in alike]
            read = "" if insert else shown[best]
            others = tuple(dict.fromkeys(word for word in words[1 : MOST + 1] if word != words[0]))[: MOST - 1]
            gain = float(evidence.gain[best])
            readings.append(Reading(int(thought.at[best]), read, words[0], float(sure[best]), others, gain))
        return tuple(readings)


def _settled(sure: NDArray[np.float64], thought: Candidates, size: int) -> NDArray[np.float64]:
    """Probabilities after seeing how many errors the whole text seems to have.

    The judge was fitted on scans of one quality; a text with fewer (or more) errors lowers (raises) the odds
    of each (expectation and maximisation over the share of wrong characters).
    """
    first = np.unique(thought.at, return_index=True)[1]
    odds = np.log(np.maximum(sure, 1e-9) / np.maximum(1 - sure, 1e-9))
    rate = USUAL
    for _ in range(8):
        now = 1 / (1 + np.exp(-(odds + np.log(rate / USUAL))))
        wrong = np.maximum.reduceat(now, first)[np.maximum.reduceat(now, first) > 0.02].sum()
        rate = min((wrong + USUAL * WEIGHT) / (size + WEIGHT), MOST_RAISED * USUAL)
    return np.asarray(1 / (1 + np.exp(-(odds + np.log(rate / USUAL)))))


def _word(thought: Candidates, row: int) -> str:
    return "" if thought.kind[row] == DELETE else str(thought.char[row])


def _forbidden(text: str, thought: Candidates) -> NDArray[np.bool_]:
    """Candidates that are never made: digits, numerals within numbers, quotes turned round."""
    found = np.zeros(len(thought), dtype=bool)
    for row, (at, kind, new) in enumerate(
        zip(thought.at.tolist(), thought.kind.tolist(), thought.char.tolist(), strict=True)
    ):
        if kind == INSERT:
            found[row] = new in _NUMERALS
            continue
        read = text[at]
        near = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        in_number = any(char.isdigit() or char in _NUMERALS for char in near)
        if kind == DELETE:
            found[row] = read.isdigit() or (read in _NUMERALS and in_number) or read in _QUOTES
        elif kind == SUBSTITUTE:
            found[row] = (
                (read in _NUMERALS and new in _NUMERALS)
                or (in_number and (read in _NUMERALS or read.isdigit() or new in _NUMERALS) and new not in _DASHES)
                or (read in _QUOTES and new in _QUOTES)
                or (read in _DASHES and new == "一")
            )
    return found
