"""The whole text in another script, when `--to` asks for it: 国务院总理 -> 國務院總理.

Why: archives want one script; names and words that must not change stand in the way of a plain conversion.
Leaves alone: names on the roster (李瑞乾 stays 李瑞乾), protected words, addresses, code, tags; what is set
     in that script already, line by line (干擾 stays 干擾). A name of the roster in traditional script
     becomes what the roster writes: 張瑞乾 -> 张瑞乾, not 张瑞干.
Safety: SAFE, since it was asked for; one record a line, so that any line can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from cleanup.data import forms
from cleanup.data.roster import Roster
from cleanup.data.search import occurrences
from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.model.journal import Script
from cleanup.rules.contract import Case, Names
from cleanup.text import people, simplify
from cleanup.text.scripts import is_han

NAME = "script.convert"
SUMMARY = Message("按 --to 转换简繁", "Convert the script, when --to asks for it")
SAFETY = Applicability.SAFE
NEEDS = (forms.TABLE, "names/surnames.tsv", "models/pairs.bin", "names/surnames-rare.tsv")
CASES = (
    Case("国务院总理主持会议。", "國務院總理主持會議。", to="hant"),
    Case("里程碑在软件园。", "里程碑在軟件園。", to="tw"),
    Case("國務院總理主持會議。", "国务院总理主持会议。", to="hans"),
    Case("乾隆年間，乾旱。李瑞乾到會。", "乾隆年间，干旱。李瑞乾到会。", to="hans", roster=(("李瑞乾", ""),)),
    Case("張瑞乾到會，天乾物燥。", "张瑞乾到会，天干物燥。", to="hans", roster=(("张瑞乾", ""),)),
    Case("國務院張乾裏到會，家裏無人。", "國務院張乾裏到會，家裡無人。", to="tw", roster=(("张乾里", ""),)),
    Case("排除干扰，松脆饼干，被发射到八万里外。", "排除干擾，鬆脆餅乾，被發射到八萬里外。", to="hant"),
    Case("头发的颜色，鲜红发亮。", "頭髮的顏色，鮮紅發亮。", to="hant"),
    Case("排除干擾，松樹。", None, "in that script already", to="hant"),
    Case("學術界排除干擾，两岸", "學術界排除干擾，兩岸", to="hant"),
    Case("徐乾學、王汎森說乾安縣乾旱。", "徐乾学、王汎森说乾安县干旱。", to="hans"),
    Case("看著窗外的著名作家著手寫作。", "看着窗外的著名作家着手写作。", to="hans"),
    Case("徐著、土著、名著、魯迅著。", "徐著、土著、名著、鲁迅著。", to="hans"),
    Case("国务院总理主持会议。", None, "nothing asked for"),
)
_VARIANTS = {"tw": "t2tw", "hk": "t2hk"}
"""How traditional script is set where it is not the general one."""
_SURE = 2.0
"""By how many nats another form must be likelier between its neighbours than the one that OpenCC gave: of
360 changes so in paragraphs held out (dictionaries/build/forms.py) 328 were right; of 7,503 such characters
677 were wrong without the check, 381 with it."""
_SURE_OF_WORDS, _WORD = 5.5, 20
"""… where OpenCC knows a word (its form is another than the character has alone) that is common, the form
counted so often beside its neighbour: 头发的, not 红发 in 鲜红发亮."""
_BESIDE = "乾"
"""What simplified script has beside the character that it mostly becomes."""
_APART, _PARTICLE = -8.0, 3.0
"""Bits of two characters that never met; and by how many 着 must hang together better than 著 (by hand: of 30
words with 著 all are told so)."""
_IN_NAMES = frozenset("乾汎昇甯邨堃喆崑崙徵淼")
"""What names keep in simplified script; by the list of standard characters of 2013, and by hand."""
_NAME = 3


def find(document: Document, tools: Names) -> Iterable[Fix]:
    if tools.to is None:
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
    mostly = _leaning(text)
    for line in text.split("\n"):
        free = [
            at not in kept and not document.is_opaque(at, at + 1) for at in range(start, start + len(line))
        ]
        whole = (
            _simplified(line, tools)
            if tools.to == "hans"
            else _traditional_line(line, free, mostly, tools.to)
        )
        edits = [
            (start + low, start + high, new)
            for low, high, new in simplify.changes(line, whole)
            if all(free[low:high])
        ]
        edits += [
            (at, at + 1, own[at])
            for at in range(start, start + len(line))
            if at in own and own[at] != text[at]
        ]
        if edits:
            yield fix(NAME, text, edits, SAFETY, 1.0, _why(tools.to))
        start += len(line) + 1


def _leaning(chars: Iterable[str]) -> int:
    """How many more characters are of traditional script alone than of simplified script alone."""
    return sum(simplify.is_traditional_only(char) - simplify.is_simplified_only(char) for char in chars)


def _traditional_line(line: str, free: Sequence[bool], mostly: int, to: Script) -> str:
    """A line in traditional script: what stands there in it already is not converted once more."""
    chars = [char for char, may in zip(line, free, strict=True) if may]
    old = [char for char in chars if simplify.is_simplified_only(char)]
    leaning = _leaning(chars)
    if leaning > 0 or (leaning == 0 and not old and mostly > 0):
        whole = line
        if old:
            made = simplify.converted(line, "s2t")
            if len(made) == len(line):
                pairs = zip(line, made, strict=True)
                whole = "".join(new if simplify.is_simplified_only(char) else char for char, new in pairs)
    else:
        whole = _checked(line, simplify.converted(line, "s2t"))
    return simplify.converted(whole, _VARIANTS[to]) if to in _VARIANTS else whole


def _checked(line: str, made: str) -> str:
    """A converted line with the forms that are likelier between their neighbours: 鬆脆餅幹 -> 鬆脆餅乾."""
    if len(made) != len(line):
        return made
    chars = list(made)
    for at, char in enumerate(line):
        if char in _BESIDE or not forms.has_several(char):
            continue
        before, after = _neighbour(line, at - 1), _neighbour(line, at + 1)
        seen = forms.likelihood(char, before, after)
        best = max(seen, key=lambda form: seen[form])
        known = chars[at] != simplify.traditional(char)
        known = known and forms.beside(char, chars[at], before, after) >= _WORD
        if chars[at] in seen and seen[best] - seen[chars[at]] >= (_SURE_OF_WORDS if known else _SURE):
            chars[at] = best
    return "".join(chars)


def _neighbour(line: str, at: int) -> str:
    """The character at a place of a line, where it can tell anything."""
    return line[at] if 0 <= at < len(line) and is_han(line[at]) else ""


def _simplified(line: str, tools: Names) -> str:
    """A line in simplified script; names, and 乾 as in 乾隆, keep what they have."""
    made = simplify.converted(line, "t2s")
    if len(made) != len(line):
        return made
    chars = list(made)
    for at, char in enumerate(line):
        if char == "著" == chars[at] and _is_particle(made, at, tools):
            chars[at] = "着"
        if chars[at] == char or char not in _IN_NAMES:
            continue
        if char in _BESIDE:
            seen = forms.likelihood(char, _neighbour(made, at - 1), _neighbour(made, at + 1), False)
            stays = seen.get(char, 0.0) > seen.get(chars[at], 0.0)
        else:
            stays = False
        if stays or _is_in_name(line, made, at, tools):
            chars[at] = char
    return "".join(chars)


def _is_particle(made: str, at: int, tools: Names) -> bool:
    """Whether 著 is what simplified script writes 着: 看著, 著手, not 著名, 土著."""

    def bond(char: str) -> float:
        before, after = _neighbour(made, at - 1), _neighbour(made, at + 1)
        bits = (
            tools.pairs.link(before, char) if before else None,
            tools.pairs.link(char, after) if after else None,
        )
        return max((found for found in bits if found is not None), default=_APART)

    return bond("着") - bond("著") >= _PARTICLE


def _is_in_name(line: str, made: str, at: int, tools: Names) -> bool:
    """Whether a name of three characters, its surname before the place, stands by itself in a line."""
    for start in (at - 1, at - 2):
        end = start + _NAME
        if start < 0 or end > len(line) or not tools.is_surname(made[start]):
            continue
        apart = start == 0 or people.stands_apart(line, start) or people.introduces(made, start)
        if apart and people.speaks_after(made, end) and all(map(is_han, line[start:end])):
            return True
    return False


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
