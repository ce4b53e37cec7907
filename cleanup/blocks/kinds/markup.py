"""What the format itself says is no text: formulas, code, front matter, tokens of a model, pictures, rules.

Told by: the kind of the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind

NAME: BlockKind = "code"
CASES = (
    Case("运行\n\n```\nprint(1)\n```\n", (1, 2, 3), "", "markdown"),
    Case("运行 print(1) 即可\n", ()),
)
_KINDS: dict[str, BlockKind] = {"code": "code", "figure": "image", "rule": "page-mark"}


def find(page: Page) -> Iterator[Claim]:
    for at, row in enumerate(page.rows):
        if kind := _KINDS.get(row.line.kind):
            yield Claim(at, at, 0.99, kind=kind)
