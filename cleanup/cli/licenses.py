"""`ocrfix --licenses`: under which licences the program, its data and what it needs stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

from cleanup.data import licences
from cleanup.model.fix import Lang, Message
from cleanup.text.patterns import re_pattern

_PROGRAM = Message("程序", "Program")
_DATA = Message("词表和模型", "Tables and models")
_PACKAGES = Message("依赖的软件包", "Packages")
_NAME = re_pattern(r"[A-Za-z0-9._-]+")
_OF_EXTRA = re_pattern(r"\bextra\s*==")


def lines(lang: Lang) -> Iterator[str]:
    """A line for each: name, licence, source or version."""
    yield f"# {_PROGRAM.text(lang)}"
    yield _package("ocrfix")
    yield f"# {_DATA.text(lang)}"
    for found in licences.dictionaries():
        yield f"{found.name}\t{found.licence}\t{found.source}"
    yield f"# {_PACKAGES.text(lang)}"
    yield from map(_package, sorted(needed("ocrfix") - {"ocrfix"}))


def needed(name: str) -> set[str]:
    """An installed package and all that it needs here, extras aside."""
    found, waiting = set[str](), [name]
    while waiting:
        one = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if one in found:
            continue
        try:
            asked = metadata.requires(one) or []
        except metadata.PackageNotFoundError:
            continue  # of another system, or Python
        found.add(one)
        waiting += [match[0] for need in asked if not _OF_EXTRA.search(need) and (match := _NAME.match(need))]
    return found


def _package(name: str) -> str:
    told = metadata.metadata(name)
    classes = (said for said in told.get_all("Classifier") or () if said.startswith("License ::"))
    named = (
        *(told.get_all("License-Expression") or ()),
        ", ".join(said.rpartition(" :: ")[2] for said in classes),
        *(said.strip().partition("\n")[0] for said in told.get_all("License") or ()),
    )
    return f"{told['Name']}\t{next(filter(None, named), '?')}\t{told['Version']}"
