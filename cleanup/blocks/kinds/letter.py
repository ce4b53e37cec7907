"""The parts of a letter: whom it addresses, 此致 敬礼, and the wishes above the name.

Told by: the words themselves, alone on their line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import paragraphs
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "letter"
CASES = (
    Case("张老师：\n来信收到。\n此致\n敬礼！\n", (0, 2, 3)),
    Case("亲爱的母亲：\n我在学校很好。\n祝您身体健康！\n", (0, 2)),
    Case("县政府钧鉴：\n窃民等世居东河，耕田为业。\n", (0,)),
    Case("他写道：\n来信收到。\n", (), "told"),
)
_WISH = regex_pattern(
    r"(?:此致[，,]?|谨致|敬礼[！!。]?|此致[ 　]*敬礼[！!。]?"
    r"|致以?[^，。]{0,12}(?:敬礼|敬意|问候)[！!。]?"
    r"|[即敬顺謹谨並并]?[祝颂頌问問請请][^，。]{0,8}[安好祺绥康健乐礼利步福成颂頌祉][！!。]?"
    r"|[祝愿][^，。；]{1,16}[！!])"
)
_GREETING = regex_pattern(
    r"(?:亲爱的|敬爱的|尊敬的|最?敬爱的)[^，。；！？：]{1,16}[：:，]"
    r"|[^，。；！？：“”]{1,16}[钧鈞台臺大惠公赐賜勋勳雅青][鉴鑒][：:]?"
    r"|[^，。；！？：“”]{1,10}(?:同志|先生|女士|老师|同学|兄|弟|姐|妹|父亲|母亲|大人|阁下|校友|朋友|师傅|读者|乡亲|教授|医生|大夫"
    r"|部长|主席|总理|编辑|诸君|们)[：:]"
)


@lru_cache(maxsize=KEPT)
def _read(words: str) -> str:
    if len(words) > 24:
        return ""
    if _WISH.fullmatch(words):
        return "wish"
    return "greeting" if words[-1] in "：:，鉴鑒" and _GREETING.fullmatch(words) else ""


def _opens(page: Page, at: int) -> bool:
    """Whether a letter may begin here: at the top, below a heading, or where something new begins."""
    rows = page.rows
    return at == 0 or rows[at - 1].line.kind == "heading" or rows[at].blank or page.is_fresh(at)


def _greets(page: Page, at: int, kind: str) -> bool:
    """Whether a line addresses somebody: in a set form anywhere, in another where a letter may begin."""
    row = page.rows[at]
    if page.is_plain(at) and row.size < 0.9 * row.width and paragraphs.is_salutation(row.words):
        return True
    return kind == "greeting" and _opens(page, at) and row.size < 0.8 * max(row.width, 12)


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    for at, row in enumerate(rows):
        kind = _read(row.words) if row.plain else ""
        if kind == "wish" and page.is_fresh(at) and row.size < 0.8 * max(row.width, 10):
            yield Claim(at, at, 0.9)
        elif _greets(page, at, kind):
            yield Claim(at, at, 0.93)
