"""Pieces of a scan that a report shows beside its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cleanup.model.box import Box

Choice = Literal["none", "some", "all"]
"""Records that are shown: none; flags, suggestions and edits that are not sure, as many as are not too many
bytes; all that have a place."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A line of a scan, with some of what stands around it."""

    data: bytes
    """The file of a picture."""
    kind: str
    """image/webp or image/jpeg."""
    width: int
    """In its own pixels."""
    height: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record's place is in a crop."""

    crop: int
    """Index in Crops.crops."""
    box: Box
    """In pixels of the crop."""


@dataclass(frozen=True, slots=True)
class Crops:
    """The crops of a result; those of one line are shared by its records."""

    crops: tuple[Crop, ...] = ()
    spots: Mapping[int, Spot] = field(default_factory=dict)
    """Index of a record in the journal → where it is; records without a picture are missing."""
