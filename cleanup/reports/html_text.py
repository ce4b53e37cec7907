"""The text of the HTML report: a row for each stretch of lines, its marks around escaped text.

Each row has a cell `t` (source and repaired text in one) and, where they differ, `l` and `m` with one of
them each. Nothing is lost: what stands in `t` without <ins>, and in `l`, is the source; what stands in `t`
without <del>, and in `m`, is the repaired text. Characters that a browser drops stand as <i data-c="CODE">.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape
from typing import NamedTuple

from cleanup.model.result import Result
from cleanup.reports.pieces import Open, Piece, Row, opens, rows
from cleanup.reports.unseen import HIDDEN, HIDDEN_IN_CHANGES, label
from cleanup.text.patterns import re_pattern

_SHOWN = re_pattern(f"(?P<space> +)|(?P<wide>　+)|(?P<tab>\t+)|(?P<end>\n)|{HIDDEN_IN_CHANGES.pattern}")
_SIGNS = {"space": "␣", "wide": "＿", "tab": "⇥"}
_END = '<i class="e"></i>'
_NOTHING = '<i class="z"></i>'
GHOST = 24
"""How many characters of a suggestion stand in the text; the details have all."""


class _Run(NamedTuple):
    """Repaired text that the same withheld edits and flags cover."""

    text: str
    covers: tuple[Open, ...]
    begins: tuple[Open, ...] = ()
    ends: tuple[Open, ...] = ()


def body(result: Result, lines: Collection[int] = ()) -> tuple[str, dict[int, str]]:
    """The rows as HTML; and for each of `lines` (of the source) the id of the row that it stands in."""
    page = _Rows(result, lines)
    return "".join([*map(page.row, rows(result)), page.rest()]), page.ids


class _Rows:
    """The sweep over rows and open places together; both are in order of the repaired text."""

    def __init__(self, result: Result, lines: Collection[int]) -> None:
        self.ids: dict[int, str] = {}
        self._lines = lines
        records = result.journal.records
        self._kinds = ["f" if record.kind == "flag" else "w" for record in records]
        self._waiting = opens(records, len(result.repaired))[::-1]
        self._covering: list[Open] = []
        self._page = 1

    def row(self, row: Row) -> str:
        if not row.changed and not self._covering and not self._meets(row.pieces):
            return self._plain(row)
        line = row.line
        inline: list[str] = []
        left: list[str] = []
        right: list[str] = []
        marked = row.changed
        for piece in row.pieces:
            runs = list(self._runs(piece))
            marked = marked or any(run.covers for run in runs)
            kept = "".join(self._run(run, bool(piece.marks)) for run in runs)
            if not piece.marks:
                inline.append(kept)
                right.append(kept)
                left.append(_plain(piece.left))
                continue
            mark = f'<span class="x a" data-r="{_numbers(piece.marks)}">'
            lines = _lines(piece.left, line, piece is row.pieces[-1])
            line += piece.left.count("\n") + piece.left.count("\f")
            gone = f"<del>{lines}</del>" if lines else ""
            put = f"<ins>{kept}</ins>" if kept else ""
            # Removed line ends break the line only where whole lines went: a join reads on.
            whole = "\n" in piece.left.strip(" 　\n")
            joined = gone if whole or not gone else f"<del>{_joined(piece.left)}</del>"
            inline.append(f"{mark}{joined}{put}{'' if gone or put else _NOTHING}</span>")
            left.append(f"{mark}{gone or _NOTHING}</span>")
            right.append(f"{mark}{put or _NOTHING}</span>")
        if not marked:
            return self._plain(row)
        return (
            f'{self._start(row, "r c")}<div class="t">{"".join(inline)}</div>'
            f'<div class="l">{"".join(left)}</div><div class="m">{"".join(right)}</div></div>\n'
        )

    def rest(self) -> str:
        """Marks at the very end of the text, after its last row."""
        left = "".join(self._run(run, False) for run in self._standing(None))
        cells = f'<div class="t">{left}</div><div class="l"></div><div class="m">{left}</div>'
        return f'<div class="r c">{cells}</div>\n' if left else ""

    def _plain(self, row: Row) -> str:
        text = _plain(row.left)
        return f'{self._start(row, "r")}<div class="t">{text}</div><div class="m">{text}</div></div>\n'

    def _start(self, row: Row, kind: str) -> str:
        number = f' data-n="{row.line}"' if any(piece.left for piece in row.pieces) else ""
        ends = row.left.count("\f")
        self._page += ends
        turn = f' data-p="{self._page}"' if ends else ""
        return f'<div class="{kind}"{number}{turn}{self._id(row) if number else ""}>'

    def _id(self, row: Row) -> str:
        """An id for the first row of a line that is pointed to."""
        within = range(row.line, row.line + max(1, row.left.count("\n") + row.left.count("\f")))
        held = [line for line in within if line in self._lines and line not in self.ids]
        self.ids.update(dict.fromkeys(held, f"L{row.line}"))
        return f' id="L{row.line}"' if held else ""

    def _meets(self, pieces: list[Piece]) -> bool:
        last = pieces[-1]
        return bool(self._waiting) and self._waiting[-1].start < last.at + len(last.right)

    def _standing(self, position: int | None) -> list[_Run]:
        """Places without length at `position` (None: wherever they are)."""
        found: list[_Run] = []
        while self._waiting and (position is None or self._waiting[-1].start <= position):
            one = self._waiting[-1]
            if position is not None and one.end > one.start:
                break
            self._waiting.pop()
            found.append(_Run("", (one,), (one,), (one,)))
        return found

    def _runs(self, piece: Piece) -> Iterator[_Run]:
        """The repaired side of a piece, cut where open places begin and end."""
        at, end = piece.at, piece.at + len(piece.right)
        while at < end:
            yield from self._standing(at)
            begins: list[Open] = []
            while self._waiting and self._waiting[-1].start <= at:
                begins.append(self._waiting.pop())
            self._covering += begins
            stops = [one.end for one in self._covering]
            if self._waiting:
                stops.append(self._waiting[-1].start)
            stop = min([end, *stops])
            covers = tuple(self._covering)
            ends = tuple(one for one in covers if one.end <= stop)
            text = piece.right[at - piece.at : stop - piece.at]
            if piece.marks or covers:
                yield _Run(text, covers, tuple(begins), ends)
            else:
                yield _Run(text, ())
            if ends:
                self._covering = [one for one in covers if one.end > stop]
            at = stop

    def _run(self, run: _Run, new: bool) -> str:
        """A run; `new`: it stands in text that was put in, where white space is shown."""
        kinds = sorted({self._kinds[one.record] for one in run.covers})
        if not kinds:
            return _shown(run.text) if new else _plain(run.text)
        badge = '<i class="b"></i>' * sum(self._kinds[one.record] == "f" for one in run.begins)
        becomes = [f"→{_clip(one.becomes)}" for one in run.ends if one.becomes is not None]
        ghosts = "".join(f'<i class="g" data-v="{escape(text)}"></i>' for text in becomes)
        show = new or "w" in kinds
        # A suggestion about a line end is read on the line that it ends.
        cut = len(run.text) - run.text.endswith("\n")
        text = _shown(run.text[:cut]) if show else _plain(run.text[:cut])
        end = f"{_END if show else ''}{ghosts}\n" if cut < len(run.text) else ghosts
        numbers = _numbers(tuple(one.record for one in run.covers))
        return f'<span class="x {" ".join(kinds)}" data-r="{numbers}">{badge}{text}{end}</span>'


def _numbers(indexes: tuple[int, ...]) -> str:
    return " ".join(str(index + 1) for index in dict.fromkeys(indexes))


def _clip(text: str) -> str:
    shown = text.replace("\n", "⏎").replace(" ", "␣").replace("　", "＿").replace("\t", "⇥")
    shown = HIDDEN_IN_CHANGES.sub(lambda match: f"⟨{label(match[0])}⟩", shown)
    return (shown if len(shown) <= GHOST else shown[: GHOST - 1] + "…") or "∅"


def _token(char: str) -> str:
    return f'<i class="u" data-c="{ord(char):X}" data-v="{label(char)}"></i>'


def _plain(text: str) -> str:
    """Text as it stands, its unprintable characters named."""
    text = escape(text, quote=False)
    return HIDDEN.sub(lambda match: _token(match[0]), text) if HIDDEN.search(text) else text


def _shown(text: str) -> str:
    """Text in a change: white space is visible, as the edit may be about just that."""

    def show(match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "end":
            return f"{_END}\n"
        if kind:
            return f'<i class="s" data-v="{_SIGNS[kind] * len(match[0])}">{match[0]}</i>'
        return _token(match[0])

    return _SHOWN.sub(show, escape(text, quote=False))


def _lines(text: str, line: int, last: bool) -> str:
    """Removed text in its lines, each after the first with its number; `line` is the first one's."""
    parts = re.split("(?<=[\n\f])", text)
    if last and len(parts) > 1 and not parts[-1]:
        parts.pop()
    numbers = (f'<i class="n" data-n="{number}"></i>' for number in range(line + 1, line + len(parts)))
    return _shown(parts[0]) + "".join(
        f"{number}{_shown(part)}" for number, part in zip(numbers, parts[1:], strict=True)
    )


def _joined(text: str) -> str:
    """Removed text on one line."""
    return '<i class="e" data-c="A"></i>'.join(map(_shown, text.split("\n")))
