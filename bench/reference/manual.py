"""The page for `man ocrfix`, in roff's man macros (man(7))."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.reference.commands import Option, declared, default
from bench.reference.exits import MEANINGS
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message

_FILES = {
    "ocrfix.toml": Message(
        "设置，在文件所在目录或其上级目录中；ocrfix init 写出一份，逐项说明",
        "settings, in the folder of the file or above it; ocrfix init writes one, every setting explained",
    ),
    "NAME.clean.EXT": Message("修复后的文本", "the repaired text"),
    "NAME.report.html": Message("改了什么，为什么", "what was changed, and why"),
    "NAME.journal.json": Message(
        "每一处改动，ocrfix undo 据此还原", "every change; ocrfix undo takes them back by it"
    ),
}


def manual(lang: Lang) -> str:
    """The page."""
    return "\n".join(_lines(lang)) + "\n"


def _lines(lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    program, *commands = declared(lang)
    yield r".\" Written from the code by `python -m bench reference`; do not edit by hand."
    yield ".TH OCRFIX 1\n.ad l"
    yield f".SH {'名称' if zh else 'NAME'}"
    about = program.about.rstrip("。.")
    yield rf"ocrfix \- {_text(about)}"
    yield f".SH {'用法' if zh else 'SYNOPSIS'}"
    for usage in ("FILE ...", "COMMAND ..."):
        yield f".B ocrfix\n{usage}\n.br"
    yield f".SH {'选项' if zh else 'OPTIONS'}"
    yield from _options(program.options, lang)
    yield f".SH {'命令' if zh else 'COMMANDS'}"
    for one in commands:
        yield f".SS {_text(one.usage or 'ocrfix ' + one.name)}"
        for part in re.split(r"\n\s*\n", one.about):
            yield ".PP"
            yield _text(" ".join(part.split()))
        yield from _options(one.options, lang)
    yield f".SH {'退出码' if zh else 'EXIT STATUS'}"
    for code in Exit:
        yield from _entry(str(int(code)), MEANINGS[code].text(lang))
    yield f".SH {'文件' if zh else 'FILES'}"
    for name, meaning in _FILES.items():
        yield from _entry(name, meaning.text(lang))


def _options(options: list[Option], lang: Lang) -> Iterator[str]:
    for one in options:
        yield from _entry(" ".join([", ".join(one.names), one.value]).strip(), one.help + default(one, lang))


def _entry(term: str, meaning: str) -> Iterator[str]:
    yield f".TP\n.B {_text(term)}"
    yield _text(" ".join(meaning.split()))


def _text(text: str) -> str:
    """As roff takes it: hyphens that can be copied, nothing that it takes for an order."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped
