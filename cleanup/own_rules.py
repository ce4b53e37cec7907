"""What rules of your own are made of: `from cleanup.own_rules import …`.

docs/tutorials/own.en.md shows one.
"""

from __future__ import annotations

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Edit, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case, Lines, Models, Names, Page, Tools
from cleanup.rules.kinds import in_simplified, substitution

__all__ = [
    "Applicability", "Case", "Document", "Edit", "Fix", "Lines", "Message", "Models", "Names", "Page", "Span",
    "Tools", "fix", "flag", "in_simplified", "substitution",
]  # fmt: skip
