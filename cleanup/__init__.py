"""ocrfix: repairs text that was read off scanned pages, and records every change it makes.

from cleanup import repair
result = repair(text, roster=["roster.csv"])
result.repaired, result.journal, result.undo()
"""

from cleanup.api import repair
from cleanup.version import VERSION as __version__

__all__ = ["__version__", "repair"]
