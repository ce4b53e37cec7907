"""How texts and bytes are spoilt: a little, or beyond recognition."""

from __future__ import annotations

import re
from random import Random

_POOL = (
    " 　\n\n\n\t，。、；：？！“”‘’（）()《》—…·.,:;!?-_=*#>|`$~[]{}<>/\\\"'0123456789oOlI１２3ABCabcéß"
    "一二三十口日目曰白门问間会國龍\u200b\u200d\ufeff\x0c\x00\x1b\x85\u2028\u202e\ue5e5\ufffd\U0010fffe\U00020000"
)
_BYTES = (
    b"\xff",
    b"\x80",
    b"\xe4",
    b"\xc3",
    b"\x00",
    b"\n",
    b"\r",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x81\x30",
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NUMBERS = (
    "0",
    "-1",
    "1e308",
    "1e999",
    "NaN",
    "-0.0",
    "99999999999999999999",
    "0.5",
    "null",
    '""',
    "[]",
    "{}",
)


def text(given: str, chance: Random) -> str:
    """A text with some of its characters lost, added, swapped, doubled or parted."""
    chars = list(given)
    for _ in range(chance.choice((0, 1, 3, 10, 40, 150, 400))):
        if not chars:
            break
        at = chance.randrange(len(chars))
        to = min(len(chars), at + chance.randint(1, chance.choice((2, 30, 200))))
        match chance.randrange(12):
            case 0:
                del chars[at]
            case 1:
                chars.insert(at, chance.choice(_POOL))
            case 2:
                chars[at] = chance.choice(_POOL)
            case 3:
                chars[at:at] = chars[at:to]
            case 4:
                del chars[at:to]
            case 5:
                other = chance.randrange(len(chars))
                chars[at], chars[other] = chars[other], chars[at]
            case 6:
                chars[at:at] = [chance.choice(_POOL)] * chance.randint(2, 30)
            case 7:
                taken = chars[at:to]
                del chars[at:to]
                place = chance.randrange(len(chars) + 1)
                chars[place:place] = taken
            case 8:
                chars.insert(at, "\n")
            case 9:
                chars[at:to] = [char for char in chars[at:to] if char != "\n"]
            case 10:
                pair = (chance.choice((" ", "", "", "\n")) for _ in chars[at:to])
                chars[at:to] = [one for both in zip(chars[at:to], pair, strict=True) for one in both]
            case _:
                chars[at:at] = chance.choice(
                    ("# ", "| a | b |\n|---|---|\n", "```\n", "$$", "<td>", "&#x4e2d;", "。" * 40, "\f")
                )
    return "".join(chars)


def numbers(given: str, chance: Random) -> str:
    """Some of the numbers in a text, and what else stands between marks, put for others."""
    share = chance.choice((0.0, 0.01, 0.1, 0.5))
    return _NUMBER.sub(lambda found: chance.choice(_NUMBERS) if chance.random() < share else found[0], given)


def data(given: bytes, chance: Random) -> bytes:
    """Bytes with some of them flipped, lost, added or cut."""
    spoilt = bytearray(given)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 5, 30))):
        if not spoilt:
            break
        at = chance.randrange(len(spoilt))
        to = min(len(spoilt), at + chance.randint(1, chance.choice((1, 4, 60))))
        match chance.randrange(7):
            case 0:
                spoilt[at] = chance.randrange(256)
            case 1:
                del spoilt[at:to]
            case 2:
                spoilt[at:at] = chance.choice(_BYTES)
            case 3:
                spoilt[at:at] = spoilt[at:to]
            case 4:
                spoilt[at] ^= 1 << chance.randrange(8)
            case 5:
                del spoilt[at:]
            case _:
                spoilt[at:to] = chance.randbytes(to - at)
    return bytes(spoilt)
