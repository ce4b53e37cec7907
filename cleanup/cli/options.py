"""Options that several commands have, each said once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from cleanup.model.crop import Choice
from cleanup.model.journal import Furniture, Headlines, Script
from cleanup.model.scan import Look, Witness

Level = Literal["safe", "likely", "suggest"]
Many = list[str] | None
Rosters = Annotated[
    Many,
    typer.Option(
        "--roster", metavar="FILE", help="People whose names may be repaired: CSV, TSV, XLSX, JSON."
    ),
]
NoDefaultRoster = Annotated[
    bool, typer.Option("--no-default-roster", help="Leave out the roster of public figures.")
]
Names = Annotated[bool, typer.Option("--names", help="Also write FILE.names.csv: the people found.")]
Date = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Day of the document, for terms of office [default: as it says]."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(min=0.0, max=1.0, help="Least confidence of an unattended edit [default: 0.6]."),
]
Apply = Annotated[Level | None, typer.Option(help="What may be edited unattended [default: likely].")]
Only = Annotated[Many, typer.Option(metavar="RULE", help="Run only this rule or family.")]
Skip = Annotated[Many, typer.Option(metavar="RULE", help="Leave out this rule or family.")]
Accept = Annotated[Many, typer.Option(metavar="ID", help="Make the edit with this journal id.")]
Reject = Annotated[Many, typer.Option(metavar="ID", help="Never make the edit with this id.")]
Encoding = Annotated[str | None, typer.Option(help="Encoding of the input [default: detected].")]
KeepEncoding = Annotated[
    bool, typer.Option("--keep-encoding", help="Write back in the input's encoding, not UTF-8.")
]
FurnitureOption = Annotated[
    Furniture | None,
    typer.Option(help="Running heads, folios, dates, credits of the page [default: drop]."),
]
HeadlinesOption = Annotated[
    Headlines | None,
    typer.Option(help="Headlines over several lines: as printed, or one line each [default: printed]."),
]
Protect = Annotated[
    Many,
    typer.Option(metavar="FILE", help="Words that stay as they are: one a line, a note behind a tab."),
]
Model = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Your own language model: of ocrfix train lm, or KenLM's."),
]
To = Annotated[
    Script | None,
    typer.Option(help="Convert the script: names on the roster and protected words stay [default: no]."),
]
Format = Annotated[
    Literal["txt", "md", "json"] | None,
    typer.Option("--format", help="Also write FILE.structure.txt, .md or .json: its articles and parts."),
]
Scan = Annotated[
    str | None,
    typer.Option(
        "--scan",
        metavar="FILE|DIR",
        help="Picture of the page (JPEG, PNG, TIFF, PDF …), or a folder of them by name or page number: "
        "it decides [default: what an engine's file names].",
    ),
]
WitnessOption = Annotated[
    Witness | None, typer.Option("--witness", help="Who reads the picture [default: rapidocr].")
]
LookOption = Annotated[
    Look | None,
    typer.Option(
        "--look",
        help="What is read of the picture, where the input says where its lines stand: only what is in doubt "
        "or missing, or all [default: doubtful].",
    ),
]
Crops = Annotated[
    Choice | None,
    typer.Option(
        "--crops",
        help="Lines of the picture in the report: of flags, suggestions and doubtful edits, of all, or none "
        "[default: some].",
    ),
]
Stdout = Annotated[
    bool,
    typer.Option("--stdout", help="Write only the clean text (or --format), to standard output; no files."),
]
Diff = Annotated[bool, typer.Option("--diff", help="Show the changes on the terminal.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Print every change and flag.")]
Language = Annotated[
    Literal["zh", "en"] | None, typer.Option(help="Language of messages and reports [default: locale].")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Print no summary.")]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes at work [default: one for each core].")
]
Include = Annotated[
    Many,
    typer.Option(
        "--include", metavar="GLOB", help="Names read in folders [default: *.txt *.md *.markdown *.text]."
    ),
]
