"""Reading inputs and writing outputs: whole files or nothing."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from cleanup.cli.failure import Exit, Failure
from cleanup.engine.repair import clean_name


def read_input(path: str) -> tuple[str, bytes]:
    """(name, bytes) of a file, or of standard input for "-"; raises Failure."""
    if path == "-":
        return "stdin.txt", sys.stdin.buffer.read()
    place = Path(path)
    try:
        return place.name, place.read_bytes()
    except FileNotFoundError:
        raise Failure(
            Exit.INPUT, f"找不到文件 {path}；请检查路径。", f"{path}: no such file; check the path."
        ) from None
    except IsADirectoryError:
        raise Failure(
            Exit.INPUT,
            f"{path} 是目录，这里需要文件；请列出其中的文件，如 {path.rstrip('/')}/*.txt。",
            f"{path}: this is a folder, a file is meant here; name its files, like {path.rstrip('/')}/*.txt.",
        ) from None
    except OSError as error:
        raise Failure(
            Exit.INPUT,
            f"{path} 无法读取：{error.strerror}。",
            f"{path}: cannot be read: {error.strerror}.",
        ) from None


def targets(path: str, name: str, folder: Path | None) -> dict[str, Path]:
    """Where the clean text, the report and the journal of an input go."""
    place = folder if folder is not None else Path(path).parent if path != "-" else Path()
    stem = name.rpartition(".")[0] or name
    return {
        "clean": place / clean_name(name),
        "report": place / f"{stem}.report.html",
        "journal": place / f"{stem}.journal.json",
    }


def write_all(contents: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write all the files, whole or by pieces, or none where one cannot be written; raises Failure."""
    staged: list[tuple[str, Path]] = []
    place = Path()
    try:
        for place, data in contents.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".ocrfix-", dir=place.parent)
            staged.append((temporary, place))
            with os.fdopen(handle, "wb") as stream:
                stream.writelines([data] if isinstance(data, bytes) else data)
                stream.flush()
                os.fsync(stream.fileno())
            # mkstemp makes files that only the owner may read; results are as readable as others.
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            if place.is_dir():
                raise IsADirectoryError(21, "a folder has this name")
        for temporary, place in staged:
            Path(temporary).replace(place)
    except OSError as error:
        for temporary, _ in staged:
            Path(temporary).unlink(missing_ok=True)
        raise Failure(
            Exit.OUTPUT,
            f"{place} 无法写入：{error.strerror}；请检查目录权限和磁盘空间，或用 -o 另选目录。",
            f"{place}: cannot be written: {error.strerror}; check the folder's permissions and the "
            "disk, or choose another folder with -o.",
        ) from None


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, and nothing else."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader (head, less) has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
