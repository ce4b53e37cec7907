"""A KenLM file (binary or ARPA, of characters parted by spaces) as the language model.

KenLM keeps probabilities, not counts. The count of a run is taken to be its probability in as much text as
the rarest character needs to stand there once; judge and gates, fitted on the shipped model, read that as its
own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanup.score.ngram import BREAK, LARGEST, STEP, BrokenModel, Levels, Ngrams

_MAGIC = (b"mmap lm http://kheafield.com/code", b"\\data\\", b"\n\\data\\", b"\x1f\x8b")
_LOG10 = float(np.log(10.0))


def is_kenlm(file: Path) -> bool:
    """Whether a file begins as KenLM's do (its binary format; ARPA, packed or not)."""
    with file.open("rb") as stream:
        return stream.read(64).startswith(_MAGIC)


class Kenlm(Ngrams):
    """KenLM's probabilities as counts of runs."""

    def __init__(self, file: Path, like: Ngrams) -> None:
        """`like`: the model whose characters are taken; raises BrokenModel."""
        try:
            import kenlm
        except ImportError:
            raise BrokenModel(
                f"{file} 是 KenLM 文件，须先安装 kenlm：pip install kenlm。",
                f"{file} is a KenLM file, which needs kenlm: pip install kenlm.",
            ) from None
        try:
            how = kenlm.Config()
            how.show_progress, how.arpa_complain = False, kenlm.ARPALoadComplain.NONE
            self._model: Any = kenlm.Model(str(file), how)
        except (OSError, RuntimeError) as error:
            raise BrokenModel(
                f"{file} 不是可读的 KenLM 文件：{error}", f"{file} is not a readable KenLM file: {error}"
            ) from None
        self._state = kenlm.State
        self.meta = {**like.meta, "source": str(file)}
        self.alphabet = like.alphabet
        self._words = ["", "</s>", *self.alphabet.chars]
        null = self._state()
        self._model.NullContextWrite(null)
        if "</s>" not in self._model:
            raise BrokenModel(f"{file} 没有句末标记。", f"{file} has no mark for the end of a sentence.")
        self._break = _LOG10 * self._model.BaseScore(null, "</s>", self._state())
        known = [char in self._model for char in self.alphabet.chars]
        logs = [_LOG10 * self._model.BaseScore(null, char, self._state()) for char in self.alphabet.chars]
        if not any(known):
            raise BrokenModel(
                f"{file} 不含任何汉字；模型须按字训练。",
                f"{file} knows no Chinese character; the model must be trained on single characters.",
            )
        self._scale = -min(log for log, good in zip(logs, known, strict=True) if good)
        counts = [self._scale + log + STEP if good else 0.0 for log, good in zip(logs, known, strict=True)]
        self._weigh(np.array([0.0, 0.0, *counts], dtype=np.float32))
        self._steps = self._steps[: self._model.order - 1]

    def _look(self, keys: NDArray[np.uint64], size: int) -> Levels:
        if size > self._model.order:
            return np.zeros(len(keys), dtype=np.uint8)
        runs, back = np.unique(keys, return_inverse=True)
        return np.array([self._level_of(run, size) for run in runs.tolist()], dtype=np.uint8)[back]

    def _level_of(self, key: int, size: int) -> int:
        ids = [key // LARGEST**power % LARGEST for power in range(size - 1, -1, -1)]
        state = self._state()
        count = self._scale
        if ids[0] == BREAK:
            self._model.BeginSentenceWrite(state)
            count += self._break
            ids = ids[1:]
        else:
            self._model.NullContextWrite(state)
        known = 0
        for number in ids:
            after = self._state()
            full = self._model.BaseFullScore(state, self._words[number], after)
            count += _LOG10 * full.log_prob
            known = full.ngram_length
            state = after
        return int(np.clip(np.rint(count / STEP), 0, 62)) + 1 if known == size else 0
