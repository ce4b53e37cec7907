"""A few words said twice in a row inside a sentence: 联合国浙江常国浙江常山 -> 联合国浙江常山.

Why: engines and models read the end of a line, or a window, twice.
Leaves alone: reduplication (研究研究, 一个一个, 方方面面), lists whose items share characters
     (江西、广西、广东), cries in quotes, parallel clauses, refrains, what grammar says twice (第一军第一师,
     阶级对阶级, 想怎么说怎么说), units of one or two characters.
Safety: LIKELY; of 34 million characters of broadcast news about 40 places look like it, of 15 million of
     verse, novels, plays and speeches a dozen.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.block import Act
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.text.repeats import Run, of_lines
from cleanup.text.scripts import is_han

NAME = "repeats.stutter"
SUMMARY = Message("句内词语结巴重复，删去一份", "Take out words stuttered inside a sentence")
ACT: Act = "remove"
SAFETY = Applicability.LIKELY
NEEDS = ("phrases/set.tsv", "models/pairs.bin")
CASES = (
    Case("农业农村部联业农村部联合印发意见。", "农业农村部联合印发意见。"),
    Case("要加强经济运行调度，要加强经济运行调度，强化监测。", "要加强经济运行调度，强化监测。"),
    Case("这件事还要研究研究，方方面面都想到。", None, "reduplication"),
    Case("江西、广西、广东等地都有。", None, "items that share a character"),
    Case("重点领域排查大排查大整治行动", None, "大排查大整治 is a set phrase (repeats.set-phrase)"),
    Case("一个问题一个问题地解决。", None, "one by one"),
    Case("坚持问题导向，坚持系统观念。", None, "parallel clauses"),
    Case("由主管部门直接管理的航道的航道保护范围，由主管部门划定。", None, "grammar"),
    Case("审查期间，再审申请人申请人民法院委托鉴定。", None, "grammar"),
    Case("“加油干加油干！”大家喊道。", None, "a cry"),
    Case("部队改编为工农革命军第一军第一师。", None, "one number behind another"),
    Case("这是阶级对阶级的斗争。", None, "one against the other"),
    Case("他们想怎么说怎么说，想怎么做怎么做。", None, "however they like"),
    Case("道理谁都懂，但是老张家是老张家，自有办法。", None, "he is what he is"),
    Case("打开雨水打开雨水中的火苗", None, "verse"),
    Case("倒大来快活也末哥，倒大来快活也末哥，渔翁把盏樵夫唱。", None, "a refrain"),
)
_TOGETHER, _UNKNOWN = 1.5, -8.0
"""Bits of association from which two characters follow each other naturally; an unknown pair's."""
_CUT_WORD = 3.0
"""Bits across an edge of the unit from which that edge cuts a word."""
_CLAUSE_ENDS = "，。；！？"
_ASKING = ("怎么", "什么", "怎样", "如何", "谁", "哪", "多少", "几")
_BETWEEN = "对比给为替向跟"
"""Words that stand between two equal ones: 阶级对阶级."""
_PARTICLES = "也么末波兮矣哉乎呀啊吧呢吗哪啦哟哥"
"""With one of these a clause said twice is song or speech."""
_WORDS = 40
"""Characters: a longer unit said twice is a sentence, and speeches do that."""


def find(document: Document, tools: Models) -> Iterable[Fix]:
    text = document.text
    for line, run in of_lines(document):
        words = document.words(line)
        if run.copies != 2 or run.period > _WORDS or _of_a_phrase(words, run, tools):
            continue
        confidence = _confidence(words, run, document.format, tools)
        if confidence == 0.0:
            continue
        start = line.content.start + run.start + run.period
        unit = words[run.start : run.start + run.period]
        why = Message(f"“{unit}”接连写了两遍", f"“{unit}” stands twice in a row")
        level = SAFETY if confidence >= 0.8 else Applicability.SUGGEST
        yield fix(NAME, text, [(start, start + run.period, "")], level, confidence, why)


def _of_a_phrase(words: str, run: Run, tools: Models) -> bool:
    """Whether the second copy is the rhyme of a set phrase that begins in the first: 排查大排查大整治."""
    near = words[run.start + 1 : run.end + 8]
    return any(
        run.start + 1 + near.find(phrase) < run.start + run.period
        and run.start + 1 + near.find(phrase) + len(phrase) > run.end
        for phrase in tools.set_phrase_forms
        if phrase in near
    )


def _may_be_meant(words: str, run: Run, form: str, tools: Models) -> bool:
    """Whether grammar may have put the words twice: 直接管理的航道的航道保护范围, 再审申请人申请人民法院.

    A stutter is cut out anywhere, so its end seldom goes with its beginning and its edges cut words;
    words that are meant twice go together, or stand whole between their neighbours. Text that is no
    Markdown is an OCR engine's: engines lose a full stop more often than they read words twice.
    """
    unit = words[run.start : run.start + run.period]
    pairs = [unit[-1] + unit[0], words[run.start - 1 : run.start + 1], words[run.end - 1 : run.end + 1]]
    bits = [tools.pairs.link(*pair) if len(pair) == 2 else None for pair in pairs]
    seam, before, after = (_UNKNOWN if bit is None else bit for bit in bits)
    meant = seam >= _TOGETHER or ("的" in (unit[0], unit[-1]) and seam >= -1)
    if unit[0] in _BETWEEN:  # 反对阶级对阶级的: the first 对 is another word
        meant = meant or (after <= _CUT_WORD and before >= _TOGETHER)
    if unit[0] == "是":  # 但是老张是老张，
        meant = meant or not is_han(words[run.end : run.end + 1] or "。")
    if run.start == 0 and form != "markdown":  # the line's own edge cuts no word
        return meant or after <= _CUT_WORD
    return meant or (run.start > 0 and max(before, after) <= (0 if form == "markdown" else _CUT_WORD))


def _said_twice(unit: str) -> bool:
    """Whether a unit is built to stand twice: 第一军第一师, 想怎么说怎么说."""
    return "第" in unit or any(word in unit for word in _ASKING)


def _confidence(words: str, run: Run, form: str, tools: Models) -> float:
    unit = words[run.start : run.start + run.period]
    distinct = len(set(filter(is_han, unit)))
    if distinct < 3:
        return 0.0
    if all(map(is_han, unit)):
        if unit[0] in "一第":  # 一个问题一个问题地, 第九次第九次
            return 0.0
        if _said_twice(unit):
            return 0.5
        if words[run.end : run.end + 1] in tuple("！!"):
            return 0.3
        return 0.6 if _may_be_meant(words, run, form, tools) else 0.97
    # With punctuation inside it must be a whole clause said twice, or list items merely share characters.
    aligned = run.start == 0 or words[run.start - 1] in _CLAUSE_ENDS + "：“"
    if not (aligned and unit[-1] in _CLAUSE_ENDS) or distinct < 5:
        return 0.0
    meant = distinct < 8 or "；" in unit[:-1] or any(char in _PARTICLES for char in unit)
    return 0.5 if meant or unit[-1] not in "，；" else 0.88
