"""Articles set in the columns of a made newspaper page: boxes of lines alone, level, in reading order."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from bench.typeset import Article
from cleanup.text.scripts import NEVER_FIRST

_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使"
    "点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶"
    "油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影"
    "算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属"
    "圆包火住调满县局照参红细引听该铁价严"
)


@dataclass
class Line:
    """A line as set, level, before it is jittered."""

    text: str
    x: float
    y: float
    width: float
    height: float
    article: int
    starts: bool = False
    """It begins a paragraph."""


def _words(chance: random.Random, count: int, stop: bool) -> str:
    text = [chance.choice(_HAN) for _ in range(count)]
    at = chance.randrange(5, 14)
    while at < count - 2:
        text[at] = chance.choice("，，，。、")
        at += chance.randrange(6, 16)
    if stop and count:
        text[-1] = "。"
    return "".join(text)


class Setter:
    """Sets articles into rectangles of a grid of columns: of these texts, else of characters by chance."""

    def __init__(self, chance: random.Random, texts: Sequence[Article] = ()) -> None:
        self.chance = chance
        self.texts = texts
        self.first = chance.randrange(len(texts)) if texts else 0
        self.em = 20.0
        self.lead = self.em * chance.uniform(1.3, 1.8)
        self.measure = chance.randrange(9, 20)
        self.gutter = self.em * chance.uniform(1.0, 2.6)
        self.is_blocked = random.Random(f"{self.measure} {self.gutter}").random() < 0.25
        """Its paragraphs are parted by an empty line instead of an indent. (Drawn apart: what else a seed
        draws stays.)"""
        self.lines: list[Line] = []
        self.pictures: list[tuple[float, float, float, float]] = []
        """Left, top, right, bottom of each; its caption is under it."""
        self.article = 0

    @property
    def pitch(self) -> float:
        return self.measure * self.em + self.gutter

    def article_in(self, column: int, columns: int, top: float, bottom: float) -> None:
        """One article in `columns` columns from `column` on, between two heights."""
        chance, em = self.chance, self.em
        left = column * self.pitch
        number, self.article = self.article, self.article + 1
        text = self.texts[(self.first + number) % len(self.texts)] if self.texts else None
        size = em * chance.uniform(1.7, 3.0)
        style = (
            chance.choice(("over", "over", "over", "part", "vertical", "right")) if columns > 1 else "over"
        )
        begins = [top] * columns
        lefts = [left + i * self.pitch for i in range(columns)]
        wides = [self.measure * em] * columns
        ends = [bottom] * columns
        if style in ("over", "part"):
            span = columns if style == "over" else chance.randrange(1, columns)
            room = span * self.pitch - self.gutter
            rows = chance.choice((1, 1, 2))
            if chance.random() < 0.3:
                self._line(self._title(text, 2, 8), left, top, 8 * em * 1.2, em * 1.3, number)
                top += em * 2
            for row in range(rows):
                count = max(3, min(int(room / size), chance.randrange(6, 15)))
                at = left + (room - count * size) / 2 * chance.choice((0, 1, 1))
                self._line(self._title(text, row, count), at, top, count * size, size * 1.1, number)
                top += size * 1.5
            for i in range(span):
                begins[i] = top + 0.6 * em
        elif style in ("vertical", "right"):
            size = min(size, self.measure * em / 2.5)
            rows = chance.choice((1, 2)) if size * 2.6 < self.measure * em else 1
            count = max(3, min(int((bottom - top) / (size * 1.1)) - 1, chance.randrange(5, 10)))
            tall = count * size * 1.05
            at = 0 if style == "vertical" else columns - 1
            edge = lefts[at] + (wides[at] if style == "right" else 0)
            used = (rows * size * 1.4) + em
            for row in range(rows):  # from the right to the left
                x = (
                    edge - (row + 1) * size * 1.3
                    if style == "right"
                    else edge + (rows - 1 - row) * size * 1.3
                )
                self._line(self._title(text, row, count), x, top, size, tall, number)
            if style == "vertical":
                lefts[at] += used
            wides[at] -= used
            if wides[at] < 5 * em:
                begins[at] = top + tall + em
                wides[at] = self.measure * em
                lefts[at] = left + at * self.pitch
        if columns > 1 and chance.random() < 0.35 and bottom - top > 14 * self.lead:
            first = chance.randrange(0, columns - 1)
            held = chance.randrange(1, columns - first + 1)
            tall = (bottom - top) * chance.uniform(0.25, 0.4)
            upper = max(begins[first : first + held])
            at_foot = chance.random() < 0.5
            low = bottom if at_foot else upper + tall
            right = left + (first + held) * self.pitch - self.gutter
            self.pictures.append((left + first * self.pitch, low - tall + em, right, low - 2.2 * em))
            count = min(int((held * self.pitch - self.gutter) / em) - 1, chance.randrange(8, 22))
            self._line(
                self._words(text, count),
                left + first * self.pitch,
                low - em * 1.2,
                count * em * 0.9,
                em,
                -2,
            )
            for i in range(first, first + held):
                if at_foot:
                    ends[i] = bottom - tall - 0.5 * em
                else:
                    begins[i] = upper + tall + 0.8 * em
        if chance.random() < 0.4:
            self._line(self._words(None, 8), lefts[0], begins[0], 8 * em, em * 1.1, number, True)
            begins[0] += self.lead
        self._body(number, text, lefts, wides, begins, ends)

    def _title(self, text: Article | None, row: int, count: int) -> str:
        if text and row < len(text.heads):
            return text.heads[row][:count].ljust(count, "的")
        return "".join(self.chance.choice(_HAN) for _ in range(count))

    def _words(self, text: Article | None, count: int) -> str:
        """Of one line, without a stop."""
        if text:
            return self.chance.choice(text.paragraphs)[:count]
        return _words(self.chance, count, False)

    def _body(
        self,
        number: int,
        text: Article | None,
        lefts: list[float],
        wides: list[float],
        begins: list[float],
        ends: list[float],
    ) -> None:
        chance, em = self.chance, self.em
        base = min(begins)
        slots = []
        for left, wide, begin, end in zip(lefts, wides, begins, ends, strict=True):
            y = base + math.ceil((begin - base) / self.lead - 1e-6) * self.lead
            while y + em <= end:
                slots.append((left, y, int(wide / em)))
                y += self.lead
        short = chance.randrange(0, 3)
        slots = slots[: len(slots) - short] if len(slots) > 8 else slots
        rest, is_parted = "", False
        paragraphs = cycle(text.paragraphs) if text else None
        for index, (x, y, room) in enumerate(slots):
            starts = not rest or is_parted
            if not rest:
                rest = next(paragraphs) if paragraphs else _words(chance, chance.randrange(12, 120), True)
                if chance.random() < 0.06 and index + 3 < len(slots):  # a subheading
                    count = max(3, min(room - 3, chance.randrange(5, 12)))
                    self._line(self._words(text, count), x + 2 * em, y, count * em, em * 1.1, number, True)
                    rest = ""
                    continue
            if starts and self.is_blocked and index and not is_parted:
                behind = slots[index + 1 : index + 3]
                if len(behind) < 2:
                    break
                # No paragraph's first line stands alone at a column's foot.
                is_parted = behind[0][0] != x or behind[1][0] == x
                continue
            is_parted = False
            indent = 2 * starts * (not self.is_blocked)
            last = len(rest) <= room - indent or index == len(slots) - 1
            count = min(room - indent, len(rest))
            wide = count if last else room - indent
            count += not last and rest[count] in NEVER_FIRST
            words, rest = rest[:count], rest[count:]
            if index == len(slots) - 1:  # an article ends where a sentence does
                words, rest = words[:-1] + "。", ""
            self._line(words, x + indent * em, y, wide * em, em * 1.08, number, starts)

    def _line(
        self, text: str, x: float, y: float, width: float, height: float, article: int, starts: bool = False
    ) -> None:
        self.lines.append(Line(text, x, y, width, height, article, starts or not self.lines))

    def newspaper(self, columns: int, top: float, bottom: float, first: int = 0) -> None:
        """Articles in rectangles, cut one out of another."""
        chance = self.chance
        tall = bottom - top
        if columns > 2 and chance.random() < 0.45 and tall < 75 * self.lead:
            cut = chance.randrange(1, columns)
            self.newspaper(cut, top, bottom, first)
            self.newspaper(columns - cut, top, bottom, first + cut)
        elif tall > 26 * self.lead and (columns > 1 or tall > 50 * self.lead):
            cut_at = top + round(tall / self.lead * chance.uniform(0.35, 0.65)) * self.lead
            self.newspaper(columns, top, cut_at - chance.uniform(0.4, 1.5) * self.em, first)
            self.newspaper(columns, cut_at, bottom, first)
        else:
            self.article_in(first, columns, top, bottom)
