"""`ocrfix batch --engine spark`: tables of pages on a cluster."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from cleanup.archive import learn, spark
from cleanup.archive.inputs import INCLUDE
from cleanup.archive.job import Job
from cleanup.archive.profile import load
from cleanup.cli import options as shared
from cleanup.cli.failure import Exit, Failure
from cleanup.model.fix import Lang


def command(
    inputs: list[str], output: str, include: list[str], job: Job, master: str | None, profile: Path | None,
    survey: bool, quiet: bool, lang: Lang,
) -> int:  # fmt: skip
    """Repair the table or folder `inputs` into Parquet at `output`; raises Failure."""
    if len(inputs) != 1:
        raise Failure(
            Exit.USAGE,
            "--engine spark 需要一个输入：Parquet 文件或目录，或文本文件的目录。",
            "--engine spark takes one input: a Parquet file or folder, or a folder of text files.",
        )
    people = shared.people(job.roster, job.default_roster)
    try:
        session = spark.session(master)
    except spark.NoSpark as error:
        raise Failure(
            Exit.DATA,
            f"Spark 无法启动（{error}）；请安装 ocrfix[spark] 和 Java 17。",
            f"Spark does not start ({error}); install ocrfix[spark] and Java 17.",
        ) from None
    glob = "{" + ",".join(include or INCLUDE) + "}"
    with tempfile.TemporaryDirectory(prefix="ocrfix-spark-") as folder:
        try:
            table = spark.pages(session, inputs[0], glob)
            if not {"id", "text"} <= set(table.columns):
                raise Failure(
                    Exit.INPUT,
                    f"{inputs[0]} 缺少 id 或 text 列，只有 {'、'.join(table.columns)}。",
                    f"{inputs[0]} lacks the column id or text; it has {', '.join(table.columns)}.",
                )
            place = profile
            if place is None and survey:
                place = Path(folder) / learn.NAME
                spark.survey(table, job, place)
            if place is not None:
                job = replace(job, profile_sha=load(place).digest)
            counts = spark.run(session, table, output, job, people, place)
        except Failure:
            raise
        except Exception as error:
            shown = str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
            raise Failure(Exit.OUTPUT, f"Spark 作业失败：{shown}", f"The Spark job failed: {shown}") from None
        finally:
            session.stop()
    if not quiet:
        said = (
            f"修复 {counts.pages - counts.failed} 页，失败 {counts.failed} 页：{output}"
            if lang == "zh"
            else f"{counts.pages - counts.failed} pages repaired, {counts.failed} failed: {output}"
        )
        print(f"ocrfix: {said}", file=sys.stderr)
    return Exit.SOME_FAILED if counts.failed else Exit.DONE
