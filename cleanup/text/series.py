"""Which lines mark pages: by their series, a counter that goes on at distances like a page, and by sentences
that go on over them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleanup.text import heads, notes, page_marks, running
from cleanup.text.page_marks import Mark, Style

_STEP = 4
"""So far a counter goes on from one mark to the next: marks between may be lost."""
_PAGE = 40
"""Characters that stand at least on a page: cells of a table and verses are shorter."""
_LAST_PAGE = 8
"""The last page may be nearly empty."""
_FULL_PAGE = 300
_LINES = 12
"""Characters, or lines of one width, of a page that is told by its size alone."""
_UNEQUAL = 0.15
"""By so much the sizes of pages differ that are told by it."""
_FULL, _FEW = 0.8, 3
"""Share of the width from which a line is full; so many pairs of full lines tell a width."""
_LONG = 20
"""Characters of the paragraph's line before a mark, at the least; half as many behind it."""
_CHAINS = 6
"""So many counters of one look are there at most: a book bound of several."""
_BESIDE = 4
"""So many lines of heads, rules and notes may stand between a mark and the text, on either side."""
_SURE, _FAIR = 0.95, 0.9
_PLAIN = ("bare", "bracketed", "roman", "numeral")
"""Numbers that are counted with everywhere: sections, verses and rows have them too."""


class Lines(NamedTuple):
    """The solid lines of a text."""

    words: Sequence[str]
    whole: Sequence[str]
    """As they stand, with the marks of lists."""
    free: Sequence[bool]
    """Which of them may be marks by their kind: none in code, tables of pipes, front matter."""
    width: int
    """Characters of a full line where lines are wrapped; else 0."""


class _Place(NamedTuple):
    order: int
    mark: Mark


def width(words: Sequence[str], most: int) -> int:
    """The width of full lines where lines are wrapped and full lines follow one another; else 0."""
    full = [most > 0 and len(line) >= _FULL * most for line in words]
    return most if sum(one and two for one, two in pairwise(full)) >= _FEW else 0


def find(lines: Lines) -> dict[int, float]:
    """How surely lines mark pages, by order."""
    places = [
        _Place(order, mark)
        for order, (words, free) in enumerate(zip(lines.whole, lines.free, strict=True))
        if free and (mark := page_marks.read(words)) is not None
    ]
    return _Finder(lines, places).found() if places else {}


class _Finder:
    def __init__(self, lines: Lines, places: Sequence[_Place]) -> None:
        self.lines = lines
        self.places = places
        self.marks = {place.order for place in places}
        sizes = (0 if at in self.marks else len(words) for at, words in enumerate(lines.words))
        self.before = list(accumulate(sizes, initial=0))
        near = {
            at
            for order in self.marks
            for at in range(max(0, order - _BESIDE), min(len(lines.words), order + _BESIDE + 1))
        }
        shapes = {at: heads.shape(lines.words[at]) for at in near - self.marks}
        again = Counter(filter(None, shapes.values()))
        self.heads = {at for at, shape in shapes.items() if shape and again[shape] >= 2}
        self.over = {place.order for place in places if self._is_over(place.order)}

    def found(self) -> dict[int, float]:
        by_style: defaultdict[tuple[Style, int], list[_Place]] = defaultdict(list)
        for place in self.places:
            by_style[place.mark.style, place.mark.total].append(place)
        sure: dict[int, float] = {}
        for (style, _), among in by_style.items():
            for chain in _chains(among, self.before):
                if chance := self._judged(style, chain, among):
                    sure |= dict.fromkeys((place.order for place in chain), chance)
                    sure |= dict.fromkeys(self._misread(chain, among), min(chance, _FAIR))
        for place in self.places:
            if place.mark.style in ("named", "rule") and place.order in self.over:
                sure[place.order] = _FAIR
        names = by_style.get(("named", 0), [])
        if any(place.order in sure for place in names) or len(names) > 2:
            sure |= dict.fromkeys((place.order for place in names), _FAIR)
        for place in self.places:  # what stands right beside a page's mark and is one by its look
            beside = {place.order - 1, place.order + 1} & sure.keys()
            if beside and place.order not in sure and place.mark.style in ("rule", "image", "comment"):
                sure[place.order] = _FAIR
        return sure

    def _judged(self, style: Style, chain: Sequence[_Place], among: Sequence[_Place]) -> float:
        """How surely a counter counts pages; 0: nothing says that it does."""
        count, first = len(chain), chain[0].mark.number or 0
        over = sum(place.order in self.over for place in chain)
        alike = self._are_alike(chain)
        if style == "page":
            return _SURE if count >= 2 or over else 0.0
        if style == "flanked":
            if count >= 3 and (4 * over >= count or alike or first > 3):
                return _SURE
            return _FAIR if over and 2 * over >= count else 0.0
        if style == "of":
            whole = count >= 3 and first == 1 and chain[-1].mark.number == chain[0].mark.total
            return _FAIR if (over and (count >= 2 or len(among) == 1)) or (whole and alike) else 0.0
        if style == "numeral" and count < 3:
            return 0.0  # 六, the tail of 寿六十六
        if style in _PLAIN:
            return self._bare(count, over, alike, len(among))
        return _FAIR if over else 0.0

    def _bare(self, count: int, over: int, alike: bool, among: int) -> float:
        """Sections, years, rows and verses are numbered so too: there no sentence goes on over the number."""
        if 2 * count < among:
            return 0.0  # a page full of numbers
        if over >= 2 and 3 * over >= count:
            return _SURE
        if over and count <= 2:
            return _FAIR
        return 0.85 if count >= 4 and alike and (over or count >= 6) else 0.0

    def _are_alike(self, chain: Sequence[_Place]) -> bool:
        """Whether the pages between the marks are of one size, as pages of a book are, and long enough."""
        if len(chain) < 3:
            return False
        steps = [(two.mark.number or 0) - (one.mark.number or 0) for one, two in pairwise(chain)]
        orders = [place.order for place in chain]
        if self.lines.width:
            sizes = [(two - one) / step for (one, two), step in zip(pairwise(orders), steps, strict=True)]
            least = float(_LINES)
        else:
            sizes = [
                (self.before[two] - self.before[one]) / step
                for (one, two), step in zip(pairwise(orders), steps, strict=True)
            ]
            least = float(_FULL_PAGE)
        return min(sizes) >= least and max(sizes) - min(sizes) <= _UNEQUAL * max(sizes)

    def _misread(self, chain: Sequence[_Place], among: Sequence[_Place]) -> Iterator[int]:
        """Members of a counter whose number was misread: in a gap of it, or at either end, a page away."""
        if len(chain) < 3:
            return
        known = [place.order for place in chain]
        steps = [1 + (two.mark.number or 0) - (one.mark.number or 0) for one, two in pairwise(chain)]
        room = [2, *steps, 2]  # a number is free before, in each gap of two and more, and behind
        for place in among:
            at = bisect_left(known, place.order)
            if place.order in known or room[at] < 2 + (0 < at < len(known)):
                continue
            near = known[max(0, at - 1) : at + 1]
            apart = all(self._far(*sorted((place.order, other))) >= _PAGE for other in near)
            if apart and (place.mark.style not in _PLAIN or place.order in self.over):
                yield place.order

    def _far(self, one: int, two: int) -> int:
        return self.before[two] - self.before[one]

    def _is_over(self, order: int) -> bool:
        """Whether a sentence goes on over a mark with the heads, rules and notes around it."""
        above, below = self._beside(order, -1), self._beside(order, 1)
        words, width = self.lines.words, self.lines.width
        if above < 0 or below >= len(words) or not running.flows(words, above, below):
            return False
        near = (*words[max(0, above - 1) : above + 1], *words[below : below + 2])
        if not any(stop in line for line in near for stop in ("。", "！", "？", ". ")):
            return False  # items without full stops: their numbers count no pages
        if width:
            return len(words[above]) >= _FULL * width
        return len(words[above]) >= _LONG and len(words[below]) >= _LONG / 2

    def _beside(self, order: int, step: int) -> int:
        """The nearest line of text above a mark, or below it."""
        words, at = self.lines.words, order + step
        for _ in range(2 * _BESIDE):
            if not 0 <= at < len(words):
                break
            aside = at in self.marks or at in self.heads
            if not (aside or (step < 0 and (notes.is_note(words[at]) or notes.is_rule(words[at])))):
                break
            at += step
        return at


def _chains(among: Sequence[_Place], before: Sequence[int]) -> Iterator[list[_Place]]:
    """The counters among marks of one style: numbers that go on, a page's text apart; the longest first."""
    left = [place for place in among if place.mark.number is not None]
    for _ in range(_CHAINS):
        if not left:
            return
        best: dict[int, tuple[int, int]] = {}
        """Number → the longest counter that ends with it, and its last place."""
        length, back = [1] * len(left), [-1] * len(left)
        for at, place in enumerate(left):
            number = place.mark.number or 0
            for other in range(number - 1, number - _STEP, -1):
                if other in best:
                    size, last = best[other]
                    apart = before[place.order] - before[left[last].order]
                    least = _PAGE if before[place.order] < before[-1] else _LAST_PAGE
                    if size + 1 > length[at] and apart >= least * (number - other):
                        length[at], back[at] = size + 1, last
            if length[at] >= best.get(number, (0, 0))[0]:
                best[number] = length[at], at
        at = max(range(len(left)), key=lambda one: (length[one], -one))
        chain: list[int] = []
        while at >= 0:
            chain.append(at)
            at = back[at]
        yield [left[one] for one in reversed(chain)]
        taken = set(chain)
        if len(chain) == 1:
            # Whatever is left counts nothing either.
            yield from ([place] for at, place in enumerate(left) if at not in taken)
            return
        left = [place for at, place in enumerate(left) if at not in taken]
