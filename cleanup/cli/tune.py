"""`ocrfix tune OUT`: which rules may act unattended, as decisions prove; on request in ocrfix.toml."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleanup.archive.store import write_all
from cleanup.cli import config
from cleanup.cli import options as shared
from cleanup.cli.decisions import decided
from cleanup.cli.policy import current, found, standing
from cleanup.cli.say import say
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang

if TYPE_CHECKING:
    from cleanup.review.rates import Proposal


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of reviewed results.")],
    precision: Annotated[
        float, typer.Option(min=0.5, max=0.9999, help="Share of unattended edits that must be right.")
    ] = 0.995,
    batches: Annotated[
        bool, typer.Option("--batches", help="Count batch decisions too, not only single ones.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write it to ocrfix.toml, and take back what no longer holds.")
    ] = False,
    lang: shared.Language = None,
) -> int:
    """Propose what rules may do unattended, from what people decided in ocrfix review.

    A rule may act where the lower end of the 95 % Wilson interval of its accept rate reaches the precision.
    """
    language = config.language(lang)
    from cleanup.archive.decided import decisions
    from cleanup.review import rates

    file = decided(out)
    here = found(out)
    with closing(decisions.Store(file, read_only=True)) as store:
        rows = rates.judged(store)
        _, lapsed = standing(here, store)
    shown = rates.by_rule(rows)
    for rule in sorted(shown):
        single, all_ = shown[rule]
        rate = all_ if batches else single
        share = f"{rate.right / rate.total:.1%}" if rate.total else "-"
        print(f"{rule:<28} {rate.right:>7,} / {rate.total:<7,} {share:>7}  {rate.low:.1%} - {rate.high:.1%}")
    made = [p for p in rates.propose(rows, current(out), precision, batches) if p.rule not in lapsed]
    for proposal in made:
        print(_sentence(proposal, language))
    for rule in lapsed:
        word = "决定已不支持现有的放宽，应收回" if language == "zh" else "no longer holds: take back"
        print(f"{rule}: {word}")
    if not (made or lapsed):
        need = rates.needed(precision)
        zh = f"尚无定论：要证明 {precision:.2%}，一条规则至少需要 {need} 个全部接受的决定。"
        en = f"nothing to change: it takes {need} decisions on a rule, all for it, to prove {precision:.2%}."
        say(language, zh, en)
    if write and (made or lapsed):
        place = here.path or Path(config.NAME)
        write_all({place: _written(place, made, lapsed, precision, batches)})
        say(language, str(place), str(place))
    return Exit.DONE


def _sentence(found: Proposal, lang: Lang) -> str:
    rate = f"{found.rate.right:,} / {found.rate.total:,}, {found.rate.low:.2%} - {found.rate.high:.2%}"
    if found.kind == "stop":
        return f"{found.rule}: {'应停止自动修改' if lang == 'zh' else 'should stop acting'} ({rate})"
    word = {"allow": ("可放宽到", "may act from"), "raise": ("应收紧到", "should act only from")}[found.kind]
    return f"{found.rule}: {word[lang == 'en']} {found.apply}, {found.min_confidence:.2f} ({rate})"


def _written(place: Path, made: list[Proposal], lapsed: list[str], precision: float, batches: bool) -> bytes:
    """ocrfix.toml with the proposals, all else as it stands there."""
    import tomlkit

    document = tomlkit.parse(place.read_text("utf-8-sig")) if place.is_file() else tomlkit.document()
    rules = document.setdefault("rules", tomlkit.table(is_super_table=True))
    for rule in lapsed:
        rules.pop(rule, None)
    for proposal in made:
        table = tomlkit.table()
        table["apply"] = proposal.apply
        if proposal.apply != "never":
            table["min-confidence"] = proposal.min_confidence
        table["precision"] = precision
        if batches:
            table["batches"] = True
        rules[proposal.rule] = table
    return tomlkit.dumps(document).encode()
