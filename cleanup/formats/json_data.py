"""JSON and JSON lines that are no engine's file with places (see boxes): data, not running text; refused."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from cleanup.formats.encoding import InputError
from cleanup.model.document import Envelope
from cleanup.text.patterns import re_pattern

NAME = "json"
REFUSED = True
_LIKE = re_pattern(
    r"""(?:\[\s*)*+\{\s*(?:"[^"\n]{1,80}"|'[^'\n]{1,80}')\s*:   # an object, however it goes on
      | (?:\[\s*){3,}+-?\d+(?:\.\d+)?\s*,\s*-?\d                # the corners of boxes""",
    re.X,
)


def sniff(text: str, name: str) -> float:
    bare = text.strip()
    if bare[:1] not in ("{", "["):
        return 0.0
    if _LIKE.match(bare):
        return 4.0
    if bare[-1] not in "}]":
        return 0.0
    lines = bare.split("\n")
    if _is_data(bare) or (len(lines) > 1 and _is_data(lines[0]) and _is_data(lines[1])):
        return 4.0
    return 0.0


def _is_data(text: str) -> bool:
    """Whether a text, or a line of it, is JSON that says something: [1] and [2023] are marks of a text."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    words = isinstance(found, list) and any(isinstance(each, str | list | dict) for each in found)
    return words or (isinstance(found, dict) and bool(found))


def parse(text: str, name: str, envelope: Envelope) -> NoReturn:
    raise InputError(NAME)
