"""README and the pages of docs/: which there are, and the blocks of code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.en.md"))]
_BLOCK = re.compile(
    r"(?:^<!-- needs: (?P<needs>.+?) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.M | re.S
)


def chinese(page: Path) -> Path:
    """The same page in Chinese."""
    return page.with_name("README.zh.md" if page.name == "README.md" else page.name.replace(".en.", ".zh."))


def blocks(page: Path, kind: str) -> Iterator[tuple[str, str]]:
    """What each block of this kind needs, and the block."""
    text = page.read_text("utf-8").replace(
        '--8<-- "CONTRIBUTING.md"', (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    )
    for match in _BLOCK.finditer(text):
        if match["kind"] == kind:
            yield match["needs"] or "", match["body"]


def commands(body: str) -> list[str]:
    """The lines of a block without their comments."""
    lines = (re.split(r"(?:^| )\s*# ", line)[0].strip() for line in body.splitlines())
    return [line for line in lines if line]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))
