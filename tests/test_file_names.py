"""Names that are no valid Unicode, too long, or hostile: they are read, repaired, shown and found again."""

from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from made_archives import rows

from cleanup.archive import inputs
from cleanup.archive.decided import decisions
from cleanup.archive.inputs import read_list
from cleanup.cli.failure import Failure
from cleanup.model.errors import Exit
from cleanup.model.file_names import LONGEST, apart, called, fitting, found, named, readable, shown, stored
from cleanup.review import query
from cleanup.review.index import Index

TEXT = "会议(扩大)昨日召开 , 讨论了问题。\n"
CLEAN = "会议（扩大）昨日召开，讨论了问题。\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="its names are always Unicode")


def _raw(text: str, encoding: str) -> str:
    return text.encode(encoding).decode("utf-8", "surrogateescape")


def _page(folder: Path, *names: str, encoding: str = "gbk") -> Path:
    place = folder.joinpath(*(_raw(name, encoding) for name in names))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(TEXT, "utf-8")
    return place


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        # Bytes of GBK that are UTF-8 in part: 一 (D2 BB), 日报 (C8 D5 B1 A8).
        ("人民日报/第一版.txt", "gbk"),
        ("解放日报 2024年1月/第12版 .txt", "gbk"),
        ("总理朱镕基.txt", "gbk"),
        ("（内部）《参考》·３.txt", "gbk"),
        ("中央日報/頭版.txt", "big5"),
        ("民國三十八年.txt", "big5"),
    ],
)
def test_chinese_names_are_read(name: str, encoding: str) -> None:
    assert readable(_raw(name, encoding)) == name
    assert called(name) == name


@pytest.mark.parametrize(
    ("raw", "is_shown"),
    [(b"caf\xe9.txt", "caf%E9.txt"), (b"M\xfcller.txt", "M%FCller.txt"), (b"\xff\xfe/x", "%FF%FE/x")],
)
def test_other_bytes_are_spelt_out(raw: bytes, is_shown: str) -> None:
    assert readable(os.fsdecode(raw)) == is_shown


def test_sentences_show_names_and_command_no_terminal() -> None:
    path = _raw("人民日报/第一版.txt", "gbk")
    error = Failure(Exit.INPUT, f"找不到文件 {path}；请检查。", f"{path}: no such file\x1b[2J\n")
    assert error.message.zh == "找不到文件 人民日报/第一版.txt；请检查。"
    assert str(error) == "人民日报/第一版.txt: no such file\\x1b[2J\\n"
    assert shown("a\u202etxt.exe") == "a\\u202etxt.exe"


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_any_name_can_be_written_and_found_again(name: bytes) -> None:
    given_name = os.fsdecode(name)
    for part in called(given_name).split("/"):
        assert len(part.encode()) <= LONGEST
    shown(given_name).encode()
    assert named(stored(given_name)) == given_name
    assert len(apart(given_name).encode()) <= LONGEST


def test_long_names_keep_their_extension() -> None:
    one, other = "长" * 80 + "甲.txt", "长" * 80 + "乙.txt"
    assert fitting(one).endswith(".txt")
    assert len({fitting(one), fitting(other), fitting("a." + "b" * 250)}) == 3


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_list_may_begin_with_a_mark(mark: bytes) -> None:
    data = mark + "甲.txt\r\n乙.txt\r\n".encode()
    for size in (1, 2, 100):
        assert list(read_list(data[at : at + size] for at in range(0, len(data), size))) == [
            "甲.txt",
            "乙.txt",
        ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_list_may_be_in_utf_16(encoding: str) -> None:
    data = "\ufeff甲.txt\r\n乙.txt".encode(encoding)
    for size in (1, 3, 100):
        assert list(read_list(data[at : at + size] for at in range(0, len(data), size))) == [
            "甲.txt",
            "乙.txt",
        ]


def test_a_readable_path_leads_back_to_the_file(tmp_path: Path) -> None:
    source = _page(tmp_path, "总理", "朱镕基.txt")
    assert found(tmp_path / "总理" / "朱镕基.txt") == source
    assert found(tmp_path / "总理" / "别人.txt") == tmp_path / "总理" / "别人.txt"


def test_names_that_look_the_same_are_kept_apart(tmp_path: Path) -> None:
    _page(tmp_path / "in", "第一版.txt")
    _page(tmp_path / "in", "第一版.txt", encoding="utf-8")
    paths = [one.path for one in inputs.find([str(tmp_path / "in")], (), tmp_path / "out", ())]
    assert "第一版.txt" in paths
    assert len(set(paths)) == 2


def test_an_archive_with_any_names(ocrfix: Run, tmp_path: Path) -> None:
    source = _page(tmp_path / "in", "人民日报", "第一版.txt")
    names = (
        "新\n行.txt",
        "😀🎉.txt",
        "\x1b[31mred.txt",
        "长" * 83 + "ab.txt",
        "a" * 251 + ".txt",
        "# & %20?.txt",
    )
    for name in names:
        _page(tmp_path / "in", name, encoding="utf-8")
    _page(tmp_path / "in", "Müller", "été.txt", encoding="latin-1")
    listed = tmp_path / "list.txt"
    listed.write_bytes(b"\xef\xbb\xbf" + os.fsencode(source) + b"\r\n")
    done = ocrfix("batch", "in", "--files-from", "list.txt", "-o", "out", "--workers", "2")
    assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0), done.stderr.decode()
    assert {status for _, status in rows(tmp_path / "out")} == {"done"}
    clean = tmp_path / "out" / "人民日报" / "第一版.clean.txt"
    assert clean.read_text("utf-8") == CLEAN
    assert len(list((tmp_path / "out").rglob("*.clean.txt"))) == len(names) + 3
    assert "人民日报/第一版.txt" in (tmp_path / "out" / "changes.csv").read_text("utf-8-sig")
    again = ocrfix("batch", "in", "--files-from", "list.txt", "-o", "out", "--workers", "1")
    assert again.returncode == 8, again.stderr.decode()
    source.write_text(TEXT * 2, "utf-8")
    changed = ocrfix("batch", "in", "-o", "out", "--dry-run").stdout.decode()
    assert changed == "人民日报/第一版.txt\n"


def test_a_page_beside_its_results(ocrfix: Run, tmp_path: Path) -> None:
    source = _page(tmp_path, "总理", "朱镕基.txt")
    assert ocrfix(source).returncode == 0
    journal = source.parent / "朱镕基.journal.json"
    assert json.loads(journal.read_bytes())["source"]["name"] == "朱镕基.txt"
    undone = ocrfix("undo", journal, "--stdout")
    assert undone.stdout == TEXT.encode()
    with (
        closing(decisions.Store(tmp_path / decisions.NAME)) as store,
        closing(Index(tmp_path, store)) as index,
    ):
        index.refresh()
        ((number, path, _),) = query.files(index)
        assert tmp_path / path == journal
        assert query.file_of(index, number)[0] == "总理/朱镕基.journal.json"


def test_messages_name_it_readably(ocrfix: Run, tmp_path: Path) -> None:
    gone = tmp_path / _raw("没有", "gbk") / _raw("第一版.txt", "gbk")
    done = ocrfix(gone, "--lang", "zh")
    assert done.returncode == 3
    assert "没有/第一版.txt" in done.stderr.decode()
    _page(tmp_path / "in", "第一版.txt").write_bytes(b"")
    assert "第一版.txt: the file is empty" in ocrfix("batch", "in", "-o", "out").stderr.decode()


def test_a_terminal_that_lacks_characters_ends_no_run(ocrfix: Run, tmp_path: Path) -> None:
    _page(tmp_path, "页.txt", encoding="utf-8")
    for encoding in ("ascii", "cp1252"):
        done = ocrfix("页.txt", "--lang", "zh", "-v", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr.count(b"Traceback")) == (0, 0)
