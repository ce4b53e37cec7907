"""`ocrfix apply OUT`: clean texts, journals and reports anew, with what people decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanup.cli import choices, config
from cleanup.cli import options as shared
from cleanup.cli.policy import found as policy_file
from cleanup.cli.policy import standing
from cleanup.cli.say import say
from cleanup.model.errors import Exit
from cleanup.model.file_names import quoted
from cleanup.model.journal import RulePolicy

if TYPE_CHECKING:
    from cleanup.archive.decided.decisions import Store

_PHASES = {"index": ("建立索引", "indexing"), "apply": ("重新生成", "applying")}


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of results, or one .journal.json.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Every page, not only those of which something was decided.")
    ] = False,
    workers: shared.Workers = None,
    roster: shared.Rosters = None,
    no_default_roster: shared.NoDefaultRoster = False,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
) -> int:
    """Make the results in OUT anew from their sources and the decisions of ocrfix review.

    Settings and rosters are those of ocrfix batch; for results of ocrfix FILE name the rosters again.
    """
    language = config.language(lang)
    from cleanup.archive.workers import cores
    from cleanup.cli.review import check, teller
    from cleanup.review.anew import Given, anew

    check(out)
    found = policy_file(out)

    def rules(store: Store) -> tuple[RulePolicy, ...]:
        own, lapsed = standing(found, store)
        for rule in lapsed:
            say(
                language,
                f"规则 {rule} 的放宽已不为决定所支持，本次不用。收回：ocrfix tune {quoted(str(out))} --write",
                f"decisions no longer support what ocrfix.toml allows {rule}; it is passed over. "
                f"To take it back: ocrfix tune {quoted(str(out))} --write",
            )
        return own

    def told(phase: Literal["index", "apply"], total: int) -> Callable[..., None] | None:
        return teller(language, _PHASES[phase], total)

    given = Given(
        roster=(*(found.beside(name) for name in found.config.roster), *(roster or ())),
        default_roster=not no_default_roster and found.config.default_roster,
        named=(lambda: choices.taught(found)) if found.config.learned else None,
        lang=language,
    )
    made = anew(out, given, rules, everything, workers or cores(), told)
    failed, differ = made.done.failed, len(made.done.done)
    for name, message in failed:
        say(language, f"{name}: {message.zh}", f"{name}: {message.en}")
    if not quiet:
        zh = f"重新生成 {made.pages} 页，其中 {differ} 页有变，失败 {len(failed)} 页。"
        en = f"{made.pages} pages made anew, {differ} of them differ, {len(failed)} failed."
        say(language, zh, en)
    return Exit.SOME_FAILED if failed else Exit.DONE
