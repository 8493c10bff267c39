"""Folding: what is no difference between two copies of one text."""

from __future__ import annotations

import re

FOLDED = dict(
    zip("，：；！？（）０１２３４５６７８９", ",:;!?()0123456789", strict=True)
) | dict.fromkeys((" ", "\u3000", "\u00a0", "\t"), "")
"""One text may be set in two widths and spaced in two ways: what stands for each such character."""


def folded(text: str) -> str:
    """The text without blanks, with marks and digits in one width and LF for every line end."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for wide, narrow in FOLDED.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


NARROW = {0x3000: " ", 0xA0: " ", 0x9: " "} | {
    code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)
}
WIDE = frozenset(map(chr, NARROW))
BESIDE_WIDE = re.compile(r"(?<=[^ -~])\x20+|\x20+(?=[^ -~])")


def folded_line(line: str) -> str:
    """A line as phrases are compared with it: narrow, in small letters, without needless blanks.

    Full-width letters, digits and marks become those of ASCII. Blanks at both ends and beside what is
    not ASCII are left out, so that 责任编辑： 张三 and 责任编辑:张三 are one.
    """
    line = line.strip()
    if not line.isascii():
        # Thousands of Chinese words are folded at every start, and few of them change.
        if not WIDE.isdisjoint(line):
            line = line.translate(NARROW)
        if " " in line:
            line = BESIDE_WIDE.sub("", line)
    return line.lower()
