"""How paragraphs of Chinese prose begin, end and go on: predicates on single lines."""

from __future__ import annotations

import regex

from cleanup.text.jumps import DAMAGED, PATTERN
from cleanup.text.patterns import regex_pattern
from cleanup.text.press import SOURCES
from cleanup.text.scripts import CLOSING, ENDS_SENTENCE, HAN

_OPENS = regex_pattern(
    rf"[（(]?(?:{SOURCES}|据新华社)"
    r"""[^，。]{0,18}(?:讯|电|消息|报道)
  | (?:本报|新华社)记者[ 　]
  | 第[零〇一二三四五六七八九十百千\d]{1,6}[章节条编款]
  | [一二三四五六七八九十]{1,3}、
  | 其[一二三四五六七八九十][，是]
  | [（(〔][一二三四五六七八九十]{1,3}[）)〕]
  | [（(〔]?\d{1,2}[）)〕]
  | \d{1,2}[.．、](?!\d)
  | [①-⑳⑴-⒇㈠-㈩]
  | (?:各位|尊敬的)[^，。；：]{{1,12}}[：:]
  | ——
  | [-*+•●○■□▲△◆◇★☆▶►][ 　]?
  | (?:图为|编者按|链接|导读|责任编辑|责编|作者|摄影)[：:为 ]
    """,
    regex.X,
)
_SALUTATION = regex_pattern(
    r"[^，。；]{0,24}(?:们|位[^，。；]{0,8}|同志|先生|女士|阁下|领导)[：:]"
    r"|(?:[省市县区局镇乡]直?)?(?:各|有关)[^。；！？：:]{0,100}(?:部门|单位|机构|政府|委员会|部委|办事处|[局厅]|院校|学校|企业|公司|医院|银行|团体)[：:]"
)
_SIGNATURE = regex_pattern(
    r"(?:\d{4}|[〇零一二三四五六七八九O○]{4})\s?年.{1,4}月.{1,4}日$|[（(][^（）()]{2,40}[）)]$|^\S{2,24}(?:委员会|办公室|办公厅|人民政府|局|厅|部)$"
)
_WORD = regex_pattern(rf"[{HAN}\p{{Latin}}\d%％]")
_JUMP = regex_pattern(
    r"^\P{Han}{0,3}[下上][转接轉]\P{Han}{0,6}第?[\d\]\[lI|一二三四五六七八九十]{1,3}\s?版\P{Han}{0,3}$"
)

_LONGEST_JUMP = 60
"""Characters: none of the patterns of jump lines reaches so far."""


def opens(words: str) -> bool:
    """Whether a line begins as only a new paragraph does: agency line, enumeration, dash, salutation."""
    return bool(_OPENS.match(words)) or is_salutation(words)


def is_salutation(words: str) -> bool:
    """各位代表：, 各乡镇人民政府，县政府有关部门：and the like, alone on a line."""
    return bool(_SALUTATION.fullmatch(words))


def is_signature(words: str) -> bool:
    """A line that signs or dates a text, or stands alone in brackets."""
    return len(words) <= 42 and bool(_SIGNATURE.search(words)) and not is_prose(words)


def is_jump_line(words: str) -> bool:
    """下转6版 or 上接1版 alone on its line, in whatever brackets and however damaged."""
    if not ("转" in words or "接" in words or "轉" in words) or len(words.strip(" 　")) > _LONGEST_JUMP:
        return False
    return bool(_JUMP.match(words) or PATTERN.fullmatch(words) or DAMAGED.fullmatch(words))


def ends_sentence(words: str) -> bool:
    """Whether a line ends where a sentence can: final punctuation, perhaps closed by quotes or brackets."""
    bare = words.rstrip(CLOSING + ")\"' ")
    if not bare:
        return bool(words)
    return bare[-1] in ENDS_SENTENCE or (words[-1] in CLOSING + ")" and bare[-1] not in "，、")


def is_prose(words: str) -> bool:
    """Whether a line has the punctuation of running sentences."""
    return "，" in words or "。" in words or "；" in words


def ends_open(words: str) -> bool:
    """Whether a line ends where a sentence cannot: after a comma, or in the middle of words."""
    last = words[-1:]
    return bool(last) and (last in "，、,“‘（《〈「『—" or bool(_WORD.match(last)))
