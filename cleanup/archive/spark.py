"""Archives on Apache Spark: a table of pages in, the same table with repaired text and journals out.

Each page is repaired by the code that the local engine uses, so its text and its journal are the same bytes.
Executors need this package installed; dictionaries and models are mapped into memory there, once a machine.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from cleanup.archive import page, store
from cleanup.archive.job import Job
from cleanup.data import profile as profiles
from cleanup.data.profile import Profile
from cleanup.data.roster import Roster
from cleanup.engine import repair
from cleanup.formats.encoding import InputError
from cleanup.reports import journal as journals

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

ADDED = ("journal", "applied", "suggested", "flags", "error")
"""Columns that a repaired table has besides those it came with."""
_TYPES = ("string", "long", "long", "long", "string")
_BATCH = 256
"""Pages that a worker holds at once."""
_RAW = "content"
"""The column that holds a file's bytes where pages are files."""


@dataclass(frozen=True)
class Counts:
    """What became of a table."""

    pages: int
    failed: int
    applied: int
    suggested: int
    flags: int


def session(master: str | None) -> SparkSession:
    """The session that is running, or one on `master` (None: as spark-submit or the configuration says).

    Raises store.Trouble where pyspark or Java is missing or the master cannot be reached.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise store.Trouble(
            "input",
            '--engine spark 需要 pyspark：请运行 pip install "ocrfix[spark]"，并安装 Java 17 以上。',
            '--engine spark needs pyspark: run pip install "ocrfix[spark]" and install Java 17 or newer.',
        ) from None
    builder = SparkSession.builder.appName("ocrfix").config(
        "spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH
    )
    if master:
        builder = builder.master(master)
    try:
        found = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        said = str(error).strip().split("\n")[0]
        raise store.Trouble(
            "input",
            f"Spark 无法启动（{said}）；请检查 Java 17 以上是否已安装，以及 --master 是否正确。",
            f"Spark does not start ({said}); check that Java 17 or newer is installed, and --master.",
        ) from None
    found.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _BATCH)
    return found


def pages(spark: SparkSession, source: str, include: str = "*.{txt,md,markdown,text}") -> DataFrame:
    """The pages of `source`: Parquet with columns id and text, or a folder of text files.

    Of files, id is the path below the folder. Raises store.Trouble where there is nothing of the kind.
    """
    from pyspark.errors import PySparkException
    from pyspark.sql import functions

    try:
        if source.rstrip("/").endswith(".parquet") or _holds(spark, source, "*.parquet"):
            table = spark.read.parquet(source)
        else:
            files = spark.read.format("binaryFile").option("recursiveFileLookup", True)
            found = files.option("pathGlobFilter", include).load(source)
            root = found.sparkSession._jvm.org.apache.hadoop.fs.Path(source)  # type: ignore[union-attr]
            top = root.getFileSystem(spark._jsc.hadoopConfiguration()).makeQualified(root).toString()
            table = found.select(
                functions.expr(f"substr(path, {len(_shown(top)) + 2})").alias("id"), functions.col(_RAW)
            )
    except PySparkException as error:
        said = str(error).strip().split("\n")[0]
        raise store.Trouble(
            "input",
            f"{source} 无法读取：{said}",
            f"{source}: cannot be read: {said}",
        ) from None
    kinds = dict(table.dtypes)
    if kinds.get("id") != "string" or not (kinds.get("text") == "string" or _RAW in kinds):
        raise store.Trouble(
            "input",
            f"{source}：须有字符串列 id 和 text；现有 {'、'.join(table.columns)}。",
            f"{source}: string columns id and text are needed; it has {', '.join(table.columns)}.",
        )
    if taken := [name for name in ADDED if name in kinds]:
        raise store.Trouble(
            "input",
            f"{source}：列名 {'、'.join(taken)} 与结果的列名相同；请先改名。",
            f"{source}: columns {', '.join(taken)} are names of the result's own; rename them first.",
        )
    return table


def survey_table(table: DataFrame, job: Job) -> Profile:
    """The profile of all pages; what the pages of a partition say is added up where they are."""

    def say(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow

        from cleanup.archive import survey

        documents = (_document(row, job) for row in _rows(batches))
        said = (survey.survey_file(document) for document in documents if document is not None)
        while some := list(islice(said, _TOGETHER)):
            part = pickle.dumps(survey.combine(some))
            yield pyarrow.RecordBatch.from_pydict({"part": pyarrow.array([part], pyarrow.large_binary())})

    from cleanup.archive import survey

    rows = _spread(table).mapInArrow(say, "part binary").toLocalIterator()
    return survey.merge(pickle.loads(row.part) for row in rows)


def repair_table(table: DataFrame, job: Job, roster: Roster, profile: Path | None = None) -> DataFrame:
    """The table with `text` repaired, and ADDED: journal (JSON), counts, error.

    A page that cannot be repaired keeps its text and says why in `error`; nothing else of it is lost.
    `profile`: the file of the archive's profile.
    """
    spark = table.sparkSession
    people = spark.sparkContext.broadcast(roster)
    if profile:
        spark.sparkContext.addFile(str(profile))
    kept = [column for column in table.columns if column not in (_RAW, "text")]
    schema = ", ".join(
        [
            *(f"`{name}` {kind}" for name, kind in table.dtypes if name in kept),
            "text string",
            *(f"{name} {kind}" for name, kind in zip(ADDED, _TYPES, strict=True)),
        ]
    )

    def mend(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow
        from pyspark import SparkFiles

        evidence = _profile(SparkFiles.get(profile.name)) if profile else None
        for batch in batches:
            said = [_repaired(row, job, people.value, evidence) for row in _rows([batch])]
            columns = {name: batch.column(name) for name in kept}
            for place, name in enumerate(("text", *ADDED)):
                kind = pyarrow.int64() if name in _TYPES_OF_COUNTS else pyarrow.string()
                columns[name] = pyarrow.array([row[place] for row in said], kind)
            yield pyarrow.RecordBatch.from_pydict(columns)

    return _spread(table).mapInArrow(mend, schema)
