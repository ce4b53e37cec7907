"""Notes at the foot of a page: ① 见…, [1] …, *本文原载…, 注：…, [^3]: …; they are no part of the sentence above."""

from __future__ import annotations

import regex

from cleanup.text.scripts import HAN

_LONGEST = 400
_DEFINITION = regex.compile(r"\[\^[^\]\s]{1,40}\]:")
"""As Markdown defines a footnote."""
_MARK = (
    r"[①-⑳❶-❿⓪]|[\[［〔【](?:\d{1,3}|[一二三四五六七八九十]{1,3}|[注註]\d{0,3})[\]］〕】]"
    r"|[*＊※†‡]{1,3}(?!\*)|[⁰¹²³⁴-⁹]{1,3}|[注註]\d{1,3}"
)
_MARKED = regex.compile(rf"(?:{_MARK})[ 　]*(?=[{HAN}\p{{Latin}}“‘《（(〈「『])")
_NAMED = regex.compile(
    r"(?:原|译|譯|作者|编者|編者|校|脚|本文)?[注註](?:释|釋)?[：:]"
    r"|(?:资料|資料|数据|數據|材料|图片|圖片)?[来來]源[：:]|[资資]料[来來]源"
    r"|(?:说明|說明|附注|附註|备注|備註)[：:]"
    r"|[（(]?(?:本文|此文|该文|本篇|此篇|本书|这是|原文|译文|選自|选自|原载|原載|摘自|引自)"
    r"[^。，；]{0,30}?(?:原载|原載|选自|選自|录自|錄自|摘自|发表|發表|刊|载|載|编入|收入|写于|寫於|作于|讲话|講話|《)"
)
_RULE = regex.compile(r"[—─━_-]{4,}|[*＊]")
"""The short rule, or the star, over notes."""
_CAPTION = regex.compile(
    r"(?:[图圖表][ 　]?(?:\d{1,3}(?:[-—.．–]\d{1,3})?|[一二三四五六七八九十]{1,3})(?:[：:．. 　]|(?=[“《])))"
)


def is_definition(words: str) -> bool:
    """Whether a line defines a footnote as Markdown does."""
    return words.startswith("[^") and bool(_DEFINITION.match(words))


def is_note(words: str) -> bool:
    """Whether a line begins as only a note of a page does, or a source line."""
    if len(words) > _LONGEST or len(words) < 4:
        return False
    return is_definition(words) or bool(_MARKED.match(words) or _NAMED.match(words))


def is_caption(words: str) -> bool:
    """Whether a line is the caption of a figure or a table: 图3 …, 表1-2 …."""
    return (
        len(words) <= 60 and words[:1] in "图圖表" and bool(_CAPTION.match(words)) and words[-1] not in "，、"
    )


def is_rule(words: str) -> bool:
    """The short rule, or the lone star, that parts notes from the text."""
    return len(words) <= 40 and bool(_RULE.fullmatch(words))
