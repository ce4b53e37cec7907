"""`python -m bench.archive SET`: how `ocrfix batch` runs on varied copies of its pages.

speed   wall and CPU time of `ocrfix FILE…`, and of `ocrfix batch` with one worker and with two
memory  peak of all its processes together for two sizes of archive
kills   the tree after kills at random moments, against that of an unbroken run
index   how fast the index of an archive of ROWS pages opens (needs playwright and a Chromium)
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_COMMAND = str(Path(sys.executable).parent / "ocrfix")
_BROWSER = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def varied(text: str, chance: random.Random) -> str:
    """A page like this one: lines left out, doubled or in another order, characters changed."""
    lines = text.split("\n")
    cut = chance.randrange(len(lines))
    lines = lines[cut:] + lines[:cut]
    kept = [line for line in lines for _ in range(chance.choice((0, 1, 1, 1, 1, 1, 1, 1, 2)))] or lines
    chars = list("\n".join(kept))
    for _ in range(len(chars) // 100):
        one, two = chance.randrange(len(chars)), chance.randrange(len(chars))
        chars[one] = chars[two]
    return "".join(chars)


def make(folder: Path, pages: Sequence[str], count: int, longest: int = 0) -> Path:
    """An archive of `count` pages, sixteen to an issue; each cut to `longest` characters (0: whole)."""
    chance = random.Random(count)
    for number in range(count):
        place = folder / f"issue-{number // 16:05}" / f"p{number % 16 + 1}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        text = varied(pages[number % len(pages)], chance)
        place.write_text(text[:longest] if longest else text, "utf-8")
    return folder


def tree(out: Path) -> dict[str, bytes]:
    """All that must be the same in every run: everything but the ledger and the summary's times."""
    found = {}
    for place in sorted(out.rglob("*")):
        name = place.relative_to(out).as_posix()
        if place.is_file() and not name.startswith(("ocrfix.db", ".ocrfix/")):
            found[name] = place.read_bytes()
    summary = json.loads(found["summary.json"])
    del summary["times"]
    found["summary.json"] = json.dumps(summary).encode()
    return found


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """(wall, CPU) seconds of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def speed(work: Path, pages: Sequence[str], count: int) -> None:
    """Print wall and CPU time of one process without batch, one worker, two workers."""
    archive = make(work / "speed", pages, count)
    files = [str(place) for place in sorted(archive.rglob("*.txt"))]
    found = {}
    for name, workers in (("two", "2"), ("one", "1")):
        command = [_COMMAND, "batch", str(archive), "-o", str(work / name), "-q", "--workers", workers]
        found[name] = _timed(command)
    bare = [0.0, 0.0]
    for issue in sorted({Path(file).parent for file in files}):
        mine = [file for file in files if Path(file).parent == issue]
        took = _timed([_COMMAND, "fix", *mine, "-o", str(work / "bare"), "-q"])
        bare = [bare[0] + took[0], bare[1] + took[1]]
    starts = len({Path(file).parent for file in files})
    empty = work / "empty.txt"
    empty.write_text("好。\n", "utf-8")
    one = _timed([_COMMAND, "fix", str(empty), "-o", str(work / "bare"), "-q"])
    bare = [bare[0] - (starts - 1) * one[0], bare[1] - (starts - 1) * one[1]]
    same = tree(work / "one") == tree(work / "two")
    load = os.getloadavg()[0]
    print(f"{count} pages, load {load:.1f}: wall/CPU s: ocrfix FILE… {bare[0]:.1f}/{bare[1]:.1f}, ", end="")
    print(f"one worker {found['one'][0]:.1f}/{found['one'][1]:.1f}, ", end="")
    print(f"two {found['two'][0]:.1f}/{found['two'][1]:.1f}")
    print(f"two workers {found['one'][0] / found['two'][0]:.2f} x one; ", end="")
    print(f"batch over ocrfix FILE…: CPU {found['one'][1] / bare[1] - 1:+.1%}, wall ", end="")
    print(f"{found['one'][0] / bare[0] - 1:+.1%}; trees {'identical' if same else 'DIFFER'}")


def memory(work: Path, pages: Sequence[str], sizes: Sequence[int]) -> None:
    """Print the peak of the proportional set sizes of parent and workers for each size (Linux)."""
    for count in sizes:
        archive = make(work / f"memory-{count}", pages, count, longest=60)
        run = subprocess.Popen(
            [_COMMAND, "batch", str(archive), "-o", str(work / f"out-{count}"), "-q", "--workers", "2"]
        )
        peak = parent = 0.0
        while run.poll() is None:
            sizes_now = [_megabytes(process) for process in (run.pid, *_children(run.pid))]
            peak, parent = max(peak, sum(sizes_now)), max(parent, sizes_now[0])
            time.sleep(0.2)
        print(f"{count} pages: peak {peak:.0f} MB, the parent's {parent:.0f} MB; exit {run.returncode}")


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _megabytes(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def kills(work: Path, pages: Sequence[str], count: int, times: int) -> None:
    """Print whether the tree is the same after so many kills."""
    archive = make(work / "kills", pages, count)
    start = time.perf_counter()
    subprocess.run(
        [_COMMAND, "batch", str(archive), "-o", str(work / "whole"), "-q", "--workers", "2"], check=True
    )
    whole = time.perf_counter() - start
    chance = random.Random(times)
    out = work / "killed"
    command = [_COMMAND, "batch", str(archive), "-o", str(out), "-q", "--workers", "2"]
    killed = ends = 0
    while killed < times:
        run = subprocess.Popen(command)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(chance.uniform(0.3, max(4.0, whole / 4)))
        if run.poll() is None:
            run.kill()
            run.wait()
            killed += 1
        else:
            # Finished before the blow: compare, and begin anew.
            ends += 1
            _compare(work / "whole", out)
            shutil.rmtree(out)
    subprocess.run(command, check=False)
    same = _compare(work / "whole", out)
    left = list((out / ".ocrfix" / "stage").iterdir())
    print(
        f"{killed} kills over {ends + 1} runs of {count} pages: {'identical' if same else 'DIFFERENT'}; ",
        end="",
    )
    print(f"files left half-written: {len(left)}")


def _compare(one: Path, two: Path) -> bool:
    first, second = tree(one), tree(two)
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            print(f"differs: {name}")
    return first == second


def index(work: Path, pages: Sequence[str], rows: int, browser: str) -> None:
    """Print how long the index takes to open and to have all its rows."""
    from playwright.sync_api import sync_playwright  # not needed otherwise

    small = make(work / "index", pages, 16)
    out = work / "index-out"
    command = [_COMMAND, "batch", str(small), "-o", str(out), "-q", "--lang", "en"]
    subprocess.run([*command, "--workers", "2"], check=True)
    _multiply(out, rows)
    shutil.rmtree(out / "index")
    subprocess.run([*command, "--retry"], check=False)
    size = sum(place.stat().st_size for place in (out / "index").iterdir()) / 1e6
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=_BROWSER)
        page = chromium.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        start = time.perf_counter()
        page.goto((out / "index.html").as_uri())
        opened = time.perf_counter() - start
        page.click("[data-kind=pages]")
        page.wait_for_selector("#lines .line")
        first = time.perf_counter() - start
        page.locator("#shown", has_text=f"{rows:,} of {rows:,} rows").wait_for()
        every = time.perf_counter() - start
        start = time.perf_counter()
        page.fill("#search", "99/p7")
        page.locator("#lines .line", has_text="99/p7").first.wait_for()
        sought = time.perf_counter() - start
        chromium.close()
    print(
        f"index of {rows} rows ({size:.1f} MB of parts): open {opened:.2f} s, first rows {first:.2f} s, ",
        end="",
    )
    print(f"all rows {every:.2f} s, a search {sought:.2f} s; script errors: {len(errors)}")


def _multiply(out: Path, rows: int) -> None:
    """Rows in the ledger for so many pages, as copies of those that are there."""
    import sqlite3

    with contextlib.closing(sqlite3.connect(out / "ocrfix.db")) as database:
        have = database.execute("SELECT * FROM pages ORDER BY id").fetchall()
        marks = ", ".join("?" * len(have[0]))

        def copies() -> Iterator[tuple[object, ...]]:
            for number in range(rows - len(have)):
                row = list(have[number % len(have)])
                issue = f"copy-{number // 16:05}"
                path = f"{issue}/p{number % 16 + 1}.txt"
                row[:5] = [number + 1000, path, path[:-4], f"{issue}\x01p{number % 16 + 1:03}", issue]
                yield tuple(row)

        database.executemany(f"INSERT INTO pages VALUES ({marks})", copies())
        database.execute("UPDATE meta SET value = 'false' WHERE key = 'indexed'")
        database.commit()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path, nargs="+", help="folders with pages (*.ocr.txt, else *.txt)")
    parser.add_argument("--what", choices=("speed", "memory", "kills", "index"), action="append")
    parser.add_argument("--pages", type=int, default=2000, help="pages for speed")
    parser.add_argument("--sizes", type=int, nargs=2, default=(1000, 10000), help="pages for memory")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--kill-pages", type=int, default=96)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--browser", default="/usr/bin/chromium")
    given = parser.parse_args()
    found = [
        place
        for folder in given.set
        for place in sorted(folder.glob("*.ocr.txt")) or sorted(folder.glob("*.txt"))
    ]
    pages = [place.read_text("utf-8") for place in found]
    what = given.what or ["speed", "memory", "kills", "index"]
    with tempfile.TemporaryDirectory(prefix="ocrfix-bench-") as name:
        work = Path(name)
        if "speed" in what:
            speed(work, pages, given.pages)
        if "memory" in what:
            memory(work, pages, given.sizes)
        if "kills" in what:
            kills(work, pages, given.kill_pages, given.kills)
        if "index" in what:
            index(work, pages, given.rows, given.browser)


if __name__ == "__main__":
    main()
