"""Numbers as parts of Chinese dates: digits, the digits next to them, and the units of both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu_rules.figures.numerals import read_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu_rules.figures.date import Date

D = "0-9０-９"
H = "〇○零一二三四五六七八九十廿卅"
# Digits as they stand side by side. A class of many Han characters takes more than a millisecond to
# compile, so this is the only one here; the rest is told in Python.
DIGITS = Pattern(f"[{D}{H}]+")
BLANKS = " \u00a0\u3000"
# What stands between a number and another one that has the unit for both: 16、18日, 3至5月.
LINKS = frozenset("至到、和及或-－–—―─~～﹣−")
LONGEST_LINK = 4
MOST_LINKS = 4
ONES = frozenset("一二三四五六七八九")
ODD_DIGITS = str.maketrans({"廿": "二十", "卅": "三十", "0": "〇", "０": "〇"})


class Number(NamedTuple):
    """A number among the digits of a text, with the unit that it has."""

    text: str
    spans: Sequence[tuple[int, int]]
    """Where digits stand in the text."""
    at: int
    start: int
    value: int
    size: int
    """How many digits it is written with."""
    unit: str
    """The first character of the unit."""
    end: int
    """After that character; after the digits where the unit stands with a later number."""
    own: bool
    """Whether the unit stands with this number."""
    previous: Date | None
    """The date just before."""

    def next(self, index: int, at: int) -> int:
        """The index of the digits that begin at an offset or a blank later, 0 if there are none."""
        index += 1
        if index < len(self.spans):
            start = self.spans[index][0]
            if start == at or (start == at + 1 and self.text[at] in BLANKS):
                return index
        return 0

    def read(self, index: int) -> int:
        """The value of digits; -1 if they are none that dates are made of."""
        start, end = self.spans[index]
        written = self.text[start:end]
        # 一二月 are two months.
        if end - start > 3 or (end - start == 2 and ONES.issuperset(written)):
            return -1
        return small(written)


def unit_of(text: str, spans: Sequence[tuple[int, int]], index: int) -> tuple[str, int, bool]:
    """The first character of a number's unit, where it ends, and whether the number has it alone.

    In 16、18日 both numbers have 日, and the first one ends with its digits.
    """
    end = spans[index][1]
    last = index
    while True:
        at = spans[last][1]
        if text[at : at + 1] in BLANKS:
            at += 1
        unit = text[at : at + 1]
        if unit not in LINKS:
            return unit, at + 1 if last == index else end, last == index
        last += 1
        if last - index > MOST_LINKS or last >= len(spans):
            return "", end, False
        start = spans[last][0]
        if start - at > LONGEST_LINK or not LINKS.issuperset(text[at:start].strip()):
            return "", end, False


@lru_cache(maxsize=1024)
def small(written: str) -> int:
    """A number in digits or Chinese numerals (廿三, 二00七) as a whole number; -1 if it is none."""
    if written.isdecimal():
        return int(written)
    plain = written.translate(ODD_DIGITS)
    found = read_chinese(plain)
    return int(found.value) if found else -1
