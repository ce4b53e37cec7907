"""What the OCR engine itself says of its characters reaches the judgement, by the library's front door."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.api import repair
from cleanup.engine.carried import carried, placed
from cleanup.engine.repair import Settings, from_text
from cleanup.model.document import EngineReading, RowAt
from cleanup.model.fix import Span
from cleanup.model.hunks import Change, compose
from cleanup.model.journal import Record
from cleanup.model.replay import substitute
from cleanup.model.result import Result

TEXT = "会议强调，要扎实推进各项工作。\n今年粮食产堂再创新高。\n"
AT = TEXT.index("堂")
ONLY = Settings(only=("context",))


def _readings(text: str, other: str, confidence: float, share: float) -> tuple[EngineReading, ...]:
    at = text.index("堂")
    return (EngineReading(Span(at, at + 1), confidence, ((other, share),)),)


def _record(result: Result, read: str = "堂") -> Record:
    return next(r for r in result.journal.records if r.edits and r.edits[0].before == read)


def test_what_the_engine_doubted_is_believed_sooner() -> None:
    alone, doubted, sure = (
        _record(repair(TEXT, settings=ONLY, engine=told)).confidence
        for told in ((), _readings(TEXT, "量", 0.5, 0.45), _readings(TEXT, "量", 0.98, 0.001))
    )
    assert doubted > sure >= alone
    text = "会议强调，要扎实推进各项工作。\n村里的水渠修好了，产堂也上去了。\n"
    alone = repair(text, settings=ONLY).journal.records
    told = _record(repair(text, settings=ONLY, engine=_readings(text, "量", 0.5, 0.45)))
    assert not [one for one in alone if one.edits and one.edits[0].before == "堂"]  # too faint to be shown
    assert (told.status, told.edits[0].after) == ("withheld", "量")


def test_a_reading_that_nothing_else_proposes_is_shown() -> None:
    text = "会议强调，要扎实推进各项工作。\n今年粮食产上再创新高。\n"
    at = text.index("上")
    assert not [r for r in repair(text, settings=ONLY).journal.records if r.span.start == at]
    told = (EngineReading(Span(at, at + 1), 0.5, (("量", 0.45),)),)
    assert _record(repair(text, settings=ONLY, engine=told), "上").edits[0].after == "量"


def test_a_wrong_alternative_changes_nothing() -> None:
    text = "会议强调，要扎实推进各项工作。\n"
    told = [EngineReading(Span(at, at + 1), 0.4, (("木", 0.39), ("目", 0.2))) for at in range(len(text) - 1)]
    assert repair(text, settings=ONLY, engine=told).repaired == text


def test_places_follow_earlier_edits_and_scripts() -> None:
    text = "工程己经完成 ，曰前通过验收。\n" + TEXT
    assert "产量" in repair(text, engine=_readings(text, "量", 0.5, 0.45)).repaired
    old = "會議強調，要扎實推進各項工作。\n今年糧食產堂再創新高。\n"
    assert "產量" in repair(old, settings=ONLY, engine=_readings(old, "量", 0.5, 0.45)).repaired
    long = "会议强调，要扎实推进各项工作。\n\n" * 20_000 + "今年粮食产上再创新高。\n"
    at = long.rindex("上")
    assert not repair(long, settings=ONLY).journal.records
    told = (EngineReading(Span(at, at + 1), 0.2, (("量", 0.75),)),)
    assert _record(repair(long, settings=ONLY, engine=told), "上").edits[0].after == "量"


@settings(max_examples=200)
@given(st.text("一二三四", min_size=1, max_size=12), st.data())
def test_readings_stay_at_their_characters(text: str, data: st.DataObject) -> None:
    """What the engine says stands at the same character after any edits, or is gone with it."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    new = [data.draw(st.text("五六", max_size=3)) for _ in spans]
    hunks = compose([], [Change(span, len(word), 0) for span, word in zip(spans, new, strict=True)])
    after = substitute(
        text, [(s.start, text[s.start : s.end], word) for s, word in zip(spans, new, strict=True)]
    )
    told = tuple(EngineReading(Span(at, at + 1), at / 100) for at in range(len(text)))
    found = carried(from_text(after, "page.txt"), told, hunks).engine
    kept = [at for at in range(len(text)) if not any(s.start <= at < s.end for s in spans)]
    assert [round(reading.confidence * 100) for reading in found] == kept
    assert [after[reading.span.start] for reading in found] == [text[at] for at in kept]


@settings(max_examples=200)
@given(st.lists(st.text("一二三四", min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_rows_stay_at_their_characters(rows: list[str], data: st.DataObject) -> None:
    """A row holds what is left of its characters, with what was put among them; one that is gone is gone."""
    text, found = "\n".join(rows), []
    for row in rows:
        start = found[-1].end + 1 if found else 0
        found.append(RowAt(start, start + len(row), "body", 0.5))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    new = [data.draw(st.text("五六", max_size=3)) for _ in spans]
    made = [(s.start, text[s.start : s.end], word) for s, word in zip(spans, new, strict=True)]
    hunks = compose([], [Change(span, len(word), 0) for span, word in zip(spans, new, strict=True)])
    after = placed(from_text(substitute(text, made), "page.txt"), found, hunks)
    left = [
        "".join(text[at] for at in range(row.start, row.end) if not any(s.start <= at < s.end for s in spans))
        for row in found
    ]
    said = [after.text[row.start : row.end] for row in after.rows]
    assert all(said)
    assert [one.replace("五", "").replace("六", "") for one in said if set(one) - set("五六")] == [
        part for part in left if part
    ]
    assert [row.start for row in after.rows] == sorted(row.start for row in after.rows)
