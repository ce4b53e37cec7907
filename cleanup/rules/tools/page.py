"""What stands on the page: its furniture, and what each stretch of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanup.blocks import Blocks, Reader
from cleanup.blocks import own as own_blocks
from cleanup.blocks import read as read_blocks
from cleanup.model.document import Document
from cleanup.model.journal import Furniture, Headlines
from cleanup.rules.tools.models import Models
from cleanup.text.furniture import Furniture as FurnitureLine
from cleanup.text.furniture import find as furniture_of
from cleanup.text.margins import added as with_margins


@dataclass(frozen=True, kw_only=True)
class Page(Models):
    """For a rule about what stands on the page: the models, and what the document is made of."""

    furniture: Furniture = "drop"
    """What becomes of page furniture."""
    headlines: Headlines = "printed"
    """Whether headlines keep their printed lines or become one line."""

    def aside(self, document: Document) -> Sequence[FurnitureLine]:
        """The lines of page furniture, in order, as the document and the archive tell."""
        if not self._aside or self._aside[0][0] is not document:
            found: Sequence[FurnitureLine] = furniture_of(
                document, self.profile.head if self.profile else None
            )
            if document.rows:
                found = with_margins(document, found)
            if any(map(_is_doubtful, found)):
                own = own_blocks(document)
                found = [
                    one for one in found if not (_is_doubtful(one) and own.is_own(document.lines[one.line]))
                ]
            self._aside[:] = [(document, found)]
        return self._aside[0][1]

    def blocks(self, document: Document) -> Blocks:
        """What the document is made of; kept for the next rule that asks."""
        if not self._told or self._told[0][0] is not document:
            aside = {found.line for found in self.aside(document)}
            self._told[:] = [(document, read_blocks(document, aside, Reader(self.pairs.link, self._flow)))]
        return self._told[0][1]

    @cached_property
    def _aside(self) -> list[tuple[Document, Sequence[FurnitureLine]]]:
        return []

    @cached_property
    def _told(self) -> list[tuple[Document, Blocks]]:
        return []


def _is_doubtful(found: FurnitureLine) -> bool:
    """Whether a line of furniture is told by coming again alone; dates sign papers as well."""
    return not found.folio.has("weekday", "credit", "page", "paper", "section")
