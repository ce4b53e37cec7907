"""TeX: commands, formulas, environments and comments are kept, the text between them is repaired in place."""

from __future__ import annotations

import re

from cleanup.formats import inside
from cleanup.model.document import Document, Envelope, Format, LineKind
from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

NAME: Format = "tex"
_FORMULAS = (
    "equation|align|alignat|aligned|gather|multline|eqnarray|flalign|displaymath|math|verbatim|Verbatim|lstlisting|minted"
    "|tikzpicture|filecontents|comment|algorithmic"
)
_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_NO_TEXT = (
    "documentclass|documentstyle|usepackage|RequirePackage|begin|end|label|ref|eqref|pageref|autoref|cref|cite[a-z]*|nocite|input"
    "|include|includegraphics|bibliography|bibliographystyle|url|hspace|vspace|setlength|addtolength|setcounter|addtocounter"
    "|newcommand|renewcommand|providecommand|newenvironment|renewenvironment|newtheorem|DeclareMathOperator|def|let|fontsize"
    "|pagestyle|thispagestyle|pagenumbering|geometry|hypersetup|color|textcolor|definecolor|setCJKmainfont|setmainfont|graphicspath"
    "|bibitem|index|hypertarget|hyperlink|href|rule|multicolumn|cline|linespread|selectfont|usefont|ctexset|titleformat"
)
_MARKUP = re_pattern(
    rf"""(?<!\\)%[^\n]*
      | \\begin\{{({_FORMULAS})(\*?)\}}.*?(?:\\end\{{\1\2\}}|\Z)
      | (?<!\\)\$\$.*?(?:\$\$|\Z) | \\\[.*?(?:\\\]|\Z) | \\\(.*?(?:\\\)|\Z)
      | (?<!\\)\$(?:[^$\\\n]|\\.|\n(?!\s*\n))+\$
      | \\verb\*?([^\sA-Za-z]).*?\3
      | \\(?:{_NO_TEXT})(?![A-Za-z])\*?(?:[ \t]*(?:\[[^\]\n]*\]|{_BRACED}|\\[A-Za-z]+(?={_BRACED})))*[ \t]*
      | \\(?:[A-Za-z@]+\*?(?:\[[^\]\n]*\])?|.)[ \t]*
      | [{{}}&~^_\#$] | ``|'' | -{{2,3}}""",
    re.S | re.X,
)
_STARTS = re_pattern(r"\\documentclass|\\documentstyle|\\begin\{document\}")
_LINES = re_pattern(
    r"(?m)^[ \t]*\\(?:(?:sub)*section|chapter|part|paragraph|begin|end|item|title|author|date|maketitle|label"
    r"|usepackage|newcommand|caption|centering|noindent|bibliography|footnote|input)\b"
)
_LEAST = 3
"""Lines that begin with a command of a text without its head."""
_GUARDED = "％＃＄＆＿｛｝＼～＾"


def sniff(text: str, name: str) -> float:
    if "\\" not in text:
        return 0.0
    if _STARTS.search(text) and not name.lower().endswith((".md", ".markdown", ".mkd")):
        return 2.5
    found = sum(1 for _ in _LINES.finditer(text))
    if name.lower().endswith((".tex", ".latex", ".ltx")) and found:
        return 2.0
    # A formula of Markdown has \begin as well, between its dollars.
    return 0.96 if found >= _LEAST and re.search(r"(?m)^[ \t]*\\(?:(?:sub)*section|chapter)\b", text) else 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    return inside.document(
        text, name, NAME, envelope, _kind, [*unbroken(text), *inside.signs(text, _GUARDED)]
    )


def unbroken(text: str) -> list[Span]:
    """What may not be cut."""
    return [Span(*match.span()) for match in _MARKUP.finditer(text) if match.end() > match.start()]


def _kind(_line: int) -> LineKind:
    return "figure"
