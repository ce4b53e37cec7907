"""The whole text in another script, when `--to` asks for it: 国务院总理 -> 國務院總理.

Why: archives want one script; names and words that must not change stand in the way of a plain conversion.
Leaves alone: names on the roster (李瑞乾 stays 李瑞乾), protected words, addresses, code, tags. A name
     of the roster in traditional script becomes what the roster writes: 張瑞乾 -> 张瑞乾, not 张瑞干.
Safety: SAFE, since it was asked for; one record a line, so that any line can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from cleanup.data.roster import Roster
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case, Tools
from cleanup.rules.kinds import occurrences
from cleanup.text import simplify
from cleanup.text.scripts import is_traditional

NAME = "script.convert"
SUMMARY = Message("按 --to 转换简繁", "Convert the script, when --to asks for it")
SAFETY = Applicability.SAFE
NEEDS = ()
CASES = (
    Case("国务院总理主持会议。", "國務院總理主持會議。", to="hant"),
    Case("里程碑在软件园。", "里程碑在軟件園。", to="tw"),
    Case("國務院總理主持會議。", "国务院总理主持会议。", to="hans"),
    Case("乾隆年間，乾旱。李瑞乾到會。", "乾隆年间，干旱。李瑞乾到会。", to="hans", roster=(("李瑞乾", ""),)),
    Case("張瑞乾到會，天乾物燥。", "张瑞乾到会，天干物燥。", to="hans", roster=(("张瑞乾", ""),)),
    Case("國務院張乾裏到會，家裏無人。", "國務院張乾裏到會，家裡無人。", to="tw", roster=(("张乾里", ""),)),
    Case("国务院总理主持会议。", None, "nothing asked for"),
)
_FROM_SIMPLIFIED = {"hant": "s2t", "tw": "s2tw", "hk": "s2hk", "hans": "t2s"}
_FROM_TRADITIONAL = {"hant": "", "tw": "t2tw", "hk": "t2hk", "hans": "t2s"}


def find(document: Document, tools: Tools) -> Iterable[Fix]:
    if tools.to is None:
        return
    table = _FROM_TRADITIONAL if is_traditional(document.text) else _FROM_SIMPLIFIED
    if not table[tools.to]:
        return
    text = document.text
    own = {
        at: char
        for at, char in _as_on_the_roster(text, tools.roster, tools.to)
        if not document.is_opaque(at, at + 1)
    }
    kept = own.keys() | {
        at
        for words in (tools.roster.names, tools.protected)
        for found in occurrences(text, words)
        for at in range(found.start, found.end)
    }
    start = 0
    for line in text.split("\n"):
        edits = [
            (start + low, start + high, new)
            for low, high, new in simplify.changes(line, table[tools.to])
            if kept.isdisjoint(range(start + low, start + high))
            and not document.is_opaque(start + low, start + high)
        ]
        edits += [
            (at, at + 1, own[at])
            for at in range(start, start + len(line))
            if at in own and own[at] != text[at]
        ]
        if edits:
            yield fix(NAME, text, edits, SAFETY, 1.0, _why(tools.to))
        start += len(line) + 1


def _as_on_the_roster(text: str, roster: Roster, to: str) -> Iterable[tuple[int, str]]:
    """Characters of names that a roster has in simplified script only: places, and what becomes of them."""
    forms, words = _traditional(roster)
    for found in occurrences(text, words):
        chars = forms[found.word] if to == "hans" else found.word
        yield from enumerate(chars, found.start)


@lru_cache(maxsize=4)
def _traditional(roster: Roster) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Traditional form → name, where a plain conversion does not lead from one to the other and back."""
    forms = {
        form: name
        for name in roster.names
        for form in simplify.traditional_forms(name)
        if form not in roster.by_name
    }
    return forms, tuple(sorted(forms))


def _why(to: str) -> Message:
    zh = {"hans": "简体", "hant": "繁体", "tw": "台湾繁体", "hk": "香港繁体"}[to]
    return Message(f"转为{zh}", f"converted to {to}")
