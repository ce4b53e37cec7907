"""The benchmark by one command.

    python -m bench [--sets DIR] [--texts DIR --pages N] [--keep DIR] [--out docs]
    python -m bench speed [--sets DIR]
    python -m bench archives [--sets DIR]
    python -m bench references [--sets DIR]
    python -m bench precision [--sets DIR]
    python -m bench pages TEXTS OUT [--pages N]
    python -m bench reference
    python -m bench pictures
    python -m bench mutated [--count N] [--seed S] [--from N] [--sets DIR]
    python -m bench fuzz [--seconds N] [--seed S] [--from N] [--count N] [--only KIND] [--longest N]

The first measures every set in DIR (default: ../shared/bench, where it is there) and pages made here from
TEXTS (default: the truths of samples/) by the engines that are installed, sets other tools beside, and writes
docs/benchmarks and docs/rules, in Chinese and in English. `speed` sets the time of the whole default run
beside that of ftfy.
`archives` repairs each set as an archive and says which documents are spoilt by what the others say: none is.
`references` writes bench/references.json anew: what the tests hold the tool to.
`precision` writes dictionaries/precision.tsv anew: how often each rule is right, on sets and in right text
damaged for it, as `ocrfix rules` shows it.
`pages` only makes pages: NAME.gt.txt, NAME.ocr.txt, images.
`reference` writes docs/reference/ anew from the code: commands, settings, rules, schemas, exit codes.
`pictures` takes those of docs/assets/ anew, from samples/.
`mutated` spoils pages of the sets and says how long the worst takes, and which do not settle.
`fuzz` tries inputs that nobody expects (bench/fuzz); it exits with 1 where one came to what should not be.
"""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from bench import beside, gates, mutated, pages, peers, pictures, precision, reference, sets, speed
from bench.pages import Run
from bench.sets import Set

MUTATED = 1000
"""So many pages are spoilt, if nothing else is said."""
QUICK = 12
"""So many pages an engine reads, if nothing else is said."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=(
            *("figures", "speed", "archives", "references", "precision", "pages", "reference", "pictures"),
            *("fuzz", "mutated"),
        ),
        default="figures",
    )
    parser.add_argument("places", nargs="*", type=Path, help="for pages: TEXTS OUT")
    parser.add_argument("--sets", type=Path, default=sets.SHARED)
    parser.add_argument("--texts", type=Path, default=sets.ROOT / "samples")
    parser.add_argument("--pages", type=int, default=QUICK)
    parser.add_argument("--keep", type=Path, help="folder for the pages made, with their images")
    parser.add_argument("--out", type=Path, default=sets.ROOT / "docs")
    parser.add_argument("--seconds", type=float, default=60.0, help="for fuzz")
    parser.add_argument("--seed", type=int, default=1, help="for fuzz and mutated")
    parser.add_argument("--from", type=int, default=0, dest="first", help="for both: the first number")
    parser.add_argument("--count", type=int, help="for both: so many numbers")
    parser.add_argument("--longest", type=int, default=5000, help="for fuzz: characters of a page")
    parser.add_argument(
        "--only", default="", choices=("page", "decisions", "review", "files"), help="for fuzz"
    )
    options = parser.parse_args(arguments)
    if options.what == "reference":
        reference.write()
        return 0
    if options.what == "pictures":
        if lacking := pictures.missing():
            print("missing:", ", ".join(lacking), file=sys.stderr)
            return 3
        pictures.write()
        return 0
    if options.what == "fuzz":
        from bench.fuzz.run import run as fuzz

        words = (options.seed, options.seconds, options.first, options.count, options.only, options.longest)
        return int(fuzz(*words) > 0)
    if options.what == "mutated":
        for line in mutated.lines(options.sets, options.seed, options.first, options.count or MUTATED):
            print(line, flush=True)
        return 0
    if options.what == "references":
        gates.write(date.today().isoformat(), pages.commit(), options.sets)
        print(gates.FILE)
        return 0
    if options.what == "precision":
        if not options.sets.is_dir():
            print(f"missing: {options.sets}, the sets to measure on (--sets DIR)", file=sys.stderr)
            return 3
        print(precision.write(date.today().isoformat(), pages.commit(), options.sets))
        return 0
    if options.what == "archives":
        said = [line for one in sets.sets(options.sets) for line in gates.archive_harm(one)]
        print("\n".join(said) or "no document is spoilt by its archive")
        return 1 if said else 0
    if options.what == "speed":
        if find_spec("ftfy") is None:
            print("missing: ftfy (pip install ftfy)", file=sys.stderr)
            return 3
        for line in speed.lines(options.sets):
            print(line, flush=True)
        return 0
    run = Run(shlex.join(["python", "-m", "bench", *arguments]), date.today().isoformat(), pages.commit())
    start = time.monotonic()
    if options.what == "pages":
        if len(options.places) != 2:
            parser.error("pages needs TEXTS and OUT")
        texts, keep = options.places
        found = _made(run, texts, options.pages, keep)
        for line in run.missing:
            print("missing:", line, file=sys.stderr)
        print(f"{sum(len(one.documents) for one in found)} documents in {keep}")
        return 0 if found else 3
    if not options.sets.is_dir():
        run.missing.append(f"sets: {options.sets} is not there; only pages made here are measured")
    tools, absent = peers.available()
    run.missing += absent
    run.tools = {name: version for name, (version, _) in tools.items()}
    for one in (*sets.sets(options.sets), *_made(run, options.texts, options.pages, options.keep)):
        print(f"{one.name}: {len(one.documents)} documents", file=sys.stderr, flush=True)
        run.measured.append(sets.measure(one))
        run.beside += [beside.on_set(name, tool, one) for name, (_, tool) in tools.items()]
    parts: list[str] = []
    for name, text in sets.right_texts(options.sets):
        print(f"{name}: {len(text):,} characters", file=sys.stderr, flush=True)
        run.right[name] = len(text), sets.changes(name, text)
        # Other tools are set beside on a part of the longest texts: one is 100 times slower than the rest.
        some = "\n".join(text.split("\n")[::4]) if len(text) > 100_000 else text
        parts += [part for _, part in sets.parts(some)]
    run.harm = beside.on_right(tools, parts)
    run.seconds = time.monotonic() - start
    pages.write(run, options.out)
    for line in run.missing:
        print("missing:", line, file=sys.stderr)
    print(options.out / "benchmarks.zh.md")
    return 0


def _made(run: Run, texts: Path, count: int, keep: Path | None) -> list[Set]:
    """Pages made of texts, if there are faces and engines; what is missing is noted."""
    if find_spec("PIL") is None:
        run.missing.append("Pillow, to make pages with (pip install ocrfix[bench], or pillow)")
        return []
    from bench import engines, made, typeset

    readers, absent = engines.available()
    run.missing += absent
    run.engines = {name: version for name, (version, _) in readers.items()}
    if not all(typeset.faces()):
        run.missing.append(f"Chinese faces to typeset with (apt install {typeset.PACKAGES})")
        return []
    articles = list(typeset.articles(texts))
    if not articles:
        run.missing.append(f"texts: {texts} holds no .txt or .md with a headline or paragraphs")
        return []
    return made.make(articles, readers, count, keep)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
