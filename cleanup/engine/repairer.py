"""The one door to a repair: the library, the command line, archives and clusters all come through it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleanup.data import profile as profiles
from cleanup.data import roster as rosters
from cleanup.data.profile import Profile
from cleanup.data.roster import Roster
from cleanup.engine.repair import Settings, from_text, read, repair_document
from cleanup.model import result
from cleanup.model.document import Document, EngineReading
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang
from cleanup.model.journal import Decision, Verdict

Rosters = Roster | str | Path | Iterable[str | Path]
"""A loaded roster, or the files of one."""


class UnknownEdit(OcrfixError):
    """An id that the journal does not have."""

    exit_code = Exit.JOURNAL

    def __init__(self, ids: Iterable[str]) -> None:
        named = ", ".join(sorted(ids))
        super().__init__(
            f"日志中没有编号为 {named} 的记录；编号见报告、日志或 Result.to_records()。",
            f"the journal has no record {named}; ids are in the report, in the journal and in "
            "Result.to_records().",
        )
        self.args = (tuple(sorted(ids)),)


class Repairer:
    """Repairs texts, all with the same people, settings and archive profile.

    It never changes: one Repairer may serve page after page and several threads at once, and can be pickled
    and sent to other processes. The same text gives the same bytes, whoever asks and whatever was repaired
    before.
    """

    def __init__(
        self,
        roster: Rosters | None = None,
        *,
        default_roster: bool = True,
        profile: Profile | str | Path | None = None,
        settings: Settings | None = None,
        encoding: str | None = None,
    ) -> None:
        """`roster`: files (CSV, TSV, XLSX, JSON) of the people whose names may be repaired; with
        `default_roster` the public figures that come with the tool as well. A loaded one is taken as it is.

        `profile`: that of the archive which the texts belong to (a file of `ocrfix survey`, or loaded).
        `encoding`: of bytes; None: detected. Raises DataError for a roster or profile that cannot be read.
        """
        if isinstance(roster, Roster):
            self.roster = roster
        else:
            files = [roster] if isinstance(roster, str | Path) else list(roster or ())
            self.roster = rosters.load(files, default_roster)
        self.profile = profiles.load(Path(profile)) if isinstance(profile, str | Path) else profile
        self.settings = settings or Settings()
        self.encoding = encoding

    def __call__(
        self,
        text: str | bytes,
        name: str = "text",
        *,
        path: str = "",
        engine: Iterable[EngineReading] = (),
    ) -> Result:
        """Repair decoded text, or the bytes of a file in any supported encoding and format.

        `name` stands in the journal; its extension tells the format. `path`: where the text lies, since
        folders may say its day. `engine`: how sure an OCR engine was of single characters, and what else it
        took them for. Raises InputError for bytes that are no text and DataError for broken data files.
        """
        document = from_text(text, name) if isinstance(text, str) else read(text, name, self.encoding)
        if told := tuple(sorted(engine, key=lambda reading: reading.span)):
            document = replace(document, engine=told)
        return self.document(document, path)

    def merge(self, given: Sequence[tuple[str, str | bytes]]) -> Result:
        """Repair one of several readings of the same pages (name, text or bytes of the file each) with what
        the others have: the first, or the one that has clearly more text.

        Every choice is in the journal with both readings. Raises InputError and DataError.
        """
        from cleanup.engine import readings  # one text alone has no others beside it

        documents = [
            from_text(text, name) if isinstance(text, str) else read(text, name, self.encoding)
            for name, text in given
        ]
        return self.document(readings.merged(documents, readings.base_of(documents)))

    def document(self, document: Document, path: str = "") -> Result:
        """Repair a document that is read already."""
        settings = replace(self.settings, path=path) if path else self.settings
        found = repair_document(document, self.roster, settings, self.profile)
        return Result(found.original, found.repaired, found.journal, self, document, path)

    def having(self, decisions: Iterable[Decision]) -> Repairer:
        """The same with more decisions of people."""
        more = replace(self.settings, decisions=(*self.settings.decisions, *decisions))
        return Repairer(self.roster, profile=self.profile, settings=more, encoding=self.encoding)

    def prepare(self) -> Result:
        """Load all that repairs need, so that processes forked from now on share it; some result."""
        self.roster.prepare()
        return self(_WARM, "page.md")


_WARM = "# 二〇二四年一月十五日\n县委书记周望舒出席会议，部署今年的春耕 工作。\n\n己经完成，人们说:“好”。\n"


@dataclass(frozen=True)
class Result(result.Result):
    """A repaired text with its journal, which can be asked for other results and other forms."""

    repairer: Repairer = field(repr=False)
    """Who made it."""
    document: Document = field(repr=False)
    """The source as it was read."""
    path: str = field(default="", repr=False)

    def accept(self, ids: str | Collection[str]) -> Result:
        """The result with these suggestions made (ids of journal records); raises UnknownEdit."""
        return self._decided(ids, "accepted")

    def reject(self, ids: str | Collection[str]) -> Result:
        """The result without these edits, as if a person had refused them; raises UnknownEdit."""
        return self._decided(ids, "rejected")

    def _decided(self, ids: str | Collection[str], verdict: Verdict) -> Result:
        wanted = {ids} if isinstance(ids, str) else set(ids)
        if unknown := wanted - {record.id for record in self.journal.records}:
            raise UnknownEdit(unknown)
        said = [Decision(one, verdict) for one in sorted(wanted)]
        return self.repairer.having(said).document(self.document, self.path)

    def to_json(self) -> str:
        """The journal, as `ocrfix FILE` writes it beside the clean text."""
        from cleanup.reports import journal

        return journal.encode(self.journal).decode()

    def to_html(self, lang: Lang = "zh") -> str:
        """The report, a page that stands alone; `lang`: what it opens in."""
        from cleanup.reports import html

        return "".join(html.pieces(self, lang))
