"""Pictures read by recognisers, once: what was read is kept in the folder of the results."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleanup.model import file_names
from cleanup.model.box import BoxedPage
from cleanup.model.fix import Message
from cleanup.model.scan import Scan
from cleanup.witness import doubtful, kept, pictures
from cleanup.witness.finding import At
from cleanup.witness.pictures import Unreadable
from cleanup.witness.recogniser import Recogniser, recognisers


class Read(NamedTuple):
    """A picture, and what each recogniser read of it."""

    scan: Scan
    pages: tuple[BoxedPage, ...]


def of(at: At, own: BoxedPage | None, who: Sequence[Recogniser], out: Path) -> Read:
    """What recognisers read of a picture; `own`: an engine's page of it, of which only what is in doubt is
    read."""
    scan = Scan(seen_from(at.path, out), at.frame, look="all" if own is None else "doubtful")
    try:
        scan = replace(scan, sha256=pictures.digest(at.path))
        found = [_kept_or_read(scan, at, own, one, out) for one in who]
    except Unreadable as error:
        return Read(replace(scan, sha256="", notes=(error.message,)), ())
    page = found[0].page
    scan = replace(
        scan,
        width=round(page.width),
        height=round(page.height),
        is_turned=found[0].is_turned,
        recognisers=tuple(one.name for one in who),
        notes=found[0].notes,
    )
    return Read(scan, tuple(one.page for one in found))


def unread(at: At, why: Message, out: Path) -> Scan:
    """A picture that nothing is installed to read."""
    scan = Scan(seen_from(at.path, out), at.frame)
    try:
        seen = pictures.read(at.path, at.frame)
    except Unreadable as error:
        return replace(scan, notes=(error.message,))
    return replace(scan, sha256=seen.sha256, width=seen.width, height=seen.height, notes=(why, *seen.notes))


def again(scan: Scan, own: BoxedPage | None, out: Path) -> Read:
    """A picture of an earlier run, as it was read then; `own` as there. Raises Unreadable or NoRecogniser
    where that cannot be."""
    at, own = At(scan.path(out), scan.frame), own if scan.look == "doubtful" else None
    found = [kept.load(out, scan, _called(name, own)) for name in scan.recognisers]
    if not all(found):
        if pictures.digest(at.path) != scan.sha256:
            raise Unreadable(
                f"{at.path} 已不是修复时的图像；请用 --scan 重新修复这一页。",
                f"{at.path} is not the picture that it was; repair this page again, with --scan.",
            )
        by = {one.name: one for one in recognisers("both")}
        if not set(scan.recognisers) <= set(by):
            raise Unreadable(
                f"{at.path} 当时由 {'、'.join(scan.recognisers)} 读出，现在的版本不同；请重新修复这一页。",
                f"{at.path} was read by {', '.join(scan.recognisers)}, which is not installed now; repair "
                "this page again.",
            )
        found = [_kept_or_read(scan, at, own, by[name], out) for name in scan.recognisers]
    return Read(scan, tuple(one.page for one in found if one))


def seen_from(path: Path, out: Path) -> str:
    """A picture's file, as seen from the folder of the results."""
    try:
        return file_names.readable(Path(os.path.relpath(path, out)).as_posix())
    except ValueError:  # on another drive
        return file_names.readable(path.absolute().as_posix())


def _kept_or_read(scan: Scan, at: At, own: BoxedPage | None, one: Recogniser, out: Path) -> kept.Kept:
    found = kept.load(out, scan, name := _called(one.name, own))
    if found is None:
        picture = pictures.read(at.path, at.frame)
        page, is_turned = (doubtful.read(own, picture, one) if own else None) or one.read(picture)
        found = kept.Kept(page, picture.notes, is_turned)
        kept.save(out, scan, name, found)
    return found


def _called(name: str, own: BoxedPage | None) -> str:
    """By what a reading is kept: who read, and what of."""
    if own is None:
        return name
    return f"{name} {hashlib.sha256(msgspec.json.encode(own)).hexdigest()}"
