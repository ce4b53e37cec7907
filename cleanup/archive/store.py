"""Reading sources and writing results: whole files or nothing."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from cleanup.model import file_names
from cleanup.model.errors import Exit, OcrfixError

STAGED = ".ocrfix-"
"""How the names of files begin that are not yet in their place."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


class Trouble(OcrfixError):
    """A file could not be read or written; the message says which, why and what to do."""

    def __init__(self, kind: Literal["input", "output"], zh: str, en: str, number: int | None = None) -> None:
        super().__init__(zh, en)
        self.args = (kind, zh, en, number)
        self.exit_code = Exit.INPUT if kind == "input" else Exit.OUTPUT
        self.stops_all = number in _FULL
        """No other file could be written either: the disk is full or may not be written to."""

    @classmethod
    def writing(cls, place: Path, error: OSError) -> Trouble:
        """The trouble that a file cannot be written."""
        return cls(
            "output",
            f"{place} 无法写入：{error.strerror}；请检查目录权限和磁盘空间，或用 -o 另选目录。",
            f"{place}: cannot be written: {error.strerror}; check the folder's permissions and the "
            "disk, or choose another folder with -o.",
            error.errno,
        )


def read(path: str) -> bytes:
    """The bytes of a file; raises Trouble."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise Trouble(
            "input", f"找不到文件 {path}；请检查路径。", f"{path}: no such file; check the path."
        ) from None
    except IsADirectoryError:
        raise Trouble(
            "input",
            f"{path} 是目录，这里需要文件；整个目录请用 ocrfix batch {file_names.quoted(path)} -o OUT",
            f"{path}: this is a folder, not a file; for a whole folder: ocrfix batch "
            f"{file_names.quoted(path)} -o OUT",
        ) from None
    except OSError as error:
        raise Trouble(
            "input",
            f"{path} 无法读取：{error.strerror}。",
            f"{path}: cannot be read: {error.strerror}.",
        ) from None


def write_all(contents: Mapping[Path, bytes | Iterable[bytes]], stage: Path | None = None) -> None:
    """Write all the files, whole or by pieces, or none where one cannot be written; raises Trouble.

    Until they are whole they lie beside their places, or in the folder `stage` of the same disk.
    """
    staged: list[tuple[str, Path]] = []
    place = Path()
    try:
        for place, data in contents.items():
            if place.exists() and not (place.is_file() or place.is_dir()):
                _pour(place, data)  # a device or a pipe: nothing is put in its place
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=STAGED, dir=stage or place.parent)
            staged.append((temporary, place))
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(_parts(data))
                stream.flush()
                os.fsync(stream.fileno())
            # mkstemp makes files that only the owner may read; results are as readable as others.
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder has this name")
        for temporary, place in staged:
            Path(temporary).replace(place)
    except BaseException as error:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise Trouble.writing(place, error) from None


def _parts(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return [data] if isinstance(data, bytes) else data


def _pour(place: Path, data: bytes | Iterable[bytes]) -> None:
    with place.open("wb") as stream:
        stream.writelines(_parts(data))
