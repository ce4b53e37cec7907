"""Phase one of a run: the archive profile, made once of all inputs and kept with the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleanup.archive.inputs import Input
from cleanup.archive.store import Trouble
from cleanup.archive.survey import Part, merge
from cleanup.archive.workers import Lost, Workers
from cleanup.data.profile import Profile
from cleanup.model.fix import Message

NAME = "archive.profile"
Found = Part | Message
"""What a file says, or why it could not be read."""


def learn(
    workers: Workers[Input, Found],
    inputs: Iterable[Input],
    tell: Callable[[Found | Lost[Input]], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Profile:
    """The profile of all inputs that can be read, in any order.

    `tell` hears what became of each file. Raises KeyboardInterrupt where it was stopped before the end.
    """
    profile = merge(_parts(workers.run(inputs, stopped), tell))
    if stopped():
        raise KeyboardInterrupt
    return profile


def _parts(
    results: Iterable[Found | Lost[Input]], tell: Callable[[Found | Lost[Input]], None]
) -> Iterator[Part]:
    for result in results:
        tell(result)
        if isinstance(result, Part):
            yield result


def keep(profile: Profile, out: Path, stage: Path) -> None:
    """Keep the profile in OUT, whole or not at all; raises Trouble."""
    try:
        profile.save(stage / NAME)
        (stage / NAME).replace(out / NAME)
    except OSError as error:
        raise Trouble.writing(out / NAME, error) from None
