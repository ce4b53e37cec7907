"""Subtitles and lyrics (SRT, WebVTT, ASS, LRC): times and numbers are kept, a cue is repaired in itself."""

from __future__ import annotations

import re

from cleanup.formats import inside
from cleanup.model.document import Document, Envelope, Format, LineKind
from cleanup.model.fix import Span
from cleanup.text.patterns import re_pattern

NAME: Format = "subtitles"
_STAMP = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_TIMES = re_pattern(rf"(?m)^[ \t]*{_STAMP}[ \t]*-->[ \t]*{_STAMP}[^\n]*$")
_LYRIC = re_pattern(
    r"(?m)^[ \t]*(?:\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\][ \t]*)+"
    r"|^[ \t]*\[(?:ti|ar|al|by|offset|re|ve|length):[^\n\]]*\]"
)
_EVENT = re_pattern(r"(?m)^(?:Dialogue|Comment):[ \t]*(?:[^,\n]*,){9}")
_OTHER = re_pattern(r"(?m)^(?!(?:Dialogue|Comment):)[^\n]+$")
_TAGS = re_pattern(r"<[^<>\n]*>|\{[^{}\n]*\}|\\[Nnh]|&\w{2,8};")
_NOTE = re_pattern(
    r"(?m)(?:^|(?<=\n\n))(?:WEBVTT|NOTE|STYLE|REGION)\b[^\n]*(?:\n(?![ \t]*\n)(?!.*-->)[^\n]+)*"
)
_ID = re_pattern(rf"(?m)^[^\n]+\n(?=[ \t]*{_STAMP}[ \t]*-->)")
_NEAR = 400
"""Characters within which the first cue begins."""


def sniff(text: str, name: str) -> float:
    head = text[:_NEAR].lstrip("\ufeff \n")
    if head.startswith("WEBVTT") or (head.startswith("[Script Info]") and "\nDialogue:" in text):
        return 3.0
    if "-->" in text and (first := _TIMES.search(text)) and first.start() < _NEAR:
        return 3.0
    if head.startswith("[") and ":" in head[:8]:
        solid = [line for line in text.split("\n")[:200] if line.strip()]
        if len(solid) >= 3 and sum(bool(_LYRIC.match(line)) for line in solid) > 0.6 * len(solid):
            return 3.0
    return 0.0


def parse(text: str, name: str, envelope: Envelope) -> Document:
    shut = _shut(text)
    return inside.document(text, name, NAME, envelope, _kind, shut)


def unbroken(text: str) -> list[Span]:
    """A cue is not cut: it ends with a blank line, an event or a lyric with its line."""
    ends = r"[^\n]*(?:\n|\Z)" if _is_event(text) or "-->" not in text else r".*?(?:\n[ \t]*\n|\Z)"
    return [Span(*match.span()) for match in re.finditer(ends, text, re.S) if match.end() > match.start()]


def _kind(_line: int) -> LineKind:
    return "figure"


def _is_event(text: str) -> bool:
    return "Dialogue:" in text and bool(_EVENT.search(text))


def _shut(text: str) -> list[Span]:
    patterns: tuple[re.Pattern[str], ...] = (_LYRIC,)
    if _is_event(text):
        patterns = (_EVENT, _OTHER, _TAGS)
    elif "-->" in text or text.startswith("WEBVTT"):
        patterns = (_TIMES, _ID, _NOTE, _TAGS)
    return [Span(*match.span()) for pattern in patterns for match in pattern.finditer(text)]
