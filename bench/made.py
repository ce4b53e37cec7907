"""Pages made here: any texts typeset, degraded in four degrees, read by the engines at hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from bench import typeset
from bench.degrade import LEVELS, degrade
from bench.engines import Reader
from bench.sets import Document, Set
from bench.typeset import Article

SEED = 1


def make(
    articles: Sequence[Article], engines: dict[str, tuple[str, Reader]], pages: int, keep: Path | None = None
) -> list[Set]:
    """For each engine a set of `pages` documents of all degrees; `keep`: also written there, with images."""
    sets: list[Set] = []
    for engine, (version, read) in engines.items():
        documents: list[Document] = []
        levels = cycle(LEVELS)
        for number, article in zip(range(pages), cycle(articles), strict=False):
            level = next(levels)
            seed = SEED * 100_000 + number
            printed = typeset.typeset(article, seed)
            scans = [degrade(sheet.image, level, seed * 10 + at) for at, sheet in enumerate(printed.sheets)]
            text = "\f".join(
                read(scan, sheet).replace("\f", "") for scan, sheet in zip(scans, printed.sheets, strict=True)
            )
            name = f"{engine}-{number:03d}"
            if not text.strip():
                continue
            documents.append(Document(name, printed.truth, text.encode()))
            if keep is not None:
                place = keep / f"made-{engine}"
                place.mkdir(parents=True, exist_ok=True)
                (place / f"{name}.gt.txt").write_text(printed.truth, "utf-8")
                (place / f"{name}.ocr.txt").write_text(text, "utf-8")
                meta = {
                    "engine": engine,
                    "version": version,
                    "level": level,
                    "furniture_lines": printed.furniture,
                }
                (place / f"{name}.meta.json").write_text(json.dumps(meta, ensure_ascii=False), "utf-8")
                for at, scan in enumerate(scans, 1):
                    scan.image.save(place / f"{name}.p{at}.png")
        if documents:
            sets.append(Set(f"made-{engine}", tuple(documents)))
    return sets
