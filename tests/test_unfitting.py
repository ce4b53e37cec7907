"""What may have stood where characters do not fit: the truth is among it, and calm texts get nothing."""

from __future__ import annotations

import numpy as np

from cleanup import repair
from cleanup.rules import models
from cleanup.score import corrector, unfitting

RIGHT = (
    "会议强调，要认真学习贯彻重要讲话精神，扎实推进各项工作，加强组织领导，确保完成全年目标任务。"
    "县里的三座石拱桥都修好了，其中两座已经通车，另一座还在铺设桥面，村里的老人都很高兴。"
)
SWAPS = {"贯": "费", "织": "积", "座": "痤", "铺": "辅", "另": "穷", "石": "右"}
DAMAGED = "".join(SWAPS.get(char, char) for char in RIGHT)


def _suggested(text: str) -> dict[int, list[str]]:
    result = repair(text)
    return {
        one.output.start: [one.edits[0].after, *one.alternatives]
        for one in result.journal.records
        if one.rule == "context.misread" and one.status == "withheld" and one.output and one.edits[0].before
    }


def test_the_truth_is_made_or_among_what_is_suggested() -> None:
    result = repair(DAMAGED)
    found = _suggested(DAMAGED)
    wrong = [at for at, char in enumerate(RIGHT) if result.repaired[at] != char]
    assert len(result.repaired) == len(RIGHT)
    assert sum(RIGHT[at] in found.get(at, ()) for at in wrong) >= len(wrong) - 3
    assert all(len(chars) <= corrector.MOST for chars in found.values())


def test_a_calm_text_gets_none() -> None:
    read = models.choice(())
    read.read(RIGHT)
    assert read.doubts() == ()


def test_all_is_weighed_place_by_place() -> None:
    """Candidates come by place, none is what was read, and each has all the numbers that trees ask for."""
    reader = models.reader(0)
    for _, thought, table in reader.think_widely(DAMAGED, "", corrector.SEARCHED):
        assert table.shape == (len(thought), len(unfitting.NAMES))
        assert (np.diff(thought.at) >= 0).all()
        assert all(DAMAGED[at] != char for at, char in zip(thought.at, thought.char, strict=True))
        assert np.bincount(thought.at).max() <= unfitting.KEPT


def test_doubts_are_of_han_characters_and_differ() -> None:
    read = models.choice(())
    read.read(DAMAGED * 3)
    found = read.doubts()
    assert found
    for doubt in found:
        assert len({*doubt.chars, (DAMAGED * 3)[doubt.at]}) == len(doubt.chars) + 1
        assert 0 <= doubt.best <= 1
