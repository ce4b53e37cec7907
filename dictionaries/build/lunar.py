"""Build calendar/lunar.tsv: on which day each month of the lunar calendar began, 1900 to 2100.

Needs the package borax (MIT), which has the tables in common use.
"""

from __future__ import annotations

from collections.abc import Iterator

from borax.calendars.lunardate import MAX_LUNAR_YEAR, MIN_LUNAR_YEAR, LCalendars, LunarDate
from corpus import parser, write_table


def months() -> Iterator[tuple[str, str, str]]:
    """First day, year and month of each month."""
    for year in range(MIN_LUNAR_YEAR, MAX_LUNAR_YEAR + 1):
        for month, _, leap in LCalendars.iter_year_month(year):
            first = LunarDate(year, month, 1, leap).to_solar_date()
            yield first.isoformat(), str(year), f"{'闰' if leap else ''}{month}"


def main() -> None:
    """Write the months."""
    args = parser(__doc__, corpus=False).parse_args()
    size = write_table(
        args.out,
        ("first_day", "year", "month"),
        months(),
        source="package borax 4.1.3 (MIT): first days computed from its table of years",
        licence="CC0-1.0 (facts)",
        used_by="suspicions.masthead",
        date=args.date,
    )
    print(f"{size} months")


if __name__ == "__main__":
    main()
