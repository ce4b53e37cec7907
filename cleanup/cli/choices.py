"""What the commands that repair have in common: options, and the job that these and ocrfix.toml make."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

from cleanup.archive.job import Job
from cleanup.cli import config
from cleanup.cli.failure import Failure
from cleanup.data import learned
from cleanup.data import protected as protection
from cleanup.data import roster as rosters
from cleanup.data.files import Stand, stand
from cleanup.engine import repair
from cleanup.model.errors import Exit
from cleanup.model.fix import Applicability, Lang
from cleanup.model.journal import Decision, Policy
from cleanup.plan import plan
from cleanup.text.dates import stated

if TYPE_CHECKING:
    from cleanup.cli import options


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the command line says of the repair itself."""

    roster: options.Rosters = None
    no_default_roster: options.NoDefaultRoster = False
    names: options.Names = False
    date: options.Date = None
    min_confidence: options.MinConfidence = None
    apply: options.Apply = None
    only: options.Only = None
    skip: options.Skip = None
    accept: options.Accept = None
    reject: options.Reject = None
    encoding: options.Encoding = None
    keep_encoding: options.KeepEncoding = False
    furniture: options.FurnitureOption = None
    headlines: options.HeadlinesOption = None
    to: options.To = None
    shape: options.Format = None
    protect: options.Protect = None
    model: options.Model = None
    scan: options.Scan = None
    witness: options.WitnessOption = None
    look: options.LookOption = None
    crops: options.Crops = None


NONE = Choices()
"""Nothing was chosen."""


def repairing(command: Callable[..., int]) -> Callable[..., int]:
    """A command that takes all options of Choices in the place of its parameter `choices`."""
    from cleanup.cli import options  # the parser takes its time

    hints = get_type_hints(command, include_extras=True)
    more = get_type_hints(Choices, localns={"options": options}, include_extras=True)
    names = [field.name for field in fields(Choices)]
    shown: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name == "choices":
            shown += [
                inspect.Parameter(
                    each.name, parameter.KEYWORD_ONLY, default=each.default, annotation=more[each.name]
                )
                for each in fields(Choices)
            ]
        else:
            shown.append(parameter.replace(kind=parameter.KEYWORD_ONLY, annotation=hints[name]))

    @wraps(command)
    def taking(**given: object) -> int:
        choices = Choices(**{name: given.pop(name) for name in names})  # type: ignore[arg-type]
        return command(choices=choices, **given)

    taking.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    taking.__annotations__ = {each.name: each.annotation for each in shown}
    return taking


def job(choices: Choices, found: config.Found, lang: Lang) -> Job:
    """The job that the command line and the settings make; raises Failure."""
    base = found.config
    return Job(
        settings=_settings(choices, found),
        roster=(
            *(found.beside(file) for file in base.roster),
            *(choices.roster or ()),
            *taught(found).rosters,
        ),
        default_roster=not choices.no_default_roster and base.default_roster,
        encoding=choices.encoding,
        names=choices.names,
        shape=choices.shape or base.format,
        lang=lang,
        scan=choices.scan or (found.beside(base.scan) if base.scan else ""),
        witness=choices.witness or base.witness or "rapidocr",
        look=choices.look or base.look or "doubtful",
        crops=choices.crops or base.crops or "some",
    )


def protected(choices: Choices, found: config.Found) -> tuple[str, ...]:
    """The words that stay as they are, by the settings, their lists, and the lists given."""
    lists = (*(found.beside(file) for file in found.config.protect_from), *(choices.protect or ()))
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
        f"--date {option} is not a date; write it like 2024-01-15.",
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
            f"{found.path}: the folder given as learned, {place}, is not there; correct the path.",
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
        tuple(choices.only or ()) or base.only,
        (*(choices.skip or ()), *base.skip),
        (
            *(Decision(fix, "accepted") for fix in (*base.accept, *(choices.accept or ()))),
            *(Decision(fix, "rejected") for fix in (*base.reject, *(choices.reject or ()))),
        ),
        choices.keep_encoding or base.keep_encoding,
        furniture=choices.furniture or base.furniture or "drop",
        headlines=choices.headlines or base.headlines or "printed",
        date=day(choices.date),
        learned=taught(found).learned,
        to=choices.to or base.to,
        model=_own_model(choices, found),
        rules=found.own_rules(),
    )
    plan((*settings.only, *base.rules), settings.skip, settings.rules)  # raises UnknownRule
    return settings


def _own_model(choices: Choices, found: config.Found) -> str:
    """The path of the user's own language model, or nothing."""
    own = choices.model or (found.beside(found.config.model) if found.config.model else "")
    return str(Path(own).absolute()) if own else ""
