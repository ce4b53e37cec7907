"""Other tools, each as a function from text to text; those that are not installed are named and left out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata
from importlib.util import find_spec
from types import ModuleType

_HOW = {"pycorrector": "--no-deps pycorrector"}
"""The package asks for neural libraries that the part used here does not need."""
Tool = Callable[[str], str]


def _ocrfix() -> Tool:
    from bench.sets import repaired

    return lambda text: repaired(text, "page.txt").repaired


def _ftfy() -> Tool:
    from ftfy import fix_text

    return lambda text: str(fix_text(text))


def _autocorrect() -> Tool:
    import autocorrect_py

    return lambda text: str(autocorrect_py.format(text))


def _opencc() -> Tool:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    return lambda text: str(convert(text))


def _pycorrector() -> Tool:
    """Its corrector of proper names; of the rest nothing runs without models from the network.

    The package imports neural libraries at its top; the part used needs none, so it is taken from under it.
    """
    spec = find_spec("pycorrector")
    if spec is None or spec.submodule_search_locations is None:
        raise ImportError("pycorrector")
    package = ModuleType("pycorrector")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules.setdefault("pycorrector", package)
    from loguru import logger
    from pycorrector.proper_corrector import ProperCorrector

    logger.remove()
    corrector = ProperCorrector()

    def correct(text: str) -> str:
        return "\n".join(
            corrector.correct(line)["target"] if line.strip() else line for line in text.split("\n")
        )

    return correct


TOOLS: dict[str, tuple[str, str, Callable[[], Tool]]] = {
    "ocrfix": ("ocrfix", "defaults", _ocrfix),
    "autocorrect": ("autocorrect-py", "format", _autocorrect),
    "ftfy": ("ftfy", "fix_text", _ftfy),
    "OpenCC": ("opencc", "t2s", _opencc),
    "pycorrector": ("pycorrector", "ProperCorrector", _pycorrector),
}
"""Name → (distribution, what of it, how to start it)."""


def available() -> tuple[dict[str, tuple[str, Tool]], list[str]]:
    """Tools by name with version and part used; and lines on those that are missing."""
    found: dict[str, tuple[str, Tool]] = {}
    missing: list[str] = []
    for name, (package, part, start) in TOOLS.items():
        try:
            found[name] = (f"{metadata.version(package)}, {part}", start())
        except (ImportError, metadata.PackageNotFoundError) as error:
            missing.append(
                f"{name} ({error.name or package} is not installed; pip install {_HOW.get(name, package)})"
            )
    return found, missing
