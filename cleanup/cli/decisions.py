"""`ocrfix decisions export|import`: what people decided, as a file to share."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from cleanup.archive.store import write_all
from cleanup.cli import config, files
from cleanup.cli import options as shared
from cleanup.cli.failure import Failure
from cleanup.cli.say import say
from cleanup.model.errors import Exit
from cleanup.model.file_names import quoted

app = typer.Typer(
    help="Share what people decided in ocrfix review, as lines of JSON.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder of results, or one .journal.json.")]


def decided(out: Path) -> Path:
    """Where the decisions on these results lie; raises Failure where there are none yet."""
    from cleanup.archive.decided import decisions

    file = decisions.place(out)
    if not file.is_file():
        raise Failure(
            Exit.INPUT,
            f"{out} 中还没有决定；请先审校：ocrfix review {quoted(str(out))}",
            f"{out}: nothing is decided there yet; review it first: ocrfix review {quoted(str(out))}",
        )
    return file


@app.command("export")
def export(
    out: _Out,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to [default: stdout].")
    ] = None,
    lang: shared.Language = None,
    quiet: shared.Quiet = False,
) -> int:
    """Write every decision that holds, one JSON object a line: who, when, and of what."""
    from cleanup.archive.decided import decisions

    file = decided(out)
    with closing(decisions.Store(file, read_only=True)) as store:
        rows = list(store.export())
    data = "".join(f"{row}\n" for row in rows).encode()
    if output is None:
        files.write_stdout(data)
    else:
        write_all({output: data})
        if not quiet:
            zh, en = f"{len(rows)} 个决定已写入 {output}", f"{len(rows)} decisions are written to {output}"
            say(config.language(lang), zh, en)
    return Exit.DONE


@app.command("import")
def merge(
    out: _Out,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What export wrote; - is standard input.")],
    lang: shared.Language = None,
) -> int:
    """Add the decisions in FILE; contradictions are kept and shown on the review page."""
    from cleanup.archive.decided import decisions
    from cleanup.archive.decided.entries import DecisionsError

    if not out.exists():
        raise Failure(Exit.INPUT, f"找不到 {out}；请检查路径。", f"{out}: not there; check the path.")
    _, data = files.read_input(file)
    try:
        with closing(decisions.Store(decisions.place(out))) as store:
            new, contested = store.merge(data.decode("utf-8-sig").split("\n"))
    except DecisionsError as error:
        raise Failure(Exit.DATA, f"{file}：{error.message.zh}", f"{file}: {error.message.en}") from None
    except UnicodeDecodeError:
        raise Failure(Exit.INPUT, f"{file} 不是 UTF-8 文本。", f"{file}: this is not UTF-8 text.") from None
    zh = f"新增 {new} 个决定；其中 {contested} 处与他人的决定不一致，请在审校页面的“记录”中裁定。"
    en = (
        f"{new} decisions are new; {contested} places are contested: settle them on the review page, History."
    )
    say(config.language(lang), zh, en)
    return Exit.DONE
