"""The command tree. `ocrfix FILE` is `ocrfix fix FILE`."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, Literal, cast

import typer
from typer.core import TyperGroup

from cleanup.cli.chinese import chinese, speaking
from cleanup.cli.config import language
from cleanup.cli.plain import COMMANDS, COMPLETE, GROUPS
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang
from cleanup.version import VERSION

_OWN = ("--help", "-h", "--version", "--licenses", "--verify", "--completion")
_EPILOG = "A first word that is no command is a file: ocrfix FILE is ocrfix fix FILE."


class _Group(TyperGroup):
    """Takes a first word that is no command for an input file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*COMMANDS, *GROUPS, *_OWN):
            args = ["fix", *args]
        return super().parse_args(ctx, args)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ocrfix {VERSION}")
        raise typer.Exit


def _licenses(wanted: bool) -> None:
    if wanted:
        from cleanup.cli import licenses

        print("\n".join(licenses.lines(language(None))))
        raise typer.Exit


def _verify(wanted: bool) -> None:
    if wanted:
        from cleanup.cli import verify

        print(verify.WHOLE.text(language(None)).format(verify.installed()))
        raise typer.Exit


def _completion(shell: str | None) -> None:
    if shell:
        from typer.completion import get_completion_script  # type: ignore[attr-defined]

        print(get_completion_script(prog_name="ocrfix", complete_var=COMPLETE, shell=shell))
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    licenses: Annotated[
        bool,
        typer.Option(
            "--licenses",
            callback=_licenses,
            is_eager=True,
            help="Print the licences of all that is in it.",
        ),
    ] = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            callback=_verify,
            is_eager=True,
            help="Compare the installed files with their checksums.",
        ),
    ] = False,
    completion: Annotated[
        Literal["bash", "zsh", "fish", "powershell"] | None,
        typer.Option(
            "--completion", callback=_completion, is_eager=True, help="Print what a shell completes by."
        ),
    ] = None,
) -> None:
    """Repair OCR and vision-model text of Chinese newspapers and archives; see and undo every change."""


def tree(first: str, lang: Lang = "en") -> typer.Typer:
    """The command tree as far as a command line that begins with `first` needs it: imports take time.

    `lang` is that of the help.
    """
    app = typer.Typer(
        name="ocrfix",
        cls=_Group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    told, said = (speaking, chinese) if lang == "zh" else (_as_it_is, str)
    app.callback(epilog=said(_EPILOG))(told(_main))
    wanted = [name for name in (*COMMANDS, *GROUPS) if first in ("", name, *_OWN)] or ["fix"]
    for name in wanted:
        module = import_module(f"cleanup.cli.{name}")
        if name in GROUPS:
            group = typer.Typer(help=said(module.app.info.help), no_args_is_help=True, rich_markup_mode=None)
            for one in module.app.registered_commands:
                group.command(one.name or one.callback.__name__)(told(one.callback))
            app.add_typer(group, name=name)
        else:
            app.command(name)(told(module.command))
    return app


def _as_it_is(command: Callable[..., Any]) -> Callable[..., Any]:
    return command


def follow(arguments: list[str], lang: Lang) -> int | Exit | None:
    """Do what the arguments ask; raises what the parser and the commands raise.

    `lang` is that of the help.
    """
    asks = COMPLETE in os.environ
    if asks:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    app = tree("" if asks or not arguments else arguments[0], lang)
    try:
        return cast("int | Exit | None", app(arguments, standalone_mode=False, prog_name="ocrfix"))
    except typer.Abort:
        raise KeyboardInterrupt from None
