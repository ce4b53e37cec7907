"""Phase one of a run: the archive profile, made once of all inputs and kept with the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleanup.archive import store
from cleanup.archive.inputs import Input
from cleanup.archive.store import Trouble
from cleanup.archive.survey import unfinished
from cleanup.archive.survey.part import Part, merge, survey_file
from cleanup.archive.workers import Lost, Workers
from cleanup.data.profile import Profile
from cleanup.engine.repair import read
from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model import file_names
from cleanup.model.fix import Message

NAME = "archive.profile"
PARTS = "survey.db"
"""What surveyed files said, in the run's own folder, until the profile is made."""
Found = Part | Message
"""What a file says, or why it could not be read."""


@dataclass(frozen=True)
class Surveyor:
    """The work of a worker in phase one."""

    encoding: str | None = None
    kept: Path | None = None
    """Parts of a survey that was stopped; they come back without `of`."""

    def __call__(self, found: Input) -> Found:
        """What a file says, or why it could not be read."""
        shown = file_names.shown(found.path)
        try:
            if found.error:
                return Message(
                    f"{shown} 无法列出：{found.error}。", f"{shown}: cannot be listed: {found.error}."
                )
            of = unfinished.name(found.source, self.encoding) if self.kept else ""
            if self.kept and (said := unfinished.find(self.kept, of)):
                return said
            data = store.read(found.source)
            document = read(data, file_names.called(Path(found.source).name), self.encoding)
            return replace(survey_file(document), of=of)
        except InputError as error:
            return sentence(shown, error)
        except store.Trouble as trouble:
            return trouble.message


def survey(
    workers: Workers[Input, Found],
    inputs: Iterable[Input],
    tell: Callable[[Found | Lost[Input]], None],
    stopped: Callable[[], bool] = lambda: False,
    kept: unfinished.Parts | None = None,
) -> Profile:
    """The profile of all inputs that can be read, in any order.

    `tell` hears what became of each file; `kept` keeps what each says. Raises KeyboardInterrupt where it was
    stopped before the end.
    """
    profile = merge(_parts(workers.run(inputs, stopped), tell, kept))
    if stopped():
        raise KeyboardInterrupt
    return profile


def _parts(
    results: Iterable[Found | Lost[Input]],
    tell: Callable[[Found | Lost[Input]], None],
    kept: unfinished.Parts | None,
) -> Iterator[Part]:
    for result in results:
        tell(result)
        if isinstance(result, Part):
            if kept is not None and result.of:
                kept.add(result)
            yield result


def keep(profile: Profile, out: Path, stage: Path) -> None:
    """Keep the profile in OUT, whole or not at all; raises Trouble."""
    try:
        profile.save(stage / NAME)
        (stage / NAME).replace(out / NAME)
    except OSError as error:
        raise Trouble.writing(out / NAME, error) from None
