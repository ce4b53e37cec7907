"""Files that are packed by gzip or xz, or several in a zip: taken out with bounds, and packed again."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from cleanup.formats.encoding import InputError
from cleanup.text.patterns import re_pattern

if TYPE_CHECKING:  # loaded for what is packed
    import lzma
    import zipfile
    import zlib

MOST = 512 << 20
"""Bytes of what a packed file may hold."""
ENDINGS = (".gz", ".xz")
_GZIP, _XZ, _ZIP = b"\x1f\x8b", b"\xfd7zXZ\x00", b"PK\x03\x04"
_PAGE = re_pattern(r"(?:[^/]+/)?(\d+)\.(?:json|xml|hocr|html?|tsv)", re.I)
_PDF = b"%PDF-"
_SIGNS = (b"<", b"[", b"{", b"level\t")
_HEAD, _BEFORE = 400, b"\xef\xbb\xbf\xff\xfe \t\r\n"
"""Bytes at the beginning, and what may stand before the first sign there: marks of encodings, white space."""
_MEMBERS = 20_000
_BEGINNING = 32_768
_STAMP = (1980, 1, 1, 0, 0, 0)


def bare(name: str) -> str:
    """The name of what is packed: `page.xml.gz` → `page.xml`."""
    stem, dot, ending = name.rpartition(".")
    return stem if stem and f"{dot}{ending.lower()}" in ENDINGS else name


def unpacked(data: bytes) -> bytes:
    """What is packed in `data`; itself where it is not packed. Raises InputError."""
    if not data.startswith((_GZIP, _XZ)):
        return data
    import lzma
    import zlib

    is_gzip = data.startswith(_GZIP)
    out = bytearray()
    while data:
        stream = _stream(is_gzip)
        try:
            out += stream.decompress(data, MOST + 1 - len(out))
        except (zlib.error, lzma.LZMAError) as error:
            raise InputError("broken-packing", why=str(error)) from None
        if len(out) > MOST:
            raise InputError("too-large", most=MOST >> 20)
        if not stream.eof:
            raise InputError("broken-packing", why="cut short")
        data = stream.unused_data.lstrip(b"\0")
    return bytes(out)


def _stream(is_gzip: bool) -> zlib._Decompress | lzma.LZMADecompressor:
    import lzma
    import zlib

    return zlib.decompressobj(zlib.MAX_WBITS | 16) if is_gzip else lzma.LZMADecompressor()


def may_be_an_engines(data: bytes) -> bool:
    """Whether a file, taken out of its packing, may be an engine's with places, or several of them: what is
    none is not decoded for nothing, and the readers of such files are not loaded."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(_BEFORE)
    return data.startswith((_PDF, _ZIP)) or head.startswith(_SIGNS)


def may_have_places(text: str) -> bool:
    """The same for text that is decoded already."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("<", "[", "{") or "\t" in text[:200]


def beginning(data: bytes) -> bytes:
    """What the first bytes of a file hold, packed or not; nothing where they are damaged."""
    if not data.startswith((_GZIP, _XZ)):
        return data
    import lzma
    import zlib

    try:
        return _stream(data.startswith(_GZIP)).decompress(data, _BEGINNING)
    except (zlib.error, lzma.LZMAError):
        return b""


def packed_like(data: bytes, old: bytes) -> bytes:
    """`data` packed as `old` is; the same data give the same bytes."""
    if old.startswith(_GZIP):
        import gzip

        return gzip.compress(data, mtime=0)
    import lzma

    return lzma.compress(data) if old.startswith(_XZ) else data


def members(data: bytes) -> list[tuple[str, bytes]]:
    """The numbered pages in a zip, in order; none where it is no zip, or one of something else."""
    if not data.startswith(_ZIP):
        return []
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
            if len(found) > _MEMBERS or not all(_PAGE.fullmatch(info.filename) for info in found):
                return []
            if sum(info.file_size for info in found) > MOST:
                raise InputError("too-large", most=MOST >> 20)
            return [(info.filename, _member(archive, info)) for info in sorted(found, key=_number)]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError("broken-packing", why=str(error)) from None


def _number(info: zipfile.ZipInfo) -> tuple[int, str]:
    match = _PAGE.fullmatch(info.filename)
    return (int(match[1]) if match else 0), info.filename


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        return stream.read(info.file_size + 1)  # what a header says too little of is refused by its checksum


def is_page(name: str) -> bool:
    """Whether a file's name is that of a numbered page: 1.json, 002.xml."""
    return bool(_PAGE.fullmatch(name)) and "/" not in name


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    """Files in a zip; the same files give the same bytes."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
