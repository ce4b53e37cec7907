"""Build characters/common.tsv: how common each Han character is, per million Han characters.

A character is kept from one occurrence in ten million on. Traditional text is counted on its own, and its
rate is taken only for the characters that it adds (at least ten times commoner there).
"""

from __future__ import annotations

from characters import count_characters
from corpus import SOURCE, parser, write_table

LEAST = 0.1


def main() -> None:
    """Read the corpus and write the table."""
    args = parser(__doc__).parse_args()
    found = count_characters(args.corpus)
    rates = {char: rate for char, rate in found.simplified.items() if rate >= LEAST}
    rates |= {char: rate for char, rate in found.traditional.items() if rate >= LEAST}
    rows = [(char, f"{rate:.2f}") for char, rate in rates.items()]
    size = write_table(
        args.out,
        ("char", "per_million"),
        rows,
        source=SOURCE,
        used_by="judging whether decoded bytes look like Chinese; the set of characters of shapes.tsv",
        date=args.date,
    )
    print(f"{size} characters, {len(found.traditional)} of them from traditional text")


if __name__ == "__main__":
    main()
