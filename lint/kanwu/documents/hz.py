"""HZ, Chinese in seven bits, as it stood in news and mail (RFC 1843).

`~{` and `~}` stand around bytes of GB 2312 whose highest bits are off, and `~~` for a tilde. Other than
Python's codec this one gives every byte back: what is no HZ is undecodable.
"""

from __future__ import annotations

import re

CODES = re.compile(rb"~\{((?:[!-w][!-~])+)~\}|~~|~|[^~]+")
PARTS = re.compile("[^\0-\x7f\udc00-\udcff]+|~|[^~]")
HIGH = bytes(byte | 0x80 for byte in range(0x100))
LOW = bytes(byte & 0x7F for byte in range(0x100))


def read(data: bytes) -> str:
    """The text of bytes, undecodable ones as U+DC00 to U+DCFF."""
    return "".join(map(_characters, CODES.finditer(data)))


def write(text: str) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where GB 2312 lacks a character."""
    return b"".join(map(_bytes, PARTS.findall(text)))


def _characters(match: re.Match[bytes]) -> str:
    part = match[0]
    if part == b"~~":
        return "~"
    if match[1]:
        try:
            return match[1].translate(HIGH).decode("gb2312")
        except UnicodeDecodeError:
            pass
    elif part != b"~":
        return part.decode("ascii", "surrogateescape")
    return "".join(chr(0xDC00 + byte) for byte in part)


def _bytes(part: str) -> bytes:
    if part == "~":
        return b"~~"
    if part.isascii():
        return part.encode()
    if "\udc00" <= part <= "\udcff":
        return bytes([ord(part) & 0xFF])
    return b"~{" + part.encode("gb2312").translate(LOW) + b"~}"
