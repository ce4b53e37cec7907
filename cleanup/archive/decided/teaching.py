"""What decisions teach: phrases, words that stay, a channel, a roster; as files that people may edit.

A row that somebody changed or took out stays so: what was written last is kept beside the files, and only
rows that still read so are brought up to date.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleanup.archive.decided.decisions import Store
from cleanup.archive.decided.entries import Entry
from cleanup.archive.store import write_all
from cleanup.data import learned
from cleanup.text.scripts import is_han

_WRITTEN = ".written.json"
LEAST = 2
"""Places at which people must have accepted a change before it becomes a phrase of the dictionary."""
AROUND = 2
"""Han characters on both sides that make a phrase of a change."""
_PEOPLE = ("name", "title", "organization", "aliases")
Table = dict[str, list[str]]
"""Key → cells of its row."""


def load(root: Path) -> learned.Taught:
    """What lies in the results' `learned` folder; raises DataError."""
    return learned.taught(root / learned.FOLDER)


def update(root: Path, store: Store) -> tuple[str, ...]:
    """Bring the files up to date with the decisions; words whose pages are to be repaired again.

    Raises DataError where a file cannot be read and store.Trouble where one cannot be written.
    """
    place = root / learned.FOLDER
    wanted = _wanted(store)
    written = _read_written(place / _WRITTEN)
    contents: dict[Path, bytes] = {}
    touched: set[str] = set()
    for name, table in wanted.items():
        file = place / name
        before = _table(file)
        after = _merged(before, written.get(name, {}), table)
        if after != before:
            contents[file] = _encode(name, after)
            if name != "channel.tsv":
                touched |= {key for key in before.keys() ^ after.keys()}
                touched |= {key for key in before.keys() & after.keys() if before[key] != after[key]}
    if contents or wanted != written:
        if not (contents or place.is_dir()):
            return ()
        contents[place / _WRITTEN] = json.dumps(wanted, ensure_ascii=False, indent=0).encode()
        write_all(contents)
    return tuple(sorted(word.partition("\t")[0] for word in touched))


def _wanted(store: Store) -> dict[str, Table]:
    """What the decisions alone would write."""
    accepted: Counter[tuple[str, str]] = Counter()
    channel: Counter[tuple[str, str]] = Counter()
    refused: dict[str, Entry] = {}
    pairs, words, people = Table(), Table(), Table()
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for _, state, entry in store.changed(-1):
        if entry is None or not state or state == "contested":
            continue
        if entry.kind == "pair":
            pairs[entry.before] = [entry.before, entry.text, f"{entry.who} {entry.at[:10]}"]
        elif entry.kind == "word":
            words[entry.text] = [entry.text, f"{entry.who} {entry.at[:10]}"]
        elif entry.kind == "person":
            said = json.loads(entry.text)
            people[f"{said['name']}\t{said['aliases']}"] = [said[column] for column in _PEOPLE]
        elif entry.kind == "fix":
            after = entry.text if state == "edited" else entry.after
            if state != "rejected" and max(len(entry.before), len(after)) == 1:
                channel[entry.before or learned.NOTHING, after or learned.NOTHING] += 1
            if phrase := _phrase(entry, entry.before):
                if state == "rejected":
                    refused[phrase] = entry
                else:
                    accepted[phrase, _phrase(entry, after)] += 1
                    taken[phrase].add(_phrase(entry, after))
    for (wrong, right), count in accepted.items():
        if count >= LEAST and wrong not in refused and len(taken[wrong]) == 1 and wrong != right and right:
            pairs.setdefault(wrong, [wrong, right, f"×{count}"])
    for phrase, entry in refused.items():
        if phrase not in taken:
            words.setdefault(phrase, [phrase, f"{entry.before}→{entry.after} ✗ {entry.who}"])
    counted = {f"{read}\t{printed}": [read, printed, str(n)] for (read, printed), n in channel.items()}
    return {"phrases.tsv": pairs, "protected.tsv": words, "channel.tsv": counted, learned.ROSTER: people}


def _phrase(entry: Entry, middle: str) -> str:
    """A change with the Han characters beside it; empty where these are too few to settle it."""
    if not (entry.before and all(map(is_han, entry.before)) and "…" not in entry.before):
        return ""
    left = "".join(_run(reversed(entry.left)))[::-1]
    right = "".join(_run(entry.right))
    return left + middle + right if len(left) + len(right) >= AROUND else ""


def _run(text: Iterable[str]) -> Iterator[str]:
    for number, char in enumerate(text):
        if number == AROUND or not is_han(char):
            return
        yield char


def _merged(there: Table, written: Table, wanted: Table) -> Table:
    """The file's rows with news from decisions, but for rows that somebody changed or took out."""
    rows = dict(there)
    for key, row in wanted.items():
        if key not in there:
            if key not in written:
                rows[key] = row
        elif there[key] == written.get(key):
            rows[key] = row
    for key in written.keys() - wanted.keys():
        if there.get(key) == written[key]:
            del rows[key]
    return dict(sorted(rows.items()))


def _read_written(place: Path) -> dict[str, Table]:
    try:
        built: dict[str, Table] = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return built


def _table(file: Path) -> Table:
    if file.name != learned.ROSTER:
        rows = learned.rows(file)
        return {"\t".join(row[:2]) if file.name == "channel.tsv" else row[0]: row for row in rows}
    if not file.is_file():
        return {}
    reader = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    found = ([row.get(column) or "" for column in _PEOPLE] for row in reader)
    return {f"{row[0]}\t{row[3]}": row for row in found}


def _encode(name: str, table: Table) -> bytes:
    out = io.StringIO()
    if name == learned.ROSTER:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows((_PEOPLE, *table.values()))
        return out.getvalue().encode("utf-8-sig")
    lines = ["# columns: " + "\t".join(learned.COLUMNS[name]), "# from ocrfix review; edit as you like"]
    lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in table.values()]
    return ("\n".join(lines) + "\n").encode()
