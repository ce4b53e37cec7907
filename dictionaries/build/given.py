"""Build names/given.tsv: how often a character stands in given names, per 10,000 given-name characters.

Names are found by pattern: an office or 记者, a surname of the list, one or two Han characters, and a verb of
speech or a mark behind. Every different name counts once. Surnames that are everyday words at such a place
(于, 和, 任 ...) are left out, and so are characters that stand there much less often than in running text.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from characters import count_characters
from corpus import parser, read, read_table, write_table

CORPORA = (
    "cctv_xwlb_2012_2026Q1",
    "peoplesdaily1998_msra_ner",
    "fudan_politics_economy_law",
    "fudan_general",
)
OFFICES = (
    "书记|省长|市长|主席|部长|总理|主任|记者|县长|区长|局长|厅长|司长|处长|科长|院长|校长|所长|行长|村长|镇长|乡长|组长|"
    "队长|团长|政委|司令员|参谋长|秘书长|委员长|检察长|董事长|总经理|总裁|总书记|常委|委员|代表|教授|研究员|院士|"
    "工程师|发言人|大使|总领事|支书|经理|厂长|馆长|台长|会长|理事长|站长|园长|社长|总编辑|战士|村民|农民|职工|医生|"
    "教师|老师|学生|演员|导演|作家|画家|运动员|选手|教练|编辑|通讯员|摄影|同志|专家|负责人|飞行员|航天员|驾驶员|居民|市民"
)
AFTER = (
    "[，。、；：（）—”\n]|说|表示|指出|强调|主持|出席|会见|在|告诉|介绍|认为|等|率|向|与|和|会谈|致|代表|宣布|参加|陪同|发表|"
    "为|是|的|对|以|也|报道|摄|分别|同|当选|今天|同志|先生|女士|主任|局长|书记|教授|作"
)
AVOID = set(
    "于和任时应从来但全都由那年言党计门车农路管明相常连海水国同成后方向关万许高华安曾东单费经战当盘印广居郎"
    "商支家能年尚未原满况步过毋须令别须实通查解敬考顾喻公初展宣因席皮双和占项麻利楚桑花阳封甘沙后代权盖益牧以红"
)
NEVER = set(
    "的了是在这有们我他不也就都还说对把被与及等各从到而以其之为和该此些你她它您吗吧呢啊两几每个者所将又并很更最"
    "任职委员会部局书记长市省县区镇村组主席副总处院校团届次月日号岁米万亿百千"
    "表示出席担任介绍告诉指强调认问作做去来过给让使可但如果因没已经陪时摄某哥始里什得致起存教放必考互添积率女"
)
FOREIGN = set(
    "尔特斯拉里亚阿巴塔卡达比尼普姆蒂莱迪扎萨乌哈格伦罗马勒维索洛加佩瓦什夫贝布托伊朗利米诺莫赛科库克多泽默密洲士"
)
"""Characters of transliterations: a name of nothing else is a foreign one."""
LEAST_NAMES = 3
LEAST_LIFT = 0.12
"""A character must be at least this times as common in names as it is in running text."""


def names(text: str, surnames: list[str]) -> Counter[str]:
    """The given names found in `text` behind each surname, with how often each full name was found."""
    alternatives = "|".join(sorted(surnames, key=lambda name: (-len(name), name)))
    pattern = re.compile(f"(?:{OFFICES})({alternatives})([\u4e00-\u9fff]{{1,2}})(?={AFTER})")
    return Counter(f"{match[1]}\t{match[2]}" for match in pattern.finditer(text))


def count_given(folder: Path, surnames: list[str]) -> tuple[Counter[str], int]:
    """How many different names each character stands in, and how many names there were."""
    found: Counter[str] = Counter()
    for name in CORPORA:
        found += names(read(folder, name), surnames)
    counts: Counter[str] = Counter()
    used = 0
    for full in found:
        given = full.split("\t")[1]
        if NEVER & set(given) or set(given) <= FOREIGN or (len(given) == 1 and found[full] < 2):
            continue
        used += 1
        counts.update(set(given))
    return counts, used


def main() -> None:
    """Read the corpus and write the table."""
    command = parser(__doc__)
    command.add_argument("--surnames", type=Path, required=True, help="names/surnames.tsv")
    args = command.parse_args()
    surnames = [name for name, rank in read_table(args.surnames) if int(rank) <= 400 and name not in AVOID]
    counts, used = count_given(args.corpus, surnames)
    total = sum(counts.values())
    general = count_characters(args.corpus).simplified
    rows = []
    for char, count in counts.items():
        rate = count * 1e4 / total
        if count >= LEAST_NAMES and rate * 100 >= LEAST_LIFT * general.get(char, 0.0):
            rows.append((char, f"{rate:.2f}"))
    size = write_table(
        args.out,
        ("char", "per_10000"),
        rows,
        source=f"counted from {used} different names behind an office in CCTV Xinwen Lianbo transcripts "
        "2012-2026 (text CCTV), People's Daily 1998 sentences (MSRA NER) and Fudan journal articles",
        used_by="judging whether a run of characters is a personal name",
        date=args.date,
    )
    ranked = sorted(rows, key=lambda row: -float(row[1]))
    print(f"{used} names, {size} characters")
    print("".join(char for char, _ in ranked))


if __name__ == "__main__":
    main()
