"""The ledger of rules: what each made, how much of it was right, and whether it keeps what it promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench import words
from cleanup.data.precision import wilson
from cleanup.measure.evaluation import Page
from cleanup.measure.tables import markdown
from cleanup.model.fix import Lang
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


def page(
    found: Sequence[Entry], flags: dict[str, int], harm: dict[str, int], sets: Sequence[str], lang: Lang
) -> str:
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
        judged = f"{one.suggested} ({one.suggested_right} / {one.suggested_wrong})" if one.suggested else ""
        harmed = str(harm.get(one.rule, 0)) if one.made else ""
        rows.append([one.rule, one.promise, *map(str, numbers), share, range_, judged, harmed])
    below = words.BELOW_LINE.text(lang)
    listed = [
        below.format(one=one, promised=PROMISED[one.promise], share=one.share or 0)
        + (words.FEW_CASES.text(lang) if one.judged < FEW else "")
        for one in found
        if one.is_below
    ]
    silent = sorted({rule.NAME for rule in all_rules()} - {one.rule for one in found} - flags.keys())
    flagged = [f"- `{rule}`: {count}" for rule, count in sorted(flags.items())]
    others = ", ".join(f"`{rule}` {harm[rule]}" for rule in sorted(harm.keys() - {one.rule for one in found}))
    none = words.NONE.text(lang)
    parts = (
        (words.BELOW, "\n".join(listed) or none),
        (words.ALL, markdown(words.LEDGER_HEAD.text(lang).split("|"), rows).strip()),
        (words.FLAGS, words.FLAGGED.text(lang) + "\n\n" + ("\n".join(flagged) or none)),
        (words.SILENT, ", ".join(f"`{name}`" for name in silent) or none),
        *([(words.ONLY_HARM, others)] if others else []),
    )
    counted = words.COUNTED.text(lang).format(sets=", ".join(sets), **PROMISED)
    return counted + "".join(f"\n\n## {head.text(lang)}\n\n{text}" for head, text in parts) + "\n"
