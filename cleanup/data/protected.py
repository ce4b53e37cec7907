"""Words that stay as they are: those shipped with the tool, and lists of the user's own."""

from __future__ import annotations

from pathlib import Path

from cleanup.data.files import DataError, rows
from cleanup.data.together import Together
from cleanup.text import simplify
from cleanup.text.once import once

TABLE = "protected.tsv"


@once
def shipped(traditional: bool) -> tuple[str, ...]:
    """Right words that the corrector, left alone, would take for misread; in the script of a document."""
    words = [word for word, _ in rows(TABLE, 2)]
    if not traditional:
        return Together(words)
    return tuple(sorted({simplify.traditional(word) for word in words}))


def read(place: Path) -> tuple[str, ...]:
    """The words of a list: one a line, what stands behind a tab is a note; raises DataError."""
    try:
        lines = place.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise DataError(
            f"找不到受保护词表 {place}；请检查 --protect 的路径。",
            f"The list of protected words {place} is not there; check the path given to --protect.",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(
            f"受保护词表 {place} 无法读取：{error}；请存成 UTF-8 文本。",
            f"The list of protected words {place} cannot be read: {error}; save it as UTF-8 text.",
        ) from None
    words = (line.partition("\t")[0].strip() for line in lines if not line.startswith("# "))
    return tuple(sorted({word for word in words if word}))
