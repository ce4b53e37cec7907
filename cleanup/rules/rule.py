"""What a rule is to the engine: a module with these names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from cleanup.model.block import Act
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case, Tools


class Rule(Protocol):
    """A module rules/<family>/<rule>.py; its docstring says why, what it leaves alone, and its safety."""

    __name__: str
    __doc__: str | None
    NAME: str
    """Its path: family.rule."""
    SUMMARY: Message
    SAFETY: Applicability
    """The highest applicability that its fixes carry."""
    NEEDS: tuple[str, ...]
    """Files under dictionaries/ that it reads; their digests go into the journal."""
    CASES: tuple[Case, ...]

    def find(self, document: Document, tools: Tools) -> Iterable[Fix]:
        """Fixes and flags for the whole document; no I/O, no state.

        A rule annotates `tools` with the least that it asks: `object` (nothing), Models, Names, Page, Lines.
        """
        ...


def signs_of(rule: Rule) -> str:
    """The characters that a rule waits for (its SIGNS): it is not asked about a text without any of them.

    One from U+FFFF on stands for all of those. Empty: the rule is always asked.
    """
    return str(getattr(rule, "SIGNS", ""))


def act_of(rule: Rule) -> Act:
    """What a rule does (its ACT): where blocks forbid it nothing that it proposes counts."""
    act: Act = getattr(rule, "ACT", "correct")
    return act


def early_of(rule: Rule) -> int:
    """When a rule runs before the rest of its family (its EARLY): in a pass of its own, in the order of these
    numbers. What it takes away parts other lines, or what it makes whole must be so before lines are joined.

    0: with the rest.
    """
    return int(getattr(rule, "EARLY", 0))


def stitches(rule: Rule) -> bool:
    """Whether what its fixes take out are jump lines that met (its STITCHES): the journal says so."""
    return bool(getattr(rule, "STITCHES", False))


def tells_disorder(rule: Rule) -> bool:
    """Whether its flags say that next to nothing stands in its place (its DISORDER)."""
    return bool(getattr(rule, "DISORDER", False))


def outlives(rule: Rule) -> bool:
    """Whether its flags stay where what they stand on is taken out of the text (its OUTLIVES): it is asked of
    the source too."""
    return bool(getattr(rule, "OUTLIVES", False))
