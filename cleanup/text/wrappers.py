"""What a vision-language model says around the text that it read: thoughts, a greeting, a fence, an offer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from cleanup.model.fix import Span
from cleanup.text import page_marks
from cleanup.text.patterns import re_pattern

Kind = Literal["thought", "preamble", "fence", "postscript"]


class Piece(NamedTuple):
    """Something that was not read off the page."""

    kind: Kind
    span: Span
    """With the blank lines that part it from the text."""


class Around(NamedTuple):
    """What stands around a text."""

    body: Span
    """Whole lines: the text itself."""
    pieces: tuple[Piece, ...]


_LONGEST = 100
"""Characters of a line that may be a greeting."""
_SEEN = "(?:图片|图像|照片|截图|影像|扫描件|扫描图|扫描页|扫描文档|文档图像|页面图像|文件图像)"
_READ = "(?:识别|提取|转录|转写|抄录|辨认|解析|OCR|ocr)"
_TEXT = "(?:全文|原文|文字|文本|内容|结果|正文|文稿|Markdown|markdown)"
_LINK = (
    f"(?>{_SEEN}|{_READ}|{_TEXT}|中文(?!字)|出来|得到|上传|提供|发送|要求|请求|需要|文件|文档|页面|全部|所有|完整|可见|主要|手写|印刷|逐字|格式"
    "|整理|排版|版本|输出|进行|根据|依据|这|该|此|本|张|幅|页|份|个|从|对|由|将|按|把|您|你|所|我|为|给|中|里|上|内|的|出|到|得|后"
    "|并|和|纯|了|[，, “”\"'「」]){0,24}+"
)
"""Words of which such a sentence is made."""
_YES = "(?:(?:好的|好|当然|没问题|可以|明白)[，,。！!～~ ]*){0,2}"
_PREAMBLE = re_pattern(
    rf"{_YES}(?:(?:以下|下面|如下|这)(?:就)?(?:是|为)|我(?:已|已经|将|会)?){_LINK}(?:如下)?[：:。]?"
    rf"|{_YES}{_LINK}(?:如下|为|是)?[：:]"
)
_PREAMBLE_EN = re_pattern(
    r"(?:(?:sure|certainly|of course|okay|ok|absolutely)[,!. ]+)?"
    r"(?:here(?:'s|’s| is| are)|below is|the following is|this is"
    r"|i(?:'ve| have) (?:extracted|transcribed)|the)"
    r" (?:[\w-]+ ){0,12}[\w-]+(?: as follows)?[:.]",
    re.I,
)
_ABOUT = re_pattern(rf"{_SEEN}|{_READ}")
_SAYS = re_pattern(
    rf"^{_YES}(?:以下|下面|如下|这|我)|^(?:好的|当然|没问题)|如下|[为是][：:]|OCR|ocr|{_SEEN}.{{0,4}}(?:文字|文本)"
)
"""What tells a sentence from a label that stands on the page: 识别结果：."""
_ABOUT_EN = re_pattern(
    r"\b(?:extract\w*|transcri\w*|ocr|images?|recogni[sz]ed|scanned|pictures?|photo)\b", re.I
)
_TEXT_EN = re_pattern(r"\b(?:text|contents?|transcri\w*|ocr|markdown|document|table)\b", re.I)
_POSTSCRIPT = re_pattern(
    rf"(?:以上|上述|上面)(?:内容|文字|文本)?(?:就|均)?(?:是|为|即为?|即是|由){_LINK}[。.！!]?"
)
_OFFER = re_pattern(
    "(?:如果|如|若|要是)(?:您|你)?还?(?:有|需要?|想).{0,24}?(?:请|欢迎|可以|可)?(?:随时)?(?:告诉|告知|联系|问|吩咐)我(?:哦|吧)?[。！!～~]?"
    "|希望(?:这|以上|上述)?.{0,10}有(?:所)?帮助[。！!～~]?"
    "|(?:please )?(?:let me know|feel free to ask)[^.!\n]{0,70}[.!]?"
    "|if you (?:need|have|want|would like)[^.!\n]{0,80}[.!]?(?: ?(?:please )?let me know[.!])?"
    "|i hope (?:this|that) helps[.!]?",
    re.I,
)
_OPENS = re_pattern(r"(`{3,}|~{3,})[ \t]*(\w*)[ \t]*")
_PAGE = frozenset(("markdown", "md"))
_WRAPS = frozenset(("", "markdown", "md", "text", "txt", "plaintext", "plain", "ocr"))
_SENTENCES = re_pattern(r"(?<=[。！!～])|(?<=[.!]) (?=[A-Z])")
_RULE_BELOW = re_pattern(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\n[ \t]*(?=\n)")
_RULE_ABOVE = re_pattern(r"\n[ \t]*\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\n\s*\Z")
"""A rule between a text and what is said around it."""
_BARE = re_pattern(r"[#*_> \t　]+|[*_ \t　]+$")
_THINKS = re_pattern(r"\s*<(think|thinking|thought)>", re.I)


def is_preamble(line: str) -> bool:
    """Whether a first line surely speaks of the reading, and not for the page."""
    words = _BARE.sub("", line) if "'" not in line and " " not in line.strip() else line.strip("#*_> \t　")
    if not 4 <= len(words) <= _LONGEST:
        return False
    if _PREAMBLE.fullmatch(words):
        return bool(_ABOUT.search(words) and _SAYS.search(words))
    return bool(_PREAMBLE_EN.fullmatch(words) and _ABOUT_EN.search(words) and _TEXT_EN.search(words))


def is_postscript(line: str) -> bool:
    """Whether a last line surely speaks of the reading."""
    words = line.strip("#*_> \t　")
    return len(words) <= _LONGEST and bool(_POSTSCRIPT.fullmatch(words) and _ABOUT.search(words))


def is_offer(line: str) -> bool:
    """Whether a last line offers help, as assistants do and letters may."""
    words = line.strip("#*_> \t　")
    return len(words) <= _LONGEST and bool(_OFFER.fullmatch(words))


def unclosed(text: str) -> Span | None:
    """The mark of a thought that does not end, or has no beginning."""
    if (found := _THINKS.match(text)) and f"</{found[1]}>" not in text.lower():
        return Span(found.end() - len(found[1]) - 2, found.end())
    at = text.find("</think>")
    return Span(at, at + len("</think>")) if at > 0 and "<think>" not in text[:at].lower() else None


@lru_cache(maxsize=4)
def find(text: str) -> Around | None:
    """What surely stands around a text; None where nothing does."""
    start, end = _solid(text)
    pieces: list[Piece] = []
    while start < end:
        kind, to = _head(text, start, end)
        if kind is None:
            break
        after = _next_line(text, to, end)
        if rule := _RULE_BELOW.match(text, after, end):
            after = _next_line(text, rule.end(), end)
        pieces.append(Piece(kind, Span(start, after)))
        start = after
    tails: list[Piece] = []
    for _ in range(3):
        at = text.rfind("\n", start, end) + 1
        if at <= start or not _takes_leave(text[at:end], bool(pieces or tails) or _is_sure(text[start:at])):
            break
        rule = _RULE_ABOVE.search(text, start, at)
        before = text.find("\n", start + len(text[start : rule.start() if rule else at - 1].rstrip()))
        tails.append(Piece("postscript", Span(before, end)))
        end = before
    if several := _several(text, start, end):
        closed = len(several) % 2 == 0
        pieces += several[: len(several) - closed]
        start = several[0].span.end
        if closed:
            tails.append(several[-1])
            end = several[-1].span.start
    elif fence := _fence(text, start, end):
        opening, closing = fence
        after = _next_line(text, opening, end)
        pieces.append(Piece("fence", Span(start, after)))
        start = after
        if closing is not None:
            before = text.find("\n", max(start - 1, len(text[:closing].rstrip())))
            before = max(start, before)
            tails.append(Piece("fence", Span(before, end)))
            end = before
    if not pieces and not tails:
        return None
    return Around(Span(start, end), (*pieces, *reversed(tails)))


def _solid(text: str) -> tuple[int, int]:
    """Where the first line with words begins, and the last one ends."""
    start = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, start) + 1
    return start, max(start, len(text.rstrip()))


def _head(text: str, start: int, end: int) -> tuple[Kind | None, int]:
    """What stands at the beginning that is not of the page, and where it ends."""
    if text[start : start + 200].lstrip()[:1] == "<" and (found := _THINKS.match(text, start)):
        at = text.lower().find(f"</{found[1].lower()}>", start, end)
        return ("thought", at + len(found[1]) + 3) if at > 0 else (None, start)
    stop = text.find("\n", start, end)
    if stop < 0 or stop - start > _LONGEST + 20:
        return None, start
    return ("preamble", stop) if is_preamble(text[start:stop]) else (None, start)


def _takes_leave(line: str, beside: bool) -> bool:
    """Whether every sentence of a last line is a model's; `beside`: others of its words stand there."""
    if len(line) > 3 * _LONGEST:
        return False
    said = [part for part in _SENTENCES.split(line.strip("#*_> \t　")) if part.strip()]
    sure = beside or any(
        is_postscript(part) or _ABOUT.search(part) or _ABOUT_EN.search(part) for part in said
    )
    return sure and bool(said) and all(is_postscript(part) or is_offer(part) for part in said)


def _is_sure(above: str) -> bool:
    """Whether the line above takes leave for sure."""
    above = above.rstrip()
    return is_postscript(above[above.rfind("\n") + 1 :])


def _next_line(text: str, at: int, end: int) -> int:
    """Where the next line with words begins."""
    solid = at + len(text[at:end]) - len(text[at:end].lstrip())
    return max(at, text.rfind("\n", at, solid) + 1)


def _fence(text: str, start: int, end: int) -> tuple[int, int | None] | None:
    """Where the line of a fence around everything ends, and where the closing line begins (None: cut off)."""
    if text[start : start + 3] not in ("```", "~~~"):
        return None
    stop = text.find("\n", start, end)
    first = _OPENS.fullmatch(text, start, stop) if stop > 0 else None
    if first is None or first[2].lower() not in _WRAPS:
        return None
    depth, at = 1, stop + 1
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        mark = _OPENS.fullmatch(text, at, stop)
        if mark is not None and mark[1][0] == first[1][0]:
            depth += 1 if mark[2] else -1
            if depth == 0:
                inside = text[start:at]
                whole = stop >= end and at > start
                return (
                    (start + first.end() - first.start(), at) if whole and _is_text(first, inside) else None
                )
        at = stop + 1
    return (start + first.end() - first.start(), None) if depth == 1 and first[2] else None


def _several(text: str, start: int, end: int) -> list[Piece]:
    """The fences ```markdown that stand around each page of a text, opening and closing by turns; none where
    other words stand outside them, or there are not two of them."""
    pieces: list[Piece] = []
    depth = 0
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        mark = _OPENS.fullmatch(text, at, stop)
        if depth == 0:
            if mark is not None and mark[1][0] == "`" and mark[2].lower() in _PAGE:
                pieces.append(Piece("fence", Span(at, _next_line(text, min(stop + 1, end), end))))
                depth = 1
            elif text[at:stop].strip() and not page_marks.read(text[at:stop].strip()):
                return []
        elif mark is not None and mark[1][0] == "`":
            depth += 1 if mark[2] else -1
            if depth == 0:
                parted = stop >= end or text[stop : stop + 2] == "\n\n"
                pieces.append(Piece("fence", Span(at - parted, stop)))
        at = stop + 1
    return pieces if len(pieces) > 2 else []


def _is_text(first: re.Match[str], inside: str) -> bool:
    """Whether a fence holds a page: it says so, or what it holds is no code."""
    if first[2]:
        return True
    words = [char for char in inside if char.isalpha()]
    return sum("一" <= char <= "鿿" for char in words) > 0.6 * len(words)
