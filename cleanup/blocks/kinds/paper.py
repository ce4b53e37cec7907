"""The parts of an official paper that are no running text: issuing office, number, title, addressee, closing,
signature, date, enclosures, copies.

Told by: dates alone on a line with what signs above them, file numbers, 关于…的批复 on a line of its own, an
addressee below a title, 特此…, 附件：, 抄送：. A line that fills its column behind a line in mid-sentence is
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanup.blocks.contract import Case, Claim
from cleanup.blocks.rows import Page
from cleanup.model.block import BlockKind
from cleanup.text import paragraphs
from cleanup.text.lines import KEPT
from cleanup.text.patterns import regex_pattern
from cleanup.text.scripts import HAN

NAME: BlockKind = "paper"
_REPLY = (
    "关于修筑公路的批复\n东河乡人民政府：\n"
    "你乡来文收悉。经研究，同意修筑公路。\n特此批复。\n县人民政府\n一九五八年三月二日\n"
)
CASES = (
    Case(_REPLY, (0, 1, 3, 4, 5)),
    Case(
        "（五八）县字第12号\n\n你乡来文收悉，同意修筑公路。\n\n附件：计划表一份\n\n"
        "县水利局\n1958年3月2日\n抄送：地区行政公署\n",
        (0, 2, 3, 4, 5),
    ),
    Case("县总工会\n县妇女联合会\n共青团县委\n一九八二年三月五日\n", (0, 1, 2, 3)),
    Case("县人民政府文件\n县政发〔2023〕15号\n关于做好防汛工作的通知\n各乡镇人民政府：\n", (0, 1, 2, 3)),
    Case("关于工作报告的决议\n（1954年8月12日第一次会议通过）\n会议听取了报告，同意这个报告。\n", (0, 1)),
    Case("小园杂咏\n（一九五六年十二月）\n山高路远马蹄轻，\n", (1,)),
    Case(
        "县人民委员会今天发出通知，要求各乡按照县政府\n关于做好防汛工作的通知\n精神，抓紧布置。\n",
        (),
        "in a sentence",
    ),
    Case("他生于一九五八年三月\n二日，卒于一九八〇年。\n", ()),
    Case("他说：\n今年的收成好。\n", (), "speech"),
)
_N = r"[\d〇零○一二三四五六七八九十百千元OＯoO0-9０-９廿卅]"
_DATE = regex_pattern(
    rf"[（(]?(?:公元|民国|中华民国)?[ 　]*(?:{_N}[ 　]?){{2,6}}"
    rf"[ 　]*年[ 　]*(?:{_N}[ 　]?){{1,3}}月[ 　]*(?:(?:{_N}[ 　]?){{1,3}}[日号])?[）)]?"
    r"|[（(]?\d{4}[-./．]\d{1,2}[-./．]\d{1,2}[）)]?"
)
_NUMBER = regex_pattern(
    rf"(?:[{HAN}]{{1,14}}|[〔（(［\[]\S{{1,8}}[〕）)］\]])"
    rf"[ 　]*[〔（(［\[]?[\d{HAN}]{{0,6}}[〕）)］\]]?"
    rf"[ 　]*[{HAN}]{{0,6}}第?[ 　]*[\d一二三四五六七八九十百〇]{{1,5}}[ 　]*号"
)
_KINDS = (
    "批复|通知|通知书|函|复函|公函|指示|通报|决定|报告|请示|意见|命令|令|公告|通告|布告|规定|暂行规定|办法|暂行办法"
    "|细则|纪要|会议纪要|决议|答复|批示|电|总结|计划|方案|说明|证明|介绍信|建议|提案|议案|倡议书|公报|简报"
)
_TITLE = regex_pattern(
    rf"[^，。；：！？]{{0,40}}关[于於][^。；：！？]{{2,70}}的?(?:{_KINDS})(?:[（(〔][^）)〕]{{1,24}}[）)〕])?"
)
_HEAD = regex_pattern(rf"[{HAN}×xX]{{4,28}}(?:文件|公函)")
_PASSED = regex_pattern(r"[（(][^（）()。]{4,70}(?:通过|批准|公布|发布|印发|修正|修订|施行)[）)]")
"""（…第一次会议通过）, below the title of a decision or law."""
_CLOSING = regex_pattern(
    r"(?:特此|专此|此令|此复|此布|此致|此令|此报"
    r"|以上(?:请示|报告|意见)|当否|妥否|是否(?:可行|妥当))[^，。！？]{0,16}[，]?[^，。！？]{0,14}[。．.！!？?]?"
)
_LABEL = regex_pattern(
    r"(?:附件|附表|附图|附录|附记|附)[一二三四五六七八九十\d]{0,2}[：:]"
    r"|(?:抄[送报发致]|主送"
    r"|分送|报送|呈报|主题词|印发|发至|密级|签发人?|拟稿|校对|打字|共印|承办|联系人|存档)[^，。；：]{0,8}[：:]"
)
_ADDRESSEE = regex_pattern(
    r"[^。；！？：:“”]{1,80}(?:政府|公署|委员会|党委|支部|总社|公社|大队|[局厅部处科股所站社院校厂场矿店行会办室庭团队组乡镇县市区省州村]"
    r"|公司|单位|机关|部门|企业|学校|代表|委员|同志|先生|女士|同学|老师|经理|主任|书记|[县市省乡镇区]长)[：:]"
)
_ORGAN = regex_pattern(
    r"\S{2,30}(?:政府|公署|委员会|党委|支部|公社|大队|[局厅部处科股所站社院校厂场矿店行会办室庭团队组]|公司|编辑部"
    r"|领导小组|办公[室厅]|[省市地县区团党军工]委|中央|同盟)"
)
_SAID = regex_pattern(r".*(?:说|道|问|答|指出|强调|认为|要求|表示|如下|介绍|写道|宣布|规定|决定)[：:]")
_NAMES = regex_pattern(
    rf"(?:[{HAN}]{{2,8}}(?:[（(](?:盖?章|签[名字]|印)[）)])?[：: 　]+)?[{HAN}](?:[ 　]*[{HAN}]){{1,3}}"
    rf"(?:[ 　]+[{HAN}]{{2,4}})*(?:[ 　]*[（(](?:盖?章|签名|印)[）)])?|[（(](?:盖?章|公章|印)[）)]"
)
_SIGNS = regex_pattern(
    r"(?:[具立]\p{Han}{0,2}|申请|证明|承诺|推荐|介绍|举报|控告|代笔|经手|中|见证|签发|签署|保证)人[：: 　]"
)
_STARS = regex_pattern(r"[★☆*＊](?:[ 　]*[★☆*＊])*")
"""What parts the head of a paper from its title."""
_SIGNERS = 4
"""Lines that sign a paper above its date, at the most."""


def _may_be_date(words: str) -> bool:
    """Whether a line is as short as dates are: the pattern is tried on no other."""
    return len(words) <= (26 if "年" in words else 12)


@lru_cache(maxsize=KEPT)
def _part(words: str) -> str:
    """Which part of a paper a line looks like by itself; empty: none."""
    size = len(words)
    if _may_be_date(words) and _DATE.fullmatch(words):
        return "date"
    if size <= 40 and words[-1] == "号" and _NUMBER.fullmatch(words):
        return "number"
    if size <= 120 and ("关于" in words or "关於" in words) and _TITLE.fullmatch(words):
        return "title"
    if size <= 30 and words[-2:] in ("文件", "公函") and _HEAD.fullmatch(words):
        return "head"
    if size <= 36 and _CLOSING.fullmatch(words):
        return "closing"
    if size <= 76 and words[0] in "（(" and _PASSED.fullmatch(words):
        return "passed"
    if _LABEL.match(words):
        return "label"
    if (
        words[-1] in "：:"
        and size <= 90
        and not _SAID.fullmatch(words)
        and (_ADDRESSEE.fullmatch(words) or paragraphs.is_salutation(words))
    ):
        return "addressee"
    return ""


def find(page: Page) -> Iterator[Claim]:
    rows = page.rows
    kinds = [_part(row.words) if row.plain else "" for at, row in enumerate(rows)]
    for at, kind in enumerate(kinds):
        if not kind:
            if at and kinds[at - 1] in ("number", "head") and _STARS.fullmatch(rows[at].words):
                yield Claim(at, at, 0.97)
            continue
        apart = page.is_fresh(at) or (at > 0 and bool(kinds[at - 1]))
        if kind == "date":
            bracketed = rows[at].words[0] in "（("
            first = at if bracketed else _signed(page, kinds, at)
            if first < at:
                yield Claim(first, at, 0.97)
            elif apart or bracketed:
                yield Claim(at, at, 0.97, kind="dateline")  # nobody signs: the head of a page may say its day
        elif kind == "addressee":
            above = kinds[at - 1] if at else ""
            if (
                at == 0
                or above in ("title", "number", "head", "date")
                or rows[at].blank
                or (apart and rows[at].size < 0.9 * rows[at].width)
            ):
                yield Claim(at, at, 0.95)
        elif kind == "label":
            if page.is_fresh(at) or not page.is_full(at - 1):
                closes = rows[at].size < 0.85 * rows[at].width or rows[at].words[-1] in "。份页张件"
                yield Claim(at, at, 0.95, closes=closes, joins="inside")
        elif apart:
            yield Claim(at, at, 0.97)


def _signed(page: Page, kinds: list[str], date: int) -> int:
    """The first of the lines that sign above a date."""
    rows, at = page.rows, date
    while at and date - at < _SIGNERS and page.is_plain(at - 1) and not rows[at].page:
        above = rows[at - 1]
        if kinds[at - 1] in ("closing", "title", "addressee", "label", "number", "date"):
            break
        organ = bool(_ORGAN.fullmatch(above.words)) or bool(_NAMES.fullmatch(above.words))
        if (above.marked and not _SIGNS.match(above.words)) or not above.open or not organ:
            break
        at -= 1
    while at < date and not page.is_fresh(at) and page.is_full(at):
        at += 1  # a line that fills its column may be the end of what stands above
    return at
