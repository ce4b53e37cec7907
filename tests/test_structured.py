"""Files that are no running text: known by what they hold, repaired inside their structure, or refused."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup import formats, repair
from cleanup.archive import page
from cleanup.archive.job import Job
from cleanup.archive.page import Task
from cleanup.cli.app import run
from cleanup.engine import long
from cleanup.engine.repair import Settings
from cleanup.formats import sentences
from cleanup.formats.encoding import InputError
from cleanup.plan import all_rules

WRONG, RIGHT = "县水务局检查了水库,己经整改十九处。", "县水务局检查了水库，已经整改十九处。"
PIECES = sorted(
    {c.text for rule in all_rules() for c in rule.CASES if len(c.text) < 80 and "\n" not in c.text}
)

HTML = (
    '<html><head><title>检查</title><style>p {{top: 1;}}</style><script>var a = "己经, {{}}";</script>'
    '</head>\n<body>\n<!-- 己经, 是 -->\n<p class="a,b" title="己经">{0}</p>\n<table><tr><td>{0}</td>'
    "<td>1,234</td></tr></table>\n<p>第一&amp;第二&nbsp;&lt;\n{0}</p>\n</body></html>\n"
)
SRT = (
    "1\n00:00:01,000 --> 00:00:03,500\n{0}\n{0}\n\n2\n00:00:04,000 --> 00:00:05,500\n是。\n\n"
    "3\n00:00:06,000 --> 00:00:07,500\n是。\n"
)
VTT = (
    "WEBVTT\n\nNOTE 己经, 是\n\n00:01.000 --> 00:03.500 align:start\n<v 甲>{0}\n\n"
    "00:04.000 --> 00:05.500\n是。\n"
)
ASS = (
    "[Script Info]\nTitle: 己经\n\n[Events]\nFormat: Layer, Start, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{{\\an8}}{0}\\N第二行\n"
)
LRC = "[ti:己经]\n[00:01.00]{0}\n[00:05.20]中国出了个毛泽东\n[00:10.00]{0}\n"
CSV = '编号,姓名,备注\n1,张建国,"{0}"\n2,李秀英,"他说""好"""\n3,王强,合格\n'
TEX = (
    "\\documentclass{{ctexart}}\n\\usepackage[a4paper, margin=1cm]{{geometry}}\n\\begin{{document}}\n"
    "\\section{{{0}}}\n{0}其中 $x_1 , x_2$ 为变量~\\cite{{a, b}}。% 己经, 是\n\n"
    "\\begin{{itemize}}\n\\item {0}\n\\end{{itemize}}\n"
    "\\begin{{equation}}\nE = mc^2 , \\quad a : b\n\\end{{equation}}\n\\end{{document}}\n"
)
TABLE = "<table><tr><td>{0}</td><td>2</td></tr></table>\n"
KEPT = [
    ("html", HTML, "page.html"), ("html", HTML, "page.txt"), ("html", TABLE, "page.txt"),
    ("subtitles", SRT, "a.srt"), ("subtitles", SRT, "a.txt"), ("subtitles", VTT, "a.vtt"),
    ("subtitles", ASS, "a.ass"), ("subtitles", LRC, "a.lrc"),
    ("csv", CSV, "a.csv"), ("csv", CSV, "a.txt"), ("csv", CSV.replace(",", "\t"), "a.tsv"),
    ("tex", TEX, "a.tex"), ("tex", TEX, "a.txt"),
]  # fmt: skip

JSON = '{\n  "text": "己经,完成",\n  "box": [[1, 2], [3, 4]]\n}\n'
PYTHON = (
    "import os\n\ndef main(a, b):\n    x = a + b  # 己经\n    if x > 3:\n        print(x)\n    return x\n"
)
C = (
    "#include <stdio.h>\n\nint main(void)\n{\n    int a = 3;\n    for (int i = 0; i < a; i++) {\n"
    "        a++;\n    }\n    return 0;\n}\n"
)
HOCR = "<div class='ocr_page'><span class='ocrx_word' title='bbox 1 2 3 4'>己经</span></div>"
REFUSED = [
    ("json", JSON), ("json", JSON[:30]), ("json", '{"text": "己经"}\n{"text": "完成"}\n'),
    ("json", '["第一行", "第二行"]'), ("json", "{'names': ['己经', '完成']}"),
    ("json", "{'text': '己经', 'score': 0.9}"), ("json", '[1, "己经"]\n[2, "完成"]\n'),
    ("xml", '<?xml version="1.0"?>\n<tei><String CONTENT="己经"/></tei>\n'),
    ("xml", "<Mets xmlns='p'><Page><TextLine>己经</TextLine></Page></Mets>\n"),
    ("code", PYTHON), ("code", C),
]  # fmt: skip

TEXTS = [
    "[1] 县志。\n", "[2023]15号\n", "{见附件}\n", '文中提到<b>标签</b>和{"a": 1}这样的写法。\n',
    "<编者按>\n春耕开始了。\n", "床前明月光,疑是地上霜\n举头望明月,低头思故乡\n",
    "春耕,夏种,秋收\n一年,四季,各忙\n",
    "apples, pears, plums\nbread, butter, milk\nsalt, oil, rice\ntea, figs, ham\n",
    "参数a = 3;程序返回结果。\n下一步再看;\n", "列车00:01开，00:05 --> 到站。\n",
    "a\\b 和 \\section 是命令。\n", "全县,东河乡,三亿斤。\n南坪乡,西岭乡,二亿斤。\n",
    "The first; and\nthe second; and\nthe third.\n", "姓名：张建国\n职务：局长\n",
]  # fmt: skip


@pytest.mark.parametrize(("form", "source", "name"), KEPT)
def test_text_is_repaired_inside_its_structure(form: str, source: str, name: str) -> None:
    wrong = WRONG.replace(",", "，") if ',"{0}"' not in source and form == "csv" else WRONG
    text = source.format(wrong)
    result = repair(text, name=name)
    assert result.journal.structure.format == form
    assert result.repaired == source.format(RIGHT)
    again = repair(result.repaired, name=name)
    assert again.repaired == result.repaired
    assert again.journal.structure.format == form


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_merely_looks_so_is_text(text: str) -> None:
    assert formats.from_text(text, "page.txt").format == "text"


@pytest.mark.parametrize(("code", "text"), REFUSED)
def test_data_and_code_are_refused(code: str, text: str) -> None:
    for name in ("page.txt", "page.dat"):
        with pytest.raises(InputError) as caught:
            repair(text, name=name)
        assert caught.value.code == code
    with pytest.raises(InputError):
        repair(text.encode())
    said = sentences.sentence("page", caught.value)
    assert said.zh.endswith("。")
    assert said.en.endswith(".")


def test_a_long_file_is_refused_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LONG", 10)
    with pytest.raises(InputError, match="this is JSON"):
        formats.from_text(JSON, "page.txt")


def test_command_line_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.json").write_text(JSON, "utf-8")
    (tmp_path / "page.txt").write_text(WRONG, "utf-8")
    assert run([str(tmp_path / "page.json"), str(tmp_path / "page.txt"), "--lang", "en"]) == 3
    assert "JSON" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir() if path.stem.startswith("page")) == [
        "page.clean.txt", "page.journal.json", "page.json", "page.report.html", "page.txt",
    ]  # fmt: skip


def test_batch_goes_on_with_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = tmp_path / "in"
    pages.mkdir()
    (pages / "a.txt").write_text(JSON, "utf-8")
    (pages / "b.txt").write_text(WRONG, "utf-8")
    assert run(["batch", str(pages), "-o", str(tmp_path / "out"), "--workers", "1", "--lang", "en"]) == 7
    assert "a.txt: this is JSON" in capsys.readouterr().err
    assert not (tmp_path / "out" / "a.clean.txt").exists()
    assert (tmp_path / "out" / "b.clean.txt").read_text("utf-8").strip() == RIGHT


def test_a_refused_page_is_an_outcome(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(JSON, "utf-8")
    job = Job(default_roster=False)
    task = Task(1, "a.txt", str(tmp_path / "a.txt"))
    outcome = page.repair_page(task, tmp_path, job, job.repairer(tmp_path), "auto", None)
    assert outcome.status == "failed"
    assert outcome.reason is not None
    assert "JSON" in outcome.reason.zh


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[object] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def handle_entityref(self, name: str) -> None:
        self.found.append(name)


def _bare(piece: str) -> str:
    """A piece of text without what would be markup of the formats here."""
    return re.sub(r"[<>&{}\\%$#_^~\"\[\]`]|--+|''|\f", "", piece)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES).map(_bare), min_size=3, max_size=3))
def test_structure_stays_whatever_is_repaired(pieces: list[str]) -> None:
    one, two, three = (piece.replace(",", "，").strip() or "一" for piece in pieces)
    table = f"编号,姓名,备注\n1,{one},{two}\n2,{three},{one}\n3,{two},{three}\n"
    fixed = repair(table, name="a.csv").repaired
    assert [len(row) for row in csv.reader(io.StringIO(fixed))] == [3, 3, 3, 3]
    html = HTML.format(f"{one}<b>{two}</b>，{three}")
    assert _Tags(repair(html, name="a.html").repaired).found == _Tags(html).found
    assert repair(html, name="a.html").repaired.count("\n") == html.count("\n")
    cues = SRT.format(f"{one}。{two}")
    times = re.findall(r"(?m)^\d+\n[\d:,]+ --> [\d:,]+\n", cues)
    fixed = repair(cues, name="a.srt").repaired
    assert re.findall(r"(?m)^\d+\n[\d:,]+ --> [\d:,]+\n", fixed) == times
    assert fixed.count("\n") == cues.count("\n")
    tex = TEX.format(f"{one}。{two}")
    signs = r"\\[A-Za-z]+(?:\[[^\]]*\])?|[{}$%~\n]"
    assert re.findall(signs, repair(tex, name="a.tex").repaired) == re.findall(signs, tex)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("a.csv", '{0},"备注，第一。\n第二。",合格\n'),
        ("a.html", '<p class="a。b\n。">第{0}段。</p>\n<script>\nvar 。a;\n\n。</script>\n\n'),
        ("a.srt", "{0}\n00:00:01,000 --> 00:00:03,500\n第一。\n第二。\n\n"),
        ("a.tex", "第{0}段。\n\\begin{{equation}}\na。b\n\n。c\n\\end{{equation}}\n\n"),
    ],
)  # fmt: skip
def test_no_cut_parts_a_structure(name: str, one: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = {"a.html": "<html>\n", "a.tex": "\\documentclass{ctexart}\n"}
    text = heads.get(name, "") + "".join(one.format(number) for number in range(200))
    monkeypatch.setattr(long, "LEAST", 300)
    monkeypatch.setattr(long, "MOST", 900)
    form = formats.sniff(text, name)
    spans = list(long.cut(text, lambda text: formats.unbroken(text, form)))
    assert len(spans) > 3
    for span in spans[:-1]:
        assert not any(kept.start < span.end < kept.end for kept in formats.unbroken(text, form))
    result = repair(text, name=name, settings=Settings(only=("layout", "characters")))
    assert result.repaired == text


A, B = "# 检查\n\n县水务局检查了水库。", "```python\nx = 1\n```\n\n完。"


@pytest.mark.parametrize(
    "text",
    [
        f"```markdown\n{A}\n```\n", f"\n```md\n\n{A}\n{B}\n\n```",
        f"以下是识别结果：\n\n{A}\n\n以上是图片中的全部文字。\n",
        f"<think>甲</think>{A}", f"<think>\n甲\n\n乙\n</think>\n\n```markdown\n{A}  \n```  \n\n",
    ],
)  # fmt: skip
def test_lines_around_a_text_are_lines(text: str) -> None:
    document = formats.from_text(text, "page.md")
    found = [document.text[line.span.start : line.span.end] for line in document.lines]
    assert "".join(found) == text.replace("\n", "")
    assert [line.kind for line in document.lines].count("heading") == 1
    assert document.lines == tuple(sorted(document.lines, key=lambda line: line.span))
    for place in (*document.opaque, *document.marks):
        assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", 'title = "县志，上"\n[页]\nb = 1\n'),
        ("a.yaml", "title: 县志\nitems:\n  - 柳湾,石桥\n"),
        ("a.ini", "[段落]\n名称=县志\n页数=12\n"),
    ],
)
def test_settings_are_refused(name: str, text: str) -> None:
    with pytest.raises(InputError, match="settings"):
        repair(text, name=name)
    assert repair("县里修了三座桥。\n两座通车。\n", name=name).repaired.startswith("县里")
