"""Blocks: every kind finds its cases and leaves its look-alikes; what they forbid is not joined."""

from __future__ import annotations

from functools import cache

import pytest

from cleanup import blocks, formats
from cleanup.blocks.contract import Case, Kind
from cleanup.model.document import Document
from cleanup.rules.contract import Tools

CASES = [(kind, case) for kind in blocks.all_kinds() for case in kind.CASES]


@cache
def _reader() -> blocks.Reader:
    tools = Tools()
    flow = tools.evidence("县里修了桥").flow
    assert flow is not None
    return blocks.Reader(tools.pairs.link, flow)


def _document(case: Case) -> Document:
    return formats.parse(case.text, case.format, "page.md" if case.format == "markdown" else "page.txt")


@pytest.mark.parametrize(("kind", "case"), CASES, ids=lambda it: getattr(it, "NAME", None) or it.text[:16])
def test_cases(kind: Kind, case: Case) -> None:
    """Alone, a kind claims the rows of its case, and none of a look-alike."""
    page = blocks.Page(_document(case), (), _reader())
    claimed = sorted({at for claim in kind.find(page) for at in range(claim.first, claim.last + 1)})
    assert tuple(claimed) == case.rows


@pytest.mark.parametrize("kind", blocks.all_kinds(), ids=lambda kind: kind.NAME)
def test_every_kind_has_a_look_alike(kind: Kind) -> None:
    assert any(case.rows for case in kind.CASES)
    assert any(not case.rows for case in kind.CASES)
