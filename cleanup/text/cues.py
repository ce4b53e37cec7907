"""What is measured of a break between wrapped lines: the evidence that the join model weighs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleanup.text import edges, habits, paragraphs
from cleanup.text.habits import UNKNOWN
from cleanup.text.joins import Break, Habits, Link
from cleanup.text.patterns import regex_pattern
from cleanup.text.press import OWN
from cleanup.text.scripts import HAN, is_han

_BYLINE = regex_pattern(
    rf"[□■口]?[ 　]?(?:{OWN}|新华社)?(?:特派|通讯)?(?:记者|通讯员|评论员|实习生)"
    rf"[ 　：:]?[{HAN} 　]{{2,24}}$|[{HAN}]{{2,4}}[ 　]+(?:[{HAN}]{{2,4}}[ 　]*)?(?:报道|文|摄)$"
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
    inner: bool
    """The punctuation of sentences stands inside it."""
    ended: bool
    """It ends with punctuation."""
    unfinished: bool
    """It ends open, or with a mark behind which more must come."""
    cut: bool
    """It ends amid words: behind a comma a list's line or a sentence's part may be whole."""


class Near(NamedTuple):
    """What the lines around a break are like; the fields mean what they mean in Cues."""

    loose: float
    inner: float
    ended: float
    around: float
    dense: float
    indents: float
    unsure: float


_TRUSTS = ("none", "all", "some", "half", "no")
_TRUST = {name: float(at) for at, name in enumerate(_TRUSTS)}
_FAR = 20


class Cues(NamedTuple):
    """What is measured of one break; widths in characters, kinds as their place in their list."""

    room: float
    """By how much the line before the break falls short of the column's width."""
    room_2_before: float
    room_1_before: float
    """The same of the lines above it."""
    room_1_after: float
    room_2_after: float
    """The same of the lines behind the break."""
    share: float
    """The line before the break, in widths of the column."""
    width: float
    order: float
    """Lines since the page began, 20 at the most."""
    since: float
    """Lines since the latest line of prose."""
    indent: float
    """White space before the line behind the break, 3 at the most."""
    blank: float
    page: float
    trust: float
    """Whether blank lines part paragraphs hereabouts."""
    end: float
    """What the line before the break ends with."""
    end_after: float
    """What the line behind it ends with."""
    start: float
    """What the line behind the break begins with."""
    start_after: float
    """What the line after that begins with."""
    link: float
    """Bits of association between the two characters at the break."""
    paragraph: float
    begin: float
    """Bits by which the words behind the break begin paragraphs rather than sentences; begin paragraphs."""
    finish: float
    """Bits by which the words before the break end sentences."""
    on: float
    lost: float
    """What the language model says of the break, in nats."""
    on_before: float
    on_after: float
    """The same of the break above and of the next."""
    quotes: float
    """Quotations that the line before the break leaves open."""
    spaced: float
    spaced_after: float
    """Whether there is white space inside the line before the break; inside the line behind it."""
    byline: float
    byline_after: float
    signature: float
    """Whether they are bylines; whether the line behind the break is a signature."""
    loose: float
    """Share of the lines around that neither fill the column nor end a sentence: verse, lists, tables."""
    inner: float
    """Share of the lines around with the punctuation of sentences inside."""
    ended: float
    """Share of the lines around that end with punctuation."""
    around: float
    """What the language model says of the open ends around, in nats, on an average."""
    dense: float
    """Share of the lines around that fall short and are closed: how often paragraphs end hereabouts."""
    indents: float
    """Share of the lines around with white space before them."""
    unsure: float
    """Whether a block forbids a join, though not surely."""
    kept: float
    """Of the lines around that fall short, the share that are closed: where it is high, stops were kept."""
    ragged: float
    """By how much lines around that surely go on fall short, all but the worst quarter."""
    setback: float
    """By how much first lines of paragraphs around fall short: by their indent, where the engine lost it."""
    off: float
    """How far the line behind the break is from falling short by that."""
    alike: float
    """Share of the paragraphs around that begin with the like of what the line behind the break does."""
    labels: float
    """How many lines around begin with a speaker (王主任：), where the line behind the break does."""
    balance: float
    """Quotations that are open at the break, since a paragraph surely ended."""
    closing: float
    """Whether the first quotation mark behind the break closes; -1: there is none."""
    run: float
    """Lines since a paragraph surely ended, 30 at the most."""


def brink(looks: Sequence[Look], at: int, width: float, said: Nats | None) -> habits.Brink:
    """The break behind `looks[at]` as its page is judged by."""
    one, two = looks[at], looks[at + 1]
    room = width - one.size
    on = said.on if said else UNKNOWN
    start = edges.start(two.words)
    short = room > max(2.0, 0.12 * width)
    return habits.Brink(one.words, two.words, at, room, short, not one.open, one.cut, on, start)


def measures(
    found: Break,
    looks: Sequence[Look],
    at: int,
    width: float,
    settled: int,
    trust: str,
    flows: Sequence[Nats | None],
    near: Near,
    told: habits.Habits,
    evidence: Evidence,
) -> Cues:
    """The cues of the break behind `looks[at]`.

    `settled` is the latest line of prose, `trust` says whether blank lines part paragraphs, `flows` what
    the language model says of the break before, of this one and of the next, `near` what the lines around
    are like, `told` what the page's paragraphs say.
    """
    one, two = looks[at], looks[at + 1]
    three = looks[at + 2] if at + 2 < len(looks) else None

    def room(line: int) -> float:
        return width - looks[line].size if 0 <= line < len(looks) else UNKNOWN

    known = evidence.habits
    bits = (
        evidence.link(one.words[-1], two.words[0]) if is_han(one.words[-1]) and is_han(two.words[0]) else None
    )
    bare = two.words.replace(" ", "")
    opening = known(bare[:2]) or known(bare[:1]) or (UNKNOWN, UNKNOWN, UNKNOWN)
    ending = known(one.words[-2:]) or known(one.words[-1:]) or (UNKNOWN, UNKNOWN, UNKNOWN)
    before, here, after = flows
    return Cues(
        room=room(at),
        room_2_before=room(at - 2),
        room_1_before=room(at - 1),
        room_1_after=room(at + 1),
        room_2_after=room(at + 2),
        share=one.size / width,
        width=width,
        order=float(min(at, _FAR)),
        since=float(min(at - settled, _FAR)) if settled >= 0 else UNKNOWN,
        indent=float(min(3, found.after.content.start - found.after.span.start)),
        blank=float(found.blank),
        page=float(found.page),
        trust=_TRUST[trust],
        end=edges.end(one.words),
        end_after=edges.end(two.words),
        start=edges.start(two.words),
        start_after=edges.start(three.words) if three else UNKNOWN,
        link=UNKNOWN if bits is None else bits,
        paragraph=opening[0],
        begin=opening[1],
        finish=ending[2],
        on=here.on if here else UNKNOWN,
        lost=here.lost if here else UNKNOWN,
        on_before=before.on if before else UNKNOWN,
        on_after=after.on if after else UNKNOWN,
        quotes=float(one.words.count("“") - one.words.count("”")),
        spaced=float(" " in one.words),
        spaced_after=float(" " in two.words),
        byline=float(bool(_BYLINE.match(one.words))),
        byline_after=float(bool(_BYLINE.match(two.words))),
        signature=float(paragraphs.is_signature(two.words)),
        loose=near.loose,
        inner=near.inner,
        ended=near.ended,
        around=near.around,
        dense=near.dense,
        indents=near.indents,
        unsure=near.unsure,
        kept=near.dense / (near.loose + near.dense) if near.loose + near.dense else UNKNOWN,
        off=room(at + 1) - told.setback if told.setback != UNKNOWN else UNKNOWN,
        **told._asdict(),
    )
