"""Build characters/split.tsv: characters that fall into two others where an engine cuts them: 林 = 木木.

A character is listed where chaizi takes it apart into two characters and cjkvi-ids says that these stand side
by side (only that structure is read from there), each of them a character of its own or the form that a part
takes beside another (氵 is left out: no engine gives it as a character).
"""

from __future__ import annotations

from pathlib import Path

from corpus import is_han, parser, read_table, write_table


def main() -> None:
    """Read, compare, write."""
    command = parser(__doc__, corpus=False)
    command.add_argument("--chaizi", type=Path, required=True, help="chaizi-jt.txt (CC BY 3.0)")
    command.add_argument("--ids", type=Path, required=True, help="cjkvi_ids.txt (structure only)")
    command.add_argument("--common", type=Path, required=True, help="characters/common.tsv")
    args = command.parse_args()
    common = {row[0] for row in read_table(args.common) if float(row[1]) >= 1}
    side = set()
    for line in args.ids.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 3 and any(cell.startswith("⿰") for cell in cells[2:]):
            side.add(cells[1])
    found: dict[str, set[str]] = {}
    for line in args.chaizi.read_text("utf-8").splitlines():
        char, *ways = line.split("\t")
        parts = {way.replace(" ", "") for way in ways if len(way.split(" ")) == 2}
        good = {part for part in parts if len(part) == 2 and all(c in common and is_han(c) for c in part)}
        if good and char in side and char in common:
            found.setdefault(char, set()).update(good)
    size = write_table(
        args.out,
        ("char", "parts"),
        [(char, " ".join(sorted(parts))) for char, parts in found.items()],
        source="kfcd/chaizi (CC BY 3.0); which parts stand side by side: read off cjkvi-ids",
        licence="CC BY 3.0 (attribution: kfcd/chaizi)",
        used_by="names with a character read as its two halves",
        date=args.date,
    )
    print(size, "characters")


if __name__ == "__main__":
    main()
