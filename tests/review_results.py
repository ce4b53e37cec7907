"""Results to review: pages with suggestions and edits, made as `ocrfix FILE -o OUT --apply safe` does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleanup.archive import outputs, store
from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store
from cleanup.archive.job import Job
from cleanup.data.roster import Roster
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy
from cleanup.model.result import Result
from cleanup.review import query
from cleanup.review.desk import Desk
from cleanup.review.index import Index

HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
SETTINGS = Settings(Policy(Applicability.SAFE), skip=("context",))
NO_DEFAULT = Roster()
OPEN = query.Filter(kind="fix", status="withheld", state="open", rule="phrases.misread")
"""Misread phrases that nobody decided about."""


def page(number: int) -> str:
    """A page with two misread phrases (suggested), spaces between characters (made), and mark-up."""
    return (
        f"# 第{number}版要闻\n\n2024年3月{number}日，第{number}项工程己经完成，"
        f"验收组 现场 查看了{number}号楼。\n\n"
        f"曰前，第{number}批居民搬入新居，{HOSTILE}大家都说好。\n\n第{number}条道路己经通车，沿线居民出行方便。\n"
    )


def write(out: Path, name: str, text: str, settings: Settings = SETTINGS) -> Result:
    """Repair a text into `out`."""
    result = repair_document(read(text.encode(), name), NO_DEFAULT, settings)
    made = outputs.contents(result, name, Job(settings, default_roster=False), out)
    store.write_all({out / called: content for called, content in made.items()})
    return result


def results(out: Path, pages: Iterable[int] = range(1, 7)) -> Path:
    """A folder of results."""
    for number in pages:
        write(out, f"page{number}.txt", page(number))
    return out


def open_desk(out: Path) -> Desk:
    """A desk over three pages of results, at which 王敏 sits."""
    store = Store(decisions.place(results(out, range(1, 4))))
    index = Index(out, store)
    index.refresh()
    return Desk(index, store, "王敏")


def key_of(index: Index, item: int) -> str:
    """The key under which decisions about an item of the index are kept."""
    return str(query.items(index, [item])[0]["key"])
