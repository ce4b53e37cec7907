"""Build models/drawn.bin: what characters look like, 64 numbers each, so that any two can be compared.

Characters are drawn in several faces (glyphs.py), the pictures set side by side, and their 64 main components
kept as signed bytes. The cosine of two rows is their likeness. The file is one line of JSON (format, source,
licence, date, chars, size) and then one row of bytes a character.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from corpus import is_han, parser, read_table
from glyphs import SIDE, normalised, picture
from PIL import ImageFont

SIZE = 64
MARKS = "0aABCDEFGHIJKLMNOPQRSTUVWXYZbcdefghijklmnopqrstuvwxyz123456789，。、；：？！“”（）《》—…·□|%-+=~"
LICENCE = "CC0-1.0 (numbers computed from pictures; no outline of a typeface)"


def main() -> None:
    """Draw, reduce, write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--common", type=Path, required=True, help="characters/common.tsv")
    command.add_argument("--face", action="append", required=True, help="font file, or font file:index")
    args = command.parse_args()
    chars = MARKS + "".join(sorted(row[0] for row in read_table(args.common) if is_han(row[0])))
    parts = []
    for face in args.face:
        name, _, index = face.partition(":")
        font = ImageFont.truetype(name, SIDE - 2, index=int(index or 0))
        parts.append(normalised(np.stack([picture(char, font, 1.4) for char in chars]), centred=True))
    rows = np.concatenate(parts, axis=1)
    spread = rows.T @ rows
    _, axes = np.linalg.eigh(spread)
    points = rows @ axes[:, ::-1][:, :SIZE]
    points /= np.maximum(np.sqrt((points * points).sum(axis=1, keepdims=True)), 1e-6)
    packed = np.clip(np.rint(points * 127 / np.abs(points).max()), -127, 127).astype(np.int8)
    head = {
        "format": "ocrfix-glyphs-1",
        "source": "drawn in Noto Sans CJK, Noto Serif CJK, AR PL UMing, AR PL UKai, WenQuanYi Zen Hei",
        "licence": LICENCE,
        "date": args.date,
        "chars": chars,
        "size": SIZE,
    }
    line = json.dumps(head, ensure_ascii=False).encode() + b"\n"
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(line + packed.tobytes())


if __name__ == "__main__":
    main()
