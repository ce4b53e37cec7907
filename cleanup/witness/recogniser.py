"""What reads pictures: one small interface, whoever stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from cleanup.model.box import BoxedLine, BoxedPage
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.scan import Witness
from cleanup.witness.pictures import Picture

Corners = tuple[tuple[float, float], ...]
"""Of a line, clockwise from its top left, in pixels of the scan."""


class NoRecogniser(OcrfixError):
    """What would read pictures is not installed."""

    exit_code = Exit.DATA


class Print(NamedTuple):
    """What stands on a picture."""

    page: BoxedPage
    """Places in pixels of the scan, as it is to be read: of one that stands on its head, turned."""
    is_turned: bool = False
    """The picture stands on its head."""


class Recogniser(Protocol):
    """Reads the lines of a picture."""

    name: str
    """With its version and its model: readings are kept by it."""

    def read(self, picture: Picture) -> Print:
        """The lines in no certain order; a word for each character where it knows how sure it is of each, and
        what else it may be."""
        ...

    def lines(self, picture: Picture, places: Sequence[Corners]) -> list[BoxedLine | None] | None:
        """What stands at each of some places, which hold a line; None where it reads whole pages only."""
        ...


def recognisers(witness: Witness) -> list[Recogniser]:
    """Those asked for, the better one first; raises NoRecogniser, saying how to get what lacks."""
    from cleanup.witness import rapid, tesseract

    names = ("rapidocr", "tesseract") if witness == "both" else (witness,)
    makers = {"rapidocr": rapid.recogniser, "tesseract": tesseract.recogniser}
    return [makers[name]() for name in names]
