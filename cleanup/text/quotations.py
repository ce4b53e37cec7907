"""Quotation marks of a paragraph that do not pair: the readings of them that would, and the cheapest."""

from __future__ import annotations

from typing import NamedTuple

from cleanup.text.patterns import regex_pattern

OPEN, CLOSE = "“", "”"
_MARKS = regex_pattern(f"[{OPEN}{CLOSE}]")
_PAIRED = regex_pattern(rf"(?:[^{OPEN}{CLOSE}]*{OPEN}[^{OPEN}{CLOSE}]*{CLOSE})*[^{OPEN}{CLOSE}]*")
_SPOKEN = "说|道|问|答|叫|喊|嚷|骂|笑|哭|叹|应|劝|插嘴|表示|指出|强调|解释|告诉|点头|摇头|說|問|罵|歎|勸"
_TELLER = regex_pattern(rf"[^，。！？：；、…“”]{{1,14}}?(?:{_SPOKEN})")
"""What follows a speech and tells who spoke: 他说, 老王摇着头问."""
_SAID = regex_pattern(rf"(?:{_SPOKEN}|云|曰|写|想)(?:着|了|过|到)?[，,]$")
_TALK = regex_pattern("[我你您咱俺吗呢吧啊呀哩嘛！？]")
"""Words of speech, not of a report."""
_COLON = ("", "：", ":")
"""Speech begins behind a colon, or with the paragraph."""
_STOP = "。！？…!?"
_BEHIND_SPEECH = _STOP + "，—"
_NOT_FIRST = "，。、；：！？…）》”’"
"""Nothing quoted begins with these, and no closing mark is followed by an opening one's words."""
_SHORT = 12
"""Characters: a name or a word in quotation marks is not longer."""

# What a reading costs (by hand, held against speech of novels and reports whose marks were taken away).
_FLIP, _FLIP_WORD, _LOST, _MAYBE = 0.8, 1.1, 1.0, 1.3
_ODD = 2.0
"""A mark that stands where none of its kind does."""
_STRAY = 1.8
"""A mark that should not be there at all."""
_MARGIN = 0.5
"""By how much the cheapest reading must be cheaper than any other."""
_MOST_LOST = 2
"""Marks put in, at the most."""

Change = tuple[int, int, str]
"""Where a change starts and ends in the words, and what is there then."""


class Around(NamedTuple):
    """What is known besides the words of a paragraph."""

    speech: bool
    """Paragraphs hereabouts are speech, each in marks of its own."""
    carried: bool
    """A quotation may come over from the paragraph before."""
    goes_on: bool
    """One may go on in the next."""


class _Path(NamedTuple):
    cost: float
    changes: tuple[Change, ...]
    doubtful: bool
    """It has a change that is right too seldom: such a paragraph is left as it is."""
    inside: int
    """Where the quotation that is open here began; -1: none is."""


def is_paired(words: str) -> bool:
    """Whether every mark has its partner, in turn."""
    return _PAIRED.fullmatch(words) is not None


def paired(words: str, around: Around) -> tuple[Change, ...]:
    """The changes by which the quotation marks of a paragraph pair, where one reading is plainly the best;
    nothing where they pair as they are, where nothing tells, and where straight ones stand among them."""
    if is_paired(words) or '"' in words:
        return ()
    marks = {match.start() for match in _MARKS.finditer(words)}
    paths = [_Path(0.0, (), False, -1)]
    if around.carried:
        paths.append(_Path(0.0, (), False, 0))
    for at in range(len(words) + 1):
        paths = _put_in(words, at, paths, around)
        if at in marks:
            paths = [new for path in paths for new in _read(words, at, path)]
        if at in marks or len(paths) > 12:
            paths = _best(paths)
    ends = sorted((path for path in paths if path.inside < 0 or around.goes_on), key=lambda path: path.cost)
    if not ends or ends[0].doubtful or not ends[0].changes:
        return ()
    if len(ends) > 1 and ends[1].cost - ends[0].cost < _MARGIN:
        return ()
    lost = sum(start == end for start, end, _ in ends[0].changes)
    return ends[0].changes if lost <= _MOST_LOST else ()


def applied(words: str, changes: tuple[Change, ...]) -> str:
    """The words after changes."""
    for start, end, after in reversed(changes):
        words = words[:start] + after + words[end:]
    return words


def ends_inside(words: str, inside: bool) -> bool:
    """Whether a quotation is open at the end of a paragraph; `inside`: whether one was at its start."""
    last = max(words.rfind(OPEN), words.rfind(CLOSE))
    return words[last] == OPEN if last >= 0 else inside


def closes_first(words: str) -> bool:
    """Whether the first mark of a paragraph closes, or may have been read wrong and do so."""
    first = _MARKS.search(words)
    if first is None:
        return False
    return first[0] == CLOSE or (first.start() > 0 and words[first.start() - 1] in _STOP)


def _best(paths: list[_Path]) -> list[_Path]:
    """The cheapest readings inside a quotation and outside."""
    kept: list[_Path] = []
    for inside in (False, True):
        kept += sorted((path for path in paths if (path.inside >= 0) is inside), key=lambda path: path.cost)[
            :4
        ]
    return kept


def _put_in(words: str, at: int, paths: list[_Path], around: Around) -> list[_Path]:
    """The readings with a mark put in before `words[at]`, besides those without."""
    found = list(paths)
    for path in paths:
        if path.inside < 0:
            cost = _opening(words, at, around)
            if cost:
                found.append(_changed(path, cost, (at, at, OPEN), at))
        elif cost := _closing(words, at, path.inside):
            found.append(_changed(path, cost, (at, at, CLOSE), -1))
    return found


def _opening(words: str, at: int, around: Around) -> float:
    """What it costs that an opening mark was lost before `words[at]`; 0: none can have been."""
    if at >= len(words) or words[at] in _NOT_FIRST + OPEN + "‘":
        return 0.0
    closed = words.find(CLOSE, at)
    if closed < 0 or not _closes_speech(words, closed):
        return 0.0
    if at == 0:
        return _LOST if around.speech else 0.0
    if words[at - 1] in _COLON:
        return _LOST
    return _MAYBE if _SAID.search(words, max(0, at - 8), at) else 0.0


def _closing(words: str, at: int, begun: int) -> float:
    """What it costs that a closing mark was lost before `words[at]`; 0: none can have been."""
    if at - begun < 2 or words[at - 1] not in _BEHIND_SPEECH or words[begun - 1 : begun] not in _COLON:
        return 0.0
    if at == len(words):
        if words[at - 1] not in _STOP + "—" or (begun == 0 and not _TALK.search(words)):
            return 0.0
        return _LOST
    if words[at] in _NOT_FIRST or words[at - 1] == "—":
        return 0.0
    if _TELLER.match(words, at) and words[at - 1] in "？！?!…":
        return _LOST
    return _MAYBE if words[at - 1] in _STOP or _TELLER.match(words, at) else 0.0


def _closes_speech(words: str, at: int) -> bool:
    """Whether a closing mark at `words[at]` is that of speech, not of a name or a word."""
    return words[at - 1] in _STOP + "—" or bool(words[at - 1] == "，" and _TELLER.match(words, at + 1))


def _read(words: str, at: int, path: _Path) -> list[_Path]:
    """The readings of the mark at `words[at]`."""
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    stray = path._replace(cost=path.cost + _STRAY, doubtful=True)
    cost = 0.0
    if path.inside >= 0:
        mark, inside = CLOSE, -1
        if at - path.inside < 2 or before in "：（“《":
            cost = _ODD
        elif words[at] == OPEN:
            cost = _flip(words, at, path.inside)
    else:
        mark, inside = OPEN, at
        if not after or after in _NOT_FIRST:
            cost = _ODD
        elif words[at] == CLOSE:
            cost = _FLIP if before in _COLON else _ODD
    changes = path.changes if words[at] == mark else (*path.changes, (at, at + 1, mark))
    return [_Path(path.cost + cost, changes, path.doubtful or cost >= _ODD, inside), stray]


def _flip(words: str, at: int, begun: int) -> float:
    """What it costs that the opening mark at `words[at]` is a closing one."""
    if at + 1 == len(words) or words[at + 1] in _NOT_FIRST:
        return _FLIP
    inner = words[begun + 1 : at]
    if words[at - 1] in _BEHIND_SPEECH:
        if _TELLER.match(words, at + 1):
            return _FLIP
        below = words[at + 1 : words.find(OPEN, at + 1) % (len(words) + 1)]
        is_speech = words[begun - 1 : begun] in _COLON
        return _FLIP if is_speech and words[at - 1] in _STOP and not _TALK.search(below) else _ODD
    return _FLIP_WORD if len(inner) <= _SHORT and not any(char in _NOT_FIRST for char in inner) else _ODD


def _changed(path: _Path, cost: float, change: Change, inside: int) -> _Path:
    doubtful = path.doubtful or cost == _MAYBE
    return _Path(path.cost + cost, (*path.changes, change), doubtful, inside)
