"""A jump line in damaged brackets or digits: (下转6版) -> （下转6版）.

Why: 下转/上接 lines link the parts of an article; engines give them half-width, pointed or single brackets.
Leaves alone: 下转 and 上接 inside a sentence; lines without a page number.
Safety: SAFE where both brackets stand; LIKELY where one is missing or wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case
from cleanup.text import jumps
from cleanup.text.scripts import is_han

NAME = "layout.jump-line"
SUMMARY = Message("规范“下转/上接某版”的括号", "Normalise the brackets of jump lines")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("……取得成效。\n\n(下转6版)\n", "……取得成效。\n\n（下转6版）\n"),
    Case("〈上接第1版)\n本报讯", "（上接第1版）\n本报讯"),
    Case("下转4版", "（下转4版）"),
    Case("取得成效。\nCF转5版)\n", "取得成效。\n（下转5版）\n"),
    Case("取得成效。\n(下转5版1\n", "取得成效。\n（下转5版）\n"),
    Case("取得成效。\n（上接9）\n", "取得成效。\n（上接9版）\n"),
    Case("取得成效。\n(下转O6敌)\n", "取得成效。\n（下转06版）\n"),
    Case("(紧接第l版)\n取得成效。\n", "（紧接第1版）\n取得成效。\n"),
    Case("取得成效。\n（转版）\n", flags=True),
    Case("取得成效。\n[上接.!版，\n", flags=True),
    Case("（下转6版）", None),
    Case("稿件下转6版刊登，敬请留意。", None, "inside a sentence"),
)
_WHY = Message(
    "跳转行的括号不完整或宽度不对", "The brackets of the jump line are of the wrong kind or missing"
)

_LOST = Message("跳转行的去向或版次已看不清", "Where this jump line points cannot be read")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for mark in jumps.find(text):
        shown = text[mark.start : mark.end]
        inner = shown.strip("（(〈<《【[「{）)〉>》】]」}").strip(" 　")
        if not mark.whole:
            yield flag(NAME, Span(mark.start, mark.end), 0.8, _LOST, (shown,))
            continue
        inner = jumps.as_printed(inner)
        if not inner.startswith(("下", "上", "紧", "緊")):
            inner = f"{'下转' if mark.direction == 'to' else '上接'}{mark.page}版"
        head, word, note = inner.rpartition("版")
        if word and not any(map(is_han, note)):
            inner = head + word  # what stands behind is dirt
        right = f"（{inner if '版' in inner else inner + '版'}）"
        if shown == right:
            continue
        paired = shown[0] in "（(" and shown[-1] in "）)"
        level = Applicability.SAFE if paired else Applicability.LIKELY
        yield fix(NAME, text, [(mark.start, mark.end, right)], level, 0.99 if paired else 0.93, _WHY)
