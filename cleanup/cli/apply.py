"""`ocrfix apply OUT`: clean texts, journals and reports anew, with what people decided."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from cleanup.archive.job import Job, Shape
from cleanup.archive.job import decode as decode_job
from cleanup.archive.results import ENDING, Unusable
from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.cli.policy import found as policy_file
from cleanup.cli.policy import standing
from cleanup.cli.say import say
from cleanup.data.learned import FOLDER, Learned
from cleanup.engine.repair import Settings
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang
from cleanup.model.journal import Decision, Journal, Policy, RulePolicy
from cleanup.plan import all_rules

if TYPE_CHECKING:
    from cleanup.review.apply import Make

_ROSTER = "roster: "
"""Before the names of rosters in a journal's table of data."""


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of results, or one .journal.json.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Every page, not only those of which something was decided.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes at work [default: one for each core].")
    ] = None,
    roster: shared.Rosters = None,
    no_default_roster: shared.NoDefaultRoster = False,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
) -> int:
    """Make the results in OUT anew from their sources and the decisions of ocrfix review.

    Settings and rosters are those of ocrfix batch; for results of ocrfix FILE name the rosters again.
    """
    language = config.language(lang)
    from cleanup.archive.decided import decisions, teaching
    from cleanup.archive.decided.news import News
    from cleanup.archive.ledger import NAME as LEDGER
    from cleanup.archive.ledger import Ledger
    from cleanup.archive.run import locked
    from cleanup.archive.workers import cores
    from cleanup.cli.review import check, teller
    from cleanup.review.apply import Applied, apply, stale
    from cleanup.review.index import Index

    check(out)
    root = out if out.is_dir() else out.parent
    stage, begun = root, time.time()
    found = policy_file(out)
    with ExitStack() as stack:
        if (root / LEDGER).is_file():
            stage = stack.enter_context(locked(root))
        store = stack.enter_context(closing(decisions.Store(decisions.place(out))))
        own, lapsed = standing(found, store)
        for rule in lapsed:
            say(
                language,
                f"规则 {rule} 的放宽已不为决定所支持，本次不用；ocrfix tune {out} --write 可将其收回。",
                f"decisions no longer support what ocrfix.toml allows {rule}; it is passed over. "
                f"ocrfix tune {out} --write takes it back.",
            )
        words = teaching.update(root, store)
        learned = teaching.load(root)
        kept, news, spoken_of = _kept(root), None, list[str]()
        if kept is None:
            named = shared.taught(found)
            own_files = (found.beside(name) for name in found.config.roster)
            files = (*own_files, *(roster or ()), *named.rosters)
            default = not no_default_roster and found.config.default_roster
            there = found.config.learned or (root / FOLDER).is_dir()
            job = _as_journals(files, default, learned.over(named.learned) if there else None, language)
        else:
            files, default = kept.roster, kept.default_roster
            learned = learned._replace(learned=learned.over(kept.settings.learned))
            job = _always(kept, learned.learned)
            with closing(Ledger(root / LEDGER)) as ledger:
                news = News(ledger, decisions.load(out), learned, kept.encoding)
                spoken_of = [row.journal for row in ledger.rows() if row.id in news.pages]
            words = (*words, *news.words)
        people = shared.people(tuple(dict.fromkeys((*files, *learned.rosters))), default)
        place = None if out.is_dir() else Path(stack.enter_context(tempfile.TemporaryDirectory())) / "i.db"
        index = stack.enter_context(closing(Index(out, store, place)))
        index.refresh(teller(language, ("建立索引", "indexing")))
        if everything:
            paths = [row[0] for row in index.db.execute("SELECT path FROM files ORDER BY path")]
        else:
            known = {row[0] for row in index.db.execute("SELECT path FROM files")}
            paths = sorted({*stale(index, words), *(known & set(spoken_of))})
        digest = kept.digest(shared.people(kept.roster, kept.default_roster)) if kept else ""
        done = (
            apply(
                index, paths, _with_rules(job, own), people, decisions.load(out), digest,
                workers or cores(), teller(language, ("重新生成", "applying"), len(paths)),
            )
            if paths
            else Applied()
        )  # fmt: skip
        if news is not None and out.is_dir() and not done.failed:
            with closing(Ledger(root / LEDGER)) as ledger:
                news.taken_up(ledger)
        if kept is not None and done.done:
            _overview(root, stage, kept, begun)
    for name, message in done.failed:
        say(language, f"{name}: {message.zh}", f"{name}: {message.en}")
    if not quiet:
        zh = f"重新生成 {len(paths)} 页，其中 {len(done.done)} 页有变，失败 {len(done.failed)} 页。"
        en = f"{len(paths)} pages made anew, {len(done.done)} of them differ, {len(done.failed)} failed."
        say(language, zh, en)
    return Exit.SOME_FAILED if done.failed else Exit.DONE


def _kept(root: Path) -> Job | None:
    """The job that the ledger keeps; None where there is no ledger."""
    import msgspec

    from cleanup.archive.ledger import NAME, Ledger

    if not (root / NAME).is_file():
        return None
    with closing(Ledger(root / NAME)) as ledger:
        text = ledger.get("job")
    try:
        return decode_job(text) if text else None
    except msgspec.MsgspecError:
        return None


def _overview(root: Path, stage: Path, job: Job, begun: float) -> None:
    """The pages about all pages anew: index.html, changes.csv, names.csv, summary.json."""
    from cleanup.archive import summary
    from cleanup.archive.groups import printable
    from cleanup.archive.ledger import NAME, Ledger

    with closing(Ledger(root / NAME)) as ledger:
        summary.write(ledger, root, stage, printable(root.resolve().name), job.lang, (begun, time.time()))
        ledger.put("indexed", True)


def _always(kept: Job, learned: Learned) -> Make:
    made = replace(kept, settings=replace(kept.settings, learned=learned))
    return lambda _place, _journal: made


def _as_journals(files: tuple[str, ...], default: bool, learned: Learned | None, lang: Lang) -> Make:
    """For results without a ledger: the settings that a journal tells, with the rosters named again.

    `learned`: None where there is no folder of the kind.
    """
    here = _rosters(dict(shared.people(files, default).digests))

    def job(place: Path, journal: Journal) -> Job:
        _check_data(journal, here, learned)
        ran = {rule for found in journal.plan for rule in found.rules}
        skip = [rule.NAME for rule in all_rules() if rule.NAME not in ran]
        options = journal.options
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
        )
        stem = place.name.removesuffix(ENDING)
        names = place.with_name(f"{stem}.names.csv").exists()
        return Job(settings, files, default, None, names, _shape(place.with_name(stem)), lang)

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
            f"it was repaired with other rosters than named now ({lacking}); name them with --roster.",
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
