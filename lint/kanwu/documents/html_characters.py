"""Character references of HTML: `&lt;`, `&#8212;`, `&#x2014;`."""

from __future__ import annotations

import re
from typing import NamedTuple

REFERENCE = re.compile(r"&(?:#(?:[xX][0-9A-Fa-f]++|[0-9]++);?|[A-Za-z][A-Za-z0-9]{0,39}+;?)")
LONGEST_NUMBER = 7
LONGEST_OPEN_NAME = 6
"""So long are the names at most that are known without their semicolon."""


class Character(NamedTuple):
    """What a reference stands for, and how much of it is the reference."""

    text: str
    length: int


def decoded(reference: str) -> Character | None:
    """The characters that a reference stands for; None where it is text, as in `AT&T`."""
    if reference[1] == "#":
        return Character(numbered(reference[2:].rstrip(";")), len(reference))
    from html.entities import html5

    name = reference[1:]
    if name in html5:
        return Character(html5[name], len(reference))
    for length in range(min(LONGEST_OPEN_NAME, len(name)), 1, -1):
        if name[:length] in html5:
            return Character(html5[name[:length]], 1 + length)
    return None


def numbered(number: str) -> str:
    """The character with a number, written as in a reference."""
    hexadecimal = number[0] in "xX"
    digits = number[hexadecimal:].lstrip("0")
    point = int(digits or "0", 16 if hexadecimal else 10) if len(digits) <= LONGEST_NUMBER else 0
    if point == 0 or point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        return "\ufffd"
    # Written by those who took the numbers of Windows-1252 for those of Unicode.
    if 0x80 <= point <= 0x9F:
        return bytes((point,)).decode("cp1252", "ignore") or chr(point)
    return chr(point)
