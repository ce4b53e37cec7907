"""The bench of names: real names with one character misread as engines misread it, in sentences of our own.

Run as a program it prints the figures: python tests/names_bench.py SHARED [ROSTER_SIZE] [show]; with "others"
in place of a size: real people one character away from somebody on one of ten rosters, whom it rewrites; with
"offices": the same people under the very office of whom they resemble, and that one misread in it; with
"cost": what 100,000 people cost a run, and how fast their roster loads.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cleanup import repair
from cleanup.data import roster as rosters
from cleanup.data.roster import Person, Roster
from cleanup.engine.repair import Settings, from_text, repair_document

SENTENCES = (
    "市长{}出席会议并讲话。",
    "{}说，要把群众的事办好。",
    "本报讯（记者 {}）昨日，全市春耕工作启动。",
    "参加座谈的有陈大勇、{}等同志。",
    "昨天上午，{}来到车间看望工人。",
    "会议由{}主持。",
    "{}",
    "省委副书记{}强调，要抓好落实。",
    "在接受采访时，{}表示，今年收成不错。",
    "（作者：{}）",
    "会上，{}作了工作报告。",
    "{}、刘小军、王志伟分别发言。",
)


class Trial(NamedTuple):
    sentence: str
    shown: str
    right: str


class Figures(NamedTuple):
    restored: float
    """Made without asking."""
    first: float
    """Made, or suggested before anything else."""
    wrong: float
    """Changed into something else."""
    count: int


def names(shared: Path) -> list[str]:
    lines = (shared / "data" / "cped_official_names.txt").read_text("utf-8").split()
    news = (shared / "data" / "news_person_names.tsv").read_text("utf-8").splitlines()
    every = dict.fromkeys([*lines, *(line.split("\t")[0] for line in news)])
    return [name for name in every if len(name) in (2, 3)]


def roster(known: list[str], size: int, seed: int = 7) -> Roster:
    """A roster of `size`: real names, and beyond them made-up ones of the same surnames and characters."""
    chance = random.Random(seed)
    people = chance.sample(known, min(1500, size))
    kept = dict.fromkeys(people)
    avoid = set(known)
    while len(kept) < size:
        one, two, three = (chance.choice(known) for _ in range(3))
        name = one[0] + two[1] + (three[-1] if chance.random() < 0.85 else "")
        if name not in avoid:
            kept[name] = None
    return Roster(tuple(Person(name) for name in kept))


def confusions(shared: Path, which: str) -> dict[str, list[str]]:
    """Right character → characters that engines took it for."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in (shared / "bench" / f"{which}.confusion.tsv").read_text("utf-8").splitlines()[1:]:
        truth, seen, _, isolated, _, kind = line.split("\t")[:6]
        if kind == "han>han" and int(isolated):
            found[truth].append(seen)
    return found


def misread(people: Roster, known: list[str], table: dict[str, list[str]], count: int) -> Iterator[Trial]:
    chance = random.Random(11)
    avoid = {*known, *people.names}
    real = [name for name in people.names if name in set(known)]
    while count:
        name = chance.choice(real)
        places = [(at, seen) for at, char in enumerate(name) for seen in table.get(char, ())]
        if not places:
            continue
        at, seen = chance.choice(places)
        shown = name[:at] + seen + name[at + 1 :]
        if shown not in avoid:
            count -= 1
            yield Trial(chance.choice(SENTENCES), shown, name)


def others(people: Roster, known: list[str], count: int) -> Iterator[Trial]:
    """Real people who are not on the roster, one character away from one who is."""
    chance = random.Random(13)
    gaps: dict[str, list[str]] = defaultdict(list)
    for name in people.names:
        for at in range(len(name)):
            gaps[f"{name[:at]}?{name[at + 1 :]}"].append(name)
    on = set(people.names)
    absent = [name for name in known if name not in on]
    chance.shuffle(absent)
    for name in absent:
        if count and any(f"{name[:at]}?{name[at + 1 :]}" in gaps for at in range(len(name))):
            count -= 1
            yield Trial(chance.choice(SENTENCES), name, name)


def measure(people: Roster, trials: list[Trial], show: int = 0) -> Figures:
    restored = first = wrong = 0
    for trial in trials:
        truth = trial.sentence.format(trial.right)
        result = repair(trial.sentence.format(trial.shown), people)
        if result.repaired == truth:
            restored += 1
            first += 1
            continue
        changed = [record for record in result.journal.applied if record.rule.startswith("names.")]
        if changed:
            wrong += 1
            print("wrong", trial, result.repaired) if show else None
            continue
        held = [record for record in result.journal.withheld if record.rule.startswith("names.")]
        before = trial.sentence.index("{")
        if held and trial.right[held[0].edits[0].span.start - before :][:1] == held[0].edits[0].after:
            first += 1
        elif show:
            print("missed", trial)
    total = len(trials)
    return Figures(restored / total, first / total, wrong / total, total)


def harm(people: Roster, trials: list[Trial], show: int = 0) -> tuple[int, int]:
    """How many sentences about others were changed, and how many got a suggestion."""
    changed = suggested = 0
    for trial in trials:
        result = repair(trial.sentence.format(trial.shown), people)
        changed += any(record.rule.startswith("names.") for record in result.journal.applied)
        suggested += any(record.rule.startswith("names.") for record in result.journal.withheld)
        if show and result.repaired != trial.sentence.format(trial.shown):
            print("harm", trial, result.repaired)
    return changed, suggested


def sacred(known: list[str], rosters: int = 10) -> None:
    """Print whom the rules about names rewrite into somebody else, over several rosters."""
    changed = suggested = count = 0
    for seed in range(1, rosters + 1):
        people = roster(known, 1500, seed)
        for trial in others(people, known, 900):
            text = trial.sentence.format(trial.shown)
            result = repair_document(from_text(text, "a.txt"), people, Settings(only=("names",)))
            count += 1
            changed += bool(result.journal.applied)
            suggested += bool(result.journal.withheld)
            if result.journal.applied:
                print("harm", trial.shown, result.repaired)
    print(f"rewritten {changed}, suggested {suggested} of {count}")


OFFICES = (
    "市长",
    "县长",
    "省长",
    "局长",
    "主任",
    "县委书记",
    "市委书记",
    "部长",
    "主席",
    "校长",
    "院长",
    "总经理",
)
PLACES = ("", "甲市", "乙县")


def in_office(known: list[str], seed: int, count: int = 600) -> tuple[Roster, list[Trial]]:
    """A roster with offices, and real people one character away who hold the same office as they; elsewhere,
    where a place is said."""
    chance = random.Random(seed)
    bare = roster(known, 1500, seed)
    people = Roster(tuple(Person(p.name, chance.choice(OFFICES), chance.choice(PLACES)) for p in bare.people))
    gaps = {f"{p.name[:at]}?{p.name[at + 1 :]}": p for p in people.people for at in range(len(p.name))}
    trials = []
    for trial in others(people, known, count):
        keys = (f"{trial.shown[:at]}?{trial.shown[at + 1 :]}" for at in range(len(trial.shown)))
        office = next(gaps[key].title for key in keys if key in gaps)
        sentence = chance.choice((office + "{}出席会议并讲话。", f"昨天，丙市{office}{{}}说，要抓好落实。"))
        trials.append(Trial(sentence, trial.shown, trial.shown))
    return people, trials


def offices(shared: Path, rosters: int = 8) -> None:
    """Print whom the tool rewrites under an office, and how many misread holders of it it restores."""
    known = names(shared)
    for seed in range(1, rosters + 1):
        people, trials = in_office(known, seed)
        own = {person.name: person.organization + person.title for person in people.people}
        table = confusions(shared, "dev")
        held = [
            Trial(own[trial.right] + "{}出席会议并讲话。", trial.shown, trial.right)
            for trial in misread(people, known, table, 200)
        ]
        print("others: rewritten, suggested", harm(people, trials, show=1), "own", measure(people, held))


def cost(shared: Path, pages: int = 30) -> None:
    """Print what rosters of 1,500 and 100,000 people add to the processor time of the same pages."""
    known = names(shared)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "people.csv"
        rows = (f"{person.name},局长" for person in roster(known, 100_000).people)
        place.write_text("name,title\n" + "\n".join(rows) + "\n", "utf-8")
        os.environ["OCRFIX_CACHE"] = folder
        for which in ("first", "cached"):
            begun = time.perf_counter()
            large = rosters.load([place])
            print(f"load, {which}: {time.perf_counter() - begun:.2f} s")
    texts = [path.read_text("utf-8") for path in sorted((shared / "bench" / "ocr-dev").glob("*.ocr.txt"))]
    sizes = {"none": Roster(), "1,500": roster(known, 1500), "100,000": large}
    spent: dict[str, list[float]] = {which: [] for which in sizes}
    for _ in range(3):
        for which, people in sizes.items():
            # Each in a process of its own, since models keep what they have weighed.
            with get_context("fork").Pool(1, _warm, (people, texts[0])) as pool:
                spent[which].append(pool.apply(_spent, (texts[1 : pages + 1],)))
    least = {which: min(seconds) for which, seconds in spent.items()}
    print({which: f"{value:.2f} s, {value / least['none'] - 1:+.1%}" for which, value in least.items()})


_PEOPLE: list[Roster] = []


def _warm(people: Roster, text: str) -> None:
    """Build in this process what is built once for a roster."""
    _PEOPLE[:] = [people]
    repair_document(from_text(text, "a.txt"), people)


def _spent(texts: list[str]) -> float:
    begun = time.process_time()
    for text in texts:
        repair_document(from_text(text, "a.txt"), _PEOPLE[0])
    return time.process_time() - begun


def main() -> None:
    if sys.argv[2:3] == ["others"]:
        sacred(names(Path(sys.argv[1])))
        return
    if sys.argv[2:3] == ["cost"]:
        cost(Path(sys.argv[1]))
        return
    if sys.argv[2:3] == ["offices"]:
        offices(Path(sys.argv[1]))
        return
    shared, size = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1500
    known = names(shared)
    people = roster(known, size)
    for which in ("train", "dev"):
        trials = list(misread(people, known, confusions(shared, which), 600 if size == 1500 else 200))
        print(which, measure(people, trials, show=len(sys.argv) > 3))
    count = 150 if size > 1500 else 600
    intact = [
        Trial(SENTENCES[at % len(SENTENCES)], name, name)
        for at, name in enumerate(known)
        if name in people.by_name
    ]
    print("intact changed", harm(people, intact[:count], show=1))
    away = list(others(people, known, 900 if size == 1500 else 300))
    print("others: rewritten, suggested", harm(people, away, show=1), "of", len(away))


if __name__ == "__main__":
    main()
