"""What a rule is made of: its cases, and the tools that its `find` asks for."""

from __future__ import annotations

from dataclasses import dataclass

from cleanup.model.journal import Headlines, Script
from cleanup.rules.tools.lines import Lines
from cleanup.rules.tools.models import Models
from cleanup.rules.tools.names import Names
from cleanup.rules.tools.page import Page

__all__ = ["Case", "Lines", "Models", "Names", "Page", "Tools"]


@dataclass(frozen=True, slots=True)
class Case:
    """An example that is a test and a line of the rule's page."""

    text: str
    becomes: str | None = None
    """The repaired text; None: the rule leaves this alone."""
    note: str = ""
    flags: bool = False
    """The rule flags this text (and changes nothing)."""
    roster: tuple[tuple[str, str], ...] = ()
    """(name, title) of the people on the roster in this case."""
    terms: tuple[tuple[str, str], ...] = ()
    """(from, to) of the same people, where it matters."""
    headlines: Headlines = "printed"
    """The setting of the same name in this case."""
    own: tuple[tuple[str, str], ...] = ()
    """(wrong, right) of the user's dictionary in this case."""
    to: Script | None = None
    """The setting of the same name in this case."""
    rows: tuple[str, ...] = ()
    """What the place of each line on its page says that it is: a boxed row's kind, or "doubtful"."""
    sure: float | None = None
    """How sure the engine was of every character; None: it says nothing."""
    elsewhere: tuple[str, ...] = ()
    """The other files of the archive in this case."""
    other: str = ""
    """Another reading of the same page in this case."""
    page: str = ""
    """What a witness reads on the picture of the page in this case, a line each; else there is no picture."""
    unsure: str = ""
    """Characters of that of which it is not sure."""


@dataclass(frozen=True)
class Tools(Names, Lines):
    """All that any rule may ask, made for one text; each rule's `find` says which part of it it needs."""
