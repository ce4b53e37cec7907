"""Letters and strokes among the digits of a date or number: 2O24年l月3O日 -> 2024年1月30日, l2.3％ -> 12.3％.

Why: engines read 0 as O, o or 〇, and 1 as l, I, | or ].
Leaves alone: codes and names (O2O, 5G, CO2, 4S店, B2B, I级, T恤), words without a digit, and every digit.
Safety: LIKELY in a date that comes out possible or before a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text import signs
from cleanup.text.patterns import re_pattern

NAME = "numerals.latin-in-number"
SUMMARY = Message("数字、日期里误作字母的 0 和 1 还原", "Letters among digits become 0 and 1")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("2O24年l月3O日", "2024年1月30日"),
    Case("2023年1]月4日，投资1OO亿元", "2023年11月4日，投资100亿元"),
    Case("3o年来最严重", "30年来最严重"),
    Case("（下转1]版）", "（下转11版）"),
    Case("增长l2.3％，投资1O.5亿元，共1,2OO人、l,234吨", "增长12.3％，投资10.5亿元，共1,200人、1,234吨"),
    Case("面积3O0亩，产量l2O斤，全长9O里，气温2l℃", "面积300亩，产量120斤，全长90里，气温21℃"),
    Case("占O.5％，有l8个，第l0条，3O余人", "占0.5％，有18个，第10条，30余人"),
    Case("2OO8—2O1O年（2OO9），lO月1日1O:30", "2008—2010年（2009），10月1日10:30"),
    Case("O2O模式、5G、CO2、4S店、B2B、I级响应、T恤、3D打印、O型血", None, "codes and names"),
    Case("参考文献[1]年鉴[12]页", None, "notes"),
    Case("大家说好！1月5日，OO:11，I月，OI号", None, "marks and names"),
    Case("图1l、表Ol个别，HO2吨位，O.K.，l.", None, "no number"),
)

_NOUGHT, _ONE = "OoQ〇○Ｏ", "lI|］\\]！!丨"
SIGNS = _NOUGHT + _ONE
_ODD = f"[{_NOUGHT}{_ONE}]"
_ANY = f"[0-9{_NOUGHT}{_ONE}]"
_UNIT = "年月日亿万元个人名次家件项吨米％%‰条款章节页届期号多余亩斤里户天周秒岁台辆座倍℃"
_GUARD = re_pattern(rf"{_ODD}[0-9{_NOUGHT}{_ONE}.,]{{0,9}}[{_UNIT}版转接:)）—～至-]")
_BETWEEN = re_pattern(r"(?<=\d)[Oo〇○]\d")
_YEAR = re_pattern(rf"(?<![\w\[|\]])((?=[12])\d{_ANY}{{3}})(?=年|[—～至-]{{1,2}}[12]{_ANY}{{3}}年)")
_NOTED = re_pattern(r"(?<=[(（])([12][\dOo]{3})(?=[)）])")
_CLOCK = re_pattern(r"(?<![A-Za-z0-9:.])(\d[OlI]|[OlI]\d)(?=:[0-5]\d(?!\d))")
_MONTH = re_pattern(rf"(?<=年)({_ANY}{{1,2}})(?=月)")
_MONTH_ALONE = re_pattern(r"(?<![A-Za-z0-9.])([\dOolI]{1,2})(?=月(?:[\dOolI]{1,2}日|份))")
_DAY = re_pattern(rf"(?<=月)({_ANY}{{1,2}})(?=日)")
_PAGE = re_pattern(rf"(?:(?<=第)|(?<=[转接]))({_ANY}{{1,2}})(?=版)")
_AMOUNT = re_pattern(
    r"(?<![A-Za-z0-9.,\[|])((?:\d|[Il](?=[\d.,OoIl]*\d)|[Oo](?=\.\d))[\dOoIl〇○]*(?:,[\dOoIl]{3})*(?:\.[\dOoIl]+)?)"
    rf"(?=[{_UNIT}])"
)
_FRAMES = (
    (_YEAR, 1000, 2999),
    (_NOTED, 1000, 2999),
    (_MONTH, 1, 12),
    (_MONTH_ALONE, 1, 12),
    (_DAY, 1, 31),
    (_CLOCK, 0, 23),
    (_PAGE, 1, 99),
    (_AMOUNT, 0, 0),
)
"""A pattern with the least and greatest value that it may have; 0: any."""
_TO_DIGIT = {ord(c): "0" for c in "OoQ〇○Ｏ"} | {ord(c): "1" for c in "lI|］]！!丨"}
_WHY = Message("数字里的字母误读", "A digit, read as a letter")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    if not any(_GUARD.match(text, at) or _BETWEEN.match(text, at) for at in signs.places(text, SIGNS)):
        return
    for start, end, after in sorted(set(_numbers(text))):
        if not document.is_opaque(start, end):
            yield fix(NAME, text, [(start, end, after)], SAFETY, 0.95, _WHY)


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for pattern, low, high in _FRAMES:
        for match in pattern.finditer(text):
            after = match[1].translate(_TO_DIGIT)
            if after != match[1] and (
                not high or (low <= int(after) <= high and (not low or after[:2] != "00"))
            ):
                yield match.start(1), match.end(1), after
