"""Build characters/shapes.tsv: which characters look alike, and how much (60 to 99).

Likeness joins the cosine of rendered glyphs over several faces, shared components (chaizi) and shared
strokes. The weights and the scale are fitted to real confusions of OCR engines (`--fit`); a confusion
that was seen more than once is never put below SEEN. How much of other confusions (`--check`) the table
holds is printed and written into the header. Each list has up to 20 characters, best first; between
equals the commoner and the same script win.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from characters import count_characters
from corpus import is_han, parser, read_table, write_table
from glyphs import Matrix, drawn_likeness, read_components, read_strokes, spelled_likeness
from numpy.typing import NDArray

MOST, LEAST, SEEN = 20, 60, 75
CANDIDATES = 150
OTHER_SCRIPT = 8.0
"""How many points a character of the other script falls behind when the list is cut."""
LOOKALIKES = {
    "一": "-—－_~", "二": "=", "三": "≡3E", "十": "+1", "口": "0OoDB□", "日": "8BHA", "目": "8BE",
    "曰": "B8", "〇": "0OoQ", "零": "0", "了": "7T", "工": "1ITl", "丁": "TJ1", "乙": "Z2",
    "丨": "|Il1", "丶": "、`'，", "卜": "hb", "入": "λA", "人": "AL", "八": "/\\", "几": "nJ",
    "川": "|", "门": "n", "下": "FT", "王": "E", "尸": "P", "己": "2", "廿": "H", "上": "L",
    "土": "1±", "士": "1±", "个": "↑T", "月": "A", "化": "e", "干": "F", "千": "f", "广": "r",
    "厂": "r", "中": "P", "小": "J", "刀": "7", "力": "h", "山": "W", "田": "B", "巳": "E2",
    "已": "E2", "丫": "Y", "义": "X", "又": "X", "乂": "X", "父": "X", "丰": "≠#", "井": "♯",
    "円": "A", "不": "A", "六": "^", "飞": "7", "之": "Z2", "乏": "Z", "弓": "35", "与": "5",
    "马": "3", "五": "5", "四": "0", "万": "A", "才": "1", "巾": "m", "文": "XL", "米": "*", "木": "*",
    "大": "*", "回": "0", "品": "8", "吕": "8", "昌": "8", "白": "B", "百": "B",
}  # fmt: skip
LATIN_LIKENESS = 70
Pairs = dict[tuple[str, str], int]


def read_confusions(path: Path) -> Pairs:
    """Han characters that an engine took for other Han characters, with counts of isolated cases."""
    found: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        truth, seen, _, isolated = line.split("\t")[:4]
        if len(truth) == len(seen) == 1 and is_han(truth) and is_han(seen) and truth != seen:
            found[truth, seen] += int(isolated)
    return {pair: count for pair, count in found.items() if count > 0}


def fit(features: list[Matrix], places: dict[str, int], confusions: Pairs) -> NDArray[np.float64]:
    """Weights of a logistic model that tells the seen confusions of a character from its other neighbours."""
    rough = features[0] + features[2] + features[3]
    wrong: dict[int, set[int]] = {}
    for truth, seen in confusions:
        if truth in places and seen in places:
            wrong.setdefault(places[truth], set()).add(places[seen])
            wrong.setdefault(places[seen], set()).add(places[truth])
    rows, labels, loads = [], [], []
    chance = np.random.default_rng(0)
    for first, seconds in sorted(wrong.items()):
        near = np.argpartition(-rough[first], CANDIDATES)[:CANDIDATES]
        far = set(chance.choice(len(places), CANDIDATES, replace=False).tolist()) - set(near.tolist())
        for second in sorted((set(near.tolist()) | far | seconds) - {first}):
            rows.append([1.0, *(float(feature[first, second]) for feature in features)])
            labels.append(float(second in seconds))
            loads.append(len(places) / CANDIDATES if second in far - seconds else 1.0)
    table, target, load = np.array(rows), np.array(labels), np.array(loads)
    weights = np.zeros(table.shape[1])
    for _ in range(25):
        guess = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (load * (target - guess)) - 1e-2 * weights
        bend = (table * (load * guess * (1 - guess))[:, None]).T @ table + 1e-2 * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def scale(score: Matrix) -> Matrix:
    """Scores as points: the median score of a 20th neighbour is 64, the first two in a thousand are 99."""
    ranked = -np.sort(-score, axis=1)[:, : MOST + 1]
    low, high = float(np.median(ranked[:, MOST])), float(np.quantile(ranked[:, 1], 0.998))
    points = 64 + (score - low) * ((99 - 64) / (high - low))
    return np.asarray(np.clip(np.rint(points), 0, 99), dtype=np.float32)


def neighbours(
    chars: list[str], points: Matrix, rates: dict[str, float], foreign: set[str]
) -> dict[str, list[str]]:
    """For each character its list, likeness and a little commonness deciding what is kept."""
    bonus = np.array([np.log10(rates.get(char, 0.05)) for char in chars], dtype=np.float32)
    other = np.array([char in foreign for char in chars])
    result = {}
    for row, char in enumerate(chars):
        order = points[row] + 3.0 * bonus - OTHER_SCRIPT * (other != other[row]) * (points[row] < 90)
        order[row] = -np.inf
        order[points[row] < LEAST] = -np.inf
        best = [int(place) for place in np.argsort(-order, kind="stable")[:MOST] if np.isfinite(order[place])]
        best.sort(key=lambda place: (-points[row, place], chars[place]))
        result[char] = [f"{chars[place]}:{points[row, place]:.0f}" for place in best]
    return result


def add_lookalikes(lists: dict[str, list[str]]) -> None:
    """Put letters, digits and marks beside the Han character they look like, and the other way round."""
    back: dict[str, list[str]] = {}
    for han, marks in LOOKALIKES.items():
        own = lists.setdefault(han, [])
        new = [f"{mark}:{LATIN_LIKENESS}" for mark in marks if mark not in ":\t "]
        lists[han] = sorted([*own[: MOST - len(new)], *new], key=lambda item: -int(item[2:]))
        for mark in marks:
            back.setdefault(mark, []).append(f"{han}:{LATIN_LIKENESS}")
    lists.update({mark: items[:MOST] for mark, items in back.items()})


def coverage(lists: dict[str, list[str]], confusions: Pairs) -> tuple[float, float]:
    """Share of the confusions whose truth is in the list of what was seen; and the other way round."""
    total = sum(confusions.values())
    sets = {char: {item[0] for item in items} for char, items in lists.items()}
    there = sum(count for (truth, seen), count in confusions.items() if truth in sets.get(seen, ()))
    back = sum(count for (truth, seen), count in confusions.items() if seen in sets.get(truth, ()))
    return there / total, back / total


def main() -> None:
    """Draw, compare, fit, and write the table."""
    command = parser(__doc__)
    command.add_argument("--common", type=Path, required=True, help="characters/common.tsv")
    command.add_argument("--names", type=Path, nargs="*", default=[], help="tables of name characters")
    command.add_argument("--chaizi", type=Path, required=True, help="chaizi-jt.txt (CC BY 3.0)")
    command.add_argument("--strokes", type=Path, required=True, help="char_meta_full.txt (Apache-2.0)")
    command.add_argument("--fit", type=Path, required=True, help="confusions to fit to")
    command.add_argument(
        "--check", type=Path, required=True, help="other confusions to measure the table with"
    )
    command.add_argument("--face", action="append", required=True, help="font file, or font file:index")
    args = command.parse_args()
    rates = {row[0]: float(row[1]) for row in read_table(args.common)}
    extra = {char for path in args.names for row in read_table(path) for char in row[0]}
    chars = sorted(set(rates) | extra | {char for char in LOOKALIKES if is_han(char)})
    faces = [(Path(face.partition(":")[0]), int(face.partition(":")[2] or 0)) for face in args.face]
    fine, most = drawn_likeness(chars, faces, 1.0)
    coarse, _ = drawn_likeness(chars, faces, 2.2)
    strokes = read_strokes(args.strokes)
    spelled = spelled_likeness(chars, strokes, 4)
    shared = spelled_likeness(chars, read_components(args.chaizi), 1)
    sizes = np.array(
        [len([s for s in strokes.get(char, "") if not "⿰" <= s <= "⿻"]) or 1 for char in chars]
    )
    ratio = np.asarray(np.abs(np.log(sizes[:, None] / sizes[None, :])), dtype=np.float32)
    features = [fine, most, spelled, shared, coarse, ratio]
    places = {char: place for place, char in enumerate(chars)}
    seen_before, fresh = read_confusions(args.fit), read_confusions(args.check)
    weights = fit(features, places, seen_before)
    score = np.asarray(sum(w * f for w, f in zip(weights[1:], features, strict=True)), dtype=np.float32)
    np.fill_diagonal(score, np.inf)
    points = scale(score)
    foreign = set(count_characters(args.corpus).traditional)
    drawn = coverage(neighbours(chars, points, rates, foreign), seen_before)
    for (truth, seen), count in seen_before.items():
        if count > 1 and truth in places and seen in places:
            for first, second in ((places[truth], places[seen]), (places[seen], places[truth])):
                points[first, second] = max(points[first, second], SEEN)
    lists = neighbours(chars, points, rates, foreign)
    add_lookalikes(lists)
    final, held = coverage(lists, seen_before), coverage(lists, fresh)
    fact = (
        f"the list of the character read holds the right one in {held[0]:.1%} of isolated Han confusions of "
        f"pages not used ({final[0]:.1%} of the pages used, {drawn[0]:.1%} by shape alone)"
    )
    size = write_table(
        args.out,
        ("char", "neighbours"),
        ((char, " ".join(items)) for char, items in lists.items() if items),
        source="rendered glyphs (Noto Sans CJK, Noto Serif CJK, AR PL UMing, AR PL UKai, WenQuanYi Zen Hei), "
        "components from kfcd/chaizi (CC BY 3.0), strokes from HillZhang1999/MuCGEC (Apache-2.0), fitted to "
        f"confusions of tesseract 5.3 and PP-OCRv4; {fact}",
        licence="CC BY 3.0 (attribution: kfcd/chaizi)",
        used_by="which characters an engine may have taken for another; matching names by shape",
        date=args.date,
    )
    print("weights", weights.round(2), "drawn", drawn, "final", final, "held out", held)
    print(size, "characters;", fact)


if __name__ == "__main__":
    main()
