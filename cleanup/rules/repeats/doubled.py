"""Every character of a line twice over, 第第一一章章: once.

Why: bold type is often made by printing twice, a little apart; the text layers of PDF files, and some
     engines, then give every character twice.
Leaves alone: reduplication (家家户户高高兴兴, 爷爷奶奶爸爸妈妈), numbers (112233).
Safety: LIKELY where the language model reads the line far better once; short lines follow the sure ones of
     their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text import signs
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import is_han

NAME = "repeats.doubled"
SUMMARY = Message("整行每个字都重了一遍，各留一个", "Keep once the characters of a line printed twice over")
SAFETY = Applicability.LIKELY
NEEDS = ("models/runs.bin",)
CASES = (
    Case("第第一一章章　　基基本本规规定定", "第一章　基本规定"),
    Case("关关于于加加强强春春耕耕生生产产的的通通知知", "关于加强春耕生产的通知"),
    Case("22002233年年工工作作总总结结", "2023年工作总结"),
    Case(
        "目目录录\n\n第第一一章章 总总则则",
        "目录\n\n第一章 总则",
        "the second line is sure, the first follows",
    ),
    Case("县县委委决决定定：：会会议议照照常常举举行行，望周知。", "县委决定：会议照常举行，望周知。"),
    Case("家家户户高高兴兴", None, "reduplication"),
    Case("兢兢业业勤勤恳恳踏踏实实", None, "reduplication"),
    Case("爷爷奶奶爸爸妈妈", None, "words made so"),
    Case("快快乐乐健健康康平平安安", None, "reduplication"),
    Case("112233445566", None, "a number"),
)
_RUN = re_pattern(r"(?:(\S)\1|([ 　])\2?)+")
_LEAST, _BESIDE, _LONG = 4, 6, 9
"""Pairs of a run that fills its line, of one that does not, and of one longer than reduplications are."""
_GAIN, _LONG_GAIN = 1.2, 0.5
"""Nats a character by which a run reads better once than twice. Of 20 lines of headings, doubled, 17 gain 1.9
to 4.4, and very short ones 0.6; of 24 reduplications the best gain 0.9 (认认真真仔仔细细), most lose."""
_WHY = Message("整行每个字都重了一遍（粗体印两遍）", "Every character stands twice: bold type printed twice")


class _Run(NamedTuple):
    start: int
    end: int
    once: str
    whole: bool
    """Fills its line."""


def find(document: Document, tools: Models) -> Iterable[Fix]:
    runs = [run for run in _runs(document) if not document.is_opaque(run.start, run.end)]
    if not runs:
        return
    shown = tools.usual([words for run in runs for words in (document.text[run.start : run.end], run.once)])
    gains = [once - twice for twice, once in zip(shown[::2], shown[1::2], strict=True)]
    sure = [run for run, gain in zip(runs, gains, strict=True) if _is_sure(run, gain)]
    for run, gain in zip(runs, gains, strict=True):
        if run in sure or (sure and run.whole and gain >= 0):
            confidence = 0.95 if run in sure else 0.85
            yield fix(NAME, document.text, [(run.start, run.end, run.once)], SAFETY, confidence, _WHY)


def _is_sure(run: _Run, gain: float) -> bool:
    pairs = len("".join(run.once.split()))
    return pairs >= (_LEAST if run.whole else _BESIDE) and gain >= (_LONG_GAIN if pairs >= _LONG else _GAIN)


def _runs(document: Document) -> Iterator[_Run]:
    text = document.text
    codes = signs.codes(text)
    same = codes[1:] == codes[:-1]
    # Two equal pairs side by side are rare.
    numbers = dict.fromkeys(document.line_at(at) for at in np.flatnonzero(same[:-2] & same[2:]).tolist())
    for line in (document.lines[number] for number in numbers):
        start, end = line.content.start, line.content.end
        for found in _RUN.finditer(text, start, end) if line.kind not in ("code", "rule") else ():
            once = re.sub(r"(\S)\1|([ 　])\2?", r"\1\2", found.group())
            if len(once) < found.end() - found.start() and len(set(filter(is_han, once))) >= 2:
                yield _Run(found.start(), found.end(), once, found.span() == (start, end))
