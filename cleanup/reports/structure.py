"""The parts of the repaired text: as plain text, as Markdown with headings, or as articles in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import msgspec
import regex

from cleanup.model.described import Fact, Jump, Region, RegionKind
from cleanup.model.result import Result
from cleanup.text.patterns import regex_pattern

SCHEMA = 1
_MARKUP = regex_pattern(r"^(?=(?:#{1,6}|[-+*])[ \t]|>|```|~~~)|^(\d{1,9})(?=[.)][ \t])", regex.M)
_CELLS = regex_pattern(r"[ 　]*(?:\t|[ 　]{3,})[ 　]*")


class Part(msgspec.Struct, frozen=True):
    """A part of an article, as it stands in the repaired text."""

    kind: RegionKind
    text: str
    line: int
    """Line of the source, from 1."""
    start: int
    """First code point in the repaired text, from 0."""
    end: int
    level: int
    """1 to 6: depth of the heading; 0: no heading."""


class Article(msgspec.Struct, frozen=True):
    """An article: its headline for the reader in a hurry, and all its parts in order."""

    number: int
    headline: str
    """Its printed lines with a space between."""
    byline: str
    parts: tuple[Part, ...]


class Page(msgspec.Struct, frozen=True):
    """What --format json writes."""

    schema: int
    tool: str
    source: str
    """Name of the input."""
    articles: tuple[Article, ...]
    others: tuple[Part, ...]
    """What belongs to no article: teaser boxes, what stands before the first headline."""
    jumps: tuple[Jump, ...]
    facts: tuple[Fact, ...]


def render(result: Result, form: Literal["txt", "md", "json"]) -> bytes:
    """The repaired text in the form asked for (UTF-8), ending in a line feed."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(page(result)), indent=1) + b"\n"
    text = _plain(result) if form == "txt" else "\n\n".join(_markdown(result))
    return (text + "\n").encode("utf-8")


def page(result: Result) -> Page:
    """The articles of a result with their parts."""
    journal = result.journal
    grouped: dict[int, list[Part]] = {}
    for region in journal.structure.regions:
        span = region.output
        part = Part(region.kind, _words(result, region), region.line, span.start, span.end, region.level)
        grouped.setdefault(region.article, []).append(part)
    others = tuple(grouped.pop(0, ()))
    articles = tuple(
        Article(number, _joined(parts, "headline"), _joined(parts, "byline"), tuple(parts))
        for number, parts in grouped.items()
    )
    structure = journal.structure
    facts = tuple(structure.facts)
    return Page(SCHEMA, journal.tool, journal.source.name, articles, others, structure.jumps, facts)


def schema() -> bytes:
    """JSON Schema (2020-12) of what --format json writes."""
    built = msgspec.json.schema(Page)
    built = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ocrfix structure"} | built
    return msgspec.json.format(msgspec.json.encode(built), indent=2) + b"\n"


def _joined(parts: list[Part], kind: RegionKind) -> str:
    return " ".join(part.text for part in parts if part.kind == kind)


def _words(result: Result, region: Region) -> str:
    return result.repaired[region.output.start : region.output.end]


def _outer(result: Result) -> Iterator[Region]:
    """The regions without those that lie inside the next one."""
    regions = result.journal.structure.regions
    for at, region in enumerate(regions):
        if at + 1 == len(regions) or regions[at + 1].output.start >= region.output.end:
            yield region


def _plain(result: Result) -> str:
    """A line for each part, an empty line between articles."""
    blocks = groupby(_outer(result), key=lambda region: region.article)
    return "\n\n".join("\n".join(_words(result, region) for region in block) for _, block in blocks)


def _markdown(result: Result) -> Iterator[str]:
    previous: Region | None = None
    box: list[str] = []
    for region in _outer(result):
        words = _words(result, region)
        if region.kind == "teaser":
            # A box is one quotation; a second head begins a second box.
            if region.level and box:
                yield "\n>\n".join(box)
                box = []
            box.append(f"> {'#' * region.level + ' ' if region.level else ''}{words}")
            continue
        if box:
            yield "\n>\n".join(box)
            box = []
        previous = region
        yield _block(region, words, result.journal.structure.format == "markdown")
    if box:
        yield "\n>\n".join(box)
    elif previous is None:
        yield ""


def _block(region: Region, words: str, marked: bool) -> str:
    if region.level:
        return f"{'#' * region.level} {words}"
    if region.kind == "table":
        return words if words.startswith("|") or marked else _table(words)
    if region.kind == "list":
        return words if marked else regex.sub(r"(?m)^[ 　]*[•●○■□▲△◆◇★☆▶►·](?=[ \t　])", "-", words)
    if marked:
        return words
    return str(_MARKUP.sub(lambda found: f"{found[1] or ''}\\", words))


def _table(words: str) -> str:
    """Rows parted by tabs or wide gaps as a Markdown table; its first row is the head."""
    rows = [_CELLS.split(row.strip()) for row in words.split("\n")]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
