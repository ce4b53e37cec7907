"""Places in a text that no rule may touch: addresses, identifiers, numbers of papers, formulas, code, tokens
of a model, notation of music, and what is switched off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from cleanup.model.document import Mark
from cleanup.model.fix import Span
from cleanup.text import formulas
from cleanup.text.patterns import re_pattern
from cleanup.text.scripts import HAN

# Bounded and begun only where a word begins, so that a long run of dots or letters costs no more than others.
# An address ends where Chinese begins.
_ADDRESS = re_pattern(
    r"""<(?:https?|ftp)://[!-;=?-~]+>
      | (?:https?|ftp)://(?:(?![()<>"|`])[!-~]|\([^\s()<>"|`]*\))+(?<![.,;:!?'\]}*_])
      | \bwww\.[A-Za-z0-9./_?=&%\#~+-]+(?<![.?])
      | (?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}\.[A-Za-z0-9.-]{1,200}
      | (?<![A-Za-z0-9.-])(?:[A-Za-z0-9-]{1,63}\.){1,8}(?:com|cn|org|net|gov|edu)\b(?:/[A-Za-z0-9./_?=&%-]*)?
      | (?<![A-Za-z0-9.])10\.\d{4,9}/[A-Za-z0-9._;()/:-]*[A-Za-z0-9]
    """,
    re.X,
)
_NAMES = re_pattern(
    r"""(?<![A-Za-z0-9_])_{0,2}[A-Za-z0-9]+(?:__?[A-Za-z0-9]+)+_{0,2}(?:\.[A-Za-z0-9_]+)*(?:\(\))?
      | (?<![A-Za-z0-9_.])[a-z][a-z0-9_-]{0,40}(?:\.[a-z][a-z0-9_-]*){1,5}(?:\(\))?(?![A-Za-z0-9])
      | (?<![A-Za-z0-9_.])[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.
        (?:[cmt]?[jt]sx?|py|sh|bat|exe|md|txt|log|json|ya?ml|toml|ini|cfg|xml|html?|css|c|h|cpp|java|go|rs|sql|csv|tsv
        |pdf|docx?|xlsx?|pptx?|zip|gz|tar|jpe?g|png|tiff?|gif|svg|mp[34])(?![A-Za-z0-9])
      | (?<![A-Za-z0-9-])--[a-z][a-z0-9-]*(?:=[!-~]+)?
      | (?<![A-Za-z0-9/.:~])(?:~|\.{1,2})?(?:/[A-Za-z0-9._+@%-]+){2,}/?
      | (?<![A-Za-z0-9.])[vV]?\d+(?:\.\d+){2,5}(?:-[a-z0-9.]+)?(?![A-Za-z0-9.])
    """,
    re.X,
)
"""Identifiers, names of files, options, paths and versions."""
_RUN = re_pattern("[!-~]{3,}")
"""All of these stand in runs without spaces and Chinese."""
_IN_NAMES, _LONG = "._/\\@", 12
"""One of the first stands in every address and name; so long are the numbers at least."""
_DRIVE = re_pattern(rf"[A-Za-z]:\\(?:[A-Za-z0-9._\- ()+{HAN}]+\\)*[A-Za-z0-9._-]*")
_PLATE = re_pattern(
    r"[A-Z](?<=[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新遼蘇閩贛魯瓊貴雲陝甯][A-Z])"
    r"(?=[·・•‧.．]?[A-Z0-9]*\d)[·・•‧.．]?[A-Z0-9]{4,6}(?:[A-Z0-9]|[挂学警港澳领])?(?![A-Za-z0-9])"
)
_NUMBER = re_pattern(
    r"(?<![A-Za-z0-9])(?:\d{14,17}[\dXx]|(?=[A-Z]*\d)(?=\d*[A-Z])(?!\d{6}[\dOIl]{11}[\dXxOIl](?![A-Z0-9]))[A-Z0-9]{15,20}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|97[89](?:-\d{1,7}){3}-[\dX])(?![A-Za-z0-9])"
)
"""Of identity cards, codes of enterprises, digests, books."""
_BOUND = r"[-+−–]?[ ]?(?:\d+(?:\.\d+)?(?:/\d+)?[a-zπ]?|∞|[A-Za-zα-ωπ]\d?(?:[-+−]\d+)?)"
_BRACKETS = re_pattern(
    rf"""[\[(][ ]?{_BOUND}[ ]?,[ ]?{_BOUND}[ ]?[\])]
      | \[\d{{1,3}}(?:[ ]?[-–—,，、~～][ ]?\d{{1,3}})*\](?!\()
      | \[\^[^\]\s\[]{{1,40}}\]:?
      | (?<=[式程])\(\d{{1,3}}(?:[.\-–]\d{{1,3}}){{0,2}}[a-z']?\)
      | \[\[[ ]?\d{{1,5}}(?:[ ]?,[ ]?\d{{1,5}}){{1,7}}[ ]?\](?:[ ]?,[ ]?\[[\d ,]+\])*\]
    """,
    re.X,
)
"""Intervals and points, citations, marks of footnotes, numbers of formulas, boxes that a model gives."""
_OPENS = re_pattern(r"[\[(]")
_FIGURE = re_pattern(r"[图圖表式例]([ ]?\d{1,3}(?:[-–.]\d{1,3}){1,2}[a-z]?)(?![0-9A-Za-z%％.])")
"""Numbers of figures and tables: 图 3-33."""
_SIGNS = r"A-Za-z0-9α-ωΑ-Ω²³¹⁰-₎ₐ-ₜ√π∠△°′″∞∅∑∏∫∂∇±×÷·+\-*/^.,|(){}\[\]"
_RELATIONS = "=≤≥≠≈≡∥⊥≌∽∈∉⊂⊆∪∩∝"
_EXPRESSION = re_pattern(rf"[{_SIGNS}{_RELATIONS}<>]{{3,}}")
_RELATED = re_pattern(rf"[{_SIGNS}][{_RELATIONS}][{_SIGNS}]|[A-Za-z0-9)|][<>][0-9A-Za-z(|\-]")
"""Mathematics in plain signs: |x-1|+|x+2|≥3, ∠A=60°."""
_CODE = re_pattern(r"`[^`\n，。；：、！？]{1,200}`")
_LINE_OF_CODE = re_pattern(
    r"(?m)^(?: {4}|\t)[ \t]*(?:(?:for|if|elif|while|with|def|class|return|import|from|except|print"
    r"|var|let|const)\b(?=[^\n]*[(){}=:;])[^\n]*"
    r"|[A-Za-z_][\w.\[\]]*(?: ?[-+*/]?= |\()[^\n]*[);\]\"'\w]|[})\]]+;?)$"
)
"""Indented as code is, and written so: for i in range(3):."""
_TOKEN = re_pattern(
    r"<\|ref\|>[!-~ ]{0,40}<\|/ref\|>|<\|det\|>[^<\n]{0,400}<\|/det\|>|<\|[^|<>\n]{1,40}\|>"
    r"|<｜[^｜<>\n]{1,40}｜>"
)
_TAG = re_pattern(r"</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>\n]*)?/?>|<!--.*?-->", re.S)
_PARTS = re_pattern(
    r"<!|</?(?:t[dhr]|table|tbody|thead|tfoot|caption|p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|img|blockquote|section"
    r"|figure|figcaption|center)\b",
    re.I,
)
"""Tags and comments that part words."""
_MUSIC = re_pattern(
    r"^[ \t　]*(?=[^|‖\n]*[0-7][^|‖\n]*[|‖])(?=(?:[^\n0-7]*[0-7]){3})[0-7xX \t.·•:,'\-—|‖()_~^#♯♭b/↗↘]+$"
    r"|^[ \t　]*1[ ]?=[ ]?[#b♯♭]?[A-G][b#♯♭]?(?:[ \t　]+\d/\d)?[ \t　]*$",
    re.M,
)
_MOVE = r"(?:[KQRBN]?[a-h]?[1-8]?x?[a-h][1-8](?:=[QRBN])?|O-O(?:-O)?|0-0(?:-0)?)[+#]?[!?]{0,2}"
_CHESS = re_pattern(
    rf"(?<![A-Za-z0-9])1\.{{1,3}}[ ]?{_MOVE}(?:[ ](?:\d{{1,3}}\.{{1,3}}[ ]?)?{_MOVE}){{1,}}(?![A-Za-z0-9])"
)
_OFF = re_pattern(
    r"\n?<!--[ \t]*ocrfix:[ \t]*off[ \t]*-->.*?(?:<!--[ \t]*ocrfix:[ \t]*on[ \t]*-->\n?|\Z)", re.S
)
"""Marks between which a text is left alone; without the second, to the end."""


def switched_off(text: str) -> list[Span]:
    """What stands between <!-- ocrfix: off --> and <!-- ocrfix: on -->, with the marks."""
    return [Span(*match.span()) for match in _OFF.finditer(text)] if "<!--" in text else []


def words(text: str) -> list[Span]:
    """Addresses, identifiers and numbers, and what is switched off, whatever the format; unsorted."""
    found: list[Span] = []
    for run in _RUN.finditer(text):
        part, (start, end) = run[0], run.span()
        if any(sign in part for sign in _IN_NAMES) or "--" in part:
            found += [Span(*match.span()) for match in _ADDRESS.finditer(text, start, end)]
            found += [Span(*match.span()) for match in _NAMES.finditer(text, start, end)]
        if len(part) >= _LONG:
            found += [Span(*match.span()) for match in _NUMBER.finditer(text, start, end)]
    for mark in _OPENS.finditer(text):
        if match := _BRACKETS.match(text, mark.start()):
            found.append(Span(*match.span()))
    if any(sign in text for sign in _RELATIONS + "<>"):
        for run in _EXPRESSION.finditer(text):
            part = run[0].rstrip(".,")
            if _RELATED.search(part) and not _TAG.search(part):
                found.append(Span(run.start(), run.start() + len(part)))
    if ":\\" in text:
        found += [Span(*match.span()) for match in _DRIVE.finditer(text)]
    if "1." in text:
        found += [Span(*match.span()) for match in _CHESS.finditer(text)]
    found += [Span(match.start() - 1, match.end()) for match in _PLATE.finditer(text)]
    return found + [Span(*match.span(1)) for match in _FIGURE.finditer(text)] + switched_off(text)


def notation(text: str) -> list[Span]:
    """Notation of music, code that is indented and tokens of a model: what mostly has lines of its own."""
    found = [Span(*match.span()) for match in _MUSIC.finditer(text)] if "|" in text or "=" in text else []
    if "\n    " in text or "\n\t" in text:
        found += [Span(*match.span()) for match in _LINE_OF_CODE.finditer(text)]
    return found + ([Span(*match.span()) for match in _TOKEN.finditer(text)] if "<" in text else [])


def parts(text: str, at: int) -> bool:
    """Whether the tag or comment at a position parts the words on its sides."""
    return bool(_PARTS.match(text, at))


def tags(text: str) -> list[Mark]:
    """Tags and comments in plain text."""
    found = _TAG.finditer(text) if "<" in text else ()
    return [Mark(*match.span(), parts(text, match.start())) for match in found]


def spaced(text: str, start: int, end: int) -> Span:
    """A formula or code with the space that its writer set on either side of it."""
    if text[start - 1 : start] == " " and text[start - 2 : start - 1] not in ("", "\n", "\f", " "):
        start -= 1
    if text[end : end + 1] == " " and text[end + 1 : end + 2] not in ("", "\n", "\f", " "):
        end += 1
    return Span(start, end)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same places, sorted and disjoint."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def apart(shut: list[Span], marks: list[Mark]) -> tuple[tuple[Span, ...], tuple[Mark, ...]]:
    """What is no text and the markup, sorted and apart: an address in a tag is of the tag."""
    if not marks:
        return merged(shut), ()
    found: list[Mark] = []
    for mark in sorted(marks):
        if found and mark.start < found[-1].end:
            found[-1] = Mark(found[-1].start, max(found[-1].end, mark.end), found[-1].parts or mark.parts)
        elif mark.start < mark.end:
            found.append(mark)
    starts = [mark.start for mark in found]

    def within(span: Span) -> bool:
        at = bisect_right(starts, span.start) - 1
        return at >= 0 and span.end <= found[at].end

    places = merged(span for span in merged(shut) if not within(span))
    begins = [place.start for place in places]

    def is_free(mark: Mark) -> bool:
        at = bisect_right(begins, mark.end - 1) - 1
        return at < 0 or places[at].end <= mark.start

    return places, tuple(mark for mark in found if is_free(mark))


def find(text: str) -> tuple[list[Span], list[Span]]:
    """Opaque places of plain text, and those among them that may fill lines."""
    inline, own = [], notation(text)
    for start, end, set_off in formulas.find(text):
        if set_off:
            own.append(Span(start, end))
        else:
            inline.append(spaced(text, start, end))
    if "`" in text:
        inline += [spaced(text, *match.span()) for match in _CODE.finditer(text)]
    return [*words(text), *inline, *own], own
