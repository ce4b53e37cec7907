"""`ocrfix FILE…`: clean text, report and journal beside the input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanup.cli import config, files
from cleanup.cli.failure import Exit, Failure, from_input_error
from cleanup.data import roster as rosters
from cleanup.engine import repair
from cleanup.formats.encoding import InputError, encode
from cleanup.model.fix import Applicability, Lang
from cleanup.model.journal import Decision, Policy
from cleanup.plan import FAMILIES, UnknownRule, all_rules, plan
from cleanup.rules.contract import Furniture, Headlines, Script
from cleanup.text.dates import stated

if TYPE_CHECKING:
    from cleanup.model.result import Result

Level = Literal["safe", "likely", "suggest"]
Shape = Literal["txt", "md", "json"]
Many = list[str] | None


@dataclass(frozen=True)
class _Options:
    """The command line as given."""

    output: Path | None
    stdout: bool
    diff: bool
    roster: Sequence[str]
    default_roster: bool
    date: str
    names: bool
    min_confidence: float | None
    apply: Level | None
    only: Sequence[str]
    skip: Sequence[str]
    accept: Sequence[str]
    reject: Sequence[str]
    encoding: str | None
    keep_encoding: bool
    furniture: Furniture | None
    headlines: Headlines | None
    to: Script | None
    shape: Shape | None
    lang: str | None
    quiet: bool
    verbose: bool


def command(
    inputs: Annotated[list[str], typer.Argument(metavar="FILE...", help="Text files; - is standard input.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for results; default: beside the input."),
    ] = None,
    stdout: Annotated[
        bool,
        typer.Option(
            "--stdout", help="Write only the clean text (or --format), to standard output; no files."
        ),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes on the terminal.")] = False,
    roster: Annotated[
        Many,
        typer.Option(
            "--roster", metavar="FILE", help="People whose names may be repaired: CSV, TSV, XLSX, JSON."
        ),
    ] = None,
    no_default_roster: Annotated[
        bool, typer.Option("--no-default-roster", help="Leave out the roster of public figures.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Also write FILE.names.csv: the people found.")
    ] = False,
    date: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Day of the document, for terms of office [default: as it says]."),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Least confidence of an unattended edit [default: 0.6]."),
    ] = None,
    apply: Annotated[
        Level | None, typer.Option(help="What may be edited unattended [default: likely].")
    ] = None,
    only: Annotated[Many, typer.Option(metavar="RULE", help="Run only this rule or family.")] = None,
    skip: Annotated[Many, typer.Option(metavar="RULE", help="Leave out this rule or family.")] = None,
    accept: Annotated[Many, typer.Option(metavar="ID", help="Make the edit with this journal id.")] = None,
    reject: Annotated[Many, typer.Option(metavar="ID", help="Never make the edit with this id.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the input [default: detected].")] = None,
    keep_encoding: Annotated[
        bool, typer.Option("--keep-encoding", help="Write back in the input's encoding, not UTF-8.")
    ] = False,
    furniture: Annotated[
        Furniture | None,
        typer.Option(help="Running heads, folios, dates, credits of the page [default: drop]."),
    ] = None,
    headlines: Annotated[
        Headlines | None,
        typer.Option(help="Headlines over several lines: as printed, or one line each [default: printed]."),
    ] = None,
    to: Annotated[
        Script | None,
        typer.Option(help="Convert the script: names on the roster and protected words stay [default: no]."),
    ] = None,
    shape: Annotated[
        Shape | None,
        typer.Option("--format", help="Also write FILE.structure.txt, .md or .json: its articles and parts."),
    ] = None,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="Language of messages and report [default: locale].")
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Print every change and flag.")] = False,
) -> int:
    """Repair FILEs: write FILE.clean.EXT, FILE.report.html and FILE.journal.json."""
    options = _Options(
        output, stdout, diff, roster or (), not no_default_roster, _day(date), names, min_confidence, apply,
        only or (), skip or (), accept or (), reject or (), encoding, keep_encoding, furniture, headlines, to,
        shape, lang, quiet, verbose,
    )  # fmt: skip
    if stdout and (diff or verbose or output is not None):
        raise Failure(
            Exit.USAGE,
            "--stdout 只输出文本，不能与 --diff、-v 或 -o 同用。",
            "--stdout writes the clean text and nothing else; use it without --diff, -v and -o.",
        )
    if inputs == ["-"] and output is None and not (diff or verbose):
        options = replace(options, stdout=True)
    done: list[tuple[Result, dict[str, Path]]] = []
    worst = Exit.DONE
    taken: dict[Path, str] = {}
    language: Lang = config.language(lang)
    for path in inputs:
        try:
            found = config.find(Path() if path == "-" else Path(path).parent)
            language = config.language(lang, found.config)
            result, places = _repair_one(path, options, found, taken, language)
            done.append((result, places))
            _show(result, options, language)
        except Failure as failure:
            print(f"ocrfix: {failure.text(language)}", file=sys.stderr)
            worst = worst or failure.code
    if done and not (options.stdout or quiet):
        _summary(done, language)
    return worst


def _repair_one(
    path: str, options: _Options, found: config.Found, taken: dict[Path, str], lang: Lang
) -> tuple[Result, dict[str, Path]]:
    name, data = files.read_input(path)
    settings = _settings(options, found)
    chosen = (*(found.beside(file) for file in found.config.roster), *options.roster)
    people = _people(chosen, options.default_roster and found.config.default_roster)
    folder = options.output
    if folder is None and found.config.output is not None:
        folder = Path(found.beside(found.config.output))
    places = files.targets(path, name, folder)
    if not options.stdout:
        for place in places.values():
            if other := taken.get(place):
                raise Failure(
                    Exit.USAGE,
                    f"{path}：结果 {place} 会覆盖 {other} 的结果；请分开运行并用 -o 另选目录。",
                    f"{path}: its result {place} would overwrite that of {other}; run them apart, with -o.",
                )
            if place.exists() and path != "-" and place.samefile(path):
                raise Failure(
                    Exit.OUTPUT,
                    f"{path}：结果会覆盖输入文件本身；请用 -o 另选目录。",
                    f"{path}: the result would overwrite the input itself; choose a folder with -o.",
                )
    try:
        document = repair.read(data, name, options.encoding)
        result = repair.repair_document(document, people, settings)
        clean = encode(result.repaired, result.journal.output.envelope)
    except InputError as error:
        raise from_input_error(path, error) from None
    from cleanup.reports import structure

    shape = options.shape or found.config.format
    if options.stdout:
        files.write_stdout(structure.render(result, shape) if shape else clean)
        return result, places
    from cleanup.reports import html, journal
    from cleanup.reports import people as names

    written = {
        places["clean"]: clean,
        places["report"]: html.render(result, lang).encode("utf-8"),
        places["journal"]: journal.encode(result.journal),
    }
    if options.names:
        written[places["clean"].with_name(f"{name.rpartition('.')[0] or name}.names.csv")] = names.encode(
            result.journal
        )
    if shape:
        place = places["clean"].with_name(f"{name.rpartition('.')[0] or name}.structure.{shape}")
        written[place] = structure.render(result, shape)
    files.write_all(written)
    taken.update(dict.fromkeys(places.values(), path))
    return result, places


@lru_cache(maxsize=4)
def _people(files: tuple[str, ...], default: bool) -> rosters.Roster:
    """The rosters of a run, read once for all its inputs."""
    return rosters.load(files, default)


def _day(option: str | None) -> str:
    if option is None:
        return ""
    if day := stated(option):
        return day
    raise Failure(
        Exit.USAGE,
        f"--date {option} 不是日期；请写成 2024-01-15。",
        f"--date {option} is no date; write it like 2024-01-15.",
    )


def _settings(options: _Options, found: config.Found) -> repair.Settings:
    base = found.config
    level = options.apply or base.apply or "likely"
    wanted = (options.min_confidence, base.min_confidence)
    least = next((value for value in wanted if value is not None), Policy().min_confidence)
    if not 0 <= least <= 1:
        raise Failure(
            Exit.DATA,
            f"{found.path} 中的 min-confidence 应在 0 和 1 之间。",
            f"{found.path}: min-confidence must lie between 0 and 1.",
        )
    settings = repair.Settings(
        Policy(Applicability[level.upper()], least, base.protect),
        tuple(options.only) or base.only,
        (*options.skip, *base.skip),
        (
            *(Decision(fix, "accepted") for fix in (*base.accept, *options.accept)),
            *(Decision(fix, "rejected") for fix in (*base.reject, *options.reject)),
        ),
        options.keep_encoding or base.keep_encoding,
        furniture=options.furniture or base.furniture or "drop",
        headlines=options.headlines or base.headlines or "printed",
        date=options.date,
        to=options.to or base.to,
    )
    try:
        plan(settings.only, settings.skip)
    except UnknownRule as error:
        raise unknown_rule(str(error)) from None
    return settings


def unknown_rule(selector: str) -> Failure:
    """The sentence for a selector that names nothing, with the nearest name that exists."""
    from rapidfuzz.process import extractOne

    names = [rule.NAME for rule in all_rules()]
    near = extractOne(selector, [*names, *FAMILIES], score_cutoff=70)
    zh, en = (f"是否指 {near[0]}？", f"did you mean {near[0]}?") if near else ("", "")
    return Failure(
        Exit.USAGE,
        f"没有名为 {selector} 的规则或规则族；{zh}（用 ocrfix rules 列出）",
        f"no rule or family is called {selector}; {en} (ocrfix rules lists them)",
    )


def _show(result: Result, options: _Options, lang: Lang) -> None:
    if options.diff or options.verbose:
        from cleanup.reports import terminal

        colour = sys.stdout.isatty()
        for line in terminal.diff(result, lang, colour):
            print(line)


def _summary(done: list[tuple[Result, dict[str, Path]]], lang: Lang) -> None:
    from rich.console import Console

    from cleanup.reports import terminal

    # A pipe has no width; paths must come through it in one piece.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 400)
    console.print(terminal.summary([(result, str(places["report"])) for result, places in done], lang))
