"""Build models/runs-beside.bin and eras-beside.bin: which characters stand beside which, by either model.

A table holds the most frequent Han characters of its language model, its marks, figures, letters and line
ends, and each two of them that stand together more often than by chance. It is read off the language model
itself and needs nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from corpus import LICENCE, ROOT, is_han, parser

from cleanup.score.beside import BITS
from cleanup.score.ngram import BREAK, Ngrams

MODELS = ROOT / "dictionaries" / "models"
HAN = 5504
"""Characters that may be meant: 98 % of those that are misread (bench/ocr-kinds-dev), a multiple of 16."""
FLOOR, STEP = -1.0, 1.25
"""Nats of what is not listed, and from one level to the next. Among twelve candidates the right one is as
often with these as with floors to -3.5 and levels of a quarter (bench/ocr-kinds-dev, ocr-dev-text)."""


def table(model: Ngrams) -> bytes:
    """The table of a language model."""
    known = model.alphabet.chars
    count = model.single(model.alphabet.ids(known))
    ranked = [known[at] for at in np.argsort(-count, kind="stable") if count[at] > 0]
    han = [char for char in ranked if is_han(char)][:HAN]
    chars = "".join(han) + "".join(char for char in ranked if not is_han(char)) + "\n"
    ids = np.append(model.alphabet.ids(chars[:-1]), BREAK)
    single = np.append(model.single(ids[:-1]), 0.0)
    starts, cells = [0], []
    for one, number in enumerate(ids):
        level = model.levels(np.stack((np.full(len(ids), number), ids)))[0][0]
        # How often lines end the model does not say: as if as often as its most frequent character.
        apart = np.where(ids == BREAK, single.max(), single)
        nats = model.logs[level] - apart[one] - apart + np.log(model.total)
        steps = np.clip(np.rint((nats - FLOOR) / STEP), 0, (1 << BITS) - 1)
        some = np.flatnonzero((level > 0) & (steps > 0))
        cells.append((some << BITS | steps[some].astype(np.int64)).astype("<u2"))
        starts.append(starts[-1] + len(some))
    head = {
        "kind": "neighbours",
        "source": model.meta["source"],
        "licence": LICENCE,
        "chars": chars,
        "han": len(han),
        "nats": [FLOOR + STEP * level for level in range(1 << BITS)],
    }
    line = json.dumps(head, ensure_ascii=False).encode() + b"\n"
    return line + np.array(starts, dtype="<u4").tobytes() + np.concatenate(cells).tobytes()


def main() -> None:
    """Write both tables."""
    options = parser(__doc__, corpus=False)
    options.add_argument("--models", type=Path, default=MODELS, help="folder of the language models")
    args = options.parse_args()
    for name in ("runs", "eras"):
        made = table(Ngrams(args.models / f"{name}.bin"))
        (args.out.parent / f"{name}-beside.bin").write_bytes(made)
        print(f"{name}: {len(made):,} bytes")


if __name__ == "__main__":
    main()
