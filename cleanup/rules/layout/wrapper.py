"""What a model says around the text: 以下是识别结果：, a fence around everything, <think>…</think>.

Why: vision-language models greet, wrap the page in ```markdown … ```, say what they did and offer more help.
Leaves alone: fences inside a text, fences that hold code, 以下是 and 如需帮助 of the page itself; suggests
     what a letter may say as well; flags a thought that does not end.
Safety: LIKELY, since the sentence must speak of the reading (图片, 识别, OCR), or the fence hold all.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanup.model.document import Document
from cleanup.model.fix import Applicability, Fix, Message, Span, fix, flag
from cleanup.rules.contract import Case
from cleanup.text import wrappers

NAME = "layout.wrapper"
SUMMARY = Message(
    "去掉模型加在正文前后的话和围栏", "Take away what a model says around the text, and its fences"
)
SAFETY = Applicability.LIKELY
EARLY = 1
NEEDS: tuple[str, ...] = ()
_A = "会议通报了去年各乡镇主要经济指标完成情况。\n"
CASES = (
    Case(f"以下是识别结果：\n\n{_A}", _A),
    Case(
        f"好的，以下是从图片中提取的文字内容：\n\n{_A}\n以上是图片中的全部文字内容。如需进一步帮助，请随时告诉我。\n",
        _A,
    ),
    Case(f"Sure! Here is the extracted text from the image:\n\n{_A}", _A),
    Case(f"```markdown\n{_A}```\n", _A),
    Case(
        f"```markdown\n{_A}```\n\n```markdown\n# 二\n\n{_A}```\n",
        f"{_A}\n# 二\n\n{_A}",
        "a fence for each page",
    ),
    Case(f"写法：\n```markdown\n{_A}```\n\n```markdown\n{_A}```\n", None, "a text about Markdown"),
    Case(f"```text\n{_A}\n```", _A[:-1]),
    Case(f"<think>先看标题。\n再看正文。</think>\n\n{_A}", _A),
    Case(f"<think>先看标题。\n{_A}", None, "a thought that does not end", flags=True),
    Case(f"{_A}```python\nprint(1)\n```\n", None, "code inside a text"),
    Case("```python\nprint(1)\n```\n", None, "code"),
    Case(f"以下是会议纪要：\n\n{_A}", None, "the page's own"),
    Case(f"{_A}如需进一步帮助，请拨打12345。\n", None, "a notice"),
)
_WHY = {
    "thought": Message("模型的思考过程，不是页面文字", "What the model thought, not what the page says"),
    "preamble": Message("模型的开场白，不是页面文字", "The model's own words before the text"),
    "fence": Message("模型给全文加的代码围栏", "A code fence that a model put around everything"),
    "postscript": Message("模型的结束语，不是页面文字", "The model's own words after the text"),
}
_OPEN = Message(
    "模型的思考没有结束标记，分不清哪些是页面文字",
    "The model's thought does not end (or begin): what the page itself says cannot be told",
)


def find(document: Document, tools: object) -> Iterable[Fix]:
    text = document.text
    around = wrappers.find(text)
    for piece in around.pieces if around else ():
        yield fix(NAME, text, [(piece.span.start, piece.span.end, "")], SAFETY, 0.95, _WHY[piece.kind])
    if mark := wrappers.unclosed(text):
        yield flag(NAME, Span(mark.start, min(mark.end + 1, len(text))), 0.9, _OPEN)
    if not around and wrappers.is_offer(text.rstrip().rpartition("\n")[2]):
        end = len(text.rstrip())
        start = len(text[:end].rpartition("\n")[0].rstrip())
        if start:
            yield fix(NAME, text, [(start, end, "")], Applicability.SUGGEST, 0.5, _WHY["postscript"])
