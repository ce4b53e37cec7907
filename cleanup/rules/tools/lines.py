"""How the lines go on: the breaks between wrapped lines, measured and weighed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanup.model.document import Document
from cleanup.rules import models as opened
from cleanup.rules.joints import Joint, weighed
from cleanup.rules.tools.page import Page
from cleanup.score.trees import Trees
from cleanup.text.seams import Seam, seams


@dataclass(frozen=True, kw_only=True)
class Lines(Page):
    """For a rule about line ends: the page, and whether its lines go on."""

    @cached_property
    def joins(self) -> Trees:
        """How likely wrapped lines go on."""
        return opened.joins()

    def joints(self, document: Document) -> Sequence[Joint]:
        """The breaks between wrapped lines of a document, weighed; kept for the next rule that asks."""
        if not self._weighed or self._weighed[0][0] is not document:
            before = [joint for _, joints in self._weighed for joint in joints]
            found = weighed(list(self.seams(document)), self.joins, opened.verse(), before)
            self._weighed[:] = [(document, found)]
        return self._weighed[0][1]

    def seams(self, document: Document) -> Iterable[Seam]:
        """The breaks between wrapped lines of a document with what is measured of them."""
        told = self.blocks(document)
        return seams(document, self.evidence(document.text), told.bar, told.is_prose)

    @cached_property
    def _weighed(self) -> list[tuple[Document, list[Joint]]]:
        return []
