"""Encodings, byte-order marks, line ends: read, and given back byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup import formats
from cleanup.data.characters import common
from cleanup.formats.encoding import InputError, decode, encode, read_back
from cleanup.model.document import Envelope, Newline

TEXT = "县委召开会议，研究部署春耕备耕工作。\n各乡镇负责同志参加会议。\n"
TRADITIONAL = "縣政府召開會議，研究今年的春耕工作。\n各鄉鎮負責人參加會議。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TRADITIONAL.encode("big5"), "big5"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "utf-32-le"),
        ("Die Größe der Flüsse, les barrages très anciens, “quoted” – Ærø.\n".encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-8") + b"\0", "utf-8"),
        (b"plain ASCII, nothing else\n", "utf-8"),
    ],
)
def test_encodings_are_detected_and_given_back(data: bytes, encoding: str) -> None:
    text, envelope = decode(data, common)
    assert envelope.encoding == encoding
    assert encode(text, envelope) == data
    assert "\r" not in text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (" \n　\n".encode(), "blank"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        (TEXT.encode("utf-8")[:40] + b"\xff\xfe\xfd" * 2 + TEXT.encode("utf-8") * 3, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, common)
    assert caught.value.code == code


def test_named_encoding_is_used_and_checked() -> None:
    assert decode(TEXT.encode("gbk"), common, "gbk")[0] == TEXT
    with pytest.raises(InputError, match=r"line 1 .* is not valid"):
        decode(TEXT.encode("gbk"), common, "utf-8")
    with pytest.raises(InputError, match="no encoding"):
        decode(TEXT.encode("gbk"), common, "klingon")


@given(st.text(st.sampled_from("中a。\n\r\f\u2028é 　"), min_size=1), st.booleans())
def test_any_text_comes_back_byte_for_byte(text: str, mark: bool) -> None:
    data = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    if text.strip():
        decoded, envelope = decode(data, common)
        assert encode(decoded, envelope) == data


@given(st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1))
def test_mixed_line_ends_come_back(ends: list[str]) -> None:
    data = "".join(f"第{n}行{end}" for n, end in enumerate(ends)).encode()
    decoded, envelope = decode(data, common)
    assert encode(decoded, envelope) == data


def test_bytes_that_do_not_round_trip_are_kept_whole() -> None:
    # Two Big5 codes stand for 兀: the second comes back as the first unless the bytes are kept.
    data = (TRADITIONAL + "兀").encode("big5")[:-2] + b"\xc9\x4a" + b"\n"
    decoded, envelope = decode(data, common, "big5")
    assert encode(decoded, envelope) == data


def test_lines_are_told_apart() -> None:
    document = formats.parse(
        "# 标题\n\n正文一行  \n- 一项\n| 表 | 格 |\n> 引文\n```\n代码\n```\n---\n\f末页", "markdown"
    )
    kinds = [line.kind for line in document.lines if line.kind != "blank"]
    assert kinds == ["heading", "body", "list", "table", "quote", "code", "code", "code", "rule", "body"]
    assert [line.hard_break for line in document.lines if line.kind == "body"] == [True, False]
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_at(len(document.text) - 1) == 2


def test_markdown_is_known_by_its_marks() -> None:
    assert formats.sniff("# 标题\n\n正文", "page.txt") == "markdown"
    assert formats.sniff("标题\n正文", "page.md") == "markdown"
    assert formats.sniff("标题\n正文 #1", "page.txt") == "text"


@pytest.mark.parametrize("text", ["", "\n", "\0\0\0\0省", "\x01\x02\x03\x04\x05\x06 x\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_was_written_is_read_back_however_little_it_looks_like_text(text: str, newline: Newline) -> None:
    for encoding, bom in (("utf-8", False), ("utf-8", True), ("utf-16-le", True), ("gb18030", False)):
        envelope = Envelope(encoding, bom, newline)
        assert read_back(encode(text, envelope), envelope) == text
