"""Verse: lines that end where the poet ended them.

Told by: four and more short lines in a row that are equally long and have no mark inside (五言, 七言, with or
without a mark at the end), or whose ends lie at all places without a sentence being over there: in wrapped
prose nearly every line fills its column, in verse hardly one in two does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page, Row, runs
from cleanup.model.block import BlockKind
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import is_han

NAME: BlockKind = "verse"
CASES = (
    Case("副歌：\n让我们荡起双桨\n让我们荡起双桨\n小船推开波浪\n", (1, 2), "a refrain"),
    Case("春夜听雨\n\n小楼一夜雨声长\n梦里青山隔渭阳\n明日杏花深巷里\n故人何处问归航\n", (1, 2, 3, 4)),
    Case("山高路远马蹄轻，\n一盏孤灯照夜行。\n莫道前头风雪紧，\n明朝还有日光明。\n", (0, 1, 2, 3)),
    Case(
        "Upon the bridge the morning light\nWas falling like a silver rain,\n"
        "And all the fields were green and bright\nAnd we were young again.\n",
        (0, 1, 2, 3),
    ),
    Case(
        "The delegates arrived in the capital on the third\nof May and were received by the mayor, who\n"
        "thanked them for their long journey. They all\nstayed for two days.\n",
        (),
        "wrapped",
    ),
    Case(
        "风从河谷吹来\n吹绿了整片梯田\n老人坐在门前\n数着归来的燕子\n孩子们奔跑着\n把笑声撒满山坡\n",
        tuple(range(6)),
    ),
    Case(
        "你是一支曲子，\n我是条船，一片小白帆\n我是个行旅者的时候，\n你，田野，山林，峰峦。\n颠倒密切中牵连着\n我永从你中间经过；\n你是我生存的河道，\n则是我胸前心跳里\n",
        tuple(range(8)),
    ),
    Case(
        "在冬天，我追逐波光，直到\n驱散内心的暗影\n南方的城市涌动黄昏，而我\n无法安慰\n弥漫的时间\n烦闷，是一头饥饿的鹰\n",
        tuple(range(6)),
        "marks inside, and ends at all places",
    ),
    Case(
        "县里修了三座桥，两座在\n城区，一座在乡下。三座\n桥都通了车，群众十分高\n兴，说今后出门方便多了\n",
        (),
        "a narrow column",
    ),
    Case(
        "名单\n主任 张建国\n副主任 李秀英\n副主任 王志强\n委员 赵玉兰\n委员 孙德胜\n\n"
        "县水务局近日对全县十二座水库进行了汛前检\n查，查出隐患二十三处，已经整改十九处，其\n"
        "余将在六月底以前完成。检查组由局长带队，\n分三路进行，每到一处都查看坝体，询问值守\n",
        tuple(range(6)),
        "not the prose behind them",
    ),
    Case("“你去哪儿？”\n“去县里。”\n“干什么去？”\n“开会。”\n", (), "speech"),
)
_LONGEST = 24.0
"""Printed width of a line of verse, at the most."""
_LEAST, _THICK, _AROUND = 4, 7, 6
"""Lines in a row, at the least, where all are alike, and where they are not; lines on either side that vote
with a line."""
_LOOSE, _FEW_MARKS = 0.3, 0.15
"""Shares of lines that neither fill the column nor end a sentence, at the least, and that have marks inside,
at the most: of lines of printed pages as engines read them 0.2 % stand in such company, of modern verse
10 %."""
_ENDED, _INNER_MARKS = 0.6, 0.5
"""The same for lines that end with punctuation: none of printed pages, 5 % of modern verse."""
_SHORT_TEXTS, _LONG_LINE = ((18, 0.35), (34, 0.45)), 45.0
"""(lines, share): of the lines of a text so short that break off, so many neither fill the column nor come
near it. Of 12 pages of prose as engines read them with up to 34 lines none has so many, of 308 pieces of
right prose wrapped to one width two, of pieces of modern verse half. Longer lines are paragraphs."""
_REGULAR, _NARROW = 16, 8
"""Characters of a line of regular verse, at the most; columns of prose are wider than the second."""
_NUMBERED = regex_pattern(
    r"第[一二三四五六七八九十百\d]{1,5}[章节節条條款]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]"
)
_MANY_NUMBERED = 0.4
_LATIN = regex_pattern(r"\p{Lu}[\p{Latin}\p{P} ]{5,60}")
_RAGGED = 0.85
"""Share of the longest line that some lines of Latin verse stay below."""
_INSIDE = regex_pattern(r"[^\p{L}\p{N}\s·—“”‘’《》「」『』](?=.)")
_ENDS = "，。、；：！？…—"
_END = regex_pattern(r"[，。；！？、,.!?;：:…—～”’』」\s]+$")


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    yield from _latin(page)
    for at in range(len(rows) - 1):
        # A line said twice is a refrain, or read twice: nothing goes on from one to the other.
        if rows[at].plain and rows[at].open and rows[at].words == rows[at + 1].words:
            yield Claim(at, at + 1, 0.9)
    short = [row.plain and row.size <= _LONGEST for at, row in enumerate(rows)]
    for first, last in runs(short, _LEAST):
        yield from _regular(rows, first, last)
        yield from _free(rows, first, last)
    if _is_ragged([row for row in rows if row.plain]):
        for first, last in runs([row.plain for row in rows], _LEAST):
            yield Claim(first, last, 0.85)


def _is_ragged(rows: Sequence[Row]) -> bool:
    """Whether a short text is verse from end to end: its lines break off where they like."""
    bar = next((share for most, share in _SHORT_TEXTS if len(rows) <= most), None)
    on = [row.size for row, after in pairwise(rows) if row.open and not after.blank]
    if bar is None or len(on) < max(_LEAST + 1, 0.5 * len(rows)) or max(on) > _LONG_LINE:
        return False
    odd = sum(not is_han(row.words[0]) or row.words[-1] in "年月日号：）" for row in rows)
    if odd > 1 or any(row.page for row in rows) or _are_numbered(rows):
        return False  # a chronicle, a list, a form, a page with its furniture
    full = sorted(row.size for row in rows)[int(0.8 * len(rows))]
    full -= max(2.0, 0.12 * full)
    short = [size < full for size in on]
    turns = sum(one != two for one, two in pairwise(short))  # a list above a paragraph has one or two
    return sum(short) >= bar * len(on) and turns > 2


def _are_numbered(rows: Sequence[Row]) -> bool:
    """Whether many lines begin with a number of their own: articles of a statute, items."""
    return sum(bool(_NUMBERED.match(row.words)) for row in rows) >= _MANY_NUMBERED * len(rows)


def _latin(page: Page) -> Iterator[Claim]:
    """Lines of Latin text that all begin with a capital, though hardly one ends a sentence."""
    rows = page.rows
    capital = [row.plain and bool(_LATIN.fullmatch(row.words)) for at, row in enumerate(rows)]
    for first, last in runs(capital, _LEAST):
        lines = [row.words for row in rows[first : last + 1]]
        on = sum(line[-1] not in ".!?:" for line in lines[:-1])
        longest = max(map(len, lines))
        ragged = any(len(line) < _RAGGED * longest for line in lines[:-1]) or "," in "".join(
            line[-1] for line in lines
        )
        if 2 * on >= len(lines) and ragged:
            yield Claim(first, last, 0.9)


def _regular(rows: Sequence[Row], first: int, last: int) -> Iterator[Claim]:
    """Stretches of lines that are equally long, without marks inside."""
    bare = [_bare(rows[at].words) for at in range(first, last + 1)]
    for start, end in runs([bool(size) and rows[first + at].open for at, size in enumerate(bare)], _LEAST):
        if rows[first + start + 1].blank and not rows[first + start + 2].blank:
            start += 1  # the title
        if rows[first + end].blank and bare[end] > max(bare[start:end]) + 1:
            end -= 1  # prose behind a list
        sizes = bare[start : end + 1]
        ragged = 3 * sum(size < max(sizes) - 1 for size in sizes) > len(sizes) >= _THICK
        if ragged or (len(sizes) >= _LEAST and max(sizes) <= _NARROW):
            yield Claim(first + start, first + end, 0.9)
    at = 0
    while at < len(bare):
        end = at
        while end < len(bare) and bare[end] and bare[end] == bare[at]:
            end += 1
        size = bare[at]
        if (
            end - at >= _LEAST
            and 2 <= size <= _REGULAR
            and _is_set_apart(rows, first + at, first + end - 1, size)
        ):
            yield Claim(first + at, first + end - 1, 0.93)
        at = max(end, at + 1)


def _is_set_apart(rows: Sequence[Row], first: int, last: int, size: int) -> bool:
    """Whether equal lines are verse rather than a narrow column: their marks stand at their ends, or they are
    shorter than columns are, or than what stands around."""
    ends = sum(rows[at].words[-1] in "，。；！？、,.!?;" for at in range(first, last + 1))
    return (
        ends >= 0.75 * (last + 1 - first)
        or size <= _NARROW
        or rows[first].width > 1.4 * size
        or last - first >= 11
    )


def _bare(words: str) -> int:
    """Han characters of a line without marks inside; 0: it has some."""
    solid = _END.sub("", words).replace(" ", "").replace("\u3000", "")
    return len(solid) if solid and not _INSIDE.search(solid) and all(map(is_han, solid)) else 0


def _free(rows: Sequence[Row], first: int, last: int) -> Iterator[Claim]:
    """Stretches whose lines end at all places, or with their marks."""
    some = rows[first : last + 1]
    if _are_numbered(some):
        return
    marked = [0, *accumulate(row.marked for row in some)]
    ended = [0, *accumulate(row.words[-1] in _ENDS for row in some)]
    loose = [
        _is_loose(some, max(0, at - _AROUND), min(len(some), at + _AROUND + 1), marked, ended)
        for at in range(len(some))
    ]
    for start, end in runs(loose, _THICK):
        yield Claim(first + start, first + end, 0.85)


def _is_loose(rows: Sequence[Row], first: int, end: int, marked: Sequence[int], ended: Sequence[int]) -> bool:
    """Whether lines are verse by their ends; `marked`, `ended` are running sums of marks."""
    size = end - first
    if size < _LEAST:
        return False
    inner = (marked[end] - marked[first]) / size
    if inner > _INNER_MARKS:
        return False
    if ended[end] - ended[first] >= _ENDED * size:
        return True
    if inner > _FEW_MARKS:
        return False
    near = rows[first:end]
    full = sorted([row.size for row in near])[int(0.8 * size)]
    full -= max(2.0, 0.12 * full)
    return sum([row.size < full and (row.open or row.words[-1] in "；：—") for row in near]) >= _LOOSE * size
