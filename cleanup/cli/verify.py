"""`ocrfix --verify`: whether the files of the installation are those that were packed."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from importlib import metadata
from pathlib import Path

from cleanup import version
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Message

WHOLE = Message("{} 个文件与安装时相同", "{} files are as they were installed")

SHOWN = 8
"""Names of files in a sentence."""


class Unpacked(OcrfixError):
    """There is no list of checksums to compare with."""

    def __init__(self) -> None:
        super().__init__(
            "没有可对照的校验和：ocrfix 未作为软件包安装，或以可编辑方式安装；"
            "请用 pip install 安装，或用 git status 查看。",
            "there are no checksums to compare with: ocrfix is not installed as a package, or in place for "
            "developers; install it by pip install, or ask git status.",
        )


class Broken(OcrfixError):
    """Files are missing or are not what was installed."""

    exit_code = Exit.DATA

    def __init__(self, files: tuple[str, ...]) -> None:
        named = ", ".join(files[:SHOWN]) + (" …" if len(files) > SHOWN else "")
        super().__init__(
            f"{len(files)} 个文件缺失或与安装时不同；请重新安装"
            f"（pip install --force-reinstall ocrfix）：{named}",
            f"{len(files)} files are missing or not as they were installed; install again "
            f"(pip install --force-reinstall ocrfix): {named}",
        )
        self.args = (files,)


def installed() -> int:
    """How many files were compared, all alike; raises Broken, Unpacked."""
    try:
        listed = metadata.files("ocrfix") or []
    except metadata.PackageNotFoundError:
        raise Unpacked from None
    here = Path(version.__file__).resolve().parent  # what runs: in place, it is not what pip put elsewhere
    places = [(one, Path(str(one.locate())).resolve()) for one in listed]
    own = [(one, place, one.hash) for one, place in places if one.hash and here in place.parents]
    if not own:
        raise Unpacked
    broken = []
    for one, place, wanted in own:
        try:
            with place.open("rb") as stream:
                digest = hashlib.file_digest(stream, wanted.mode).digest()
        except OSError:
            broken.append(str(one))
            continue
        if urlsafe_b64encode(digest).rstrip(b"=").decode() != wanted.value:
            broken.append(str(one))
    if broken:
        raise Broken(tuple(sorted(broken)))
    return len(own)
