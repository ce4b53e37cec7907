"""The HTML report: one file that opens anywhere, asks nothing of the network and shows every record.

The frame is a template; the text comes as escaped rows (html_text); the details are read by the page's own
script from the journal that it carries.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import msgspec
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup

from cleanup.model.crop import Crops
from cleanup.model.fix import Lang, Span
from cleanup.model.journal import Journal, Record, Status
from cleanup.model.result import Result
from cleanup.reports.html_text import body
from cleanup.reports.journal import filled, packs, record_builtins, to_builtins
from cleanup.reports.outline import anchors, beginning, outline
from cleanup.reports.people import rows as people_rows
from cleanup.reports.unseen import HIDDEN, label
from cleanup.reports.words import format_of, table, word
from cleanup.text.cache import Kept
from cleanup.text.patterns import re_pattern

_ASSETS = Path(__file__).parent / "assets"
_SCRIPTS = ("report.js", "report-crops.js", "report-people.js", "report-filters.js")
_STATUSES: tuple[Status, ...] = ("applied", "withheld", "flagged")
_NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_UNSAFE = re_pattern(f"[<>&]|{HIDDEN.pattern}")
_kept = Kept("templates", jinja2.__version__, 20)
AROUND = 12
"""Characters of context beside a record in the lists."""
EXCERPT = 120
"""Characters of flagged text in the lists."""


class Bar(NamedTuple):
    """A family's line of the chart: counts, and where each bar starts and how wide it is, in per cent."""

    family: str
    counts: tuple[int, ...]
    bars: tuple[tuple[str, float, float], ...]


def render(result: Result, lang: Lang, crops: Crops | None = None) -> str:
    """The report of a result; `lang` is the language that it opens in, `crops` shows lines of its scan."""
    return "".join(pieces(result, lang, crops))


def pieces(result: Result, lang: Lang, crops: Crops | None = None) -> Iterator[str]:
    """The same piece by piece: the whole of a long text's report takes ten times the memory of its file."""
    counts = Counter(record.status for record in result.journal.records)
    chart = _chart(result.journal)
    result = beginning(result)
    journal = result.journal
    style = asset("report.css") + asset("report-panel.css")
    script = "".join(map(asset, _SCRIPTS))
    rows, ids = body(result, anchors(result))
    tag = _tag(lang)
    page = {"words": {"zh": table("zh"), "en": table("en")}, "places": _places(result), **_cut(crops)}
    return template("report.html.j2").generate(
        lang=lang,
        name=journal.source.name,
        journal=journal,
        counts=counts,
        statuses=_STATUSES,
        format=format_of(journal),
        facts=_facts(journal),
        chart=chart,
        shown=len(result.original),
        rows=Markup(rows),
        outline=outline(result, ids),
        people=people_rows(journal),
        changed=bool(journal.records),
        json=_journal_json(journal),
        page=script_json(page),
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src '{script_hash(style)}'; script-src '{script_hash(script)}'; "
        f"{'img-src data:; ' if crops and crops.crops else ''}base-uri 'none'; form-action 'none'",
        w=lambda key: word(key, lang),
        tag=tag,
        many=lambda key, count: tag(f"{key}.one" if count == 1 else key),
    )


def _tag(lang: Lang) -> Callable[[str], Markup]:
    def tag(key: str) -> Markup:
        """A word that the page can say in its other language."""
        return Markup('<span data-w="{}">{}</span>').format(_printable(key), _printable(word(key, lang)))

    return tag


def _facts(journal: Journal) -> dict[str, str]:
    """What stands under the file's name and is the same in both languages."""
    envelope = journal.source.envelope
    encoding = envelope.encoding.upper() + (" + BOM" if envelope.bom else "")
    newline = _NEWLINES[envelope.newline]
    policy = journal.policy
    return {
        "encoding": encoding,
        "newline": f"{newline} + …" if envelope.odd_newlines else newline,
        "characters": f"{journal.source.characters:,} → {journal.output.characters:,}",
        "pages": str(journal.structure.pages),
        "lines": f"{journal.structure.lines:,}",
        "confidence": f"{policy.min_confidence:.0%}",
    }


def _chart(journal: Journal) -> list[Bar]:
    counts = Counter((record.rule.partition(".")[0], record.status) for record in journal.records)
    planned = [found.name for found in journal.plan]
    families = [*planned, *sorted({family for family, _ in counts} - set(planned))]
    rows = [(family, tuple(counts[family, status] for status in _STATUSES)) for family in families]
    most = max((sum(row) for _, row in rows), default=0)
    chart: list[Bar] = []
    for family, row in rows:
        if not sum(row):
            continue
        bars: list[tuple[str, float, float]] = []
        at = 0.0
        for status, count in zip(_STATUSES, row, strict=True):
            if count:
                # A family of one stays visible beside a family of thousands.
                width = max(1.5, round(94 * count / most, 2))
                bars.append((status, round(at, 2), width))
                at += width + 0.4
        chart.append(Bar(family, row, tuple(bars)))
    return chart


def _places(result: Result) -> list[list[str]]:
    """For each record the text before it, there (flags only: edits say it themselves) and after it."""

    def excerpt(record: Record) -> list[str]:
        text, span = result.original, record.span
        if record.output is not None and not record.outlived:
            text, span = result.repaired, record.output
            if record.edits:
                span = Span(record.edits[0].span.start, record.edits[-1].span.end)
        there = "" if record.edits else text[span.start : span.end]
        if len(there) > EXCERPT:
            there = there[: EXCERPT - 1] + "…"
        return [text[max(0, span.start - AROUND) : span.start], there, text[span.end : span.end + AROUND]]

    return [excerpt(record) for record in result.journal.records]


def _cut(crops: Crops | None) -> dict[str, Any]:
    """The crops as the page's script takes them: pictures, and of each record which one and where in it."""
    if crops is None:
        return {"crops": (), "spots": {}}
    return {
        "crops": [
            (f"data:{one.kind};base64,{base64.b64encode(one.data).decode()}", one.width, one.height)
            for one in crops.crops
        ],
        "spots": {
            record: (spot.crop, *(round(side, 1) for side in astuple(spot.box)))
            for record, spot in crops.spots.items()
        },
    }


def _journal_json(journal: Journal) -> Iterator[Markup]:
    """The journal for the page's script, piece by piece."""
    structure = journal.structure
    bare = replace(journal, records=(), structure=replace(structure, facts=()))
    lists = (
        ("facts", (script_json(msgspec.to_builtins(pack))[1:-1] for pack in packs(structure.facts))),
        ("records", (script_json(record_builtins(pack))[1:-1] for pack in packs(journal.records))),
    )
    return map(Markup, filled(script_json(to_builtins(bare)), lists))


def script_json(value: Any) -> Markup:
    """JSON that no reading of the page can take for mark-up."""
    return Markup(_UNSAFE.sub(lambda match: _escaped(match[0]), _JSON.encode(value)))


def _escaped(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _printable(value: Any) -> Any:
    """A name from outside with its unprintable characters named; mark-up and numbers as they are."""
    if type(value) is not str:
        return value
    return HIDDEN.sub(lambda match: f"⟨{label(match[0])}⟩", value)


def script_hash(text: str) -> str:
    """The digest by which the page admits its own style and script, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """A style or script that pages carry."""
    return (_ASSETS / name).read_text(encoding="utf-8")


class _Compiled(BytecodeCache):
    """Templates as they were compiled by another process: to compile one takes longer than to fill it."""

    def load_bytecode(self, bucket: Bucket) -> None:
        if (found := _kept.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        _kept.put((bucket.key, bucket.checksum), bucket.bytecode_to_string())


@cache
def template(name: str) -> Template:
    """The frame of a page."""
    environment = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        finalize=_printable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(),
    )
    return environment.get_template(name)
