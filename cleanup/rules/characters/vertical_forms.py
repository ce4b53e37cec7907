"""Marks made for vertical and small setting become ordinary ones: ︽县志︾ -> 《县志》, ﹁水利﹂ -> 「水利」.

Why: text layers and engines keep the turned marks of vertical columns; search and pairing then miss them.
Leaves alone: a form that is spoken of by itself (“﹂”).
Safety: SAFE, since Unicode gives each of them the ordinary mark.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message
from cleanup.rules.contract import Case
from cleanup.rules.kinds import substitution
from cleanup.text.patterns import re_pattern

NAME = "characters.vertical-forms"
SUMMARY = Message("竖排、小形标点改为通用标点", "Vertical and small forms of marks become ordinary ones")
SAFETY = Applicability.SAFE
NEEDS: tuple[str, ...] = ()
_MARKS = dict(zip("︐︑︒︓︔︕︖︗︘︙﹐﹑﹔﹕﹖﹗｡､", "，、。：；！？〖〗…，、；：？！。、", strict=True))
_OPEN = dict(zip("︵︷︹︻︽︿﹁﹃﹇﹙﹝｢", "（｛〔【《〈「『［（〔「", strict=True))
_SHUT = dict(zip("︶︸︺︼︾﹀﹂﹄﹈﹚﹞｣", "）｝〕】》〉」』］）〕」", strict=True))
SIGNS = "".join((*_MARKS, *_OPEN, *_SHUT))
CASES = (
    Case("︽县志︾、﹁水利﹂、︵一︶、︻附︼", "《县志》、「水利」、（一）、【附】"),
    Case("﹃船﹄已到︒岸上的人︐都回来了︙", "『船』已到。岸上的人，都回来了…"),
    Case("甲﹑乙﹐丙﹔丁﹕戊﹖己﹗", "甲、乙，丙；丁：戊？己！", "small forms"),
    Case("他說｢好｡｣大家､都笑了", "他說「好。」大家、都笑了", "half-width forms of Chinese marks"),
    Case("竖排的引号“﹁”在上", None, "spoken of by itself"),
    Case("︶︿︶，(︵)", None, "faces"),
    Case("《县志》、「水利」、（一）、…", None, "ordinary marks"),
)

_FORMS = re_pattern(
    f"[{''.join(_MARKS)}](?![”’])|[{''.join(_OPEN)}](?=[\\w《“‘「﹁﹃︽（])|(?<=[\\w》”’」﹂﹄︾）。！？…︒])[{''.join(_SHUT)}]"
)
_ORDINARY = _MARKS | _OPEN | _SHUT
_WHY = Message("竖排或小形标点", "A mark for vertical or small setting")


def find(document: Document, tools: object) -> Iterable[Fix]:
    return substitution(NAME, document, _FORMS, lambda m: _ORDINARY[m.group()], SAFETY, 0.999, _WHY)
