"""JSON, JSON lines, and lists of boxes as engines print them: data, not running text; refused."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from cleanup.formats.encoding import InputError
from cleanup.model.document import Envelope

NAME = "json"
REFUSED = True
_LIKE = re.compile(
    r"""(?:\[\s*)*\{\s*(?:"[^"\n]{1,80}"|'[^'\n]{1,80}')\s*:   # an object, however it goes on
      | (?:\[\s*){3,}-?\d+(?:\.\d+)?\s*,\s*-?\d                # the corners of boxes""",
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
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return 0.0
    # [1] and [2023] are marks of a text.
    words = isinstance(found, list) and any(isinstance(each, str | list | dict) for each in found)
    return 4.0 if words or (isinstance(found, dict) and found) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> NoReturn:
    raise InputError(NAME)
