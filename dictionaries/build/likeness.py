"""Build models/glyphs.bin: every character as a short vector, so that any two can be compared by shape.

shapes.tsv lists the nearest twenty only; a misreading may lie further off. The scores behind that table
(glyphs, components, strokes; weights fitted to real confusions) are taken apart into their SIZE strongest
directions, in one byte each: the product of two vectors is about the score of the pair.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from corpus import is_han, parser, read_table
from glyphs import drawn_likeness, read_components, read_strokes, spelled_likeness
from scipy.sparse.linalg import eigsh
from shapes import fit, read_confusions

SIZE = 32


def main() -> None:
    """Draw, compare, fit, take apart and write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--shapes", type=Path, required=True, help="characters/shapes.tsv")
    command.add_argument("--names", type=Path, nargs="*", default=[], help="tables of name characters")
    command.add_argument("--chaizi", type=Path, required=True, help="chaizi-jt.txt (CC BY 3.0)")
    command.add_argument("--strokes", type=Path, required=True, help="char_meta_full.txt (Apache-2.0)")
    command.add_argument("--fit", type=Path, required=True, help="confusions to fit to")
    command.add_argument("--face", action="append", required=True, help="font file, or font file:index")
    args = command.parse_args()
    own = {row[0] for row in read_table(args.shapes) if is_han(row[0])}
    chars = sorted(own | {char for path in args.names for row in read_table(path) for char in row[0]})
    faces = [(Path(face.partition(":")[0]), int(face.partition(":")[2] or 0)) for face in args.face]
    fine, most = drawn_likeness(chars, faces, 1.0)
    coarse, _ = drawn_likeness(chars, faces, 2.2)
    strokes = read_strokes(args.strokes)
    sizes = np.array([len([s for s in strokes.get(c, "") if not "⿰" <= s <= "⿻"]) or 1 for c in chars])
    features = [
        fine,
        most,
        spelled_likeness(chars, strokes, 4),
        spelled_likeness(chars, read_components(args.chaizi), 1),
        coarse,
        np.asarray(np.abs(np.log(sizes[:, None] / sizes[None, :])), dtype=np.float32),
    ]
    weights = fit(features, {char: at for at, char in enumerate(chars)}, read_confusions(args.fit))
    score = np.asarray(sum(w * f for w, f in zip(weights[1:], features, strict=True)), dtype=np.float32)
    np.fill_diagonal(score, np.quantile(score, 0.9999))
    values, vectors = eigsh(score, k=SIZE, which="LM", v0=np.ones(len(chars)))
    order = np.argsort(-np.abs(values))
    scaled = vectors[:, order] * np.sqrt(np.abs(values[order]))
    tops = np.abs(scaled).max(axis=0)
    table = np.rint(scaled / tops * 127).astype(np.int8)
    units = (tops / 127) ** 2 * np.sign(values[order])
    head = {
        "chars": "".join(chars),
        "units": [float(f"{unit:.6g}") for unit in units],
        "source": "rendered glyphs (Noto CJK, AR PL, WenQuanYi), kfcd/chaizi (CC BY 3.0), strokes from "
        "HillZhang1999/MuCGEC (Apache-2.0), weights fitted to confusions of tesseract 5.3 and PP-OCRv4",
        "licence": "CC BY 3.0 (attribution: kfcd/chaizi)",
        "date": args.date,
    }
    args.out.write_bytes(json.dumps(head, ensure_ascii=False).encode() + b"\n" + table.tobytes())
    print(len(chars), "characters,", args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
