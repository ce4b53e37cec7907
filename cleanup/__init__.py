"""ocrfix: repairs text that was read off scanned pages, and records every change it makes.

from cleanup import Repairer
result = Repairer(roster="roster.csv")(text)
result.repaired, result.edits, result.suggestions, result.undo()

docs/reference/api.en.md shows the rest. Importing this reads no rule and no table: names are loaded on first
use.
"""

from typing import TYPE_CHECKING, Any

from cleanup.version import VERSION as __version__

if TYPE_CHECKING:
    from cleanup.api import (
        Applicability,
        Archive,
        Decision,
        Done,
        EngineReading,
        OcrfixError,
        Person,
        Policy,
        Profile,
        Repairer,
        Result,
        Roster,
        Settings,
        Span,
        Watch,
        repair,
    )

__all__ = [
    "Applicability", "Archive", "Decision", "Done", "EngineReading", "OcrfixError", "Person", "Policy",
    "Profile", "Repairer", "Result", "Roster", "Settings", "Span", "Watch", "__version__", "repair",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cleanup import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return __all__
