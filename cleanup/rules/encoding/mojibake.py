"""Text whose bytes were read in the wrong encoding: æˆ‘ä»¬ or 鎴戜滑 -> 我们, ÖÐ¹ú -> 中国.

Why: exports and copies between systems mistake UTF-8 for Latin-1 or GBK, and GBK for Latin-1.
Leaves alone: Chinese, French and German that read well; runs whose bytes do not prove the repair.
Safety: SAFE, since the bytes make the round trip exactly and only one side reads as Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text import mojibake
from cleanup.text.plausible import plausibility
from cleanup.text.scripts import is_han

NAME = "encoding.mojibake"
SUMMARY = Message("修复编码读错造成的乱码", "Repair text whose bytes were read in the wrong encoding")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ("characters/common.tsv",)
CASES = (
    Case("æˆ‘ä»¬æ˜¯ä¸\xadå›½äºº", "我们是中国人", "UTF-8 read as Latin-1"),
    Case("标题：ÖÐ¹úÈËÃñ", "标题：中国人民", "GBK read as Latin-1"),
    Case("2022å¹´3æœˆï¼Œæˆ‘ä»¬", "2022年3月，我们", "ASCII in between"),
    Case("鎴戜滑閮芥槸", "我们都是", "UTF-8 read as GBK"),
    Case("绠€鐩翠笉", "简直不", "the byte 80 read as €"),
    Case("»OÆW¬Ù¤ô§Q§½ªñ¤é¬£\xadû", "臺灣省水利局近日派員", "Big5 read as Latin-1"),
    Case("CafÃ© MÃ¼ller, itâ€™s 25Â°C", "Café Müller, it’s 25°C", "Western text"),
    Case("São Paulo, Ångström, ÂGE, «CHÂTEAU»", None, "Portuguese, Swedish, French"),
    Case("Élève à l’été, déjà vu, Größe, naïveté", None, "French and German"),
    Case("àáâãäå èéêë", None, "vowels in a row"),
    Case("攀登珠穆朗玛峰，涓涓细流汇成江海", None, "Chinese that reads well"),
)
SIGNS = mojibake.SIGNS
_READS_WELL = 0.75
_RISE = 0.5


def find(document: Document, tools: Models) -> Iterable[Fix]:
    for found in mojibake.readings(document.text):
        before = document.text[found.start : found.end]
        was = plausibility(before, tools.common)
        now = plausibility(found.text, tools.common)
        han = sum(map(is_han, found.text))
        if han == 0 or len(found.text) < 2 or now < _READS_WELL or now - was < _RISE:
            continue
        evidence = (f"plausibility {was:.2f} -> {now:.2f}",)
        changes = [(found.start, found.end, found.text)]
        yield fix(NAME, document.text, changes, SAFETY, 0.995 if han > 2 else 0.97, _why(found), evidence)
    for found in mojibake.western(document.text):
        changes = [(found.start, found.end, found.text)]
        yield fix(NAME, document.text, changes, SAFETY, 0.96, _why(found))


def _why(found: mojibake.Reading) -> Message:
    return Message(
        f"{found.right} 文字被当作 {found.wrong} 读入；按字节还原",
        f"{found.right} text that was read as {found.wrong}; its bytes give it back",
    )
