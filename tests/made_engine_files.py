"""Files as engines write them, with places, of some rows."""

from __future__ import annotations

import json

from cleanup import formats
from cleanup.model.box import BoxedPage

ROWS = ("县水务局检查了全县二十三座水库，查出隐", "患十九处，己经整改完成，并安排专人值", "守到汛期结束。")
HOCR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<html><head><title></title></head><body>\n'
    "<div class='ocr_page' id='page_1' title='image \"a.png\"; bbox 0 0 900 600; ppageno 0'>\n"
    "<div class='ocr_carea' id='block_1_1' title=\"bbox 10 10 800 140\">\n{}</div></div>\n</body></html>\n"
)
ALTO = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#">\n'
    '<Layout><Page WIDTH="900" HEIGHT="600" ID="p1" PHYSICAL_IMG_NR="1">'
    '<PrintSpace HPOS="0" VPOS="0" WIDTH="900" HEIGHT="600">\n'
    '<TextBlock ID="b1" HPOS="0" VPOS="0" WIDTH="900" HEIGHT="600">\n{}'
    "</TextBlock></PrintSpace></Page></Layout>\n</alto>\n"
)


def sides(row: int, at: int, length: int) -> tuple[int, int, int, int]:
    return 10 + 40 * at, 10 + 50 * row, 10 + 40 * (at + length), 50 + 50 * row


def hocr(rows: tuple[str, ...] = ROWS) -> str:
    lines = []
    for number, row in enumerate(rows):
        words = "".join(
            "<span class='ocrx_word' id='w{}_{}' title='bbox {} {} {} {}; x_wconf {}'>{}</span> ".format(
                number, at, *sides(number, at, 1), 50 if char == "己" else 96, char
            )
            for at, char in enumerate(row)
        )
        box = " ".join(map(str, sides(number, 0, len(row))))
        lines.append(f"<span class='ocr_line' id='l{number}' title=\"bbox {box}\">{words}</span>\n")
    return HOCR.format("".join(lines))


def alto(rows: tuple[str, ...] = ROWS) -> str:
    lines = []
    for number, row in enumerate(rows):
        strings = "<SP/>".join(
            '<String HPOS="{}" VPOS="{}" WIDTH="40" HEIGHT="40" WC="0.9" CONTENT="{}"/>'.format(
                *sides(number, at, 1)[:2], char
            )
            for at, char in enumerate(row)
        )
        place = f'HPOS="10" VPOS="{10 + 50 * number}" WIDTH="{40 * len(row)}" HEIGHT="40"'
        lines.append(f'<TextLine ID="l{number}" {place}>{strings}</TextLine>\n')
    return ALTO.format("".join(lines))


PAGE_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/'
    'pagecontent/{1}"><Metadata><Creator>x</Creator><Created>2020-01-01T00:00:00</Created>'
    "<LastChange>2020-01-01T00:00:00</LastChange></Metadata>\n"
    '<Page imageFilename="a.png" imageWidth="900" imageHeight="600">\n<TextRegion id="r1">'
    '<Coords points="10,10 800,10 800,140 10,140"/>\n{0}<TextEquiv><Unicode>{2}</Unicode></TextEquiv>'
    "</TextRegion></Page>\n</PcGts>\n"
)


def _coords(box: tuple[int, int, int, int]) -> str:
    left, top, right, bottom = box
    return f'<Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>'


def page(rows: tuple[str, ...] = ROWS, version: str = "2019-07-15") -> str:
    lines = []
    for number, row in enumerate(rows):
        words = "".join(
            f'<Word id="w{number}_{at}">{_coords(sides(number, at, 1))}'
            f'<TextEquiv conf="{0.5 if char == "己" else 0.96}"><Unicode>{char}</Unicode></TextEquiv>'
            "</Word>\n"
            for at, char in enumerate(row)
        )
        lines.append(
            f'<TextLine id="l{number}">{_coords(sides(number, 0, len(row)))}\n{words}'
            f"<TextEquiv><Unicode>{row}</Unicode></TextEquiv></TextLine>\n"
        )
    return PAGE_XML.format("".join(lines), version, "\n".join(rows))


def old_page(rows: tuple[str, ...] = ROWS) -> str:
    return page(rows, "2013-07-15")


def rapid(rows: tuple[str, ...] = ROWS) -> str:
    found = []
    for number, row in enumerate(rows):
        left, top, right, bottom = sides(number, 0, len(row))
        found.append([[[left, top], [right, top], [right, bottom], [left, bottom]], row, 0.97])
    return json.dumps(found, ensure_ascii=False)


def paddle2(rows: tuple[str, ...] = ROWS) -> str:
    return json.dumps([[[box, [text, sure]] for box, text, sure in json.loads(rapid(rows))]])


def printed(rows: tuple[str, ...] = ROWS) -> str:
    found = ", ".join(
        f"[array({box}, dtype=float32), ({row!r}, np.float32({sure}))]"
        for box, row, sure in json.loads(rapid(rows))
    )
    return f"[[{found}]]\n"


def tsv(rows: tuple[str, ...] = ROWS) -> str:
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    found = [head.split(), ["1", "1", *"0000", "0", "0", "900", "600", "-1", ""]]
    for number, row in enumerate(rows):
        found.append(["4", "1", "1", "1", str(number + 1), "0", "10", "10", "9", "9", "-1", ""])
        for at, char in enumerate(row):
            left, top, _, _ = sides(number, at, 1)
            place = [str(left), str(top), "40", "40", "50.5" if char == "己" else "96"]
            found.append(["5", "1", "1", "1", str(number + 1), str(at + 1), *place, char])
    return "".join("\t".join(cells) + "\n" for cells in found)


def middle(rows: tuple[str, ...] = ROWS) -> str:
    lines = [
        {
            "bbox": sides(n, 0, len(row)),
            "spans": [{"bbox": sides(n, 0, len(row)), "content": row, "score": 0.9}],
        }
        for n, row in enumerate(rows)
    ]
    block = {"type": "text", "bbox": [10, 10, 800, 140], "lines": lines}
    return json.dumps({"pdf_info": [{"para_blocks": [block], "page_size": [900, 600], "page_idx": 0}]})


def paddle3(rows: tuple[str, ...] = ROWS) -> str:
    found = json.loads(rapid(rows))
    said = {
        "input_path": "a.png", "rec_texts": [r[1] for r in found], "rec_scores": [r[2] for r in found],
        "rec_boxes": [[*sides(number, 0, len(row))] for number, row in enumerate(rows)],
        "dt_polys": [r[0] for r in found], "textline_orientation_angles": [0 for _ in found],
    }  # fmt: skip
    return json.dumps({"res": said}, ensure_ascii=False, indent=2)


def objects(rows: tuple[str, ...] = ROWS) -> str:
    found = [{"text": row, "box": [*sides(number, 0, len(row))]} for number, row in enumerate(rows)]
    return json.dumps({"ocr_results": found, "dimensions": {"width": 900, "height": 600}}, ensure_ascii=False)


def ours(rows: tuple[str, ...] = ROWS) -> str:
    found = [{"text": r, "box": [*sides(n, 0, len(r))], "confidence": 0.9} for n, r in enumerate(rows)]
    return json.dumps({"pages": [{"width": 900, "height": 600, "lines": found}] * 2}, ensure_ascii=False)


def baidu(rows: tuple[str, ...] = ROWS) -> str:
    found = [
        {
            "words": row,
            "location": {"left": 10, "top": 10 + 50 * n, "width": 40 * len(row), "height": 40},
        }
        for n, row in enumerate(rows)
    ]
    return json.dumps({"words_result": found, "words_result_num": len(found), "log_id": 1})


FILES = {
    "hocr": (hocr, "page.hocr"), "alto": (alto, "page.xml"), "rapid": (rapid, "page.json"),
    "paddle2": (paddle2, "page.json"), "paddle3": (paddle3, "page.json"), "objects": (objects, "page.json"),
    "printed": (printed, "page.txt"), "tsv": (tsv, "page.tsv"), "middle": (middle, "middle.json"),
    "baidu": (baidu, "page.json"), "page": (page, "page.xml"), "old page": (old_page, "page.xml"),
}  # fmt: skip


def pages_of(text: str) -> tuple[BoxedPage, ...]:
    boxed = formats.read(text.encode(), "", dict).boxed
    assert boxed
    return boxed.pages


MASTHEAD = "渝州日报  2021年3月4日 星期四  第2版"
PAGE = (
    MASTHEAD,
    "县水务局检查了全县二十三座水库，查出隐",
    "患十九处，己经整改完成，并安排专人值",
    "守到汛期结束。",
)
XML = [(hocr, "page.hocr"), (alto, "page.xml"), (page, "page.xml"), (old_page, "page.xml")]
PDF = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
