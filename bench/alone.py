"""Engine, witness, and both: what each leaves wrong on pages with their pictures and truths.

    python -m bench.alone FOLDER [--input ocr.txt] [--keep DIR]

FOLDER holds NAME.jpg, NAME.gt.txt and NAME.ocr.txt (another ending: --input). Prints, for each page and all,
the character error rate of the text as the engine gives it; of the lines that the witness reads, in the order
in which they are read; and of the text repaired with its picture. Letters are compared in simplified script.
--keep: where readings of pictures are kept (by default they are read anew).
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from cleanup import witness
from cleanup.engine.repair import read
from cleanup.engine.repairer import Repairer
from cleanup.geometry import order
from cleanup.measure import blocks
from cleanup.model.placed import text_of
from cleanup.text.simplify import converted
from cleanup.witness import rapid, reading
from cleanup.witness.finding import At

_COLUMNS = ("engine", "witness", "both")


def measure(folder: Path, ending: str, keep: Path) -> Counter[str]:
    """The errors of each page, printed; and their sums."""
    repairer, every = Repairer(), Counter[str]()
    for truth in sorted(folder.glob("*.gt.txt")):
        name = truth.name.removesuffix(".gt.txt")
        page, scan = folder / f"{name}.{ending}", folder / f"{name}.jpg"
        if not (page.exists() and scan.exists()):
            continue
        document = read(page.read_bytes(), page.name)
        seen = reading.of(At(scan), None, [rapid.recogniser()], keep).pages[0]
        both = repairer.document(witness.look(document, page, str(scan), "rapidocr", "all", keep))
        texts = (document.text, text_of([order(seen)]), both.repaired)
        right = _solid(truth.read_text("utf-8"))
        wrong = {who: blocks.distance(right, _solid(text)) for who, text in zip(_COLUMNS, texts, strict=True)}
        print(_row(name, Counter({**wrong, "size": len(right)})), flush=True)
        every.update({**wrong, "size": len(right)})
    return every


def _row(name: str, found: Counter[str]) -> str:
    return f"{name:16}" + "".join(f"  {who} {found[who] / max(1, found['size']):.4f}" for who in _COLUMNS)


def _solid(text: str) -> str:
    return converted("".join(text.split()), "t2s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--input", default="ocr.txt")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        print(_row("all", measure(args.folder, args.input, args.keep or Path(folder))))


if __name__ == "__main__":
    main()
