"""What a line of page furniture is made of: paper, date, page number, section, editors, even when damaged."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cleanup.text import notes, paragraphs
from cleanup.text.lines import KEPT, MARK
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

SECTIONS = tuple(
    word
    for row in (
        "要闻 综合 政治 经济 区县新闻 国内要闻 时评 文化 科教 社会 专题 理论 国际 体育 教育 健康 法治 民生",
        "副刊 广告 评论 财经 科技 生态 旅游 人物 视点 深度 头版 热点 都市 文娱 读书 农村 农业 军事 党建 政法",
        "新闻 综合新闻 国内新闻 国际新闻 本市新闻 地方新闻 经济新闻 社会新闻 文化新闻 体育新闻 国际要闻",
        "本市要闻 重要新闻 重庆新闻 民主政治 民主法治 生活 产业 市场 公告 特刊 专刊 专版 特别报道 调查 观察",
        "记者调查 教科文卫 学术 要聞 綜合 經濟 區縣新聞 國內要聞 時評 社會 專題 理論 國際 體育 財經 國際新聞",
        "國內新聞 綜合新聞 評論 廣告 文藝",
    )
    for word in row.split()
)
"""Names of newspaper sections."""
_SECTIONS = "|".join(sorted(SECTIONS, key=len, reverse=True))
_D = r"[\dOoQlI|\]\[〇j?人各]"
_YEAR = rf"(?:19|20|2O|Z0){_D}{{1,4}}[ 　]?[年各牟]?"
_DATE = (
    rf"(?P<date>(?:{_YEAR}[ 　.,，。]?[\d\]\[lI|j?一二OoA]{{1,3}}[月日]?"
    r"[ 　]?[\d\]\[lI|j?一二OoA有]{1,4}[日目曰月F]"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|(?:19|20){_D}{{1,3}}[年各牟][\d\]\[lI]{{1,2}}月[\d\]\[lI]{{0,4}}[A-Z]?(?!日)))"
)
_WEEKDAY = (
    r"(?P<weekday>[星昆年果基]?[期朝](?=[一二三四五六日])[一二三四五六日](?!\p{Han})"
    r"|星[期朝][ 　]?(?:[一二三四五六日天]{1,2}(?!\p{Han})|[-—.口曰白晶](?!\p{Han})|(?=[^\p{Han}]|$)))"
)
_CREDIT = (
    r"(?P<credit>(?:本[版报刊])?(?:责任编辑|責任編輯|[责贵贞責资][编綿編]|美术编辑|[美关][编編]|值班编辑"
    r"|版式(?:设计)?|校对|校對|编辑(?!说明|[部委组室]|出版|工作|后记|大纲|体例)|組版|组版)"
    rf"[ 　]?(?:[：:;；，,.]{{1,2}}[ 　]*|[ 　]+|(?=[{HAN}]{{2,4}}(?:[^{HAN}]|$|[美关][编編])))"
    rf"(?:(?![责贵贞責资美关][编编])[{HAN}A-Za-z\d:]){{1,5}}"
    rf"(?:[ 　_](?![责贵贞責资美关][编编])[{HAN}](?=[^{HAN}]|$))?)"
)
_PAGE = (
    r"(?P<page>第[ 　]?[\d\]\[lIO一二三四五六七八九十]{1,3}[ 　]?[版敌]"
    r"|(?<![\d.])[\d\]\[lIO]{1,3}[ 　]?版(?!\p{Han})"
    r"|(?<![A-Za-z])A[A-Z]?[\dlIOS]{2,3}(?![\dA-Za-z]))"
)
_PAPER = (
    rf"(?P<paper>(?<![{HAN}])(?:[{HAN}]|[A-Z]\.?){{1,4}}"
    rf"[ 　]?[日晚时晨商早周量口目B曰旦青年]?[报极極報](?![{HAN}])"
    rf"|(?<![{HAN}])[{HAN}]{{2,3}}[日晚晨商早][报報](?=(?:{_SECTIONS})(?![{HAN}])))"
)
_SECTION = rf"(?P<section>(?:(?<![{HAN}])|(?<=[报報]))(?:{_SECTIONS})(?![{HAN}]))"
_TOKENS = regex_pattern("|".join((_DATE, _WEEKDAY, _CREDIT, _PAGE, _PAPER, _SECTION)))
_EACH = tuple(map(regex_pattern, (_DATE, _WEEKDAY, _CREDIT, _PAGE, _SECTION)))
"""Most lines have none of these, and one after the other that is told ten times as fast."""
_PAPERS = frozenset("报极極報")
"""What a paper's name ends with, as read."""
_DIGITS = regex_pattern(r"[\d\]\[I]")
_NUMBER = regex_pattern(r"(?<![\p{Han}\dA-Za-z])(?:[\d\]\[]{1,3}|OI)(?![\p{Han}\dA-Za-z％%])")
_ORNAMENT = r"[-—–一_·.。*•\"“”'~|=,， 　]{0,4}"
_FOLIO = regex_pattern(rf"(?:{_ORNAMENT})(?P<number>[\d\]\[lIOo]{{1,3}}|OI)(?:{_ORNAMENT})")
_LONGEST = 60
"""Characters without spaces: longer lines are no furniture."""
_COLUMNS = regex_pattern(r"\S[ 　]{3,}(?=\S)")
_DAMAGED = 12
"""Characters of no known kind that a head may have whose parts lie far apart."""
_TOLD = regex_pattern(r"日[ 　]?(?:在|于|至|起|由|经|电|讯|以来|上午|下午)|^[—一―-]{2,4}[ 　]?(?:19|20)\d\d")
"""A date that a text tells: 2026年1月27日在陕…, ——2026年1月28日."""
_GAP = regex_pattern(r"[ 　]{5,}")
_MISREAD = str.maketrans("]lI[|Oo", "1111100")
_AMOUNT = regex_pattern(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.])\d+\.\d\d(?![\d.])")
_ENTRY = regex_pattern(
    rf"[{HAN}」》）)][ 　]*(?:…{{2,}}|[.·．]{{4,}})[ 　…]*[（(]?\d{{1,4}}[）)]?$"
    r"|^[（(]?[一二三四五六七八九十]{1,3}[）)、]"
)
"""A line of contents; a heading with its number."""
WEIGHTS = {
    "date": 2.0,
    "weekday": 1.0,
    "credit": 2.0,
    "page": 2.0,
    "paper": 2.0,
    "section": 1.0,
    "number": 1.0,
}


class Folio(NamedTuple):
    """What was read in one line."""

    facts: tuple[tuple[str, str], ...]
    """(kind, text): date, weekday, credit, page, paper, section, number; as they stand."""
    weight: float
    """How much the elements speak for furniture."""
    rest: int
    """Han characters that belong to no element; Latin letters, often what became of Han, count half."""
    gap: bool
    """The line has a gap as wide as only furniture and tables have."""

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.facts)


class Seen(NamedTuple):
    """A line that may be furniture."""

    line: int
    """Its order among the lines that are not blank."""
    words: str
    folio: Folio


@lru_cache(maxsize=KEPT)
def read(words: str) -> Folio:
    """The elements of furniture in a line."""
    facts: list[tuple[str, str]] = []
    left: list[str] = []
    last = 0
    for match in _TOKENS.finditer(words) if _has_token(words) else ():
        kind = match.lastgroup or ""
        facts.append((kind, match.group().strip()))
        left.append(words[last : match.start()])
        last = match.end()
    left.append(words[last:])
    rest = 0
    for piece in left:
        if _DIGITS.search(piece):
            facts += [("number", number.group()) for number in _NUMBER.finditer(piece)]
            piece = _NUMBER.sub(" ", piece)
        letters = list(filter(str.isalpha, piece))
        rest += 2 * len(letters) - sum(map(str.isascii, letters))
    weight, seen = 0.0, set[str]()
    for kind, _ in facts:
        if kind not in seen:
            weight += WEIGHTS[kind]
            seen.add(kind)
    if sum(kind == "credit" for kind, _ in facts) >= 2:
        weight += 1.0
    return Folio(tuple(facts), weight, rest // 2, bool(_GAP.search(words)))


def _has_token(words: str) -> bool:
    for token in _EACH:
        if token.search(words):
            return True
    return not _PAPERS.isdisjoint(words)


def folio_number(words: str) -> int | None:
    """The number of a line that holds nothing but a page number and its ornaments: — 12 —, ·9·."""
    match = _FOLIO.fullmatch(words)
    if not match:
        return None
    digits = match["number"].translate(_MISREAD)
    return int(digits) if digits.isdigit() else 0


def is_ornamented(words: str) -> bool:
    """Whether ornaments flank a page number: — 12 —, ·9·."""
    return folio_number(words) is not None and not (words[0].isalnum() or words[-1].isalnum())


def page_numbers(folio: Folio) -> set[int]:
    """The numbers that may be the page's, as read."""
    found = set()
    for kind, text in folio.facts:
        if kind in ("page", "number"):
            digits = "".join(char for char in text.translate(_MISREAD) if char.isdigit())
            if digits:
                found.add(int(digits))
    return found


@lru_cache(maxsize=KEPT)
def alone(words: str) -> Folio | None:
    """What a line says that holds little else than elements of furniture; None where it holds more."""
    if len(words.replace(" ", "")) > _LONGEST or words.startswith(MARK) or notes.is_citation(words):
        return None
    if _ENTRY.search(words) or len(_AMOUNT.findall(words)) >= 2:
        return None  # of contents, of an account
    folio = read(words)
    if _TOLD.search(words):
        return None
    if not folio.facts and folio_number(words) is None:
        return None
    covered = sum(char.isalnum() for kind, text in folio.facts for char in text)
    strong = folio.weight >= 4 or (folio.weight >= 3 and folio.has("date", "credit"))
    parted = folio.weight >= 4 and folio.has("date") and len(_COLUMNS.findall(words)) >= 2
    if parted and folio.rest <= _DAMAGED:
        return folio
    if folio.rest > (max(4, 0.3 * covered) if strong else max(1, 0.25 * covered) + 2 * folio.gap):
        return None
    if folio.rest >= 2 and paragraphs.is_prose(words.replace("，", "") if folio.has("credit") else words):
        return None
    if "《" in words and words[-1] == "。":
        return None  # a source: 《渝州晚报》2005年3月4日第2版。
    firm = folio.has("credit") or (strong and folio.gap)
    if folio.rest >= 2 and not firm and any(mark in words for mark in "《》、“；（"):
        return None
    if words[-1:] in "，。；！？" and not strong and folio_number(words) is None:
        return None
    return folio
