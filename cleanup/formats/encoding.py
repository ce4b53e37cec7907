"""Bytes to text and back, exactly: encodings, byte-order marks, line ends."""

from __future__ import annotations

import base64
import codecs
import re
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from cleanup.formats import broken_bytes
from cleanup.model.document import Envelope, Newline
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Message
from cleanup.model.kept_bytes import KEPT, encoded
from cleanup.text.patterns import re_pattern
from cleanup.text.plausible import Common, plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHINESE = ("gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([\w-]{1,40})")
_AS_WRITTEN = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
"""What an encoding's name in a declaration stands for: whoever writes GB2312 means its bigger kin."""
_SAMPLE = 200_000
"""Characters that plausibility looks at."""
_LINES = 2000
"""Bytes of so short a text that those of one encoding may happen to be right in another."""
_PLAUSIBLE = 0.55
_HIGH = re.compile(rb"[\x80-\xff]+")
_WESTERN = re.compile(
    b"[\t\n\r\x0c -~%b]*"
    % re.escape(
        "€„…‘’“”•–—™œŒ\xa0¡£§©«°·º»¿ÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÛÜßàáâäåæçèéêëíîïñòóôöøùúûüÿãõ".encode("cp1252")
    )
)
"""What Western European languages are written with."""
_CONTROL = re_pattern(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class InputError(OcrfixError):
    """The bytes cannot be read as text; `code` names the reason for the message catalogue."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__("", "")
        self.code = code
        self.details = details
        self.exit_code = Exit.OUTPUT if code == "unencodable" else Exit.INPUT

    def __reduce__(self) -> tuple[object, ...]:
        return _input_error, (self.code, self.details)

    @property
    def message(self) -> Message:
        """The sentence, without the name of the file."""
        from cleanup.formats.sentences import said

        return said(self)


def _input_error(code: str, details: dict[str, object]) -> InputError:
    return InputError(code, **details)


def decode(data: bytes, common: Callable[[], Common], encoding: str | None = None) -> tuple[str, Envelope]:
    """Text with LF line ends, and the envelope that gives the bytes back.

    Without `encoding`: a byte-order mark decides, then strict UTF-8, then whichever of the Chinese
    encodings gives the most plausible Chinese by the table that `common` loads. A few broken bytes are held
    by characters of their own (model.kept_bytes); nothing is ever decoded with replacement characters.
    Raises InputError.
    """
    if not data:
        raise InputError("empty")
    bom, body = b"", data
    for mark, name in _BOMS:
        if data.startswith(mark) and encoding in (None, name):
            bom, body, encoding = mark, data[len(mark) :], name
            break
    if encoding is None:
        encoding = _detect(body, common)
    refused = None
    try:
        text = body.decode(encoding)
    except LookupError:
        raise InputError("unknown-encoding", encoding=encoding) from None
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        refused = InputError("undecodable", encoding=encoding, offset=error.start + len(bom), line=line)
        found = broken_bytes.read(body, encoding)
        if found is None:
            raise refused from None
        text = found
    if _has_zeros(text) or len(_CONTROL.findall(text[:_SAMPLE])) > 4 + 0.02 * min(len(text), _SAMPLE):
        raise InputError("binary")
    if not text.strip():
        raise InputError("blank" if text else "empty")
    flat, newline, odd = normalise(text)
    envelope = Envelope(encoding, bool(bom), newline, odd, refused is not None)
    if encode(flat, envelope) != data:
        if refused:
            raise refused
        envelope = replace(envelope, raw=packed(data))
    return flat, envelope


def read_back(data: bytes, envelope: Envelope) -> str:
    """The text that `encode` wrote in this envelope: nobody asks whether it is one, however little is left.

    Raises UnicodeError or LookupError where something else wrote the bytes.
    """
    mark = next((m for m, name in _BOMS if name == envelope.encoding), b"") if envelope.bom else b""
    body = data.removeprefix(mark)
    read = broken_bytes.decode if envelope.broken else bytes.decode
    return normalise(read(body, envelope.encoding))[0]


def packed(data: bytes) -> str:
    """Bytes as an envelope keeps them."""
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def declared(data: bytes) -> str | None:
    """The encoding that an XML declaration gives, where it is known, Chinese, and the bytes are no UTF-8."""
    said = _DECLARED.match(data)
    name = _AS_WRITTEN.get(said[1].decode("ascii").lower()) if said else None
    if name is None:
        return None
    for encoding in ("utf-8", name):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if encoding == "utf-8" else encoding
    return None


def encode(text: str, envelope: Envelope) -> bytes:
    """The bytes of `text` in `envelope`; raises InputError where the encoding lacks a character."""
    if envelope.raw is not None:
        return zlib.decompress(base64.b64decode(envelope.raw))
    if envelope.newline != "\n" or envelope.odd_newlines:
        odd = dict(envelope.odd_newlines)
        parts = text.split("\n")
        ends = [odd.get(index, envelope.newline) for index in range(len(parts) - 1)] + [""]
        text = "".join(part + end for part, end in zip(parts, ends, strict=True))
    mark = next((m for m, name in _BOMS if name == envelope.encoding), b"") if envelope.bom else b""
    try:
        return mark + (encoded if envelope.broken else str.encode)(text, envelope.encoding)
    except UnicodeEncodeError as error:
        raise InputError("unencodable", encoding=envelope.encoding, char=text[error.start]) from None


def _detect(body: bytes, common: Callable[[], Common]) -> str:
    try:
        body.decode("utf-8")
        if not _has_zeros(body):
            return "utf-8"
    except UnicodeDecodeError:
        pass  # one of the others, then
    scored: list[tuple[float, str]] = []
    for name in _CHINESE:
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        scored.append((plausibility(text[:_SAMPLE], common()), name))
    best, name = max(scored, key=lambda pair: pair[0], default=(-1.0, ""))
    if (spoilt := broken_bytes.read(body, "utf-8") if len(body) <= _LINES else None) is not None:
        # A few words of UTF-8 with a broken byte are right bytes of characters that nobody uses elsewhere.
        worth = plausibility(KEPT.sub("", spoilt), common())
        if worth >= max(_PLAUSIBLE, best):
            return "utf-8"
    if best >= _PLAUSIBLE:
        return name
    if _has_zeros(body):
        raise InputError("binary")
    if _is_western(body):
        return "cp1252"
    near = _nearest(body, common)
    if near is not None and broken_bytes.read(body, near[0]) is not None:
        return near[0]
    from charset_normalizer import from_bytes

    guess = from_bytes(body[:_SAMPLE]).best()
    if guess is not None and best < 0 and not guess.encoding.startswith("utf"):
        return str(guess.encoding)
    if near is not None:
        raise InputError("undecodable", encoding=near[0], offset=near[1], line=near[2])
    raise InputError("binary" if guess is None else "implausible")


def _has_zeros(data: str | bytes) -> bool:
    """Whether more zero bytes stand there than a stray one or two."""
    count = data.count("\x00") if isinstance(data, str) else data.count(b"\x00")
    return count > 2 + len(data) // 1000


def _is_western(body: bytes) -> bool:
    """Whether the bytes are English, French, German, Spanish or a Nordic language: letters that these share,
    mostly one by one, where Chinese has two bytes and more in a row."""
    runs = _HIGH.findall(body[:_SAMPLE])
    single = sum(len(run) == 1 for run in runs)
    return _WESTERN.fullmatch(body) is not None and 2 * single > len(runs) and 5 * len(runs) < len(body)


def _nearest(body: bytes, common: Callable[[], Common]) -> tuple[str, int, int] | None:
    """The encoding that all but a few broken bytes speak for, with the first broken place."""
    found: list[tuple[float, str]] = []
    for name in ("utf-8", "gb18030", "big5"):
        text = body[:_SAMPLE].decode(name, errors="replace")
        if text.count("�") < 0.1 * len(text):
            found.append((plausibility(text.replace("�", ""), common()), name))
    score, name = max(found, default=(0.0, ""))
    if score < _PLAUSIBLE:
        return None
    try:
        body.decode(name)
    except UnicodeDecodeError as error:
        return name, error.start, body[: error.start].count(b"\n") + 1
    return None


def normalise(text: str) -> tuple[str, Newline, tuple[tuple[int, Newline], ...]]:
    """`text` with LF line ends, the commonest line end, and the lines (from 0) that have another."""
    if "\r" not in text:
        return text, "\n", ()
    ends = [cast(Newline, match.group()) for match in re.finditer(r"\r\n|\r|\n", text)]
    newline = Counter(ends).most_common(1)[0][0]
    odd = tuple((index, end) for index, end in enumerate(ends) if end != newline)
    return re.sub(r"\r\n|\r", "\n", text), newline, odd
