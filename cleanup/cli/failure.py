"""What can go wrong at the command line: one sentence each, in two languages, with its exit code."""

from __future__ import annotations

from enum import IntEnum

from cleanup.formats.encoding import InputError
from cleanup.model.fix import Lang, Message


class Exit(IntEnum):
    """Exit codes; the README's table."""

    DONE = 0
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    DATA = 5
    JOURNAL = 6
    INTERRUPTED = 130


class Failure(Exception):
    """Stops this input with a sentence and an exit code."""

    def __init__(self, code: Exit, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.message = Message(zh, en)

    def text(self, lang: Lang) -> str:
        return self.message.text(lang)


_INPUT = {
    "empty": ("文件是空的，没有可修复的文字。", "the file is empty; there is no text to repair."),
    "binary": (
        "不是文本文件（含二进制数据）；请提供 OCR 输出的文本。",
        "this is no text file (it holds binary data); give the text that the OCR engine wrote.",
    ),
    "implausible": (
        "无法判断编码；请用 --encoding 指明（如 gb18030、big5）。",
        "its encoding cannot be told; name it with --encoding (like gb18030 or big5).",
    ),
    "unknown-encoding": (
        "不认识编码 {encoding}；请用 utf-8、gb18030、big5 或 utf-16-le 等名称。",
        "there is no encoding {encoding}; use a name like utf-8, gb18030, big5 or utf-16-le.",
    ),
    "undecodable": (
        "第 {line} 行（字节 {offset}）不是有效的 {encoding}；请修好文件，或用 --encoding 指明编码。",
        "line {line} (byte {offset}) is not valid {encoding}; mend the file, or name its encoding "
        "with --encoding.",
    ),
    "unencodable": (
        "修复后的“{char}”无法写成 {encoding}；去掉 --keep-encoding 以 UTF-8 写出。",
        "the repaired text holds “{char}”, which {encoding} cannot write; leave out --keep-encoding "
        "to write UTF-8.",
    ),
}


def from_input_error(name: str, error: InputError) -> Failure:
    """The sentence for bytes that could not be read (or written back) as text."""
    zh, en = _INPUT[error.code]
    code = Exit.OUTPUT if error.code == "unencodable" else Exit.INPUT
    return Failure(code, f"{name}：{zh.format(**error.details)}", f"{name}: {en.format(**error.details)}")
