"""A few bytes that the encoding cannot read: the rest is repaired, they stay, and the place is flagged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from conftest import SAMPLES, Run
from hypothesis import given
from hypothesis import strategies as st

from cleanup import repair
from cleanup.data.characters import common
from cleanup.formats import broken_bytes
from cleanup.formats.encoding import InputError, decode, encode
from cleanup.model import replay
from cleanup.model.kept_bytes import KEPT, bytes_of, encoded, held
from cleanup.model.result import Result

TEXT = "县委召开会议 , 研究工作。\n市长(胡衡)主持。\n" * 3
_HANT = str.maketrans("县开会议长", "縣開會議長")
CLEAN = "县委召开会议，研究工作。\n市长（胡衡）主持。\n" * 3


def _whole(result: Result, data: bytes) -> bytes:
    """The bytes of the repaired text, which the journal leads back to `data`."""
    journal = result.journal
    assert encode(result.original, journal.source.envelope) == data
    clean = encode(result.repaired, journal.output.envelope)
    read, _ = decode(clean, dict, journal.output.envelope.encoding)
    assert read == result.repaired
    assert encode(replay.undo(read, journal), journal.source.envelope) == data
    return clean


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
@pytest.mark.parametrize("bad", [b"\xff", b"\xff\xff"])
def test_one_bad_byte_harms_nothing_else(encoding: str, bad: bytes) -> None:
    text, clean, start, end = TEXT, CLEAN, "会议", "召开。\n"
    if encoding == "big5":
        text, clean, start, end = (said.translate(_HANT) for said in (text, clean, start, end))
    data = (text + start).encode(encoding) + bad + end.encode(encoding)
    result = repair(data, name="page.txt")
    assert result.journal.source.envelope.encoding == encoding
    assert _whole(result, data) == (clean + start).encode() + bad + end.encode()
    flags = [one for one in result.journal.records if one.rule == "encoding.broken-bytes"]
    assert [(one.status, bad.hex(" ").upper() in one.why.en) for one in flags] == [("flagged", True)]


def test_a_file_that_was_cut_within_a_character() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = (TEXT + "会议").encode(encoding)[:-1]
        assert _whole(repair(data, name="page.txt"), data).startswith(CLEAN.encode())


def test_a_few_words_are_read_as_what_most_of_their_bytes_say() -> None:
    # Right bytes of GB18030 too: 浜嗚繃鍘秽, which nobody writes.
    for words, bad in (("## 了过去", b"\xe0"), ("本报讯（", b"\xe8\xae"), ("县委召开会议", b"\xff")):
        text, envelope = decode(words.encode() + bad, common)
        assert (KEPT.sub("", text), envelope.encoding) == (words, "utf-8")
    for words in ("联通", "本报讯", "汉字编码", "召开会议\n研究工作"):
        assert decode(words.encode("gb18030"), common)[0] == words


def test_two_bytes_a_character_go_on_in_step() -> None:
    # The first half of a character is broken; its second half begins none.
    data = "会议".encode("gbk") + b"\xff" + "春".encode("gbk")[1:] + "耕工作部署".encode("gbk")
    assert KEPT.sub("", broken_bytes.decode(data, "gb18030")) == "会议耕工作部署"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "big5"])
def test_broken_anywhere(encoding: str) -> None:
    """Bytes changed, lost and put in: refused with a sentence, or repaired and undone exactly."""
    chance, read = random.Random(encoding), 0
    for place in sorted(SAMPLES.glob("*/page.*")):
        if place.suffix not in (".txt", ".md"):
            continue
        whole = place.read_text("utf-8")[:500].encode(encoding, "ignore")
        for _ in range(3):
            data, at = bytearray(whole), chance.randrange(len(whole))
            data[at : at + chance.randrange(2)] = chance.choice((b"", b"\xff", b"\x80", b"\xe4", b"\xc3"))
            try:
                result = repair(bytes(data), name=place.name)
            except InputError:
                continue
            clean, read = _whole(result, bytes(data)), read + 1
            again = repair(clean, name=place.name)
            assert not again.journal.applied
    assert read >= 3


@given(st.lists(st.one_of(st.text("会a "), st.binary(max_size=3))))
def test_bytes_are_held_and_given_back(parts: list[str | bytes]) -> None:
    text = "".join(part if isinstance(part, str) else held(part) for part in parts)
    data = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    assert encoded(text, "utf-8") == data
    kept = b"".join(part for part in parts if isinstance(part, bytes))
    assert bytes_of("".join(KEPT.findall(text))) == kept


def test_text_of_another_encoding_is_not_read_as_broken() -> None:
    latin = "Déjà vu à l'hôtel, près de la forêt. " * 30
    assert decode(latin.encode("latin-1"), common)[1].encoding == "cp1252"
    with pytest.raises(InputError):
        decode(TEXT.encode("gbk"), common, "utf-8")


def test_at_the_command_line(ocrfix: Run, tmp_path: Path) -> None:
    data = TEXT.encode() + b"\xe4\xbd\n"
    (tmp_path / "page.txt").write_bytes(data)
    assert ocrfix("page.txt").returncode == 0
    assert (tmp_path / "page.clean.txt").read_bytes() == CLEAN.encode() + b"\xe4\xbd\n"
    assert "\\xE4" in (tmp_path / "page.report.html").read_text("utf-8")
    assert ocrfix("undo", "page.journal.json", "--stdout").stdout == data
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_bytes(data)
    assert ocrfix("batch", "in", "-o", "out", "-q", "--workers", "1").returncode == 0
    assert (tmp_path / "out" / "page.clean.txt").read_bytes().endswith(b"\xe4\xbd\n")
