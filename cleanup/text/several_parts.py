"""Names in several parts (foreign, Uygur) that a text itself has more than once: 罗伯特·布朗."""

from __future__ import annotations

from collections import Counter

from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

DOT = "·"
_DOTTED = regex_pattern(rf"[{HAN}]+(?:·[{HAN}]+)+")
_SOUNDS = frozenset(
    "阿埃艾爱安昂奥巴白柏班邦保鲍贝本比彼毕别宾波伯勃博卜布采蔡策查茨次措达大戴丹道得德登邓狄迪蒂丁东都杜多厄尔恩法范方费芬冯弗夫"
    "佛福富盖甘冈高戈哥格葛根贡古瓜圭郭哈海汉豪赫黑亨胡华怀惠霍基吉加贾简姜杰金津久卡凯坎康考柯科可克肯孔库夸奎昆拉莱赖兰朗劳勒雷"
    "蕾黎礼里理力利莉丽廉良列林琳龙隆卢鲁路露伦罗洛吕马玛迈麦曼芒毛茂梅门蒙米密敏明缪摩莫默姆穆拿那娜纳南瑙内妮尼年涅宁纽农努诺欧"
    "帕派潘庞培佩彭皮珀坡婆普其奇齐恰乔切钦琼丘热仁日荣茹儒瑞若撒萨塞赛桑瑟森沙莎山尚绍舍申生胜圣施什士世史思斯丝松苏素索塔泰坦汤唐"
    "陶特滕提田铁廷通图屯托瓦万旺威韦维卫魏温文翁沃乌吴伍武西希锡夏香肖歇谢辛欣兴雄休许逊雅亚延扬耶叶伊依宜以因英永尤于约宰赞泽扎詹"
    "张章珍芝朱卓兹佐买提江吾甫合江孜木拜江祖农帕夏热孜汗"
)
"""What foreign and Uygur names are written with; other things have a dot inside as well: 中国梦·劳动美."""
_LONGEST, _KEPT = 6, 0.6
"""Characters of a part; the share of the dotted places that must go on with the same character."""


def repeated(text: str, least: int) -> dict[str, int]:
    """Names with a dot inside that stand `least` times or more, and how often.

    Where a name begins and ends is not marked: it is as long as most of its places agree.
    """
    places: dict[str, list[tuple[str, str]]] = {}
    for match in _DOTTED.finditer(text) if DOT in text else ():
        first, *middle, last = match.group().split(DOT)
        # The inmost characters of the name; what stands around them may be other words.
        key = DOT.join([first[-1], *middle, last[0]])
        places.setdefault(key, []).append((first[-_LONGEST - 1 : -1], last[1 : _LONGEST + 1]))
    found: dict[str, int] = {}
    for key, around in places.items():
        before = _shared([left[::-1] for left, _ in around], least)[::-1]
        after = _shared([right for _, right in around], least)
        name = before + key + after
        count = text.count(name)
        if count >= least and _SOUNDS.issuperset(name.replace(DOT, "")):
            found[name] = count
    return found


def _shared(ends: list[str], least: int) -> str:
    """What most of `ends` begin with."""
    start = ""
    while True:
        following = Counter(
            end[len(start)] for end in ends if end.startswith(start) and len(end) > len(start)
        )
        char, count = following.most_common(1)[0] if following else ("", 0)
        if not char or count < max(least, _KEPT * len(ends)):
            return start
        start += char
