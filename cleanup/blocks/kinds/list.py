"""Short lines that belong to a list although nothing marks them: units, names, advertisements of one sort.

Told by: two and more lines in a row, much shorter than the column, that end open and have no mark inside;
three and more lines with the same last characters or the same first ones. Runs vote together: one short line
proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, Row, runs
from cleanup.model.block import BlockKind
from cleanup.text.scripts import is_han

NAME: BlockKind = "list"
CASES = (
    Case(
        "县水务局近日对全县十二座水库进行了检查，查出隐患\n二十三处，已经整改十九处，其余将在月底以前完成。\n东河乡政府\n县水务局\n县第一中学\n",
        (2, 3, 4),
    ),
    Case(
        "张建国遗失身份证一张，声明作废\n李秀英遗失驾驶证一本，声明作废\n王志强遗失营业执照，声明作废\n",
        (0, 1, 2),
    ),
    Case(
        "县水务局近日对全县十二座水库进行了检查，查出隐患\n二十三处，已经整改十九处，其余将在月底以前\n完成。\n",
        (),
    ),
)
_ORGANS = "校学院范局厅部处科股所站社厂矿场店行会馆府乡镇村县区市州省队团组室司"
"""What names of offices, schools and places end with: lines of verse seldom do."""
_ALIKE = 3
"""Lines in a row with the same ends, at the least."""
_STANZA, _LONG, _FEW = 8, 110.0, 6
"""So many lines in a row without a mark are a list: prose does not go so far; nor over so many characters in
fewer."""


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    bare = [
        row.plain and not row.marked and row.open and row.words[-1] not in "，、"
        for at, row in enumerate(rows)
    ]
    short = [fit and row.short for fit, row in zip(bare, rows, strict=True)]
    for first, last in runs(short, 2):
        if first == 0 or page.is_fresh(first):
            organs = sum(row.words[-1] in _ORGANS for row in rows[first : last + 1])
            yield Claim(first, last, 0.95 if organs >= max(3, 0.6 * (last + 1 - first)) else 0.85)
    for first, last in runs(bare, _FEW):
        if last + 1 - first >= _STANZA or sum(row.size for row in rows[first : last + 1]) >= _LONG:
            yield Claim(first, last, 0.85)
    for first, last in _alike(rows, [row.plain and row.open for at, row in enumerate(rows)]):
        yield Claim(first, last, 0.85)


def _alike(rows: Sequence[Row], fit: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Lines in a row with the same two last characters."""
    at = 0
    while at < len(rows):
        end, tail = at + 1, rows[at].words[-2:]
        while fit[at] and end < len(rows) and fit[end] and rows[end].words[-2:] == tail:
            end += 1
        if fit[at] and end - at >= _ALIKE and all(map(is_han, tail)) and len(tail) == 2:
            yield at, end - 1
        at = max(end, at + 1)
