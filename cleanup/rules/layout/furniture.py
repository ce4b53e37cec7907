"""Running heads, folios, dates and credit lines of the page: taken out of the running text.

Why: engines read the page's furniture as text; it stands before, behind and in the middle of articles.
     What comes again, with damage, at the edge of pages (odd and even) is furniture where sentences go on
     over it or its numbers count the pages, and where it stands on nearly every page; with an archive
     profile, what three other files prove to be furniture. Numbers that go on from page to page, and what
     cuts a sentence as only a page's end does, are furniture without form feeds as well: 121, — 12 —,
     第 3 页, 1/3, <!-- page 4 -->, a picture of the page.
Leaves alone: dates that sign a text, credits inside sentences, headings, the title that running heads
     repeat, footnotes; what heads many files of an archive and no more: a series' title, a column, a kicker.
     Numbers of sections, years, rows and verses. A lone credit line, and a line that comes again where
     every page is complete (a form, a letter), are only suggested.
Safety: LIKELY; what goes is in the journal, its facts (paper, date, page, section, editors) among the
     journal's structure. `--furniture keep` leaves it, `--furniture mark` marks it.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Page
from cleanup.text.lines import MARK

NAME = "layout.furniture"
SUMMARY = Message("去掉报头、版次、日期、责编等版面文字", "Take out running heads, folios, dates, credits")
SAFETY = Applicability.LIKELY
EARLY = 5
NEEDS: tuple[str, ...] = ()
_TOWNS = ("甲镇", "乙镇", "丙镇")
_PAGES = tuple(
    f"渝州农家 新风\n{town}修了三条路，路面宽六米，最长的一条通到镇\n\f"
    "渝州农家 新风\n上的学校，学生上学方便了。\n"
    for town in _TOWNS
)
CASES = (
    Case(
        "渝州日报  2021年3月4日 星期四  第2版\n县里修了三座桥，两座通车。\n— 2 —\n",
        "县里修了三座桥，两座通车。\n",
    ),
    Case(
        "县里修了三座桥，两座在城\n渝州口报 综合   202]年3月4日”星期四   A02\n区，一座在乡下。\n",
        "县里修了三座桥，两座在城\n区，一座在乡下。\n",
        "damaged, in mid-paragraph",
    ),
    Case(
        "# 三座桥\n\n县里修了三座桥，两座在城\n\n渝州日报  2021年3月4日 星期四  第2版\n\n区，一座在乡下。\n",
        "# 三座桥\n\n县里修了三座桥，两座在城\n\n区，一座在乡下。\n",
        "Markdown",
    ),
    Case(
        "县里修了三座桥，两座通车。\n\n渝州日报 2021年3月4日\n\n路也好了。\n\n渝州日报 2021年3月4日 第3版\n",
        "县里修了三座桥，两座通车。\n\n路也好了。\n",
        "with the blank line that parts it from the text",
    ),
    Case("桥梁通讯\n县里修了三座桥。\n", "县里修了三座桥。\n", "by its place", rows=("furniture", "body")),
    Case("桥修好了。\n县交通局\n2021年3月4日\n", None, "the date signs the text"),
    Case(
        "通知\n2021-03-04 8:05\n桥通了。\n2021-03-04 9:30\n路也好了。\n2021-03-05 8:10\n散会。\n",
        None,
        "a log",
    ),
    Case(
        "日记\n2021年3月4日 星期四\n桥通了。\n2021年3月5日 星期五\n散会。\n2021年3月6日 星期六\n晴。\n",
        None,
        "a diary",
    ),
    Case("目　录\n\n编辑说明…………（1）\n一、综合\n关于修桥的通知…………（3）\n", None, "contents"),
    Case("余额\n2021.3.1\t期初余额\t1,204.33\t0.00\n2021.3.2\t修桥\t500.00\t1,704.33\n", None, "an account"),
    Case("桥修好了。\n责编：王小河\n", None, "a lone credit line is only suggested"),
    Case("2021年3月4日星期四，渝州日报第2版刊登了消息。", None, "inside a sentence"),
    Case(
        "渝州农家 新风\n县里修了三座桥，两座通车。\n",
        "县里修了三座桥，两座通车。\n",
        "stands amid sentences in other files of the archive",
        elsewhere=_PAGES,
    ),
    Case(
        "渝州衣家 新风\n县里修了三座桥，两座通车。\n",
        "县里修了三座桥，两座通车。\n",
        "the same, misread",
        elsewhere=_PAGES,
    ),
    Case(
        "渝州农家 新风\n县里修了三座桥，两座通车。\n",
        None,
        "heads three other files, which prove nothing: perhaps a series",
        elsewhere=tuple(f"渝州农家 新风\n{town}修了路，通了车。\n" for town in _TOWNS),
    ),
    Case(
        "渝州农家 新风\n三座桥两座通车\n县里修了三座桥，两座通车。\n",
        None,
        "over a headline",
        elsewhere=_PAGES,
    ),
    Case("……取得成效。\n（下转2版）\n", None, elsewhere=("……取得成效。\n（下转2版）\n",) * 4),
    Case("1. 桥修好了。\n[^3-17]: 《渝州晚报》，2005年3月4日，第2版\n", None, "a footnote"),
)
_WHY = Message("版面文字，不属于文章", "Furniture of the page, not of an article")


def find(document: Document, tools: Page) -> Iterable[Fix]:
    text = document.text
    if tools.furniture == "keep":
        return
    last = 0
    for found in tools.aside(document):
        line = document.lines[found.line]
        level = Applicability.LIKELY if found.confidence >= 0.8 else Applicability.SUGGEST
        facts = tuple(f"{kind}: {what}" for kind, what in found.folio.facts)
        start, end = line.span.start, line.span.end
        if tools.furniture == "mark":
            first = end - len(text[start:end].lstrip())
            change = (first, first, MARK)
        elif document.format == "markdown" and text[end : end + 2] == "\n\n":
            change = (start, end + 2, "")  # with the blank line that parts it from the next
        elif text[end : end + 2] == "\n\n" and _begins(text, start):
            change = (start, end + 2, "")
        elif text[end:] in ("", "\n") and text[max(0, start - 2) : start] == "\n\n" and start > last:
            change = (start - 1, len(text), "")  # with the blank line above it
        elif text[end : end + 1] == "\n":
            change = (start, end + 1, "")
        elif start > 0 and text[start - 1] == "\n":
            change = (start - 1, end, "")
        else:
            change = (start, end, "")
        last = change[1]
        yield fix(NAME, text, [change], level, found.confidence, _WHY, facts)


def _begins(text: str, start: int) -> bool:
    """Whether a page or, behind a blank line, a block begins at a place."""
    return start == 0 or text[start - 1] == "\f" or text[max(0, start - 2) : start] in ("\n\n", "\f\n")
