"""ocrfix.toml: settings found upward from the input; the command line goes before them."""

from __future__ import annotations

import locale
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from cleanup.cli.failure import Failure
from cleanup.model import file_names
from cleanup.model.crop import Choice
from cleanup.model.errors import Exit
from cleanup.model.fix import Lang
from cleanup.model.journal import Furniture, Headlines, Level, RulePolicy, Script
from cleanup.model.scan import Look, Witness

NAME = file_names.SETTINGS


class RuleConfig(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename="kebab"):
    """The keys of [rules."family.rule"]: what differs for a rule, or for a family."""

    apply: Level | None = None
    min_confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    precision: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    """Written by `ocrfix tune`: the precision that decisions proved; where they no longer do, it lapses."""
    batches: bool = False
    """Whether strokes over many places counted for it."""


class Config(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename="kebab"):
    """The keys of ocrfix.toml; a key left out has the tool's own default."""

    apply: Literal["safe", "likely", "suggest"] | None = None
    min_confidence: float | None = None
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    roster: tuple[str, ...] = ()
    default_roster: bool = True
    protect: tuple[str, ...] = ()
    protect_from: tuple[str, ...] = ()
    learned: str | None = None
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    keep_encoding: bool = False
    furniture: Furniture | None = None
    headlines: Headlines | None = None
    to: Script | None = None
    model: str | None = None
    scan: str | None = None
    witness: Witness | None = None
    look: Look | None = None
    crops: Choice | None = None
    format: Literal["txt", "md", "json"] | None = None
    output: str | None = None
    lang: Literal["zh", "en"] | None = None
    own_rules: tuple[str, ...] = ()
    """Modules of the user's own rules, looked for beside the file too."""
    rules: dict[str, RuleConfig] = {}

    def rule_policies(self) -> tuple[RulePolicy, ...]:
        """What single rules and families may do, by name."""
        return tuple(
            RulePolicy(name, rule.apply, rule.min_confidence) for name, rule in sorted(self.rules.items())
        )


@dataclass(frozen=True)
class Found:
    """Settings with the file they come from; relative paths in it start at its folder."""

    config: Config
    path: Path | None = None

    def own_rules(self) -> tuple[str, ...]:
        """The modules of the user's own rules, which may lie beside the file."""
        if self.config.own_rules and self.path is not None:
            beside = str(self.path.parent)
            sys.path += [beside] * (beside not in sys.path)
        return self.config.own_rules

    def beside(self, name: str) -> str:
        """A path of the settings as seen from here."""
        return str(self.path.parent / name) if self.path is not None else name

    def folder(self, output: Path | None, beside: Path) -> Path:
        """Where results go: as asked for, else as the settings say, else `beside`."""
        if output is None and self.config.output is not None:
            return Path(self.beside(self.config.output))
        return beside if output is None else output


def find(start: Path) -> Found:
    """The nearest ocrfix.toml in `start` or a folder above it; raises Failure on a broken one."""
    folder = start.resolve()
    for place in (folder, *folder.parents):
        path = place / NAME
        if path.is_file():
            return Found(_read(path), path)
    return Found(Config())


def _read(path: Path) -> Config:
    import tomllib  # most pages have no settings beside them

    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8-sig")), Config)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Failure(
            Exit.DATA,
            f"设置文件 {path} 有错：{error}。改正它，或用 ocrfix init 另写一份。",
            f"{path}: {error}. Correct it, or write a fresh one with ocrfix init.",
        ) from None


def language(option: str | None, config: Config | None = None) -> Lang:
    """The language of messages and reports: option, settings, then the locale."""
    chosen = option or (config.lang if config else None)
    if chosen is None:
        shown = (
            os.environ.get("LC_ALL")
            or os.environ.get("LC_MESSAGES")
            or os.environ.get("LANG")
            or locale.getlocale()[0]
            or ""
        )
        chosen = "zh" if shown.lower().startswith(("zh", "chinese")) else "en"
    return "zh" if chosen == "zh" else "en"


TEMPLATE = """\
# Settings of ocrfix for this folder and everything below it. Options on the command line go first.
# ocrfix 的设置，对本目录及其下所有文件有效；命令行选项优先。

# What may be edited without a person: "safe", "likely" (default) or "suggest".
# 允许自动修改的级别。
# apply = "likely"

# The least probability of being right for an unattended edit.
# 自动修改所需的最低置信度。
# min-confidence = 0.6

# Run only these rules or families / leave these out (see: ocrfix rules).
# 只用（或不用）这些规则或规则族。
# only = []
# skip = ["names"]

# Running heads, folios, dates and credit lines of the page: "drop" (default), "keep" or "mark".
# 报头、版次、日期、责编等版面文字：删去（默认）、保留、标记。
# furniture = "drop"

# Rules of your own: Python modules, beside this file or installed (see docs/tutorials/own.en.md).
# 自定规则：Python 模块，放在本文件旁或已安装。
# own-rules = ["my_rules"]

# Headlines over several lines: "printed" (default) or "logical" (one line each).
# 分行排的标题：按原样分行（默认），或接成一行。
# headlines = "printed"

# Convert the script: "hans" (simplified), "hant" (traditional), "tw" or "hk" (default: leave it).
# 转换简繁：简体、繁体、台湾、香港（默认不转换）。
# to = "hant"

# Also write the articles and their parts: FILE.structure.txt, .md or .json: "txt", "md" or "json".
# 另写文章及其各部分：纯文本、Markdown 或 JSON。
# format = "json"

# Your own language model, relative to this file: of ocrfix train lm, or KenLM's (needs: pip install kenlm).
# 自己的语言模型，相对本文件的路径：ocrfix train lm 所写，或 KenLM 文件（需 pip install kenlm）。
# model = "own.bin"

# Folder (or file) of the pages' pictures, relative to this file, by name or page number; who reads them:
# "rapidocr" (default; needs: pip install "ocrfix[scan]"), "tesseract" or "both".
# 页面图像所在的目录（或文件），相对本文件的路径，按文件名或页号对应；由谁读图。
# scan = "scans"
# witness = "rapidocr"

# Lines of the picture in the report: "some" (default: flags, suggestions, doubtful edits), "all", "none".
# 报告中的扫描图行：部分（待查、建议、把握不大的）、全部、不要。
# crops = "some"

# Rosters of people (CSV, TSV, XLSX, JSON), relative to this file; whether public figures count as well.
# 人员名册，相对本文件的路径；是否同时使用自带的公众人物名册。
# roster = ["roster.csv"]
# default-roster = true

# Words that stay as they are wherever they stand.
# 永不改动的词。
# protect = ["卡点堵点"]

# Lists of such words, relative to this file: one word a line, a note behind a tab.
# 这类词的词表，相对本文件的路径：每行一词，制表符后为备注。
# protect-from = ["protected.tsv"]

# The "learned" folder of reviewed results: your dictionary, protected words, channel and roster.
# 审校结果中的 learned 目录：自己的词典、受保护的词、误读统计和名册。
# learned = "out/learned"

# Ids of journal records: edits always made, and edits never made.
# 日志记录的编号：一律接受、一律拒绝的修改。
# accept = []
# reject = []

# Folder for results (default: beside the input); write back in the input's encoding.
# 结果目录（默认与输入同目录）；按原编码写回。
# output = "out"
# keep-encoding = false

# Language of messages and reports: "zh" or "en" (default: the locale's).
# 消息和报告的语言。
# lang = "zh"

# Bars of single rules or families; "never": every edit of it waits for a person. `ocrfix tune OUT --write`
# writes such tables, with the precision that your decisions proved.
# 单个规则（族）的标准；"never" 表示一律留给人决定。ocrfix tune OUT --write 会按审校结果写入。
# [rules."names.misread"]
# apply = "suggest"
# min-confidence = 0.9
"""
