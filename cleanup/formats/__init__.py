"""Input formats: one file each (NAME, sniff, parse); this package finds and uses them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from cleanup.formats.encoding import decode, normalise
from cleanup.model.document import Document, Envelope, Format
from cleanup.text.plausible import Common

LONG = 300_000
"""Characters: a longer text is parsed part by part, when it is repaired."""


class FormatModule(Protocol):
    NAME: Format

    def sniff(self, text: str, name: str) -> float: ...

    def parse(self, text: str, name: str, envelope: Envelope) -> Document: ...


@cache
def _modules() -> dict[str, FormatModule]:
    found = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return {module.NAME: cast(FormatModule, module) for module in found if hasattr(module, "sniff")}


def sniff(text: str, name: str) -> Format:
    """The format that speaks loudest for itself; ties go to the first by name."""
    return max(
        sorted(_modules().values(), key=lambda module: module.NAME),
        key=lambda module: module.sniff(text, name),
    ).NAME


def parse(text: str, form: Format, name: str = "", envelope: Envelope | None = None) -> Document:
    """A document of `text` (line ends as LF) in the format `form`."""
    return _modules()[form].parse(text, name, envelope or Envelope())


def from_text(text: str, name: str) -> Document:
    """The document of text that is decoded already; without lines where it is long."""
    flat, newline, odd = normalise(text)
    return _document(flat, name, Envelope(newline=newline, odd_newlines=odd))


def read(data: bytes, name: str, common: Callable[[], Common], encoding: str | None = None) -> Document:
    """The document in `data`, without lines where it is long; raises InputError where it is no text."""
    text, envelope = decode(data, common, encoding)
    return _document(text, name, envelope)


def _document(text: str, name: str, envelope: Envelope) -> Document:
    form = sniff(text, name)
    if len(text) > LONG:
        return Document(text, name, form, envelope=envelope)
    return parse(text, form, name, envelope)
