"""Numerals: what a written number says, as an exact decimal with the place of its lowest digit.

Arabic digits in both widths, Chinese numerals in both scripts and in the forms of cheques (壹贰叁),
and mixtures of them (3.5万, 1亿3000万). Nothing here looks at what stands around a number.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from kanwu import Pattern

# Sums and products of what is admitted here are exact.
EXACT = Context(prec=120)
LONGEST = 48
"""Most characters of a number; what is longer counts nothing that an article speaks of."""

DIGITS = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True))
DIGITS |= dict(zip("○Ｏ壹贰叁肆伍陆柒捌玖", (0, 0, *range(1, 10)), strict=True))
DIGITS |= dict(zip("弌貳參叄陸两兩俩幺", (1, 2, 3, 3, 6, 2, 2, 2, 1), strict=True))
del DIGITS["Ｏ"], DIGITS["俩"]
POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
MYRIADS = {"万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
HALF_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

DIGIT = "".join(DIGITS)
POWER = "".join(POWERS)
MYRIAD = "".join(MYRIADS)
# Groups of three, else digits as they come; the full-width comma groups too, as in 350，000. The two
# blanks in 2 . 2亿 come from converters; without a power after them they may part two sentences.
ARABIC = (
    rf"(?:(?<![0-9０-９])[1-9１-９][0-9０-９]{{0,2}}(?:[,，][0-9０-９]{{3}}(?![0-9０-９]))++(?:[.．][0-9０-９]++)?"
    rf"|[0-9０-９]++(?:[.．][0-9０-９]++|\ ?[.．]\ ?[0-9０-９]++(?=\ ?(?:[{MYRIAD}百千%％]|个百分|個百分)))?)"
)


class Numeral(NamedTuple):
    """A number as it is written."""

    value: Decimal
    place: Decimal
    """The power of ten of the lowest digit that is written: 3.50亿 has 1,000,000."""
    step: Decimal
    """The same, zeros that only fill up left out: 1200亿 has 10,000,000,000. What 余 and 多 may add."""


class Pair(NamedTuple):
    """Two neighbouring numbers in one word: 七八(个), 二三百, 十七八(岁)."""

    low: Numeral
    high: Numeral


@lru_cache(maxsize=256)
def power_of_ten(exponent: int) -> Decimal:
    """Ten to an exponent, exactly."""
    return Decimal((0, (1,), exponent))


def numeral(value: Decimal, place: int, *, fraction: bool = False) -> Numeral:
    """The numeral of a value whose lowest written digit stands for ten to the power of `place`."""
    step = place
    if not fraction:
        digits = f"{value:f}".partition(".")[0]
        step = max(place, len(digits) - len(digits.rstrip("0"))) if value else place
    return Numeral(value, power_of_ten(place), power_of_ten(step))


def read_arabic(written: str, exponent: int = 0) -> Numeral | None:
    """A number in Arabic digits, times ten to the power of `exponent`; None if it is too long."""
    if len(written) > LONGEST:
        return None
    plain = written.translate(HALF_WIDTH).replace(",", "").replace(" ", "")
    whole, _, fraction = plain.partition(".")
    place = exponent - len(fraction)
    return numeral(Decimal(f"{whole}{fraction}E{place}"), place, fraction=bool(fraction))


def exponent_of(powers: str) -> int:
    """The power of ten that such words as 千万 and 万亿 multiply by."""
    return sum(POWERS.get(word) or MYRIADS[word] for word in powers)


MIXED_PART = Pattern(rf"({ARABIC})\ ?([{POWER}{MYRIAD}]*)")


@lru_cache(maxsize=4096)
def read_mixed(written: str) -> Numeral | None:
    """Arabic digits with powers in words: 3.5万, 7千万, 1.86万亿, 1亿3000万, 3万5千."""
    if len(written) > LONGEST:
        return None
    total, place, fraction, last = Decimal(0), 0, False, None
    at = 0
    for part in MIXED_PART.finditer(written):
        if part.start() != at:
            return None
        at = part.end()
        exponent = exponent_of(part[2])
        if last is not None and exponent >= last:
            return None
        read = read_arabic(part[1], exponent)
        if read is None or (last is not None and read.value >= power_of_ten(last)):
            return None
        total = EXACT.add(total, read.value)
        tail = read.place.as_tuple().exponent
        assert isinstance(tail, int)
        place, fraction, last = tail, "." in part[1] or "．" in part[1], exponent
    if at != len(written) or last is None:
        return None
    return numeral(total, place, fraction=fraction)


@lru_cache(maxsize=1024)
def read_chinese(written: str) -> Numeral | None:
    """A number in Chinese numerals: 一百二十, 两万, 三点五亿, 二〇二〇, 三万五; None where it is none."""
    if not written or len(written) > LONGEST:
        return None
    whole, point, rest = written.replace("點", "点").partition("点")
    if point:
        return _with_fraction(whole, rest)
    if all(c in DIGITS for c in whole):
        return numeral(Decimal((0, tuple(DIGITS[c] for c in whole), 0)), 0)
    found = _whole(whole)
    return found and numeral(Decimal(found[0]), found[1])


def _with_fraction(whole: str, rest: str) -> Numeral | None:
    fraction = rest.rstrip(POWER + MYRIAD)
    left = read_chinese(whole)
    if not fraction or left is None or any(c not in DIGITS for c in fraction):
        return None
    exponent = exponent_of(rest[len(fraction) :])
    tail = Decimal((0, tuple(DIGITS[c] for c in fraction), -len(fraction)))
    value = EXACT.multiply(EXACT.add(left.value, tail), power_of_ten(exponent))
    return numeral(value, exponent - len(fraction), fraction=True)


def _whole(written: str) -> tuple[int, int] | None:
    """The value of numerals with powers between them, and the exponent of their lowest digit."""
    for words, exponent in ((("兆",), 12), (("亿", "億"), 8), (("万", "萬"), 4)):
        at = max(map(written.rfind, words))
        if at < 0:
            continue
        left = _whole(written[:at]) if at else (1, 0)
        if left is None or not left[0]:
            return None
        above = left[0] * 10**exponent
        rest = written[at + 1 :]
        if not rest:
            return above, left[1] + exponent
        if rest in DIGITS:  # 三万五 is 35,000
            return above + DIGITS[rest] * 10 ** (exponent - 1), exponent - 1
        below = _whole(rest) if rest[0] in DIGITS else None
        if below is None or below[0] >= 10**exponent:
            return None
        return above + below[0], below[1]
    return _section(written)


ONE_TO_NINE = "".join(c for c, value in DIGITS.items() if value)
SECTION = Pattern(
    rf"[零〇]?(?:([{ONE_TO_NINE}]?)[千仟])?([零〇]?)(?:([{ONE_TO_NINE}]?)[百佰])?([零〇]?)"
    rf"(?:([{ONE_TO_NINE}]?)[十拾])?[零〇]?([{ONE_TO_NINE}])?"
)


def _section(written: str) -> tuple[int, int] | None:
    """The same below 10,000."""
    found = SECTION.fullmatch(written)
    if found is None:
        return None
    thousands, _, hundreds, _, tens, ones = found.groups()
    value, place = 0, 0
    for digit, exponent in ((thousands, 3), (hundreds, 2), (tens, 1)):
        if digit is not None:
            if not digit and value and exponent > 1:
                return None
            value += DIGITS.get(digit, 1) * 10**exponent
            place = exponent
    if ones:
        # 一百二 is 120 and 一百零二 is 102.
        short = place - 1 if place > 1 and written[-2] not in DIGITS else 0
        return value + DIGITS[ones] * 10**short, short
    return (value, place) if value else None


def read_pair(written: str) -> Pair | None:
    """Two neighbouring digits said in one breath: 七八, 两三百, 十七八, 三五, 二三十万."""
    for at in range(len(written) - 1):
        first, second = DIGITS.get(written[at], 0), DIGITS.get(written[at + 1], 0)
        if not first or not second:
            continue
        head, tail = written[:at], written[at + 2 :]
        if second - first != 1 and not (first == 3 and second == 5 and not head):
            return None
        if (head and head[-1] in DIGITS) or (tail and tail[0] in DIGITS):
            return None
        low, high = (read_chinese(head + written[i] + tail) for i in (at, at + 1))
        return Pair(low, high) if low and high and low.value < high.value else None
    return None
