"""Jump lines of a made issue: joined by page and text; orphans and contradictions are listed."""

from __future__ import annotations

import random

import pytest

from cleanup.archive.stitching.stitch import IssuePage, stitch
from cleanup.engine.repair import from_text, repair_document
from cleanup.model.stitches import IssueStitches

_TREES = (
    "全市春季植树活动全面启动",
    "本报讯（记者 王小河）3月3日，全市春季义务植树活动在南山脚下启动，两千多名志愿者参加了活动。"
    "据市林业局负责人介绍，今年全市计划完成营造林",
    "二十万亩，其中新造林八万亩。市林业局将对造林地块逐一登记，实行专人管护，确保栽一棵、活一棵。",
)
_BUSES = (
    "城东新建两座公交枢纽站",
    "本报讯（记者 李山）记者昨日从市交通局获悉，城东片区今年将新建两座公交枢纽站，"
    "建成后可满足十二条公交线路的始发和停靠，方便沿线八万居民出行。",
    "据介绍，两座公交枢纽站均设有充电桩和候车大厅。市交通局表示，将优化周边公交线路，让居民换乘更方便。",
)
_BOOKS = (
    "老街书店开了三十年\n\n本报讯（记者 周明）城西的老街上有一家开了三十年的小书店，店主说会一直开下去。\n"
)
_NIGHT = "夜市里的烟火气\n\n本报讯（记者 陈晓）夜幕降临，滨江夜市的灯一盏盏亮起来，摊主们忙着招呼客人。\n"
_HEAD = "渝州日报 2021年3月4日 星期四 第{}版\n\n"


def _issue(**pages: str) -> list[IssuePage]:
    found = []
    for name, text in pages.items():
        number = int(name.removeprefix("p"))
        result = repair_document(from_text(_HEAD.format(number) + text, f"{name}.txt"))
        found.append(IssuePage(number, f"{name}.txt", result.journal, result.repaired))
    return found


def _open(article: tuple[str, str, str], mark: str) -> str:
    return f"{article[0]}\n\n{article[1]}\n\n{mark}\n\n"


def _joined(found: IssueStitches) -> list[tuple[str, int, int, bool]]:
    return [
        (article.title, seam.to.page, seam.origin.page, seam.runs_on)
        for article in found.articles
        for seam in article.seams
    ]


def test_two_articles_go_on_on_two_pages() -> None:
    pages = _issue(
        p1=_open(_TREES, "（下转3版）") + _open(_BUSES, "（下转4版）"),
        p3=f"{_BOOKS}\n（上接1版）\n\n{_TREES[2]}\n\n{_NIGHT}",
        p4=f"（上接1版）\n\n{_BUSES[2]}\n\n{_NIGHT}",
    )
    found = stitch(pages)
    assert _joined(found) == [(_TREES[0], 1, 3, True), (_BUSES[0], 1, 4, False)]
    trees, buses = found.articles
    assert [piece.text for piece in trees.pieces] == [_TREES[0], _TREES[1] + _TREES[2]]
    assert [(piece.text, piece.page) for piece in buses.pieces] == [
        (_BUSES[0], 1), (_BUSES[1], 1), (_BUSES[2], 4),
    ]  # fmt: skip
    assert not found.orphans
    assert not found.contradictions
    seam = trees.seams[0]
    assert (seam.to.name, seam.to.mark, seam.origin.name) == ("p1.txt", "（下转3版）", "p3.txt")
    page = pages[0]
    assert page.text[seam.to.output.start : seam.to.output.end] == "（下转3版）"
    assert seam.to.edge.endswith("营造林")
    assert seam.origin.edge.startswith("二十万亩")


def test_order_of_pages_changes_nothing() -> None:
    pages = _issue(
        p1=_open(_TREES, "（下转2版）") + _open(_BUSES, "（下转2版）"),
        p2=f"（上接1版）\n\n{_BUSES[2]}\n\n（上接1版）\n\n{_TREES[2]}\n",
    )
    found = stitch(pages)
    random.Random(1).shuffle(pages)
    assert stitch(pages) == found


def test_the_text_tells_which_of_two_continuations_it_is() -> None:
    """Both jump from page 1 to page 2, in the other order; the topic tells them apart."""
    found = stitch(
        _issue(
            p1=_open(_TREES, "（下转2版）") + _open(_BUSES, "（下转2版）"),
            p2=f"（上接1版）\n\n{_BUSES[2]}\n\n{_NIGHT}\n（上接1版）\n\n{_TREES[2]}\n",
        )
    )
    for article in found.articles:
        story = _TREES if article.title == _TREES[0] else _BUSES
        assert article.pieces[-1].text.endswith(story[2])
    assert found.articles


def test_repeated_headline_and_overlap_are_kept_once() -> None:
    twice = "今年全市计划完成营造林"
    found = stitch(
        _issue(
            p1=_open(_TREES, "（下转2版）"),
            p2=f"{_NIGHT}\n{_TREES[0]}\n\n（上接1版）\n\n{twice}{_TREES[2]}\n",
        )
    )
    (article,) = found.articles
    assert [piece.text for piece in article.pieces] == [_TREES[0], _TREES[1] + _TREES[2]]
    assert article.seams[0].overlap == twice


def test_three_pages_make_one_article() -> None:
    half = _TREES[2].index("。") + 1
    found = stitch(
        _issue(
            p1=_open(_TREES, "（下转2版）"),
            p2=f"（上接1版）\n\n{_TREES[2][:half]}\n\n（下转3版）\n\n{_NIGHT}",
            p3=f"（上接2版）\n\n{_TREES[2][half:]}\n\n{_BOOKS}",
        )
    )
    assert _joined(found) == [(_TREES[0], 1, 2, True), (_TREES[0], 2, 3, False)]
    assert "".join(piece.text for piece in found.articles[0].pieces) == "".join(_TREES)


def test_orphans_say_why() -> None:
    found = stitch(
        _issue(p1=_open(_TREES, "（下转5版）") + _open(_BUSES, "（下转2版）"), p2=f"{_NIGHT}\n{_BOOKS}")
    )
    assert not found.articles
    assert [(trouble.ends[0].names, trouble.why.en) for trouble in found.orphans] == [
        (5, "“（下转5版）”: page 5 is not in this issue"),
        (2, "“（下转2版）”: nothing on page 2 fits (the article goes on)"),
    ]


def test_misread_page_number_is_a_contradiction_and_joined_by_its_text() -> None:
    found = stitch(
        _issue(
            p1=_open(_TREES, "（下转8版）"),
            p3=f"{_NIGHT}\n{_TREES[0]}\n\n（上接1版）\n\n{_TREES[2]}\n",
        )
    )
    assert _joined(found) == [(_TREES[0], 1, 3, True)]
    assert [len(trouble.ends) for trouble in found.contradictions] == [2]
    assert "joined, since the text goes on" in found.contradictions[0].why.en


@pytest.mark.parametrize("mark", ["（上接1版）", "（上接4版）"])
def test_another_article_is_not_joined(mark: str) -> None:
    """Both numbers wrong and another subject: nothing is joined."""
    found = stitch(
        _issue(p2=_open(_TREES, "（下转6版）"), p3=f"{mark}\n\n{_BUSES[2]}\n"),
    )
    assert not found.articles
    assert len(found.orphans) == 2
