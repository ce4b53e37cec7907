"""Build places/long.tsv: names of divisions, provinces to counties, of six characters and more.

Shorter ones, and townships, are of no use in repair: four of five stand one character apart from another
division's name, and of the long names of townships the language model knows too little.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from corpus import is_han, parser, write_table

SHORTEST = 6
LEVELS = ("province", "city", "county")


def divisions(items: list[dict[str, object]], level: int = 0) -> Iterator[tuple[str, str]]:
    """Name and level of every division."""
    for item in items:
        yield str(item["name"]), LEVELS[level]
        below = item.get("children")
        if isinstance(below, list) and level + 1 < len(LEVELS):
            yield from divisions(below, level + 1)


def main() -> None:
    """Read and write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--divisions", type=Path, required=True, help="modood_pcas-code.json (WTFPL)")
    args = command.parse_args()
    found: dict[str, str] = {}
    for name, level in divisions(json.loads(args.divisions.read_text("utf-8"))):
        if len(name) >= SHORTEST and all(map(is_han, name)):
            found.setdefault(name, level)
    size = write_table(
        args.out,
        ("name", "level"),
        found.items(),
        source="modood/Administrative-divisions-of-China (WTFPL)",
        licence="WTFPL",
        used_by="place names with characters transposed, lost, doubled",
        date=args.date,
    )
    print(size, "names")


if __name__ == "__main__":
    main()
