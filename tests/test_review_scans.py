"""The scan beside the text in the review: the right picture at the right place, and no other file."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_scans import colour, near, read_page
from review_page import Server, opened, press, serving, settled, until
from review_results import NO_DEFAULT

from cleanup.archive import outputs, store
from cleanup.archive.job import Job
from cleanup.engine.repair import Settings, read, repair_document
from cleanup.model.fix import Applicability
from cleanup.model.journal import Policy
from cleanup.model.scan import Scan

images = pytest.importorskip("PIL.Image", reason="needs Pillow: pip install 'ocrfix[scan]'")

LINES = [
    "第一项工程己经完成，验收组现场查看了楼房。",
    "第二项工程按照计划推进，预计年底完工。",
    "第三批居民己经搬入新居，大家都说很好。",
    "第四条道路建成之后，沿线居民出行方便。",
] * 6
MARKED = dict.fromkeys(range(0, len(LINES), 2), (5, 6))
"""己, in every other line."""
SETTINGS = Settings(Policy(Applicability.SAFE), only=("phrases",))


def made(out: Path, name: str = "page1", picture: str = "../scans/page1.png") -> Path:
    """Results of a page that was read off a picture; and the picture."""
    out.mkdir(exist_ok=True)
    file = (out / picture).resolve()
    file.parent.mkdir(exist_ok=True)
    text, shown = read_page(LINES, MARKED, file)
    document = read(text.encode(), f"{name}.hocr")
    scan = Scan(picture, 0, shown.sha256, shown.width, shown.height)
    result = repair_document(replace(document, scans=(scan,)), NO_DEFAULT, SETTINGS)
    assert any(record.scan == 0 and record.status == "withheld" for record in result.journal.records)
    contents = outputs.contents(result, f"{name}.hocr", Job(SETTINGS, default_roster=False), out)
    store.write_all({out / called: content for called, content in contents.items()})
    return out


def entered(server: Server) -> str:
    """The cookie of somebody who came in."""
    cookie = server.ask("GET", f"/?token={server.token}").headers["set-cookie"]
    return str(cookie.partition(";")[0])


def told(server: Server, path: str, cookie: str) -> Any:
    return json.loads(server.ask("GET", path, cookie=cookie).read())


def colour_at(data: bytes, x: float, y: float) -> tuple[int, ...]:
    pixels = np.asarray(images.open(io.BytesIO(data)).convert("RGB"))
    around = pixels[int(y) - 2 : int(y) + 3, int(x) - 2 : int(x) + 3]
    return tuple(int(value) for value in around.mean((0, 1)))


def test_the_server_shows_the_picture_and_the_line(tmp_path: Path) -> None:
    with serving(made(tmp_path / "out")) as server:
        cookie = entered(server)
        said = told(server, "/api/scan?file=1&scan=0", cookie)
        assert (said["width"], said["height"]) == (120 + 40 * len(LINES[0]), 100 + 55 * len(LINES))
        assert 35 <= said["line"] <= 45
        ids = told(server, "/api/ids?kind=fix&status=withheld", cookie)["ids"]
        items = told(server, f"/api/items?ids={','.join(map(str, ids))}", cookie)["items"]
        assert len(items) >= 12
        answer = server.ask("GET", "/picture/scan?file=1&scan=0&size=1600", cookie=cookie)
        assert answer.headers["content-type"] == "image/jpeg"
        assert "unsafe" not in answer.headers["content-security-policy"]
        picture = answer.read()
        for one in items:
            left, top, right, bottom = one["box"]
            number = round((top - 50) / 55)
            assert near(colour_at(picture, (left + right) / 2, (top + bottom) / 2), colour(number)), one
            crop = told(server, f"/api/crop?item={one['id']}", cookie)
            left, top, right, bottom = crop["spot"]
            line = server.ask("GET", f"/picture/crop?item={one['id']}", cookie=cookie)
            assert line.headers["content-type"] in ("image/webp", "image/jpeg")
            data = line.read()
            assert len(data) <= 20_000
            assert near(colour_at(data, (left + right) / 2, (top + bottom) / 2), colour(number)), one
        rows = told(server, "/api/page?file=1&record=0", cookie)["rows"]
        places = [row["at"] for row in rows if row["at"]]
        assert len(places) >= len(LINES) // 2
        assert [at[2] for at in places] == sorted(at[2] for at in places), "from top to bottom"


def test_no_other_file_is_shown(tmp_path: Path) -> None:
    out = made(tmp_path / "out")
    secret = tmp_path / "secret.png"
    images.new("RGB", (40, 40), "red").save(secret)
    with serving(out) as server:
        assert server.ask("GET", "/api/scan?file=1&scan=0").status == 401, "not to who has not come in"
        assert server.ask("GET", "/picture/scan?file=1&scan=0&size=1600").status == 401
        cookie = entered(server)
        for path, status in (
            ("/picture/scan?file=1&scan=1&size=1600", 404),  # the journal names one
            ("/picture/scan?file=2&scan=0&size=1600", 404),
            ("/picture/scan?file=1&scan=-1&size=1600", 200),  # the first
            ("/picture/scan?file=1&scan=0&size=99999", 422),
            ("/picture/scan?file=../../secret.png&scan=0&size=1600", 422),
            ("/picture/scan?file=1&scan=../secret.png&size=1600", 422),
            ("/picture/../secret.png", 404),
            ("/picture/%2e%2e%2fsecret.png", 404),
            ("/picture/scan/..%2f..%2fsecret.png", 404),
            ("/scans/page1.png", 404),
            ("/picture/crop?item=99999", 404),
            ("/picture/crop?item=x", 422),
        ):
            assert server.ask("GET", path, cookie=cookie).status == status, path
        for wrong in ({"origin": "http://evil.example"}, {"Host": "evil.example"}):
            asked = server.ask("GET", "/picture/scan?file=1&scan=0&size=1600", cookie=cookie, **wrong)
            assert asked.status in (403, 421)
        assert server.ask("POST", "/picture/scan?file=1&scan=0&size=1600", cookie=cookie).status == 403


def test_a_changed_a_missing_and_a_false_picture_are_not_shown(tmp_path: Path) -> None:
    out = made(tmp_path / "out")
    file = tmp_path / "scans" / "page1.png"
    kept = file.read_bytes()
    with serving(out) as server:
        cookie = entered(server)
        assert server.ask("GET", "/picture/scan?file=1&scan=0&size=1600", cookie=cookie).status == 200
        images.new("RGB", (900, 900), "red").save(file)
        said = told(server, "/api/scan?file=1&scan=0", cookie)
        assert "not the file that was read" in said["trouble"]["en"]
        assert "不是同一文件" in said["trouble"]["zh"]
        item = told(server, "/api/ids?kind=fix&status=withheld", cookie)["ids"][0]
        asked = server.ask("GET", f"/picture/crop?item={item}", cookie=cookie)
        assert asked.status == 404
        assert b"PNG" not in asked.read()
        file.unlink()
        assert "no longer there" in told(server, "/api/scan?file=1&scan=0", cookie)["trouble"]["en"]
        assert told(server, "/api/page?file=1&record=0", cookie)["rows"], "the text is reviewed all the same"
        file.write_bytes(kept)
        assert told(server, "/api/scan?file=1&scan=0", cookie)["width"]


def test_a_journal_cannot_make_a_picture_of_other_files(tmp_path: Path) -> None:
    """A journal from elsewhere may name any file; what is no picture is not sent, whatever its digest."""
    import hashlib

    out = made(tmp_path / "out")
    secret = tmp_path / "secret.txt"
    secret.write_text("the password")
    journal = out / "page1.journal.json"
    said = json.loads(journal.read_bytes())
    said["scans"][0] |= {"file": "../secret.txt", "sha256": hashlib.sha256(secret.read_bytes()).hexdigest()}
    journal.write_text(json.dumps(said, ensure_ascii=False))
    with serving(out) as server:
        cookie = entered(server)
        asked = server.ask("GET", "/picture/scan?file=1&scan=0&size=1600", cookie=cookie)
        assert asked.status == 404
        assert b"password" not in asked.read()


def middle(page: Any, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pixel(page: Any, x: float, y: float) -> tuple[int, ...]:
    shot = images.open(io.BytesIO(page.screenshot())).convert("RGB")
    return tuple(shot.getpixel((int(x), int(y))))


def test_the_picture_stands_beside_the_text_and_goes_with_it(browser: Any, tmp_path: Path) -> None:
    with serving(made(tmp_path / "out")) as server:
        page = opened(browser, server, "pages")
        for _ in range(8):
            press(page, "j")
            settled(page)
            until(page, "document.querySelector('.scan-view img').naturalWidth > 0")
            until(page, "document.querySelector('.card .crop img')?.naturalWidth > 0")
            place = page.evaluate("document.querySelector('.card dl').textContent")
            number = round((int(place.rpartition("scan ")[2].split(", ")[1]) - 50) / 55)
            assert near(pixel(page, *middle(page, ".scan-view .spot")), colour(number)), "marked, in sight"
            assert near(pixel(page, *middle(page, ".card .crop .spot")), colour(number))
        before = page.evaluate("document.querySelector('.scan-view').scrollTop")
        page.evaluate("document.querySelector('.leaf').scrollTop = 0")
        until(page, f"document.querySelector('.scan-view').scrollTop < {before}")
        wide = page.evaluate("document.querySelector('.scan-view .scanned').offsetWidth")
        press(page, "+")
        assert page.evaluate("document.querySelector('.scan-view .scanned').offsetWidth") > wide * 1.2
        press(page, "-", "0")
        assert page.evaluate("document.querySelector('.scan-view .scanned').offsetWidth") == wide
        press(page, "s")
        assert page.locator(".scan-view").is_hidden()
        page.reload()
        page.wait_for_selector("body.ready .row:not(.waiting)")
        settled(page)
        assert page.locator(".scan-view").is_hidden(), "as it was left"
        press(page, "s", "a")
        assert page.locator(".scan-view").is_visible()
        assert page.errors == []


def test_without_its_picture_a_page_is_reviewed_all_the_same(browser: Any, tmp_path: Path) -> None:
    out = made(tmp_path / "out")
    (tmp_path / "scans" / "page1.png").unlink()
    with serving(out) as server:
        page = opened(browser, server, "pages")
        until(page, "document.querySelector('.scan-said').textContent.includes('no longer there')")
        assert page.locator(".scan-view").is_hidden()
        press(page, "a", "j", "s")
        assert page.locator(".scan-view").is_hidden()
        assert page.locator(".card").is_visible()
