"""What the commands that repair have in common: options, and the job that these and ocrfix.toml make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import typer

from cleanup.archive.job import Job, Shape
from cleanup.cli import config
from cleanup.cli.failure import Failure
from cleanup.data import learned
from cleanup.data import protected as protection
from cleanup.data import roster as rosters
from cleanup.data.files import Stand, stand
from cleanup.engine import repair
from cleanup.model.errors import Exit
from cleanup.model.fix import Applicability, Lang
from cleanup.model.journal import Decision, Furniture, Headlines, Policy, Script
from cleanup.plan import plan
from cleanup.text.dates import stated

Level = Literal["safe", "likely", "suggest"]
Many = list[str] | None
Rosters = Annotated[
    Many,
    typer.Option(
        "--roster", metavar="FILE", help="People whose names may be repaired: CSV, TSV, XLSX, JSON."
    ),
]
NoDefaultRoster = Annotated[
    bool, typer.Option("--no-default-roster", help="Leave out the roster of public figures.")
]
Names = Annotated[bool, typer.Option("--names", help="Also write FILE.names.csv: the people found.")]
Date = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Day of the document, for terms of office [default: as it says]."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, help="Least confidence of an unattended edit [default: 0.6]."),
]
Apply = Annotated[Level | None, typer.Option(help="What may be edited unattended [default: likely].")]
Only = Annotated[Many, typer.Option(metavar="RULE", help="Run only this rule or family.")]
Skip = Annotated[Many, typer.Option(metavar="RULE", help="Leave out this rule or family.")]
Accept = Annotated[Many, typer.Option(metavar="ID", help="Make the edit with this journal id.")]
Reject = Annotated[Many, typer.Option(metavar="ID", help="Never make the edit with this id.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the input [default: detected].")]
KeepEncoding = Annotated[
    bool, typer.Option("--keep-encoding", help="Write back in the input's encoding, not UTF-8.")
]
FurnitureOption = Annotated[
    Furniture | None,
    typer.Option(help="Running heads, folios, dates, credits of the page [default: drop]."),
]
HeadlinesOption = Annotated[
    Headlines | None,
    typer.Option(help="Headlines over several lines: as printed, or one line each [default: printed]."),
]
Protect = Annotated[
    Many,
    typer.Option(metavar="FILE", help="Words that stay as they are: one a line, a note behind a tab."),
]
Model = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Your own language model: of ocrfix train lm, or KenLM's."),
]
To = Annotated[
    Script | None,
    typer.Option(help="Convert the script: names on the roster and protected words stay [default: no]."),
]
Format = Annotated[
    Shape | None,
    typer.Option("--format", help="Also write FILE.structure.txt, .md or .json: its articles and parts."),
]
Language = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="Language of messages and reports [default: locale].")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")]


@dataclass(frozen=True)
class Choices:
    """What the command line says of the repair itself."""

    roster: Sequence[str]
    default_roster: bool
    date: str
    names: bool
    min_confidence: float | None
    apply: Level | None
    only: Sequence[str]
    skip: Sequence[str]
    accept: Sequence[str]
    reject: Sequence[str]
    encoding: str | None
    keep_encoding: bool
    furniture: Furniture | None
    headlines: Headlines | None
    to: Script | None
    shape: Shape | None
    protect: Sequence[str]
    model: str | None


def job(choices: Choices, found: config.Found, lang: Lang) -> Job:
    """The job that the command line and the settings make; raises Failure."""
    base = found.config
    return Job(
        _settings(choices, found),
        (
            *(found.beside(file) for file in base.roster),
            *choices.roster,
            *taught(found).rosters,
        ),
        choices.default_roster and base.default_roster,
        choices.encoding,
        choices.names,
        choices.shape or base.format,
        lang,
    )


def protected(choices: Choices, found: config.Found) -> tuple[str, ...]:
    """The words that stay as they are, by the settings, their lists, and the lists given."""
    lists = (*(found.beside(file) for file in found.config.protect_from), *choices.protect)
    words = {word for file in lists for word in protection.read(Path(file))}
    return tuple(sorted(words.union(found.config.protect)))


def people(files: tuple[str, ...], default: bool) -> rosters.Roster:
    """The rosters of a run, read once for all its inputs, and again when one of them has changed."""
    return _people(tuple(map(stand, files)), default)


@lru_cache(maxsize=4)
def _people(files: tuple[Stand, ...], default: bool) -> rosters.Roster:
    return rosters.load([file.place for file in files], default)


def day(option: str | None) -> str:
    """The day given to --date, as ISO date; raises Failure."""
    if option is None:
        return ""
    if found := stated(option):
        return found
    raise Failure(
        Exit.USAGE,
        f"--date {option} 不是日期；请写成 2024-01-15。",
        f"--date {option} is no date; write it like 2024-01-15.",
    )


def taught(found: config.Found) -> learned.Taught:
    """What lies in the folder that the settings name as `learned`; raises Failure where it is missing."""
    if not found.config.learned:
        return learned.Taught()
    place = Path(found.beside(found.config.learned))
    if not place.is_dir():
        raise Failure(
            Exit.DATA,
            f"{found.path} 中的 learned 目录 {place} 不存在；请改正路径。",
            f"{found.path}: the folder that learned names, {place}, is not there; correct the path.",
        )
    return learned.taught(place)


def _settings(choices: Choices, found: config.Found) -> repair.Settings:
    base = found.config
    level = choices.apply or base.apply or "likely"
    wanted = (choices.min_confidence, base.min_confidence)
    least = next((value for value in wanted if value is not None), Policy().min_confidence)
    if not 0 <= least <= 1:
        raise Failure(
            Exit.DATA,
            f"{found.path} 中的 min-confidence 应在 0 和 1 之间。",
            f"{found.path}: min-confidence must lie between 0 and 1.",
        )
    settings = repair.Settings(
        Policy(Applicability[level.upper()], least, protected(choices, found), base.rule_policies()),
        tuple(choices.only) or base.only,
        (*choices.skip, *base.skip),
        (
            *(Decision(fix, "accepted") for fix in (*base.accept, *choices.accept)),
            *(Decision(fix, "rejected") for fix in (*base.reject, *choices.reject)),
        ),
        choices.keep_encoding or base.keep_encoding,
        furniture=choices.furniture or base.furniture or "drop",
        headlines=choices.headlines or base.headlines or "printed",
        date=choices.date,
        learned=taught(found).learned,
        to=choices.to or base.to,
        model=_own_model(choices, found),
    )
    plan((*settings.only, *base.rules), settings.skip)  # raises UnknownRule
    return settings


def _own_model(choices: Choices, found: config.Found) -> str:
    """The path of the user's own language model, or nothing."""
    own = choices.model or (found.beside(found.config.model) if found.config.model else "")
    return str(Path(own).absolute()) if own else ""
