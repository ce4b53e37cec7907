"""Which models read a text: those whose language model predicts it best.

News and statutes are said in other words than novels, old prose, essays and the papers of the 1960s: what is
usual in the ones stands nowhere in the others. A text is weighed when it is first read, and once more when
nothing more changes: another run would begin there, and know nothing of how it was misread before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cleanup.score.corrector import UNTOLD, Corrector, Reading, Told
from cleanup.score.ngram import Ngrams
from cleanup.score.scan import scan
from cleanup.score.stretches import parts
from cleanup.score.unfitting import Doubt


def likeliest(text: str, languages: Sequence[Ngrams]) -> int:
    """The number of the language model that predicts `text` best; the first of equals."""
    if len(languages) == 1:
        return 0
    pieces = [text[start:end] for start, end in parts(text)]
    nats = [sum(float(scan(piece, one).forward.sum()) for piece in pieces) for one in languages]
    return int(np.argmax(nats))


class Choice:
    """Reads one text, and what becomes of it, by the models that fit it."""

    def __init__(self, languages: Sequence[Ngrams], made: Callable[[int], Corrector]) -> None:
        """`made` gives what reads by the language model of that number."""
        self._languages = languages
        self._made = made
        self._chosen: Corrector | None = None
        self._number = 0
        self._weighed = self._read = self._shown = ""
        self._told = UNTOLD
        self._found: tuple[Reading, ...] = ()

    def read(self, text: str, told: Told = UNTOLD, shown: str = "") -> tuple[Reading, ...]:
        """What may be wrong in `text`, by place; `told`: what else the engine took some characters for;
        `shown`: how the text stands in traditional script, letter for letter, if it does."""
        chosen = self._chosen or self._choose(text)
        self._read, self._told, self._shown = text, told, shown
        self._found = chosen.read(text, told, shown)
        return self._found

    def doubts(self) -> tuple[Doubt, ...]:
        """What may have stood where characters of the text read last do not fit, where
        it has many errors."""
        return tuple(self._chosen.doubts(self._read, self._shown)) if self._chosen else ()

    def weigh_again(self) -> bool:
        """Weigh the text as it was read last; whether it is read otherwise from now on."""
        before = self._number
        if self._chosen is None or self._weighed == self._read:
            return False
        self._choose(self._read)
        chosen = self._chosen
        return self._number != before or chosen.forgets(self._read, self._told, self._shown, self._found)

    def _choose(self, text: str) -> Corrector:
        number = likeliest(text, self._languages)
        if self._chosen is None or number != self._number:
            self._chosen = self._made(number).for_a_text()
        self._number, self._weighed = number, text
        return self._chosen
