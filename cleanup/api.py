"""The library's front door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # importing the package reads no rule and no table
    from cleanup.data.profile import Profile
    from cleanup.data.roster import Roster
    from cleanup.engine.repair import Settings
    from cleanup.model.document import EngineReading
    from cleanup.model.result import Result


def repair(
    text: str | bytes,
    roster: Roster | str | Path | Iterable[str | Path] | None = None,
    settings: Settings | None = None,
    name: str = "text",
    profile: Profile | str | Path | None = None,
    engine: Iterable[EngineReading] = (),
) -> Result:
    """Repair `text` (decoded text, or the bytes of a file in any supported encoding).

    `roster` is a roster file, several of them, or a loaded Roster; `name` stands in the journal and,
    by its extension, tells Markdown. `profile` is that of the archive which the text belongs to (a file that
    `ocrfix survey` wrote, or loaded). `engine`: how sure the OCR engine was of single characters, and what
    else it took them for; context.misread weighs these with its own candidates. Raises
    cleanup.formats.encoding.InputError for bytes that are no
    text and cleanup.data.files.DataError for a roster or profile that cannot be read.
    """
    from cleanup.data import profile as profiles
    from cleanup.data import roster as rosters
    from cleanup.engine.repair import from_text, read, repair_document

    if roster is None or isinstance(roster, rosters.Roster):
        people = roster
    else:
        people = rosters.load([roster] if isinstance(roster, str | Path) else roster)
    document = from_text(text, name) if isinstance(text, str) else read(text, name)
    if readings := tuple(sorted(engine, key=lambda reading: reading.span)):
        document = replace(document, engine=readings)
    archive = profiles.load(Path(profile)) if isinstance(profile, str | Path) else profile
    return repair_document(document, people, settings, archive)
