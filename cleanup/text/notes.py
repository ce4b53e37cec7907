"""Notes at the foot of a page, captions and sources: no part of the sentence above.

①见…, [1] …, *本文原载…, 注：…, [^3]: …, 资料来源：…, 图3 ….
"""

from __future__ import annotations

import regex

from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

_LONGEST = 400
_DEFINITION = regex_pattern(r"\[\^[^\]\s]{1,40}\]:")
"""As Markdown defines a footnote."""
_MARKED = regex_pattern(
    rf"""
    ([①-⑳❶-❿⓪] | [\[［〔【](?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}|[注註]\d{{0,3}})[\]］〕】]
      | [*＊※†‡]{{1,3}}(?!\*) | [⁰¹²³⁴-⁹]{{1,3}} | [注註]\d{{1,3}})
    [ 　]*(?=[{HAN}\p{{Latin}}“‘《（(〈「『])
    """,
    regex.X,
)
_NAMED = regex_pattern(
    r"""
    (?:原|译|譯|作者|编者|編者|校|脚|本文)?[注註](?:释|釋)?[：:]
  | (?:资料|資料|数据|數據|材料|图片|圖片)?[来來]源[：:]
  | (?:说明|說明|附注|附註|备注|備註)[：:]
  | [（(]?(?:本文|此文|该文|本篇|此篇|本书|原文|译文)[^。，；]{0,30}?
      (?:原载|原載|选自|選自|录自|錄自|摘自|发表|發表|刊|载于|載於|编入|收入|写于|寫於|作于|作於)
  | [（(]?(?:原载|原載|选自|選自|摘自|录自|錄自|引自|载|載)[^，。；]{0,24}[《〈]
    """,
    regex.X,
)
_CITED = regex_pattern(r"[见見参參]|《|引自|同上|同前|[Ii]bid|[Ss]ee |pp?\.")
"""What notes say that items of a list seldom do, among their first characters."""
_EARLY = 12
_RULE = regex_pattern(r"[—─━_-]{4,}|[*＊]")
_CAPTION = regex_pattern(
    r"[图圖表][ 　]?(?:\d{1,3}(?:[-—.．–]\d{1,3})?|[一二三四五六七八九十]{1,3})"
    r"(?:[：:．. 　]|(?=[“《]))"
)
_OPENS = frozenset(
    "[［〔【*＊※†‡注註原译譯作编編校脚本资資数數材图圖来來说說附备備（(此该选選录錄摘引载載⁰¹²³"
)


def is_definition(words: str) -> bool:
    """Whether a line defines a footnote as Markdown does."""
    return words.startswith("[^") and bool(_DEFINITION.match(words))


def is_note(words: str) -> bool:
    """Whether a line begins as only a note of a page does, or a source line."""
    if not 4 <= len(words) <= _LONGEST or not (words[0] in _OPENS or "⁰" <= words[0] <= "❿"):
        return False
    return bool(_DEFINITION.match(words) or _MARKED.match(words) or _NAMED.match(words))


def is_citation(words: str) -> bool:
    """Whether a note says of itself that it is one: it cites, or names itself a note or a source."""
    found = _MARKED.match(words)
    start = found.end() if found else 0
    if _NAMED.match(words, start) or is_definition(words):
        return True
    return found is not None and bool(_CITED.search(words, start, start + _EARLY))


def mark(words: str) -> str:
    """The mark before a note; what stands in no text where there is none."""
    found = _MARKED.match(words)
    return found[1] if found else "\0"


def is_caption(words: str) -> bool:
    """Whether a line is the caption of a figure or a table: 图3 …, 表1-2 …."""
    short = len(words) <= 60 and words[:1] in ("图", "圖", "表")
    return short and bool(_CAPTION.match(words)) and words[-1] not in "，、"


def is_rule(words: str) -> bool:
    """The short rule, or the lone star, that parts notes from the text."""
    return len(words) <= 40 and bool(_RULE.fullmatch(words))
