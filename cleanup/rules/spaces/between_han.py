"""Spaces between Chinese characters are taken out: 中 共 重 庆 市 委 -> 中共重庆市委.

Why: engines part characters that were printed wide; tesseract parts every one of some lines, text layers
some characters of every line.
Leaves alone: headlines in phrases, 记者 杨帆, lists of names, two characters set wide (王 炯), tables,
indents, verse.
Safety: SAFE in a line that is spaced out throughout; LIKELY for a single space in prose, where the two
characters around it belong together, and for many in a line, where on the whole they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import fsum

from cleanup.data.names import surnames
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN, ZH_PUNCTUATION, is_han, is_simplified
from cleanup.text.simplify import simplified

NAME = "spaces.between-han"
SUMMARY = Message("去掉汉字之间多余的空格", "Take out spaces between Chinese characters")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ("models/pairs.bin", "names/surnames.tsv")
SIGNS = " "
CASES = (
    Case("中 共 重 庆 市 委 召 开 会 议", "中共重庆市委召开会议"),
    Case(
        "“ 一 口 井 ” 引 来 八 方 客 ， 一 天 接 待 1,500 多 人 。", "“一口井”引来八方客，一天接待1,500多人。"
    ),
    Case(
        "效果，今年在全社会消费需求缓慢增长的情况 下，农村消费需求仍慢于城镇。",
        "效果，今年在全社会消费需求缓慢增长的情况下，农村消费需求仍慢于城镇。",
    ),
    Case(
        "公司 在 报告期 内实现营业 收入一亿元，较上年 同期 增长百分之 五，主要 原因是 门店数 量增加。",
        "公司在报告期内实现营业收入一亿元，较上年同期增长百分之五，主要原因是门店数量增加。",
    ),
    Case(
        "行 人 往 來 皆 以 木 板 爲 橋 商 店 多 閉 門\n幸 無 死 傷 之 人 聞 鄉 間 田 禾 已 被 淹 沒",
        "行人往來皆以木板爲橋商店多閉門\n幸無死傷之人聞鄉間田禾已被淹沒",
        "line after line of an older style",
    ),
    Case(
        "青 龙 河 发 源 于 大 尖 山 ， 南 流 经 柳 湾 。",
        "青龙河发源于大尖山，南流经柳湾。",
        "its names are unknown",
    ),
    Case("高举旗帜 团结奋斗 开创未来", None, "a headline"),
    Case("会议指出，高举旗帜 团结奋斗 开创未来 努力前进，是我们的方针。", None, "phrases"),
    Case("主任 张建国，副主任 李秀英，委员 王志强 赵玉兰 孙德胜，都来到会场。", None, "people"),
    Case(
        "赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫\n蒋 沈 韩 杨 朱 秦 尤 许 何 吕 施 张",
        None,
        "a list of characters",
    ),
    Case("本报记者 杨帆 通讯员 王 炯", None, "names"),
    Case("出席的有：王天翔 李强 张伟 王翔 陈晨 周立，还有来自各地的代表三百余人。", None, "a list of names"),
    Case("出席的有程辉 农玉 麦洋等，会议由市委召开，全市各县区负责人参加了会议。", None, "names in prose"),
    Case("王 炯 李 强 张 伟 周 立\n陈 晨 王 芳 李 伟 刘 洋", None, "names set wide"),
    Case("　　各位代表： 我代表", None, "an indent"),
    Case("第十二条 违反本条例规定，有下列行为之一的，处以五十元以上二百元以下罚款：", None, "its number"),
)

_SPACE = re_pattern(" ")
_GAP = re_pattern(f"(?<=[{HAN}]) (?=[{HAN}])")
_LOOSE = re_pattern(
    rf"(?<=[{HAN}{ZH_PUNCTUATION}]) (?=[{HAN}\d{ZH_PUNCTUATION}])"
    rf"|(?:(?<=\d)|(?<=\d[OoIl])) (?=[{HAN}{ZH_PUNCTUATION}])"
)
"""Every space of a line that is spaced out, but those beside Latin and between digits."""
_TOUCH = re_pattern(f"[{HAN}](?=[{HAN}])")
_SPACED_OUT = re_pattern(rf"[{HAN}](?: [{HAN}，。、；：]){{9,}}")
"""One space between all characters of a line."""
_TOKEN = re_pattern(f"[{HAN}]+")
_HEAD = re_pattern(
    r"第[零〇一二三四五六七八九十百千\d]+[条條章节節编編款项項讲講课課]|[一二三四五六七八九十]+、?"
)
_PROSE = re_pattern("[，。；]")
_CREDIT = re_pattern(
    r"(?:记者|通讯员|作者|摄影|编辑|责编|美编|报道|图为|主编|讯|电|整理|供图)[^，。；]{0,16}$"
)
_GAPS, _SHARE, _SINGLE = 4, 0.4, 0.5
_LONG, _APART = 20, 6
_LINK = 3.0
"""Bits of association across the space from which two characters belong together."""
_TEXT, _CLEAR, _UNKNOWN = 0.0, 1.0, -2.0
"""Mean bits across all spaces of a line from which it is a text, and clearly so; an unknown character's."""
_BLOCK = -3.0
"""The same for lines below one another with one space between all characters; the model
knows modern words, so that old prose has less (-2.0 on average; lists of characters -4.9)."""
_MANY, _ON_THE_WHOLE, _WITHIN = 3, 0.8, 4.5
"""How many spaces in prose are many, how well characters across them go together, and across one of them;
lists of names and phrases have 0.5 at most."""
_PLAIN, _ON_A_PAGE = 2, -1.5
"""Plain lines from which on the spaces of a page are known to mean nothing, and what lines need then: of
prose with a space at every fifth place three quarters have more, of lists of names next to none."""
_SURNAMES = 0.75
"""Share of surnames at every other place that makes a list of names."""
_SPACED = Message("整行被逐字隔开", "The whole line is spaced out")
_ALL_OVER = Message("整行散布空格，前后多相连成词", "Spaces all over the line, many of them within words")
_STRAY = Message("前后两字相连，空格多余", "The characters around the space belong together")


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    seen = -1
    loose: list[list[int]] = []
    for gap in _SPACE.finditer(text):
        at = gap.start()
        if not 0 < at < len(text) - 1 or not (is_han(text[at - 1]) and is_han(text[at + 1])):
            continue
        index = document.line_at(at)
        if index != seen:
            seen = index
            yield from _line(document, index, tools, loose)
    yield from _all_over(text, loose, tools)


def _links(text: str, gaps: list[int], tools: Models) -> list[float]:
    """How well characters across the spaces go together, in bits."""
    plain = text if is_simplified(text) else simplified(text)
    links = (tools.pairs.link(plain[at - 1], plain[at + 1]) for at in gaps)
    return [_UNKNOWN if link is None else link for link in links]


def _mean_link(text: str, gaps: list[int], tools: Models) -> float:
    """How well characters across the spaces go together: a text, or a list of words set wide?"""
    return _mean(_links(text, gaps, tools))


def _mean(links: list[float]) -> float:
    return fsum(links) / len(links)


def _is_old_prose(document: Document, index: int, tools: Models) -> bool:
    """Whether a line is one of several with one space between all characters, and they read as a text."""
    lines = document.lines
    start, end = index, index + 1
    while start and _SPACED_OUT.fullmatch(document.words(lines[start - 1])):
        start -= 1
    while end < len(lines) and _SPACED_OUT.fullmatch(document.words(lines[end])):
        end += 1
    rows = [
        line.content.start + m.start()
        for line in lines[start:end]
        for m in _GAP.finditer(document.words(line))
    ]
    tokens = [token for line in lines[start:end] for token in _TOKEN.findall(document.words(line))]
    return end - start > 1 and not _names(tokens) and _mean_link(document.text, rows, tools) >= _BLOCK


def _names(tokens: list[str]) -> bool:
    """Whether every other character is a surname: names of two characters, set wide."""
    firsts = tokens[::2]
    return len(tokens) % 2 == 0 and sum(token in surnames() for token in firsts) >= _SURNAMES * len(firsts)


def _all_over(text: str, loose: list[list[int]], tools: Models) -> Iterator[Fix]:
    """Lines of prose with many spaces: what is plain of two of them holds of doubtful ones as well."""
    links = [_links(text, gaps, tools) for gaps in loose]
    plain = [_mean(row) >= _ON_THE_WHOLE and max(row) >= _WITHIN for row in links]
    page = sum(plain) >= _PLAIN
    for gaps, row, sure in zip(loose, links, plain, strict=True):
        if sure or (page and _mean(row) >= _ON_A_PAGE):
            changes = [(at, at + 1, "") for at in gaps]
            evidence = (f"mean {_mean(row):.1f} bits",)
            yield fix(NAME, text, changes, Applicability.LIKELY, 0.93 if sure else 0.9, _ALL_OVER, evidence)


def _line(document: Document, index: int, tools: Models, loose: list[list[int]]) -> Iterator[Fix]:
    line = document.lines[index]
    if line.kind in ("table", "code"):
        return
    text = document.text
    words = document.words(line)
    start = line.content.start
    gaps = [start + match.start() for match in _GAP.finditer(words)]
    gaps = [at for at in gaps if not document.is_opaque(at, at + 1)]
    if not gaps:
        return
    touches = len(_TOUCH.findall(words))
    tokens = _TOKEN.findall(words)
    single = sum(len(token) == 1 for token in tokens) / len(tokens)
    spaced = len(gaps) >= _GAPS and len(gaps) / (len(gaps) + touches) >= _SHARE and single >= _SINGLE
    mean = _mean_link(text, gaps, tools) if spaced and not _names(tokens) else _UNKNOWN
    out = bool(_SPACED_OUT.fullmatch(words))
    sentence = out and bool(_PROSE.search(words))
    if mean >= _TEXT or sentence or (out and _is_old_prose(document, index, tools)):
        places = (start + match.start() for match in _LOOSE.finditer(words))
        changes = [(at, at + 1, "") for at in places if not document.is_opaque(at, at + 1)]
        evidence = (f"mean {mean:.1f} bits",)
        promise, sure = (
            (Applicability.SAFE, 0.995) if mean >= _CLEAR or sentence else (Applicability.LIKELY, 0.93)
        )
        yield fix(NAME, text, changes, promise, sure, _SPACED, evidence)
        return
    if not _PROSE.search(words) or sum(map(len, tokens)) < _LONG:
        return
    if len(gaps) >= _MANY:
        if not _CREDIT.search(words):
            loose.append(gaps)
        return
    if gaps[-1] - gaps[0] in range(1, _APART):
        return  # a short word on its own, likely a name
    for at in gaps:
        if _CREDIT.search(text[line.span.start : at]) or _HEAD.fullmatch(text, line.content.start, at):
            continue
        if text[at - 2 : at - 1] in ("", " ", "\n", "　") or text[at + 2 : at + 3] in ("", " ", "\n", "　"):
            continue
        link = tools.pairs.link(text[at - 1], text[at + 1])
        if link is not None and link >= _LINK:
            evidence = (f"{text[at - 1]}{text[at + 1]}: {link:.1f} bits",)
            yield fix(NAME, text, [(at, at + 1, "")], Applicability.LIKELY, 0.93, _STRAY, evidence)
