"""What a character looks like: rendered in several faces, and spelled out in components."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIDE = 32
Matrix = NDArray[np.float32]


def picture(char: str, font: ImageFont.FreeTypeFont, blur: float) -> Matrix:
    """A character drawn in grey, its ink centred on a SIDE x SIDE field, blurred."""
    image = Image.new("L", (3 * SIDE, 3 * SIDE), 0)
    ImageDraw.Draw(image).text((SIDE, SIDE), char, fill=255, font=font)
    box = image.getbbox()
    if box is None:
        return np.zeros(SIDE * SIDE, dtype=np.float32)
    left = (box[0] + box[2] - SIDE) // 2
    top = (box[1] + box[3] - SIDE) // 2
    image = image.crop((left, top, left + SIDE, top + SIDE)).filter(ImageFilter.GaussianBlur(blur))
    return np.asarray(image, dtype=np.float32).ravel()


def normalised(rows: Matrix, *, centred: bool) -> Matrix:
    """Rows of unit length, after taking the mean row away where `centred`; a row of zeros stays one."""
    if centred:
        blank = ~rows.any(axis=1)
        rows = rows - rows[~blank].mean(axis=0)
        rows[blank] = 0.0
    length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(length, 1e-6), dtype=np.float32)


def drawn_likeness(
    chars: Sequence[str], faces: Sequence[tuple[Path, int]], blur: float
) -> tuple[Matrix, Matrix]:
    """Mean and greatest cosine of the pictures of all pairs of characters over the faces (path, index)."""
    total = np.zeros((len(chars), len(chars)), dtype=np.float32)
    most: Matrix = np.full(total.shape, -1.0, dtype=np.float32)
    for path, index in faces:
        font = ImageFont.truetype(str(path), SIDE - 2, index=index)
        rows = normalised(np.stack([picture(char, font, blur) for char in chars]), centred=True)
        cosine = rows @ rows.T
        total += cosine
        np.maximum(most, cosine, out=most)
    return np.asarray(total / len(faces), dtype=np.float32), most


def grams(parts: Sequence[str], longest: int) -> Counter[str]:
    """How often each run of 1 to `longest` parts stands in a spelling."""
    return Counter(
        "".join(parts[start : start + size])
        for size in range(1, longest + 1)
        for start in range(len(parts) - size + 1)
    )


def spelled_likeness(chars: Sequence[str], spellings: dict[str, Sequence[str]], longest: int) -> Matrix:
    """Cosine of the weighted part runs of all pairs of characters; 0 where a spelling is missing."""
    bags = [grams(spellings.get(char, ()), longest) for char in chars]
    spread = Counter(gram for bag in bags for gram in bag)
    place = {gram: number for number, gram in enumerate(sorted(gram for gram in spread if spread[gram] > 1))}
    rows = np.zeros((len(chars), len(place)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for gram, count in bag.items():
            if gram in place:
                rows[row, place[gram]] = count**0.5 * np.log(len(chars) / spread[gram])
    unit = normalised(rows, centred=False)
    return np.asarray(unit @ unit.T, dtype=np.float32)


def read_components(path: Path) -> dict[str, Sequence[str]]:
    """Components from chaizi: character, then one way or more to take it apart."""
    result: dict[str, Sequence[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        result[fields[0]] = [fields[0], *(part for way in fields[1:] for part in way.split(" ") if part)]
    return result


def read_strokes(path: Path) -> dict[str, Sequence[str]]:
    """Descriptions down to the strokes: code, character, sounds, descriptions (the first is taken)."""
    result: dict[str, Sequence[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) >= 4:
            result[fields[1]] = list(fields[3].split(",")[0].split("[")[0])
    return result
