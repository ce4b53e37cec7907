"""Build phrases/set.tsv: set phrases of official writing, with their rate per million characters.

Mined from news and government reports: runs of 5 to 14 Han characters that are frequent, hold together
inside, and are free at both ends (many different neighbours, or a mark). A phrase that mostly stands
inside a longer one of the list is left out. Hand-written phrases are added where the corpus has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from corpus import HERE, is_han, parser, read, read_table, write_table
from numpy.typing import NDArray

CORPORA = (
    "cctv_xwlb_2012_2026Q1", "cpc_gov_reports", "provincial_gov_reports_2026", "peoplesdaily1998_msra_ner",
)  # fmt: skip
SHORTEST, LONGEST = 5, 14
LEAST = 120
MOST = 700
MORE = 6
"""The reports are read so many times more than the news, which is twenty times as long."""
FREE, ENTROPY, COHESION = 0.35, 2.0, 4.0
"""Greatest share of one Han neighbour; least bits of the neighbours; least bits between any two parts."""
PIECE = 0.5
LOOSE_START = set(
    "的了是在和与将就对及等为上中下里要也都而并把被让使年月日个名位人市省县区们会党性式化于以业例号次级额方法由均共已世届"
)
LOOSE_END = set(
    "的了是在和与也将就对及等有为不一这那我他到要把被让使从以向于并而且或第各每该本又还可能会更最其新大多"
)
UNWANTED = (
    "消息", "报道", "记者", "今天", "昨天", "联播", "本台", "央视", "时间", "主席", "书记", "总理",
    "总统", "习近平", "胡锦涛", "温家宝", "李克强", "月", "第一", "第二", "第三", "美国", "俄罗斯",
    "日本", "欧盟", "委员长", "同志", "万", "亿", "百分", "零", "点", "％", "王", "李", "张", "部长",
    "主任", "先生", "女士", "二十", "十八", "十九", "乌克兰", "叙利亚", "伊朗", "伊斯兰", "伊德利",
    "巴勒斯坦", "加沙", "武装", "袭击", "俄军", "乌军", "恐怖", "病例", "真主党", "塔利班", "斯坦",
    "佛罗里达", "得克萨斯", "尔及利亚", "埃塞", "埃博拉", "沙特", "印度", "枪击", "航天员", "中方",
    "节目", "新媒体", "周年", "关系取得", "关系发展", "发言人", "赵乐际", "杨洁篪", "古特雷斯",
    "潘基文", "扎耶夫", "梅多夫", "纳扎尔", "一九", "越共",
    "朝鲜", "议长", "欢迎仪式", "方一道", "年上", "一季度",
    "前三季度", "上半年", "友谊源", "世界卫生",
)  # fmt: skip
"""Words of one day's news, not of official writing."""
Codes = NDArray[np.uint64]


@dataclass
class Found:
    """A run with what speaks for it."""

    run: str
    count: int
    kept: bool = field(default=True)


def hashes(codes: Codes, size: int) -> Codes:
    """A hash of every run of `size` characters."""
    total = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        total *= np.uint64(0x9E3779B97F4A7C15)
        total += codes[offset : offset + len(total)] * np.uint64(0xC2B2AE3D27D4EB4F)
        total ^= total >> np.uint64(29)
    return total


def free(
    groups: NDArray[np.int64], neighbours: Codes, han: NDArray[np.bool_], size: int
) -> NDArray[np.bool_]:
    """For each group of places whether its neighbours on one side are various; all marks count as various."""
    totals = np.bincount(groups, minlength=size).astype(float)
    marks = np.bincount(groups[~han], minlength=size) / totals
    keys, counts = np.unique(
        groups[han].astype(np.uint64) << np.uint64(21) | neighbours[han], return_counts=True
    )
    owner = (keys >> np.uint64(21)).astype(np.int64)
    share = counts / totals[owner]
    most = np.zeros(size)
    np.maximum.at(most, owner, share)
    bits = np.bincount(owner, weights=-share * np.log2(share), minlength=size) + marks * 6
    return np.asarray((most < FREE) & (bits > ENTROPY))


def cohesive(run: str, tables: list[tuple[Codes, NDArray[np.int64]]], total: int) -> bool:
    """Whether a run is much commoner than any two parts of it would meet by chance."""
    codes = np.array([ord(char) for char in run], dtype=np.uint64)

    def count(start: int, end: int) -> int:
        keys, counts = tables[end - start]
        place = int(np.searchsorted(keys, hashes(codes[start:end], end - start)[0]))
        return int(counts[place])

    whole = count(0, len(run))
    return all(
        np.log2(whole * total / (count(0, cut) * count(cut, len(run)))) >= COHESION
        for cut in range(1, len(run))
    )


def mine(text: str) -> list[Found]:
    """Frequent, cohesive, free runs of Han characters of a text."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    table = np.array([is_han(chr(code)) for code in range(0x11000)])
    han = table[np.minimum(codes, 0x10FFF)]
    gap = np.concatenate([[0], np.cumsum(~han)])
    tables: list[tuple[Codes, NDArray[np.int64]]] = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
    found: list[Found] = []
    for size in range(1, LONGEST + 1):
        keys = hashes(codes, size)
        known = gap[size:] == gap[:-size]
        unique, counts = np.unique(keys[known], return_counts=True)
        often = counts >= LEAST
        unique, counts = unique[often], counts[often]
        tables.append((unique, counts))
        if size < SHORTEST:
            continue
        places = np.flatnonzero(known)
        group = np.minimum(np.searchsorted(unique, keys[places]), len(unique) - 1)
        hit = unique[group] == keys[places]
        places, group = places[hit], group[hit]
        inner = (places > 0) & (places + size < len(codes))
        places, group = places[inner], group[inner]
        good = free(group, codes[places - 1], han[places - 1], len(unique))
        good &= free(group, codes[places + size], han[places + size], len(unique))
        first = np.zeros(len(unique), dtype=np.int64)
        first[group[::-1]] = places[::-1]
        for number in np.flatnonzero(good):
            run = text[first[number] : first[number] + size]
            if fit(run) and cohesive(run, tables, len(codes)):
                found.append(Found(run, int(counts[number])))
    return found


def fit(run: str) -> bool:
    """Whether a run neither begins nor ends loosely nor belongs to one day's news."""
    return (
        run[0] not in LOOSE_START and run[-1] not in LOOSE_END and not any(word in run for word in UNWANTED)
    )


def drop_pieces(found: list[Found]) -> list[Found]:
    """Runs that do not stand inside a longer one of the list most of the time."""
    by_size = sorted(found, key=lambda item: (-len(item.run), item.run))
    kept: list[Found] = []
    for item in by_size:
        inside = max((other.count for other in kept if item.run in other.run), default=0)
        if inside < PIECE * item.count:
            kept.append(item)
    return kept


def main() -> None:
    """Read the corpus and write the table."""
    command = parser(__doc__)
    command.add_argument("--hand", type=Path, default=HERE / "set-phrases-hand.tsv")
    args = command.parse_args()
    text = "\n".join(read(args.corpus, name) for name in CORPORA)
    reports = "\n".join(read(args.corpus, name) for name in CORPORA if "reports" in name)
    mined = drop_pieces(mine("\n".join([text, *[reports] * MORE])))
    mined.sort(key=lambda item: (-item.count * (len(item.run) - 3), item.run))
    rates = {item.run: text.count(item.run) for item in mined[:MOST]}
    own = 0
    for row in read_table(args.hand):
        count = text.count(row[0])
        if SHORTEST <= len(row[0]) <= LONGEST and row[0] not in rates and count >= 3:
            rates[row[0]] = count
            own += 1
    size = write_table(
        args.out,
        ("phrase", "per_million"),
        ((run, f"{count * 1e6 / len(text):.2f}") for run, count in rates.items()),
        source="counted from CCTV Xinwen Lianbo transcripts 2012-2026 (text CCTV), central and provincial "
        f"government reports, People's Daily 1998 sentences (MSRA NER); {own} phrases written by hand",
        used_by="repairing a set phrase with one wrong character",
        date=args.date,
    )
    print(size, "phrases,", own, "by hand")


if __name__ == "__main__":
    main()
