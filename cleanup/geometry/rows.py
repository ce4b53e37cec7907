"""Parts to rows: what stands side by side in a column is one row of print."""

from __future__ import annotations

from dataclasses import dataclass

from cleanup.geometry.parts import Part

_SAME = 0.5
"""Share of the lower height by which the middles of a row's parts may differ."""
_FEW = 40
"""Parts of a row that another is compared with: bounds the time where boxes lie anywhere."""


@dataclass(slots=True)
class Row:
    """Parts side by side, from left to right."""

    parts: list[Part]
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    units: float

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def row_of(parts: list[Part]) -> Row:
    parts = sorted(parts, key=lambda part: (part.x0, part.line, part.start))
    units = sum(part.units for part in parts)
    return Row(
        parts,
        min(part.x0 for part in parts),
        sum(part.y0 * part.units for part in parts) / units,
        max(part.x1 for part in parts),
        sum(part.y1 * part.units for part in parts) / units,
        sum(part.size * part.units for part in parts) / units,
        units,
    )


def rows_of(parts: list[Part]) -> list[Row]:
    """The rows of a column, from the top."""
    groups: list[list[Part]] = []
    for part in sorted(parts, key=lambda one: (one.middle, one.x0, one.line, one.start)):
        for group in reversed(groups[-4:]):
            if all(_beside(part, other) for other in group[-_FEW:]):
                group.append(part)
                break
        else:
            groups.append([part])
    return sorted((row_of(group) for group in groups), key=lambda row: (row.middle, row.x0))


def _beside(one: Part, two: Part) -> bool:
    height = min(one.y1 - one.y0, two.y1 - two.y0)
    if abs(one.middle - two.middle) > _SAME * height:
        return False
    lap = min(one.x1, two.x1) - max(one.x0, two.x0)
    return lap < 0.3 * min(one.width, two.width) and lap < 2 * height
