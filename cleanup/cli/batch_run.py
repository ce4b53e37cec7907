"""What `ocrfix batch` does once its command line is read: list, repair, write the index, tell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleanup.archive import decisions, groups, inputs, learning, run, summary
from cleanup.archive import job as jobs
from cleanup.archive.ledger import NAME, Ledger
from cleanup.archive.workers import Workers
from cleanup.cli import options as shared
from cleanup.cli.failure import Exit, Failure
from cleanup.cli.progress import Progress, Stop
from cleanup.data.learned import Learned
from cleanup.model.fix import Lang, Message

POLL = 2.0
"""Seconds between two looks into a scanner's inbox."""


@dataclass(frozen=True)
class Run:
    """The command line, read."""

    inputs: list[str]
    lists: list[str]
    include: list[str]
    out: Path
    job: jobs.Job
    plan: run.Plan
    workers: int
    timeout: float
    limit: int | None
    watch: bool
    quiet: bool
    lang: Lang
    lang_given: bool


def _listed(lists: list[str]) -> Iterator[str]:
    for place in lists:
        try:
            with sys.stdin.buffer if place == "-" else Path(place).open("rb") as stream:
                yield from inputs.read_list(iter(lambda: stream.read(1 << 16), b""))
        except OSError as error:
            raise Failure(
                Exit.INPUT,
                f"列表 {place} 无法读取：{error.strerror}。",
                f"the list {place} cannot be read: {error.strerror}.",
            ) from None


def dry(wanted: Run) -> int:
    """Print what would be done. The ledger is copied, so that nothing is written."""
    ledger = Ledger(":memory:")
    if (wanted.out / NAME).is_file():
        ledger.copy(wanted.out / NAME)
    wanted = _as_before(wanted, ledger)
    listed = _list(wanted, ledger)
    for task in run.tasks(ledger, listed.run, wanted.limit):
        print(groups.printable(task.path))
    _say(wanted, _reasons(listed, wanted.lang))
    return Exit.DONE if listed.reasons else Exit.NOTHING_TO_DO


def whole(wanted: Run) -> int:
    """The run itself, and with --watch those after it."""
    wanted.out.mkdir(parents=True, exist_ok=True)
    with run.locked(wanted.out) as stage:
        ledger = Ledger(wanted.out / NAME)
        wanted = _as_before(wanted, ledger)
        stop = Stop()
        code: int = Exit.DONE
        try:
            with stop:
                code = _once(wanted, ledger, stage, stop)
                while wanted.watch and not stop.wanted:
                    stop.sleep(POLL)
                    if not stop.wanted:
                        code = _once(replace(wanted, quiet=True), ledger, stage, stop)
        finally:
            ledger.close()
    return Exit.INTERRUPTED if stop.wanted else code


def _as_before(wanted: Run, ledger: Ledger) -> Run:
    """Where neither the command line nor ocrfix.toml names a language, reports keep that of the first run."""
    kept = ledger.get("job")
    if kept is None or wanted.lang_given:
        return wanted
    return replace(wanted, job=replace(wanted.job, lang=jobs.decode(kept).lang))


def _list(wanted: Run, ledger: Ledger) -> run.Listed:
    people = shared.people(wanted.job.roster, wanted.job.default_roster)
    found = inputs.find(wanted.inputs, _listed(wanted.lists), wanted.out, wanted.include)
    listed = run.list_pages(
        ledger,
        wanted.out,
        found,
        wanted.job.digest(people),
        _deciding(wanted).settings.decisions,
        wanted.plan,
    )
    if not (listed.pages or wanted.watch):
        raise Failure(
            Exit.INPUT,
            "没有找到任何页面；目录中只读 *.txt、*.md、*.markdown、*.text，其他名称请用 --include。",
            "no page was found; in folders *.txt, *.md, *.markdown and *.text are read; name others with "
            "--include.",
        )
    return listed


def _deciding(wanted: Run) -> jobs.Job:
    """The job with what people decided of the results by now, and what that taught."""
    settings = wanted.job.settings
    said = (*settings.decisions, *decisions.load(wanted.out))
    taught = learning.load(wanted.out)
    known = taught.learned if taught.learned != Learned() else settings.learned
    people = tuple(dict.fromkeys((*wanted.job.roster, *taught.rosters)))
    return replace(wanted.job, roster=people, settings=replace(settings, decisions=said, learned=known))


def _once(wanted: Run, ledger: Ledger, stage: Path, stop: Stop) -> int:
    """List, repair, write the index."""
    begun = time.time()
    people = shared.people(wanted.job.roster, wanted.job.default_roster)
    digest = wanted.job.digest(people)
    ledger.put("job", wanted.job.encode())
    ledger.put("group", wanted.plan.group)
    listed = _list(wanted, ledger)
    found = run.Repaired()
    total = listed.reasons.total()
    if wanted.limit is not None:
        total = min(total, wanted.limit)
    if total:
        ledger.put("indexed", False)
        ledger.commit()
        run.warm(people, wanted.job)
        repair = run.Repair(wanted.out, _deciding(wanted), wanted.plan.group, stage)
        with (
            Workers(min(wanted.workers, total), repair, wanted.timeout) as workers,
            Progress(total, wanted.quiet, wanted.lang) as progress,
            stop.gently(),
        ):
            found = run.repair_pages(
                ledger, listed, workers, digest, wanted.limit, progress.tell, lambda: stop.wanted
            )
    if found.full:
        raise Failure(Exit.OUTPUT, found.full.zh, found.full.en)
    if stop.wanted:
        _say(wanted, _INTERRUPTED.text(wanted.lang).format(found.done), always=True)
        return Exit.INTERRUPTED
    if not ledger.get("indexed"):
        summary.write(ledger, wanted.out, stage, wanted.job, listed.run, (begun, time.time()))
        ledger.put("indexed", True)
        ledger.commit()
    failed = ledger.count("failed", listed.run)
    if total or failed:
        _report(wanted, ledger, listed, found, failed)
    elif not wanted.watch:
        _say(wanted, _UP_TO_DATE.text(wanted.lang).format(listed.pages))
    if failed:
        return Exit.SOME_FAILED
    return Exit.DONE if total else Exit.NOTHING_TO_DO


_UP_TO_DATE = Message("全部 {} 页都是最新的，无事可做。", "All {} pages are up to date; nothing to do.")
_INTERRUPTED = Message(
    "已中断；本次修复的 {} 页已记入台账，再运行同一命令即可继续。",
    "interrupted; the {} pages repaired by now are kept: run the same command again and it goes on.",
)
_FAILED = Message("{} 页失败（修正原因后用 --retry 重试）：", "{} failed (mend the cause, then --retry):")
_DONE = Message(
    "修复 {} 页，失败 {} 页，共 {} 页；{} 页尚待修复。总览：{}",
    "{} pages repaired, {} failed, of {}; {} still to do. Overview: {}",
)
_WHY = {
    "new": Message("新页", "new"),
    "changed": Message("内容有变", "changed"),
    "settings": Message("设置或数据有变", "other settings or data"),
    "decisions": Message("有新的人工决定", "decided about"),
    "missing": Message("结果缺失", "results missing"),
    "retry": Message("重试", "tried again"),
    "unfinished": Message("上次未完成", "left undone"),
}
SHOWN = 20
"""So many failures are listed; the index has all."""


def _reasons(listed: run.Listed, lang: Lang) -> str:
    parts = [f"{_WHY[reason].text(lang)} {count}" for reason, count in sorted(listed.reasons.items())]
    return (
        f"{listed.reasons.total()} / {listed.pages}: {', '.join(parts)}" if parts else f"0 / {listed.pages}"
    )


def _report(wanted: Run, ledger: Ledger, listed: run.Listed, found: run.Repaired, failed: int) -> None:
    if failed:
        _say(wanted, _FAILED.text(wanted.lang).format(failed), always=True)
        for number, row in enumerate(ledger.rows("status = 'failed' AND seen = ?", (listed.run,))):
            if number == SHOWN:
                _say(wanted, f"  … {failed - SHOWN}", always=True)
                break
            _say(wanted, "  " + (row.reason_zh if wanted.lang == "zh" else row.reason_en), always=True)
    left = ledger.count("todo", listed.run)
    place = wanted.out / "index.html"
    _say(wanted, _DONE.text(wanted.lang).format(found.done, found.failed, listed.pages, left, place))


def _say(wanted: Run, sentence: str, always: bool = False) -> None:
    if always or not wanted.quiet:
        print(f"ocrfix: {sentence}", file=sys.stderr)
