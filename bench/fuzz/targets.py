"""What is fuzzed, and what must hold: no traceback, exact undo, a quiet second run, bounded time."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from random import Random

from bench import sets
from bench.fuzz import forms, mutations
from bench.fuzz.asked import Asked
from bench.fuzz.finding import Finding
from cleanup import formats, repair
from cleanup.archive import inputs, outputs, store
from cleanup.archive.batch import Batch
from cleanup.archive.decided import decisions
from cleanup.archive.job import Job
from cleanup.archive.ledger import Ledger
from cleanup.archive.order import Order
from cleanup.cli import config
from cleanup.data import profile, roster
from cleanup.formats import boxes, engine_files
from cleanup.formats.encoding import InputError, encode, read_back
from cleanup.model import replay
from cleanup.model.errors import OcrfixError
from cleanup.model.result import Result
from cleanup.reports import journal as journals
from cleanup.reports import terminal
from cleanup.review import query
from cleanup.review.desk import Desk
from cleanup.review.index import Index

LONGEST = 5000
"""Characters of a page before it is spoilt, where nothing else is asked for."""
ENCODINGS = ("utf-8", "utf-8", "utf-8", "gb18030", "big5", "utf-16", "utf-8-sig")
SECONDS = 4.0
"""CPU seconds that a page of LONGEST characters, or a shorter one, may take, when what it needs is loaded."""


class Fuzz:
    """Inputs of every kind, in a folder of their own."""

    def __init__(self, folder: Path, longest: int = LONGEST) -> None:
        """`longest`: characters of a page before it is spoilt."""
        self.folder = folder
        self.longest = longest

    @property
    def targets(self) -> dict[str, Callable[[Random], None]]:
        """Kind → what makes and tries an input of it."""
        return {"page": self.page, "decisions": self.decisions, "review": self.review, "files": self.files}

    @cached_property
    def pages(self) -> list[str]:
        """Texts to begin from: samples, and those of the sets where they are."""
        places = list((sets.ROOT / "samples").glob("*/*.*"))
        places += sets.SHARED.glob("*/*.ocr.txt") if sets.SHARED.is_dir() else []
        found = (place.read_text("utf-8") for place in sorted(places) if place.suffix in (".txt", ".md"))
        return [text for text in found if text.strip()]

    def _given(self, chance: Random) -> str:
        text = chance.choice(self.pages)
        start = chance.randrange(max(1, len(text) - self.longest))
        return mutations.text(text[start : start + self.longest], chance)

    def page(self, chance: Random) -> None:
        """A page in any form and encoding: repaired, undone, repaired again."""
        lines = self._given(chance).split("\n")
        name, text = chance.choice(forms.FORMS)(lines, chance)
        if chance.random() < 0.3:
            text = mutations.numbers(mutations.text(text, chance), chance)
        data = text.encode(chance.choice(ENCODINGS), "replace")
        data = mutations.data(data, chance) if chance.random() < 0.4 else data
        data = gzip.compress(data, mtime=0) if chance.random() < 0.03 else data
        start = time.process_time()
        try:
            result = repair(data, name=name)
        except OcrfixError as error:
            _said(error)
            return
        if time.process_time() - start > SECONDS * max(1, len(result.original) / LONGEST):
            raise Finding(f"slow: {time.process_time() - start:.1f} s for {len(result.original)} characters")
        _undone(result, data)
        for made in outputs.contents(result, name, Job(shape="md", names=True), Path()).values():
            b"".join([made] if isinstance(made, bytes) else made)
        "\n".join(terminal.diff(result, "en", True)).encode("utf-8", "surrogatepass")
        clean = encode(result.repaired, result.journal.output.envelope)
        if _reads_alike(result, name):
            _quiet(clean, result.journal.output.name)

    def decisions(self, chance: Random) -> None:
        """Exported decisions, spoilt: taken in or refused, and the store is whole."""
        place = self.folder / f"{chance.getrandbits(40):x}"
        place.mkdir()
        lines = mutations.data("\n".join(self._exported).encode(), chance).decode("utf-8", "surrogateescape")
        with closing(decisions.Store(decisions.place(place))) as kept:
            try:
                kept.merge(mutations.numbers(lines, chance).split("\n"))
            except OcrfixError as error:
                _said(error)
            again = list(kept.export())
        decisions.load(place)
        with closing(decisions.Store(decisions.place(place))) as kept:
            if list(kept.export()) != again:
                raise Finding("what is exported differs after the store was opened again")

    def review(self, chance: Random) -> None:
        """Anything asked of the review's server by somebody who came in: an answer below 500."""
        self._asked.once(chance)

    def files(self, chance: Random) -> None:
        """Journals, profiles, rosters, ledgers and lists of files, spoilt: read, or refused."""
        kind, whole = chance.choice(self._kept)
        place = self.folder / f"{kind}-{chance.getrandbits(40):x}{Path(kind).suffix}"
        place.write_bytes(mutations.data(whole, chance))
        try:
            _read(kind, place)
        except OcrfixError as error:
            _said(error)

    def _made(self, name: str) -> Path:
        """Results to review."""
        out = self.folder / name
        for number, text in enumerate(self.pages[:3]):
            page = f"page{number}.txt"
            made = outputs.contents(repair(text[:2000].encode(), name=page), page, Job(), out)
            store.write_all({out / called: content for called, content in made.items()})
        return out

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._made("asked"))

    @cached_property
    def _exported(self) -> list[str]:
        """Decisions of every kind, as they are exported."""
        out = self._made("decided")
        with closing(decisions.Store(decisions.place(out))) as kept:
            index = Index(out, kept)
            index.refresh()
            desk = Desk(index, kept, "王敏")
            for item in query.ids(index, query.Filter(), "place")[:6]:
                desk.decide(item, "accepted" if item % 2 else "rejected", "", "")
            desk.protect("水库")
            desk.learn("己经", "已经")
            desk.note(1, "a note\u2028of two lines")
            index.close()
            return list(kept.export())

    @cached_property
    def _kept(self) -> list[tuple[str, bytes]]:
        """(name, bytes) of the files that the tool keeps, or is given besides pages."""
        out = self.folder / "archive"
        source = self.folder / "in"
        source.mkdir()
        for number, text in enumerate(self.pages[:2]):
            (source / f"p{number}.txt").write_text(text[:1500], "utf-8")
        with Batch(Order([str(source)], out, workers=1)) as batch:
            batch.once()
        people = "姓名,职务,单位\n胡衡,市长,临溪市\n王敏,书记,\n".encode()
        found = [("people.csv", people), ("people.tsv", people.replace(b",", b"\t")), ("ocrfix.toml", _TOML)]
        found.append(("people.json", '[{"name": "胡衡", "title": "市长", "aliases": ["胡工"]}]'.encode()))
        found.append(("list.txt", "甲.txt\n乙/丙.txt\n".encode()))
        for name in ("ocrfix.db", "archive.profile", "p0.journal.json", "p1.journal.json"):
            found.append((name, (out / name).read_bytes()))
        return found


_TOML = b'apply = "likely"\nlang = "en"\n[rules]\n"spaces.within-text" = { apply = "never" }\n'


def _read(kind: str, place: Path) -> None:
    """Read a file of the tool's as its commands do."""
    if kind.endswith(".journal.json"):
        journal = journals.decode(place.read_bytes())
        b"".join(journals.pieces(journal))
    elif kind == "archive.profile":
        profile.load(place).digest  # noqa: B018  asked for as a repair does
    elif kind == "ocrfix.db":
        with closing(Ledger(place)) as ledger:
            list(ledger.rows())
            ledger.commit()
    elif kind == "ocrfix.toml":
        folder = place.parent / f"{place.stem}-settings"
        folder.mkdir()
        place.rename(folder / config.NAME)
        config.find(folder).own_rules()
    elif kind == "list.txt":
        list(inputs.read_lists([str(place)]))
    else:
        roster.load([place])


def _said(error: OcrfixError) -> None:
    """A refusal is a sentence in both languages."""
    if not (error.text("zh").strip() and error.text("en").strip()):
        raise Finding(f"{type(error).__name__} says nothing")


def _undone(result: Result, data: bytes) -> None:
    """The journal leads from the repaired text to the bytes given, and back."""
    journal = journals.decode(b"".join(journals.pieces(result.journal)))
    clean = encode(result.repaired, journal.output.envelope)
    if read_back(clean, journal.output.envelope) != result.repaired:
        raise Finding("the clean text reads as another")
    original = replay.undo(result.repaired, journal)
    if original != result.original or encode(original, journal.source.envelope) != data:
        raise Finding("undo does not give the bytes back")
    if replay.replay(original, journal) != result.repaired:
        raise Finding("replay gives another text")
    engine_files.written(result)


def _reads_alike(result: Result, name: str) -> bool:
    """Whether the clean text is read as the source was. What places say of lines is not in it; and of a text
    that looked like Markdown by what was repaired, nothing may be left that does."""
    if any(record.reason == "unconverged" for record in result.journal.records):
        return False  # said aloud: fixes that undo one another were held
    texts = result.original, result.repaired
    forms = {(formats.sniff(text, name), boxes.tell(text)) for text in texts}
    return bool(result.repaired.strip()) and result.journal.boxes is None and len(forms) == 1


def _quiet(clean: bytes, name: str) -> None:
    """A second run applies nothing."""
    try:
        again = repair(clean, name=name)
    except OcrfixError as error:
        if isinstance(error, InputError) and error.code in ("binary", "implausible", "undecodable"):
            return  # a text that was hardly one
        raise Finding(f"the clean text is refused: {error}") from None
    if again.journal.boxes is not None:
        return  # what was too damaged to be an engine's file has become one, and says where its lines stand
    if again.journal.applied:
        rules = sorted({record.rule for record in again.journal.applied})
        raise Finding(f"second run: {len(again.journal.applied)} by {', '.join(rules)}")
