"""How fluid the review page stays: python tests/review_bench.py [RECORDS] (100,000 suggestions by default).

Prints the time to index, to the first paint in headless Chromium, of a decision's round trip, of lists,
and of a stroke over a whole pattern with its undo.
"""

from __future__ import annotations

import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from review_page import launched, serving

from cleanup.archive.decided import decisions
from cleanup.archive.decided.decisions import Store
from cleanup.model.described import Structure
from cleanup.model.document import Envelope
from cleanup.model.fix import Edit, Message, Span
from cleanup.model.journal import Journal, PassInfo, Policy, Record, TextFile
from cleanup.reports import journal as journals
from cleanup.review.index import Index

A_PAGE = 50
_HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
_PAIRS = [(a, b) for a in "己曰末土人天大日干未" for b in "已日未士入夫太目千末" if a != b]


def page(number: int, chance: random.Random) -> tuple[str, list[Record]]:
    """A page of suggestions, one a line."""
    lines, records, at = [], [], 0
    for line in range(A_PAGE):
        wrong, right = _PAIRS[min(int(chance.expovariate(0.05)), len(_PAIRS) - 1)]
        left = "".join(chance.choices(_HAN, k=30))
        text = f"{left}{wrong}{''.join(chance.choices(_HAN, k=30))}。\n"
        place = Span(at + 30, at + 31)
        sure = round(chance.random(), 3)
        key = hashlib.sha256(f"{number} {line}".encode()).hexdigest()[:12]
        why = Message(f"“{wrong}”在此不通，应为“{right}”", f"{wrong} does not fit here; {right} does")
        edit = Edit(place, wrong, right)
        records.append(
            Record(key, "fix", "context", "context.misread", "withheld", "policy", "suggest", sure, why, (),
                   ("末",), (edit,), None, place, line + 1, 1, place)
        )  # fmt: skip
        lines.append(text)
        at += len(text)
    return "".join(lines), records


def make(out: Path, total: int) -> None:
    chance = random.Random(7)
    for number in range(total // A_PAGE):
        text, records = page(number, chance)
        data = text.encode()
        folder = out / f"2024-{number % 12 + 1:02}"
        folder.mkdir(parents=True, exist_ok=True)

        def file(name: str, data: bytes = data, size: int = len(text)) -> TextFile:
            return TextFile(name, hashlib.sha256(data).hexdigest(), size, Envelope())

        journal = Journal(
            1, "ocrfix bench", file(f"p{number}.txt"), file(f"p{number}.clean.txt"),
            (PassInfo("context", ("context.misread",)),), Policy(), {}, Structure("text", 1, A_PAGE),
            tuple(records),
        )  # fmt: skip
        (folder / f"p{number}.clean.txt").write_bytes(data)
        (folder / f"p{number}.journal.json").write_bytes(journals.encode(journal))


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    figures: dict[str, float | int | str] = {"records": total}
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        make(out, total)
        start = time.perf_counter()
        store = Store(decisions.place(out))
        Index(out, store).refresh()
        figures["index s"] = round(time.perf_counter() - start, 1)
        start = time.perf_counter()
        Index(out, store).refresh()
        figures["index again s"] = round(time.perf_counter() - start, 1)
        store.close()
        with serving(out) as server, launched() as browser:
            tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
            tab.goto(server.url)
            tab.wait_for_selector(".places .row:not(.waiting)")
            paints, complete = [], []
            for _ in range(7):
                start = time.perf_counter()
                tab.goto(server.base)
                tab.reload()
                tab.wait_for_selector(".places .row:not(.waiting)")
                complete.append(time.perf_counter() - start)
                paints.append(
                    tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                )
            figures["first contentful paint ms"] = round(statistics.median(paints))
            figures["lists shown ms"] = round(1000 * statistics.median(complete))
            tab.goto(f"{server.base}#pages")
            tab.wait_for_selector("[data-view=pages] .card")
            trips = tab.evaluate(_DECIDE)
            figures["decision round trip ms, median"] = round(statistics.median(trips), 1)
            figures["… 95th of 100"] = round(sorted(trips)[94], 1)
            lists = tab.evaluate(_LISTS)
            figures |= {name: round(value) for name, value in lists.items()}
    print(json.dumps(figures, ensure_ascii=False, indent=1))


_SIGN = """
const csrf = (await (await fetch("/api/hello")).json()).csrf;
const post = (name, body) => fetch("/api/" + name, {method: "POST", body: JSON.stringify(body),
  headers: {"content-type": "application/json", "x-ocrfix": csrf}}).then((answer) => answer.json());
const get = (path) => fetch("/api/" + path).then((answer) => answer.json());
"""
_DECIDE = (
    "(async () => {"
    + _SIGN
    + """
const {ids} = await get("ids?kind=fix&status=withheld&state=open");
const times = [];
for (const item of ids.slice(100, 200)) {
  const start = performance.now();
  await post("decide", {item, verdict: "accepted", seen: ""});
  times.push(performance.now() - start);
}
return times; })()"""
)
_LISTS = (
    "(async () => {"
    + _SIGN
    + """
const out = {};
const timed = async (name, act) => {
  const start = performance.now();
  const got = await act();
  out[name] = performance.now() - start;
  return got;
};
const scope = "kind=fix&status=withheld&state=open";
const {patterns} = await timed("patterns ms", () => get("patterns?" + scope + "&limit=60"));
await timed("ids of all ms", () => get("ids?" + scope));
await timed("text search ms", () => get("ids?" + scope + "&text=" + encodeURIComponent("中国")));
await timed("overview ms", () => get("overview"));
const filter = {kind: "fix", status: "withheld", state: "open", pattern: patterns[0].id};
out["places of the stroke"] = patterns[0].open;
await timed("stroke ms", () => post("batch", {filter, verdict: "accepted", expected: patterns[0].open}));
await timed("its undo ms", () => post("undo", {}));
return out; })()"""
)

if __name__ == "__main__":
    main()
