"""Build names/titles.bin: which names of people an encyclopedia has an article of.

Titles of the Chinese Wikipedia of two or three characters that begin with a surname: people above all, places
and works besides. Read from the dictionary for input methods that Debian packs (rime-pinyin-zhwiki:
zhwiki.dict.yaml, simplified by its makers). Only a digest of each title is kept: four bytes, sorted, behind
one line of JSON.
"""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import numpy as np
from corpus import is_han, parser

from cleanup.data import names


def read_titles(file: Path) -> set[str]:
    """The titles that may be names."""
    with file.open(encoding="utf-8") as lines:
        titles = {line.split("\t", 1)[0].strip() for line in lines}
    return {
        title
        for title in titles
        if len(title) in (2, 3) and all(map(is_han, title)) and names.is_surname(title[0])
    }


def main() -> None:
    """Read and write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--titles", type=Path, required=True, help="zhwiki.dict.yaml")
    args = command.parse_args()
    digests = np.unique(np.array([crc32(title.encode()) for title in read_titles(args.titles)], dtype="<u4"))
    head = {
        "format": "ocrfix-titles-1",
        "source": "titles of articles of the Chinese Wikipedia (Wikipedia contributors), by "
        "rime-pinyin-zhwiki 0.3.1.20261018 of Debian; digests only",
        "licence": "CC0-1.0 (digests only; no text of the source)",
        "date": args.date,
        "titles": len(digests),
    }
    args.out.write_bytes((json.dumps(head, ensure_ascii=False) + "\n").encode() + digests.tobytes())
    print(len(digests), "titles")


if __name__ == "__main__":
    main()
