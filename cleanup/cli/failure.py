"""What can go wrong at the command line: one sentence each, in two languages, with its exit code."""

from __future__ import annotations

from enum import IntEnum

from cleanup.archive.store import Trouble
from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model.fix import Lang, Message


class Exit(IntEnum):
    """Exit codes; the README's table."""

    DONE = 0
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    DATA = 5
    JOURNAL = 6
    SOME_FAILED = 7
    NOTHING_TO_DO = 8
    INTERRUPTED = 130


class Failure(Exception):
    """Stops this input with a sentence and an exit code."""

    def __init__(self, code: Exit, zh: str, en: str) -> None:
        super().__init__(en)
        self.code = code
        self.message = Message(zh, en)

    def text(self, lang: Lang) -> str:
        return self.message.text(lang)


def from_input_error(name: str, error: InputError) -> Failure:
    """The failure for bytes that could not be read (or written back) as text."""
    said = sentence(name, error)
    return Failure(Exit.OUTPUT if error.code == "unencodable" else Exit.INPUT, said.zh, said.en)


def from_trouble(trouble: Trouble) -> Failure:
    """The failure for a file that could not be read or written."""
    code = Exit.INPUT if trouble.kind == "input" else Exit.OUTPUT
    return Failure(code, trouble.message.zh, trouble.message.en)
