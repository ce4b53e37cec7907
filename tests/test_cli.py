"""The installed command, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SAMPLES, Run

PAGE = SAMPLES / "vision-model" / "page.md"
ROSTER = PAGE.with_name("roster.csv")


def _page(tmp_path: Path) -> Path:
    place = tmp_path / "page.md"
    place.write_bytes(PAGE.read_bytes())
    return place


def test_writes_three_files_beside_the_input(ocrfix: Run, tmp_path: Path) -> None:
    page = _page(tmp_path)
    done = ocrfix("page.md", "--roster", ROSTER)
    assert done.returncode == 0, done.stderr.decode()
    assert page.read_bytes() == PAGE.read_bytes()
    names = sorted(place.name for place in tmp_path.iterdir())
    assert names == ["page.clean.md", "page.journal.json", "page.md", "page.report.html"]
    journal = json.loads((tmp_path / "page.journal.json").read_bytes())
    assert {"id", "kind", "pass", "rule", "status", "applicability", "confidence", "why", "edits", "line",
            "span", "page"} <= set(journal["records"][0])  # fmt: skip
    out = done.stdout.decode()
    assert "page.report.html" in out
    assert "Layout" in out


def test_undo_gives_the_input_back(ocrfix: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    source = b"\xef\xbb\xbf" + PAGE.read_bytes().replace(b"\n", b"\r\n")
    page.write_bytes(source)
    assert ocrfix("fix", "page.md", "-q").returncode == 0
    assert ocrfix("undo", "page.journal.json", "--stdout").stdout == source
    assert ocrfix("undo", "page.journal.json", "-o", "again.md").returncode == 0
    assert (tmp_path / "again.md").read_bytes() == source


def test_undo_of_one_edit(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    ocrfix("page.md", "-q", "--roster", ROSTER)
    records = json.loads((tmp_path / "page.journal.json").read_bytes())["records"]
    loop = next(record["id"] for record in records if record["rule"] == "repeats.loop")
    back = ocrfix("undo", "page.journal.json", "--edit", loop, "--stdout")
    assert back.returncode == 0
    assert back.stdout.decode().count("干部群众的劲头很足") == 4
    unknown = ocrfix("undo", "page.journal.json", "--edit", "nothing", "--stdout")
    assert unknown.returncode == 6
    assert unknown.stdout == b""


def test_undo_refuses_an_edited_text(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    ocrfix("page.md", "-q")
    with (tmp_path / "page.clean.md").open("a", encoding="utf-8") as stream:
        stream.write("多了一行\n")
    done = ocrfix("undo", "page.journal.json", "--stdout", "--lang", "zh", LC_ALL="zh_CN.UTF-8")
    assert done.returncode == 6
    assert "不是这份日志所记的文本" in done.stderr.decode()


def test_stdout_holds_the_text_and_nothing_else(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    ocrfix("page.md", "-q")
    clean = (tmp_path / "page.clean.md").read_bytes()
    assert ocrfix("--stdout", "page.md").stdout == clean
    piped = ocrfix("-", data=PAGE.read_bytes())
    assert piped.stdout == clean
    assert not (tmp_path / "stdin.clean.txt").exists()


def test_results_go_to_a_folder(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    assert ocrfix("page.md", "-o", "out", "-q").returncode == 0
    assert (tmp_path / "out" / "page.clean.md").exists()
    assert not (tmp_path / "page.clean.md").exists()


def test_a_second_run_changes_nothing(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    ocrfix("page.md", "-q", "--roster", ROSTER)
    ocrfix("page.clean.md", "-q", "--roster", ROSTER)
    assert (tmp_path / "page.clean.clean.md").read_bytes() == (tmp_path / "page.clean.md").read_bytes()


def test_settings_file(ocrfix: Run, tmp_path: Path) -> None:
    assert ocrfix("init").returncode == 0
    assert ocrfix("init").returncode == 4
    (tmp_path / "deep").mkdir()
    page = tmp_path / "deep" / "page.md"
    page.write_bytes(PAGE.read_bytes())
    (tmp_path / "people.csv").write_bytes(ROSTER.read_bytes())
    (tmp_path / "ocrfix.toml").write_text(
        'roster = ["people.csv"]\nskip = ["repeats"]\noutput = "out"\n', "utf-8"
    )
    assert ocrfix("deep/page.md", "-q").returncode == 0
    clean = (tmp_path / "out" / "page.clean.md").read_text("utf-8")
    assert "陆鸣岐通报" in clean
    assert clean.count("抢抓农时") == 2
    (tmp_path / "ocrfix.toml").write_text("minimum = 1\n", "utf-8")
    broken = ocrfix("deep/page.md")
    assert broken.returncode == 5
    assert "minimum" in broken.stderr.decode()


def test_encodings_out(ocrfix: Run, tmp_path: Path) -> None:
    text = "会议(扩大)昨日召开，部署今年的春耕工作。\n"
    (tmp_path / "gbk.txt").write_bytes(text.encode("gbk"))
    assert ocrfix("gbk.txt", "-q").returncode == 0
    assert (
        tmp_path / "gbk.clean.txt"
    ).read_bytes() == "会议（扩大）昨日召开，部署今年的春耕工作。\n".encode()
    assert ocrfix("gbk.txt", "-q", "--keep-encoding").returncode == 0
    assert "（扩大）" in (tmp_path / "gbk.clean.txt").read_bytes().decode("gbk")


@pytest.mark.parametrize(
    ("name", "data", "code", "word"),
    [
        ("missing.txt", None, 3, "no such file"),
        ("empty.txt", b"", 3, "empty"),
        ("binary.txt", bytes(range(256)) * 9, 3, "binary"),
        ("broken.txt", "县委召开会议，研究工作。".encode() * 9 + b"\xff" * 9 + b" end", 3, "not valid utf-8"),
    ],
)
def test_bad_inputs(ocrfix: Run, tmp_path: Path, name: str, data: bytes | None, code: int, word: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = ocrfix(name)
    assert done.returncode == code
    message = done.stderr.decode()
    assert word in message
    assert message.count("\n") == 1
    assert "Traceback" not in message
    assert not list(tmp_path.glob("*.clean*"))


def test_folder_and_unwritable_output(ocrfix: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert ocrfix("folder").returncode == 3
    _page(tmp_path)
    (tmp_path / "file").write_text("x")
    done = ocrfix("page.md", "-o", "file/out")
    assert done.returncode == 4
    assert "cannot be written" in done.stderr.decode()
    (tmp_path / "page.report.html").mkdir()
    assert ocrfix("page.md").returncode == 4
    assert not (tmp_path / "page.clean.md").exists()
    assert not list(tmp_path.glob(".ocrfix-*"))


def test_one_bad_file_does_not_stop_the_others(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    done = ocrfix("missing.txt", "page.md")
    assert done.returncode == 3
    assert (tmp_path / "page.clean.md").exists()


def test_two_inputs_may_not_share_results(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    (tmp_path / "page.txt").write_text("会议昨日召开。\n", "utf-8")
    done = ocrfix("page.md", "page.txt")
    assert done.returncode == 2
    assert "overwrite" in done.stderr.decode()


def test_rosters(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    assert ocrfix("page.md", "--roster", "none.csv").returncode == 5
    (tmp_path / "bad.csv").write_text("who,what\na,b\n")
    done = ocrfix("page.md", "--roster", "bad.csv")
    assert done.returncode == 5
    assert "name" in done.stderr.decode()


def test_rules_explain_schema_version(ocrfix: Run) -> None:
    assert "layout.join" in ocrfix("rules").stdout.decode()
    page = ocrfix("explain", "layout.join", "--lang", "zh").stdout.decode()
    assert "接上在句中断开的段落" in page
    assert "Leaves alone:" in page
    assert ocrfix("explain", "layout.jion").returncode == 2
    assert "layout.join" in ocrfix("explain", "layout.jion").stderr.decode()
    schema = json.loads(ocrfix("schema", "journal").stdout)
    assert "pass" in schema["$defs"]["Record"]["properties"]
    assert "to" in schema["$defs"]["Options"]["properties"]
    assert ocrfix("--version").stdout.startswith(b"ocrfix ")
    assert ocrfix("page.md", "--only", "layuot").returncode in (2, 3)


def test_diff_has_no_colours_when_piped(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path)
    done = ocrfix("page.md", "--diff")
    assert b"\x1b[" not in done.stdout
    assert "layout.join" in done.stdout.decode()
    assert ocrfix("page.md", "--diff", "--stdout").returncode == 2


def test_says_its_version_at_once() -> None:
    """Without loading what repairs need; a time would depend on the machine."""
    script = (
        "import sys; sys.argv[1:] = ['--version']; from cleanup.cli import main; main(); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ocrfix ")
    assert not {"numpy", "typer", "msgspec", "cleanup.engine", "cleanup.rules"} & set(done.stdout.split())
