"""What every page of a run is repaired with, as plain data that the ledger keeps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from cleanup.data import roster as rosters
from cleanup.data.profile import Profile, load
from cleanup.engine.repair import Settings, digests
from cleanup.engine.repairer import Repairer
from cleanup.model.crop import Choice
from cleanup.model.fix import Lang
from cleanup.model.scan import Look, Witness
from cleanup.plan import plan
from cleanup.rules import models
from cleanup.version import code

Shape = Literal["txt", "md", "json"]


@dataclass(frozen=True)
class Job:
    """Everything besides the pages that decides their results; person's decisions apart."""

    settings: Settings = field(default_factory=Settings)
    roster: tuple[str, ...] = ()
    """Roster files; absolute where a ledger keeps them."""
    default_roster: bool = True
    encoding: str | None = None
    """Of the inputs; None: detected."""
    names: bool = False
    """Also write the people found."""
    shape: Shape | None = None
    """Also write the structure, in this format."""
    lang: Lang = "zh"
    """That reports open in."""
    profile: str = ""
    """The archive profile's file, as seen from the folder of the results; empty: none."""
    profile_sha: str = ""
    """Its digest."""
    scan: str = ""
    """File or folder of the pages' pictures, absolute where a ledger keeps it; empty: those that engines'
    files name themselves."""
    witness: Witness = "rapidocr"
    """Who reads them."""
    look: Look = "doubtful"
    """What is read of them."""
    crops: Choice = "some"
    """Of which records a report shows the line on the picture."""

    def people(self) -> rosters.Roster:
        """The people; raises DataError."""
        return rosters.load(self.roster, self.default_roster)

    def evidence(self, out: Path) -> Profile | None:
        """The archive profile, opened once in a process; raises DataError."""
        return _opened(out / self.profile, self.profile_sha) if self.profile else None

    def repairer(self, out: Path, people: rosters.Roster | None = None) -> Repairer:
        """Who repairs pages into `out`; raises DataError. `people`: where they are loaded."""
        return Repairer(
            self.people() if people is None else people,
            profile=self.evidence(out),
            settings=self.settings,
            encoding=self.encoding,
        )

    def digest(self, people: rosters.Roster) -> str:
        """SHA-256 over all that decides results besides the pages; those made under another are made anew."""
        return _sha(self.parts(people))

    def parts(self, people: rosters.Roster) -> dict[str, str]:
        """Digests of the settings, the rosters' contents, the profile, the dictionaries and the code."""
        passes = plan(self.settings.only, self.settings.skip, self.settings.rules)
        settings = {**msgspec.to_builtins(self), "roster": (), "profile": "", "profile_sha": ""}
        data = {**digests(passes)} | models.digests(self.settings.model)
        return {
            "settings": _sha(settings),
            "people": _sha(people.digests),
            "profile": self.profile_sha,
            "data": _sha(data),
            "code": code(),
        }

    def encode(self) -> str:
        """As JSON."""
        return msgspec.json.encode(self, order="deterministic").decode()


def _sha(said: object) -> str:
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


@lru_cache(maxsize=2)
def _opened(file: Path, _sha: str) -> Profile:
    return load(file)


def decode(text: str) -> Job:
    """The job in JSON that `Job.encode` wrote; raises msgspec.ValidationError."""
    return msgspec.json.decode(text, type=Job)
