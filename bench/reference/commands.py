"""Commands and options, as their functions declare them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from bench.reference.cells import cell
from cleanup.cli.tree import tree
from cleanup.model.fix import Lang


@dataclass(frozen=True)
class Option:
    """An argument or option of a command, as its function declares it."""

    names: tuple[str, ...]
    """As typed; none: an argument."""
    value: str
    """What stands behind it; empty: nothing."""
    choices: tuple[str, ...]
    help: str
    default: object


def options(command: Callable[..., Any]) -> list[Option]:
    """The arguments and options of a command, in its order."""
    shown = inspect.signature(command).parameters.values()
    hints = get_type_hints(command, include_extras=True)
    found = []
    for parameter in shown:
        annotation = hints[parameter.name]
        for note in getattr(annotation, "__metadata__", ()):
            kind = get_args(annotation)[0]
            given = (note.default, *(note.param_decls or ()))
            names = tuple(name for name in given if isinstance(name, str) and name.startswith("-"))
            argument = isinstance(note, typer.models.ArgumentInfo)
            if not names and not argument:
                names = ("--" + parameter.name.replace("_", "-"),)
            choices = tuple(_choices(kind))
            value = note.metavar or ("" if kind is bool else _value(kind, choices))
            found.append(
                Option(() if argument else names, value, choices, note.help or "", parameter.default)
            )
    return found


def _choices(kind: Any) -> Iterator[str]:
    """The words of a Literal, also within `| None`."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for one in get_args(kind):
            yield from _choices(one)


def _value(kind: Any, choices: tuple[str, ...]) -> str:
    numbers = {int: "N", float: "X"}
    told = next((numbers[one] for one in (kind, *get_args(kind)) if one in numbers), "TEXT")
    return f"{{{','.join(choices)}}}" if choices else told


@dataclass(frozen=True)
class Command:
    """A command, or a group of them, which has no usage."""

    name: str
    """Empty: the program itself."""
    usage: str
    about: str
    options: list[Option]


def declared(lang: Lang) -> Iterator[Command]:
    """All of them in the order of the help, a group before its own."""
    app = tree("", lang)
    assert app.registered_callback
    yield _command("", app.registered_callback.callback)
    for each in app.registered_commands:
        yield _command(str(each.name), each.callback)
    for group in app.registered_groups:
        inner = group.typer_instance
        assert inner is not None
        yield Command(str(group.name), "", str(inner.info.help), [])
        for each in inner.registered_commands:
            yield _command(f"{group.name} {each.name}", each.callback)


def _command(name: str, callback: Callable[..., Any] | None) -> Command:
    assert callback is not None
    found = options(callback)
    arguments = [one.value for one in found if not one.names]
    rest = ["[OPTIONS]"] if len(arguments) < len(found) else []
    usage = " ".join(["ocrfix", *([name] if name else []), *arguments, *rest])
    return Command(name, usage, inspect.cleandoc(callback.__doc__ or ""), found)


def commands(lang: Lang) -> Iterator[str]:
    """Each command with its arguments and options."""
    head = (
        "| 参数和选项 | 说明 |\n|---|---|"
        if lang == "zh"
        else "| argument or option | what it does |\n|---|---|"
    )
    for one in declared(lang):
        yield f"{'###' if ' ' in one.name else '##'} {one.name or 'ocrfix'}"
        yield one.about
        if one.usage:
            yield f"```text\n{one.usage}\n```"
        if one.options:
            rows = [f"| {_shown(each)} | {cell(each.help + default(each, lang))} |" for each in one.options]
            yield "\n".join([head, *rows])


def _shown(one: Option) -> str:
    if not one.names:
        return f"`{one.value}`"
    names = ", ".join(f"`{name}`" for name in one.names)
    return f"{names} `{cell(one.value)}`" if one.value else names


def default(one: Option, lang: Lang) -> str:
    """The default, where the declaration has one and the help does not say it."""
    if one.default in (None, False, True, ...) or "default" in one.help or "默认" in one.help:
        return ""
    if not isinstance(one.default, str | int | float):
        return ""
    return f" [{'默认：' if lang == 'zh' else 'default: '}{one.default}]"
