"""What speaks for and against a line going on in the next, where lines are wrapped: named features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from cleanup.model.document import Document, Line
from cleanup.text import paragraphs
from cleanup.text.joins import Break, Habits, Link, breaks, closes
from cleanup.text.scripts import HAN, is_han

_REACH = 12
"""Lines on either side that tell the width of a column."""
_OPEN = 0.45
"""Share of wrapped lines that end inside a sentence, at the least."""
_NARROWEST, _WIDEST = 7.0, 60.0
_LIST = regex.compile(
    r"[（(〔]?[一二三四五六七八九十]{1,3}[）)〕、]|第[一二三四五六七八九十百\d]+[章节条编款]"
    r"|[（(〔]?\d{1,2}[）)〕.．、](?!\d)|[①-⑳]|[-—●○■□▲△◆◇★☆▶►]"
)
_TITLE = regex.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十百\d]+[章节编]")
_BYLINE = regex.compile(
    r"[□■口]?[ 　]?(?:本报|本刊|新华社)?(?:特派|通讯)?(?:记者|通讯员|评论员|实习生)"
    rf"[ 　：:]?[{HAN} 　]{{2,24}}$|[{HAN}]{{2,4}}[ 　]+(?:[{HAN}]{{2,4}}[ 　]*)?(?:报道|文|摄)$"
)
_AGENCY = regex.compile(
    r"[（(]?(?:本报|本刊|新华社|中新社|人民网|光明网|据新华)[^，。]{0,24}(?:讯|电|报道)"
    r"|[（(]记者|(?:本报|新华社)记者"
)
_OPENER = regex.compile(
    r"会议|据悉|据了解|记者|近日|日前|目前|同时|此外|另外|今年|去年|近年|当天|当日|今天|昨[天日]|他说|她说|在|为|对"
    r"|随着|从|与此|其中|此次|通过|围绕|针对|与会|各地|要|坚持|[一二三四五]是|首先|其次|最后|第[一二三]|如今|\d{1,2}月\d"
)


class Seam(NamedTuple):
    """A break between wrapped lines with its features."""

    found: Break
    features: tuple[str, ...]
    barred: bool
    """No join, whatever the model says: a short numbered title, a salutation, a jump line, a signature;
    a blank line behind a sentence where blank lines part paragraphs."""


class _Look(NamedTuple):
    """A line, measured."""

    words: str
    size: float
    open: bool
    prose: bool


def seams(document: Document, link: Link, habits: Habits) -> Iterator[Seam]:
    """The breaks of a document that lie among wrapped lines."""
    cuts = list(breaks(document))
    looks: list[_Look] = []
    places: list[int] = []
    last = None
    for found in cuts:
        if found.before is not last:
            looks.append(_look(document, found.before))
        places.append(len(looks) - 1)
        looks.append(_look(document, found.after))
        last = found.after
    settled = -1  # the latest line of prose so far
    for order, (found, at) in enumerate(zip(cuts, places, strict=True)):
        if looks[at].prose and looks[at].size > 8:
            settled = at
        width = _width(looks[max(0, at - _REACH) : at + _REACH + 2])
        if width:
            trust = _trust(cuts[max(0, order - _REACH) : order + _REACH + 1], document)
            named = _features(found, looks, at, width, settled, trust, link, habits)
            yield Seam(found, tuple(named), _is_barred(found, trust, looks[at], looks[at + 1], width))


def _look(document: Document, line: Line) -> _Look:
    words = document.words(line)
    return _Look(words, measure(words), paragraphs.ends_open(words), paragraphs.is_prose(words))


def measure(words: str) -> float:
    """The printed width of a line in characters: Latin letters and digits are half as wide."""
    return sum(0.0 if char in " 　" else 0.55 if char.isascii() and char.isalnum() else 1.0 for char in words)


def _width(looks: Sequence[_Look]) -> float:
    """The width of the column that these lines stand in; 0 where they are not wrapped."""
    if len(looks) < 4:
        return 0.0
    sizes = sorted(look.size for look in looks)
    width = sizes[int(len(sizes) * 0.75)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0.0
    full = [look for look in looks if look.size >= 0.85 * width]
    wide = sum(look.size > 1.3 * width + 2 for look in looks)
    broken = sum(look.open for look in full)
    if sum(look.open for look in looks) < _OPEN * len(looks):
        return 0.0  # a line is a sentence
    if broken < max(3, 0.4 * len(full)) or len(full) < 0.35 * len(looks) or wide > 0.2 * len(looks):
        return 0.0
    return width


def _is_barred(found: Break, trust: str, one: _Look, two: _Look, width: float) -> bool:
    if found.blank and not found.page and trust == "all" and not one.open and one.words[-1] in "。！？":
        return True
    if paragraphs.is_jump_line(one.words) or paragraphs.is_jump_line(two.words):
        return True
    if paragraphs.is_salutation(one.words) and one.size < 0.9 * width:
        return True
    title = bool(_TITLE.match(one.words)) and not one.prose and one.size < 0.7 * width
    return title and is_han(one.words[-1])


def _trust(near: Sequence[Break], document: Document) -> str:
    """Whether blank lines part paragraphs hereabouts: they do where they stand behind sentences."""
    blank = [found for found in near if found.blank and not found.page]
    if not blank:
        return "none"
    after = sum(document.text[found.before.content.end - 1] in "。！？”…：" for found in blank)
    finals = sum(document.text[found.before.content.end - 1] in "。！？" for found in near)
    if after >= 0.8 * len(blank):
        return "all" if after >= 0.7 * finals else "some"
    return "half" if after >= 0.5 * len(blank) else "no"


def _end(words: str) -> str:
    last = words[-1]
    if last in "，、,":
        return "comma"
    if last in "；;":
        return "semicolon"
    if last in "：:":
        return "colon"
    if last in "。！？!?…":
        return "stop"
    if last in ".．":
        return "dot"
    if last in "”’』」\"'":
        return "quote-stop" if words[-2:-1] and words[-2] in "。！？…" else "quote"
    if last in "）)〉》】":
        return "bracket"
    if last in "“‘（《〈「『(":
        return "opening"
    if last in "—-–~":
        return "dash"
    if is_han(last):
        return "han"
    if last.isdigit():
        return "digit"
    return "latin" if last.isalpha() else "other"


def _start(words: str) -> str:
    first = words[0]
    if first in "，。、；：！？）》〉】」』”’%％,;:!?)":
        return "cannot"
    if _AGENCY.match(words):
        return "agency"
    if _LIST.match(words):
        return "list"
    if first in '“‘「『"':
        return "quote"
    if first in "（(《〈":
        return "bracket"
    if _OPENER.match(words):
        return "opener"
    if is_han(first):
        return "han"
    return "digit" if first.isdigit() else "latin" if first.isalpha() else "other"


def _bucket(value: float, steps: tuple[float, ...]) -> int:
    return sum(value > step for step in steps)


_SHORT = (-12.0, -7.0, -4.5, -3.2, -2.4, -1.6, -0.9, -0.3, 0.4, 1.2, 2.5)


def _features(
    found: Break,
    looks: list[_Look],
    at: int,
    width: float,
    settled: int,
    trust: str,
    link: Link,
    habits: Habits,
) -> list[str]:
    one, two = looks[at], looks[at + 1]
    three = looks[at + 2] if at + 2 < len(looks) else None
    end, start = _end(one.words), _start(two.words)
    short1 = _bucket(one.size - width, _SHORT)
    short2 = _bucket(two.size - width, _SHORT)
    short3 = _bucket(three.size - width, _SHORT) if three else -1
    share = int(min(1.2, one.size / width) * 5)
    gap = "page" if found.page else "blank" if found.blank else "line"
    indent = found.after.content.start - found.after.span.start
    indent = min(3, indent)
    final = "final" if end in ("stop", "quote-stop", "dot") else end
    raw = [
        f"end={end}", f"start={start}", f"short1={short1}", f"short2={short2}", f"short3={short3}",
        f"gap={gap}",
        f"indent={indent}", f"share={share}", f"end,start={end},{start}", f"end,short1={final},{short1}",
        f"end,short2={final},{short2}", f"end,gap={final},{gap}", f"short1,gap={short1},{gap}",
        f"short1,short2={short1},{short2}", f"short2,short3={short2},{short3}",
        f"end,short1,short2={final},{min(short1, 8)},{min(short2, 8)}",
        f"end,gap,short2={final},{gap},{short2}",
        f"start,short2={start},{short2}", f"start,short1={start},{short1}", f"gap,start={gap},{start}",
        f"prose={one.prose},{two.prose}", f"prose,gap={one.prose},{two.prose},{gap}",
        f"prose,short1={one.prose},{two.prose},{short1}", f"head={settled < 0},{final},{gap}",
        f"head,short={settled < 0},{one.prose},{two.prose},{short1},{short2 > 3}",
        f"since={min(4, at - settled)},{final},{share}",
    ]  # fmt: skip
    if is_han(one.words[-1]) and is_han(two.words[0]):
        bits = link(one.words[-1], two.words[0])
        strength = "none" if bits is None else str(_bucket(bits, (-4.0, -1.0, 1.0, 3.0, 5.0, 7.0)))
        raw += [f"link={strength}", f"link,gap={strength},{gap}", f"link,head={strength},{settled < 0}"]
        raw.append(f"link,short1={strength},{short1 // 2}")
    bare = two.words.replace(" ", "")
    opening = habits(bare[:2]) or habits(bare[:1])
    if opening and final == "final":
        size = _bucket(opening[0], (-3.0, -1.5, -0.5, 0.5, 1.5, 2.5))
        raw += [f"paragraph={size}", f"paragraph,short1={size},{short1}", f"paragraph,short2={size},{short2}"]
    elif opening:
        size = _bucket(opening[1], (-4.0, -2.5, -1.0, 0.5, 2.0, 3.5))
        raw += [f"begin={size}", f"begin,short1={size},{short1}", f"begin,short2={size},{short2}"]
        raw.append(f"begin,end={size},{end}")
        ending = habits(one.words[-2:]) or habits(one.words[-1:])
        if end == "han" and ending:
            last = _bucket(ending[2], (-4.0, -2.0, -0.5, 0.5, 1.5, 2.5))
            raw += [f"finish={last}", f"finish,begin={last},{size}", f"finish,short1={last},{short1}"]
    spaced = f"{' ' in one.words.strip()},{' ' in two.words.strip()}"
    raw.append(f"spaced={spaced},{settled < 0}")
    if one.words in two.words or two.words in one.words:
        raw.append(f"again={settled < 0}")
    raw.append(f"gap,sizes={gap},{final},{short1 // 3},{short2 // 3}")
    raw += [f"trust={trust},{gap},{final}", f"trust,short2={trust},{gap},{final},{short2 // 2}"]
    raw.append(f"trust,start={trust},{gap},{final == 'final'},{start}")
    raw.append(f"order={min(at, 6)},{settled < 0},{final}")
    raw.append(f"wide={_bucket(width, (14.5, 23.5))},{final},{short1}")
    raw.append(f"wide2={_bucket(width, (14.5, 23.5))},{final},{short2}")
    if closes(one.words, two.words):
        raw.append("closes")
    if _BYLINE.match(one.words):
        raw.append(f"byline1={final}")
    if _BYLINE.match(two.words):
        raw.append(f"byline2={final}")
    if paragraphs.is_signature(two.words):
        raw.append("signature2")
    if one.words.count("“") > one.words.count("”"):
        raw.append(f"quote-open={final}")
    if three is not None:
        start3, short = _start(three.words), not two.prose and two.open
        raw += [f"heading2={short},{start3},{short2}", f"heading2,end={short},{start3},{final}"]
        if opening3 := habits(three.words[:2]):
            size3 = _bucket(opening3[1], (-2.5, 0.5, 2.0, 3.5))
            raw.append(f"heading2,begin={short},{size3},{short2},{final == 'final'}")
        raw.append(f"next={two.open},{three.prose},{final},{short2 // 2}")
    return raw
