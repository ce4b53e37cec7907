"""The scans beside the text: the pictures that a page's journal names, and no other file.

A picture is shown where its bytes are those that the journal speaks of; it is sent anew as JPEG, never as the
bytes of the file.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from statistics import median
from typing import Any, Generic, TypeVar

from cleanup.model.crop import Crops
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.scan import Scan
from cleanup.review import query
from cleanup.review.index import Index
from cleanup.review.pages import Pages
from cleanup.review.places import of_lines
from cleanup.witness import crops, pictures
from cleanup.witness.pictures import Picture, Unreadable

SIZES = (1600, 3200, 6400)
"""Pixels along the longer side in which a page is sent; the page takes the least that is sharp."""
_QUALITY = 80
T = TypeVar("T")


class NoPicture(OcrfixError):
    """A picture that the journal names cannot be shown; the message says why."""

    exit_code = Exit.INPUT


class _Lately(Generic[T]):
    """What was made last."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, OrderedDict[Hashable, T]()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        found = self._held.pop(key, None)
        self._held[key] = found if found is not None else make()
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return self._held[key]


class Scans:
    """Shows the pictures of an archive's pages."""

    def __init__(self, index: Index, pages: Pages) -> None:
        self._index, self._pages = index, pages
        self._lock = threading.Lock()
        self._digests = _Lately[str](1000)
        self._opened = _Lately[Picture](2)  # up to 190 MB each
        self._sent = _Lately[bytes](24)
        self._cut = _Lately[Crops](400)

    def about(self, file: int, number: int) -> dict[str, Any]:
        """The size of a picture and of a line of print on it, by its index in the journal of a file; nothing
        where there is none; or why it cannot be shown.

        Raises KeyError for an unknown file and results.Unusable.
        """
        with self._index.lock:
            named = self._named(file, number)
            if named is None:
                return {}
            seen = [box for scan, box in of_lines(self._pages.result(file)).values() if scan == number]
        scan, path = named
        try:
            with self._lock:
                self._check(scan, path)
        except (NoPicture, Unreadable) as error:
            return {"trouble": {"zh": error.message.zh, "en": error.message.en}}
        line = median(min(box.width, box.height) for box in seen) if seen else 0.0
        return {"width": scan.width, "height": scan.height, "sizes": SIZES, "line": line}

    def picture(self, file: int, number: int, size: int) -> bytes:
        """A picture as JPEG, its longer side one of SIZES or that of the scan.

        Raises KeyError where there is none, ValueError for another size, NoPicture, results.Unusable.
        """
        if size not in SIZES:
            raise ValueError(size)
        with self._index.lock:
            scan, path = self._asked(file, number)
        with self._lock:
            return self._sent.get(
                (path, scan.sha256, scan.frame, size), lambda: _jpeg(self._open(scan, path), size)
            )

    def crop(self, item: int) -> Crops:
        """The crop of a record; empty where the record has no place. Raises as `picture`."""
        with self._index.lock:
            file, record = query.record_of(self._index, item)
            result = self._pages.result(file)
            number = result.journal.records[record].scan
            if number is None:
                return Crops()
            scan, path = self._asked(file, number)
            digest = query.journal_of(self._index, file)
        with self._lock:
            return self._cut.get(
                (digest, record), lambda: crops.cut_one(result, record, self._open(scan, path))
            )

    def _named(self, file: int, number: int) -> tuple[Scan, Path] | None:
        scans = self._pages.result(file).journal.scans
        if number >= len(scans):
            return None
        scan = scans[number]
        journal, _ = query.journal_of(self._index, file)
        return scan, scan.path((self._index.root / journal).parent)

    def _asked(self, file: int, number: int) -> tuple[Scan, Path]:
        named = self._named(file, number)
        if named is None:
            raise KeyError(number)
        return named

    def _check(self, scan: Scan, path: Path) -> None:
        """Whether the file is the one that the journal speaks of; raises NoPicture and Unreadable."""
        if not scan.width and scan.notes:
            raise NoPicture(scan.notes[-1].zh, scan.notes[-1].en)
        if not path.is_file():
            raise NoPicture(
                f"图像 {scan.file} 已不在原处；放回后刷新即可显示，审校不受影响。",
                f"The picture {scan.file} is no longer there; put it back and reload. Reviewing goes on "
                "without it.",
            )
        state = path.stat()
        found = self._digests.get((path, state.st_size, state.st_mtime_ns), lambda: pictures.digest(path))
        if found != scan.sha256:
            raise NoPicture(
                f"图像 {scan.file} 与修复时读的不是同一文件，不予显示；审校不受影响。",
                f"The picture {scan.file} is not the file that was read for the repair, so it is not shown. "
                "Reviewing goes on without it.",
            )

    def _open(self, scan: Scan, path: Path) -> Picture:
        self._check(scan, path)
        return self._opened.get(
            (path, scan.sha256, scan.frame), lambda: pictures.read(path, scan.frame, scan.is_turned)
        )


def _jpeg(picture: Picture, size: int) -> bytes:
    from PIL import Image

    image = Image.fromarray(picture.pixels[:, :, ::-1].copy())
    image.thumbnail((size, size))
    buffer = io.BytesIO()
    image.save(buffer, "jpeg", quality=_QUALITY)
    return buffer.getvalue()
