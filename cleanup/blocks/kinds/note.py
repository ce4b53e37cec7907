"""A note to a text or table: 注：…, 资料来源：…, 单位：万元, 本文原载于….

It begins anew; a short one ends on its line.

Told by: the word that it begins with, where the line above is over or a page ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern

NAME: BlockKind = "note"
CASES = (
    Case("产量增加了一倍。\n资料来源：某省统计局《统计提要》，1959年\n", (1,)),
    Case("〔幕启：老周坐在门前编筐。〕\n小妹　爹！他们来了！\n", (0,)),
    Case("单位：万元\n东河乡去年收入一千万元，今年又有增加。\n", (0,)),
    Case("他读完了信。\n* 本文原载于某某杂志一九五七年第三期。\n", (1,)),
    Case("他在书上加了批\n注：这里写错了，\n", (), "in a sentence"),
)
_STAGE = regex_pattern(r"〔[^〕]{4,80}〕")
"""A direction of a play, alone on its line."""
_BEGINS = regex_pattern(
    r"(?:附?注(?:释|解|意)?|原注|编者[注按]|编辑部?按|[作译记]者注|校注|说明|备注|按语?|附记|附言"
    r"|(?:资料|数据|材料|图片|文字|信息)?(?:来源|出处)|单位)[一二三四五六\d]{0,2}[：:]"
    r"|[*＊※†‡][ 　]?(?=[\p{Han}《“])"
    r"|[（(](?:注|编者[注按]|原载|选自|摘自|下略|上略|未完|待续|转载)[^（）()]{0,60}[）)。]*$"
    r"|本[文篇稿][^，。]{0,6}(?:原载|曾载|选自|摘自|刊于|原刊|发表于|录自|系|据)"
)


@lru_cache(maxsize=KEPT)
def _begins(words: str) -> bool:
    return bool(_BEGINS.match(words))


def find(page: Page) -> Iterator[Claim]:
    for at, row in enumerate(page.rows):
        if row.plain and row.words[0] == "〔" and _STAGE.fullmatch(row.words):
            yield Claim(at, at, 0.93)
        elif row.plain and _begins(row.words) and page.is_fresh(at):
            yield Claim(at, at, 0.94, closes=row.size < 0.85 * row.width or not row.open, joins="inside")
