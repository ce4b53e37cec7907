"""Results made by hand and by chance, for the tests of what is rendered from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

from cleanup.model.described import Structure
from cleanup.model.document import Envelope
from cleanup.model.fix import Edit, Message, Span
from cleanup.model.hunks import Change, Hunk, LeftOf, compose
from cleanup.model.journal import SCHEMA, Journal, Kind, PassInfo, Policy, Reason, Record, Status, TextFile
from cleanup.model.result import Result

WHY = Message("理由写在这里", "The reason stands here")
HOSTILE = (
    "<script>alert(1)</script> </script><!-- --> ]]> <img src=x onerror=alert(1)> &amp; &lt; \"'`\n"
    "\x00\x07\x1b[31m\x7f\x85\u2028\u2029\u202e\u200b\ufeff\ud800\ue5e5\ufffe ${x} {{ x }} {% x %}\t　end\r\n"
    "\f第二页</div></body>\n"
)


@dataclass
class Maker:
    """A result built by hand: edits on the text as it is now, then what was left undone."""

    source: str
    text: str = ""
    records: list[Record] = field(default_factory=list)
    hunks: list[Hunk] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        self.text = self.source

    def apply(self, rule: str, *changes: tuple[int, int, str]) -> Maker:
        """One step of one fix."""
        return self.step([(rule, list(changes))])

    def step(self, fixes: list[tuple[str, list[tuple[int, int, str]]]]) -> Maker:
        done: list[tuple[int, int, str, int]] = []
        for rule, changes in fixes:
            edits = tuple(Edit(Span(a, b), self.text[a:b], new) for a, b, new in sorted(changes))
            done += [(a, b, new, len(self.records)) for a, b, new in changes]
            self._record(rule, "fix", "applied", edits, Span(edits[0].span.start, edits[-1].span.end))
        done.sort()
        self.hunks = compose(self.hunks, [Change(Span(a, b), len(new), i) for a, b, new, i in done])
        for a, b, new, _ in reversed(done):
            self.text = self.text[:a] + new + self.text[b:]
        self.steps += 1
        return self

    def hold(self, rule: str, *changes: tuple[int, int, str], reason: Reason = "policy") -> Maker:
        edits = tuple(Edit(Span(a, b), self.text[a:b], new) for a, b, new in sorted(changes))
        hull = Span(edits[0].span.start, edits[-1].span.end)
        return self._record(rule, "fix", "withheld", edits, hull, reason)

    def flag(self, rule: str, start: int, end: int) -> Maker:
        return self._record(rule, "flag", "flagged", (), Span(start, end))

    def _record(
        self,
        rule: str,
        kind: Kind,
        status: Status,
        edits: tuple[Edit, ...],
        span: Span,
        reason: Reason | None = None,
    ) -> Maker:
        place = LeftOf(self.hunks)(span)
        applied = status == "applied"
        self.records.append(
            Record(
                f"{len(self.records):012x}",
                kind,
                rule.partition(".")[0],
                rule,
                status,
                reason,
                "likely",
                0.91,
                WHY,
                ("“依据” <b>",),
                ("别的读法",),
                edits,
                self.steps if applied else None,
                place,
                len(re.findall("[\n\f]", self.source[: place.start])) + 1,
                self.source[: place.start].count("\f") + 1,
                None if applied else span,
            )
        )
        return self

    def result(self, name: str = "样张.txt") -> Result:
        def file(text: str) -> TextFile:
            return TextFile(name, "0" * 64, len(text), Envelope())

        lines, pages = self.source.count("\n") + 1, self.source.count("\f") + 1
        journal = Journal(
            SCHEMA,
            "ocrfix 0",
            file(self.source),
            file(self.text),
            (PassInfo("spaces", ("spaces.han",)),),
            Policy(),
            {},
            Structure("text", pages, lines),
            tuple(self.records),
        )
        return Result(self.source, self.text, journal)


def sample() -> Result:
    """Every kind of record, overlapping every way."""
    text = "二OO八年 一月\n人民政\n府工作报告\n重复一行\n重复一行\n尾　巴\t。\n"
    maker = Maker(text).apply("numerals.latin-zero", (1, 2, "〇"), (2, 3, "〇"))
    maker.step([("layout.join", [(12, 13, "")]), ("spaces.han", [(5, 6, "")])])
    start = maker.text.index("重复一行\n")
    maker.apply("repeats.paragraph", (start, start + 5, ""))
    maker.apply("characters.new", (0, 0, "【\n"))
    maker.hold("names.roster", (2, 4, "贰"), (4, 4, "插"))
    maker.hold("layout.join", (maker.text.index("重"), len(maker.text), "短"), reason="overlap")
    maker.flag("suspicions.tail", 3, len(maker.text))
    maker.flag("suspicions.here", 5, 5).flag("suspicions.end", len(maker.text), len(maker.text))
    return maker.result()


SHORT = st.text(alphabet="天地 \n\t<&", max_size=3)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Random steps of random edits, with anything withheld or flagged over them."""
    maker = Maker(draw(st.text(alphabet="甲乙 \n\f<&\x00\u200b", max_size=24)))
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, len(maker.text)), max_size=6)))
        changes = [(a, b, draw(SHORT)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        if len(cuts) % 2:
            changes.append((cuts[-1], cuts[-1], draw(SHORT)))
        if changes:
            split = draw(st.integers(0, len(changes)))
            groups = [group for group in (changes[:split], changes[split:]) if group]
            maker.step([(f"rule.{n}", group) for n, group in enumerate(groups)])
    place = st.integers(0, len(maker.text))
    for _ in range(draw(st.integers(0, 4))):
        a, b = sorted((draw(place), draw(place)))
        if draw(st.booleans()):
            maker.hold("held.one", (a, b, draw(SHORT)))
        else:
            maker.flag("suspicions.one", a, b)
    return maker.result()
