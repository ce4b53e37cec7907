"""The end of a paragraph once more behind it, in bold or as a line of its own: taken away.

Why: a vision-language model that has no more to read writes its last sentence again, often in bold.
Leaves alone: refrains and other short lines, quotations from further up, a line that says more; suggests
     whole sentences set out in bold amid a text, as magazines do.
Safety: LIKELY; in 15 million characters of verse, novels, plays and speeches it never stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.paragraphs import ends_sentence, is_prose

NAME = "repeats.tail"
SUMMARY = Message(
    "段末的话又单独写了一遍，删去", "Take away the end of a paragraph written once more behind it"
)
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
_A = "村里的变化很大。在这样的变化面前，老人、年轻人、孩子都有自己的心事"
CASES = (
    Case(f"{_A}\n\n**在这样的变化面前，老人、年轻人、孩子都有自己的心事**\n", f"{_A}\n", "in bold"),
    Case(f"{_A}。\n\n**在这样的变化面前，老人、年轻人、孩子都有自己的心事。**\n\n# 简讯", None, "set out"),
    Case(
        f"{_A}\n\n**在这样的变化面前，老人、年轻人、孩子都有自己的心事**\n\n# 简讯", f"{_A}\n\n# 简讯", "cut"
    ),
    Case(f"{_A}**老人、年轻人、孩子都有自己的心事**\n", f"{_A}\n", "in bold, on the same line"),
    Case(f"{_A}\n在这样的变化面前，老人、年轻人、孩子都有自己的心事\n", f"{_A}\n", "plain"),
    Case("我们唱：让我们荡起双桨\n\n让我们荡起双桨\n\n小船儿推开波浪", None, "a refrain"),
    Case("会上宣布了**关于表彰先进集体和先进个人的决定**。", None, "in bold, said once"),
)
_MARKED, _PLAIN = 12, 15
"""Characters of a line that is set off by marks, and of one that is not."""
_MARKS = "*_"
_WHY = Message("这句话就是上文的末尾，又写了一遍", "The text above ends in these very words")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for start, end in _again(document):
        bold = text[end - 1] in _MARKS
        whole = bold and ends_sentence(text[start:end].rstrip(_MARKS)) and text[end:].strip() != ""
        level, sure = (Applicability.SUGGEST, 0.5) if whole else (SAFETY, 0.93)
        yield fix(NAME, text, [(start, end, "")], level, sure, _WHY)


def _again(document: Document) -> Iterator[tuple[int, int]]:
    text = document.text
    before, above = 0, ""
    for line in document.lines:
        if line.kind == "blank":
            continue
        shown = text[line.content.start : line.content.end]
        if line.kind not in ("body", "heading", "quote"):
            before, above = line.span.end, ""
            continue
        bare = shown.strip(_MARKS)
        marked = line.kind != "body" or bare != shown
        inside = line.content.start + shown.find(bare)
        if document.is_opaque(inside, inside + len(bare)):  # formulas and comments may well stand twice
            before, above = line.span.end, shown.rstrip(_MARKS)
            continue
        long = len(bare) >= (_MARKED if marked else _PLAIN) and (marked or is_prose(bare))
        if above and long and above[-1] == bare[-1] and len(above) > len(bare) and above.endswith(bare):
            yield before, line.span.end
        elif line.kind == "body" and shown.endswith("**") and (at := shown.find("**")) + 2 < len(shown) - 2:
            inner = shown[at + 2 : -2]
            if len(inner) >= _MARKED and shown[:at].endswith(inner):
                yield line.content.start + at, line.content.end
        before, above = line.span.end, shown.rstrip(_MARKS)
