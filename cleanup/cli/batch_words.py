"""What `ocrfix batch` says."""

from __future__ import annotations

from cleanup.model.fix import Message

UP_TO_DATE = Message("全部 {} 页都是最新的，无事可做。", "All {} pages are up to date; nothing to do.")
INTERRUPTED = Message(
    "已中断；本次修复的 {} 页已记入台账，再运行同一命令即可继续。",
    "interrupted; the {} pages repaired so far are kept: run the same command again to go on.",
)
FAILED = Message(
    "{} 页失败（修正原因后用 --retry 重试）：", "{} failed (fix the cause, then run again with --retry):"
)
FAILED_BEFORE = Message(
    "{} 页失败，其中 {} 页是以前失败的，本次未再试（修正原因后用 --retry 重试）：",
    "{} failed, {} of them in earlier runs and not tried again now (fix the cause, then run again with "
    "--retry):",
)
LEFT_OUT = Message(
    "以前修复过的 {} 页不在本次输入中；其结果保持原样，总览中仍有。",
    "{} pages of earlier runs are not among the inputs; their results stay, and the overview still has them.",
)
PASSED_OVER = Message(
    "同一页有几个文件时只读一个：{} 个文件未读（例如读 {taken}，不读 {path}；"
    "全部见 summary.json）。要读别的，请用 --include。",
    "of several files of a page one is read: {} passed over ({taken} is read, not {path}; summary.json names "
    "all). To read others: --include.",
)
STRANGE = Message(
    "另有 {} 个文件未读（例如 {path}）：按名称不是文本，或是 JSON、XML、TSV 而不是识别引擎写的。"
    "要读请用 --include。",
    "{} other files are not read ({path} is the first): no text by their names, or JSON, XML and TSV that no "
    "engine wrote. To read such: --include.",
)
DONE = Message(
    "修复 {} 页，失败 {} 页，共 {} 页；{} 页尚待修复。总览：{}；审校：ocrfix review {}",
    "{} pages repaired, {} failed, of {}; {} still to do. Overview: {}. To review: ocrfix review {}",
)
WHY = {
    "new": Message("新页", "new"),
    "changed": Message("内容有变", "changed"),
    "settings": Message("设置有变", "other settings"),
    "people": Message("名册有变", "other rosters"),
    "profile": Message("普查结果有变", "another archive profile"),
    "data": Message("词典或模型有变", "other dictionaries or models"),
    "code": Message("程序已更新", "another version of ocrfix"),
    "decisions": Message("有新的人工决定", "new decisions"),
    "missing": Message("结果缺失", "results missing"),
    "retry": Message("重试", "tried again"),
    "unfinished": Message("上次未完成", "unfinished"),
}
