"""The library's front door: what `from cleanup import …` gives; docs/reference/api.en.md shows it in use.

Everything else is private by convention and may change with any version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from cleanup.archive import batch, results
from cleanup.archive.batch import Batch
from cleanup.archive.decided import decisions
from cleanup.archive.job import Job
from cleanup.archive.order import Done, Order, Watch
from cleanup.archive.why import Plan
from cleanup.archive.workers import cores
from cleanup.data.profile import Profile
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings, read
from cleanup.engine.repairer import Repairer, Result, Rosters
from cleanup.formats.encoding import encode
from cleanup.model.document import EngineReading
from cleanup.model.errors import OcrfixError
from cleanup.model.fix import Applicability, Lang, Span
from cleanup.model.journal import Decision, Policy
from cleanup.model.result import Result as Plain

__all__ = [
    "Applicability",
    "Archive",
    "Decision",
    "Done",
    "EngineReading",
    "OcrfixError",
    "Person",
    "Policy",
    "Profile",
    "Repairer",
    "Result",
    "Roster",
    "Settings",
    "Span",
    "Watch",
    "repair",
]


class Archive:
    """An archive and the folder of its results: what `ocrfix batch`, `review` and `apply` work on.

    `repair` may be called again at any time: what is done is not done again, whatever interrupted it, and
    pages whose source, settings, data or decisions changed are. Results are read one at a time: memory does
    not grow with them.
    """

    def __init__(
        self,
        out: str | Path,
        inputs: str | Path | Iterable[str | Path] = (),
        *,
        roster: str | Path | Iterable[str | Path] | None = None,
        default_roster: bool = True,
        settings: Settings | None = None,
        encoding: str | None = None,
        include: Iterable[str] = (),
        group: str = "auto",
        workers: int | None = None,
        timeout: float = 300.0,
        lang: Lang = "zh",
    ) -> None:
        """`out`: folder of the results; `inputs`: folders, files and globs (none: only read what is there).

        `include`: names read in folders, as globs; `group`: what makes an issue (see `ocrfix batch --help`);
        `workers`: processes, by default one for each core; `timeout`: seconds that a page may take; `lang`:
        what reports open in.
        """
        files = [roster] if isinstance(roster, str | Path) else list(roster or ())
        given = [inputs] if isinstance(inputs, str | Path) else list(inputs)
        job = Job(
            settings=settings or Settings(),
            roster=tuple(str(Path(file).absolute()) for file in files),
            default_roster=default_roster,
            encoding=encoding,
            lang=lang,
        )
        self.out = Path(out)
        self._order = Order(
            inputs=[str(place) for place in given],
            out=self.out,
            job=job,
            include=list(include),
            plan=Plan(group=group),
            timeout=timeout,
            workers=workers or cores(),
        )

    def survey(self, watch: Watch | None = None) -> Profile:
        """Read all inputs and keep what they say of themselves (running heads, names, misreadings) in `out`.

        `repair` does so by itself where it was not done; this does it anew. Raises OcrfixError.
        """
        with Batch(self._order, watch) as run:
            return run.survey()

    def repair(
        self,
        *,
        survey: bool = True,
        stitch: bool = False,
        retry: bool = False,
        limit: int | None = None,
        watch: Watch | None = None,
    ) -> Done:
        """Repair what is new or changed; clean texts, reports, journals and the overview go to `out`.

        `survey`: learn from the archive as a whole first; `stitch`: put articles together that go on on other
        pages; `retry`: also what failed before; `limit`: at most so many pages. `watch` hears how it goes and
        may stop it. A page that cannot be repaired is no error: `Done.failed` counts them. Raises
        OcrfixError.
        """
        plan = replace(self._order.plan, retry=retry)
        order = replace(self._order, survey=survey, stitch=stitch, limit=limit, plan=plan)
        with Batch(order, watch) as run:
            return run.once()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What people decided of these results (`ocrfix review`), as it holds now."""
        return decisions.load(self.out)

    def __iter__(self) -> Iterator[Result]:
        """The results, in order of their paths; raises OcrfixError where one cannot be read."""
        for place in results.find(self.out):
            found = results.read(place)
            yield self._again(found, place)

    def __len__(self) -> int:
        return len(results.find(self.out))

    def _again(self, found: Plain, place: Path) -> Result:
        """A result read back, with who made it, so that it can be asked for others."""
        source = found.journal.source
        data = encode(found.original, source.envelope)
        folder = place.parent.relative_to(self.out).as_posix()
        return Result(
            found.original,
            found.repaired,
            found.journal,
            self._repairer,
            read(data, source.name, source.envelope.encoding),
            f"{folder}/{source.name}",
        )

    @cached_property
    def _repairer(self) -> Repairer:
        """As the results in `out` were made last, decisions of people among it."""
        return batch.kept(self._order).repairer(self.out)


def repair(
    text: str | bytes,
    roster: Rosters | None = None,
    settings: Settings | None = None,
    name: str = "text",
    profile: Profile | str | Path | None = None,
    engine: Iterable[EngineReading] = (),
    *,
    default_roster: bool = True,
) -> Result:
    """Repair one text: `Repairer(…)(text)`. For many, make one Repairer and keep it."""
    made = Repairer(roster, default_roster=default_roster, profile=profile, settings=settings)
    return made(text, name, engine=engine)
