"""`ocrfix survey ARCHIVE -o PROFILE`: what an archive says about itself, kept in one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive import inputs
from cleanup.archive.store import Trouble
from cleanup.archive.survey.part import Part
from cleanup.archive.survey.surveyor import Found, Surveyor, survey
from cleanup.archive.workers import Lost, Workers, cores
from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure
from cleanup.cli.say import say
from cleanup.data.profile import Profile
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message

SHOWN = 8
"""So many rows of each table are printed."""
_TABLES = {
    "heads": Message("版面边缘的重复行", "lines at the edges of pages"),
    "furniture": Message("各文件自证的版面文字", "page furniture, as files prove it"),
    "phrases": Message("常见词句", "phrases"),
    "names": Message("人名字形", "forms of names"),
    "paragraphs": Message("多处出现的段落", "paragraphs that stand in several files"),
    "misread": Message("引擎误读（估计次数，抽样）", "misreadings (estimated, on a sample)"),
    "jumps": Message("跳转行", "jump lines"),
    "dates": Message("日期", "dates"),
}


def command(
    archive: Annotated[
        list[str],
        typer.Argument(metavar="ARCHIVE...", help="Folders, files and globs; - is a list on stdin."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="PROFILE", help="The file that the profile goes to.")
    ],
    include: shared.Include = None,
    workers: shared.Workers = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a file may take.")] = 300.0,
    encoding: shared.Encoding = None,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
) -> int:
    """Learn from ARCHIVE as a whole: repeated text, running heads, names, misreadings. Repairs nothing."""
    language = config.language(lang)
    found = inputs.find(
        [name for name in archive if name != "-"],
        inputs.read_lists([name for name in archive if name == "-"]),
        output,
        include or [],
    )
    unread: list[Message] = []

    def hear(result: Found | Lost[inputs.Input]) -> None:
        if problem := _problem(result):
            unread.append(problem)

    with Workers(workers or cores(), Surveyor(encoding), timeout) as pool:
        profile = survey(pool, found, hear)
    for said in unread:
        say(language, said.zh, said.en)
    if not profile.files:
        raise Failure(
            Exit.INPUT,
            "没有可读的文件；目录中只读 *.txt、*.md、*.markdown、*.text，其他名称请用 --include。",
            "no file could be read; in folders *.txt, *.md, *.markdown and *.text are read; name others with "
            "--include.",
        )
    try:
        profile.save(output)
    except OSError as error:
        raise Trouble.writing(output, error) from None
    if not quiet:
        for line in _summary(profile, output, language):
            print(line)
    return Exit.SOME_FAILED if unread else Exit.DONE


def _problem(found: Found | Lost[inputs.Input]) -> Message | None:
    """Why a file was not read."""
    if isinstance(found, Part):
        return None
    if isinstance(found, Message):
        return found
    path = found.task.path
    return Message(
        f"{path}：未能读完（超时或进程终止）。",
        f"{path}: not read (too slow, or its process died).",
    )


def _summary(profile: Profile, output: Path, lang: Lang) -> Iterator[str]:
    """What was learnt, in a few lines."""
    yield Message(
        f"{output}：{profile.files} 份文件，{profile.pages} 页；{len(profile.keys)} 处文字见于多份文件。",
        f"{output}: {profile.files} files, {profile.pages} pages; {len(profile.keys)} windows of text stand "
        "in several files.",
    ).text(lang)
    for name, title in _TABLES.items():
        table = profile.tables.get(name, {})
        unit = 1000 if name == "misread" else 1
        rows = sorted(table.items(), key=lambda row: (-row[1], row[0]))[:SHOWN]
        if rows:
            shown = "  ".join(f"{key or '∅'} ×{max(1, round(count / unit))}" for key, count in rows)
            yield f"  {title.text(lang)}: {shown}"
