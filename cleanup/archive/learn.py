"""Phase one of a run: the archive profile, made once of all inputs and kept with the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleanup.archive.inputs import Input
from cleanup.archive.profile import Profile
from cleanup.archive.store import Trouble
from cleanup.archive.survey import Part, merge
from cleanup.archive.workers import Lost, Workers
from cleanup.model.fix import Message

NAME = "archive.profile"
Found = Part | Message


def learn(
    workers: Workers[Input, Found],
    inputs: Iterable[Input],
    tell: Callable[[bool], None],
    stopped: Callable[[], bool],
) -> Profile | None:
    """The profile of all inputs that can be read, in any order; None where it was stopped before the end.

    `tell` hears of each file whether it could be read. What could not is no error here: its repair says why.
    """
    profile = merge(_parts(workers.run(inputs, stopped), tell))
    return None if stopped() else profile


def _parts(results: Iterable[Found | Lost[Input]], tell: Callable[[bool], None]) -> Iterator[Part]:
    for result in results:
        tell(isinstance(result, Part))
        if isinstance(result, Part):
            yield result


def keep(profile: Profile, out: Path, stage: Path) -> None:
    """Keep the profile in OUT, whole or not at all; raises Trouble."""
    try:
        profile.save(stage / NAME)
        (stage / NAME).replace(out / NAME)
    except OSError as error:
        raise Trouble.writing(out / NAME, error) from None
