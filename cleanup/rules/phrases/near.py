"""A set phrase with two characters transposed, one lost or one doubled: 中华优秀传文统化 -> 中华优秀传统文化.

Why: engines that read in columns or merge two readings transpose, drop and double characters; a set phrase
     of official writing, the full name of an organ or a long place name says what was meant.
Leaves alone: what right text may say: no run of four characters around the place may be known to the
     language model, and the change must make the text much likelier; numbers; either end of a phrase.
Safety: LIKELY.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.score.scan import scan
from cleanup.text import simplify
from cleanup.text.scripts import is_traditional

NAME = "phrases.near"
SUMMARY = Message(
    "改正固定短语中颠倒、漏读、重复的字", "Repair set phrases with transposed, lost, doubled characters"
)
SAFETY = Applicability.LIKELY
NEEDS = ("phrases/set.tsv", "organizations/abbreviations.tsv", "places/long.tsv", "models/runs.bin")
CASES = (
    Case("弘扬中华优秀传文统化，坚定文化自信。", "弘扬中华优秀传统文化，坚定文化自信。"),
    Case("弘扬中华优秀传文化，坚定文化自信。", "弘扬中华优秀传统文化，坚定文化自信。"),
    Case("弘扬中华优秀秀传统文化，坚定文化自信。", "弘扬中华优秀传统文化，坚定文化自信。"),
    Case("國家弘揚中華優秀傳文統化，會議說明。", "國家弘揚中華優秀傳統文化，會議說明。"),
    Case("國家弘揚中華優秀傳文化，會議說明。", "國家弘揚中華優秀傳統文化，會議說明。"),
    Case("我国民经济发展，人民法院决定。", None, "我国国民经济 would be a guess"),
    Case("弘扬中华优秀传统文化，坚定文化自信。", None),
    Case("他在石柱土家自治县工作，生活很好。", "他在石柱土家族自治县工作，生活很好。"),
    Case("中华优秀文化传统源远流长。", None, "other words"),
)
RUN = 4
"""Characters that must not stand so in any text that the language model was counted from."""
LEAST_GAIN, REACH = 13.0, 8
"""Nats, from both sides, by which the change must make so many characters around likelier; of 15 changes that
this left in 105 million characters of printed text all but two were misprints."""


def find(document: Document, tools: Models) -> Iterable[Fix]:
    traditional = is_traditional(document.text)
    text = simplify.simplified(document.text) if traditional else document.text
    for at, end, form in occurrences(text, tools.damaged_forms):
        how = tools.damaged[form]
        if document.is_opaque(at, end) or _is_known(form, how.phrase, tools):
            continue
        start = at + how.start
        shown = document.text[start : at + how.end]
        after = _set_in(text, start, shown, how.after) if traditional else how.after
        if after is None:
            continue
        if _gain(text, start, at + how.end, how.after, tools) < LEAST_GAIN:
            continue
        why = Message(f"“{form}”当作“{how.phrase}”", f"{form} for {how.phrase}")
        yield fix(NAME, document.text, [(start, at + how.end, after)], SAFETY, 0.95, why, (how.phrase,))


def _set_in(simple: str, start: int, here: str, after: str) -> str | None:
    """`after` in traditional script: characters changed about stay those that are printed."""
    if len(after) == len(here) == 2:
        return here[::-1]
    before, behind = simple[max(0, start - 8) : start], simple[start + len(here) : start + len(here) + 8]
    return simplify.in_traditional(before, after, behind) if after else ""


def _gain(text: str, start: int, end: int, after: str, tools: Models) -> float:
    """By how many nats, from both sides, the change makes the text around likelier."""
    before, behind = text[max(0, start - REACH) : start], text[end : end + REACH]
    seen = [scan(before + middle + behind, tools.model) for middle in (after, text[start:end])]
    changed, shown = (float(found.forward.sum() + found.backward.sum()) for found in seen)
    return changed - shown


def _is_known(form: str, phrase: str, tools: Models) -> bool:
    """Whether a run that the form has and the phrase has not stands in right text too."""
    known = tools.model.levels(tools.model.alphabet.ids(form))[RUN - 2]
    runs = [at for at in range(len(known)) if form[at : at + RUN] not in phrase]
    return not runs or bool(known[runs].any())
