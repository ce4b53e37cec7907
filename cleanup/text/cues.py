"""Named features of a break between wrapped lines: the evidence that the join model weighs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from cleanup.text import paragraphs
from cleanup.text.joins import Break, Habits, Link, closes
from cleanup.text.scripts import HAN, is_han

_LIST = regex.compile(
    r"[（(〔]?[一二三四五六七八九十]{1,3}[）)〕、]|第[一二三四五六七八九十百\d]+[章节条编款]"
    r"|[（(〔]?\d{1,2}[）)〕.．、](?!\d)|[①-⑳]|[-—●○■□▲△◆◇★☆▶►]"
)
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


class Nats(NamedTuple):
    """By how much the language model likes one reading of a break more than another, in nats."""

    on: float
    """The text goes on, rather than a paragraph ends."""
    lost: float
    """The text goes on, rather than a paragraph ends whose full stop was lost."""


Flow = Callable[[Sequence[tuple[str, str]]], Sequence[Nats]]
"""What a language model says of breaks, each given as the lines before and behind it."""


class Evidence(NamedTuple):
    """What is known of the language, beside the page itself."""

    link: Link
    habits: Habits
    flow: Flow | None
    """None: no language model, or none of the text's script."""


class Look(NamedTuple):
    """A line, measured."""

    words: str
    size: float
    """Printed width in characters."""
    open: bool
    """It ends where a sentence cannot."""
    prose: bool


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
    return bisect_left(steps, value)


_SHORT = (-12.0, -7.0, -4.5, -3.2, -2.4, -1.6, -0.9, -0.3, 0.4, 1.2, 2.5)


_FLOW = (-12.0, -8.0, -5.0, -3.0, -1.0, 1.0, 3.0, 5.0, 8.0, 12.0)


def features(
    found: Break,
    looks: list[Look],
    at: int,
    width: float,
    settled: int,
    trust: str,
    flows: Sequence[Nats | None],
    evidence: Evidence,
) -> list[str]:
    """The features of the break behind `looks[at]`.

    `settled` is the latest line of prose, `trust` says whether blank lines part paragraphs, `flows` what
    the language model says of the break before, of this one and of the next.
    """
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
        bits = evidence.link(one.words[-1], two.words[0])
        strength = "none" if bits is None else str(_bucket(bits, (-4.0, -1.0, 1.0, 3.0, 5.0, 7.0)))
        raw += [f"link={strength}", f"link,gap={strength},{gap}", f"link,head={strength},{settled < 0}"]
        raw.append(f"link,short1={strength},{short1 // 2}")
    bare = two.words.replace(" ", "")
    habits = evidence.habits
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
    raw += _flow_features(flows, final, short1, gap)
    return raw


def _flow_features(flows: Sequence[Nats | None], final: str, short1: int, gap: str) -> list[str]:
    here = flows[1]
    if here is None:
        return ["flow=none"]
    on, lost = _bucket(here.on, _FLOW), _bucket(here.lost, _FLOW)
    before, behind = (_bucket(near.on, _FLOW) if near else -1 for near in (flows[0], flows[2]))
    return [
        f"flow={on},{final}", f"flow,short1={on},{short1}", f"flow,gap={on},{gap}",
        f"lost={lost},{final}", f"lost,short1={lost},{short1}",
        f"flow before={before},{final}", f"flow behind={behind},{final}",
        f"flow,before={on},{before}", f"flow,behind={on},{behind}",
    ]  # fmt: skip
