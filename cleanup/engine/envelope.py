"""How the repaired text is carried: its encoding, line ends, and bytes that nobody could read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from cleanup.formats.encoding import InputError, encode, read_back
from cleanup.model.document import Document, Envelope
from cleanup.model.kept_bytes import KEPT


def envelope_of(repaired: str, document: Document, keep_encoding: bool) -> Envelope:
    """The envelope of the text that a document was repaired to: UTF-8, or as its source; raises InputError
    where bytes that the source's encoding could not read would in it read as something else."""
    own = document.envelope
    found = Envelope(own.encoding, own.bom, own.newline) if keep_encoding else Envelope(newline=own.newline)
    if not own.broken:
        return found
    found = replace(found, broken=True)
    with suppress(UnicodeError):
        if read_back(encode(repaired, found), found) == repaired:
            return found
    place = next(KEPT.finditer(document.text)).start()
    line = document.text.count("\n", 0, place) + 1
    raise InputError("undecodable", encoding=own.encoding, offset=place, line=line)
