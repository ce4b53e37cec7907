"""Build models/pairs.bin: how strongly one character follows another.

The file is one line of JSON (format, source, licence, date, chars, low, step) and then N*N/2 bytes: 4-bit
levels, row by row (row = first character, column = second), the even column in the low nibble. Level 0 means
never seen (fewer than two times); level k means a pointwise mutual information of low + (k-1)*step bits.

Pairs inside simplified text are counted over the weighted corpora. A pair with a character that only
traditional text has is counted in the traditional corpus alone: its level is measured against that script.
"""

from __future__ import annotations

import json
import re

import numpy as np
from characters import Characters, count_characters
from corpus import DATE, LICENCE, SOURCE, TRADITIONAL, parser, read, simplified
from numpy.typing import NDArray

SIZE = 4096
PUNCTUATION = "，。、；：？！“”‘’（）《》—…·"
DIGIT, LETTER = "0", "a"
SHARE_OF_TRADITIONAL = 0.05
"""The rate of a traditional character is multiplied by this when the most frequent characters are chosen."""
LOW, STEP, LEVELS = -6.0, 16.0 / 14.0, 15
DISCOUNT = 0.75
CHUNK = 8_000_000

Matrix = NDArray[np.float64]


def choose(found: Characters) -> str:
    """The SIZE characters of the model: punctuation, digit, letter, and the most frequent Han characters."""
    rates = dict(found.simplified)
    for char, rate in found.traditional.items():
        rates[char] = max(rates.get(char, 0.0), SHARE_OF_TRADITIONAL * rate)
    fixed = PUNCTUATION + DIGIT + LETTER
    ranked = sorted(rates, key=lambda char: (-rates[char], char))
    return fixed + "".join(ranked[: SIZE - len(fixed)])


def index_of(chars: str) -> NDArray[np.uint16]:
    """For every code point its place in `chars`, or SIZE where it has none."""
    table = np.full(0x110000, SIZE, dtype=np.uint16)
    for place, char in enumerate(chars):
        table[ord(char)] = place
    for first, last, char in (("0", "9", DIGIT), ("０", "９", DIGIT), ("a", "z", LETTER), ("A", "Z", LETTER)):
        table[ord(first) : ord(last) + 1] = chars.index(char)
    for first, last in (("ａ", "ｚ"), ("Ａ", "Ｚ")):
        table[ord(first) : ord(last) + 1] = chars.index(LETTER)
    for variant, char in zip(",;:?!()", "，；：？！（）", strict=True):
        table[ord(variant)] = chars.index(char)
    return table


def count_pairs(text: str, table: NDArray[np.uint16]) -> Matrix:
    """How often each pair of known characters stands side by side in a line of `text`."""
    total = np.zeros(SIZE * SIZE, dtype=np.int64)
    codes = np.frombuffer(re.sub(r"(?<=\d)[.,](?=\d)", DIGIT, text).encode("utf-32-le"), np.uint32)
    for start in range(0, len(codes), CHUNK):
        places = table[codes[start : start + CHUNK + 1]].astype(np.int64)
        known = (places[:-1] < SIZE) & (places[1:] < SIZE)
        total += np.bincount((places[:-1] * SIZE + places[1:])[known], minlength=SIZE * SIZE)
    return total.reshape(SIZE, SIZE).astype(np.float64)


def information(raw: Matrix, weighted: Matrix) -> Matrix:
    """Pointwise mutual information in bits; minus infinity for pairs seen fewer than two times."""
    kept = raw >= 2
    discounted = np.where(kept, weighted * (raw - DISCOUNT) / np.maximum(raw, 1), 0.0)
    first, second = weighted.sum(axis=1), weighted.sum(axis=0)
    expected = np.maximum(np.outer(first, second) / weighted.sum(), 1e-12)
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(kept, np.log2(discounted / expected), -np.inf))


def quantise(bits: Matrix) -> NDArray[np.uint8]:
    """Bits as levels 0 to 15, packed two to a byte."""
    finite = np.isfinite(bits)
    levels = np.clip(np.rint((np.where(finite, bits, 0.0) - LOW) / STEP) + 1, 1, LEVELS)
    whole = np.where(finite, levels, 0).astype(np.uint8)
    return np.asarray(whole[:, 0::2] | (whole[:, 1::2] << 4), dtype=np.uint8)


def main() -> None:
    """Read the corpus and write the model."""
    args = parser(__doc__).parse_args()
    found = count_characters(args.corpus)
    chars = choose(found)
    table = index_of(chars)
    raw = np.zeros((SIZE, SIZE))
    weighted = np.zeros((SIZE, SIZE))
    for _, weight, text in simplified(args.corpus):
        counts = count_pairs(text, table)
        raw += counts
        weighted += weight * counts
    bits = information(raw, weighted)
    other = count_pairs(read(args.corpus, TRADITIONAL), table)
    added = np.array([char in found.traditional for char in chars])
    either = added[:, None] | added[None, :]
    bits = np.where(either, information(other, other), bits)
    packed = quantise(bits)
    head = {
        "format": "ocrfix-pairs-1",
        "source": SOURCE,
        "licence": LICENCE,
        "date": args.date or DATE,
        "chars": chars,
        "low": LOW,
        "step": STEP,
    }
    args.out.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(head, ensure_ascii=False).encode() + b"\n"
    args.out.write_bytes(line + packed.tobytes())
    seen = np.isfinite(bits)
    print(f"{seen.sum()} pairs, {seen.mean():.3f} of all; {added.sum()} traditional characters")
    print("quantiles of the bits:", np.quantile(bits[seen], [0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 1.0]).round(2))


if __name__ == "__main__":
    main()
