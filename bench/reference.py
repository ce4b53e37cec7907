"""The pages of docs/reference/ that are written from the code: `python -m bench reference`.

Commands and options, settings, rules, the journal's and the structure's fields, exit codes, each in Chinese
and English. `tests/test_site.py` holds the files to what this gives.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

from bench.sets import ROOT
from cleanup.cli.app import tree
from cleanup.cli.config import TEMPLATE
from cleanup.cli.rules import short
from cleanup.data import precision
from cleanup.model import box, document, fix, journal, scan
from cleanup.model import described as parts
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message
from cleanup.plan import all_rules
from cleanup.reports import journal as journal_report
from cleanup.reports import structure

LANGS: tuple[Lang, ...] = ("zh", "en")
FIELDS = Path(__file__).with_name("fields.zh.tsv")
"""What the schemas' fields are, English → Chinese."""
MARK = "<!-- Below: written from the code by `python -m bench reference`; do not edit by hand. -->"
FOLDER = ROOT / "docs" / "reference"


def pages(folder: Path = FOLDER) -> dict[Path, str]:
    """Each page as it should be: what people wrote above the mark, and below it what the code says."""
    makers: dict[str, Callable[[Lang], Iterable[str]]] = {
        "commands": commands,
        "settings": settings,
        "rules": rules,
        "journal": schemas,
        "exit-codes": exit_codes,
    }
    found = {}
    for name, make in makers.items():
        for lang in LANGS:
            file = folder / f"{name}.{lang}.md"
            above = file.read_text("utf-8").partition(MARK)[0].rstrip()
            found[file] = "\n\n".join([above, MARK, *make(lang)]).rstrip() + "\n"
    return found


def write() -> None:
    """All of them."""
    for file, text in pages().items():
        file.write_text(text, "utf-8")


# Commands and options


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


def commands(lang: Lang) -> Iterator[str]:
    """Each command with its arguments and options."""
    app = tree("", lang)
    assert app.registered_callback
    yield from _command("", app.registered_callback.callback, lang)
    for each in app.registered_commands:
        yield from _command(str(each.name), each.callback, lang)
    for group in app.registered_groups:
        inner = group.typer_instance
        assert inner is not None
        yield f"## {group.name}"
        yield str(inner.info.help)
        for each in inner.registered_commands:
            yield from _command(f"{group.name} {each.name}", each.callback, lang, "###")


def _command(name: str, callback: Callable[..., Any] | None, lang: Lang, mark: str = "##") -> list[str]:
    assert callback is not None
    found = options(callback)
    arguments = [one.value for one in found if not one.names]
    usage = " ".join(
        [
            "ocrfix",
            *([name] if name else []),
            *arguments,
            *(["[OPTIONS]"] if len(arguments) < len(found) else []),
        ]
    )
    head = (
        "| 参数和选项 | 说明 |\n|---|---|"
        if lang == "zh"
        else "| argument or option | what it does |\n|---|---|"
    )
    rows = [f"| {_shown(one)} | {_cell(one.help)}{_default(one, lang)} |" for one in found]
    table = ["\n".join([head, *rows])] if rows else []
    return [
        f"{mark} {name or 'ocrfix'}",
        inspect.cleandoc(callback.__doc__ or ""),
        f"```text\n{usage}\n```",
        *table,
    ]


def _shown(one: Option) -> str:
    if not one.names:
        return f"`{one.value}`"
    names = ", ".join(f"`{name}`" for name in one.names)
    return f"{names} `{_cell(one.value)}`" if one.value else names


def _default(one: Option, lang: Lang) -> str:
    """The default, where the declaration has one and the help does not say it."""
    if one.default in (None, False, True, ...) or "default" in one.help or "默认" in one.help:
        return ""
    if not isinstance(one.default, str | int | float):
        return ""
    return f" [{'默认：' if lang == 'zh' else 'default: '}{one.default}]"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


# Settings, exit codes


def settings(lang: Lang) -> Iterator[str]:
    """The file that `ocrfix init` writes; it speaks both languages."""
    yield f"```toml\n{TEMPLATE.strip()}\n```"


MEANINGS = {
    Exit.DONE: Message("全部完成", "all done"),
    Exit.USAGE: Message("命令行有误", "the command line is wrong"),
    Exit.INPUT: Message(
        "输入缺失、为空、是二进制、无法解码、是目录，或是不修复的种类"
        "（不是识别引擎写的 JSON 和 XML、源代码）",
        "an input is missing, empty, binary, undecodable, a folder, or of a kind that is not repaired (JSON "
        "and XML that no engine wrote, source code)",
    ),
    Exit.OUTPUT: Message("输出无法写入，或内存不足", "an output cannot be written, or memory is short"),
    Exit.DATA: Message(
        "名册、`ocrfix.toml` 或数据文件缺失或损坏",
        "a roster, `ocrfix.toml` or a data file is missing or broken",
    ),
    Exit.JOURNAL: Message(
        "日志或台账损坏，或文本不是日志所记的那份",
        "the journal or the ledger is broken, or the text is not the one it speaks of",
    ),
    Exit.SOME_FAILED: Message(
        "`batch`：除若干失败的版面外全部完成", "`batch`: all done but for some pages, which failed"
    ),
    Exit.NOTHING_TO_DO: Message(
        "`batch`：无事可做，全部版面都是最新的", "`batch`: nothing to do; every page is up to date"
    ),
    Exit.INTERRUPTED: Message(
        "被中断（Ctrl-C、SIGTERM、终端关闭）", "interrupted (Ctrl-C, SIGTERM, a closed terminal)"
    ),
}


def exit_codes(lang: Lang) -> Iterator[str]:
    """Their table."""
    head = "| 代码 | 含义 |" if lang == "zh" else "| code | meaning |"
    rows = [f"| {int(code)} | {MEANINGS[code].text(lang)} |" for code in Exit]
    yield "\n".join([head, "|---:|---|", *rows])


# Rules


def rules(lang: Lang) -> Iterator[str]:
    """A table of rules for each family, with what was measured of each."""
    measured = precision.table()
    head = "| 规则 | 级别 | 实测 | 作用 |" if lang == "zh" else "| rule | safety | measured | what it does |"
    for family, found in groupby(all_rules(()), lambda rule: rule.NAME.partition(".")[0]):
        rows = [
            f"| `{rule.NAME}` | {rule.SAFETY.label} | {_cell(short(measured.get(rule.NAME), lang))} "
            f"| {_cell(rule.SUMMARY.text(lang))} |"
            for rule in found
        ]
        yield f"## {family}"
        yield "\n".join([head, "|---|---|---|---|", *rows])


# Schemas


def schemas(lang: Lang) -> Iterator[str]:
    """The fields of the journal, then those that only the structure has."""
    journal_kinds = json.loads(journal_report.schema())["$defs"]
    structure_kinds = json.loads(structure.schema())["$defs"]
    yield "## 日志" if lang == "zh" else "## The journal"
    yield from _schema(journal_kinds, lang)
    yield "## 结构（--format json）" if lang == "zh" else "## The structure (--format json)"
    yield from _schema(
        {name: kind for name, kind in structure_kinds.items() if name not in journal_kinds}, lang
    )


def _schema(kinds: dict[str, Any], lang: Lang) -> Iterator[str]:
    head = "| 字段 | 类型 | 含义 |" if lang == "zh" else "| field | type | meaning |"
    for name, kind in kinds.items():
        told = _told(kind.get("description", ""), lang)
        rows = [
            f"| `{field}` | {_cell(_type(said))} | {_cell(_told(_meanings().get((name, field), ''), lang))} |"
            for field, said in kind.get("properties", {}).items()
        ]
        if rows:
            yield f"### {name}"
            if told:
                yield told
            yield "\n".join([head, "|---|---|---|", *rows])


def described() -> set[str]:
    """Every sentence that the schemas' classes and fields have of themselves, in English."""
    kinds = [
        *json.loads(journal_report.schema())["$defs"].items(),
        *json.loads(structure.schema())["$defs"].items(),
    ]
    texts = {kind.get("description", "") for _, kind in kinds}
    texts |= {
        _meanings().get((name, field), "") for name, kind in kinds for field in kind.get("properties", {})
    }
    return {" ".join(text.split()) for text in texts} - {""}


def _told(text: str, lang: Lang) -> str:
    """What is said of a class or field, in one line."""
    line = " ".join(text.split())
    return _fields().get(line, line) if lang == "zh" else line


@cache
def _fields() -> dict[str, str]:
    rows = (row.split("\t") for row in FIELDS.read_text("utf-8").splitlines())
    return {english: told for english, told in rows}


def _type(said: dict[str, Any]) -> str:
    """A JSON type in short: string, integer or null, list of Edit …"""
    if "$ref" in said:
        return f"[{said['$ref'].rpartition('/')[2]}](#{said['$ref'].rpartition('/')[2].lower()})"
    if "enum" in said:
        return ", ".join(f"`{json.dumps(word)}`" for word in said["enum"])
    if "anyOf" in said:
        return ", ".join(_type(one) for one in said["anyOf"])
    if said.get("type") == "array":
        inner = said.get("items") or (said.get("prefixItems") or [{}])[0]
        return f"[{_type(inner)} …]"
    if said.get("type") == "object" and isinstance(said.get("additionalProperties"), dict):
        return f"{{string: {_type(said['additionalProperties'])}}}"
    return str(said.get("type", "any"))


_SOURCES = (journal, parts, fix, box, document, scan, structure)


@cache
def _meanings() -> dict[tuple[str, str], str]:
    """(class, field) → what stands below the field in its class."""
    found: dict[tuple[str, str], str] = {}
    for module in _SOURCES:
        found.update(_below(module))
    return found


def _below(module: ModuleType) -> Iterator[tuple[tuple[str, str], str]]:
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef):
            for field, after in zip(node.body, node.body[1:], strict=False):
                if (
                    isinstance(field, ast.AnnAssign)
                    and isinstance(field.target, ast.Name)
                    and isinstance(after, ast.Expr)
                    and isinstance(after.value, ast.Constant)
                ):
                    yield (node.name, field.target.id), str(after.value.value)
