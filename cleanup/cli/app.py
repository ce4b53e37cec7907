"""Runs a command line: what went wrong is told in a sentence, and has its exit code."""

from __future__ import annotations

import sys

from cleanup.cli import plain
from cleanup.cli.config import language
from cleanup.cli.say import say
from cleanup.model.errors import Exit, OcrfixError
from cleanup.model.fix import Lang


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    lang = language(plain.language(arguments))
    try:
        said = plain.read(arguments)
        if said is None:
            from cleanup.cli.tree import follow  # the parser takes its time

            result = follow(arguments, lang)
        else:
            from cleanup.cli.repairs import repair_files

            result = repair_files(**said)
    except OcrfixError as error:
        print(f"ocrfix: {error.text(lang)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted(lang)
    except OSError as error:
        about = error.filename or ("标准输出" if lang == "zh" else "standard output")
        why = error.strerror or str(error)
        zh = f"{about} 无法读写：{why}；请检查权限和磁盘空间。"
        say(lang, zh, f"{about} cannot be read or written: {why}; check permissions and the disk.")
        return Exit.OUTPUT
    except MemoryError:
        zh = "内存不足；请拆分文件，或在内存更大的机器上运行。"
        say(lang, zh, "there is not enough memory; split the file, or use a larger machine.")
        return Exit.OUTPUT
    except Exception as error:
        # Usage errors of the option parser carry their own message and exit code.
        show = getattr(error, "show", None)
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", Exit.USAGE))
    if result == Exit.INTERRUPTED and not isinstance(result, Exit):
        return _interrupted(lang)  # typer's own code; a command that gives ours has said more
    return int(result or 0)


def _interrupted(lang: Lang) -> int:
    say(lang, "已中断；没有写到一半的文件。", "interrupted; nothing half-written.")
    return Exit.INTERRUPTED
