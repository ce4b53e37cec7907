"""A page in every form that is read: name and bytes of a file with these lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from html import escape
from random import Random

Form = Callable[[Sequence[str], Random], tuple[str, str]]


def _boxes(lines: Sequence[str], chance: Random) -> list[tuple[str, list[int]]]:
    """Lines with the places that they have on a page of one to three columns."""
    columns, found = chance.randint(1, 3), []
    each = -(-len(lines) // columns) or 1
    for at, line in enumerate(lines):
        left, top = 40 + 620 * (at // each), 40 + 44 * (at % each)
        found.append((line, [left, top, left + min(600, 30 * len(line) + 4), top + 36]))
    return found


def _text(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    return "page.txt", "\n".join(lines)


def _markdown(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    marks = ("", "", "", "# ", "## ", "- ", "1. ", "> ", "| ", "    ")
    return "page.md", "\n\n".join(chance.choice(marks) + line for line in lines)


def _html(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    tags = ("p", "p", "h1", "td", "li", "div", "span", "b", "script", "pre")
    body = "\n".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines for tag in [chance.choice(tags)])
    return "page.html", f"<!DOCTYPE html>\n<html><body>\n{body}\n</body></html>\n"


def _csv(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=chance.choice(",\t;"))
    table.writerow(["id", "text", "date"])
    table.writerows([number, line, "2024-01-01"] for number, line in enumerate(lines))
    return "page.csv", stream.getvalue()


def _srt(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    times = ((n, f"00:00:{n % 60:02},000 --> 00:00:{(n + 1) % 60:02},500") for n in range(len(lines)))
    return "page.srt", "\n\n".join(
        f"{n + 1}\n{time}\n{line}" for (n, time), line in zip(times, lines, strict=True)
    )


def _tex(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    body = "\n\n".join(
        chance.choice(("{}", "\\section{{{}}}", "$x$ {}", "\\item {}")).format(x) for x in lines
    )
    return "page.tex", f"\\documentclass{{ctexart}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _hocr(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    rows = "".join(
        f"<span class='ocr_line' title='bbox {' '.join(map(str, box))}'><span class='ocrx_word' title='bbox "
        f"{' '.join(map(str, box))}; x_wconf {chance.randint(20, 99)}'>{escape(line)}</span></span>\n"
        for line, box in _boxes(lines, chance)
    )
    return "page.hocr", (
        "<?xml version='1.0' encoding='UTF-8'?>\n<html><body>"
        f"<div class='ocr_page' title='bbox 0 0 2000 3000'>\n{rows}</div></body></html>\n"
    )


def _alto(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    rows = "".join(
        f'<TextLine HPOS="{box[0]}" VPOS="{box[1]}" WIDTH="{box[2] - box[0]}" HEIGHT="{box[3] - box[1]}">'
        f'<String CONTENT="{escape(line)}" HPOS="{box[0]}" VPOS="{box[1]}" WIDTH="{box[2] - box[0]}" '
        f'HEIGHT="{box[3] - box[1]}" WC="0.{chance.randint(1, 99):02}"/></TextLine>\n'
        for line, box in _boxes(lines, chance)
    )
    return "page.xml", (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v'
        f'{chance.randint(2, 4)}#"><Layout><Page WIDTH="2000" HEIGHT="3000"><PrintSpace><TextBlock>\n{rows}'
        "</TextBlock></PrintSpace></Page></Layout></alto>\n"
    )


def _page_xml(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    rows = "".join(
        f'<TextLine id="l{n}"><Coords points="{a},{b} {c},{b} {c},{d} {a},{d}"/><TextEquiv><Unicode>'
        f"{escape(line)}</Unicode></TextEquiv></TextLine>\n"
        for n, (line, (a, b, c, d)) in enumerate(_boxes(lines, chance))
    )
    return "page.xml", (
        '<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/'
        'pagecontent/2019-07-15"><Page imageFilename="a.png" imageWidth="2000" imageHeight="3000">'
        f'<TextRegion id="r"><Coords points="0,0 2000,0 2000,3000 0,3000"/>\n{rows}</TextRegion>'
        "</Page></PcGts>\n"
    )


def _json(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    rows = _boxes(lines, chance)
    corners = [[[a, b], [c, b], [c, d], [a, d]] for _, (a, b, c, d) in rows]
    scores = [round(chance.uniform(0.3, 1), 3) for _ in rows]
    whole: object = chance.choice(
        (
            {"pages": [{"width": 2000, "height": 3000, "lines": [{"text": t, "box": b} for t, b in rows]}]},
            [[box, line, score] for box, (line, _), score in zip(corners, rows, scores, strict=True)],
            {"res": {"rec_texts": [line for line, _ in rows], "rec_scores": scores, "rec_polys": corners}},
            [{"type": "text", "text": line, "page_idx": 0, "bbox": box} for line, box in rows],
        )
    )
    return "page.json", json.dumps(whole, ensure_ascii=chance.random() < 0.3)


def _tsv(lines: Sequence[str], chance: Random) -> tuple[str, str]:
    head = [
        "level",
        "page_num",
        "block_num",
        "par_num",
        "line_num",
        "word_num",
        "left",
        "top",
        "width",
        "height",
        "conf",
        "text",
    ]
    rows: list[Sequence[object]] = [
        [5, 1, 1, 1, n + 1, 1, box[0], box[1], box[2] - box[0], box[3] - box[1], chance.randint(0, 99), line]
        for n, (line, box) in enumerate(_boxes(lines, chance))
    ]
    return "page.tsv", "\n".join("\t".join(map(str, row)) for row in [head, *rows]) + "\n"


FORMS: tuple[Form, ...] = (
    _text, _text, _markdown, _html, _csv, _srt, _tex, _hocr, _alto, _page_xml, _json, _tsv,
)  # fmt: skip
