"""下转 and 上接 of one issue: which two belong together, by the pages they name and how the text goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from cleanup.archive.stitching import fragments, matching
from cleanup.archive.stitching.fragments import Fragment, IssuePage
from cleanup.archive.stitching.matching import Pair
from cleanup.model.fix import Message
from cleanup.model.stitches import End, IssueStitches, Piece, Seam, Stitched, Trouble
from cleanup.rules.contract import Models
from cleanup.score.scan import scan
from cleanup.text import paragraphs

__all__ = ["IssuePage", "stitch"]
SURE = 0.7
"""From here on two ends are joined."""
# The log-odds from here to the seam are by hand: no fit of them is on record.
_BASE = -2.0
_AGREES, _DISAGREES, _NOWHERE = 2.6, -3.2, -1.6
"""An end names the page of the other; it names another page; one that the issue does not have."""
_TITLE_SAME, _TITLE_OTHER = 3.0, -1.0
_SAME = 80
"""Likeness of a headline and its repetition, of 100."""
_FLOW, _MOST_FLOW = 0.45, 3.0
"""Per nat by which the text behind is likelier after the text before than after anything."""
_NOTHING = "\ue000" * 4
"""Letters that the language model does not know."""
_CLOSED = -0.8
"""The text before breaks off within a sentence, the text behind begins as only a new one does; or reverse."""
_TOPIC, _MOST_TOPIC = 12.0, 2.5
_OVERLAP = 3.0
_SEAM = 24
"""Characters on both sides of a seam that the language model sees."""
_SHORTEST_OVERLAP, _LONGEST_OVERLAP = 6, 80


@dataclass(frozen=True)
class _Link:
    pair: Pair
    confidence: float


def stitch(pages: Sequence[IssuePage]) -> IssueStitches:
    """Join what the pages of one issue broke off; the same for any order of the pages."""
    pages = sorted(pages, key=lambda page: (page.number, page.name))
    parts = [part for page in pages for part in fragments.of(page)]
    tools = Models()
    open_ends = [at for at, part in enumerate(parts) if part.to is not None]
    goings_on = [at for at, part in enumerate(parts) if part.origin is not None]
    there = {page.number for page in pages}
    pairs = [
        _weigh(parts[one], parts[two], one, two, there, tools)
        for one in open_ends
        for two in goings_on
        if parts[one].name != parts[two].name or one < two
    ]
    links, doubtful = _settle(pairs)
    return IssueStitches(
        tuple(_article(number, parts, chain, links) for number, chain in enumerate(_chains(parts, links), 1)),
        tuple(_orphans(parts, links, there)),
        (*_contradictions(parts, links), *_undecided(parts, doubtful)),
    )


def _weigh(before: Fragment, behind: Fragment, one: int, two: int, there: set[int], tools: Models) -> Pair:
    """What speaks for two parts being one article."""
    odds, evidence = _BASE, list[str]()
    assert before.to is not None
    assert behind.origin is not None
    agree = disagree = 0
    for end, other in ((before.to, behind.origin), (behind.origin, before.to)):
        if end.names and other.page:
            if end.names == other.page:
                agree += 1
            else:
                disagree += 1
                odds += _DISAGREES if end.names in there else _NOWHERE
    odds += agree * _AGREES
    evidence.append(f"pages {agree}/2")
    last, first = before.last, behind.first
    if last and first:
        flow = _flow(last, first, tools)
        odds += max(-_MOST_FLOW, min(_MOST_FLOW, _FLOW * flow))
        evidence.append(f"flow {flow:+.1f}")
        if not paragraphs.ends_sentence(last) and paragraphs.opens(first):
            odds += _CLOSED
        if overlap(last, first):
            odds += _OVERLAP
            evidence.append("overlap")
    if before.title and behind.title:
        alike = fuzz.partial_ratio(before.title, behind.title)
        odds += _TITLE_SAME if alike >= _SAME else _TITLE_OTHER if behind.head and alike < 40 else 0.0
        evidence.append(f"titles {alike:.0f}")
    topic = _topic(before.text, behind.text)
    odds += min(_MOST_TOPIC, _TOPIC * topic)
    evidence.append(f"topic {topic:.2f}")
    return Pair(odds, one, two, agree, disagree, tuple(evidence))


def _flow(last: str, first: str, tools: Models) -> float:
    """Nats by which `first` is likelier behind `last` than behind anything."""
    model = tools.model
    before, behind = last[-_SEAM:], first[:_SEAM]
    joined, apart = scan(before + behind, model), scan(_NOTHING + behind, model)
    size = min(4, len(behind))
    one = joined.forward[len(before) : len(before) + size].sum()
    return float(one - apart.forward[len(_NOTHING) : len(_NOTHING) + size].sum())


def _topic(one: str, two: str) -> float:
    """Share of the runs of three characters in the shorter text that the other has too."""
    runs = [{text[at : at + 3] for at in range(len(text) - 2)} for text in (one, two)]
    least = min(map(len, runs))
    return len(runs[0] & runs[1]) / least if least >= 20 else 0.0


def overlap(last: str, first: str) -> str:
    """The end of one text that is the beginning of the other."""
    for size in range(min(len(last), len(first), _LONGEST_OVERLAP), _SHORTEST_OVERLAP - 1, -1):
        if last.endswith(first[:size]):
            return first[:size]
    return ""


def _settle(pairs: Sequence[Pair]) -> tuple[dict[int, _Link], list[Pair]]:
    """The pairs that are joined, by the part that breaks off; and those that fit, but others as well.

    How sure a pair is: the share of all ways to join the ends, each as probable as its pairs make it, that
    hold this pair.
    """
    links: dict[int, _Link] = {}
    doubtful: list[Pair] = []
    for group in matching.groups(pairs):
        for pair, sure in zip(group, matching.shares(group), strict=True):
            if sure >= SURE:
                links[pair.before] = _Link(pair, sure)
            elif pair.odds > 0:
                doubtful.append(pair)
    taken = {link.pair.behind for link in links.values()}
    return links, [pair for pair in doubtful if pair.before not in links and pair.behind not in taken]


def _chains(parts: Sequence[Fragment], links: dict[int, _Link]) -> Iterator[list[int]]:
    """Parts that follow one another, in the order of the issue."""
    behind = {link.pair.behind for link in links.values()}
    for start in range(len(parts)):
        if start in links and start not in behind:
            chain = [start]
            while chain[-1] in links:
                chain.append(links[chain[-1]].pair.behind)
            yield chain


def _article(number: int, parts: Sequence[Fragment], chain: list[int], links: dict[int, _Link]) -> Stitched:
    first = parts[chain[0]]
    pieces = list(first.pieces)
    seams = []
    for one, two in pairwise(chain):
        before, behind, link = parts[one], parts[two], links[one]
        assert before.to is not None
        assert behind.origin is not None
        body = list(behind.pieces)
        if body and body[0].kind == "headline" and fuzz.ratio(body[0].text, first.title) >= _SAME:
            body.pop(0)
        twice = overlap(before.last, behind.first)
        runs_on = bool(pieces and body) and _runs_on(pieces[-1], body[0])
        if twice:
            body[0] = _cut(body[0], len(twice))
            runs_on = True
        if runs_on:
            pieces[-1] = _grown(pieces[-1], body.pop(0).text)
        pieces += body
        evidence = link.pair.evidence
        seams.append(Seam(before.to, behind.origin, round(link.confidence, 4), runs_on, twice, evidence))
    title = first.title or next((parts[at].title for at in chain if parts[at].title), "")
    return Stitched(number, title, tuple(piece for piece in pieces if piece.text), tuple(seams))


def _runs_on(one: Piece, two: Piece) -> bool:
    return one.kind == two.kind == "paragraph" and not paragraphs.ends_sentence(one.text)


def _cut(piece: Piece, size: int) -> Piece:
    return Piece(piece.kind, piece.text[size:], piece.level, piece.name, piece.page, piece.line)


def _grown(piece: Piece, text: str) -> Piece:
    return Piece(piece.kind, piece.text + text, piece.level, piece.name, piece.page, piece.line)


def _orphans(parts: Sequence[Fragment], links: dict[int, _Link], there: set[int]) -> Iterator[Trouble]:
    behind = {link.pair.behind for link in links.values()}
    for at, part in enumerate(parts):
        if part.origin is not None and at not in behind:
            yield Trouble((part.origin,), _alone(part.origin, there))
        if part.to is not None and at not in links:
            yield Trouble((part.to,), _alone(part.to, there))


def _alone(end: End, there: set[int]) -> Message:
    """Why an end has no other end."""
    zh, en = ("下文", "goes on") if end.direction == "to" else ("上文", "comes from elsewhere")
    if not end.names:
        return Message(
            f"“{end.mark}”看不清版次，也没有接得上的文字",
            f"“{end.mark}”: its page number cannot be read, and no text fits",
        )
    if end.names not in there:
        return Message(
            f"“{end.mark}”：本期档案中没有第 {end.names} 版",
            f"“{end.mark}”: page {end.names} is not in this issue",
        )
    return Message(
        f"“{end.mark}”：第 {end.names} 版上没有接得上的{zh}",
        f"“{end.mark}”: nothing on page {end.names} fits (the article {en})",
    )


def _contradictions(parts: Sequence[Fragment], links: dict[int, _Link]) -> Iterator[Trouble]:
    """Joined ends that name other pages than they stand on; and pages named by more than they hold."""
    for link in links.values():
        to, origin = parts[link.pair.before].to, parts[link.pair.behind].origin
        if link.pair.disagree and to is not None and origin is not None:
            yield Trouble(
                (to, origin),
                Message(
                    f"“{to.mark}”（第 {to.page} 版）与“{origin.mark}”（第 {origin.page} 版）版次不合，"
                    "但文字相接，已接上",
                    f"“{to.mark}” (page {to.page}) and “{origin.mark}” (page {origin.page}) name other "
                    "pages; joined, since the text goes on",
                ),
            )


def _undecided(parts: Sequence[Fragment], doubtful: Sequence[Pair]) -> Iterator[Trouble]:
    """Ends that could be joined in more than one way."""
    groups: dict[int, list[Pair]] = {}
    for pair in doubtful:
        groups.setdefault(pair.before, []).append(pair)
    for before, found in groups.items():
        ends = [parts[before].to, *(parts[pair.behind].origin for pair in found)]
        known = tuple(end for end in ends if end is not None)
        yield Trouble(
            known,
            Message(
                f"“{known[0].mark}”（第 {known[0].page} 版）不止一处接得上，请人工判断",
                f"“{known[0].mark}” (page {known[0].page}): more than one part fits; a person must decide",
            ),
        )
