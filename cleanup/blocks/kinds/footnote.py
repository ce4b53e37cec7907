"""A footnote: its mark and its words, at the foot of a page or the end of a text: [^1]: …, [1] …, ① ….

Told by: the mark at the head of a line; in plain text by a second one or a page's end near it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "footnote"
CASES = (
    Case("该村始建于明代[^1]。\n\n[^1]: 《县志》卷三，第12页。\n", (1,), "", "markdown"),
    Case("桥修于明代。\n[1] 《县志》卷三，第12页。\n[2] 碑文，今存。\n", (1, 2)),
    Case("〔1〕见《县志》卷三。\n〔2〕见碑文。\n", (0, 1)),
    Case("求f(x)在\n[-2,2]上的最值。\n", ()),
)
_MARK = regex_pattern(
    r"\[\^[^\]\s]{1,20}\]:|[\[［〔【]注?\d{1,3}[\]］〕】](?![,，\d])|注\d{1,2}[：:. 　]|\^\d{1,3}[ 　\p{Han}]"
)


@lru_cache(maxsize=KEPT)
def _is_marked(words: str) -> bool:
    return words[:1] in tuple("[［〔【注^") and bool(_MARK.match(words))


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    marked = [at for at, row in enumerate(rows) if row.line.kind != "code" and _is_marked(page.shown(at))]
    for at in marked:
        sure = page.shown(at).startswith("[^") or len(marked) > 1
        if sure or page.is_fresh(at):
            yield Claim(at, at, 0.95 if sure else 0.8, closes=False, joins="inside")
