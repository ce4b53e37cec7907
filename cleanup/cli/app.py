"""The command tree. `ocrfix FILE` is `ocrfix fix FILE`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from cleanup.cli.chinese import chinese, speaking
from cleanup.cli.config import language
from cleanup.cli.say import say
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang
from cleanup.version import VERSION

COMMANDS = (
    "fix", "merge", "batch", "survey", "review", "apply", "tune", "undo", "eval", "estimate", "rules",
    "explain", "schema", "init",
)  # fmt: skip
GROUPS = ("decisions", "roster", "train")
"""Commands, and groups of them, in the order of the help; each is a module beside this one."""
_OWN = ("--help", "-h", "--version", "--licenses", "--completion")
_COMPLETE = "_OCRFIX_COMPLETE"
"""In the environment: a shell asks what could come next."""
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


def _completion(shell: str | None) -> None:
    if shell:
        from typer.completion import get_completion_script  # type: ignore[attr-defined]

        print(get_completion_script(prog_name="ocrfix", complete_var=_COMPLETE, shell=shell))
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


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    asks = _COMPLETE in os.environ
    if asks:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        app = tree("" if asks or not arguments else arguments[0], language(None))
        result = app(arguments, standalone_mode=False, prog_name="ocrfix")
    except OcrfixError as error:
        print(f"ocrfix: {error.text(language(None))}", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except OSError as error:
        about = error.filename or ("标准输出" if language(None) == "zh" else "standard output")
        why = error.strerror or str(error)
        zh = f"{about} 无法读写：{why}；请检查权限和磁盘空间。"
        say(language(None), zh, f"{about} cannot be read or written: {why}; check permissions and the disk.")
        return Exit.OUTPUT
    except MemoryError:
        zh = "内存不足；请拆分文件，或在内存更大的机器上运行。"
        say(language(None), zh, "there is not enough memory; split the file, or use a larger machine.")
        return Exit.OUTPUT
    except Exception as error:
        # Usage errors of the option parser carry their own message and exit code.
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", Exit.USAGE))
    if result == Exit.INTERRUPTED and not isinstance(result, Exit):
        return _interrupted()  # typer's own code; a command that gives ours has said more
    return int(result or 0)


def _interrupted() -> int:
    say(language(None), "已中断；没有写到一半的文件。", "interrupted; nothing half-written.")
    return Exit.INTERRUPTED
