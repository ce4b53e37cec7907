"""The pages of docs/reference/ that are written from the code: `python -m bench reference`.

Commands and options, settings, rules, the journal's and the structure's fields, exit codes, each in Chinese
and English. `tests/test_site.py` holds the files to what this gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bench.reference.cells import cell
from bench.reference.commands import commands
from bench.reference.fields import schemas
from bench.sets import ROOT
from cleanup.cli.config import TEMPLATE
from cleanup.cli.rules import short
from cleanup.data import precision
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message
from cleanup.plan import all_rules

LANGS: tuple[Lang, ...] = ("zh", "en")
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


def rules(lang: Lang) -> Iterator[str]:
    """A table of rules for each family, with what was measured of each."""
    measured = precision.table()
    head = "| 规则 | 级别 | 实测 | 作用 |" if lang == "zh" else "| rule | safety | measured | what it does |"
    for family, found in groupby(all_rules(()), lambda rule: rule.NAME.partition(".")[0]):
        rows = [
            f"| `{rule.NAME}` | {rule.SAFETY.label} | {cell(short(measured.get(rule.NAME), lang))} "
            f"| {cell(rule.SUMMARY.text(lang))} |"
            for rule in found
        ]
        yield f"## {family}"
        yield "\n".join([head, "|---|---|---|---|", *rows])
