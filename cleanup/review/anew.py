"""Which results are made anew, and by what: the job that the ledger keeps, else what journals tell."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import msgspec

from cleanup.archive import summary, why
from cleanup.archive.decided import decisions, teaching
from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.news import News
from cleanup.archive.job import Job, Shape
from cleanup.archive.job import decode as decode_job
from cleanup.archive.ledger import NAME as LEDGER
from cleanup.archive.ledger import Ledger
from cleanup.archive.results import ENDING, Unusable
from cleanup.archive.run import locked
from cleanup.data import roster as rosters
from cleanup.data.learned import FOLDER, Learned, Taught
from cleanup.engine.repair import Settings
from cleanup.model.file_names import readable
from cleanup.model.fix import Lang
from cleanup.model.journal import Decision, Journal, Policy, RulePolicy
from cleanup.plan import all_rules
from cleanup.review.apply import Applied, Make, apply, stale
from cleanup.review.index import Index

_ROSTER = "roster: "
"""Before the names of rosters in a journal's table of data."""
Told = Callable[[Literal["index", "apply"], int], Callable[..., None] | None]
"""Hears that a phase of so many pages (0: not known) begins; what it gives hears how many are done."""


@dataclass(frozen=True)
class Given:
    """What is said besides the results; where a ledger keeps their job, its rosters and settings hold."""

    roster: tuple[str, ...] = ()
    default_roster: bool = True
    named: Callable[[], Taught] | None = None
    """The folder that the settings name as learned; None: they name none."""
    lang: Lang = "zh"


@dataclass(frozen=True)
class Made:
    """What became of it."""

    pages: int
    done: Applied


def anew(
    out: Path,
    given: Given,
    rules: Callable[[Store], tuple[RulePolicy, ...]],
    everything: bool,
    workers: int,
    told: Told = lambda _phase, _total: None,
) -> Made:
    """Make those results in OUT (a folder, or one journal) anew that people, or what they taught, concern.

    `rules`: what single rules may do, as far as decisions support it. Raises OcrfixError.
    """
    root = out if out.is_dir() else out.parent
    stage, begun = root, time.time()
    with ExitStack() as stack:
        if (root / LEDGER).is_file():
            stage = stack.enter_context(locked(root))
        store = stack.enter_context(closing(Store(decisions.place(out))))
        own = rules(store)
        words = teaching.update(root, store)
        taught = teaching.load(root)
        kept, news, spoken_of, digest = _kept(root), None, list[str](), ""
        if kept is None:
            named = given.named() if given.named is not None else Taught()
            files, default = (*given.roster, *named.rosters), given.default_roster
            there = given.named is not None or (root / FOLDER).is_dir()
            job = _as_journals(files, default, taught.over(named.learned) if there else None, given.lang)
        else:
            files, default = kept.roster, kept.default_roster
            taught = taught._replace(learned=taught.over(kept.settings.learned))
            job = _always(kept, taught.learned)
            people = kept.people()
            digest = kept.digest(people)
            with closing(Ledger(root / LEDGER)) as ledger:
                why.remember(ledger, digest, kept.parts(people))
                news = News(ledger, decisions.load(out), taught, kept.encoding)
                spoken_of = [row.journal for row in ledger.rows() if row.id in news.pages]
            words = (*words, *news.words)
        people = rosters.load(tuple(dict.fromkeys((*files, *taught.rosters))), default)
        place = None if out.is_dir() else Path(stack.enter_context(tempfile.TemporaryDirectory())) / "i.db"
        index = stack.enter_context(closing(Index(out, store, place)))
        index.refresh(told("index", 0))
        known = index.paths()
        paths = known if everything else sorted({*stale(index, words), *(set(known) & set(spoken_of))})
        done = Applied()
        if paths:
            tell = told("apply", len(paths))
            made = _with_rules(job, own)
            done = apply(index, paths, made, people, decisions.load(out), digest, workers, tell)
        if news is not None and out.is_dir() and not done.failed:
            with closing(Ledger(root / LEDGER)) as ledger:
                news.taken_up(ledger)
        if kept is not None and done.done:
            _overview(root, stage, kept, begun)
    return Made(len(paths), done)


def _kept(root: Path) -> Job | None:
    """The job that the ledger keeps; None where there is no ledger."""
    if not (root / LEDGER).is_file():
        return None
    with closing(Ledger(root / LEDGER)) as ledger:
        text = ledger.get("job")
    try:
        return decode_job(text) if text else None
    except msgspec.MsgspecError:
        return None


def _overview(root: Path, stage: Path, job: Job, begun: float) -> None:
    """The pages about all pages anew: index.html, changes.csv, names.csv, summary.json."""
    with closing(Ledger(root / LEDGER)) as ledger:
        name = ledger.get("name") or readable(root.resolve().name)
        summary.write(ledger, root, stage, name, job.lang, (begun, time.time()))
        ledger.put("indexed", True)


def _always(kept: Job, learned: Learned) -> Make:
    made = replace(kept, settings=replace(kept.settings, learned=learned))
    return lambda _place, _journal: made


def _as_journals(files: tuple[str, ...], default: bool, learned: Learned | None, lang: Lang) -> Make:
    """For results without a ledger: the settings that a journal tells, with the rosters named again.

    `learned`: None where there is no folder of the kind.
    """
    here = _rosters(dict(rosters.load(files, default).digests))

    def job(place: Path, journal: Journal) -> Job:
        _check_data(journal, here, learned)
        ran = {rule for found in journal.plan for rule in found.rules}
        options = journal.options
        skip = [rule.NAME for rule in all_rules(options.rules) if rule.NAME not in ran]
        protect = journal.policy.protect if options.protect is None else options.protect
        settings = Settings(
            replace(journal.policy, rules=(), protect=protect),
            (),
            tuple(skip),
            (
                *(Decision(fix, "accepted") for fix in options.accept),
                *(Decision(fix, "rejected") for fix in options.reject),
            ),
            keep_encoding=journal.output.envelope.encoding != "utf-8",
            furniture=options.furniture,
            headlines=options.headlines,
            to=options.to,
            date=options.date,
            learned=learned or Learned(),
            model=options.model,
            rules=options.rules,
        )
        stem = place.name.removesuffix(ENDING)
        names = place.with_name(f"{stem}.names.csv").exists()
        shape = _shape(place.with_name(stem))
        return Job(
            settings=settings, roster=files, default_roster=default, names=names, shape=shape, lang=lang
        )

    return job


def _rosters(digests: Mapping[str, str]) -> set[tuple[str, str]]:
    """Names and digests of rosters, without those that decisions taught: these are as they are now."""
    return {row for row in digests.items() if not row[0].startswith(f"{FOLDER}/")}


def _check_data(journal: Journal, here: set[tuple[str, str]], learned: Learned | None) -> None:
    """Raise Unusable where a page would lose what its rosters or learned files repaired."""
    rosters = {
        name.removeprefix(_ROSTER): sha for name, sha in journal.data.items() if name.startswith(_ROSTER)
    }
    if differing := _rosters(rosters) ^ here:
        lacking = ", ".join(sorted({name for name, _ in differing}))
        raise Unusable(
            f"修复时用的名册与现在的不同（{lacking}）；请用 --roster 指明当时的名册。",
            f"it was repaired with other rosters than those given now ({lacking}); name them with --roster.",
        )
    if "learned" in journal.data and learned is None:
        raise Unusable(
            "修复时用了 learned 目录，现在找不到；请在 ocrfix.toml 中用 learned 指明（ocrfix.toml 放在结果"
            "所在或其上级目录，或当前目录）。",
            "it was repaired with a folder of learned files that is not known now; name it as learned in an "
            "ocrfix.toml in or above the results, or where you stand.",
        )


def _shape(stem: Path) -> Shape | None:
    """The format of the structure that lies beside a journal; of several, the one written last."""
    places = {shape: stem.with_name(f"{stem.name}.structure.{shape}") for shape in get_args(Shape)}
    there = [shape for shape, place in places.items() if place.exists()]
    return max(there, key=lambda shape: places[shape].stat().st_mtime_ns, default=None)


def _with_rules(job: Make, own: tuple[RulePolicy, ...]) -> Make:
    """The same with what ocrfix.toml says of single rules now."""

    def changed(place: Path, journal: Journal) -> Job:
        made = job(place, journal)
        policy: Policy = replace(made.settings.policy, rules=own)
        return replace(made, settings=replace(made.settings, policy=policy))

    return changed
