"""Source code: no text that was read off a page; refused."""

from __future__ import annotations

import re
from typing import NoReturn

from cleanup.formats.encoding import InputError
from cleanup.model.document import Envelope
from cleanup.text.patterns import re_pattern

NAME = "code"
REFUSED = True
_STRONG = re_pattern(
    r"""\s*(?:
        def[ ]\w+\(.*\).*: | (?:async|await)[ ]\w+ | class[ ]\w+[^，。]*[:{] | import[ ][\w.{*]+.*
      | from[ ][\w.]+[ ]import[ ].+ | \#include\s*[<"].* | \#!/.* | \#define[ ].* | package[ ][\w.]+;?
      | using[ ][\w.:]+; | (?:public|private|protected|static)[ ]\w.*[{;(] | <\?php.*
      | (?:export[ ])?(?:async[ ])?function\s*\w*\s*\(.* | (?:const|let|var)[ ]\w+.*=.* | return\b[^，。]*;
      | (?:if|for|while|switch)\s*\(.*\)\s*\{
      | (?:for[ ].+[ ]in[ ].+|if[ ].+|elif[ ].+|else|try|except.*|with[ ].+):
      | \}\s*else\b.* | func[ ]\w*\(.* | fn[ ]\w+.*\{ | print(?:f|ln)?\(.*\);? | console\.log\(.*
      | SELECT\b.+\bFROM\b.* | (?:CREATE|DROP|ALTER)[ ]TABLE\b.* | INSERT[ ]INTO\b.* | UPDATE[ ]\w+[ ]SET\b.*
    )\s*""",
    re.X,
)
"""Lines that nothing but code has."""
_WEAK = re_pattern(
    r"""[^一-鿿]*[{};]\s*(?://.*|\#.*)? | \s*[\w.\[\]"']+\s*[-+*/|&]?=\s*\S.*
      | \s*[\w.]+\(.*\)[;:]?\s*(?:\#.*)?
      | \s*[)}\]]+[;,)]*\s* | \s*@\w+.*
      | \s*(?:return|raise|yield|pass|break|continue|end|fi|done|then|do)\b[^，。]*
      | \s*[.#]?[\w-]+\s*\{\s* | \s*[\w-]+:[^，。]*;\s*""",
    re.X,
)
"""Lines that code has."""
_COMMENT = re_pattern(r"\s*(?:#|//|/\*|\*|--|<!--|\"\"\"|\'\'\')")
_NAMES = (
    ".py", ".js", ".ts", ".java", ".c", ".h", ".cpp", ".cc", ".go", ".rs", ".sh", ".sql", ".css", ".php",
    ".rb", ".cs", ".pl",
)  # fmt: skip
_SETTINGS = (".toml", ".ini", ".cfg", ".conf", ".yaml", ".yml", ".properties", ".env")
_SETTING = re_pattern(r"\s*(?:[\w.\-\"' ]+[=:](?:\s.*|\S.*)?|\[[^\]]+\]|-\s.*|---|[\]}],?)\s*")
_HINTS = re_pattern(
    r"[{};)\]]\s*$|^\s*(?:def|class|import|from|#include|#!|SELECT|CREATE|function|const|let|var)\b|^#!", re.M
)
_SAMPLE = 400
"""Lines that are looked at."""
_SHARE, _LEAST = 0.75, 4


def sniff(text: str, name: str) -> float:
    low = name.lower()
    if low.endswith(_SETTINGS):
        keyed = [bool(_SETTING.fullmatch(line)) for line in text.split("\n")[:_SAMPLE] if line.strip(" \t#;")]
        return 3.0 if 2 * sum(keyed) > len(keyed) else 0.0
    if low.endswith((".md", ".markdown", ".mkd")) or not _HINTS.search(text[:4000]):
        return 0.0
    solid = [line for line in text.split("\n")[:_SAMPLE] if line.strip()]
    lines = [
        line for line in solid if not _COMMENT.match(line) or line.startswith(("#!", "#include", "#define"))
    ]
    strong = sum(bool(_STRONG.fullmatch(line)) for line in lines)
    if not strong:
        return 0.0
    found = sum(bool(_STRONG.fullmatch(line) or _WEAK.fullmatch(line)) for line in lines)
    if low.endswith(_NAMES):
        return 3.0 if found >= 0.5 * len(lines) else 0.0
    return 3.0 if found >= _LEAST and strong >= 2 and found >= _SHARE * len(lines) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> NoReturn:
    raise InputError(NAME)
