"""Which truth belongs to which OCR text: files as given, folders by name.

NAME.gt.txt, NAME.ocr.txt and NAME.clean.txt (NAME.ocr.clean.txt) belong together, in one folder or several;
so do files of one name in mirrored trees, whatever their endings; and truth.txt, page.txt (ocr.txt) and
page.clean.txt (clean.txt) in one folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cleanup.model.errors import Exit, OcrfixError

Role = Literal["truth", "ocr", "clean"]
_ROLES: Mapping[str, Role] = {
    "gt": "truth", "truth": "truth", "ocr": "ocr", "page": "ocr", "clean": "clean"
}  # fmt: skip
_OURS = (".journal.json", ".report.html", ".meta.json", ".names.csv", "eval.json", "eval.html", "eval.md")
_IMAGES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".jp2")


class Mixed(OcrfixError, ValueError):
    """A file where the others are folders, or the other way round."""

    exit_code = Exit.USAGE


@dataclass(frozen=True)
class Trio:
    """Files that belong together."""

    name: str
    truth: Path
    ocr: Path
    clean: Path | None


@dataclass
class Pairing:
    """What was found, and what was left over."""

    found: list[Trio] = field(default_factory=list)
    unpaired: list[Path] = field(default_factory=list)


def pair(truth: Path, ocr: Path, clean: Path | None) -> Pairing:
    """Pair files, or the files of folders; raises Mixed, and OSError for a folder that cannot be read."""
    given = [place for place in (truth, ocr, clean) if place is not None]
    folders = [place.is_dir() for place in given]
    if not any(folders):
        return Pairing([Trio(ocr.name, truth, ocr, clean)])
    if not all(folders):
        odd = given[folders.index(False)]
        raise Mixed(
            f"{odd} 是文件，其余是目录；请都给文件，或都给目录。",
            f"{odd} is a file and the others are folders; give files only, or folders only.",
        )
    truths, texts = _by_key(truth, "truth"), _by_key(ocr, "ocr")
    cleans = _by_key(clean, "clean") if clean is not None else {}
    result = Pairing()
    for key in sorted({*truths, *texts, *cleans}):
        one, two, three = truths.get(key, []), texts.get(key, []), cleans.get(key, [])
        if len(one) == len(two) == 1 and len(three) == (clean is not None):
            result.found.append(Trio(key or two[0].name, one[0], two[0], three[0] if three else None))
        else:
            result.unpaired += sorted({*one, *two, *three})
    return result


def of_set(folder: Path) -> list[Trio]:
    """Every NAME.gt.txt of a folder that has its NAME.ocr.txt, by name."""
    found = []
    for truth in sorted(folder.glob("*.gt.txt")):
        name = truth.name.removesuffix(".gt.txt")
        if (read := folder / f"{name}.ocr.txt").is_file():
            found.append(Trio(name, truth, read, None))
    return found


def journal_of(clean: Path) -> Path:
    """Where the journal of a clean text lies."""
    stem = clean.name.rpartition(".")[0] or clean.name
    return clean.with_name(f"{stem.removesuffix('.clean')}.journal.json")


def _by_key(folder: Path, role: Role) -> dict[str, list[Path]]:
    """The files of a folder that have a role, by what is left of their names; where none says it, all."""
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.name.lower().endswith((*_OURS, *_IMAGES))
        and ".structure." not in path.name
    ]
    named = [(path, *_named(path.relative_to(folder))) for path in files]
    mine = [row for row in named if row[2] == role] or [row for row in named if row[2] is None] or named
    return _grouped((key, path) for path, key, _ in mine)


def _grouped(rows: Iterable[tuple[str, Path]]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for key, path in rows:
        found.setdefault(key, []).append(path)
    return found


def _named(path: Path) -> tuple[str, Role | None]:
    """What names a document, and which of its texts a file says that it is."""
    parts = path.name.split(".")
    if len(parts) > 1 and not parts[-1].isdigit():
        parts.pop()
    role: Role | None = None
    while parts and parts[-1].lower() in _ROLES:
        found = _ROLES[parts.pop().lower()]
        role = role or found
    key = path.parent / ".".join(parts) if parts else path.parent
    return ("" if key == Path() else key.as_posix()), role
