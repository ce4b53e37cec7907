"""Other dots between the parts of a foreign name become ·: 比尔•盖茨, 卡斯特罗．鲁斯 -> 比尔·盖茨 …

Why: engines and code pages have many middle dots; names then escape search.
Leaves alone: bullets, decimals, addresses, list marks, a ． or . that may stand for a comma.
Safety: LIKELY; for . and ． only between characters that write foreign names.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text import signs
from cleanup.text.scripts import is_han

NAME = "characters.middle-dots"
SUMMARY = Message("外国人名间隔号统一为“·”", "The dot within foreign names becomes ·")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
SIGNS = "•‧∙・･．."
CASES = (
    Case("比尔•盖茨和买买提‧艾力", "比尔·盖茨和买买提·艾力"),
    Case("劳尔．卡斯特罗", "劳尔·卡斯特罗"),
    Case("杰伊.约翰逊", "杰伊·约翰逊"),
    Case("• 加强领导\n• 改进作风", None, "bullets"),
    Case("增长0．2，完善充电设施．建好用好", None, "a decimal; a comma misread"),
)

# Characters that write the sounds of foreign names.
_SOUND = frozenset(
    "阿埃艾安奥巴拜班邦保鲍贝本比彼毕宾波伯勃博布查达戴丹道德登狄迪蒂丁东杜多恩尔法凡范菲费芬弗福盖甘冈戈"
    "格葛古哈海汉豪赫黑亨胡华怀霍基吉加贾杰金喀卡凯坎康考科克肯库夸昆拉莱兰劳勒雷里利莉列林琳隆卢鲁伦罗洛"
    "马玛迈曼梅门蒙米密缪莫默木穆纳娜南内尼纽努诺欧帕潘佩彭皮普奇钱乔切琼丘让热茹瑞若撒萨塞桑森沙莎山尚舍"
    "圣施史舒司斯思苏索塔泰坦汤陶特提廷图托瓦万旺威维伟魏温文沃乌伍武西希夏肖谢辛休许雅亚延扬耶叶伊因英尤"
    "约泽扎詹翰斐兹佐买热依木江力提汗娅妮丽露伽逊"
)
_WHY = Message("人名间隔号", "The dot within a name")


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    for at in signs.places(text, SIGNS):
        left, right = text[at - 1 : at], text[at + 1 : at + 2]
        if not left or not right or left.isdigit() or right in " \n" or document.is_opaque(at, at + 1):
            continue
        if text[at] in "．.":
            within = {*text[max(0, at - 2) : at], *text[at + 1 : at + 3]} <= _SOUND and at >= 2
        else:
            within = is_han(left) and (is_han(right) or right.isupper())
            within = within or (left.isupper() and is_han(right))
        if within:
            yield fix(NAME, text, [(at, at + 1, "·")], SAFETY, 0.95, _WHY)
