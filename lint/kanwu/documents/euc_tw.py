"""EUC-TW, the encoding of CNS 11643 that Unix systems in Taiwan wrote, as far as Big5 goes.

Planes 1 and 2 hold the characters of Big5. What stands in higher planes is undecodable here.
"""

from __future__ import annotations

import re
from functools import cache

from kanwu.documents.tables import read_table

CODES = re.compile(rb"[\x00-\x7f]+|\x8e\xa2[\xa1-\xfe]{2}|[\xa1-\xfe]{2}|[\x80-\xff]")
PLAIN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
SIDE = 94
BIG5_SIDE = 157
BIG5_TRAILS = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def read(data: bytes) -> str:
    """The text of bytes, undecodable ones kept by `surrogateescape`."""
    characters = decoding()
    return "".join(
        characters.get(code) or code.decode("ascii", "surrogateescape")
        for code in CODES.findall(data)
    )


def write(text: str) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where CNS 11643 lacks a character."""
    codes = encoding()
    return b"".join(
        codes.get(part) or part.encode("ascii", "surrogateescape") for part in PLAIN.findall(text)
    )


@cache
def decoding() -> dict[bytes, str]:
    """The characters by their codes."""
    table = read_table(__file__, "euc_tw.toml")
    found: dict[bytes, str] = {}
    for prefix, plane in ((b"", "plane1"), (b"\x8e\xa2", "plane2")):
        numbers = map(int, table[plane].split())
        for place, big5, length in zip(numbers, numbers, numbers, strict=True):
            codes = b"".join(_big5(big5 + i) for i in range(length))
            found |= {
                prefix + _code(place + i): character
                for i, character in enumerate(codes.decode("big5"))
            }
    words = table["others"].split()
    return found | {_code(int(at)): c for at, c in zip(words[::2], words[1::2], strict=True)}


@cache
def encoding() -> dict[str, bytes]:
    """The codes by their characters."""
    return {character: code for code, character in decoding().items()}


def _code(place: int) -> bytes:
    return bytes((0xA1 + place // SIDE, 0xA1 + place % SIDE))


def _big5(place: int) -> bytes:
    return bytes((0xA1 + place // BIG5_SIDE, BIG5_TRAILS[place % BIG5_SIDE]))
