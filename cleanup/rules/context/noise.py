"""Runs that the engine made of specks: 的立场观点方法。二全让全和人00和2 -> 的立场观点方法。

Why: where a scan has specks, lines or shadows, an engine gives rows of the same few characters.
Leaves alone: misread text, names, tables, anything shorter than five characters.
Safety: LIKELY where text can hardly go on like that; the others are suggested.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Models
from cleanup.score import stream
from cleanup.text import simplify

NAME = "context.noise"
SUMMARY = Message("删去污点被识成的乱字串", "Remove runs of characters that were made of specks")
SAFETY = Applicability.LIKELY
NEEDS = ("models/runs.bin", "models/eras.bin", "characters/noise.tsv")
CASES = (
    Case(
        "必须坚持党的立场观点方法。\n二全让全和人00和2全全仙人全让信人\n",
        "必须坚持党的立场观点方法。\n",
    ),
    Case("本报记者史程国、通讯员薛鹏凯报道。", None, "names"),
    Case("司贊二人、典\n贊二人、掌贊二人、女史二人、彤史二人。", None, "a list of old prose"),
    Case("散茶以“三尖”（生尖、贡尖、天尖）为主。", None, "rare words"),
)
SURE = 0.75


def find(document: Document, tools: Models) -> Iterable[Fix]:
    found = stream.of(document)
    for run in tools.noise.find(simplify.one_script(found.text)):
        start, end = int(found.places[run.start]), int(found.places[run.end - 1]) + 1
        while start < end and document.text[start] in "\n。！？；”":
            start += 1
        while start < end and document.text[end - 1] == "\n":
            end -= 1
        if start == end or document.is_opaque(start, end):
            continue
        if document.text[start - 1 : start] in ("", "\n") and document.text[end : end + 1] == "\n":
            end += 1
        sure = 1 / (1 + exp(-(run.gain - 8) / 3))
        yield fix(
            NAME,
            document.text,
            [(start, end, "")],
            Applicability.LIKELY if sure >= SURE else Applicability.SUGGEST,
            sure,
            Message("这些字连不成文，像污点被识成的", "this is not text: specks were read as characters"),
        )
