"""Issues and pages: read off folders, file names or mastheads; and the natural order, p2 before p10."""

from __future__ import annotations

from typing import NamedTuple

import regex

from cleanup.text.patterns import regex_pattern

_NUMERALS = "〇零一二三四五六七八九"
_NUMBER = regex_pattern(r"[0-9]+|[〇零一二三四五六七八九十]+(?=[版页頁期号號卷册冊月日])")
_MARK = r"(?:第|pages?|page|pg|p|v|版|页|頁|[A-Da-d]{1,2})?[ _.-]?"
_PAGE = rf"{_MARK}0*(?P<page>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[ ]?(?:版|页|頁)?"
_ALONE = regex_pattern(_PAGE, regex.I)
_NAMED = regex_pattern(rf"(?P<issue>.*?[^\W_].*?)[ _.,-]+{_PAGE}", regex.I)
_JOINED = regex_pattern(
    r"(?P<issue>.*\d.*?)(?:第(?=[\d一二三四五六七八九十]+[版页頁])|(?<=\d)(?:pages?|pg|p|v)(?=\d)|(?<=日)(?=[\d]+[版页頁]))"
    r"0*(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3})(?:版|页|頁)?",
    regex.I,
)
_DAY = regex_pattern(r"(?<!\d)(?:18|19|20)\d\d(?:[-_.年/]?\d{1,2}[-_.月/]?\d{1,2})日?$")
_ENDINGS = (".ocr", ".clean", ".raw")
GROUPS = ("auto", "folder", "name", "masthead", "none")


class Place(NamedTuple):
    """Where a page belongs."""

    issue: str
    """Empty: to none."""
    page: int
    """Its number in the issue; 0: not known from its name."""


def place(path: str, by: str = "auto") -> Place:
    """The issue and page number that a path in the archive tells.

    `by`: "folder" (a folder is an issue), "name" (what stands before the page number in the name is the
    issue), "auto" (the name where it tells both, else the folder), "none", "masthead" (like auto, until the
    page has been read), or a regular expression with groups `issue` and `page`, searched in the path.
    """
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    if by not in GROUPS:
        found = regex.search(by, path)
        groups = found.groupdict() if found else {}
        return Place(groups.get("issue") or "", number(groups.get("page") or ""))
    if by == "none":
        return Place("", number(_page(stem)))
    within = f"{folder}/" if folder else ""
    if by == "folder":
        return Place(folder or ".", number(_page(stem)))
    if _ALONE.fullmatch(stem) and by != "name":
        return Place(folder or ".", number(_page(stem)))
    if not _DAY.search(stem) and (found := _NAMED.fullmatch(stem) or _JOINED.fullmatch(stem)):
        return Place(within + found["issue"], number(found["page"]))
    if by == "name" or _DAY.search(stem):
        return Place(within + stem, 0)
    return Place(folder or ".", number(_page(stem)))


def by_masthead(known: Place, paper: str, day: str, folio: int) -> Place:
    """The place that the page itself tells; what it leaves open stays as it was known."""
    return Place(f"{paper} {day}".strip() if day else known.issue, folio or known.page)


def _page(stem: str) -> str:
    if _DAY.search(stem):
        return ""
    found = _ALONE.fullmatch(stem) or _NAMED.fullmatch(stem) or _JOINED.fullmatch(stem)
    return str(found["page"]) if found else ""


def number(text: str) -> int:
    """An Arabic number, or a Chinese one below a hundred; 0 where there is none."""
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    if digits:
        return int(digits)
    if not text:
        return 0
    tens, ten, ones = text.rpartition("十")
    value = "".join(str(max(0, _NUMERALS.find(char) - 1)) for char in ones) or "0"
    first = max(0, _NUMERALS.find(tens) - 1) if tens else 1
    return first * 10 * bool(ten) + int(value)


def natural(path: str) -> str:
    """A key that sorts as people do: numbers by value, folder by folder."""
    key = _NUMBER.sub(lambda match: _padded(match[0]), path).replace("/", "\x01")
    return f"{key}\x02{path}"


def _padded(digits: str) -> str:
    value = digits.lstrip("0") or "0" if digits.isascii() else str(number(digits))
    return f"{len(value):03}{value}"
