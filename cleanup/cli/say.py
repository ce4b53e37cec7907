"""What commands tell beside their output."""

from __future__ import annotations

import sys

from cleanup.model.file_names import shown
from cleanup.model.fix import Lang


def say(lang: Lang, zh: str, en: str) -> None:
    """A line on standard error: standard output is kept for data."""
    print(f"ocrfix: {shown(zh if lang == 'zh' else en)}", file=sys.stderr)
