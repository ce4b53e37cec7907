"""The archive profile: what an archive says about itself, in one file.

The file's first line is JSON (schema, counts, tables: readable by anything); then come the windows of text
whose context stands in two or more files, as sorted 64-bit little-endian numbers, then in how many files each
stands, a byte each. The windows are mapped into memory, not read: many processes share them.
"""

from __future__ import annotations

import hashlib
import mmap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from cleanup.data import characters
from cleanup.data.files import DataError
from cleanup.model.document import Document
from cleanup.text import furniture, heads
from cleanup.text.heads import Standing
from cleanup.text.windows import CHAR_BITS, Keys, letters, windows

SCHEMA = 1
KIND = "ocrfix archive profile"
MANY = 255
"""Files are counted up to here."""
Table = Mapping[str, int]
_BLOCK = 1 << 20
_SEVERAL = 3
_ALIKE = 50
"""Likeness of two characters, of 100, from which one may be read for the other."""
_COUNTS = frozenset("一二三四五六七八九十〇")
"""These tell one title from the next: 第一次会议, 第二次会议."""
_CHAR = (np.uint64(1) << CHAR_BITS) - np.uint64(1)


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of the file."""

    kind: str
    schema: int
    files: int
    pages: int
    windows: int
    tables: dict[str, dict[str, int]]


@dataclass(frozen=True, eq=False)
class Profile:
    """What is known of an archive as a whole."""

    files: int
    pages: int
    keys: Keys
    """Windows (see cleanup.text.windows), sorted."""
    counts: NDArray[np.uint8]
    """In how many files each stands, up to MANY."""
    tables: Mapping[str, Table] = field(default_factory=dict)
    """By name, how often: heads, furniture, phrases, names, paragraphs, characters, misread, jumps, dates."""
    _named: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)

    @cached_property
    def heads_by_length(self) -> Mapping[int, Sequence[str]]:
        """The lines that stand at the edges of pages in several files, by their length."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for shape, count in sorted(self.tables.get("heads", {}).items()):
            if count >= _SEVERAL:
                found[len(shape)].append(shape)
        return found

    def often_named(self, files: int) -> frozenset[str]:
        """The names of three characters that stand in more files than so many."""
        if files not in self._named:
            names = self.tables.get("names", {}).items()
            self._named[files] = frozenset(name for name, count in names if count > files and len(name) == 3)
        return self._named[files]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the profile's file."""
        found = hashlib.sha256()
        for block in self._blocks():
            found.update(block)
        return found.hexdigest()

    def _blocks(self) -> Iterator[bytes]:
        head = _Head(
            KIND, SCHEMA, self.files, self.pages, len(self.keys), {k: dict(t) for k, t in self.tables.items()}
        )
        yield msgspec.json.encode(head, order="deterministic") + b"\n"
        for rows in (self.keys.astype("<u8", copy=False), self.counts):
            for start in range(0, len(rows), _BLOCK):
                yield rows[start : start + _BLOCK].tobytes()

    def save(self, file: Path) -> None:
        """Write the profile; the file is whole or not there at all."""
        part = file.with_name(f".{file.name}.part")
        try:
            with part.open("wb") as stream:
                for block in self._blocks():
                    stream.write(block)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)

    def count(self, keys: Keys) -> NDArray[np.int64]:
        """In how many files each window stands."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.counts[place], 0).astype(np.int64)

    def apart_from(self, document: Document) -> Elsewhere:
        """The profile as the evidence of all files but this one."""
        own = np.unique(windows(letters(document.text).codes))
        return Elsewhere(self, own, heads.shapes(document), furniture.proven(document))


def _is_alike(one: str, two: str) -> bool:
    """Whether an engine may have read one character for the other."""
    return not (one in _COUNTS and two in _COUNTS) and characters.likeness(one, two) >= _ALIKE


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """What the other files of the archive say to one of them."""

    profile: Profile
    own: Keys
    """The windows of the file itself, sorted: each counts once less."""
    own_heads: frozenset[str]
    own_furniture: frozenset[str]
    """Shapes of its lines that stand at the edges of pages; of those that are furniture."""
    _followed: dict[int, list[tuple[str, int]]] = field(default_factory=dict, repr=False)
    """Continuations that were asked for; the rules ask again after every change."""

    @property
    def files(self) -> int:
        """How many other files there are."""
        return max(0, self.profile.files - 1)

    def count(self, keys: Keys) -> NDArray[np.int64]:
        """In how many other files each window stands."""
        return np.maximum(self.profile.count(keys) - self._mine(keys), 0)

    def continuations(self, context: int) -> list[tuple[str, int]]:
        """The letters that follow a context elsewhere, with the number of files, the commonest first."""
        found = self._followed.get(context)
        if found is None:
            keys = self.profile.keys
            low = keys.searchsorted(np.uint64(context))
            high = keys.searchsorted(np.uint64(context | int(_CHAR)), side="right")
            here = np.asarray(keys[low:high])
            counts = self.profile.counts[low:high].astype(np.int64) - self._mine(here)
            each = zip((here & _CHAR).tolist(), counts.tolist(), strict=True)
            rows = [(chr(code), count) for code, count in each if count > 0]
            found = self._followed[context] = sorted(rows, key=lambda row: (-row[1], row[0]))
        return found

    def head(self, shape: str) -> Standing:
        """What other files say of a line of this shape, or of one printed like it."""
        alike = (shape, *self._printed(shape))
        return Standing(
            max(self._files("heads", other, self.own_heads) for other in alike),
            max(self._files("furniture", other, self.own_furniture) for other in alike),
        )

    def _files(self, table: str, shape: str, own: frozenset[str]) -> int:
        return self.profile.tables.get(table, {}).get(shape, 0) - (shape in own)

    def _printed(self, shape: str) -> Iterator[str]:
        """The heads of the archive that may be printed where `shape` is shown: alike letter by letter."""
        for other in self.profile.heads_by_length.get(len(shape), ()):
            odd = [(one, two) for one, two in zip(shape, other, strict=True) if one != two]
            if 0 < len(odd) <= max(1, len(shape) // 4) and all(_is_alike(*pair) for pair in odd):
                yield other

    def named(self, form: str) -> int:
        """In how many other files `form` stands where names stand; at least, since this one may have it."""
        return max(0, self.profile.tables.get("names", {}).get(form, 0) - 1)

    def often_named(self, files: int) -> frozenset[str]:
        """The names of three characters that stand in so many other files, at least."""
        return self.profile.often_named(files)

    def _mine(self, keys: Keys) -> NDArray[np.bool_]:
        if not len(self.own):
            return np.zeros(len(keys), dtype=bool)
        place = np.minimum(self.own.searchsorted(keys), len(self.own) - 1)
        return np.asarray(self.own[place] == keys)


def load(file: Path) -> Profile:
    """The profile in `file`; raises DataError where it is missing or none."""
    try:
        with file.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "empty"
        raise DataError(
            f"普查结果 {file} 无法读取（{reason}）；请用 ocrfix survey 重新生成。",
            f"The archive profile {file} cannot be read ({reason}); make it again with ocrfix survey.",
        ) from None
    end = mapped.find(b"\n") + 1
    try:
        head = msgspec.json.decode(mapped[:end], type=_Head)
    except msgspec.DecodeError:
        head = None
    if head is None or head.kind != KIND:
        raise DataError(
            f"{file} 不是普查结果（archive.profile）；请用 ocrfix survey 生成一个。",
            f"{file} is not an archive profile; make one with ocrfix survey.",
        )
    if head.schema != SCHEMA:
        raise DataError(
            f"普查结果 {file} 的版本是 {head.schema}，本程序需要 {SCHEMA}；请用 ocrfix survey 重新生成。",
            f"The archive profile {file} has schema {head.schema}, this program needs {SCHEMA}; "
            "make it again with ocrfix survey.",
        )
    if len(mapped) != end + 9 * head.windows:
        raise DataError(
            f"普查结果 {file} 不完整；请用 ocrfix survey 重新生成。",
            f"The archive profile {file} is cut short; make it again with ocrfix survey.",
        )
    keys = np.frombuffer(mapped, dtype="<u8", count=head.windows, offset=end)
    counts = np.frombuffer(mapped, dtype=np.uint8, offset=end + 8 * head.windows)
    return Profile(head.files, head.pages, keys, counts, head.tables)
