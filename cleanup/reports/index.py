"""The index of an archive: one page that opens anywhere, and its rows in parts beside it.

The page carries the figures and charts; the rows of its tables lie in scripts index/KIND-N.js, because pages
opened from disk may load scripts and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from markupsafe import Markup

from cleanup.model.fix import Lang
from cleanup.reports.html import asset, script_hash, script_json, template
from cleanup.reports.index_words import table, word

Kind = Literal["issues", "pages", "names", "articles", "loose", "failures"]
PART = 5000
"""Rows in one part."""
BARS = 160
"""Issues, or groups of them, that the timeline shows."""
QUALITY = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
"""Bounds between bars of the chart of pages by quality: expected errors in 1,000 characters."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What was read and what it was changed to."""

    before: str
    after: str
    count: int
    pages: int
    issues: int
    examples: tuple[tuple[str, str, str], ...]
    """(page, its report, id of the record)."""


@dataclass(frozen=True, slots=True)
class Step:
    """An issue, or several in a row, on the timeline."""

    first: str
    last: str
    pages: int
    applied: int
    characters: int
    remaining: float


@dataclass(frozen=True)
class Overview:
    """An archive in figures."""

    name: str
    tool: str
    counts: dict[str, float]
    """pages, done, failed, todo, gone, issues, characters, applied, suggested, flags, remaining."""
    families: tuple[tuple[str, int, int, int], ...] = ()
    """(family, applied, withheld, flagged)."""
    pairs: tuple[Pair, ...] = ()
    names: tuple[tuple[str, str, int, int], ...] = ()
    """(name, office on the roster, times, pages), the most frequent first."""
    quality: tuple[int, ...] = ()
    """Pages between the bounds QUALITY."""
    timeline: tuple[Step, ...] = ()
    parts: dict[str, int] = field(default_factory=dict)
    """Kind of table → number of its parts."""
    rows: dict[str, int] = field(default_factory=dict)
    """Kind of table → number of its rows."""


def render(overview: Overview, lang: Lang) -> str:
    """The page; `lang` is the language that it opens in."""
    style = asset("report.css") + asset("index.css")
    script = asset("index.js") + asset("index-table.js")
    data = {
        "words": {"zh": table("zh"), "en": table("en")},
        "overview": msgspec.to_builtins(overview),
        "bounds": QUALITY,
    }
    return template("index.html.j2").render(
        lang=lang,
        overview=overview,
        data=script_json(data),
        style=Markup(style),
        script=Markup(script),
        # The page's own script, which its digest admits, may load the parts; nothing else may.
        policy=f"default-src 'none'; style-src '{script_hash(style)}'; "
        f"script-src '{script_hash(script)}' 'strict-dynamic'; base-uri 'none'; form-action 'none'",
        w=lambda key: word(key, lang),
    )


def part(kind: Kind, number: int, rows: list[Any]) -> bytes:
    """One part of a table's rows as a script."""
    return f'part("{kind}",{number},{script_json(rows)});\n'.encode()
