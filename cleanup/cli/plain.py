"""The command lines that most are: files, and where to.

They are read without the parser, which takes longer to load than the repair of a page.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

COMMANDS = (
    "fix", "merge", "batch", "survey", "review", "apply", "tune", "undo", "eval", "estimate", "rules",
    "explain", "schema", "init",
)  # fmt: skip
GROUPS = ("decisions", "roster", "train")
"""Commands, and groups of them, in the order of the help; each is a module beside this one."""
COMPLETE = "_OCRFIX_COMPLETE"
"""In the environment: a shell asks what could come next."""
_FLAGS = {
    "-q": "quiet",
    "--quiet": "quiet",
    "--stdout": "stdout",
    "--diff": "diff",
    "-v": "verbose",
    "--verbose": "verbose",
}
_OUTPUT = ("-o", "--output")
_LANGUAGE = "--lang"


def language(arguments: list[str]) -> str | None:
    """The language that a command line asks for, whatever else may be wrong with it; the last one counts."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    said = None
    for at, word in enumerate(options):
        name, equals, joined = word.partition("=")
        if name == _LANGUAGE:
            said = joined if equals else "".join(options[at + 1 : at + 2])
    return said if said in ("zh", "en") else None


def read(arguments: list[str]) -> dict[str, Any] | None:
    """What `repairs.repair_files` is to be given; None where the parser must say what is meant, or what is
    wrong."""
    words = arguments[1:] if arguments[:1] == ["fix"] else arguments
    if not words or words[0] in (*COMMANDS, *GROUPS) or COMPLETE in os.environ:
        return None
    given: dict[str, Any] = {"inputs": []}
    rest = iter(words)
    for word in rest:
        if word in _FLAGS:
            given[_FLAGS[word]] = True
        elif word in _OUTPUT:
            folder = next(rest, "-")
            if folder.startswith("-") or "output" in given:
                return None
            given["output"] = Path(folder)
        elif word and (word == "-" or not word.startswith("-")):
            given["inputs"].append(word)
        else:
            return None
    return given if given["inputs"] else None
