"""What can go wrong: one sentence each, in two languages, with the exit code of the command line."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from cleanup.model import file_names
from cleanup.model.fix import Lang, Message


class Exit(IntEnum):
    """Exit codes; bench/reference says what each means."""

    DONE = 0
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    DATA = 5
    JOURNAL = 6
    SOME_FAILED = 7
    NOTHING_TO_DO = 8
    INTERRUPTED = 130


class OcrfixError(Exception):
    """Whatever this package raises of its own lies below this class.

    `message` says in both languages what is wrong and what to do, `exit_code` is what the command line ends
    with, and `str(error)` is the sentence in English. Errors can be pickled: worker processes send them home.
    """

    exit_code: Exit = Exit.DATA

    def __init__(self, zh: str, en: str, *more: Any) -> None:
        """`more`: what else the class is made of; pickle makes it anew of all these.

        Names of files in the sentences are made readable, whatever bytes and controls they hold.
        """
        super().__init__(zh, en, *more)
        self._message = Message(file_names.shown(zh), file_names.shown(en))

    @property
    def message(self) -> Message:
        """The sentence in both languages."""
        return self._message

    def text(self, lang: Lang) -> str:
        """The sentence in one."""
        return self.message.text(lang)

    def __str__(self) -> str:
        return self.message.en
