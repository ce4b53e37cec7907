"""Equal numbers together: `numpy.unique` for the few keys of a page, without the modules that it loads."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Groups(NamedTuple):
    """The distinct keys in order, and of each where it stands first and how often."""

    keys: NDArray[Any]
    first: NDArray[np.int64]
    counts: NDArray[np.int64]
    back: NDArray[np.int64]
    """Of each key that was given, the number of its group."""


def groups(keys: NDArray[Any]) -> Groups:
    """The groups of equal `keys`."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    starts = np.flatnonzero(begins)
    back = np.empty(len(keys), dtype=np.int64)
    back[order] = np.cumsum(begins) - 1
    counts = np.empty(len(starts), dtype=np.int64)
    np.subtract(starts[1:], starts[:-1], out=counts[:-1])
    counts[-1:] = len(keys) - starts[-1:]
    return Groups(ordered[starts], order[starts], counts, back)
