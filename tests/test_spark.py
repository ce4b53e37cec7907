"""The Spark engine: the same bytes as the local one, a row for every page, whatever dies on the way."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT
from made_archives import TERM

from cleanup.archive import spark
from cleanup.archive.job import Job
from cleanup.archive.store import Trouble
from cleanup.archive.survey.part import merge, survey_file
from cleanup.engine import repair
from cleanup.engine.repair import Settings
from cleanup.reports import journal as journals

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("no Java", allow_module_level=True)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PAGES = [
    (f"{year}-01-15/{path.parent.name}.md", path.read_text("utf-8").replace("二〇", f"二〇 {year}"))
    for path in sorted((ROOT / "samples").glob("*/page.*"))
    for year in range(2001, 2009)
]
PAGES += [(f"{day}/p1.md", TERM) for day in ("2001-01-15", "2023-01-15")]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    found = spark.session("local[2,4]")
    found.sparkContext.setLogLevel("OFF")
    yield found
    found.stop()


def _table(session: SparkSession, rows: list[tuple[str, str | None]], place: Path) -> DataFrame:
    session.createDataFrame([(*row, number) for number, row in enumerate(rows)],
                            "id string, text string, scan long").write.parquet(str(place))  # fmt: skip
    return spark.pages(session, str(place))


def _local(name: str, text: str, **settings: Any) -> tuple[str, str]:
    document = repair.read(text.encode(), Path(name).name)
    result = repair.repair_document(document, Job().people(), Settings(path=name), **settings)
    return result.repaired, journals.encode(result.journal).decode()


def test_same_bytes_as_the_local_engine_and_other_columns_kept(session: SparkSession, tmp_path: Path) -> None:
    table = _table(session, [*PAGES, ("empty.txt", ""), ("none.txt", None)], tmp_path / "in.parquet")
    job = Job(lang="en")
    out = tmp_path / "out.parquet"
    counts = spark.write(spark.repair_table(table, job, job.people()), str(out))
    assert (counts.pages, counts.failed) == (len(PAGES) + 2, 2)
    rows = {row.id: row for row in session.read.parquet(str(out)).collect()}
    for number, (name, text) in enumerate(PAGES):
        row = rows[name]
        assert (row.text, row.journal) == _local(name, text)
        assert (row.scan, row.error) == (number, None)
    assert [rows[f"{day}/p1.md"].flags for day in ("2001-01-15", "2023-01-15")] == [1, 0]
    assert "the file is empty" in rows["empty.txt"].error
    with pytest.raises(Trouble, match="already exists"):
        spark.write(spark.repair_table(table, job, job.people()), str(out))


def test_a_killed_worker_changes_nothing(session: SparkSession, tmp_path: Path) -> None:
    table = _table(session, PAGES * 6, tmp_path / "in.parquet")
    job = Job()
    done, killed = threading.Event(), []

    def kill() -> None:
        while not done.is_set() and len(killed) < 2:
            time.sleep(1.0)
            for stat in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    if b"pyspark.daemon" in stat.read_bytes() and _parent_is_daemon(stat.parent):
                        os.kill(int(stat.parent.name), signal.SIGKILL)
                        killed.append(stat.parent.name)
                        break
                except OSError:
                    continue

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        counts = spark.write(spark.repair_table(table, job, job.people()), str(tmp_path / "out"))
    finally:
        done.set()
        thread.join()
    assert killed
    assert (counts.pages, counts.failed) == (6 * len(PAGES), 0)
    expected = sorted(_local(*row) for row in PAGES * 6)
    assert (
        sorted((row.text, row.journal) for row in session.read.parquet(str(tmp_path / "out")).collect())
        == expected
    )


def _parent_is_daemon(process: Path) -> bool:
    parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
    return b"pyspark.daemon" in Path(f"/proc/{parent}/cmdline").read_bytes()


def test_survey_is_the_local_one_and_reaches_the_workers(session: SparkSession, tmp_path: Path) -> None:
    for name, text in PAGES:
        place = tmp_path / "archive" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    (tmp_path / "archive" / "2001-01-15" / "empty.txt").touch()
    table, job = spark.pages(session, str(tmp_path / "archive")), Job()
    names = sorted(row.id for row in table.select("id").collect())
    assert names == sorted(["2001-01-15/empty.txt", *(name for name, _ in PAGES)])
    found = spark.survey_table(table, job)
    expected = merge(survey_file(repair.read(text.encode(), Path(name).name)) for name, text in PAGES)
    assert found.digest == expected.digest
    found.save(tmp_path / "archive.profile")
    made = spark.repair_table(table, job, job.people(), tmp_path / "archive.profile")
    spark.write(made, str(tmp_path / "out"))
    rows = {row.id: (row.text, row.journal) for row in session.read.parquet(str(tmp_path / "out")).collect()}
    assert rows.pop("2001-01-15/empty.txt")[1] is None
    assert rows == {name: _local(name, text, profile=expected) for name, text in PAGES}


def test_columns_that_are_missing_or_taken(session: SparkSession, tmp_path: Path) -> None:
    session.createDataFrame([("1",)], "id string").write.parquet(str(tmp_path / "a.parquet"))
    with pytest.raises(Trouble, match="string columns id and text are needed; it has id"):
        spark.pages(session, str(tmp_path / "a.parquet"))
    session.createDataFrame([("1", "上", "x")], "id string, text string, error string").write.parquet(
        str(tmp_path / "b.parquet")
    )
    with pytest.raises(Trouble, match="rename"):
        spark.pages(session, str(tmp_path / "b.parquet"))
    with pytest.raises(Trouble, match="cannot be read"):
        spark.pages(session, str(tmp_path / "nothing"))
