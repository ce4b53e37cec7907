"""What a line of a newspaper page is by its own words: byline, dateline, caption, teaser, kicker, lede."""

from __future__ import annotations

import regex

from cleanup.text import paragraphs
from cleanup.text.patterns import regex_pattern
from cleanup.text.press import SOURCES

_LONGEST_TITLE = 44
"""Characters: headlines are not longer."""
_SHORTEST_NEWS = 8
"""Characters: headlines of reports are not shorter."""
_LEDE_REACH = 90
"""Characters of a report within which it tells its headline."""
_TOLD = 1 / 3
"""Share of a headline's pairs of characters that come again there, at the least."""
_NAME = r"[\p{Han}·]{2,4}|\p{Han}[ 　]\p{Han}"
_ROLE = r"(?:记者|通讯员|撰稿人?|撰文|作者|译者|整理|编译|评论员)"
_OFFICE = r"(?:主任|书记|[市省县区州]长|主席|总理|院长|检察长|代表|教授|[局厅部]长|院士|研究员)"
_BYLINE = regex_pattern(
    rf"""
    (?:[□■口][ 　]?)?[（(【]?(?:本报|本刊|本社|新华社|中新社|人民网|总台)?
      (?:全媒体|首席|特派|特约|见习|实习|驻\p{{Han}}{{2,6}})*
      {_ROLE}[ 　/／:：]*(?:{_NAME})(?:[ 　/／、，]+(?:{_ROLE}[ 　:：]*)?
      (?:{_NAME}|文|图|文[/／]图|报道|摄影报道|摄))*[）)】]?
  | (?:文|图|文[/／]图|撰文|供稿)[ 　]*[/／|｜:：][ 　]*[\p{{Han}}· 　]{{2,16}}
  | [^，。；：！？—]{{2,30}}{_OFFICE}[ 　]+(?:{_NAME})
    """,
    regex.X,
)
_TIME = r"(?:[ 　]*(?:星期|周|礼拜)[一二三四五六日天])?(?:[ 　T]*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
_DATE = (
    r"(?:(?:\d{4}年)?[ 　]?\d{1,2}[ 　]?月[ 　]?\d{1,2}[ 　]?日|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})"
    + _TIME
)
_DATELINE = regex_pattern(rf"[（(]?(?:{_DATE})[）)]?|[（(](?:{_DATE})[^（）()。；]{{0,40}}[）)]")
_AGENCY = regex_pattern(
    rf"""
    [（(【]?(?:据)?(?:{SOURCES}|中新网)
      (?:[^，。；：（(]{{0,18}}(?:讯|电|消息|报道)[）)】]?(?:[ 　]*[（(][^（）()]{{2,60}}[）)])?)
    """,
    regex.X,
)
_OPENS_AGENCY = frozenset("（(【据本新中人光央总")
_LEDE = regex_pattern(
    rf"(?:记者)?(?:日前|近日|昨日|昨天|今天|今日|连日来|截至|{_DATE}|(?:从)?(?:今|昨)天（)|"
    r"记者[^，。]{0,16}(?:获悉|了解到)|\d{1,2}日(?:上午|下午|晚|，)|"
    rf"[^。；]{{0,40}}(?:(?:今|昨)天|今日|昨日|日前|近日)[，（(]|[^。；]{{0,40}}[（(]{_DATE}[）)]"
)
_ARROWS = "▲▼△▽◀▶"
_PICTURE = rf"[{_ARROWS}][ 　]?|图[①-⑨一二三四五1-9]?[:：]|(?:上|下|左|右|本版)图(?:为|[:：])"
_TAKEN = (
    r"(?:[ 　（(/／][^ 　（()）]{0,16}(?:摄|供图|摄影报道|制图)[）)]?"
    r"|[。 　](?:本报|新华社)?记者[ 　]?\p{Han}{2,4}[ 　]?摄)"
)
_CAPTION = regex_pattern(rf"(?:图为|{_PICTURE})|.*{_TAKEN}$")
_BEGINS_CAPTION = regex_pattern(_PICTURE)
_CREDITED = regex_pattern(rf".*{_TAKEN}")
_TEASER_HEAD = regex_pattern(
    r"[【《\[]?(?:今日)?(?:导读|要闻导读|今日看点|今日要目|要目|版面导航|内容提要|今日关注|更多报道)[】》\]]?[:：]?"
    r"|(?:详见)?[A-D]?\d{1,2}(?:[、—～-]\d{1,2})?版(?:刊登|刊发|导读)\S{0,6}(?:[ 　]\S{1,16})?"
)
_LONGEST_HEAD = 12
"""Characters of a box's head that names no page."""
_TEASER = regex_pattern(
    r"[^。]{0,60}(?:[（(【>＞▶→]|[ 　]|^)(?:全文|详细报道|相关报道|报道|内容)?(?:详见|刊|见|刊登于|刊于)?"
    r"(?:今日|本报)?[A-D]?第?\d{1,2}(?:[、—～-]\d{1,2})?版(?:刊登|刊发|刊出)?[）)】]?"
)
_KICKER = regex_pattern(
    r".*(?:强调|指出|要求|主持召开|在\S*(?:会上|会议上|时|期间)|启示录|侧记|述评|[①-⑳]|系列报道\S{0,6})[:：]?$"
)
_DECK = regex_pattern(r"——|[^，。；]*(?:出席|主持|主持并\S{2,8}|作部署|讲话|致辞|陪同)$")
_NUMBERED = regex_pattern(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(〔][一二三四五六七八九十]{1,3}[）)〕]|第[零〇一二三四五六七八九十百\d]+[章节编]\s|[①-⑳])"
)


def is_title(words: str) -> bool:
    """Short, without the punctuation of running sentences: what a headline looks like."""
    return (
        2 <= len(words) <= _LONGEST_TITLE
        and not paragraphs.is_prose(words.replace("，", "", 1) if len(words) <= 30 else words)
        and not any(mark in words for mark in ",;")
        and words[-1] not in "，。；：、…,:;"
        and any(char.isalpha() for char in words)
        and not paragraphs.is_salutation(words)
        and not paragraphs.is_jump_line(words)
    )


def is_byline(words: str) -> bool:
    """本报记者 某某, 文/某某, or an office and a name alone on the line."""
    return len(words) <= 60 and bool(_BYLINE.fullmatch(words))


def is_dateline(words: str) -> bool:
    """A date or an agency's mark alone on its line."""
    return len(words) <= 60 and bool(_DATELINE.fullmatch(words) or _AGENCY.fullmatch(words))


def dateline_end(words: str) -> int:
    """Where the agency's mark (本报讯（记者 某某）) at the head of a paragraph ends; 0: there is none."""
    found = _AGENCY.match(words) if words[:1] in _OPENS_AGENCY else None
    return found.end() if found and found.end() < len(words) else 0


def is_lede(words: str) -> bool:
    """Whether a line begins as the first paragraph of a report does."""
    return bool(_AGENCY.match(words) or _LEDE.match(words))


def is_told(title: str, words: str) -> bool:
    """Whether a line says again, in its first sentences, what a title above it says.

    Crossheads of speeches and laws are repeated word for word, or not at all.
    """
    if len(title) < _SHORTEST_NEWS or is_numbered(title) or words.startswith(title):
        return False
    pairs = {title[at : at + 2] for at in range(len(title) - 1) if title[at : at + 2].isalnum()}
    told = sum(pair in words[:_LEDE_REACH] for pair in pairs)
    return bool(pairs) and told >= _TOLD * len(pairs)


def is_caption(words: str) -> bool:
    """The line below a picture: 图为 …, or ending in who took it."""
    some = "图" in words or "摄" in words or words[:1] in tuple(_ARROWS)
    return some and len(words) <= 120 and bool(_CAPTION.match(words))


def begins_caption(words: str) -> bool:
    """Whether a line begins as only a caption does: ▲…, 图①：…, 上图为…; 图为 may stand in a sentence."""
    return bool(_BEGINS_CAPTION.match(words)) or (words.startswith("图为") and is_credited(words))


def is_credited(words: str) -> bool:
    """Whether a line ends with who took the picture: its caption is over."""
    return words[-1:] in "摄图道）)" and bool(_CREDITED.fullmatch(words))


def stands_apart(words: str) -> bool:
    """Whether a line can be no part of a paragraph: the head or a line of a teaser box, a byline."""
    return (
        ("版" in words and (is_teaser(words) or is_teaser_head(words)))
        or (len(words) <= 10 and is_teaser_head(words))
        or (words[0] in "本新记□■口（(" and is_byline(words) and not words.endswith("本报"))
    )


def is_teaser_head(words: str) -> bool:
    """The head of a box that points to other pages: 导读, 4版刊登."""
    return ("版" in words or len(words) <= _LONGEST_HEAD) and bool(_TEASER_HEAD.fullmatch(words))


def is_teaser(words: str) -> bool:
    """A line that points to another page: … 详见3版."""
    return "版" in words and bool(_TEASER.fullmatch(words)) and not paragraphs.is_jump_line(words)


def is_kicker(words: str) -> bool:
    """A line that leads up to its headline: …会议上强调."""
    return bool(_KICKER.match(words))


def is_deck(words: str) -> bool:
    """A line that adds to the headline above: ——…, 某某出席."""
    return bool(_DECK.match(words))


def is_numbered(words: str) -> bool:
    """一、… and the like: the head of a section, not of an article."""
    return bool(_NUMBERED.match(words))
