"""Made pages of many kinds of text, for joins.py: lines of which it is known whether they go on.

Prose of the corpus is set in columns of all widths, flush or indented, with blank lines where engines put
them, with page ends, and damaged as engines damage; verse keeps its lines; lists, forms, tables, contents,
official papers and briefs are written by grammar, among prose. Nothing of it is kept but what the trees
count.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

PROSE = (
    "ccrd_1966_1976", "cnd_museum", "mao_works_1925_1957", "xys_essays", "shu_late_qing_republican",
    "minguo_literature", "shu_1940s_1990s_prose", "shu_swordsman_and_popular_history_novels",
    "shu_classical_and_vernacular_novels", "classical_simplified", "classics_in_modern_chinese",
    "modern_essays_lancopku", "criminal_judgments_lecardv2", "lawrefbook_cases_rules", "laws_local",
    "cctv_xwlb_2012_2026Q1", "fudan_general", "peoplesdaily1998_msra_ner",
)  # fmt: skip
VERSE = ("modern_poetry_sheepzh", "classical_poetry_chinese_poetry")
PAGES = 45
"""Pages of each kind of prose; twice as many of each of verse."""
_CLOSING = "，。、；：！？）》”’】"
_OPENING = "（《“‘【"
_MARKS = "，。、；：！？“”（）《》"
_TOWNS = [
    "东河", "西岭", "南坪", "北山", "城关", "石鼓", "大坪", "柳林", "沙河", "白水", "新桥", "高峰", "双溪",
    "永安", "太平",
]  # fmt: skip
_WORDS = [
    "水库", "桥梁", "学校", "夜校", "粮价", "水渠", "种子", "会议", "卫生所", "林木", "农具", "贷款",
    "河道", "仓库", "电话", "公路", "户口", "档案", "账目", "宣传", "运输", "税收", "治安", "选举",
]  # fmt: skip
_ORGANS = [
    "人民政府", "人民委员会", "水利局", "教育科", "粮食局", "供销合作社", "卫生科", "公安局", "农业局",
    "商业局", "税务所", "第一中学", "人民医院", "派出所", "机械厂",
]  # fmt: skip
_LABELS = [
    "姓名", "性别", "籍贯", "职务", "出生年月", "政治面貌", "工作单位", "家庭住址", "文化程度", "项目名称",
    "建设单位", "施工单位", "开工日期", "联系人", "电话", "备注", "数量", "单价",
]  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴"
_GIVEN = ("建国", "秀英", "志强", "玉兰", "德胜", "明", "芳", "伟")
_NUMERALS = "一二三四五六七八九十"


class Set(NamedTuple):
    """A made page: its lines and what is known of each."""

    text: str
    goes_on: list[bool]
    """Of every line that is not blank: whether the next goes on with it."""


@cache
def _read(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        return [line.strip() for line in stream]


def pages(corpus: Path) -> Iterator[tuple[str, Set]]:
    """(name, page) of all made pages; always the same."""
    for name in PROSE:
        lines = _read(corpus / f"{name}.txt.xz")
        for number in range(PAGES):
            draw = Random(f"{name} {number}")
            yield f"{name} {number}", _page(draw, lines, ())
    for name in VERSE:
        verse = _read(corpus / f"{name}.txt.xz")
        prose = _read(corpus / f"{PROSE[len(name) % len(PROSE)]}.txt.xz")
        for number in range(2 * PAGES):
            draw = Random(f"{name} {number}")
            yield f"{name} {number}", _page(draw, prose, verse)


def poems(corpus: Path, count: int) -> Iterator[str]:
    """Pages of modern verse, a line of a poem a line, some as damaged as engines damage; always the same."""
    lines = _read(corpus / f"{VERSE[0]}.txt.xz")
    draw = Random("poems")
    for number in range(count):
        at = draw.randrange(len(lines) - 80)
        setter = _Setter(Random(number))
        setter.noise = draw.choice((0.0, 0.0, 1.0, 3.0))
        for line in filter(None, lines[at : at + draw.randint(14, 60)]):
            setter.add(line, False)
        yield "".join(setter.text)


class _Setter:
    """Sets lines one after the other."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.text: list[str] = []
        self.goes_on: list[bool] = []
        self.width = draw.choice((*range(10, 33), *range(10, 33), 36, 40, 44, 50, 62))
        self.indent = "\u3000\u3000" * (draw.random() < 0.4)
        self.parted = draw.choice((0.0, 0.0, 0.0, 0.5, 0.9, 1.0))
        """How often a blank line stands between paragraphs."""
        self.stray = draw.choice((0.0, 0.0, 0.0, 0.02, 0.08))
        """How often one stands inside."""
        self.noise = draw.choice((0.0, 0.0, 0.3, 1.0, 2.0, 4.0, 8.0))
        """How many times as damaged as a good scan."""

    def add(self, line: str, goes_on: bool, blank: bool = False) -> None:
        shown = self._damaged(line)
        if not shown.strip():
            return
        self.text.append("\n" * blank + shown + "\n")
        self.goes_on.append(goes_on)

    def paragraph(self, words: str) -> None:
        """Set words in the column; marks hang or are pushed on, as printers do."""
        rest, first = self.indent + words, True
        hangs = self.draw.random() < 0.5
        while rest:
            size = self.width
            if len(rest) > size:
                if rest[size] in _CLOSING:
                    size += 1 if hangs else -1
                elif rest[size - 1] in _OPENING:
                    size -= 1
            line, rest = rest[:size], rest[size:]
            if not first and not self.indent:
                line = line.lstrip()
            blank = self.draw.random() < (self.parted if first else self.stray)
            self.add(line, bool(rest), blank and bool(self.text))
            first = False
        if self.draw.random() < 0.03 and self.text:
            self.text[-1] += "\f"

    def lines(self, words: list[str]) -> None:
        """Lines of which none goes on."""
        between = self.draw.random() < 0.25
        for at, line in enumerate(words):
            self.add(line, False, (at == 0 and self.draw.random() < 0.6) or between)

    def _damaged(self, line: str) -> str:
        if not self.noise:
            return line
        out = []
        for char in line:
            chance = self.draw.random() / self.noise
            if char in _MARKS or char == "一":
                if chance < 0.05:
                    continue
                if chance < 0.07 and char != "一":
                    char = self.draw.choice("，。、：；·.")
            elif chance < 0.01:
                continue
            elif chance < 0.025 and char > "一":
                char = self.draw.choice("口日土士已己末未干千大太人入八儿九几刀力又叉的上不了在和国")
            out.append(char)
        if self.draw.random() < 0.01 * self.noise:
            out = out[: -self.draw.randint(1, 4)]
        return "".join(out)


def _page(draw: Random, prose: list[str], verse: list[str] | tuple[()]) -> Set:
    setter = _Setter(draw)
    at = draw.randrange(max(1, len(prose) - 60))
    paragraphs = [line for line in prose[at : at + 60] if line]
    if draw.random() < 0.15:
        _briefs(setter, paragraphs)
        return Set("".join(setter.text), setter.goes_on)
    if draw.random() < 0.3:
        # A page that begins in the middle of a paragraph.
        paragraphs[0] = paragraphs[0][len(paragraphs[0]) // 2 :] or paragraphs[0]
    elif draw.random() < 0.6:
        setter.lines([title(draw) for _ in range(draw.randint(1, 2))])
    size = draw.randint(150, 900)
    for words in paragraphs:
        if size <= 0:
            break
        if len(words) > 500:
            words = words[:500]
        size -= len(words)
        setter.paragraph(words)
        if draw.random() < 0.08:
            setter.lines(_matter(draw))
        if verse and draw.random() < 0.5:
            start = draw.randrange(len(verse) - 40)
            poem = [line for line in verse[start : start + draw.randint(4, 36)] if line]
            setter.lines([part for line in poem for part in _verses(draw, line)])
    if draw.random() < 0.5:
        setter.lines(_matter(draw))
    return Set("".join(setter.text), setter.goes_on)


def _verses(draw: Random, line: str) -> list[str]:
    """A line of a poem; regular verse is often set two to a line, or one."""
    if len(line) > 40:
        return [part + mark for part, mark in zip(line.split("，"), "，" * 40, strict=False)][:8]
    return [line]


def _briefs(setter: _Setter, paragraphs: list[str]) -> None:
    """A title or none, and one to three paragraphs of two or three lines."""
    draw = setter.draw
    setter.width = draw.randint(16, 44)
    for words in paragraphs[: draw.randint(1, 3)]:
        if draw.random() < 0.6:
            setter.lines([title(draw)])
        lines = draw.randint(2, 3)
        whole = words[: lines * setter.width - draw.randint(0, setter.width - 4)]
        end = max(whole.rfind(mark) for mark in "。！？")
        setter.paragraph(whole[: end + 1] if end > setter.width else whole)


def title(draw: Random) -> str:
    return draw.choice(
        (
            f"{draw.choice(_TOWNS)}乡{draw.choice(_WORDS)}工作取得成绩",
            f"关于{draw.choice(_WORDS)}问题的{draw.choice(('通知', '报告', '批复', '意见'))}",
            f"{draw.choice(_NUMERALS)}、{draw.choice(_WORDS)}和{draw.choice(_WORDS)}",
            f"{draw.choice(_TOWNS)}的{draw.choice(_WORDS)}",
            f"全县{draw.choice(_WORDS)}检查结束",
        )
    )


def _matter(draw: Random) -> list[str]:
    """Lines of a list, a form, a table, contents or the end of a paper."""
    count = draw.randint(3, 12)
    kind = draw.randrange(8)
    town, word, organ = (
        (lambda of: lambda: draw.choice(of))(_TOWNS),
        (lambda: draw.choice(_WORDS)),
        (lambda: draw.choice(_ORGANS)),
    )
    if kind == 0:
        return [title(draw)] + [
            f"{town()}乡{organ()}" if draw.random() < 0.6 else f"县{organ()}" for _ in range(count)
        ]
    if kind == 1:
        return [
            f"{label}：{draw.choice((word(), town() + '乡', '县' + organ()))}"
            for label in draw.sample(_LABELS, count)
        ]
    if kind == 2:
        return [
            f"{town()}乡 {draw.choice(('已完成', '未完成'))} {draw.randint(40, 100)}%" for _ in range(count)
        ]
    if kind == 3:
        dots = draw.choice(("……", "····", "......", "   "))
        return ["目录"] + [
            f"{draw.choice(_NUMERALS)}、{word()}与{word()}{dots * draw.randint(1, 4)}{draw.randint(1, 99)}"
            for _ in range(count)
        ]
    if kind == 4:
        return [
            cell
            for _ in range(count)
            for cell in (
                word(),
                f"{draw.randint(1, 99999):,}.{draw.randint(10, 99)}",
                str(draw.randint(-99, 99)),
            )
        ]
    if kind == 5:
        year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(draw.randint(1950, 1994)))
        return ["特此通知。"] * (draw.random() < 0.5) + [
            f"县{organ()}",
            f"{year}年{draw.choice(_NUMERALS)}月{draw.choice(_NUMERALS)}日",
        ]
    if kind == 6:
        return [f"{word()}{draw.choice('好新大高快')}{draw.choice(_WORDS)}多" for _ in range(count)]
    return [
        f"{draw.choice(_SURNAMES)}{draw.choice(_GIVEN)} {draw.choice('男女')} {town()}乡人"
        for _ in range(count)
    ]
