"""The weights of `text.places`: a break between rows by its place and by its text together.

    python -m bench.going_on FOLDER=WEIGHT …

FOLDER=WEIGHT as bench.follows takes them, whose weights are those of the tree. Logistic regression, L2 of 1.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.follows import laid, pages, regressed, squeezed
from cleanup.engine.repair import read
from cleanup.rules.contract import Tools
from cleanup.text.places import odds

_L2 = 1.0
Said = tuple[float, float, bool, float]
"""Log-odds by place and by text, whether the row goes on, and what that counts."""


def read_page(path: Path, truth: str, weight: float) -> Iterator[Said]:
    """The breaks of an engine's page of which both say something."""
    document = read(path.read_bytes(), path.name)
    beside = laid(squeezed(document.text), truth)
    for joint in Tools().joints(document):
        after = joint.seam.found.after
        row = None if joint.seam.found.page else document.row(after)
        if row is None or joint.is_barred:
            continue
        at = len(squeezed(document.text[: after.content.start]))
        yield odds(row.follows), odds(joint.chance), beside.moved.get(at) not in beside.begins, weight


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER=WEIGHT")
    found = [said for page in pages(parser.parse_args().folders) for said in read_page(*page)]
    said = np.array([(1.0, place, text) for place, text, _, _ in found])
    follows, counts = np.array([one[2] for one in found], dtype=float), np.array([one[3] for one in found])
    weights = regressed(said, follows, counts, _L2)
    right = (said @ weights > 0) == follows
    share = float((counts * right).sum() / counts.sum())
    print(json.dumps({"bias, place, text": weights.round(2).tolist(), "right": round(share, 4)}))


if __name__ == "__main__":
    main()
