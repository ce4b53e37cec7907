"""[图片], [无法识别], [illegible] and the like: what a model could not read, or did not.

Why: a vision-language model writes such a mark for a picture, a seal, a smudge; what stood there is missing.
Leaves alone: brackets with words of their own ([图片来源：某某], 〔图〕), links and footnotes.
Safety: a flag: nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import re_pattern

NAME = "suspicions.placeholder"
SUMMARY = Message("指出模型没有读出的地方", "Point out what a model left unread")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
SIGNS = "[【"
CASES = (
    Case("会场设在礼堂。\n\n[图片]\n\n会后合影。", None, flags=True),
    Case("共收到来信[无法识别]封。", None, flags=True),
    Case("Signed by [illegible].", None, flags=True),
    Case("[图片来源：县档案馆]", None),
    Case("见[图片](a.png)。", None, "a link"),
)
_MARK = re_pattern(
    r"[\[【](?:(?:此处|这里|以下|下方)?(?:为|是|有)?(?:一?[张幅个])?(?:图片|图像|照片|插图|印章|公章|签名|手写签名|二维码|表格|图表)"
    r"|(?:此处|文字|内容|字迹|部分|原文)*(?:无法识别|无法辨认|难以辨认|不可辨认|看不清|不清|模糊|模糊不清|缺失|被遮挡|遮挡|破损)"
    r"|(?i:image|picture|photo|figure|illegible|unreadable|unclear|blank page|signature|stamp|seal|table))"
    r"[\]】](?![(\[:：])"
)
_WHY = Message("模型在此没有读出内容，请对照原图", "A model left this unread: look at the scan")


def find(document: Document, tools: object) -> Iterable[Fix]:
    for match in _MARK.finditer(document.text):
        if not document.is_opaque(*match.span()):
            yield flag(NAME, Span(*match.span()), 0.8, _WHY)
