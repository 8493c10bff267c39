"""Numbers as they stand in a text: digits and numerals with the words inside them (多, 几, 分之)."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu_rules.figures.numerals import (
    ARABIC,
    DIGIT,
    DIGITS,
    EXACT,
    MYRIAD,
    POWER,
    Numeral,
    power_of_ten,
    read_chinese,
    read_mixed,
    read_pair,
)
from kanwu_rules.figures.units import PERCENT

if TYPE_CHECKING:
    from kanwu_rules.figures.intervals import Relation
    from kanwu_rules.figures.units import Unit

NUMERAL = DIGIT + POWER + MYRIAD
POWERS = frozenset(POWER + MYRIAD)
# Where a number can begin. 一 is a word of its own nearly everywhere, and worth a look where it goes on.
# The class stands first and alone, since only then is the text scanned by it.
START = Pattern(rf"""
    [0-9０-９半{NUMERAL}]
    (?: (?<!一) | (?=[{NUMERAL}点點成倍番] | [个個](?:[多余餘半月]|小时|小時|星期|世纪|世紀) | 分之 | [至到][{NUMERAL}]) )
""")
ARABIC_NUMBER = Pattern(
    rf"{ARABIC}(?:\ ?[{POWER}{MYRIAD}]++(?:[0-9]++(?:\.[0-9]++)?[{MYRIAD}千百]++)*)?"
)
CHINESE_NUMBER = Pattern(rf"[{NUMERAL}]++(?:[点點][{DIGIT}]++[{POWER}{MYRIAD}]*+)?")
SHARE = Pattern(rf"{ARABIC}|[{DIGIT}{POWER}]++(?:[点點][{DIGIT}]++)?")
# 千 and 兆 begin a unit in 5千瓦, 3千克 and 2兆瓦.
UNITS_WITH_PREFIX = {"千": frozenset("瓦克卡伏赫帕焦"), "兆": frozenset("瓦赫帕焦字比")}
UNITS_AFTER_DIGITS = frozenset("米字")
BEHIND_FRACTION = frozenset("倍成%％元米吨噸公平度个個")
# What makes another word of 多, 余, 来 and 几.
MORE = {
    "多": frozenset("边邊样樣媒"),
    "余": frozenset("震额杭热姚"),
    "餘": frozenset("震額熱"),
    "来": frozenset("自到访华源说看信电临"),
    "來": frozenset("自到訪華源說看信電臨"),
    "几": frozenset("乎何"),
    "幾": frozenset("乎何"),
}
SEVERAL = frozenset("几幾数數")
MORE_THAN = frozenset("多余餘几幾")
PER = {"百": 0, "千": -1, "万": -2, "萬": -2}
THIRDS = Context(prec=12)
LASTING = frozenset("年天月个個小")
CENT, TENTH, HALF = Decimal("0.01"), Decimal("0.1"), Decimal("0.5")


class Number(NamedTuple):
    """A number in a text, the words before it and its unit left out of account."""

    start: int
    end: int
    read: Numeral
    upper: Numeral | None = None
    """The other end where one word says two (七八, 几十)."""
    relation: Relation = "="
    unit: Unit | None = None
    """Its unit where the number holds it (百分之五, 一半)."""
    marked: bool = False
    """Whether it is more than bare digits: with a power, a fraction, groups, 多 or 余."""
    bare: bool = False
    """Whether it is only a power (百, 万): a number where an approximator stands before it."""
    powers: str = ""
    """The powers that it ends in, which a range shares: 100至200亿."""
    chinese: bool = False
    """Whether it is written without digits."""
    base: Decimal | None = None
    """What stands for 几十 and 数千, of which `read` is the low end."""


def read_number(text: str, at: int, limit: int) -> tuple[Number | None, int]:
    """The number that begins where START matched, and where to look on."""
    first = text[at]
    if first == "半":
        return half(text, at), at + 1
    chinese = first in NUMERAL
    found = (CHINESE_NUMBER if chinese else ARABIC_NUMBER).match(text, at, limit)
    if found is None:
        return None, at + 1
    end = found.end()
    behind = text[end] if end < limit else ""
    if behind == "分" and text.startswith("分之", end):
        return part_of(text, at, end, limit)
    prefixed = UNITS_WITH_PREFIX.get(text[end - 1])
    if prefixed and (behind in prefixed or (not chinese and behind in UNITS_AFTER_DIGITS)):
        end -= 1
    elif chinese and behind not in BEHIND_FRACTION and text[end - 1] not in MYRIAD:
        whole, point, _ = text[at:end].replace("點", "点").partition("点")
        if point:  # 四点五 is a time or the fifth of four points
            end = at + len(whole)
    if end == at:
        return None, at + 1
    number = (_chinese if chinese else _arabic)(text, at, end, limit)
    return number, max(end, number.end if number else 0)


def with_more(text: str, end: int, limit: int) -> tuple[str, int]:
    """多, 余, 几 or 来 behind a number, and its end; empty if it is none or begins another word."""
    at = end + 1 if text.startswith(" ", end) else end
    more = text[at] if at < limit else ""
    others = MORE.get(more)
    if others is None or text[at + 1 : at + 2] in others:
        return "", end
    return more, at + 1


def relation_of(more: str) -> Relation:
    """What 多, 余, 几 and 来 behind a number say."""
    return ">" if more in MORE_THAN else "~" if more else "="


def powers_at(text: str, at: int, limit: int) -> str:
    """The powers that stand at an offset: 万 in 4300多万."""
    end = at
    while end < limit and text[end] in POWERS:
        end += 1
    prefixed = UNITS_WITH_PREFIX.get(text[end - 1]) if end > at else None
    if prefixed and text[end : end + 1] in prefixed:
        end -= 1
    return text[at:end]


def scaled(read: Numeral, exponent: int) -> Numeral:
    """The numeral times a power of ten."""
    factor = power_of_ten(exponent)
    return Numeral(*(EXACT.multiply(part, factor) for part in read))


def _arabic(text: str, at: int, end: int, limit: int) -> Number | None:
    written = text[at:end].replace(" ", "")
    more, end = with_more(text, end, limit)
    if more:
        added = powers_at(text, end, limit)
        written, end = written + added, end + len(added)
    read = read_mixed(written)
    if read is None:
        return None
    powers = written[len(written.rstrip(POWER + MYRIAD)) :]
    marked = bool(more or powers) or not written.isdecimal()
    return Number(at, end, read, None, relation_of(more), None, marked, powers=powers)


def _chinese(text: str, at: int, end: int, limit: int) -> Number | None:
    written = text[at:end]
    power = written[0] in POWERS
    if power and at and text[at - 1] in SEVERAL:
        base = read_chinese(written)
        if base is None:
            return None
        low = Numeral(EXACT.multiply(base.value, Decimal(2)), base.place, base.step)
        high = Numeral(scaled(base, 1).value, base.place, base.step)
        return Number(at - 1, end, low, high, marked=True, chinese=True, base=base.value)
    if pair := read_pair(written):
        return Number(at, end, *pair, marked=True, chinese=True)
    more, end = with_more(text, end, limit)
    if more:
        added = powers_at(text, end, limit)
        written, end = written + added, end + len(added)
    if len(written) > 1 and all(c in DIGITS for c in written):
        return None
    read = read_chinese(written)
    if read is None:
        return None
    powers = written[len(written.rstrip(MYRIAD)) :]
    bare = power and written[0] not in "十拾" and not more
    marked = bool(more or powers)
    return Number(at, end, read, None, relation_of(more), None, marked, bare, powers, chinese=True)


def part_of(text: str, at: int, end: int, limit: int) -> tuple[Number | None, int]:
    """百分之五, 千分之三 and 三分之二, in percent."""
    found = SHARE.match(text, end + 2, limit)
    if found is None:
        return None, end + 2
    parts, taken = text[at:end], found[0]
    of = read_chinese(parts) if parts[0] in NUMERAL else read_mixed(parts)
    share = read_chinese(taken) if taken[0] in NUMERAL else read_mixed(taken)
    if share is None or of is None or not of.value:
        return None, found.end()
    if parts in PER:
        read = scaled(share, PER[parts])
    else:
        value = THIRDS.divide(THIRDS.multiply(share.value, Decimal(100)), of.value)
        read = Numeral(value, CENT, CENT)
    number = Number(at, found.end(), read, unit=PERCENT, marked=True, chinese=parts[0] in NUMERAL)
    return number, found.end()


def half(text: str, at: int) -> Number | None:
    """半年 and 半个月, 一半, 过半 and 半数."""
    before = text[at - 1 : at]
    behind = text[at + 1 : at + 2]
    if behind in LASTING:
        # 上半年 is a part of the year.
        if before in PARTS_OF_YEAR or not HALF_LASTS.match(text, at):
            return None
        return Number(at, at + 1, Numeral(HALF, TENTH, TENTH), marked=True, chinese=True)
    whole = Numeral(Decimal(50), Decimal(1), Decimal(10))
    end = at + 2 if behind and behind in "数數" else at + 1
    if before in HALVES and behind != "透":
        start = at if before == "近" else at - 1
        return Number(start, end, whole, None, HALVES[before], PERCENT, marked=True, chinese=True)
    if end == at + 2 or text.startswith("以上", end):
        return Number(at, end, whole, unit=PERCENT, marked=True, chinese=True)
    return None


PARTS_OF_YEAR = frozenset("上下前后後大夜")
HALF_LASTS = Pattern(r"半(?:[年天月]|[个個](?:多?月|小时|小時|世纪|世紀|星期)|小时|小時)")
HALVES: dict[str, Relation] = {"一": "=", "过": ">", "過": ">", "近": "="}
