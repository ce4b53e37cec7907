"""What the index of an archive says, in both languages."""

from __future__ import annotations

from functools import cache

from cleanup.model.fix import Lang, Message
from cleanup.reports import words

_ZH_EN = {
    "title": ("档案总览", "Archive overview"),
    "pages": ("版面", "Pages"),
    "issues": ("期次", "Issues"),
    "names": ("人名", "Names"),
    "failures": ("失败", "Failures"),
    "articles": ("拼接的文章", "Joined articles"),
    "loose": ("未接上的转接", "Loose ends"),
    "title.of": ("标题", "Title"),
    "confidence": ("把握", "Confidence"),
    "mark": ("转接标记", "Jump line"),
    "line": ("行", "Line"),
    "kind": ("种类", "Kind"),
    "kind.orphan": ("缺另一端", "no other end"),
    "kind.contradiction": ("版次矛盾", "pages contradict"),
    "kind.failed": ("未能拼接", "not stitched"),
    "overview": ("图表", "Charts"),
    "count.pages": ("个版面", "pages"),
    "count.issues": ("期", "issues"),
    "count.characters": ("字", "characters"),
    "count.applied": ("处已修改", "changes made"),
    "count.suggested": ("条建议未采用", "suggestions, not made"),
    "count.flags": ("处需要人看", "places to look at"),
    "count.remaining": ("处估计仍有错", "errors expected to remain"),
    "count.failed": ("个版面失败", "pages failed"),
    "count.todo": ("个版面尚待修复", "pages still to do"),
    "count.gone": ("个版面的原文件已不在", "pages whose file is gone"),
    "gone": ("原文件已不在", "file is gone"),
    "remaining.how": (
        "修复后估计仍错的字数，由语言模型、建议和待查之处推算，同 ocrfix estimate；丢失的行看不出来。",
        "Characters of the repaired text that are likely wrong, by the language model, suggestions and "
        "flags, as ocrfix estimate says; lost lines leave no trace.",
    ),
    "chart.families": ("各类改动", "Changes by family"),
    "chart.pairs": ("最常见的改字（前 50）", "Most frequent replacements (top 50)"),
    "chart.names": ("最常见的人名", "Names most often found"),
    "chart.quality": (
        "版面质量：每千字估计仍有的错误",
        "Pages by quality: errors expected in 1,000 characters",
    ),
    "chart.timeline": ("各期每千字改动", "Changes in 1,000 characters, issue by issue"),
    "pair.read": ("原文", "Read"),
    "pair.printed": ("改为", "Becomes"),
    "pair.examples": ("例", "Examples"),
    "issue": ("期次", "Issue"),
    "page": ("版", "Page"),
    "path": ("文件", "File"),
    "date": ("日期", "Date"),
    "applied": ("修改", "Changes"),
    "suggested": ("建议", "Suggestions"),
    "flags": ("待查", "Flags"),
    "remaining": ("估计余错", "Errors left"),
    "characters": ("字数", "Characters"),
    "failed": ("失败", "Failed"),
    "times": ("次数", "Times"),
    "name": ("姓名", "Name"),
    "office": ("名册职务", "Office on the roster"),
    "forms": ("原文写法", "Forms in the source"),
    "why": ("原因", "Why"),
    "search": ("搜索", "Search"),
    "shown": ("{} / {} 行", "{} of {} rows"),
    "loading": ("读入 {} / {} …", "loading {} of {} …"),
    "more": ("再读入一些", "Load more"),
    "lost": ("缺少文件 {}，请重新运行 ocrfix batch", "{} is missing; run ocrfix batch again"),
    "none": ("没有符合条件的行", "No row matches"),
    "all": ("（全部）", "(all)"),
    "files": ("另见", "See also"),
    "noscript": (
        "浏览器未运行脚本：请看 summary.json、changes.csv 和 names.csv。",
        "Scripts are off: see summary.json, changes.csv and names.csv.",
    ),
}
_FROM_REPORTS = ("family.", "status.", "language")


def word(key: str, lang: Lang) -> str:
    """A word of the index page."""
    return table(lang)[key]


@cache
def table(lang: Lang) -> dict[str, str]:
    """All words of the page in a language."""
    shared = {key: said for key, said in words.table(lang).items() if key.startswith(_FROM_REPORTS)}
    return shared | {key: Message(*said).text(lang) for key, said in _ZH_EN.items()}
