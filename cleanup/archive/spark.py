"""Archives on Apache Spark: a table of pages in, the same table with repaired text and journals out.

Each page is repaired by the code that the local engine uses, so its text and its journal are the same bytes.
Executors need this package installed; dictionaries and models are mapped into memory there, once a machine.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from cleanup.archive import page, store
from cleanup.archive.job import Job
from cleanup.archive.survey.part import Part, combine, merge, survey_file
from cleanup.data import profile as profiles
from cleanup.data.profile import Profile
from cleanup.data.roster import Roster
from cleanup.engine import repair
from cleanup.engine.repairer import Repairer
from cleanup.formats import engine_files
from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model.document import Document
from cleanup.reports import journal as journals

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

ADDED = {
    "journal": "string", "applied": "long", "suggested": "long", "flags": "long", "error": "string",
    "written": "binary",
}  # fmt: skip
"""Columns that a repaired table has besides those it came with, and their types."""
_BATCH = 256
"""Pages that a worker holds at once."""
_RAW = "content"
"""The column that holds a file's bytes where pages are files."""
_COUNTED = ("applied", "suggested", "flags")
_TOGETHER = 2048
"""Pages whose parts of a survey are added up before they leave their worker: at most some 40 MB."""
_SLICES = 4
"""Partitions for each core: so that slow pages even out and a lost one costs little."""


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
        said = _first_line(error)
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
            start = len(_qualified(spark, source).rstrip("/")) + 2
            table = found.select(functions.expr(f"substr(path, {start})").alias("id"), functions.col(_RAW))
            # Spark leaves out empty files; a person wants to hear of them.
            if empty := [(name[start - 1 :], bytearray()) for name in _empty(spark, source, include)]:
                table = table.union(spark.createDataFrame(empty, f"id string, {_RAW} binary"))
    except PySparkException as error:
        said = _first_line(error)
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

        said = _parts(batches, job)
        while some := list(islice(said, _TOGETHER)):
            part = pickle.dumps(combine(some))
            yield pyarrow.RecordBatch.from_pydict({"part": pyarrow.array([part], pyarrow.large_binary())})

    rows = _spread(table).mapInArrow(say, "part binary").toLocalIterator()
    return merge(pickle.loads(row.part) for row in rows)


def repair_table(table: DataFrame, job: Job, roster: Roster, profile: Path | None = None) -> DataFrame:
    """The table with `text` repaired, and ADDED: journal (JSON), counts, error, engines' files written back.

    A page that cannot be repaired keeps its text and says why in `error`; nothing else of it is lost.
    `profile`: the file of the archive's profile.
    """
    spark = table.sparkSession
    people = spark.sparkContext.broadcast(roster)
    if profile:
        spark.sparkContext.addFile(str(profile))
    kept = [name for name in table.columns if name not in (_RAW, "text")]
    types = {**{name: kind for name, kind in table.dtypes if name in kept}, "text": "string", **ADDED}

    def mend(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow
        from pyspark import SparkFiles

        evidence = _profile(SparkFiles.get(profile.name)) if profile else None
        repairer = Repairer(people.value, profile=evidence, settings=job.settings, encoding=job.encoding)
        for batch in batches:
            said = [repair_row(row, job, repairer) for row in _rows(batch)]
            columns = {name: batch.column(name) for name in kept}
            for name, values in zip(Repaired._fields, zip(*said, strict=True), strict=True):
                columns[name] = pyarrow.array(values, _arrow(ADDED.get(name, "string")))
            yield pyarrow.RecordBatch.from_pydict(columns)

    return _spread(table).mapInArrow(mend, ", ".join(f"`{name}` {kind}" for name, kind in types.items()))


def write(table: DataFrame, out: str) -> Counts:
    """Write a repaired table as Parquet, whole or not at all, and count; raises store.Trouble."""
    from pyspark.errors import PySparkException
    from pyspark.sql import functions

    try:
        table.write.parquet(out)
        made = table.sparkSession.read.parquet(out)
        row = made.agg(
            functions.count("*").alias("pages"),
            functions.count("error").alias("failed"),
            *(functions.coalesce(functions.sum(name), functions.lit(0)).alias(name) for name in _COUNTED),
        ).first()
    except PySparkException as error:
        said = _first_line(error)
        raise store.Trouble("output", f"{out} 没有写成：{said}", f"{out}: was not written: {said}") from None
    return Counts(**row.asDict()) if row else Counts(0, 0, 0, 0, 0)


class Repaired(NamedTuple):
    """What a page becomes: `text` and ADDED."""

    text: str | None
    journal: str | None = None
    applied: int = 0
    suggested: int = 0
    flags: int = 0
    error: str | None = None
    written: bytes | None = None
    """An engine's file with places, with the words of `text`; None where the page was none."""


def _arrow(kind: str) -> pa.DataType:
    import pyarrow

    return {"long": pyarrow.int64(), "binary": pyarrow.binary()}.get(kind, pyarrow.string())


def repair_row(row: Mapping[str, Any], job: Job, repairer: Repairer) -> Repaired:
    """A page by its columns (id, and text or content), as the local engine repairs a file of that path."""
    said, text = str(row.get("id")), row.get("text")
    try:
        document = _document(row, job)
        text = document.text
        result = repairer.document(document, row["id"] or "")
        figures = page.figures(result.journal)
        return Repaired(
            result.repaired, journals.encode(result.journal).decode(),
            figures.applied, figures.suggested, figures.flags, None, engine_files.written(result)[1] or None,
        )  # fmt: skip
    except InputError as error:
        return Repaired(text, error=getattr(sentence(said, error), job.lang))
    except Exception as error:
        # A page that the tool cannot cope with is a row that says so, never a failed job.
        return Repaired(text, error=f"{said}: {type(error).__name__}: {error}")


def _document(row: Mapping[str, Any], job: Job) -> Document:
    """The page as the local engine reads it from a file of its name."""
    data = row[_RAW] if _RAW in row else (row["text"] or "").encode("utf-8", "surrogatepass")
    return repair.read(data, PurePosixPath(row["id"] or "page").name, job.encoding)


def _parts(batches: Iterable[pa.RecordBatch], job: Job) -> Iterator[Part]:
    for batch in batches:
        for row in _rows(batch):
            try:
                yield survey_file(_document(row, job))
            except Exception:
                continue  # the repair says of each page why it cannot be read


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = [name for name in ("id", "text", _RAW) if name in batch.schema.names]
    for values in zip(*(batch.column(name) for name in columns), strict=True):
        yield {name: value.as_py() for name, value in zip(columns, values, strict=True)}


def _spread(table: DataFrame) -> DataFrame:
    """The table in enough partitions for every core."""
    wanted = _SLICES * table.sparkSession.sparkContext.defaultParallelism
    return table if table.rdd.getNumPartitions() >= wanted else table.repartition(wanted)


@lru_cache(maxsize=1)
def _profile(file: str) -> Profile:
    return profiles.load(Path(file))


def _holds(spark: SparkSession, source: str, names: str) -> bool:
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True)
    return not files.option("pathGlobFilter", names).load(source).select("path").isEmpty()


def _qualified(spark: SparkSession, source: str) -> str:
    """The folder as Spark names it in the paths of its files."""
    java: Any = spark.sparkContext
    path = java._jvm.org.apache.hadoop.fs.Path(source)
    return str(path.getFileSystem(java._jsc.hadoopConfiguration()).makeQualified(path).toString())


def _empty(spark: SparkSession, source: str, include: str) -> list[str]:
    """The files of a folder that have no content."""
    java: Any = spark.sparkContext
    hadoop = java._jvm.org.apache.hadoop.fs
    path, wanted = hadoop.Path(source), hadoop.GlobFilter(include)
    files = path.getFileSystem(java._jsc.hadoopConfiguration()).listFiles(path, True)
    found: list[str] = []
    while files.hasNext():
        file = files.next()
        if not file.getLen() and wanted.accept(file.getPath()):
            found.append(str(file.getPath().toString()))
    return found


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
