"""Reads a text with language model, channel and judge: what is wrong, what was meant, how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from cleanup.score import again, gate, page, share
from cleanup.score.again import HEARD, Again
from cleanup.score.beside import Beside
from cleanup.score.candidates import DELETE, INSERT, SUBSTITUTE, Candidates, Proposer
from cleanup.score.channel import Channel
from cleanup.score.evidence import NAMES, evidence, gather, worth
from cleanup.score.gate import Sites
from cleanup.score.judge import Judge
from cleanup.score.known import Known
from cleanup.score.limits import delicate, forbidden
from cleanup.score.ngram import Ngrams, Reals
from cleanup.score.regression import log_odds
from cleanup.score.scan import Scan, characters, codes_of, scan
from cleanup.score.stretches import Judged, Part, joined, parts, together
from cleanup.score.unfitting import Doubt, Unfitting
from cleanup.text import signs

FAINTEST = 0.001
"""Candidates less probable than this are not considered."""
ODDEST = 2.0
"""Odds asked of the places that are looked at first: four of five errors stand there."""
FEWEST, SEARCHED = 0.0002, -1.5
"""Share of wrong characters at the oddest places from which on a text is searched whole, and the odds asked
of places then. Down to 0 a twelfth of the misread Han characters of ocr-kinds-dev is not looked at."""
LEAST, CALM, WORN, ASKED = (0.15, 0.05, 0.2), (0.15, 0.05, 0.3), 0.004, 0.02
"""From here on a change is suggested, by kind (substitution, insertion, deletion), in a text with such a
share of wrong characters, those mended with them, and in a calmer one, which gets at most five a thousand
characters; ASKED: where the engine doubted. In the first what may have stood elsewhere is suggested too."""
MOST = 5
Told = Mapping[int, Mapping[str, float]]
"""Place → {character: the engine's share of confidence in it}."""
UNTOLD: Told = MappingProxyType({})
TOLD = 10
"""What the engine itself thought of counts like a misreading that was seen so often, times its share. On five
pages with tesseract's alternatives (bench/scan, bench/scans; one read upside down aside) any weight from 1 to
100 repairs 29 characters where none repairs 26, and spoils nothing."""
APART = 5
"""Characters between a likely change and others of one look: what it changes spoke for them too."""
MADE = 0.6
"""Nothing less probable than this is changed (rules/context/misread.py)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A change at one place: `read` (empty: something is missing) becomes `new` (empty: too many)."""

    at: int
    read: str
    new: str
    probability: float
    others: tuple[str, ...]
    """Other things it may be, best first."""
    guarded: bool
    """A person decides: it would change a number, or all else in the text seems right."""
    same: int = 0
    """Other places of the page that seem to be misread alike."""
    run: str = ""
    """What stands elsewhere on the page as it would stand here; empty: nothing that says much."""


class Corrector:
    """The models together."""

    def __init__(
        self, model: Ngrams, beside: Beside, channel: Channel, judge: Judge, second: Again | None = None
    ) -> None:
        """`second`: what looks again at the changes that seem probable, if anything."""
        self.model = model
        self._judge = judge
        self._again = second
        self._proposer = Proposer(model, beside, channel)
        self._unfitting = (
            Unfitting(self._proposer, model, second.other, second.doubted)
            if second is not None and second.doubted is not None
            else None
        )
        self._is_worn = False
        """Whether the text read last has so many errors that more is suggested."""
        self._parts: dict[tuple[str, str], Part] = {}
        """Those of the text read last: it is read again after each change."""
        self._habits: dict[tuple[str, str], int] = {}
        """How the text was found to be misread, before it was repaired."""

    def for_a_text(self) -> Corrector:
        """The same models, with nothing read yet: a corrector reads one text, and again what became of it."""
        found = copy(self)
        found._parts, found._habits = {}, {}
        return found

    def use(self, channel: Channel) -> None:
        """Take another channel from now on; for who shares these models with nobody."""
        self._proposer.use(channel)
        self._parts = {}

    def weigh(self, found: Scan, sites: Sites) -> tuple[Candidates, Reals]:
        """The candidates worth judging at some places of a text, with their evidence."""
        thought, own = self._think(found, sites)
        return thought, evidence(found, thought, own, self.model)

    def _think(self, found: Scan, sites: Sites) -> tuple[Candidates, Reals]:
        """The candidates worth judging at some places, with what is known of each from around its place."""
        thought = self._proposer.propose(found, sites)
        thought = thought.only(~forbidden(found, thought))
        return worth(found, thought, self.model, self._proposer.channel)

    def _scanned(self, text: str, shown: str, before: Part | None) -> Part:
        """A part of a text; `before`: what it was before it was changed, where it was read."""
        found = scan(text, self.model)
        odds = gate.odds(found, self.model, self._judge.gates)
        if shown:
            found = replace(found, printed=codes_of(shown))
        return Part(found, odds, Known(text, shown, len(HEARD), before.known if before else None))

    def _judge_at(self, part: Part, least: float) -> tuple[Sites, Judged]:
        """The places of a part of a text with odds over `least` that were not looked at, and their candidates
        with their probabilities."""
        found, known, sites = part.found, part.known, part.unseen(least)
        soon = part.unseen(SEARCHED) if least > SEARCHED else None
        thought, own, rows = known.at(sites, lambda missing: self._think(found, missing), soon)
        table = evidence(found, thought, own, self.model)
        sure = self._judge.probability(thought, characters(found.codes[thought.at]), table)
        keep = np.flatnonzero(sure >= FAINTEST)
        thought, rows = thought.only(keep), rows[keep]

        sure, table, untold = sure[keep], table[keep], np.zeros(len(keep))
        heard = None
        if (second := self._again) is not None:
            some = again.doubted(sure)
            doubted = thought.only(some)
            heard = known.heard(rows[some], lambda new: second.heard(found.text, doubted.only(new)))
        return sites, again.judged(thought, sure, untold, table, heard)

    def _judge_told(self, found: Scan, told: Told) -> Judged:
        """Candidates at places of which the engine says what else they may be, and their probabilities."""
        sites = Sites(np.array(sorted(told)), *(np.zeros(0, dtype=np.int64),) * 2)
        thought = self._proposer.propose(found, sites)
        known = set(zip(thought.at.tolist(), thought.char.tolist(), strict=True))
        more = [(at, new) for at in told for new in told[at] if (at, new) not in known]
        chars = "".join(new for _, new in more)
        places = np.array([at for at, _ in more], dtype=np.int64)
        added = Candidates(
            places, np.zeros_like(places), self.model.alphabet.ids(chars), np.array(list(chars), "<U1")
        )
        thought = joined([thought, added])
        thought = thought.only(np.lexsort((thought.kind, thought.at)))
        thought = thought.only(~forbidden(found, thought))
        thought, table = gather(found, thought, self.model, self._proposer.channel)
        rows = zip(thought.at.tolist(), thought.kind.tolist(), thought.char.tolist(), strict=True)
        shares = [told[at].get(new, 0.0) if kind == SUBSTITUTE else 0.0 for at, kind, new in rows]
        read, seen, told_of = characters(found.codes[thought.at]), NAMES.index("seen"), table.copy()
        told_of[:, seen] = np.maximum(table[:, seen], np.log1p(TOLD * np.array(shares)))
        alone, sure = (self._judge.probability(thought, read, one) for one in (table, told_of))
        heard = None
        if self._again is not None:
            heard = self._again.heard(found.text, thought.only(again.doubted(sure)))
        return again.judged(thought, sure, log_odds(sure) - log_odds(alone), table, heard)

    def _judge_all(self, text: str, least: float, told: Told = UNTOLD, shown: str = "") -> Judged:
        """Candidates at all places with odds over `least` and where the engine says what else they may be,
        and their probabilities."""
        every = []
        kept: dict[tuple[str, str], Part] = {}
        spans = {span: (text[slice(*span)], shown[slice(*span)]) for span in parts(text)}
        gone = iter([part for words, part in self._parts.items() if words not in spans.values()])
        for (start, end), words in spans.items():
            part = kept.get(words) or self._parts.get(words) or self._scanned(*words, next(gone, None))
            kept[words] = part
            if least not in part:
                part.add(least, *self._judge_at(part, least))
            judged = part.judged(least)
            if some := {at - start: told[at] for at in told if start <= at < end}:
                if part.told is None or part.told[0] != some:
                    part.told = some, self._judge_told(part.found, some)
                rest = ~np.isin(judged.thought.at, list(some)) | (judged.thought.kind == INSERT)
                judged = together([judged.only(rest), part.told[1]]).in_order()
            every.append(judged.moved(start))
        self._parts = kept
        return together(every)

    def read(self, text: str, told: Told = UNTOLD, shown: str = "") -> tuple[Reading, ...]:
        """What may be wrong in `text`, by place; `told`: what else the engine took some characters for;
        `shown`: how the text stands in traditional script, letter for letter, if it does.

        First only the oddest places are looked at; a text in which they prove right is not searched further.
        """
        judged = self._judge_all(text, ODDEST, told, shown)
        sure, wrong = share.settled(judged.sure, judged.thought, len(text), self._judge.usual)
        first = judged.thought, sure
        if wrong >= FEWEST:
            judged = self._judge_all(text, SEARCHED, told, shown)
            sure, _ = share.settled(judged.sure, judged.thought, len(text), self._judge.usual)
        thought = judged.thought
        if self._again is not None:
            sure = self._again.judge(text, self.model.alphabet.ids(text), judged, sure, self._habits)
        sure = page.spread(text, thought, sure, self._habits)
        mended = max(0, sum(self._habits.values()) - len({*thought.at[sure >= page.SURE].tolist()}))
        self._is_worn = wrong + mended / len(text) >= WORN
        worth = sure >= np.array(LEAST if self._is_worn else CALM)[thought.kind]
        if told:
            worth |= (sure >= ASKED) & np.isin(thought.at, [*told])
        if not worth.any():
            return ()
        guarded = delicate(signs.codes(text), thought)
        order = np.lexsort((-sure, thought.at))
        starts = np.flatnonzero(np.diff(thought.at[order], prepend=-1))
        alone = share.is_alone(*first, thought.at, len(text), mended)
        guarded |= (sure < share.SURE_IF_QUIET) & alone
        ends = np.append(starts[1:], len(order))
        some = worth[order[starts]]
        readings: list[Reading] = []
        for start, end in zip(starts[some].tolist(), ends[some].tolist(), strict=True):
            rows = order[start:end]
            best = rows[0]
            at, insert = int(thought.at[best]), thought.kind[best] == INSERT
            words = [_word(thought, row) for row in rows if (thought.kind[row] == INSERT) == insert]
            others = tuple(dict.fromkeys(word for word in words if word != words[0]))[: MOST - 1]
            read = "" if insert else text[at]
            readings.append(Reading(at, read, words[0], float(sure[best]), others, bool(guarded[best])))
        return tuple(self._with_grounds(text, readings))

    def think_widely(self, text: str, shown: str, least: float) -> Iterator[tuple[int, Candidates, Reals]]:
        """All that may have stood at the places of a text with odds over `least`: where each of its parts
        begins, and of that part the candidates with their evidence."""
        if self._unfitting is not None:
            for start, end in parts(text):
                part = self._scanned(text[start:end], shown[start:end], None)
                odds = part.odds.characters
                yield (
                    start,
                    *self._unfitting.weigh(part.found, odds, self._unfitting.odd(part.found, odds, least)),
                )

    def doubts(self, text: str, shown: str) -> Iterator[Doubt]:
        """What may have stood where characters do not fit, in a text that was `read` before and has, or had,
        many errors."""
        if self._unfitting is None or not self._is_worn:
            return
        for start, end in parts(text):
            part = self._parts[text[start:end], shown[start:end]]
            for doubt in self._unfitting.find(part.found, part.odds.characters, SEARCHED):
                yield doubt._replace(at=doubt.at + start)

    def forgets(self, text: str, told: Told, shown: str, found: Iterable[Reading]) -> bool:
        """Forget how the text was misread before it was repaired; whether that may change what is made of it:
        a change seems surer than as it was `found`, or others are the likeliest of their neighbours."""
        if not self._habits:
            return False
        before = {(one.at, one.new): one.probability for one in found}
        self._habits = {}
        after = {(one.at, one.new): one.probability for one in self.read(text, told, shown)}
        self._habits = {}
        likely = _likeliest(after)
        return any(after[key] > before.get(key, 0.0) for key in likely) or (
            bool(likely) and likely != _likeliest(before)
        )

    def _with_grounds(self, text: str, readings: Sequence[Reading]) -> Iterator[Reading]:
        """The same, with what the page says for them. How often what was misread for what is remembered: once
        that is repaired the text does not tell it any more."""
        seen = Counter(
            (one.read, one.new) for one in readings if one.probability >= page.SURE and not one.guarded
        )
        for pair, many in seen.items():
            self._habits[pair] = max(self._habits.get(pair, 0), many)
        for one in readings:
            pair = one.read, one.new
            same = self._habits.get(pair, 0) - (one.probability >= page.SURE and not one.guarded)
            yield replace(one, same=max(0, same), run=page.known_run(text, one.at, one.read, one.new))


def _likeliest(sure: Mapping[tuple[int, str], float]) -> set[tuple[int, str]]:
    """The likely changes, of those that stand near one another the likeliest."""
    found: set[tuple[int, str]] = set()
    near: set[int] = set()
    for key in sorted((key for key in sure if sure[key] > MADE), key=lambda key: (-sure[key], key)):
        if key[0] not in near:
            found.add(key)
            near.update(range(key[0] - APART + 1, key[0] + APART))
    return found


def _word(thought: Candidates, row: int) -> str:
    return "" if thought.kind[row] == DELETE else str(thought.char[row])
