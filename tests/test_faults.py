"""The rest of the world is rough: each fault is really made, and ends in a sentence with nothing lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from conftest import COMMAND, ENV, POSIX, Run, heeding
from made_archives import archive, rows, until

from cleanup.archive import page, store
from cleanup.archive.batch import Batch
from cleanup.archive.job import Job
from cleanup.archive.ledger import BrokenLedger, Ledger
from cleanup.archive.order import Order
from cleanup.archive.page import Task
from cleanup.archive.run import _is_fresh
from cleanup.engine.repairer import Repairer

TEXT = "会议(扩大)昨日召开 , 讨论了问题。\n"
CLEAN = "会议（扩大）昨日召开，讨论了问题。\n"


@contextmanager
def _disk(place: Path, how: str) -> Iterator[Path]:
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", place]
    if os.name == "nt" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def _said(done: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert "Traceback" not in said
    for word in words:
        assert word in said


def test_a_full_disk_leaves_a_page_as_it_was(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    with _disk(tmp_path / "small", "size=16k") as small:
        _said(installed("page.txt", "-o", "small"), 4, "No space left on device")
        assert list(small.iterdir()) == []


def test_a_disk_that_may_not_be_written(installed: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 1)
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    with _disk(tmp_path / "fixed", "ro"):
        _said(installed("page.txt", "-o", "fixed"), 4, "Read-only file system")
        _said(installed("batch", "in", "-o", "fixed/out"), 4, "Read-only file system")


@POSIX
def test_a_full_terminal_or_pipe(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    for arguments in (["page.txt", "--stdout"], ["rules"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [COMMAND, *arguments], cwd=tmp_path, env=ENV, stdout=full, stderr=subprocess.PIPE, check=False
            )
        _said(done, 4, "standard output cannot be read or written: No space left on device")


@POSIX
def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    store.write_all({pipe: b"words"})
    assert reader.communicate(timeout=9)[0] == b"words"
    assert pipe.is_fifo()


@POSIX
def test_pipes_and_links_in_a_circle_are_no_pages(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 1)
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "in" / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "in" / "again").symlink_to(".", target_is_directory=True)
    (tmp_path / "in" / "nowhere.txt").symlink_to("gone.txt")
    start = time.monotonic()
    done = ocrfix("batch", "in", "-o", "out", "--workers", "1", "--timeout", "30")
    _said(done, 7, "pipe.txt: cannot be listed", "circle.txt: cannot be listed", "nowhere.txt: no such file")
    assert time.monotonic() - start < 25, "nobody waited for the pipe"
    assert dict(rows(tmp_path / "out"))["2024-01-01/p1.txt"] == "done"


def test_a_file_that_grows_while_it_is_read_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in" / "page.txt"
    source.parent.mkdir()
    source.write_text(TEXT, "utf-8")
    read = store.read

    def growing(path: str) -> bytes:
        data = read(path)
        with source.open("a", encoding="utf-8") as stream:
            stream.write("市委部署春耕工作。\n")
        return data

    order = Order([str(source.parent)], tmp_path / "out", workers=1, survey=False)
    with Batch(order) as batch:
        with monkeypatch.context() as patch:
            patch.setattr(store, "read", growing)
            assert batch.once().repaired.done == 1
        assert batch.once().listed.reasons == {"changed": 1}
    assert (tmp_path / "out" / "page.clean.txt").read_text("utf-8") == CLEAN + "市委部署春耕工作。\n"


def test_a_file_that_vanishes_while_others_are_repaired(ocrfix: Run, tmp_path: Path) -> None:
    folder = archive(tmp_path / "in", 2) / "2024-01-01"
    listed = tmp_path / "list"
    listed.write_text("in/2024-01-01/p1.txt\nin/2024-01-01/p4.txt\n", "utf-8")
    (folder / "p4.txt").unlink()
    _said(ocrfix("batch", "--files-from", "list", "-o", "out"), 7, "p4.txt: no such file", "1 pages repaired")


def test_a_clock_that_was_set_back(ocrfix: Run, tmp_path: Path) -> None:
    place = archive(tmp_path / "in", 1) / "2024-01-01" / "p1.txt"
    ahead = time.time() + 10 * 365 * 86400
    os.utime(place, (ahead, ahead))
    assert not _is_fresh(str(place), 2.0), "a watched folder takes it"
    assert ocrfix("batch", "in", "-o", "out", "--workers", "1").returncode == 0
    os.utime(place, (1, 1))
    assert ocrfix("batch", "in", "-o", "out", "--workers", "1").returncode == 8, "the same words, no new page"


def test_two_runs_over_one_output(ocrfix: Run, tmp_path: Path) -> None:
    archive(tmp_path / "in", 12)
    first = subprocess.Popen(
        [COMMAND, "batch", "in", "-o", "out", "--watch", "-q"], cwd=tmp_path, env=ENV, preexec_fn=heeding
    )
    try:
        until(lambda: (tmp_path / "out" / ".ocrfix" / "lock").exists())
        _said(ocrfix("batch", "in", "-o", "out"), 4, "another ocrfix is writing to out")
    finally:
        first.send_signal(signal.SIGINT)
        first.wait(120)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_broken_ledger_says_so(tmp_path: Path, share: float) -> None:
    archive(tmp_path / "in", 6)
    order = Order([str(tmp_path / "in")], tmp_path / "out", workers=1, survey=False)
    with Batch(order) as batch:
        batch.once()
    place = tmp_path / "out" / "ocrfix.db"
    data = bytearray(place.read_bytes())
    for at in range(int(len(data) * share), len(data), 97):
        data[at] ^= 0x5A
    place.write_bytes(data)
    with (
        pytest.raises(BrokenLedger, match=r"move it away \(pages are then repaired again\)"),
        Batch(order) as again,
    ):
        again.once()
    place.unlink()
    with Batch(order) as anew:
        assert anew.once().repaired.done == 6


def test_a_ledger_with_a_broken_word_says_so(tmp_path: Path) -> None:
    place = tmp_path / "ocrfix.db"
    with closing(Ledger(place)) as ledger:
        ledger.add("a.txt", "a.txt", "", 0, 1)
        ledger.commit()
        ledger.database.execute("UPDATE pages SET issue = CAST(x'61c96f' AS TEXT)")
        with pytest.raises(BrokenLedger, match="move it away"):
            list(ledger.rows())


def test_a_ledger_whose_tables_have_broken_names_says_so(tmp_path: Path) -> None:
    place = tmp_path / "ocrfix.db"
    Ledger(place).close()
    with closing(sqlite3.connect(place)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = CAST(x'8d8d' AS TEXT), name = CAST(x'8d8d' AS TEXT)")
        database.commit()
    with pytest.raises(BrokenLedger, match="move it away"):
        Ledger(place)


def test_memory_that_runs_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(page, "read", full)
    task = Task(1, "page.txt", str(tmp_path / "page.txt"))
    outcome = page.repair_page(task, tmp_path, Job(), Repairer([], default_roster=False), "auto", None)
    assert outcome.reason is not None
    assert "--retry with fewer --workers" in outcome.reason.en


@POSIX
def test_memory_that_runs_out_at_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT * 400_000, "utf-8")
    small = ["sh", "-c", 'ulimit -v 420000; exec "$0" page.txt', COMMAND]
    done = subprocess.run(small, cwd=tmp_path, env=ENV, capture_output=True, check=False, timeout=120)
    assert done.returncode != 0
    assert [place.name for place in tmp_path.iterdir()] == ["page.txt"]


def test_renames_that_take_their_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As over a slow net: whoever dies between two of them, the page is done again."""
    source = tmp_path / "in" / "page.txt"
    source.parent.mkdir()
    source.write_text(TEXT, "utf-8")
    replace, calls = Path.replace, 0

    def slow(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        time.sleep(0.05)
        if calls == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    order = Order([str(source.parent)], tmp_path / "out", workers=1, survey=False)
    with Batch(order) as batch:
        task = Task(1, "page.txt", str(source))
        monkeypatch.setattr(Path, "replace", slow)
        with pytest.raises(KeyboardInterrupt):
            page.repair_page(task, order.out, order.job, order.job.repairer(order.out), "auto", None)
        assert not list(order.out.glob(".ocrfix-*")), "what was not in its place yet is gone"
        assert batch.once().repaired.done == 1
    assert (order.out / "page.clean.txt").read_text("utf-8") == CLEAN


def test_a_full_temporary_folder(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert installed("page.txt", "-o", "out", "--apply", "safe").returncode == 0
    with _disk(tmp_path / "tmp", "size=4k") as small:
        (small / "full").write_bytes(bytes(4096))
        done = installed("page.txt", "-o", "again", TMPDIR=str(small))
        _said(done, 0)
        assert (tmp_path / "again" / "page.clean.txt").read_text("utf-8") == CLEAN
        made = installed("apply", "out", "--all", TMPDIR=str(small))
        assert "Traceback" not in made.stderr.decode()


@pytest.mark.parametrize("name", ["archive.profile", "decisions.db"])
def test_other_broken_files_say_what_to_do(ocrfix: Run, tmp_path: Path, name: str) -> None:
    archive(tmp_path / "in", 2)
    command = ("batch", "in", "-o", "out", "--workers", "1", "-q")
    assert ocrfix(*command).returncode == 0
    (tmp_path / "out" / name).write_bytes(b"\x00broken" * 999)
    (tmp_path / "in" / "2024-01-01" / "p1.txt").write_text(TEXT, "utf-8")
    done = ocrfix(*command)
    _said(done, 5, name)
    assert any(word in done.stderr.decode() for word in ("backup", "ocrfix survey"))
