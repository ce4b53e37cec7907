"""Reading order: nothing is lost and nothing comes twice, wherever the boxes are and in whatever order."""

from __future__ import annotations

import math
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.geometry import order
from cleanup.model.box import Box, BoxedLine, BoxedPage, BoxedWord, PageLayout

_TEXT = "县里修了三座桥，两座在城区，一座在乡下。路也好了，学生上学方便。"


def _characters(page: BoxedPage, layout: PageLayout) -> list[tuple[int, int]]:
    return sorted((p.line, at) for row in layout.rows for p in row.pieces for at in range(p.start, p.end))


def _all(page: BoxedPage) -> list[tuple[int, int]]:
    return [(number, at) for number, line in enumerate(page.lines) for at in range(len(line.text))]


_number = st.one_of(st.floats(-50, 3000), st.sampled_from([math.nan, math.inf, -math.inf, 0.0]))


@st.composite
def _lines(draw: st.DrawFn) -> BoxedLine:
    left, top, right, bottom = (draw(_number) for _ in range(4))
    if draw(st.booleans()):
        right, bottom = left + draw(st.floats(1, 900)), top + draw(st.floats(1, 60))
    text = draw(st.text("县里修桥，。 1A“”", max_size=40))
    corners: tuple[tuple[float, float], ...] = ()
    if draw(st.booleans()):
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    words = []
    for char in text if draw(st.booleans()) else "":
        x, y, width = draw(_number), draw(_number), draw(_number)
        words.append(BoxedWord(char, Box(x, y, x + width, y + 20)))
    return BoxedLine(text, Box(left, top, right, bottom), corners, words=tuple(words))


@settings(max_examples=200, deadline=None)
@given(st.lists(_lines(), max_size=40))
def test_every_character_once(lines: list[BoxedLine]) -> None:
    page = BoxedPage(1, tuple(lines))
    layout = order(page)
    assert _characters(page, layout) == _all(page)
    for row in layout.rows:
        read = "".join(page.lines[p.line].text[p.start : p.end] for p in row.pieces)
        # White space stands between the parts of furniture, as it stands on the page.
        if row.kind == "furniture":
            assert "".join(row.text.split()) == "".join(read.split())
        else:
            assert row.text == read
        assert 0.0 <= row.follows <= 1.0


def _columns(seed: int, columns: int, rows: int, em: float = 20.0, skew: float = 0.0) -> list[BoxedLine]:
    """A headline over columns of full lines, jittered; in reading order."""
    chance = random.Random(seed)
    wide, gutter, lead = 14 * em, 1.6 * em, 1.6 * em
    lines = [("三座桥两座通车", em * 4, 2 * em, 7 * 2.2 * em, 2.4 * em)]
    for column in range(columns):
        left = 2.5 * em + column * (wide + gutter)
        for row in range(rows):
            indent = 2 * em if row % 6 == 0 else 0.0
            text = "".join(chance.choice(_TEXT) for _ in range(12 if indent else 14))
            lines.append((text, left + indent, 6.5 * em + row * lead, wide - indent, 1.15 * em))
    found = []
    for text, x, y, width, height in lines:
        x, y = x + chance.uniform(-0.2, 0.2) * em, y + chance.uniform(-0.1, 0.1) * em
        found.append(_tilted(text, x, y, width, height, skew))
    return found


def _tilted(text: str, x: float, y: float, width: float, height: float, skew: float) -> BoxedLine:
    cos, sin = math.cos(skew), math.sin(skew)
    spots = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    corners = tuple((a * cos - b * sin, a * sin + b * cos) for a, b in spots)
    xs, ys = [a for a, _ in corners], [b for _, b in corners]
    return BoxedLine(text, Box(min(xs), min(ys), max(xs), max(ys)), corners)


def _texts(lines: list[BoxedLine]) -> list[str]:
    return [row.text for row in order(BoxedPage(1, tuple(lines))).rows]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(6, 25))
def test_columns_whatever_the_order_of_the_boxes(seed: int, columns: int, rows: int) -> None:
    lines = _columns(seed, columns, rows)
    shuffled = lines[:]
    random.Random(seed).shuffle(shuffled)
    assert _texts(shuffled) == [line.text for line in lines]


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(2, 4),
    st.floats(0.2, 5),
    st.floats(-400, 4000),
    st.floats(-0.035, 0.035),
)
def test_scale_shift_and_skew_change_nothing(
    seed: int, columns: int, scale: float, shift: float, skew: float
) -> None:
    lines = _columns(seed, columns, 20, em=20 * scale, skew=skew)
    moved = [
        BoxedLine(
            line.text,
            Box(line.box.left + shift, line.box.top - shift, line.box.right + shift, line.box.bottom - shift),
            tuple((x + shift, y - shift) for x, y in line.corners),
        )
        for line in lines
    ]
    assert _texts(moved) == _texts(lines) == [line.text for line in lines]


def test_skew_is_found_without_corners() -> None:
    lines = [BoxedLine(line.text, line.box) for line in _columns(5, 3, 25, skew=0.012)]
    layout = order(BoxedPage(1, tuple(lines)))
    assert abs(layout.skew - math.degrees(0.012)) < 0.12
    assert [row.text for row in layout.rows] == [line.text for line in lines]


def test_a_hundred_thousand_boxes() -> None:
    chance = random.Random(1)
    lines = []
    for _ in range(100_000):
        left, top = chance.uniform(0, 60_000), chance.uniform(0, 90_000)
        lines.append(BoxedLine("县里修了桥", Box(left, top, left + 100, top + 20)))
    page = BoxedPage(1, tuple(lines))
    begun = time.process_time()
    layout = order(page)
    assert time.process_time() - begun < 60
    assert _characters(page, layout) == _all(page)
