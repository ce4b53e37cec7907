"""What is looked at only where it may hold anything gives what it would give without the short cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup import formats
from cleanup.data import phrases, search
from cleanup.data.roster import Person, Roster
from cleanup.plan import all_rules
from cleanup.rules.contract import Tools
from cleanup.rules.rule import Rule, signs_of
from cleanup.text import jumps, lines, near, newspaper, paragraphs, repeats, scripts, seams, signs

SLEEPERS = [rule for rule in all_rules() if signs_of(rule)]
TOOLS = Tools(Roster((Person("胡衡华", "市长"), Person("王·大", "市长"))))
PIECES = sorted({case.text for rule in all_rules() for case in rule.CASES if len(case.text) < 200})
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=4).map("\n".join)
MARKS = "下上转接轉紧第63Il]版敌皈板（）(〈图摄为：是年二本导读详见 　\n\f、|\t▲记者"


def without(text: str, chars: str) -> str:
    """`text` without `chars`, of which one beyond U+FFFE stands for all."""
    gone = set(signs.cells(chars).tolist())
    return "".join(char for char in text if min(ord(char), signs.LAST) not in gone)


@pytest.mark.parametrize("rule", SLEEPERS, ids=lambda rule: rule.NAME)
@given(text=MIXED)
def test_sleeping_rules_would_find_nothing(rule: Rule, text: str) -> None:
    text = without(text, signs_of(rule))
    assert not signs.held(text)[signs.cells(signs_of(rule))].any()
    # As text: markup that lost some of its letters may be no HTML any more.
    assert not list(rule.find(formats.parse(text, "text", "page.txt"), TOOLS))


@given(st.text(MARKS, max_size=24))
def test_lines_of_pages(text: str) -> None:
    words = text.replace("\n", "").replace("\f", "")
    assert paragraphs.is_jump_line(words) == bool(
        paragraphs._JUMP.match(words) or jumps.PATTERN.fullmatch(words) or jumps.DAMAGED.fullmatch(words)
    )
    assert newspaper.is_teaser_head(words) == bool(newspaper._TEASER_HEAD.fullmatch(words))
    assert newspaper.is_teaser(words) == (
        not paragraphs.is_jump_line(words) and bool(newspaper._TEASER.fullmatch(words))
    )
    assert newspaper.is_caption(words) == (len(words) <= 120 and bool(newspaper._CAPTION.match(words)))
    table = lines.read.__wrapped__(words, False)[0] == "table"
    assert not (table and not lines._TABLE.match(words))
    with patch.object(jumps, "_may_hold", return_value=True):
        every = list(jumps.find(text))
    assert list(jumps.find(text)) == every


@given(st.text("ab全 　1，", max_size=60))
def test_widths_of_lines(words: str) -> None:
    def width(char: str) -> float:
        return 0.0 if char in " 　" else 0.55 if char.isascii() and char.isalnum() else 1.0

    total = 0.0
    for char in words:
        total += width(char)
    assert seams.measure(words) == total


@given(st.lists(st.text("甲乙", max_size=260), min_size=1, max_size=4))
def test_repeats(words: list[str]) -> None:
    ends = [*accumulate(len(line) + 1 for line in words)]
    spans = [(end - 1 - len(line), end - 1) for line, end in zip(words, ends, strict=True)]
    found = repeats._again("\n".join(words), spans)
    for number, line in enumerate(words):
        last: dict[str, int] = {}
        pairs: list[tuple[int, int]] = []
        for at in range(len(line) - 2):
            gram = line[at : at + 3]
            if gram in last and 3 <= at - last[gram] <= repeats.LONGEST:
                pairs.append((last[gram], at))
            last[gram] = at
        assert list(repeats._runs(line, found.get(number, []))) == list(repeats._runs(line, pairs))


@given(st.text("国國们們的", max_size=40))
def test_script(text: str) -> None:
    def count(chars: Iterator[str] | frozenset[str]) -> int:
        return sum(map(text.count, chars))

    assert scripts.is_traditional(text) == (count(scripts._TRADITIONAL) > count(scripts._SIMPLIFIED))


@given(st.lists(st.integers(0, 90), max_size=40), st.sampled_from(["全", "a", "全a "]))
def test_long_lines_are_no_column(sizes: list[int], fill: str) -> None:
    text = "\n".join((fill * size)[:size] or "。" for size in sizes)
    document = formats.from_text(text, "page.txt")
    every = list(TOOLS.seams(document))
    with patch.object(seams, "_LEAST", 0.0):
        assert list(TOOLS.seams(document)) == every


@given(
    st.text("王胡衡华大小出席，", max_size=40),
    st.lists(st.text("王胡衡华大", min_size=2, max_size=4), min_size=1),
)
def test_names_come_near(text: str, names: list[str]) -> None:
    index = near.Near(names)
    codes = near.codes(text)
    for size in index.sizes:
        for place in range(size):
            found = set(index.fits(codes, near.starts(codes, size), size, place).tolist())
            for start in range(len(text) - size + 1):
                shown = text[start : start + size]
                beside = any(
                    name[:place] + name[place + 1 :] == shown[:place] + shown[place + 1 :]
                    for name in names
                    if len(name) == size
                )
                assert start in found or not beside


WORDS = [
    "中国",
    "的",
    *phrases.damaged_forms()[::99],
    *phrases.set_phrase_forms()[::9],
    *phrases.office_words()[::5],
]


@pytest.mark.parametrize("which", range(len(search.lists_together())))
@given(
    text=st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from("中国的市长")), max_size=12).map("".join)
)
def test_lists_searched_together(which: int, text: str) -> None:
    words = search.lists_together()[which]  # as they are now: a rule's check lets them be made anew
    for overlapping in (False, True):
        alone = search._build(tuple(words), overlapping).find_matches_as_indexes(
            text, overlapping=overlapping
        )
        every = sorted((start, -end, words[at]) for at, start, end in alone)
        found = search.occurrences(text, words, overlapping)
        assert [(one.start, -one.end, one.word) for one in found] == every
