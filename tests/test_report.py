"""The reports show all of a result, lose no character of it, and let no character of it run."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from made_results import HOSTILE, Maker, results, sample

from cleanup import repair
from cleanup.model.fix import Lang
from cleanup.model.result import Result
from cleanup.plan import FAMILIES
from cleanup.reports import grid
from cleanup.reports import journal as journals
from cleanup.reports.grid import Column
from cleanup.reports.html import render
from cleanup.reports.pieces import rows
from cleanup.reports.terminal import diff, summary
from cleanup.reports.unseen import HIDDEN
from cleanup.reports.words import WORDS, table, word

LANGS: tuple[Lang, ...] = ("zh", "en")


class Stripped(HTMLParser):
    """The report without its mark-up: the four readings of the text, and what it refers to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts = dict.fromkeys(("inline left", "inline right", "left", "right"), "")
        self.scripts: dict[str, str] = {}
        self.references: list[tuple[str, str]] = []
        self.seen: set[int] = set()
        self._cells: list[str] = []
        self._tags: list[str] = []
        self._script = ""
        self._changed = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        self.references += [
            (k, v)
            for k, v in names.items()
            if k in ("src", "href", "action", "srcset", "style") and not v.startswith("#")
        ]
        self.references += [(k, v) for k, v in names.items() if k.startswith("on")]
        kind = names.get("class", "")
        if tag in ("meta", "input"):  # these have no end
            return
        if tag == "div" and kind in ("r", "r c"):
            self._changed = kind == "r c"
        self._tags.append(tag)
        self._cells.append(kind if tag == "div" and kind in ("t", "l", "m") else (self._cells or [""])[-1])
        if "x" in kind.split() and self._cells[-1]:
            self.seen |= {int(number) for number in names["data-r"].split()}
        if "data-c" in names:
            self.handle_data(chr(int(names["data-c"], 16)))
        if tag == "script":
            self._script = names.get("id", "run")
            self.scripts[self._script] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self._tags.pop() == tag
        self._cells.pop()
        self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script:
            self.scripts[self._script] += data
        cell = (self._cells or [""])[-1]
        if cell == "t" and "ins" not in self._tags:
            self.texts["inline left"] += data
        if cell == "t" and "del" not in self._tags:
            self.texts["inline right"] += data
        # A row that stayed as it was has one cell for both readings of the left.
        if cell == "l" or (cell == "t" and not self._changed):
            self.texts["left"] += data
        if cell == "m":
            self.texts["right"] += data


def check(result: Result, lang: Lang = "zh") -> Stripped:
    """Stripping the mark-up gives exactly both texts, in both views, and every record is marked."""
    page = render(result, lang)
    found = Stripped(page)
    assert found.texts["inline left"] == result.original
    assert found.texts["left"] == result.original
    assert found.texts["inline right"] == result.repaired
    assert found.texts["right"] == result.repaired
    assert found.seen == set(range(1, len(result.journal.records) + 1))
    assert not found.references
    assert not HIDDEN.search(page)
    return found


def test_sample_loses_nothing() -> None:
    check(sample())


@settings(max_examples=300)
@given(results())
def test_any_result_loses_nothing(result: Result) -> None:
    check(result)


@pytest.mark.parametrize("text", ["", "\n", "\f", "无改动\n", "没有换行", HOSTILE])
def test_unchanged_text(text: str) -> None:
    check(Maker(text).result())


def test_hostile_text_stays_text() -> None:
    maker = Maker("甲乙\n" + HOSTILE).apply(HOSTILE, (0, 1, HOSTILE))
    maker.hold("x.<b>", (3, 20, HOSTILE)).flag("f.</script>", 0, len(maker.text))
    found = check(maker.result(name=HOSTILE))
    assert set(found.scripts) == {"journal", "page", "run"}
    assert not re.search("[<>&\u2028\u2029]", found.scripts["journal"] + found.scripts["page"])


def test_journal_inside_reads_back() -> None:
    result = sample()
    found = check(result)
    assert journals.decode(found.scripts["journal"].encode()) == result.journal


def test_same_result_same_bytes() -> None:
    assert render(sample(), "zh") == render(sample(), "zh")


@pytest.mark.parametrize("lang", LANGS)
def test_opens_in_either_language(lang: Lang) -> None:
    page = render(sample(), lang)
    assert f'<html lang="{lang}"' in page
    for other in LANGS:  # both are there, for the switch in the page
        assert f'"look.hint":"{word("look.hint", other)}"' in page
    assert f">{word('look', lang)}<" in page


def test_spaces_have_a_sign_of_their_own() -> None:
    page = render(repair("验 收 组 现 场 查 看 了 大 楼 。\n"), lang="en")
    assert page.count('<i class="s" data-v="␣"> </i>') >= 9
    assert word("legend.spaces", "en") in page


def test_words_are_whole() -> None:
    assert table("zh").keys() == table("en").keys()
    assert all(message.zh and message.en for message in WORDS.values())
    assert word("family.unheard", "zh") == "unheard"
    assert all(f"family.{family}" in WORDS for family in FAMILIES)


def test_no_network() -> None:
    page = render(sample(), "en")
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", page)
    assert "url(" not in page
    assert "@import" not in page


def test_script_and_style_are_the_admitted_ones() -> None:
    """The policy names the digests of the one style and the one script, so nothing else can run."""
    page = render(sample(), "zh")
    policy = unescape(page.partition('content="default-src')[2].partition('">')[0])
    found = Stripped(page)
    style = page.partition("<style>")[2].partition("</style>")[0]
    for text in (found.scripts["run"], style):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def big(size: int) -> Result:
    """About `size` bytes of newspaper with an edit in every second line and a flag here and there."""
    line = "本报讯 记者从市政府获悉，今年以来全市经济运行总体平稳，主要指标好于预期。\n"
    count = size // len(line.encode())
    maker = Maker(line * count)
    maker.step(
        [("spaces.han", [(at, at + 1, "")]) for at in range(3, len(maker.text), 2 * len(line))],
    )
    for at in range(50, len(maker.text), 400):
        maker.hold("phrases.misread", (at, at + 1, "新"))
    return maker.result()


def test_size_and_speed() -> None:
    result = big(200_000)
    start = time.process_time()  # of this process alone, whatever else the machine does
    page = render(result, "zh")
    taken = time.process_time() - start
    assert len(page.encode()) < 12 * len(result.original.encode()) + 300_000
    assert taken < 3  # measured: 0.15 s; room for a slow machine


@settings(max_examples=200)
@given(results())
def test_rows_are_the_two_texts(result: Result) -> None:
    found = list(rows(result))
    assert "".join(row.left for row in found) == result.original
    assert "".join(row.right for row in found) == result.repaired


@settings(max_examples=200)
@given(results())
def test_terminal_diff_shows_every_change(result: Result) -> None:
    plain = "\n".join(diff(result, "zh", colour=False))
    assert "\x1b" not in plain
    assert not HIDDEN.search(plain)
    for record in result.journal.records:
        if record.status == "applied":
            assert record.rule in plain
    coloured = "\n".join(diff(result, "zh", colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_terminal_diff_reads_like_one() -> None:
    maker = Maker("第一行\n二OO八年\n第三行\n第四行\n第五行\n").apply("numerals.latin-zero", (5, 7, "〇〇"))
    maker.flag("suspicions.end", 20, 20)
    assert list(diff(maker.result(), "en", colour=False)) == [
        "--- 样张.txt (Source)",
        "+++ 样张.txt (Repaired)",
        "@@ -2 +2 @@ numerals.latin-zero 91%",
        " 第一行",
        "-二OO八年",
        "+二〇〇八年",
        " 第三行",
        "! line 5: suspicions.end 91%: The reason stands here",
    ]


def test_terminal_diff_of_nothing_is_nothing() -> None:
    assert list(diff(Maker("甲\n").result(), "zh", colour=True)) == []


@pytest.mark.parametrize("room", [40, 60, 400])
def test_a_table_fits_the_terminal(room: int) -> None:
    """Wide characters take two cells; what is too long goes on below, and nothing of it is lost."""
    path = "results/" + "a-folder-with-a-long-name/" * 4 + "page.report.html"
    columns = [Column("文件"), Column("Applied", "32", right=True), Column("Report", "2")]
    plain = list(grid.draw(columns, [["样张一二三.txt", "1,234", path]], ["共", "1,234", ""], room, False))
    assert {grid.width(line) for line in plain} == {min(room, 29 + len(path))}
    start = plain[1].index("Report")
    rows = [line for line in plain[3:] if line.strip()][:-1]
    # A line with wide characters is by so many characters shorter than its cells.
    assert "".join(row[start + 2 - (grid.width(row) - len(row)) :].strip() for row in rows) == path
    painted = grid.draw(columns, [["样张一二三.txt", "1,234", path]], ["共", "1,234", ""], room, True)
    assert [re.sub(r"\x1b\[[\d;]*m", "", line) for line in painted] == plain


@pytest.mark.parametrize("lang", LANGS)
def test_summary_counts_by_family(lang: Lang) -> None:
    text = "\n".join(summary([(sample(), "out/样张.html"), (sample(), "")], lang, 120))
    assert word("family.numerals", lang) in text
    assert "out/样张.html" in text
    assert word("table.total", lang) in text
