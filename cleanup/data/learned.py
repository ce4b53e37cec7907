"""What was learned from people's decisions, as they left it: files of a folder that anybody may edit.

phrases.tsv     wrong, right, note: repaired wherever the wrong form stands
protected.tsv   word, note: stays as it is wherever it stands
channel.tsv     read, printed, count: characters that engines read for others
roster.csv      people and their other names, as any roster
formulas.bin    what one's own archive always says the same way (ocrfix train formulas)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from cleanup.data.files import DataError, digest_of, stand

FOLDER = "learned"
NOTHING = "∅"
"""Stands in channel.tsv for no character."""
COLUMNS = {
    "phrases.tsv": ("wrong", "right", "note"),
    "protected.tsv": ("word", "note"),
    "channel.tsv": ("read", "printed", "count"),
}
ROSTER, FORMULAS = "roster.csv", "formulas.bin"


@dataclass(frozen=True, slots=True)
class Learned:
    """The contents of such a folder."""

    phrases: tuple[tuple[str, str], ...] = ()
    """(wrong, right)"""
    protect: tuple[str, ...] = ()
    channel: tuple[tuple[str, str, float], ...] = ()
    """(read, printed, how often); an empty one: nothing was read, or printed."""
    formulas: str = field(default="", repr=False)
    """The file of one's own formulas, where there is one."""
    formulas_digest: str = ""


class Taught(NamedTuple):
    """What a run takes from such a folder."""

    learned: Learned = Learned()
    rosters: tuple[str, ...] = ()

    def over(self, named: Learned) -> Learned:
        """This, where there is anything; else what the settings name."""
        return named if self.learned == Learned() else self.learned


def taught(folder: Path) -> Taught:
    """The folder's files, and its roster where it has one; raises DataError."""
    return Taught(load(folder), roster(folder))


def load(folder: Path) -> Learned:
    """The files of a folder, as far as they are there; raises DataError on a row that cannot be used."""
    phrases = [(wrong, right) for wrong, right, *_ in rows(folder / "phrases.tsv") if wrong != right]
    channel: list[tuple[str, str, float]] = []
    for read, printed, count in rows(folder / "channel.tsv"):
        try:
            channel.append((_char(read), _char(printed), float(count)))
        except ValueError:
            raise DataError(
                f"{folder / 'channel.tsv'}：“{count}”不是次数；请改正或删去这一行。",
                f"{folder / 'channel.tsv'}: {count} is not a count; correct the row or take it out.",
            ) from None
    protect = (word for word, *_ in rows(folder / "protected.tsv"))
    own = folder / FORMULAS
    place, digest = (str(own), digest_of(stand(own))) if own.is_file() else ("", "")
    return Learned(
        tuple(sorted(set(phrases))), tuple(sorted(set(protect))), tuple(sorted(channel)), place, digest
    )


def roster(folder: Path) -> tuple[str, ...]:
    """The roster of the folder, where it has one."""
    place = folder / ROSTER
    return (str(place),) if place.is_file() else ()


def rows(place: Path) -> list[list[str]]:
    """The rows of a table; none where there is no file. Raises DataError on a row of another width."""
    if not place.is_file():
        return []
    columns = COLUMNS[place.name]
    found: list[list[str]] = []
    try:
        lines = place.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{place} 无法读取：{error}。", f"{place} cannot be read: {error}.") from None
    for number, line in enumerate(lines, 1):
        if line.startswith("# ") or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) == len(columns) - 1 and columns[-1] == "note":
            cells.append("")
        if len(cells) != len(columns) or not cells[0]:
            raise DataError(
                f"{place} 第 {number} 行应有 {len(columns)} 列（{'、'.join(columns)}，制表符分开）；请改正。",
                f"{place}, line {number}: {len(columns)} columns are expected ({', '.join(columns)}, "
                "separated by tabs); correct it.",
            )
        found.append(cells)
    return found


def _char(cell: str) -> str:
    return "" if cell == NOTHING else cell
