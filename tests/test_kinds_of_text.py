"""Small texts of every kind, as others write them, each with what a reader would have: cases/kinds.jsonl.

A line is one case: what it is about, the name of its file, the text, what it `becomes` (left out: it stays),
and whether something is flagged. All were invented for the purpose.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleanup import repair

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "kinds.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[f"{at}-{case['about']}" for at, case in enumerate(CASES)])
def test_text_of_every_kind(case: dict[str, str]) -> None:
    result = repair(case["text"], name=case["name"])
    assert result.repaired == case.get("becomes", case["text"])
    assert "flag" not in case or result.journal.flags
