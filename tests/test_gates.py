"""Gates: right text stays right, and no figure of the benchmark gets worse than chance explains."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import WITHOUT

from bench import gates, ledger, sets
from bench.ledger import Entry
from bench.sets import Change

REFERENCES = gates.read()
ALLOWED: dict[str, dict[str, int]] = REFERENCES["edits in right text"]


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_right_text_stays_right(name: str) -> None:
    texts = dict(gates.right_lines())
    if name not in texts:
        pytest.skip(WITHOUT)
    said = gates.harm(name, sets.changes(name, texts[name]), ALLOWED[name])
    assert not said, "\n".join(said)


def test_our_own_right_texts_allow_no_edit() -> None:
    own = [name for name in ALLOWED if name.startswith("samples/")]
    assert len(own) == 3
    assert not any(ALLOWED[name] for name in own)


@pytest.mark.parametrize("name", sorted(REFERENCES["sets"]))
def test_no_figure_gets_worse(shared: Path, name: str) -> None:
    (found,) = [one for one in gates.samples(shared / "bench") if one.name == name]
    said = gates.worse(name, REFERENCES["sets"][name], gates.sums_of(found))
    assert not said, "\n".join(said)


@pytest.mark.parametrize("name", sorted(gates.ARCHIVES))
def test_an_archive_spoils_none_of_its_documents(shared: Path, name: str) -> None:
    (found,) = [one for one in sets.sets(shared / "bench") if one.name == name]
    said = gates.archive_harm(found, gates.ARCHIVES[name])
    assert not said, "\n".join(said)


def test_a_loss_is_seen_and_chance_is_not() -> None:
    name, before = next(iter(REFERENCES["sets"].items()))
    assert not gates.worse(name, before, before)
    lost = {doc: {**sums, "edits.clean": sums["edits.clean"] + 10} for doc, sums in before.items()}
    (said,) = gates.worse(name, before, lost)
    assert "cer.clean" in said
    # One page alone may be bad luck.
    first = next(iter(before))
    one = {**before, first: {**before[first], "edits.clean": before[first]["edits.clean"] + 10}}
    assert not gates.worse(name, before, one)
    better = {doc: {**sums, "edits.clean": 0} for doc, sums in before.items()}
    assert not gates.worse(name, before, better)


def test_harm_names_each_edit() -> None:
    found = [Change("characters.quotes", 3, '"', "“"), Change("layout.join", 9, "\n", "")]
    said = gates.harm("text", found, {"layout.join": 1})
    assert said == [
        "text: characters.quotes makes 1 edits, 0 allowed",
        "  text, line 3: characters.quotes: '\"' -> '“'",
    ]


def test_a_rule_below_its_promise_is_listed() -> None:
    poor = Entry("phrases.misread", "likely", made=20, right=17, wrong=3)
    good = Entry("characters.quotes", "safe", made=20, right=20)
    assert poor.is_below
    assert not good.is_below
    page = ledger.page([good, poor], {}, {}, ["set (1)"], "en")
    listed = page.split("Below their promise")[1].split("All rules")[0]
    assert "phrases.misread" in listed
    assert "characters.quotes" not in listed
