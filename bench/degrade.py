"""What scanning and old paper do to a printed page: 0 a good scan, 3 a bad one; by seed, always alike."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

LEVELS = (0, 1, 2, 3)
_DOTS = (300, 220, 165, 125)
_SKEW = (0.0, 0.12, 0.4, 0.45)
_BLUR = (0.0, 0.8, 0.55, 0.4)
_INK = (1.0, 0.85, 0.66, 0.62)
_NOISE = (0.0, 7.0, 9.0, 8.0)
_SPECKS = (0.0, 0.0, 0.0012, 0.0015)
_QUALITY = (95, 62, 58, 55)


class Scan(NamedTuple):
    """A scanned page; points of the printed page times `scale` are points of it."""

    image: Image.Image
    dots: int
    scale: float


def degrade(page: Image.Image, level: int, seed: int) -> Scan:
    """Skew, fewer dots, blur, pale and uneven ink and paper, noise, specks, compression."""
    chance = np.random.default_rng(seed)
    dots = _DOTS[level]
    if level == 0:
        return Scan(page, dots, 1.0)
    skew = _SKEW[level] * chance.choice((-1.0, 1.0)) * chance.uniform(0.5, 1.0)
    found = page.rotate(float(skew), Image.Resampling.BICUBIC, fillcolor=255)
    if level == 3:
        found = _broken(found, chance)
    size = (round(page.width * dots / 300), round(page.height * dots / 300))
    found = found.resize(size, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(_BLUR[level]))
    dark = 255.0 - np.asarray(found, dtype=np.float32)
    ink = np.clip(_clouds(chance, dark.shape, 40, _INK[level], 1.1), 0.35, 1.0)
    paper = _clouds(chance, dark.shape, 220, 215.0, 245.0)
    grey = paper - dark / 255.0 * ink * (paper - 25.0) + chance.normal(0.0, _NOISE[level], dark.shape)
    specks = chance.random(dark.shape)
    grey[specks < _SPECKS[level] / 2] = 20.0
    grey[specks > 1 - _SPECKS[level] / 2] = 245.0
    packed = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(packed, "JPEG", quality=_QUALITY[level])
    return Scan(Image.open(packed).convert("L"), dots, dots / 300)


def _broken(page: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Patches where thin strokes fade, as in worn type and faint copies."""
    faded = np.asarray(page.filter(ImageFilter.MaxFilter(3)), dtype=np.float32)
    share = np.clip(_clouds(chance, faded.shape, 36, -0.9, 0.7), 0.0, 0.5)
    mixed = np.asarray(page, dtype=np.float32) * (1 - share) + faded * share
    return Image.fromarray(mixed.astype(np.uint8))


def _clouds(
    chance: np.random.Generator, shape: tuple[int, ...], cell: int, low: float, high: float
) -> NDArray[np.float32]:
    """Smooth random values."""
    height, width = shape
    coarse = chance.uniform(low, high, (max(2, height // cell + 2), max(2, width // cell + 2)))
    drawn = Image.fromarray(coarse.astype(np.float32)).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(drawn, dtype=np.float32)
