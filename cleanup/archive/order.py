"""What a run over an archive is asked to do, who hears how it goes, and what it came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cleanup.archive import job as jobs
from cleanup.archive import run
from cleanup.archive.why import Plan
from cleanup.archive.workers import cores
from cleanup.model.errors import Exit, OcrfixError

Phase = Literal["list", "survey", "repair"]


class Watch:
    """What hears how a run goes, and may stop it; this one is silent and lets it go to its end."""

    @property
    def wanted(self) -> bool:
        """Whether the run is to stop; what is at hand is finished."""
        return False

    def doing(
        self,
        phase: Phase,  # noqa: ARG002
        total: int | None,  # noqa: ARG002
    ) -> AbstractContextManager[Callable[[bool], None]]:
        """A phase of so many pages (None: not known); what it gives hears of each whether all went well."""
        return nullcontext(lambda _well: None)

    def gently(self) -> AbstractContextManager[None]:
        """While this lasts, a wish to stop only sets `wanted`."""
        return nullcontext()


@dataclass(frozen=True)
class Order:
    """What is to be done."""

    inputs: Sequence[str]
    """Folders, files and globs."""
    out: Path
    job: jobs.Job = field(default_factory=jobs.Job)
    lists: Sequence[str] = ()
    """Files that name inputs, one a line; "-" is standard input."""
    include: Sequence[str] = ()
    """Patterns of names read in folders; none: the usual ones."""
    plan: Plan = field(default_factory=Plan)
    workers: int = field(default_factory=cores)
    timeout: float = 300.0
    """Seconds that a page may take."""
    limit: int | None = None
    """Repair at most so many pages now."""
    profile: Path | None = None
    """The archive profile to use; None: the archive's own."""
    survey: bool = True
    """Whether the archive's own is made where there is none."""
    resurvey: bool = False
    """Make it anew."""
    stitch: bool = False
    """Join articles that go on on other pages; once asked for, later runs go on with it."""
    keeps_language: bool = False
    """Reports keep the language of the first run."""
    may_be_empty: bool = False
    """No page is no error: there may be some later."""


class NoPages(OcrfixError):
    """There is nothing to repair."""

    exit_code = Exit.INPUT

    def __init__(self) -> None:
        super().__init__(
            "没有找到任何页面；目录中只读 *.txt、*.md、*.markdown、*.text，其他名称请用 --include。",
            "no page was found; in folders *.txt, *.md, *.markdown and *.text are read; name others with "
            "--include.",
        )
        self.args = ()


@dataclass(frozen=True)
class Done:
    """What a run came to."""

    listed: run.Listed
    repaired: run.Repaired
    failed: int = 0
    """Pages of this run that stand as failed, those of earlier runs among them."""
    issues: int = 0
    """Stitched anew."""
    left: int = 0
    """Pages that are still to do (--limit)."""
    others: int = 0
    """Pages of earlier runs that were not among the inputs."""
    stopped: bool = False
    """It was stopped before its end."""

    @property
    def failed_before(self) -> int:
        """Pages that failed in an earlier run, and were not tried again."""
        return self.failed - self.repaired.failed - self.listed.problems

    @property
    def did_something(self) -> bool:
        return bool(self.listed.reasons.total() or self.issues)
