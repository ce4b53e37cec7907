"""Where the lines of a page's text stand on its pictures."""

from __future__ import annotations

from cleanup.model.box import Box
from cleanup.model.placed import around
from cleanup.model.result import Result


def of_lines(result: Result) -> dict[int, tuple[int, Box]]:
    """Line of the source, from 1 → index of the picture, and the place on it; of the lines that are known.

    Of an engine's file with places all are; of other text those that records speak of.
    """
    scans, found = result.journal.scans, dict[int, tuple[int, Box]]()
    if not scans:
        return found
    layouts = result.journal.boxes.layouts if result.journal.boxes else ()
    first = 1
    for number, page in enumerate(result.original.split("\f")):
        lines = page.split("\n")
        printed = [first + at for at, line in enumerate(lines) if line.strip()]
        rows = layouts[number].rows if number < min(len(layouts), len(scans)) else ()
        if len(rows) == len(printed):
            unit = scans[number].unit
            found |= {
                line: (number, row.box.scaled(unit, unit)) for line, row in zip(printed, rows, strict=True)
            }
        first += len(lines)
    known = set(found)
    for record in result.journal.records:
        if record.scan is not None and record.box and record.line not in known:
            scan, box = found.get(record.line, (record.scan, record.box))
            if scan == record.scan:
                found[record.line] = scan, around([box, record.box])
    return found
