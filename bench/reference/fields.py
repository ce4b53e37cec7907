"""The fields of the journal and of the structure, by their schemas."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from bench.reference.cells import cell
from bench.sets import ROOT
from cleanup.model import box, document, fix, journal, scan
from cleanup.model import described as parts
from cleanup.model.fix import Lang
from cleanup.reports import journal as journal_report
from cleanup.reports import structure

FIELDS = ROOT / "bench" / "fields.zh.tsv"
"""What the schemas' fields are, English → Chinese."""


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
            f"| `{field}` | {cell(_type(said))} | {cell(_told(_meanings().get((name, field), ''), lang))} |"
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
