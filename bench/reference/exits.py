"""The exit codes and what each means."""

from __future__ import annotations

from collections.abc import Iterator

from cleanup.model.errors import Exit
from cleanup.model.fix import Lang, Message

MEANINGS = {
    Exit.DONE: Message("全部完成；`review`：按 Ctrl-C 结束", "all done; `review`: ended, as with Ctrl-C"),
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
        "被中断（Ctrl-C、SIGTERM、终端关闭）；`review` 除外，它本来就这样结束",
        "interrupted (Ctrl-C, SIGTERM, a closed terminal); not `review`, which ends so",
    ),
}


def exit_codes(lang: Lang) -> Iterator[str]:
    """Their table."""
    head = "| 代码 | 含义 |" if lang == "zh" else "| code | meaning |"
    rows = [f"| {int(code)} | {MEANINGS[code].text(lang)} |" for code in Exit]
    yield "\n".join([head, "|---:|---|", *rows])
