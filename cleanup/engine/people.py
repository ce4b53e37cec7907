"""People of a roster and of texts: who is dangerous to repair by, whom the roster lacks, who stands where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleanup.data.roster import Person, Roster
from cleanup.data.search import named, occurrences
from cleanup.model.fix import Edit
from cleanup.model.journal import Form, Record, Sighting, Status
from cleanup.rules.contract import Names
from cleanup.text import offices, people, simplify
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN, is_simplified

_NAMES = [regex_pattern(rf"[{HAN}]{{{size}}}") for size in (4, 3, 2)] + [
    regex_pattern(rf"[{HAN}][ \u3000]{{1,2}}[{HAN}]")
]
_SEVERAL = regex_pattern(
    rf"[{HAN}]{{1,6}}(?:·[{HAN}]{{1,6}}?)+?(?=[，。、；：！？（）\s]|说|表示|出席|强调|指出|介绍|会见|访问|等)"
)
_APART = regex_pattern("[的在与和由对]|欢迎|会见|看望")
"""What belongs to no organ: the last of it ends the words before."""
_SPACE = regex_pattern(r"[ \u3000]+")
_LIKELY_NAME = -17.0
"""A run of characters after an office that is likelier than this is taken for a name."""
_STRETCH = 100_000
"""Characters in which names are looked for at once, at least."""
_WORD_BITS, _WORD_PER_MILLION = 4.0, 300.0


class Proposal(NamedTuple):
    """Somebody whom the text names with an office."""

    name: str
    title: str
    times: int
    first: str
    last: str


def dangers(roster: Roster) -> tuple[list[tuple[str, str]], list[str]]:
    """Pairs of people one character apart, look-alikes first; names that are ordinary words."""
    tools = Names(roster)
    apart: dict[str, list[str]] = defaultdict(list)
    for name in roster.names:
        for at in range(len(name)):
            apart[f"{name[:at]}?{name[at + 1 :]}"].append(name)
    pairs = sorted(
        (-tools.likeness(one[at], two[at]), one, two)
        for key, names in apart.items()
        for at in [key.index("?")]
        for number, one in enumerate(names)
        for two in names[number + 1 :]
    )
    return [row[1:] for row in pairs], [
        name for name in roster.names if len(name) == 2 and _is_word(name, tools)
    ]


def _is_word(name: str, tools: Names) -> bool:
    bits = tools.pairs.link(name[0], name[1])
    common = min(tools.common.get(char, 0.0) for char in name)
    return bits is not None and bits >= _WORD_BITS and common >= _WORD_PER_MILLION / 10


class Page(NamedTuple):
    """A text of an archive, and the day that it is of, where that is known."""

    text: str
    day: str


def suggest(pages: Iterable[Page], roster: Roster) -> list[Proposal]:
    """People named with an office whom the roster lacks, the most often named first."""
    tools = Names(roster)
    known = {simplify.folded(name) for name in roster.names}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    days: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        text = page.text if is_simplified(page.text) else simplify.simplified(page.text)
        for _, end, word in occurrences(text, tools.office_words):
            start, stop = _name_at(text, end, tools)
            name = _SPACE.sub("", text[start:stop])
            if name and simplify.folded(name) not in known:
                stated = tools.stated(text, start)
                titles[name][_APART.split(stated[-1].organ)[-1] + stated[-1].word if stated else word] += 1
                shown[name][_SPACE.sub("", page.text[start:stop])] += 1
                days[name] += [page.day] if page.day else []
    found = [
        Proposal(
            shown[name].most_common(1)[0][0], count.most_common(1)[0][0], count.total(),
            min(days[name], default=""), max(days[name], default=""),
        )
        for name, count in titles.items()
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row.times, row.name))


def _name_at(text: str, at: int, tools: Names) -> tuple[int, int]:
    """Where the name behind an office stands, the longer reading first; nothing where none is likely."""
    while text[at : at + 1] in (" ", "\u3000"):
        at += 1
    if (several := _SEVERAL.match(text, at)) and people.speaks_after(text, several.end()):
        return several.start(), several.end()
    for match in filter(None, (pattern.match(text, at) for pattern in _NAMES)):
        name = _SPACE.sub("", match[0])
        compound = len(name) > 2 and name[:2] in tools.surnames
        if (
            people.speaks_after(text, match.end())
            and (compound or (len(name) < 4 and tools.is_surname(name[0])))
            and tools.name_likelihood(name) > _LIKELY_NAME - 4 * compound
        ):
            return match.start(), match.end()
    return at, at


def sightings(source: str, text: str, tools: Names, records: Iterable[Record]) -> tuple[Sighting, ...]:
    """Each person of the roster whom the repaired text names: how often, in which forms and offices.

    Who is named by an alias, or in the other script, counts under the name that the roster gives first.
    """
    roster = tools.roster
    counts: Counter[str] = Counter()
    called: dict[str, dict[str, None]] = defaultdict(dict)
    stated: dict[str, dict[str, None]] = defaultdict(dict)
    for shown, word, said in _named(text, tools):
        name = _first(word, roster)
        counts[name] += 1
        if shown != name:
            called[name][shown] = None
        stated[name].update(dict.fromkeys(office.title for office in said))
    forms: dict[str, Counter[tuple[str, Status]]] = defaultdict(Counter)
    rivals: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        if record.edits and (name := _first(record.person, roster)):
            forms[name][form(source, record, record.person), record.status] += 1
            rivals[name].update(dict.fromkeys(record.alternatives))
    return tuple(
        Sighting(
            name,
            "；".join(dict.fromkeys(map(_office, roster.by_name[name]))).strip("；"),
            counts[name],
            tuple(Form(shown, status, many) for (shown, status), many in sorted(forms[name].items())),
            tuple(rivals[name]),
            tuple(stated[name]),
            tuple(called[name]),
        )
        for name in sorted({*counts, *forms}, key=lambda name: (-counts[name], name))
    )


def _office(person: Person) -> str:
    """Organization and title as one: 临溪县委, 县委书记 -> 临溪县委书记."""
    organ, title = person.organization, person.title
    both = next((size for size in range(len(organ), 1, -1) if title.startswith(organ[-size:])), 0)
    return organ + title[both:] if title else ""


def _named(text: str, tools: Names) -> Iterator[tuple[str, str, list[offices.Office]]]:
    """Where people are named: as shown there, as the roster has it, and the offices before it.

    In stretches of lines, since the search takes ten times the memory of its text.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start + _STRETCH) + 1 or len(text)
        stretch = text[start:end]
        plain = stretch if is_simplified(stretch) else simplify.simplified(stretch)
        for found in named(stretch, tools.roster):
            yield stretch[found.start : found.end], found.word, tools.stated(plain, found.start)
        start = end


def _first(word: str, roster: Roster) -> str:
    """The name that the roster gives first to whom it calls so; nothing where it knows nobody."""
    if not word:
        return ""
    if people := roster.by_name.get(word):
        return people[0].name
    plain = simplify.folded(word)
    people = roster.by_name.get(plain) or roster.by_name.get(roster.in_traditional(plain))
    return people[0].name if people else ""


def form(source: str, record: Record, name: str) -> str:
    """The form of `name` that the edits of `record` make whole; line ends in it count as spaces."""
    found = [
        (at, shown) for at in range(len(name) + 1) if (shown := _before(record.edits, name, at)) is not None
    ]
    there = (shown for at, shown in found if source.startswith(shown, record.span.start - at))
    return next(there, found[0][1] if found else name).replace("\n", " ")


def _before(edits: tuple[Edit, ...], name: str, at: int) -> str | None:
    """What `name` was if the first edit made it what it is from `at` on; None where it did not."""
    shown, place = name[:at], at
    for one, following in zip(edits, [*edits[1:], None], strict=True):
        if not name.startswith(one.after, place):
            return None
        shown, place = shown + one.before, place + len(one.after)
        if following:
            between = following.span.start - one.span.end
            shown, place = shown + name[place : place + between], place + between
    return shown + name[place:] if place <= len(name) else None
