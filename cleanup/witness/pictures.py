"""Pictures of pages, opened safely: whatever a file holds, it becomes pixels or one clear sentence."""

from __future__ import annotations

import hashlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Message

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 8000
"""Pixels along the longer side that are kept; a broadsheet at 400 dpi has 9,400 (by hand)."""
_MEMORY = 1_200_000_000
"""Bytes that a picture may take when it is unpacked (by hand)."""
_EIGHT = 256
_PDF_DPI = 200
_POINTS = 72
"""Of a PDF, to the inch."""
ENDINGS = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".jp2", ".pdf")
"""Of names of pictures, the likelier scan first."""
_LOCK = threading.Lock()


class Unreadable(OcrfixError):
    """A picture cannot be read; the message says why, and what to do."""

    exit_code = Exit.INPUT


@dataclass(frozen=True, eq=False)
class Picture:
    """A page's picture, turned as it says it is to be looked at."""

    path: Path
    frame: int
    """Which page of its file, from 0."""
    sha256: str
    """Of the file."""
    width: int
    """Of the scan, in pixels."""
    height: int
    pixels: NDArray[np.uint8]
    """Rows of blue, green, red; smaller than the scan where that is huge."""
    notes: tuple[Message, ...] = ()
    """What a person should know."""

    @property
    def scale(self) -> float:
        """Pixels of the scan for one of `pixels`."""
        return self.width / int(self.pixels.shape[1])


def frames(path: Path) -> int:
    """How many pages the file of a picture has; raises Unreadable."""
    if path.suffix.lower() == ".pdf":
        with _pdf(path) as document:
            return len(document)
    with _open(path) as image:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def digest(path: Path) -> str:
    """SHA-256 of a file; raises Unreadable."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _missing(path, error) from None


def read(path: Path, frame: int = 0, is_turned: bool = False) -> Picture:
    """A page of the file of a picture, turned upside down where `is_turned`; raises Unreadable."""
    picture = _read(path, frame)
    return replace(picture, pixels=upside_down(picture.pixels)) if is_turned else picture


def upside_down(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Pixels turned by half a circle."""
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _read(path: Path, frame: int) -> Picture:
    sha = digest(path)
    if path.suffix.lower() == ".pdf":
        pixels, width, height = _of_pdf(path, frame)
        return Picture(path, frame, sha, width, height, pixels)
    notes = list[Message]()
    with _open(path) as image:
        if (count := int(getattr(image, "n_frames", 1))) > 1 and image.format != "TIFF":
            notes.append(
                Message(
                    f"{path.name} 是动图，有 {count} 帧；只读第一帧。",
                    f"{path.name} is animated, with {count} frames; only the first is read.",
                )
            )
        if frame:
            image.seek(frame)
        width, height = image.size
        _check_size(path, image)
        image.draft("RGB", (MOST, MOST))  # of JPEG: unpacked small at once
        try:
            image.load()
        except (OSError, SyntaxError, ValueError, MemoryError) as error:
            raise _broken(path, error) from None
        turned = _turned(image)
        if (turned.width > turned.height) != (image.width > image.height):
            width, height = height, width
        return Picture(path, frame, sha, width, height, _pixels(turned), tuple(notes))


def _turned(image: Image) -> Image:
    """As its EXIF says that it is to be looked at."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _check_size(path: Path, image: Image) -> None:
    each = 1 if image.mode in ("1", "L", "P") else 4
    if image.format != "JPEG" and image.width * image.height * each > _MEMORY:
        raise Unreadable(
            f"{path} 有 {image.width}×{image.height} 像素，太大；请缩小，或存为 JPEG。",
            f"{path}: {image.width} × {image.height} pixels are too many; scale it down, or save it as JPEG.",
        )


def _pixels(image: Image) -> NDArray[np.uint8]:
    """As blue, green, red, eight bits each, at most MOST along a side; what shows through is white."""
    from PIL import Image as images

    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, dtype=np.float32)
        top = float(values.max(initial=1.0))
        image = images.fromarray((values * ((_EIGHT - 1) / max(top, 1.0))).clip(0, 255).astype(np.uint8))
    if max(image.size) > MOST:
        image = image if image.mode in ("L", "RGB", "RGBA") else image.convert("RGB")
        image.thumbnail((MOST, MOST))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = images.new("RGBA", image.size, "white")
        image = images.alpha_composite(white, image)
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


@contextmanager
def _open(path: Path) -> Iterator[Image]:
    try:
        from PIL import Image as images
        from PIL import UnidentifiedImageError
    except ImportError:
        raise Unreadable(
            "打开图像要用 Pillow：pip install 'ocrfix[scan]'。",
            "opening pictures needs Pillow: pip install 'ocrfix[scan]'.",
        ) from None
    if not path.is_file():
        raise _missing(path)
    try:
        # Its own bound is half a newspaper page; ours is on bytes, below.
        with _LOCK, warnings.catch_warnings():
            warnings.simplefilter("ignore", images.DecompressionBombWarning)
            before, images.MAX_IMAGE_PIXELS = images.MAX_IMAGE_PIXELS, None
            try:
                image = images.open(path)
            finally:
                images.MAX_IMAGE_PIXELS = before
    except UnidentifiedImageError:
        raise Unreadable(
            f"{path} 不是图像（能读 JPEG、PNG、TIFF、WebP、BMP、GIF、JPEG 2000 和 PDF）。",
            f"{path} is no picture (JPEG, PNG, TIFF, WebP, BMP, GIF, JPEG 2000 and PDF are read).",
        ) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise _broken(path, error) from None
    with image:
        yield image


@contextmanager
def _pdf(path: Path) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise Unreadable(
            f"{path}：读 PDF 的页面要用 pypdfium2：pip install 'ocrfix[scan]'。",
            f"{path}: pages of a PDF need pypdfium2: pip install 'ocrfix[scan]'.",
        ) from None
    if not path.is_file():
        raise _missing(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _broken(path, error) from None
    try:
        yield document
    finally:
        document.close()


def _of_pdf(path: Path, frame: int) -> tuple[NDArray[np.uint8], int, int]:
    with _pdf(path) as document:
        page = document[frame]
        scale = _PDF_DPI / _POINTS
        scale = min(scale, MOST / max(1.0, *page.get_size()))
        pixels = np.ascontiguousarray(page.render(scale=scale).to_numpy()[:, :, :3])
        return pixels, pixels.shape[1], pixels.shape[0]


def _missing(path: Path, error: OSError | None = None) -> Unreadable:
    why = (error.strerror if error else "") or ""
    if not path.exists():
        return Unreadable(
            f"图像 {path} 不存在；请检查 --scan。", f"the picture {path} is not there; check --scan."
        )
    return Unreadable(f"图像 {path} 无法读取：{why}。", f"the picture {path} cannot be read: {why}.")


def _broken(path: Path, error: Exception) -> Unreadable:
    return Unreadable(
        f"图像 {path} 已损坏或不完整（{error}）；请重新扫描或复制。",
        f"the picture {path} is damaged or cut short ({error}); scan or copy it again.",
    )
