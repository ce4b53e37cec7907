"""PP-OCR through `rapidocr` (extra `scan`): models inside the wheel, on a CPU, without a network.

Its recogniser's output is read here, character by character, with what else each may be; the lines it gives
itself have but one score. Its classifier of upside-down lines is not asked: it turns right ones now and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord
from cleanup.model.placed import around
from cleanup.witness.pictures import Picture, upside_down
from cleanup.witness.recogniser import Corners, NoRecogniser, Print, Recogniser

_LEAST = 0.3
"""Mean confidence of a line below which it is speckle (bench/scans: of 1,117 lines of print 1 lies below)."""
_OTHERS, _WORTH = 4, 1e-4
"""So many other characters are kept of a place, and the least probability of one that is."""
_UPRIGHT, _BETTER = 0.8, 0.1
"""Mean confidence of a page below which it may stand on its head, and by how much it must be surer turned
(bench/scans: upright pages have 0.93 at the least, on their heads they have 0.6)."""
_SEVERAL = 4
"""Characters of which the distance is known (by hand)."""
_NEEDED = ("rapidocr", "onnxruntime", "cv2", "PIL")
_TALL = 1.5
"""From this height to its width on rapidocr lays a box on its side."""


class _Char(NamedTuple):
    text: str
    probability: float
    others: tuple[tuple[str, float], ...]
    at: float
    """Its middle, as a share of the line's picture."""


class Rapid:
    """PP-OCR's detector and recogniser."""

    def __init__(self) -> None:
        self.name = f"rapidocr {version('rapidocr')}"

    @cached_property
    def _engine(self) -> Any:
        from rapidocr import RapidOCR

        # One thread: pages are read side by side, and the same picture gives the same reading everywhere.
        return RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    @cached_property
    def _recognise(self) -> Any:
        recognise = self._engine._load_rec_model()
        recognise.postprocess_op = _Decoder(recognise.postprocess_op.character)
        return recognise

    def read(self, picture: Picture) -> Print:
        """The lines of a picture, each character with its probability and what else it may be.

        One that stands on its head is turned.
        """
        lines, is_turned = self._lines(picture.pixels, picture.scale), False
        if lines and (sure := _mean(lines)) < _UPRIGHT:
            turned = self._lines(upside_down(picture.pixels), picture.scale)
            if turned and _mean(turned) > sure + _BETTER:
                lines, is_turned = turned, True
        read = tuple(line for line in lines if (line.confidence or 0.0) >= _LEAST)
        return Print(BoxedPage(1, read, float(picture.width), float(picture.height)), is_turned)

    def lines(self, picture: Picture, places: Sequence[Corners]) -> list[BoxedLine | None]:
        """What stands at each of some places, which hold a line."""
        from rapidocr.utils.process_img import get_rotate_crop_image

        corners = [np.asarray(place, dtype=np.float32) / picture.scale for place in places]
        crops = [get_rotate_crop_image(picture.pixels, points) for points in corners]
        return [
            _line(points * picture.scale, chars)
            for points, chars in zip(corners, self._read(crops), strict=True)
        ]

    def _read(self, crops: list[NDArray[np.uint8]]) -> list[list[_Char]]:
        """The characters on pictures of lines."""
        from rapidocr.ch_ppocr_rec import TextRecInput

        if not crops:
            return []
        return list(self._recognise(TextRecInput(img=crops, return_word_box=True)).word_results)

    def _lines(self, pixels: NDArray[np.uint8], scale: float) -> list[BoxedLine]:
        from rapidocr.main import RapidOCRError
        from rapidocr.utils.process_img import map_boxes_to_original

        small, steps = self._engine.preprocess_img(pixels)
        try:
            crops, found = self._engine.detect_and_crop(small, steps)
        except RapidOCRError:  # nothing on the picture looks like print
            return []
        corners = map_boxes_to_original(found.boxes, steps, *pixels.shape[:2])
        lines = (
            _line(points, chars) for points, chars in zip(corners * scale, self._read(crops), strict=True)
        )
        return [line for line in lines if line]


def _mean(lines: list[BoxedLine]) -> float:
    """How sure the recogniser is of a character, on average."""
    size = sum(len(line.words) for line in lines)
    return sum((line.confidence or 0.0) * len(line.words) for line in lines) / size


class _Decoder:
    """Takes the place of rapidocr's own decoder: what it calls words are our characters."""

    def __init__(self, characters: list[str]) -> None:
        self.character = characters

    def __call__(
        self, preds: NDArray[np.float32], _words: bool, *, wh_ratio_list: list[float], max_wh_ratio: float
    ) -> tuple[list[tuple[str, float]], list[list[_Char]]]:
        lines = [
            self._chars(scores, ratio / max_wh_ratio)
            for scores, ratio in zip(preds, wh_ratio_list, strict=True)
        ]
        return [("".join(char.text for char in line), 1.0) for line in lines], lines

    def _chars(self, scores: NDArray[np.float32], filled: float) -> list[_Char]:
        """The characters of a line: `scores` has a row for each step along its picture, of which a share is
        filled; a run of the same best character is one."""
        best = scores.argmax(axis=1)
        edges = [0, *(np.flatnonzero(best[1:] != best[:-1]) + 1).tolist(), len(best)]
        steps = max(1.0, len(best) * min(1.0, filled))
        found = list[_Char]()
        for start, end in pairwise(edges):
            if best[start] == 0:  # the blank between characters
                continue
            peak = start + int(scores[start:end, best[start]].argmax())
            row = scores[peak]
            top = np.argpartition(row, -_OTHERS - 2)[-_OTHERS - 2 :]
            others = sorted(
                (
                    (-float(row[at]), self.character[at])
                    for at in top
                    if at not in (0, best[start]) and row[at] >= _WORTH
                ),
            )[:_OTHERS]
            found.append(
                _Char(
                    self.character[best[start]],
                    round(float(row[best[start]]), 4),
                    tuple((text, round(-minus, 4)) for minus, text in others),
                    min(1.0, (peak + 0.5) / steps),
                )
            )
        return found


def _line(points: NDArray[np.float32], chars: list[_Char]) -> BoxedLine | None:
    """A line with its characters, each with its place; None where nothing was read."""
    while chars and chars[0].text.isspace():
        chars = chars[1:]
    while chars and chars[-1].text.isspace():
        chars = chars[:-1]
    if not chars:
        return None
    one, two, three, four = (np.asarray(point, dtype=float) for point in points)
    wide = max(np.linalg.norm(one - two), np.linalg.norm(four - three))
    high = max(np.linalg.norm(one - four), np.linalg.norm(two - three))
    is_tall = high >= _TALL * wide
    if is_tall:  # read from the top downwards
        one, two, three, four = two, three, four, one
    edges = _edges([char.at for char in chars])
    words = list[BoxedWord]()
    for char, (start, end) in zip(chars, pairwise(edges), strict=True):
        if char.text.isspace():
            words[-1:] = [_with_space(words[-1])]
            continue
        box = _hull(
            [one + (two - one) * share for share in (start, end)]
            + [four + (three - four) * share for share in (start, end)]
        )
        words.append(BoxedWord(char.text, box, char.probability, char.others))
    text = "".join(word.text + " " * word.space_after for word in words)
    sure = sum(word.confidence or 0.0 for word in words) / len(words)
    first, last = (one, four), (two, three)
    ends = [a + (b - a) * share for share in (edges[0], edges[-1]) for a, b in zip(first, last, strict=True)]
    above, below, after, behind = ends
    corners = [below, above, after, behind] if is_tall else [above, after, behind, below]
    return BoxedLine(
        text, _hull(ends), tuple((float(x), float(y)) for x, y in corners), round(sure, 4), tuple(words)
    )


def _edges(middles: list[float]) -> list[float]:
    """Where characters end along a line: half way to the next; the first and the last are as long as others,
    since the detector's boxes reach into the white, and over narrow gutters."""
    found = [(a + b) / 2 for a, b in pairwise(middles)]
    half = median(b - a for a, b in pairwise(middles)) / 2 if len(middles) >= _SEVERAL else 1.0
    return [max(0.0, middles[0] - half), *found, min(1.0, middles[-1] + half)]


def _with_space(word: BoxedWord) -> BoxedWord:
    return BoxedWord(word.text, word.box, word.confidence, word.others, True)


def _hull(points: list[Any]) -> Box:
    return around([Box(float(x), float(y), float(x), float(y)) for x, y in points])


@cache
def recogniser() -> Recogniser:
    """The one of this process; raises NoRecogniser where it is not installed."""
    if lacking := next((name for name in _NEEDED if find_spec(name) is None), None):
        raise NoRecogniser(
            f"读图要用 rapidocr（缺少 {lacking}）：pip install 'ocrfix[scan]'；装有 tesseract 的，也可用 "
            "--witness tesseract。",
            f"reading pictures needs rapidocr ({lacking} is missing): pip install 'ocrfix[scan]'; or, with "
            "tesseract installed, --witness tesseract.",
        )
    return Rapid()
