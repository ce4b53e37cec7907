"""A headline twice in a row: kept once.

Why: a model that starts the article anew writes its headline again; engines read a headline over two
     columns twice.
Leaves alone: headings that recur with text between; table heads, list items, refrains.
Safety: LIKELY for marked headings; in plain text only over the prose of its article.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document, Line
from cleanup.model.fix import Applicability, Fix, Message, fix
from cleanup.rules.contract import Case
from cleanup.text.paragraphs import is_prose

NAME = "repeats.headline"
SUMMARY = Message("标题连着出现两遍，只留一遍", "Keep once a headline that stands twice in a row")
SAFETY = Applicability.LIKELY
NEEDS: tuple[str, ...] = ()
CASES = (
    Case("# 全镇春耕全面展开\n\n# 全镇春耕全面展开\n\n本报讯", "# 全镇春耕全面展开\n\n本报讯"),
    Case(
        "全镇春耕全面展开\n全镇春耕全面展开\n本报讯（记者 某某）昨日，全镇春耕全面展开。",
        "全镇春耕全面展开\n本报讯（记者 某某）昨日，全镇春耕全面展开。",
    ),
    Case("# 简讯\n\n县里开会。\n\n# 简讯\n\n镇里开会。", None, "text between"),
    Case("打倒旧势力！\n打倒旧势力！\n全世界的劳动者，团结起来，争取自由！\n", None, "slogans"),
    Case("# 诗\n\n归去来兮\n归去来兮\n田园将芜", None, "a refrain"),
)
_WHY = Message("标题与上一行相同，接连出现", "The same headline stands directly above")


def find(document: Document, tools: object) -> Iterable[Fix]:
    solid = [line for line in document.lines if line.kind != "blank"]
    for at in range(1, len(solid)):
        one, two = solid[at - 1], solid[at]
        words = "".join(document.words(two).split())
        if len(words) < 2 or "".join(document.words(one).split()) != words:
            continue
        marked = "heading" in (one.kind, two.kind) and {one.kind, two.kind} <= {"heading", "body"}
        if not marked and not _titles(document, solid, at, words):
            continue
        # The better mark stays: a body line under its own heading goes, a heading under a body line too.
        gone = (
            (one.span.start, two.span.start)
            if one.kind == "body" != two.kind
            else (one.span.end, two.span.end)
        )
        yield fix(NAME, document.text, [(*gone, "")], SAFETY, 0.97 if marked else 0.9, _WHY)


def _titles(document: Document, solid: list[Line], at: int, words: str) -> bool:
    """Whether two equal body lines look like the printed headline of the prose below."""
    if solid[at - 1].kind != "body" or solid[at].kind != "body":
        return False
    below = document.words(solid[at + 1]) if at + 1 < len(solid) else ""
    if words.startswith("—") or words[-1] in "！!":  # a subhead may repeat a title; a slogan is cried again
        return False
    return 6 <= len(words) <= 40 and not is_prose(words) and is_prose(below) and len(below) > len(words)
