"""`ocrfix apply OUT`: clean texts, journals and reports anew, with what people decided."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive.job import Job
from cleanup.archive.job import decode as decode_job
from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.cli.failure import Exit, Failure, from_trouble
from cleanup.cli.policy import found as policy_file
from cleanup.cli.policy import standing
from cleanup.cli.say import say
from cleanup.data.learned import Learned
from cleanup.engine.repair import Settings
from cleanup.model.fix import Lang
from cleanup.model.journal import Journal, Policy, RulePolicy
from cleanup.plan import all_rules


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
    from cleanup.archive import decisions, learning
    from cleanup.archive.entries import DecisionsError
    from cleanup.archive.ledger import NAME as LEDGER
    from cleanup.archive.ledger import BrokenLedger
    from cleanup.archive.run import Busy, locked
    from cleanup.archive.store import Trouble
    from cleanup.archive.workers import cores
    from cleanup.cli.review import check, teller
    from cleanup.review.apply import Applied, apply, stale
    from cleanup.review.index import Index

    check(out)
    root = out if out.is_dir() else out.parent
    stage, begun = root, time.time()
    found = policy_file(out)
    try:
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
            words = learning.update(root, store)
            learned = learning.load(root)
            kept = _kept(root)
            files = (*(roster or ()), *(found.beside(name) for name in found.config.roster))
            job = _as_journals(root, files, not no_default_roster and found.config.default_roster, language)
            if kept is not None:
                job = _always(kept)
            rosters = (*(kept.roster if kept else files), *learned.rosters)
            default = kept.default_roster if kept else not no_default_roster
            people = shared.people(rosters, default)
            place = (
                None if out.is_dir() else Path(stack.enter_context(tempfile.TemporaryDirectory())) / "i.db"
            )
            index = stack.enter_context(closing(Index(out, store, place)))
            index.refresh(teller(language, ("建立索引", "indexing")))
            if everything:
                paths = [row[0] for row in index.db.execute("SELECT path FROM files ORDER BY path")]
            else:
                paths = stale(index, words)
            digest = kept.digest(shared.people(kept.roster, kept.default_roster)) if kept else ""
            done = (
                apply(
                    index, paths, _with_rules(job, own, learned.learned), people, decisions.load(out), digest,
                    workers or cores(), teller(language, ("重新生成", "applying"), len(paths)),
                )
                if paths
                else Applied()
            )  # fmt: skip
            if kept is not None and done.done:
                _overview(root, stage, kept, begun)
    except DecisionsError as error:
        raise Failure(Exit.DATA, error.message.zh, error.message.en) from None
    except Trouble as trouble:
        raise from_trouble(trouble) from None
    except (Busy, BrokenLedger) as error:
        raise Failure(
            Exit.OUTPUT,
            f"{root / LEDGER} 正被另一个 ocrfix 使用，或已损坏（{error}）。",
            f"{root / LEDGER} is in use by another ocrfix, or broken ({error}).",
        ) from None
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


def _always(job: Job) -> Callable[[Journal], Job]:
    return lambda _: job


def _as_journals(root: Path, files: tuple[str, ...], default: bool, lang: Lang) -> Callable[[Journal], Job]:
    """For results without a ledger: the settings that a journal tells, with the rosters named again."""
    people = shared.people(files, default)
    here = {f"roster: {name}": digest for name, digest in people.digests}

    def job(journal: Journal) -> Job:
        said = {name: digest for name, digest in journal.data.items() if name.startswith("roster: ")}
        if said != here:
            lacking = ", ".join(sorted({name for name, _ in said.items() ^ here.items()}))
            from cleanup.review.results import Unusable

            raise Unusable(
                f"修复时用的名册与现在的不同（{lacking}）；请用 --roster 指明当时的名册。",
                f"it was repaired with other rosters than named now ({lacking}); name them with --roster.",
            )
        ran = {rule for found in journal.plan for rule in found.rules}
        skip = [rule.NAME for rule in all_rules() if rule.NAME not in ran]
        options = journal.options
        stem = journal.source.name.rpartition(".")[0] or journal.source.name
        settings = Settings(
            replace(journal.policy, rules=()),
            (),
            tuple(skip),
            keep_encoding=journal.output.envelope.encoding != "utf-8",
            furniture=options.furniture,
            headlines=options.headlines,
            to=options.to,
            date=options.date,
            model=options.model,
        )
        return Job(settings, files, default, None, any(root.rglob(f"{stem}.names.csv")), None, lang)

    return job


def _with_rules(
    job: Callable[[Journal], Job], own: tuple[RulePolicy, ...], learned: Learned
) -> Callable[[Journal], Job]:
    """The same with what ocrfix.toml says of single rules now, and with what was learned."""

    def changed(journal: Journal) -> Job:
        made = job(journal)
        policy: Policy = replace(made.settings.policy, rules=own)
        return replace(made, settings=replace(made.settings, policy=policy, learned=learned))

    return changed
