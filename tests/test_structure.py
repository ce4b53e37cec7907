"""The parts of a page, and the forms in which they are written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import SAMPLES, Run

from cleanup import repair
from cleanup.archive.job import Shape
from cleanup.engine.repair import from_text
from cleanup.model.result import Result
from cleanup.reports import html, structure
from cleanup.rules.contract import Tools
from cleanup.rules.suspicions import misplaced

PAGE = SAMPLES / "vision-model" / "page.md"


def _kinds(result: Result) -> list[tuple[int, str, str]]:
    regions = result.journal.structure.regions
    text = result.repaired
    return [(r.article, r.kind, text[r.output.start : r.output.end][:6]) for r in regions]


def test_marked_page() -> None:
    found = _kinds(repair(PAGE.read_bytes(), name="page.md"))
    assert [kind for _, kind, _ in found[:6]] == [
        "list",
        "kicker",
        "headline",
        "subhead",
        "dateline",
        "paragraph",
    ]
    assert (1, "jump", "（下转3版）") in found
    assert (2, "subhead", "一、办好实事") in found
    assert [kind for article, kind, _ in found if article == 0] == ["list", "teaser", "teaser"]


def test_plain_text() -> None:
    text = (
        "县长在春耕现场会上强调\n抢抓农时打牢基础\n——全县春耕现场会侧记\n本报记者 顾小满\n"
        "3月12日，全县春耕现场会召开。\n图为现场会。 顾小满 摄\n一、备足农资\n农资已经到位，价格平稳。\n"
        "临河村夜校开课\n记者日前获悉，临河村夜校开课，来了四十人。\n村名\t人数\t班数\n临河\t40\t2\n（下转3版）\n"
        "· 备种\n· 备肥\n本报讯\n"
    )
    assert [(article, kind) for article, kind, _ in _kinds(repair(text, name="page.txt"))] == [
        (1, "kicker"),
        (1, "headline"),
        (1, "subhead"),
        (1, "byline"),
        (1, "paragraph"),
        (1, "caption"),
        (1, "subhead"),
        (1, "paragraph"),
        (2, "headline"),
        (2, "paragraph"),
        (2, "table"),
        (2, "jump"),
        (2, "list"),
        (2, "dateline"),
    ]


def test_later_articles_have_headlines() -> None:
    text = (
        "夜校开课\n记者日前获悉，夜校开课。\n古桥修缮工程全部完工通车\n县里的古桥修缮工程已经完工，三座桥都通车了。\n"
        "扎实推进各项工作\n扎实推进各项工作。全县要抓好春耕。\n"
    )
    found = [(article, kind) for article, kind, _ in _kinds(repair(text, name="page.txt"))]
    assert found == [
        *((1, kind) for kind in ("headline", "paragraph")),
        *((2, kind) for kind in ("headline", "paragraph", "subhead", "paragraph")),
    ]


def test_report_links_articles_to_the_text() -> None:
    page = html.render(repair(PAGE.read_bytes(), name="page.md"), "en")
    links = re.findall(r'<a href="#(L\d+)">([^<]+)', page)
    assert "抢抓农时 打牢丰收基础" in [words for _, words in links]
    assert all(f'id="{anchor}"' in page for anchor, _ in links)
    assert len(re.findall(r' id="(L\d+)"', page)) == len(set(re.findall(r' id="(L\d+)"', page)))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# ", "一", "\f\f", "导读", "# 导读\n## 导读\n详见3版", "—" * 9]
)
def test_odd_texts(text: str) -> None:
    forms: tuple[Shape, ...] = ("txt", "md", "json")
    for name in ("a.md", "a.txt"):
        result = repair(text, name=name)
        for form in forms:
            assert structure.render(result, form).endswith(b"\n")


def test_regions_are_in_order_and_hold_all_words() -> None:
    for page in SAMPLES.glob("*/page.*"):
        result = repair(page.read_bytes(), name=page.name)
        held = {
            at
            for region in result.journal.structure.regions
            for at in range(region.output.start, region.output.end)
        }
        left = [char for at, char in enumerate(result.repaired) if at not in held]
        assert set(left) <= set("\n #-"), page
        spans = [region.output for region in result.journal.structure.regions]
        assert spans == sorted(spans, key=lambda span: span.start)


def test_format_writes_a_file_more_and_undo_works(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(PAGE.read_bytes())
    for form in ("txt", "md", "json"):
        assert ocrfix("page.md", "--format", form, "-q").returncode == 0
        written = (tmp_path / f"page.structure.{form}").read_bytes()
        assert ocrfix("page.md", "--format", form, "--stdout").stdout == written
        assert ocrfix("undo", "page.journal.json", "--stdout").stdout == PAGE.read_bytes()
    markdown = (tmp_path / "page.structure.md").read_text("utf-8")
    assert "## 周望舒在全县" in markdown
    assert "> ## 2版刊登" in markdown
    built = json.loads((tmp_path / "page.structure.json").read_bytes())
    assert [article["headline"] for article in built["articles"]] == [
        "抢抓农时 打牢丰收基础",
        "关于2024年民生实事的公告",
    ]
    schema = json.loads(ocrfix("schema", "structure").stdout)
    assert "articles" in schema["$defs"]["Page"]["properties"]


def test_markdown_of_plain_text() -> None:
    text = "夜校开课\n记者日前获悉，夜校开课。\n村名\t人数\t班数\n临河\t40\t2\n> 三号楼的住户也来了。\n"
    built = structure.render(repair(text, name="page.txt"), "md").decode()
    assert built.startswith("# 夜校开课\n\n记者日前")
    assert "| 村名 | 人数 | 班数 |\n| --- | --- | --- |\n| 临河 | 40 | 2 |" in built
    assert "\n\\> 三号楼" in built


def test_nothing_is_misplaced_in_the_truth(shared: Path) -> None:
    tools = Tools()
    for folder in ("clean", "vlm-dev", "ocr-dev"):
        for path in sorted((shared / "bench" / folder).glob("*.txt")):
            if path.name.endswith((".gt.txt", ".clean.txt")):
                document = from_text(path.read_text("utf-8"), path.name)
                assert not list(misplaced.find(document, tools)), path.name


def test_misplaced_is_flagged_and_moved_only_when_asked() -> None:
    text = misplaced.CASES[0].text
    result = repair(text, name="page.md")
    assert result.repaired.index("新茶馆") < result.repaired.index("产大检查")
    (found,) = (record for record in result.journal.flags if record.rule == misplaced.NAME)
    assert found.evidence[1].startswith("→ ")
    (held,) = (record for record in result.journal.withheld if record.rule == misplaced.NAME)
    assert held.applicability == "suggest"
    assert result.undo() == text
