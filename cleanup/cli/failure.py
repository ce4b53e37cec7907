"""What goes wrong at the command line alone."""

from __future__ import annotations

from cleanup.formats.encoding import InputError
from cleanup.formats.sentences import sentence
from cleanup.model.errors import Exit, OcrfixError


class Failure(OcrfixError):
    """Stops this input with a sentence and an exit code."""

    def __init__(self, code: Exit, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.args = (code, zh, en)
        self.exit_code = code


def from_input_error(name: str, error: InputError) -> Failure:
    """The failure for the bytes of the file `name` that could not be read (or written back) as text."""
    said = sentence(name, error)
    return Failure(error.exit_code, said.zh, said.en)
