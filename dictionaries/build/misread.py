"""Build phrases/misread.tsv: wrong forms that can only be a misreading, with the right form and the reason.

Candidates are written by hand (misread-hand.tsv) or mined: a frequent run of the corpus with one
character put in the place of another that engines are known to take it for. A wrong form stays only
when it stands at most once in RATIO occurrences of the right form, and never in text known to be right,
anywhere, words cut through included: 末来 falls because of 周末来.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from corpus import HERE, SOURCE, TRADITIONAL, is_han, parser, read, read_table, simplified, write_table
from ngrams import Grams

RATIO, RATIO_REVIEWED = 50_000, 100
REVIEWED = "misprinted"
"""Marks the few rows whose wrong forms in the corpus were read by eye and are all misprints themselves."""
LEAST_BY_HAND = {2: 2_000, 3: 300}
LEAST_LONG, LEAST_RARE, RARE = 20, 200, 3_000
"""A right form that is rarer proves nothing; less proof is asked where the wrong character itself is rare."""
LEAST_MINED = {2: 15_000, 3: 3_000, 4: 2_000}
LEAST_SEEN = 2
"""How often engines must have taken one character for the other."""
INSIDE, EDGE = 30, 300
"""A mined wrong form whose new character goes so often with its neighbours might be right text after all."""
FRAGMENT = 0.55
"""A run that has the same neighbour in such a share of its places is a piece of a longer phrase."""
LOOSE = set("的了是在和与也将就对及等有为不一")
"""A mined run that begins or ends with one of these is no phrase."""
MOST = 3_000


@dataclass(frozen=True)
class Row:
    """A candidate of the table."""

    wrong: str
    right: str
    why: str
    weight: float
    by_hand: bool


class Texts:
    """The corpus and the text known to be right, for counting."""

    def __init__(self, corpus: Path, bench: Path, rejected: set[str]) -> None:
        """Read everything and count it."""
        self.rejected = rejected
        parts = [text for _, _, text in simplified(corpus)]
        self.corpus = "\n".join([*parts, read(corpus, TRADITIONAL)])
        self.grams = Grams(self.corpus)
        files = sorted([*bench.glob("clean/*.txt"), *bench.glob("*/*.gt.txt")])
        self.right = "\n".join(path.read_text(encoding="utf-8") for path in files)

    def count(self, run: str) -> int:
        """How often a run stands in the corpus."""
        return self.grams.count(run) if len(run) <= 4 else self.corpus.count(run)

    def fragment(self, run: str) -> bool:
        """Whether a run is mostly a piece of one longer run; judged by places spread over the corpus."""
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        for part in range(25):
            start = part * len(self.corpus) // 25
            for _ in range(12):
                place = self.corpus.find(run, start)
                if place < 1:
                    break
                start = place + len(run)
                before[self.corpus[place - 1]] += 1
                after[self.corpus[start : start + 1]] += 1
        return any(
            count > FRAGMENT * sum(side.values())
            for side in (before, after)
            for char, count in side.items()
            if char and is_han(char)
        )

    def plausible(self, wrong: str, place: int) -> bool:
        """Whether the character at `place` is often seen beside its neighbours."""
        before = self.count(wrong[place - 1 : place + 1]) if place else None
        after = self.count(wrong[place : place + 2]) if place + 1 < len(wrong) else None
        if before is None or after is None:
            return (before or 0) + (after or 0) >= EDGE
        return min(before, after) >= INSIDE

    def impossible(self, wrong: str, right_count: int, ratio: int = RATIO) -> bool:
        """Whether a wrong form is proved never to be right text."""
        if wrong in self.rejected:
            return False
        return self.count(wrong) * ratio <= right_count and wrong not in self.right


def by_hand(path: Path, texts: Texts) -> tuple[list[Row], list[str]]:
    """Candidates written by hand that stand the test, and notes on those that fall."""
    kept, fallen = [], []
    for wrong, right, why in read_table(path):
        count = texts.count(right)
        rare = len(wrong) < 4 and texts.count(why[len("已 read as ")]) < RARE
        least = LEAST_RARE if rare else LEAST_BY_HAND.get(len(wrong), LEAST_LONG)
        ratio = RATIO_REVIEWED if REVIEWED in why else RATIO
        if count >= least and texts.impossible(wrong, count, ratio):
            kept.append(Row(wrong, right, why, float(count), by_hand=True))
        else:
            fallen.append(f"{wrong}\t{texts.count(wrong)}\t{right}\t{count}\t{texts.right.count(wrong)}")
    return kept, fallen


def confusions(path: Path, common: set[str]) -> Counter[tuple[str, str]]:
    """Pairs of common characters, right and read, that engines confused often enough."""
    found: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        truth, seen, _, isolated = line.split("\t")[:4]
        if is_han(truth) and is_han(seen) and {truth, seen} <= common and int(isolated) >= LEAST_SEEN:
            found[truth, seen] += int(isolated)
    return found


def mine(pairs: Counter[tuple[str, str]], texts: Texts) -> list[Row]:
    """Candidates out of frequent runs of the corpus that stand the test, none holding a shorter one."""
    readings: dict[str, list[str]] = {}
    for truth, seen in sorted(pairs):
        readings.setdefault(truth, []).append(seen)
    kept: dict[str, Row] = {}
    pieces: dict[str, bool] = {}
    for size, least in LEAST_MINED.items():
        for right, count in texts.grams.frequent(size, least):
            if right[0] in LOOSE or right[-1] in LOOSE:
                continue
            for place, truth in enumerate(right):
                edge = place in (0, size - 1)
                if count < least * (2 if edge and size > 2 else 1):
                    continue
                for seen in readings.get(truth, ()):
                    wrong = right[:place] + seen + right[place + 1 :]
                    if (
                        wrong in texts.rejected
                        or holds_shorter(wrong, kept)
                        or texts.count(wrong)
                        or wrong in texts.right
                    ):
                        continue
                    if size > 2 and texts.plausible(wrong, place):
                        continue
                    if right not in pieces:
                        pieces[right] = texts.fragment(right)
                    if not pieces[right]:
                        weight = float(count) * pairs[truth, seen]
                        kept[wrong] = Row(wrong, right, f"{truth} read as {seen}", weight, by_hand=False)
    return list(kept.values())


def holds_shorter(wrong: str, kept: dict[str, Row]) -> bool:
    """Whether a kept wrong form stands inside this one."""
    size = len(wrong)
    return any(
        wrong[start : start + part] in kept for part in range(2, size) for start in range(size - part + 1)
    )


def consistent(rows: list[Row]) -> list[Row]:
    """Rows whose wrong form has one right one, and whose right form holds no other's wrong form."""
    rights: dict[str, set[str]] = {}
    for row in rows:
        rights.setdefault(row.wrong, set()).add(row.right)
    wrongs = set(rights)

    def spoiled(right: str) -> bool:
        size = len(right)
        return any(right[i:j] in wrongs for i in range(size) for j in range(i + 2, size + 1))

    return [row for row in rows if len(rights[row.wrong]) == 1 and not spoiled(row.right)]


def main() -> None:
    """Check the hand-written rows, mine others, and write the table."""
    command = parser(__doc__)
    command.add_argument("--hand", type=Path, default=HERE / "misread-hand.tsv")
    command.add_argument("--rejected", type=Path, default=HERE / "misread-rejected.tsv")
    command.add_argument("--bench", type=Path, required=True, help="folder with clean/ and */*.gt.txt")
    command.add_argument("--confusions", type=Path, required=True, help="confusions of OCR engines")
    command.add_argument("--common", type=Path, required=True, help="characters/common.tsv")
    command.add_argument("--fallen", type=Path, help="write the hand rows that fell, with counts")
    args = command.parse_args()
    texts = Texts(args.corpus, args.bench, {row[0] for row in read_table(args.rejected)})
    hand, fallen = by_hand(args.hand, texts)
    if args.fallen:
        args.fallen.write_text("\n".join(fallen) + "\n", encoding="utf-8")
    pairs = confusions(args.confusions, {row[0] for row in read_table(args.common)})
    for _, _, why in read_table(args.hand):
        pairs[why[0], why[len("已 read as ")]] += 1
    taken = {row.wrong for row in hand}
    mined = [row for row in mine(pairs, texts) if row.wrong not in taken]
    mined.sort(key=lambda row: (-row.weight, row.wrong))
    rows = consistent(hand + mined)
    rows.sort(key=lambda row: (not row.by_hand, -row.weight, row.wrong))
    rows = rows[:MOST]
    own = sum(row.by_hand for row in rows)
    size = write_table(
        args.out,
        ("wrong", "right", "why"),
        ((row.wrong, row.right, row.why) for row in rows),
        source=f"{own} rows written by hand, {len(rows) - own} mined with confusions of tesseract 5.3 and "
        "PP-OCRv4; "
        f"every wrong form at most once in {RATIO} of the right one in the corpus ({SOURCE})",
        used_by="replacing phrases that can only be a misreading",
        date=args.date,
    )
    print(f"{size} rows: {own} by hand ({len(fallen)} fell), {len(rows) - own} of {len(mined)} mined")


if __name__ == "__main__":
    main()
