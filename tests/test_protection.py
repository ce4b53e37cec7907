"""What stays as it is: shipped words, the user's lists, what is switched off in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Told
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.api import repair
from cleanup.data import protected
from cleanup.data.files import DataError
from cleanup.engine import long
from cleanup.engine.repair import from_text
from cleanup.engine.settle import settle
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.model.journal import Policy
from cleanup.text import opaque

WRONG = "工程己经完成，曰前通过验收。\n"
RIGHT = "工程已经完成，日前通过验收。\n"
OFF, ON = "<!-- ocrfix: off -->\n", "<!-- ocrfix: on -->\n"


def test_shipped_words_are_not_taken_for_misread() -> None:
    text = "记者在三余镇采访。"
    at = text.index("余")
    document = from_text(text, "page.txt")

    def proposed(level: Applicability, start: int, end: int, person: str = "") -> Fix:
        edits = [(start, end, "鱼")]
        return fix("context.misread", text, edits, level, 0.99, Message("误", "wrong"), person=person)

    guess = proposed(Applicability.LIKELY, at, at + 1)
    whole = proposed(Applicability.LIKELY, at - 1, at + 2)
    safe = proposed(Applicability.SAFE, at, at + 1)
    name = proposed(Applicability.LIKELY, at, at + 1, "三鱼镇")
    for made, reasons in ((guess, ["protected"]), (whole, []), (safe, []), (name, [])):
        _, withheld = settle(document, [made], Policy(), lambda _: None)
        assert [held.reason for held in withheld] == reasons
    assert "三餘鎮" in protected.shipped(True)
    assert "protected.tsv" in repair(text).journal.data


def test_marks_switch_repair_off_and_on() -> None:
    result = repair(WRONG + OFF + WRONG + ON + WRONG)
    assert result.repaired == RIGHT + OFF + WRONG + ON + RIGHT
    assert repair(OFF + WRONG).repaired == OFF + WRONG, "without the second mark: to the end"
    inline = "工程己经完成，<!--ocrfix:off-->曰前<!--ocrfix:on-->通过验收。"
    assert "<!--ocrfix:off-->曰前<!--ocrfix:on-->" in repair(inline).repaired


@settings(max_examples=60)
@given(st.lists(st.sampled_from([WRONG, OFF, ON, "一 二\n三\n\n"]), max_size=9))
def test_what_is_switched_off_stays_byte_for_byte(parts: list[str]) -> None:
    text = "".join(parts)
    repaired = repair(text).repaired
    for span in opaque.switched_off(text):
        assert text[span.start : span.end] in repaired


def test_long_texts_are_not_cut_where_they_are_switched_off() -> None:
    line = "这是一句很普通的话，没有什么要改正的。\n\n"
    text = line * 5000 + OFF + line * 20_000 + ON + line * 9000
    off = opaque.switched_off(text)[0]
    ends = [span.end for span in long.cut(text)]
    assert ends[-1] == len(text)
    assert not any(off.start < end < off.end for end in ends)


def test_lists_of_words(tmp_path: Path) -> None:
    place = tmp_path / "words.tsv"
    place.write_text("# word\tnote\n曰前\tour paper prints it so\n\n三余镇\n", "utf-8")
    assert protected.read(place) == ("三余镇", "曰前")
    with pytest.raises(DataError, match="not there"):
        protected.read(tmp_path / "none.tsv")


def test_protect_on_the_command_line(told: Told, tmp_path: Path) -> None:
    page, words = tmp_path / "page.txt", tmp_path / "words.txt"
    page.write_text(WRONG, "utf-8")
    words.write_text("曰前\n", "utf-8")
    kept = "工程已经完成，曰前通过验收。\n"
    assert told("--stdout", str(page), "--protect", str(words)).stdout == kept
    (tmp_path / "ocrfix.toml").write_text('protect-from = ["words.txt"]\n', "utf-8")
    assert told("--stdout", str(page)).stdout == kept
    words.unlink()
    lost = told("--stdout", str(page))
    assert lost.returncode == 5
    assert "words.txt" in lost.stderr
