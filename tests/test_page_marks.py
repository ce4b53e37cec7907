"""Marks of pages without form feeds, notes at a page's foot, and what only looks like them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from cleanup.engine.repair import Settings, from_text, repair_document
from cleanup.model.described import Fact
from cleanup.model.result import Result
from cleanup.text import page_marks
from cleanup.text.page_marks import Mark

TEXT = (
    "全县春耕现场会昨天在临溪镇召开，各乡镇负责人和种粮大户参加了会议。会议要求，各地要抓紧抢修水渠，备足种子和"
    "化肥，确保三月底前把早稻秧苗全部育好。县农业农村局还派出十二支技术小分队，进村入户指导农民开展田间管理，解决"
    "缺水、缺肥和病虫害等问题。供销社从外地调进了八百吨化肥，价格比去年低一成。县水利局对全县四十六座水库逐一检"
    "查，蓄水量比去年同期多两成，春灌用水有保障。气象部门预计，下周有一次降温过程，提醒农户注意秧苗防寒保暖。"
    "县图书馆新馆昨天开馆，藏书三十万册，读者凭身份证就可以借书回家。城东公园的菊花展也在同一天开幕，展期一个月。"
)
_CUTS = (0, 53, 112, 155, 206, len(TEXT))
PAGES = [TEXT[one:two] for one, two in pairwise(_CUTS)]
SENTENCES = [f"{words}。" for words in TEXT.split("。") if words]
HAN = "一二三四五六七八九十"


def _run(text: str, name: str = "a.txt") -> Result:
    result = repair_document(from_text(text, name), settings=Settings(only=("layout",)))
    assert result.undo() == text
    again = repair_document(from_text(result.repaired, name), settings=Settings(only=("layout",)))
    assert not again.journal.applied
    return result


def _squeezed(text: str) -> str:
    return "".join(text.split())


MARKS: dict[str, Callable[[int], str]] = {
    "plain": lambda n: f"{n + 120}",
    "dashes": lambda n: f"— {n + 11} —",
    "dashes, misread": lambda n: ("—60—", "—61一", "一62—", "—b3—", "-64-")[n - 1],
    "hyphens": lambda n: f"- {n} -",
    "dots": lambda n: f"• {n} •",
    "Chinese numerals": lambda n: f"— {HAN[n]} —",
    "full width": lambda n: f"－ {'０１２３４５'[n]} －",
    "brackets": lambda n: f"（{n + 11}）",
    "Roman numerals": lambda n: ("iii", "iv", "v", "vi", "vii")[n - 1],
    "Roman capitals": lambda n: f"- {('XVIII', 'XIX', 'XX', 'XXI', 'XXII')[n - 1]} -",
    "Roman letters": lambda n: "ⅠⅡⅢⅣⅤ"[n - 1],
    "named": lambda n: f"第{n}页",
    "named, of all": lambda n: f"第 {n} 页 共 5 页",
    "of": lambda n: f"{n}/5",
    "English": lambda n: f"Page {n} of 5",
    "banner": lambda n: f"=== Page {n} ===",
    "converter": lambda n: f"{{{n}}}------------------",
    "comment": lambda n: f"<!-- page {n} -->",
    "picture": lambda n: f"![](page_{n}.png)",
    "numbered picture": lambda n: f"![](images/{n:04}.jpg)",
    "file": lambda n: f"≦ 临溪文史_{n:03} ≧",
    "number and head": lambda n: f"{n + 120}\n\n临溪文史资料",
    "head and number": lambda n: f"临溪文史资料\n\n{n + 120}",
    "rule and number": lambda n: f"---\n\n{n + 120}",
}


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_marks_between_paragraphs(mark: Callable[[int], str], name: str) -> None:
    source = "".join(f"{page}\n\n{mark(number)}\n\n" for number, page in enumerate(PAGES[:4], 1))
    assert _squeezed(_run(f"{source}{PAGES[4]}\n", name).repaired) == TEXT


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_marks_between_wrapped_lines(mark: Callable[[int], str]) -> None:
    lines = [(TEXT * 4)[at : at + 20] for at in range(0, 4 * len(TEXT), 20)]
    pages = ["\n".join(lines[at : at + 13]) for at in range(0, 65, 13)]
    marks = [mark(number).replace("\n\n", "\n") for number in range(1, 5)]
    source = "".join(f"{page}\n{one}\n" for page, one in zip(pages[:4], marks, strict=True))
    assert _squeezed(_run(f"{source}{pages[4]}\n").repaired) == _squeezed("".join(lines[:65]))


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("mark", ["12", "— 12 —", "---", "<!-- page 12 -->", "第12页", "![](page_12.png)"])
def test_one_mark_in_a_sentence(mark: str, name: str) -> None:
    result = _run(f"{PAGES[0]}\n\n{mark}\n\n{''.join(PAGES[1:])}\n", name)
    assert _squeezed(result.repaired) == TEXT


def test_latin_sentences() -> None:
    one = "The committee met on Monday. It was to discuss the annual budget and agreed to publish"
    two = "the report before the end of the month. Members asked for more time to study the figures"
    three = "and the chairman promised an answer at the next meeting in June."
    repaired = _run(f"{one}\n\n31\n\n{two}\n\n32\n\n{three}\n").repaired
    assert repaired.split() == f"{one} {two} {three}".split()


def test_pages_that_end_with_a_sentence() -> None:
    pages = [SENTENCES[0], SENTENCES[1] + SENTENCES[2], SENTENCES[3] + SENTENCES[4], SENTENCES[5]]
    source = "\n\n".join(f"{page}\n\n— {number} —" for number, page in enumerate(pages, 31))
    assert _squeezed(_run(source).repaired) == _squeezed("".join(pages))


def test_heads_in_sentences_where_no_number_stands() -> None:
    heads = ("县志·卷三　水利", "县志•卷三  水利", "县志·卷二　水利", "县志·卷三　水利")
    source = "".join(f"{page}\n{head}\n" for page, head in zip(PAGES[:4], heads, strict=True))
    assert _squeezed(_run(source + PAGES[4]).repaired) == TEXT


def test_numbers_become_facts() -> None:
    source = "\n\n".join(f"{page}\n\n— {number} —" for number, page in enumerate(PAGES, 31))
    assert Fact("number", "33", 11, 1) in _run(source).journal.structure.facts


ALIKE = {
    "years": "\n\n".join(f"{1958 + at}\n\n{words}" for at, words in enumerate(SENTENCES)),
    "years, no stops": "\n\n".join(f"{1958 + at}\n\n{words[:-1]}" for at, words in enumerate(SENTENCES)),
    "sections": "\n\n".join(f"{at}\n\n{words}" for at, words in enumerate(SENTENCES, 1)),
    "sections, brackets": "\n\n".join(f"（{at}）\n\n{words}" for at, words in enumerate(SENTENCES, 1)),
    "sections, Roman": "\n\n".join(
        f"{mark}\n\n{words}" for mark, words in zip("ⅠⅡⅢⅣⅤⅥ", SENTENCES, strict=False)
    ),
    "sections, dots": "\n\n".join(f"·{at}·\n\n{words}" for at, words in enumerate(SENTENCES, 1)),
    "sections, dashes": "\n\n".join(
        f"— {number} —\n\n{words}" for number, words in zip(HAN, SENTENCES, strict=False)
    ),
    "rows": "\n".join(f"{at}\n{words[:9]}\n{at * 7}" for at, words in enumerate(SENTENCES, 1)),
    "measures": "\n".join(f"{at}\n{words[:-1]}" for at, words in enumerate(SENTENCES, 1)),
    "verses": "\n".join(f"{at}\n春风又绿江南岸，\n明月何时照我还。" for at in range(1, 9)),
    "scores": "甲队对乙队\n\n3:2\n\n丙队对丁队\n\n1:0\n\n比赛结束后，观众久久不愿离去。",
    "fractions": "产品\n1/3\n原料\n2/3\n合计\n3/3\n以上为各项所占份额，由厂部核定。",
    "rules": "\n\n---\n\n".join(SENTENCES[:4]),
    "refrain": "\n".join(f"{words}\n小小的船儿摇啊摇" for words in SENTENCES),
    "who does it": "\n".join(f"{words[:-1]}\n责任单位：县水利局" for words in SENTENCES),
    "contents": "\n".join(f"第{number}章 春耕\n{at * 7 + 1}" for at, number in enumerate(HAN)),
    "pictures": "\n\n".join(f"{words}\n\n![](images/{at}.png)" for at, words in enumerate(SENTENCES, 1)),
    "comments": "\n\n".join(f"{words}\n\n<!-- page {at} -->" for at, words in enumerate(SENTENCES, 1)),
    "figure": f"{PAGES[0]}\n\n![图1 水库](images/1.png)\n\n{SENTENCES[3]}",
    "footnotes": f"{SENTENCES[0]}[^3-1]\n\n[^3-1]: 《渝州晚报》，2005年3月4日，第2版。\n"
    "[^3-2]: 《渝州晚报》，2005年3月9日，第1版。",
    "forms": "\f".join(
        f"居民登记表\n姓名：王小{one}\n性别：男\n备注：{words}\n"
        for one, words in zip("甲乙丙丁戊己庚", SENTENCES, strict=False)
    ),
    "letters": "\f".join(
        f"感谢信\n{one}同志：\n{words}\n此致敬礼\n"
        for one, words in zip("甲乙丙丁戊己庚", SENTENCES, strict=False)
    ),
    "diary": "\f".join(f"工作日记\n3月{at}日 晴\n{words}\n" for at, words in enumerate(SENTENCES, 1)),
    "appendices": "\f".join(f"附件 {at}\n{words}\n" for at, words in enumerate(SENTENCES, 1)),
    "column": "\f".join(f"今日谈\n{words[:9]}\n{words}\n" for words in SENTENCES),
    "sources": "\f".join(
        f"{words}\n[{at}] 《渝州晚报》，2005年3月{at}日，第2版。\n" for at, words in enumerate(SENTENCES, 1)
    ),
}


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("source", ALIKE.values(), ids=ALIKE.keys())
def test_what_only_looks_like_a_mark_stays(source: str, name: str) -> None:
    only = Settings(only=("layout.furniture", "layout.footnotes"))
    assert repair_document(from_text(source, name), settings=only).repaired == source


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("12O", Mark("bare", 120)),
        ("— 一百零五 —", Mark("flanked", 105)),
        ("·二十·", Mark("flanked", 20)),
        ("共3页 第2页", Mark("page", 2)),
        ("12／30", Mark("of", 12, 30)),
        ("5/3", None),
        ("（12）", Mark("bracketed", 12)),
        ("xiv", Mark("roman", 14)),
        ("— Ⅳ —", Mark("roman", 4)),
        ("附件1", None),
        ("[1]", None),
        ("3月", None),
        ("——某某——", Mark("flanked", None)),
        ("![图1](img/p4.png)", None),
        ("<!-- note -->", None),
    ],
)
def test_reading_a_mark(words: str, mark: Mark | None) -> None:
    assert page_marks.read(words) == mark


@pytest.mark.parametrize("below", ["", "临溪文史资料\n\n", "31\n\n", "临溪文史资料\n\n31\n\n"])
@pytest.mark.parametrize(
    "note",
    [
        "①见《临溪县志》第三卷第12页。",
        "[1] 王小河：《水利记》，渝州出版社1980年版。",
        "*本文写于一九五六年。",
        "（原载一九六二年五月六日《临溪日报》）",
        "注：本表不含乡镇企业。",
        "资料来源：县统计局。",
        "图3 全县水系图",
        "[^1]: 《临溪日报》，1951年3月4日，第2版。",
    ],
)
def test_notes_go_behind_the_sentence_that_the_page_cuts(note: str, below: str) -> None:
    """A head and a number stand on three pages; the note on the first."""
    pages = [f"{PAGES[0]}\n\n{note}\n\n", f"{PAGES[1]}\n\n", "".join(PAGES[2:])]
    texts = [f"\f{below.replace('31', str(31 + number))}{page}" for number, page in enumerate(pages)]
    repaired = _run("".join(texts)[1:]).repaired
    assert _squeezed(repaired) == _squeezed(TEXT + note)
    assert repaired.rstrip("\n").endswith(f"\n{note}")


def test_notes_behind_a_whole_sentence_stay() -> None:
    source = f"{SENTENCES[0]}\n\n①见《临溪县志》第三卷。\n\n\f{SENTENCES[1]}\n\n{SENTENCES[2]}\n"
    assert _run(source).repaired == source


def test_heads_whose_numbers_count_the_pages() -> None:
    heads = ("临溪县志　32", "33　第三编　农业", "临溪县志　34", "35　第三编　农业")
    source = "".join(f"{page}\n\n{head}\n\n" for page, head in zip(PAGES[:4], heads, strict=True))
    assert _squeezed(_run(source + PAGES[4]).repaired) == TEXT


def test_a_head_seen_once_between_others() -> None:
    third = len(TEXT) // 6
    pages = [TEXT[at * third : (at + 1) * third] for at in range(5)] + [TEXT[5 * third :]]
    heads = ("临溪县志", "第三编　农业", "临溪县志", "第四编　商业", "临溪县志")
    source = "".join(f"{page}\n\n{head}\n\n" for page, head in zip(pages[:5], heads, strict=True))
    assert _squeezed(_run(source + pages[5]).repaired) == TEXT
    caption = source.replace("第三编　农业", "图三　抢修水渠")
    assert "图三　抢修水渠" in _run(caption + pages[5]).repaired


def test_chinese_numerals_count_pages_by_their_series_alone() -> None:
    source = "".join(f"{page}\n\n三十{HAN[at]}\n\n" for at, page in enumerate(PAGES[:4]))
    assert _squeezed(_run(source + PAGES[4]).repaired) == TEXT
    one = f"{PAGES[0]}\n六\n{''.join(PAGES[1:])}\n"
    assert _run(one).repaired.count("六") == TEXT.count("六") + 1
