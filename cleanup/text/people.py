"""Contexts that speak for a personal name: what stands before it and after it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanup.text.near import Codes, among
from cleanup.text.patterns import regex_pattern
from cleanup.text.press import CREDITED
from cleanup.text.scripts import is_han

_BEFORE = regex_pattern(
    rf"(?:{CREDITED}|文|图|同志|代表|委员|先生|女士|校友|教授|院士|"
    r"名叫|叫做|名为|以及|会见了?|看望了?|慰问了?|采访了?|专访|任命|免去|选举|推选|由|请|据|与|和|对|向|给|找到|见到|来自|"
    r"的有|还有|包括|[（(、：:，。；！？“/／|\s]|[0-9０-９]|^)[ 　]{0,2}$"
)
_AFTER = regex_pattern(
    r"[ 　]{0,2}(?:同志|先生|女士|总书记|主席|总理|书记|省长|市长|县长|区长|部长|局长|主任|委员长|"
    r"院长|校长|教授|院士|记者|等|"
    r"主持|出席|参加|强调|指出|表示|说|认为|介绍|要求|希望|致辞|讲话|作了?[^，。]{0,4}(?:报告|讲话|部署|说明)|"
    r"率|陪同|会见|宣布|宣读|通报|传达|汇报|到会|率队|前往|在|代表|当选|担任|任|带队|告诉|坦言|透露|摄|"
    r"分别|今天|昨天|昨日|近日|一行|为|是|的|与|和|向|对|来到|深入|走访|调研|检查|看望|慰问|接受|提出|发言|签署|"
    r"[，。、；：！？）)”/／|\s]|$)"
)


def speaks_before(text: str, start: int) -> bool:
    """Whether what stands before `start` introduces a name (offices aside): 记者, 、, a line start."""
    return bool(_BEFORE.search(text[max(0, start - 8) : start]))


def speaks_after(text: str, end: int) -> bool:
    """Whether what stands at `end` follows names: a verb of speech, an honorific, punctuation."""
    return bool(_AFTER.match(text[end : end + 12]))


_INTRODUCES = regex_pattern(
    rf"(?:{CREDITED}|同志|先生|女士|校友|教授|院士|名叫|叫做|名为|"
    r"会见了?|看望了?|慰问了?|会议由|[（(](?:文|图))[：: 　]{0,2}$"
    r"|(?:[人员]|[局市县区镇乡村校院所站队组会社厅处科部省州]长|主任|主席|书记|经理|主编|总编|监制|策划|统筹|审核|审稿|值班)"
    r"[：:][ 　]{0,2}$"
)
_ACTS = regex_pattern(
    r"[ 　]{0,2}(?:同志|先生|女士|主持|出席|参加|强调|指出|表示|说|认为|介绍|致辞|讲话|"
    r"作了?[^，。]{0,4}(?:报告|讲话|部署|说明)|率队|陪同|会见|宣布|宣读|通报|传达|汇报|带队|告诉|坦言|透露|摄|分别|一行|来到|深入|走访|调研|看望|慰问|提出|发言|签署)"
)
_BLANKS = " \t\u3000\n\r\f\v\u00a0"
_APART = "（(、：:，。；！？“/／|" + _BLANKS
_LISTS = ("、", " ", "\u3000")
_ITEM = regex_pattern(r"[^、，。；：！？（）\s]+")
_ITEM_BEFORE = regex_pattern(r"(?<![^、，。；：！？（）\s有])[^、，。；：！？（）\s]{2,4}$")
_SIGNED = regex_pattern(r"(?:[ 　]*\d{4}年\d{1,2}月\d{1,2}日)?[ 　]*(?=\n|$)")
_MOST = 12
"""Items of a list that are looked at on either side."""


def introduces(text: str, start: int) -> bool:
    """Whether words that stand before names alone stand before `start`: 记者, 会议由."""
    return bool(_INTRODUCES.search(text[max(0, start - 8) : start]))


def acts(text: str, end: int) -> bool:
    """Whether what stands at `end` is what people do: 说, 主持, 来到."""
    return bool(_ACTS.match(text[end : end + 12]))


def stands_apart(text: str, start: int) -> bool:
    """Whether a mark, a space or nothing stands before `start`."""
    return start == 0 or text[start - 1] in _APART


def fills_line(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands in the line, but for a date behind the name."""
    return text[max(0, start - 1) : start] in ("", "\n") and bool(_SIGNED.match(text, end))


def beside_in_list(text: str, start: int, end: int) -> list[str]:
    """What stands beside [start, end) in a list parted by 、 or by spaces, as far as it may be names."""
    found: list[str] = []
    at = end
    while text[at : at + 1] in _LISTS and len(found) < _MOST and (item := _ITEM.match(text, at + 1)):
        found.append(item[0][:3])
        at = item.end() if len(item[0]) <= 4 else len(text)
    at = start
    while text[max(0, at - 1) : at] in _LISTS and len(found) < 2 * _MOST:
        item = _ITEM_BEFORE.search(text, max(0, at - 6), at - 1)
        found.append(item[0][:3] if item else text[max(0, at - 4) : at - 1])
        at = item.start() if item else 0
    return found


_LAST_BEFORE = (
    "者员生影摄辑编对文图志表士友授叫做为及见了望问访命去举选由请据与和向给到自有括（(、：:，。；！？“/／|"
    + _BLANKS
)
_FIRST_AFTER = (
    "同先女总主书省市县区部局委院校教记等出参强指表说认介要希致讲作率陪会宣通传汇到前在代当担任带告坦透摄分今昨近一为是的"
    "与和向对来深走调检看慰接提发签，。、；：！？）)”/／|" + _BLANKS
)


def may_follow_introduction(codes: Codes) -> NDArray[np.bool_]:
    """For each place whether `speaks_before` can hold there, by the character before it."""
    behind = among(codes, _LAST_BEFORE + "0123456789０１２３４５６７８９")
    return np.concatenate(([True], behind[:-1])) if len(codes) else behind


def may_begin_sequel(codes: Codes) -> NDArray[np.bool_]:
    """For each place, the end too, whether `speaks_after` can hold there, by the character at it."""
    return np.concatenate((among(codes, _FIRST_AFTER), [True]))


SMALL_WORDS = frozenset(
    "与和把他她我你它向对被将从为以及等也都就让在是有的了不由给但而或则并这那该其又之还曾再"
)
_LINKS, _MAY_END = frozenset("与和或及而"), frozenset("他她我你它等在是有的了不这那之")
"""Small words that never stand before what people do, and those that may stand before a mark."""


def goes_on(text: str, at: int) -> bool:
    """Whether the character at `at` may be a small word between a name and the next words: 李明也表示."""
    char, end = text[at], at + 1
    if char not in SMALL_WORDS:
        return False
    if not is_han(text[end : end + 1] or " "):
        return char in _MAY_END
    return char not in _LINKS or not acts(text, end)


def has_more(text: str, start: int, end: int, name: str) -> bool:
    """Whether a whole name stands at [start, end) with a character too many: 胡衡衡华, not 胡衡衡 misread."""
    wider = text[start : end + (not acts(text, end))], text[max(0, start - 1) : end]
    return any(shown[:at] + shown[at + 1 :] == name for shown in wider for at in range(len(shown)))
