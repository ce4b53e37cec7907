"""What a journal says of a long document, packed: a part at a time is unpacked as it is read."""

from __future__ import annotations

import pickle
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Packed(Sequence[T]):
    """A sequence in packs; as objects, records would take ten times the text's own memory."""

    def __init__(self) -> None:
        self._packs: list[bytes] = []
        self._ends: list[int] = []
        self._open: tuple[int, tuple[T, ...]] = (-1, ())

    def add(self, pack: Iterable[T]) -> None:
        """Pack further items, behind those that are there."""
        held = tuple(pack)
        self._packs.append(zlib.compress(pickle.dumps(held, pickle.HIGHEST_PROTOCOL), 1))
        self._ends.append(len(self) + len(held))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._packs)):
            yield from self._pack(number)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        number = bisect_right(self._ends, at)
        pack = self._pack(number)
        return pack[at - self._ends[number] + len(pack)]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(map(lambda a, b: a == b, self, other))
        )

    def _pack(self, number: int) -> tuple[T, ...]:
        if self._open[0] != number:
            # Packed by this very object: nothing from outside is unpickled.
            self._open = (number, pickle.loads(zlib.decompress(self._packs[number])))
        return self._open[1]
