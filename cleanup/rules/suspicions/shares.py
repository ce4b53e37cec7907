"""Shares of a whole that do not make 100: 三次产业结构为5:34:51; 教育占32%、医疗占25%、其他占48%: flagged.

Why: a misread digit hides best among digits; the sum finds it.
Leaves alone: shares that need not be all of the whole: only where the three industries, or 其他, are among
     them must they be; rounded figures; sums so far from 100 that they are no shares of one thing.
Safety: a flag; nothing is changed (a digit is never changed into another).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, flag
from cleanup.rules.contract import Case
from cleanup.text.patterns import regex_pattern

NAME = "suspicions.shares"
SUMMARY = Message("标出加起来不是 100 的构成", "Flag shares that do not add up to 100")
SAFETY = Applicability.SUGGEST
NEEDS: tuple[str, ...] = ()
SIGNS = "%％:：∶"
CASES = (
    Case("三次产业结构为5.1:34.2:50.7。", flags=True),
    Case("一、二、三产业分别占全县生产总值的25.1%、34.2%和50.7%。", flags=True),
    Case("支出中，教育占32%、医疗占25%、交通占30%、其他占18%。", flags=True),
    Case("支出构成：\n- 教育 32%\n- 医疗 25%\n- 交通 30%\n- 其他 18%\n", flags=True),
    Case("三次产业结构为5.1:34.2:60.8。", None, "rounded"),
    Case("甲、乙、丙三地分别占全市的25%、30%、40%。", None, "not all of it"),
    Case("支出中，教育占32%、医疗占25%、交通占30%、其他占13%。", None),
    Case("合格率甲厂92%、乙厂85%、其他厂88%。", None, "no parts of one whole"),
    Case("支出构成：\n- 教育 32%\n- 医疗 25%\n- 交通 30%\n- 其他 13.1%\n", None, "rounded"),
    Case("教育增长32%、医疗增长25%、其他增长30%。", None, "no shares"),
)
_FIGURE = r"(\d+(?:\.\d+)?)"
_INDUSTRIES = regex_pattern(
    rf"产业(?:增加值)?(?:结构|比例|构成|比重)[^\d，。；\n]{{0,8}}{_FIGURE}\s?[:：∶]\s?{_FIGURE}\s?[:：∶]\s?{_FIGURE}"
    r"(?![\d:：∶])"
    rf"|(?:一、二、三|三次)产业[^\d，。；\n]{{0,10}}分别占[^\d，。；\n]{{0,16}}{_FIGURE}[%％]、{_FIGURE}[%％][、和]{_FIGURE}[%％]"
)
_SHARE = regex_pattern(rf"(其[他它余])?[^\d，、；。\n]{{0,12}}?占[^\d，、；。\n]{{0,10}}{_FIGURE}[%％]")
_SENTENCE = regex_pattern(r"[^。；\n]+")
_PART = regex_pattern(rf"{_FIGURE}[ 　]?[%％][。；]?$")
_REST = ("其他", "其它", "其余")
_SLACK, _FARTHEST = 0.06, 20
"""Of the sum, beside what rounding makes; and from 100, at the most."""


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for match in _INDUSTRIES.finditer(text):
        figures = [number for number in range(1, 7) if match[number]]
        span = Span(match.start(figures[0]), match.end(figures[-1]))
        yield from _weigh([match[number] for number in figures], span)
    if "其" in text:
        for sentence in _SENTENCE.finditer(text):
            shares = list(_SHARE.finditer(text, *sentence.span())) if "占" in sentence[0] else []
            if any(share[1] for share in shares):
                span = Span(shares[0].start(2), shares[-1].end(2))
                yield from _weigh([share[2] for share in shares], span)
        yield from _lists(document)


def _lists(document: Document) -> Iterator[Fix]:
    """Lines in a row that end with a share each, with one that has the rest."""
    solid = ((line, document.words(line).rstrip()) for line in document.lines if line.kind != "blank")
    ends = ((line.content.start, words, _PART.search(words)) for line, words in solid)
    for _, run in groupby(ends, key=lambda end: end[2] is None):
        parts = [(start, words, found) for start, words, found in run if found]
        if any(words.startswith(_REST) for _, words, _ in parts):
            (first, _, one), (last, _, two) = parts[0], parts[-1]
            span = Span(first + one.start(1), last + two.end(1))
            yield from _weigh([found[1] for *_, found in parts], span)


def _weigh(figures: list[str], span: Span) -> Iterator[Fix]:
    total = sum(map(float, figures))
    slack = sum(0.5 * 10.0 ** -len(figure.partition(".")[2]) for figure in figures) + _SLACK
    if len(figures) > 2 and slack < abs(total - 100) < _FARTHEST:
        why = Message(f"各部分相加为 {total:g}，不是 100", f"The parts add up to {total:g}, not to 100")
        yield flag(NAME, span, 0.9, why)
