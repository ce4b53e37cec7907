"""The same repair on Apache Spark: a table of pages in, the table with their repair out (extra `spark`).

A page that cannot be repaired becomes a row with its error and fails no job. Models lie in the installed
package and are mapped into memory by every Python worker of an executor, so that these share them; so is the
profile, which Spark copies to each executor once. The roster travels as a broadcast.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleanup.archive import store
from cleanup.archive.job import Job
from cleanup.archive.profile import Profile, load
from cleanup.archive.survey import Part, combine, merge, survey_file
from cleanup.data.roster import Roster
from cleanup.engine import repair
from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model.document import Document
from cleanup.reports import journal

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

ROWS = 64
"""Pages handed to a Python worker at once."""
ADDED = (
    "clean string, journal string, applied int, suggested int, flags int, error_zh string, error_en string"
)
"""Columns of the result besides those of the input (without its text)."""


class NoSpark(Exception):
    """pyspark or Java is not there."""


class Counts(NamedTuple):
    pages: int
    failed: int


def session(master: str | None) -> SparkSession:
    """A session; raises NoSpark. Without `master`: what spark-submit says, else all cores of this machine."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("ocrfix")
        if master or "SPARK_ENV_LOADED" not in os.environ:
            builder = builder.master(master or "local[*,4]")
        quiet: dict[str, Any] = {
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
            "spark.ui.enabled": "false",
        }
        found = builder.config(map=quiet).getOrCreate()
    except Exception as error:
        raise NoSpark(str(error).splitlines()[0] if str(error) else type(error).__name__) from None
    found.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(ROWS))
    return found


def pages(spark: SparkSession, source: str, include: str) -> DataFrame:
    """The table of pages at `source`: Parquet with the columns id and text (and any others), or a folder of
    text files, whose paths below it become their ids."""
    from pyspark.sql import functions as f

    if source.rstrip("/").endswith(".parquet") or _holds_parquet(spark, source):
        return spark.read.parquet(source)
    files = (
        spark.read.format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", include)
        .load(source)
    )
    root = _root(spark, source)
    name = f.expr(f"substring(path, {len(root) + 1})").alias("id")
    found = files.select(name, f.col("content").alias("text"))
    # Spark passes over empty files; they are pages that cannot be read.
    empty = [(path[len(root) :], b"") for path in _empty(spark, source, include)]
    return found.union(spark.createDataFrame(empty, "id string, text binary")) if empty else found


def run(
    spark: SparkSession, table: DataFrame, out: str, job: Job, people: Roster, profile: Path | None
) -> Counts:
    """Repair `table` into Parquet at `out`. `profile`: the archive profile's file on this machine."""
    context = spark.sparkContext
    if profile is not None:
        context.addFile(str(profile))
        job = replace(job, profile=profile.name)
    shared = context.broadcast((job, people))
    kept = [field for field in table.schema.fields if field.name != "text"]
    schema = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in kept)
    spread(table).mapInArrow(_repairing(shared), f"{schema}, {ADDED}").write.parquet(out)
    done = spark.read.parquet(out)
    return Counts(done.count(), done.where("error_en IS NOT NULL").count())


def survey(table: DataFrame, job: Job, place: Path) -> Profile:
    """Phase one: the profile of all pages, kept at `place` on this machine."""
    encoding = job.encoding

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow

        for batch in batches:
            parts = []
            for row in batch.to_pylist():
                try:
                    parts.append(survey_file(_document(row, encoding)))
                except Exception:  # its repair says what is wrong with it
                    continue
            yield pyarrow.RecordBatch.from_pydict({"part": [pickle.dumps(combine(parts))]})

    found = spread(table.select("id", "text")).mapInArrow(read, "part binary")

    def parts() -> Iterator[Part]:
        for row in found.toLocalIterator():
            yield pickle.loads(row["part"])  # written by our own workers

    made = merge(parts())
    made.save(place)
    return load(place)


def spread(table: DataFrame) -> DataFrame:
    """The table in enough parts for all cores to have work to the end."""
    least = 4 * table.sparkSession.sparkContext.defaultParallelism
    return table if table.rdd.getNumPartitions() >= least else table.repartition(least)


def _repairing(shared: Any) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def repaired(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow
        from pyspark import SparkFiles

        job, people = shared.value
        root = Path(SparkFiles.getRootDirectory())
        for batch in batches:
            rows = [_row(row, job, people, root) for row in batch.to_pylist()]
            columns = {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
            kept = {field.name: batch.column(field.name) for field in batch.schema if field.name != "text"}
            types = {"applied": pyarrow.int32(), "suggested": pyarrow.int32(), "flags": pyarrow.int32()}
            made = {
                name: pyarrow.array(values, types.get(name, pyarrow.string()))
                for name, values in columns.items()
            }
            if rows:
                yield pyarrow.RecordBatch.from_pydict({**kept, **made})

    return repaired


def _row(row: dict[str, Any], job: Job, people: Roster, root: Path) -> dict[str, Any]:
    """The new columns of a page; never raises on account of the page."""
    nothing: dict[str, Any] = dict.fromkeys(("clean", "journal", "applied", "suggested", "flags"))
    shown = str(row["id"])
    try:
        result = repair.repair_document(
            _document(row, job.encoding), people, job.settings, job.evidence(root)
        )
    except InputError as error:
        said = sentence(shown, error)
        return {**nothing, "error_zh": said.zh, "error_en": said.en}
    except store.Trouble as trouble:
        return {**nothing, "error_zh": trouble.message.zh, "error_en": trouble.message.en}
    except Exception as error:
        fault = type(error).__name__
        return {
            **nothing,
            "error_zh": f"{shown}：程序自身出错（{fault}）；请报告此问题。",
            "error_en": f"{shown}: the tool itself failed ({fault}); please report it.",
        }
    record = result.journal
    return {
        "clean": result.repaired,
        "journal": journal.encode(record).decode(),
        "applied": len(record.applied),
        "suggested": sum(held.reason != "rejected" for held in record.withheld),
        "flags": sum(found.status == "flagged" for found in record.records),
        "error_zh": None,
        "error_en": None,
    }


def _document(row: dict[str, Any], encoding: str | None) -> Document:
    """A row's page: its text as characters or as the bytes of a file."""
    name, text = str(row["id"]).rpartition("/")[2], row["text"]
    if not text:
        raise InputError("empty")
    return repair.from_text(text, name) if isinstance(text, str) else repair.read(bytes(text), name, encoding)


def _holds_parquet(spark: SparkSession, source: str) -> bool:
    return any(name.endswith(".parquet") for name in _names(spark, source))


def _names(spark: SparkSession, source: str) -> list[str]:
    """The files directly in a folder on any file system that Spark knows."""
    jvm: Any = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(source)
    system = path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    return [status.getPath().getName() for status in system.listStatus(path)]


def _empty(spark: SparkSession, source: str, include: str) -> Iterator[str]:
    """The empty files below a folder, as the column `path` writes them."""
    jvm: Any = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(source)
    wanted = jvm.org.apache.hadoop.fs.GlobFilter(include)
    files = path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).listFiles(path, True)
    while files.hasNext():
        status = files.next()
        if status.getLen() == 0 and wanted.accept(status.getPath()):
            yield str(status.getPath().toString())


def _root(spark: SparkSession, source: str) -> str:
    """A folder as the column `path` writes it, with the slash at its end."""
    jvm: Any = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(source)
    system = path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    whole = str(system.resolvePath(path).toString()).rstrip("/")
    return f"{whole}/"
