"""Lines of the scan for the report: cut out small, what a person must look at first.

A crop shows the row of print that a record stands in with a row above and below, in its own direction; a
record whose row another crop shows as well shares that one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from cleanup.model.box import Box
from cleanup.model.crop import Choice, Crop, Crops, Spot
from cleanup.model.journal import Journal, Record
from cleanup.model.result import Result
from cleanup.witness import pictures
from cleanup.witness.pictures import Picture, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

SURE = 0.95
"""Surer edits are shown only where all are asked for (by hand); those by the picture always."""
_BY_PICTURE = "scan."
"""How rules are called that go by the picture."""
TOGETHER = 1_350_000
"""Bytes of some crops: with a third more as text, and the rest of a page, a report stays below 2 MB."""
_MOST = 300
"""Records that some crops show at most: they fill TOGETHER."""
EACH = 13_000
"""Bytes of a crop at most: a hundred of them are no more than TOGETHER."""
HEIGHT = 30
"""Pixels that a row is high in a crop: 24 to a character is what a person reads at ease (by hand)."""
_AROUND = 1.6
"""What is shown above and below a row, in heights of it: a row of print each, as lines are set."""
_LARGE = 1.6
"""A line that is more times as high as the usual ones is shown larger, and not more of what is around it."""
_BESIDE = 12
"""What is shown before and after a place whose row is not known, in heights of it."""
_LONGEST = 50
"""Heights of a row: of a longer one the part around the place is shown."""
_DEEPEST = 12
"""Heights of a row: of a place over more rows the first are shown."""
_QUALITIES = (62, 45, 30, 18)
"""Tried until a crop is small enough; below the last, letters blur."""


def of(result: Result, folder: Path, choice: Choice) -> Crops:
    """The crops of a result whose scans are named as seen from `folder`; of a picture that cannot be read, or
    is not the one that was read, there are none."""

    def picture(number: int) -> Picture | None:
        scan = result.journal.scans[number]
        if not scan.sha256:
            return None
        try:
            found = pictures.read(scan.path(folder), scan.frame, scan.is_turned)
        except Unreadable:
            return None
        return found if found.sha256 == scan.sha256 else None

    return cut(result, picture, choice)


def cut(result: Result, picture: Callable[[int], Picture | None], choice: Choice) -> Crops:
    """The crops of a result; `picture` gives one by its index in the journal's scans, or None."""
    records = result.journal.records
    chosen = _chosen(records, choice)
    ranks = {index: rank for rank, index in enumerate(chosen)}
    made = list[_Cut]()
    # Picture by picture: memory holds one of them.
    for scan in sorted({number for index in chosen if (number := records[index].scan) is not None}):
        if shown := picture(scan):
            page = _Page(shown, _rows(result.journal, scan), _places(result.journal, scan))
            for index in chosen:
                if records[index].scan == scan and (place := records[index].box):
                    page.add(index, place)
            made += page.cuts
    made.sort(key=lambda one: min(ranks[record] for record in one.spots))
    return _within_bounds(made, TOGETHER if choice == "some" else None)


def cut_one(result: Result, record: int, picture: Picture) -> Crops:
    """The crop of one record, by its index; empty where it has no place on a picture."""
    found = result.journal.records[record]
    if not found.box or found.scan is None:
        return Crops()
    page = _Page(picture, _rows(result.journal, found.scan), _places(result.journal, found.scan))
    page.add(record, found.box)
    return _within_bounds(page.cuts, None)


def _within_bounds(made: Sequence[_Cut], left: int | None) -> Crops:
    """The first crops, of so many bytes together."""
    crops, spots = list[Crop](), dict[int, Spot]()
    for one in made:
        if left is not None:
            left -= len(one.crop.data)
            if left < 0:
                break
        spots |= {record: Spot(len(crops), box) for record, box in one.spots.items()}
        crops.append(one.crop)
    return Crops(tuple(crops), spots)


def _chosen(records: Sequence[Record], choice: Choice) -> list[int]:
    """Indexes of the records to be shown: flags, suggestions, then edits, the least sure of each first."""
    order = ("flagged", "withheld", "applied")
    found = [
        (order.index(record.status), record.confidence, index)
        for index, record in enumerate(records)
        if record.box is not None
        and record.scan is not None
        and (
            choice == "all"
            or record.status != "applied"
            or record.confidence < SURE
            or record.rule.startswith(_BY_PICTURE)
        )
    ]
    most = {"none": 0, "some": _MOST, "all": len(found)}[choice]
    return [index for *_, index in sorted(found)[:most]]


def _rows(journal: Journal, scan: int) -> tuple[Box, ...]:
    """The rows of print that are known of a picture."""
    layouts, unit = journal.boxes.layouts if journal.boxes else (), journal.scans[scan].unit
    return tuple(row.box.scaled(unit, unit) for row in layouts[scan].rows) if scan < len(layouts) else ()


def _places(journal: Journal, scan: int) -> list[Box]:
    """Where records stand on a picture."""
    return [record.box for record in journal.records if record.box and record.scan == scan]


@dataclass(frozen=True)
class _Cut:
    """A crop in the making."""

    crop: Crop
    shown: Box
    """What of the scan."""
    zoom: float
    """Its pixels for one of the scan."""
    spots: dict[int, Box]
    """Record → its place, in pixels of the crop."""


class _Page:
    """A picture, and what is cut out of it."""

    def __init__(self, picture: Picture, rows: Sequence[Box], places: Sequence[Box]) -> None:
        self._picture, self._rows = picture, rows
        self._usual = median(map(_thin, rows or places))
        """Pixels of the scan that a line of print is high; what is thicker is large, or several lines."""
        self._all = Box(0, 0, picture.width, picture.height)
        self.cuts: list[_Cut] = []

    def add(self, record: int, place: Box) -> None:
        """Show a record: in a crop that shows its row already, else in one of its own."""
        place = place.both(self._all)
        if place.width <= 0 or place.height <= 0:  # beside the picture
            return
        row = self._row(place).both(self._all)
        for one in self.cuts:
            if one.shown.both(row) == row and one.shown.both(place) == place:
                one.spots[record] = _within(place, one.shown, one.zoom)
                return
        high = self._high(row)
        shown = _region(row, place, high).both(self._all)
        image, zoom = _image(self._picture, shown, min(1.0, HEIGHT / high))
        crop = _encoded(image)
        zoom *= crop.width / image.width
        self.cuts.append(_Cut(crop, shown, zoom, {record: _within(place, shown, zoom)}))

    def _row(self, place: Box) -> Box:
        """The row that shares most with a place; else as much as a row around it."""
        shared = max(self._rows, key=lambda row: row.both(place).area, default=None)
        if shared and shared.both(place).area > 0:
            return shared
        beside = _BESIDE * self._high(place)
        if place.is_tall:
            return replace(place, top=place.top - beside, bottom=place.bottom + beside)
        return replace(place, left=place.left - beside, right=place.right + beside)

    def _high(self, row: Box) -> float:
        """Pixels of the scan that a line of a row is high."""
        return max(1.0, min(_thin(row), _LARGE * self._usual))


def _thin(box: Box) -> float:
    return min(box.width, box.height)


def _region(row: Box, place: Box, high: float) -> Box:
    """What is shown of a row: all of it with some around it, or the part where the place begins."""
    if row.is_tall:
        return _turned(_region(_turned(row), _turned(place), high))
    top, bottom = min(row.top, place.top), min(max(row.bottom, place.bottom), row.top + _DEEPEST * high)
    left, right = row.left - high / 2, row.right + high / 2
    if row.width > _LONGEST * high:
        middle = min(place.left + place.width / 2, place.left + _LONGEST * high / 3)
        left, right = middle - _LONGEST * high / 2, middle + _LONGEST * high / 2
    return Box(left, top - _AROUND * high, right, bottom + _AROUND * high)


def _image(picture: Picture, shown: Box, zoom: float) -> tuple[Image, float]:
    """A part of the scan, and how many of its pixels are one of the scan's."""
    from PIL import Image as images

    by = picture.scale
    left, top = max(0, int(shown.left / by)), max(0, int(shown.top / by))
    right, bottom = int(shown.right / by + 1), int(shown.bottom / by + 1)
    image = images.fromarray(picture.pixels[top:bottom, left:right, ::-1].copy())
    zoom = min(zoom, 1 / by)
    size = max(1, round(image.width * zoom * by)), max(1, round(image.height * zoom * by))
    return (image if size == image.size else image.resize(size, images.Resampling.LANCZOS)), zoom


def _encoded(image: Image) -> Crop:
    """A picture as a small file."""
    from PIL import features

    kind = "webp" if features.check("webp") else "jpeg"
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, kind, quality=quality, method=3)
        if buffer.tell() <= EACH:
            return Crop(buffer.getvalue(), f"image/{kind}", *image.size)
    return _encoded(image.resize((max(1, image.width * 2 // 3), max(1, image.height * 2 // 3))))


def _within(place: Box, shown: Box, zoom: float) -> Box:
    """As much of a place of the scan as a crop shows, in its pixels."""
    seen = place.both(shown)
    return Box(
        (seen.left - shown.left) * zoom,
        (seen.top - shown.top) * zoom,
        (seen.right - shown.left) * zoom,
        (seen.bottom - shown.top) * zoom,
    )


def _turned(box: Box) -> Box:
    """On its side: what was down is right."""
    return Box(box.top, box.left, box.bottom, box.right)
