"""A page, and what becomes of a text beside what a witness read of it."""

from __future__ import annotations

from cleanup import witness
from cleanup.api import Repairer, Result
from cleanup.engine.repair import read
from cleanup.formats.encoding import encode
from cleanup.model.journal import Record

REPAIRER = Repairer(default_roster=False)
ONE = (
    "会议强调，要认真学习贯彻重要讲话精神，",
    "加强组织领导，明确责任分工，扎实推进各",
    "项工作落实落细，确保完成全年目标任务，",
    "以优异的成绩向全县人民交出满意的答卷。",
)
TWO = (
    "今年上半年全市规模以上工业增加值同比增",
    "长5.7%，高于去年同期，其中高技术制造业",
    "增长12.4%，新能源汽车产量翻了一番多。",
)
PAGE = "\n".join((*ONE, "", *TWO))
FIRST, SECOND = "".join(ONE), "".join(TWO)


def repaired(text: str, page: str = PAGE, name: str = "page.md", unsure: str = "") -> Result:
    document = witness.beside(read(text.encode(), name), [witness.recorded(page, unsure)])
    result = REPAIRER.document(document)
    assert encode(result.undo(), result.journal.source.envelope) == text.encode()
    return result


def by_picture(result: Result) -> list[Record]:
    return [one for one in result.journal.applied if one.rule.startswith("scan.")]
