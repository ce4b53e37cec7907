"""`ocrfix train lm|formulas|channel|judge`: the models again, from your own texts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

import typer

from cleanup.archive import store
from cleanup.cli import config
from cleanup.cli.failure import Failure
from cleanup.model.errors import Exit

if TYPE_CHECKING:
    from cleanup.measure.fitting import Sample

app = typer.Typer(
    help="Learn the models again from your own texts.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_Out = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where the model goes.")]
_Folders = Annotated[
    list[Path],
    typer.Argument(metavar="FOLDER...", help="Folders of NAME.ocr.txt with NAME.gt.txt, the truth."),
]
_Source = Annotated[str, typer.Option(help="Where the texts come from; stands in the model's head.")]


@app.command()
def lm(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="Text (.txt or .xz, UTF-8); FILE@0.3 counts less, FILE@t2s is converted."
        ),
    ],
    output: _Out,
    size: Annotated[float, typer.Option(help="Megabytes that the model may have.")] = 39.9,
    source: _Source = "own texts",
    memory: Annotated[
        float, typer.Option(help="Gigabytes that counting may take, about; rare runs are let go for it.")
    ] = 4.5,
) -> None:
    """Count runs of characters: the language model (dictionaries/models/runs.bin)."""
    from cleanup.score.counting import PASSES, Source, train
    from cleanup.text import simplify

    convert = partial(simplify.converted, config="t2s")
    sources: list[Source] = []
    for item in inputs:
        name, *marks = item.split("@")
        if not Path(name).is_file():
            raise Failure(Exit.INPUT, f"{name}：没有这个文件。", f"{name}: no such file.")
        weight = next((float(mark) for mark in marks if mark != "t2s"), 1.0)
        sources.append(Source(Path(name), weight, convert if "t2s" in marks else None))
    with _Bar(PASSES * sum(item.file.stat().st_size for item in sources)) as bar:
        made = train(sources, int(size * 1e6), source, bar.tell, bar.advance, int(memory * 1e9))
    store.write_all({output: made})


@app.command()
def formulas(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Text (.txt or .xz, UTF-8); FILE@KIND is counted apart (a year, a series).",
        ),
    ],
    output: _Out,
    size: Annotated[float, typer.Option(min=3, help="Megabytes that the file may have.")] = 12.0,
    source: _Source = "own texts",
) -> None:
    """Count what your archive always says the same way; as formulas.bin in the folder of what was learned it
    is used beside the one shipped.
    """
    from cleanup.score.formulas import KINDS
    from cleanup.score.mining import FEWEST, Text, mine
    from cleanup.text.simplify import simplified
    from cleanup.text.wording import wording

    rows = [(name, kind or "own") for name, _, kind in (item.partition("@") for item in inputs)]
    kinds = sorted({kind for _, kind in rows})
    if len(kinds) > KINDS:
        raise Failure(
            Exit.USAGE,
            f"最多分 {KINDS} 类（FILE@KIND）。",
            f"At most {KINDS} kinds can be told apart (FILE@KIND).",
        )
    texts: list[Text] = []
    with _Bar(len(rows)) as bar:
        for name, kind in rows:
            texts.append(Text(kinds.index(kind), wording(simplified(_text(name))).codes))
            bar.step(name)
        made = mine(texts, kinds, int(size * 1e6), source)
    if not made:
        raise Failure(
            Exit.INPUT,
            f"这些文件里没有在 {FEWEST} 处以上说法相同的话；请再加一些。",
            f"Nothing is said the same way in {FEWEST} places of these files; add more of them.",
        )
    store.write_all({output: made})


def _text(name: str) -> str:
    """The text of a file; raises Failure."""
    import lzma

    try:
        data = Path(name).read_bytes()
        return (lzma.decompress(data) if name.endswith(".xz") else data).decode("utf-8-sig")
    except OSError as error:
        raise Failure(
            Exit.INPUT, f"{name} 无法读取：{error.strerror}。", f"{name}: {error.strerror}."
        ) from None
    except (UnicodeDecodeError, lzma.LZMAError):
        raise Failure(Exit.INPUT, f"{name} 不是 UTF-8 文本。", f"{name} is not UTF-8 text.") from None


@app.command()
def channel(folders: _Folders, output: _Out, source: _Source = "own pairs") -> None:
    """Count what is misread for what (dictionaries/characters/misread.tsv)."""
    from cleanup.data.characters import NOTHING
    from cleanup.measure import fitting

    table = fitting.misread(_samples(folders))
    rows = []
    for read, row in table.items():
        if read.isspace() or any(char.isspace() for char in row):
            continue
        items = sorted(row.items(), key=lambda item: (-item[1], item[0]))
        rows.append((read or NOTHING, " ".join(f"{char or NOTHING}:{count:g}" for char, count in items)))
    _write(output, ("read", "printed"), rows, source, "what a character read may stand for")


@app.command()
def noise(folders: _Folders, output: _Out, source: _Source = "own pairs") -> None:
    """Count which characters are read where nothing was printed (dictionaries/characters/noise.tsv)."""
    from cleanup.measure import fitting
    from cleanup.rules import models

    table = fitting.noise(_samples(folders), models.language())
    rows = [(char, f"{count:g}") for char, count in table.items()]
    _write(output, ("char", "count"), rows, source, "runs of characters that were made of specks")


@app.command()
def judge(
    folders: _Folders,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where it goes; else beside --model."),
    ] = None,
    source: _Source = "own pairs",
    own: Annotated[
        Path | None,
        typer.Option(
            "--model",
            metavar="FILE",
            help="Fit it on this language model of yours; it is used with it where it lies beside it.",
        ),
    ] = None,
) -> None:
    """Fit how sure a change is (dictionaries/models/judge.tsv, or FILE.judge.tsv for one's own model FILE).

    Prints how well it knows itself.
    """
    import numpy as np

    from cleanup.measure import fitting
    from cleanup.rules import models
    from cleanup.score.judge import rows

    if output is None and own is None:
        raise Failure(Exit.USAGE, "请用 -o 指明写到哪里。", "Say with -o where the judge goes.")
    output = output or models.beside(own or "")
    model, known = models.language(str(own or "")), models.misreadings()
    near = models.own_neighbours(str(own or ""))
    some = _samples(folders)
    with _Bar(len(some)) as bar:
        found = fitting.fit(some, model, near, known, bar.step)
    _write(output, ("term", "centre", "spread", "weight"), rows(found.judge), source, "how sure a change is")
    for kind in found.judge.kinds:
        mine = found.kind == kind
        sure, right = found.probability[mine], found.right[mine]
        line = [f"{kind}: {int(right.sum())} right of {len(right)}"]
        for least in (0.5, 0.7, 0.8, 0.9):
            over = sure >= least
            line.append(f">={least}: {int(over.sum())} at {right[over].mean() if over.any() else 0:.3f}")
        print("; ".join(line))
    seen = found.probability >= 0.08
    print(f"calibration error {fitting.calibration(found.probability[seen], found.right[seen]):.4f}")
    if not np.isfinite(found.probability).all():
        raise Failure(Exit.DATA, "拟合没有收敛。", "The fit did not converge.")


def _pairs(folders: Sequence[Path]) -> list[tuple[str, bytes, str]]:
    from cleanup.measure import fitting

    found = fitting.pairs(folders)
    if not found:
        raise Failure(
            Exit.INPUT,
            "没有找到成对的 NAME.ocr.txt 与 NAME.gt.txt。",
            "No pairs NAME.ocr.txt and NAME.gt.txt in these folders.",
        )
    return found


def _samples(folders: Sequence[Path]) -> list[Sample]:
    from cleanup.measure import fitting

    found = _pairs(folders)
    with _Bar(len(found)) as bar:
        return fitting.samples(found, bar.step)


def _write(
    output: Path, columns: Sequence[str], rows: Sequence[Sequence[str]], source: str, used_by: str
) -> None:
    from datetime import date

    head = [
        "# columns: " + "\t".join(columns),
        f"# source: {source}",
        "# licence: CC0-1.0 (counts and weights only; no text of the sources)",
        f"# date: {date.today().isoformat()}",
        f"# used by: {used_by}",
    ]
    lines = head + ["\t".join(row) for row in sorted(rows, key=lambda row: row[0])]
    store.write_all({output: ("\n".join(lines) + "\n").encode()})


class _Bar:
    """A bar on a terminal; elsewhere nothing."""

    def __init__(self, total: int) -> None:
        from rich import progress
        from rich.console import Console

        self._bar = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._word = "读取" if config.language(None) == "zh" else "reading"
        self._task = self._bar.add_task(self._word, total=max(1, total))

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def tell(self, what: str) -> None:
        """What is done now."""
        self._bar.update(self._task, description=f"{self._word} {what}")

    def advance(self, more: int) -> None:
        """So much more is done."""
        self._bar.advance(self._task, more)

    def step(self, what: str) -> None:
        """One more is done."""
        self._bar.update(self._task, advance=1, description=f"{self._word} {what}")
