"""The ledger of rules: what each made, how much of it was right, and whether it keeps what it promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleanup.data.precision import wilson
from cleanup.measure.evaluation import Page
from cleanup.measure.tables import markdown
from cleanup.plan import all_rules

PROMISED = {"safe": 0.99, "likely": 0.95}
"""Least share of right ones among the changes that were right or wrong."""
FEW = 10
"""Fewer judged changes than this say little."""


@dataclass
class Entry:
    """A rule's fixes of one applicability."""

    rule: str
    promise: str
    made: int = 0
    right: int = 0
    wrong: int = 0
    repaired: int = 0
    spoilt: int = 0
    suggested: int = 0
    suggested_right: int = 0
    suggested_wrong: int = 0

    @property
    def judged(self) -> int:
        return self.right + self.wrong

    @property
    def share(self) -> float | None:
        return self.right / self.judged if self.judged else None

    @property
    def is_below(self) -> bool:
        """Whether the bench shows less than was promised."""
        share = self.share
        return share is not None and self.wrong > 0 and share < PROMISED.get(self.promise, 0.0)


def entries(pages: Iterable[Page]) -> list[Entry]:
    """The ledger of all pages, by rule and applicability."""
    found: dict[tuple[str, str], Entry] = {}
    for page in pages:
        for made, verdicts in ((True, page.applied), (False, page.suggested)):
            for verdict in verdicts:
                key = verdict.record.rule, verdict.record.applicability
                mine = found.setdefault(key, Entry(*key))
                if made:
                    mine.made += 1
                    mine.right += verdict.sign > 0
                    mine.wrong += verdict.sign < 0
                    mine.repaired += max(0, verdict.nearer)
                    mine.spoilt += max(0, -verdict.nearer)
                else:
                    mine.suggested += 1
                    mine.suggested_right += verdict.sign > 0
                    mine.suggested_wrong += verdict.sign < 0
    return [found[key] for key in sorted(found)]


def page(found: Sequence[Entry], flags: dict[str, int], harm: dict[str, int], sets: Sequence[str]) -> str:
    """The ledger as Markdown, without its head."""
    rows = []
    for one in found:
        share, range_ = "–", ""
        if one.judged:
            _, _, low, high = wilson(one.right, one.judged)
            share, range_ = f"{100 * one.right / one.judged:.1f} %", f"{100 * low:.1f}–{100 * high:.1f} %"
        numbers = (
            one.made, one.right, one.wrong, one.made - one.judged, one.repaired, one.spoilt,
        )  # fmt: skip
        rows.append([one.rule, one.promise, *map(str, numbers), share, range_,
                     f"{one.suggested} ({one.suggested_right} / {one.suggested_wrong})" if one.suggested else "",
                     str(harm.get(one.rule, 0)) if one.made else ""])  # fmt: skip
    head = ["Rule", "Promise", "Made", "Right", "Wrong", "Neutral", "Signs repaired", "Signs spoilt", "Right share",
            "95 % interval", "Suggested (right / wrong)", "Edits in right text"]  # fmt: skip
    below = [one for one in found if one.is_below]
    listed = [
        f"- `{one.rule}` ({one.promise}, promised {PROMISED[one.promise]:.0%}): {one.right} right, {one.wrong} wrong "
        f"({100 * (one.share or 0):.1f} %)" + (" – few cases" if one.judged < FEW else "")
        for one in below
    ]
    silent = sorted({rule.NAME for rule in all_rules()} - {one.rule for one in found} - flags.keys())
    flagged = [f"- `{rule}`: {count}" for rule, count in sorted(flags.items())]
    other = sorted(harm.keys() - {one.rule for one in found})
    return (
        "\n".join(
            [
                f"Sets: {', '.join(sets)}. *Right*: the change brought the text nearer to the truth, where it stands; "
                "*wrong*: farther from it; *neutral*: neither (what stands there is wrong both ways, or white space that "
                "the truth does not know). A promise is kept where at least "
                f"{PROMISED['safe']:.0%} (safe) or {PROMISED['likely']:.0%} (likely) of the judged changes are right. "
                "*Edits in right text* are counted over all right texts of the benchmark (misprints of the sources included).",
                "",
                "对：改动使该处更近于真值；错：更远；无关：都一样。“safe”须有 99% 正确，“likely”须有 95% 正确。",
                "",
                "## 未达到承诺的 / Below their promise",
                "",
                *(listed or ["None."]),
                "",
                "## 全部规则 / All rules",
                "",
                markdown(head, rows),
                "## 待查 / Flags",
                "",
                "Flags ask a person to look; they are counted, not judged.",
                "",
                *(flagged or ["None."]),
                "",
                "## 这些数据上没有出现的 / Never seen on these sets",
                "",
                ", ".join(f"`{name}`" for name in silent) + ".",
                *(
                    ["", "Only in right text: " + ", ".join(f"`{r}` {harm[r]}" for r in other) + "."]
                    if other
                    else []
                ),
            ]
        )
        + "\n"
    )
