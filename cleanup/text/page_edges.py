"""What the words at the edge of a page say: its running heads and feet, read more boldly than within a text.

Where they stand is for `geometry.margins` to see: nothing here is furniture by its words alone.
"""

from __future__ import annotations

from cleanup.text import folios, notes
from cleanup.text.patterns import re_pattern, regex_pattern
from cleanup.text.scripts import HAN

_ISSUE = re_pattern(r"(?:19|20)\d\d ?年?[ .·]?第? ?\d{1,3} ?[期号]|[总總]第? ?\d{1,4} ?期")
"""The issue of a journal: furniture at a page's edge, whatever it is in a text."""
_LEAF = re_pattern(r"[第共] ?\d{1,4} ?[页頁]")
_CONTACT = re_pattern(
    r"(?:新闻热线|热线|电话|传真|邮箱|电子邮箱|[Ee]-?mail|投稿邮箱|邮编)[:： ]*[\w@.\-]+|(?:https?://|www\.)[\w./-]+"
)
_PRESS = regex_pattern(
    rf"[{HAN} ]{{2,8}}(?:[报報刊]|通[讯訊]|消息|新[闻聞]|文摘|[杂雜][志誌]|[学學][报報])"
    rf"(?:[（(][{HAN}]{{1,4}}[）)])?"
)
"""A paper or a journal, by the last word of its name."""
_NUMBERED = regex_pattern(
    rf"\d{{1,3}}[ 　]+[{HAN}]{{3,10}}|[{HAN}]{{2,9}}(?<![计計数數额額量率人元共表图圖第])[ 　]+\d{{1,3}}"
)
"""A name and the number of the page, parted by a space."""
_NUMBER = re_pattern(r"[A-D]\d{1,2}|\d{1,3} ?/ ?\d{1,3}")
_PROSE = frozenset("，。；？！：")
_NAME = 14
"""Characters of a journal's name beside its issue, at the most …"""
_LEAF_NAME = 8
"""… and beside the number of a leaf (by hand, all of them)."""
_NAMES = 12
"""Characters of names that no list has (a journal's, a section's) in a running head with its date or page."""


def weight(text: str) -> float:
    """How much a text speaks for furniture, as `folios` counts; 0 where it holds other things as well."""
    if notes.is_citation(text) or notes.is_note(text):
        return 0.0
    folio = folios.alone(text)
    if folio is not None and folio.weight:
        return folio.weight
    for pattern, longest in ((_ISSUE, _NAME), (_LEAF, _LEAF_NAME)):
        rest, found = pattern.subn(" ", text)
        if found:
            return _beside(rest.strip(), longest)
    if (rest := _CONTACT.sub("", text).strip()) != text and folios.read(rest).has("credit"):
        return weight(rest)
    if _PRESS.fullmatch(text):
        return folios.WEIGHTS["paper"] / 2
    return 0.0 if folio is None else folio.weight


def _beside(rest: str, longest: int) -> float:
    """The weight of a journal's issue, or a leaf's number, with what stands beside it."""
    folio = folios.alone(rest) if rest else None
    if folio is not None:
        return 2.0 + folio.weight
    return 2.0 if len(rest) <= longest and not is_prose(rest) else 0.0


def is_head(text: str) -> bool:
    """Whether a line that stands free at the edge of the page is furniture: a section, a name with the number
    of the page, names with its date."""
    if is_prose(text):
        return False
    folio = folios.read(text)
    if folio.weight >= 3 and folio.has("date", "page"):
        named = folio.has("number", "page", "paper") or bool(_PRESS.match(text))
        return folio.rest <= _NAMES if named else folio.rest == 0
    if _NUMBERED.fullmatch(text):
        return True
    return folio.rest == 0 and [kind for kind, _ in folio.facts] == ["section"]


def is_prose(text: str) -> bool:
    """Whether it holds a mark that sentences have."""
    return any(mark in _PROSE for mark in text)


def is_number(text: str) -> bool:
    """Whether a text is the number of a page, or may be: 12, — 12 —, A2, 3/12."""
    return folios.folio_number(text) is not None or bool(_NUMBER.fullmatch(text))


def kinds(text: str) -> set[str]:
    """What it holds of all that running heads are made of."""
    folio = folios.alone(text)
    found = {kind for kind, _ in folio.facts} if folio else set[str]()
    return found | ({"paper"} if _PRESS.fullmatch(text) else set())
