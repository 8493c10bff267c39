"""Quantities in Chinese text: numbers with their approximators, units and ranges."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kanwu import Pattern, read_table
from kanwu_rules.figures.intervals import Interval, Relation, between, interval, negative
from kanwu_rules.figures.numerals import DIGITS, EXACT, Numeral, exponent_of, power_of_ten
from kanwu_rules.figures.units import NONE, PERCENT, Unit, units
from kanwu_rules.figures.written_numbers import HALF, START, TENTH, Number, read_number, scaled

RANGE = Pattern(r"\ ?(?:[-‐‑–—―－~～〜∼]|——|到|至)\ ?")
# 个多月 and 个半小时 stand between the number and its unit.
CENTIMETRES = Pattern(r"[0-9]{1,2}(?![0-9.,，%厘毫公米]|\ ?[-~～至到])")
SECONDS = Pattern(r"[0-9]{1,2}(?:\.[0-9]+)?秒")
BELOW_ZERO = ("零下", "零下约")
INNER = frozenset("多余餘半")
LASTING_UNITS = ("月", "小时", "小時", "星期", "世纪", "世紀", "礼拜", "钟头")
OTHER_WORDS_WITH_MORE = frozenset("边邊元种種样樣家媒數数方次少项項功用党级級名位个個人")
CURRENCIES = {
    "US$": "美元",
    "HK$": "港元",
    "$": "美元",
    "＄": "美元",
    "￥": "元",
    "¥": "元",
    "€": "欧元",
    "£": "英镑",
    "RMB": "元",
    "人民币": "元",
    "USD": "美元",
}
UNITS_WITH_MORE_BEHIND = frozenset(
    ("duration", "length", "mass", "area", "money", "ratio", "percent", "measure")
)


class Quantity(NamedTuple):
    """A number in a text with all that is said about it, and where it stands."""

    start: int
    end: int
    interval: Interval
    unit: Unit
    number_start: int
    """Where the number itself begins, behind the words before it."""
    number_end: int
    before: str
    """The approximator before it, if any."""
    chinese: bool
    """Whether it is written in Chinese numerals only."""
    marked: bool
    """Whether more than bare digits stand there: a power, a fraction, groups, an approximator."""


class Words(NamedTuple):
    """The table of approximators, arranged for looking from a number to both sides."""

    before: dict[str, tuple[tuple[str, Relation], ...]]
    """Words by their last character, the longest first."""
    loosely: frozenset[str]
    fillers: str
    barred: dict[str, str]
    after: dict[str, tuple[tuple[str, Relation], ...]]
    """Words by their first character, the longest first."""


@lru_cache(maxsize=1)
def words() -> Words:
    """The approximators, read at the first call."""
    table = read_table(__file__, "approximators.toml")

    def by(at: int, rows: dict[Relation, list[str]]) -> dict[str, tuple[tuple[str, Relation], ...]]:
        found: dict[str, list[tuple[str, Relation]]] = {}
        for relation, listed in rows.items():
            for word in listed:
                found.setdefault(word[at], []).append((word, relation))
        return {c: tuple(sorted(ws, key=lambda w: -len(w[0]))) for c, ws in found.items()}

    return Words(
        by(-1, table["before"]),
        frozenset(table["loosely"]["words"]),
        "".join(table["fillers"]),
        table["barred"],
        by(0, table["after"]),
    )


def quantity(text: str, number: Number, floor: int, limit: int) -> Quantity | None:
    """The quantity that is made with a number, between two offsets of its line."""
    start, end = number.start, number.end
    unit, behind, number = unit_at(text, limit, number)
    upper, marked = number.upper, number.marked
    if upper is None and number.relation == "=":
        other = second_end(text, number, unit, behind, limit)
        if other is not None:
            number, upper, unit, end, behind = other
            marked = True
    begin, relation, word = before_number(text, start, floor, number)
    if number.bare and not relation:
        return None
    if unit is NONE:
        begin, unit = currency_before(text, begin, floor)
    behind, after = after_unit(text, behind, limit, unit)
    if upper is not None:
        reading = between(number.read, upper, number.base)
    else:
        read = number.read
        told = relation or after or number.relation
        added = number.relation == ">" and number.unit is None  # by 多 and 余, not by 过半
        if number.bare and word != "近" and told in (">", ">="):
            # 上百 and 过万 reach up to the next power.
            read = read._replace(step=EXACT.multiply(read.value, Decimal(9)))
        reading = interval(read, told, bounded=added or after == ">")
        marked = marked or told != "="
    if is_below_zero(text, begin, floor, unit):
        reading = negative(reading)
    return Quantity(begin, behind, reading, unit, start, end, word, number.chinese, marked)


def is_below_zero(text: str, begin: int, floor: int, unit: Unit) -> bool:
    """Whether 零下 or 负 stands before a figure."""
    before = text[max(floor, begin - 4) : begin]
    if before.endswith("负"):
        return before[-2:-1] not in OTHER_WORDS_WITH_MINUS
    return unit.name in DEGREES and before.endswith(BELOW_ZERO)


OTHER_WORDS_WITH_MINUS = frozenset(("正", "胜", "自", "抱", "担", "欺", "肩", "辜"))
DEGREES = frozenset(("度", "摄氏度", "华氏度"))


def unit_at(text: str, limit: int, number: Number) -> tuple[Unit, int, Number]:
    """The unit behind a number, its end, and the number with a half or more that the unit holds."""
    end = number.end
    if number.unit is not None:
        return number.unit, end, number
    at = end + 1 if text.startswith(" ", end) else end
    behind = text[at] if at < limit else ""
    if (
        behind in ("个", "個")
        and text[at + 1 : at + 2] in INNER
        and text.startswith(LASTING_UNITS, at + 2)
    ):
        return months_and_more(text, at, limit, number)
    if behind == "成" and at == end and number.read.value < 10 and number.relation == "=":
        return tenths(text, at, number)
    unit, behind_unit = named_unit(text, at, limit, number)
    if unit is NONE:
        return NONE, end, number
    if unit.name == "米" and (more := CENTIMETRES.match(text, behind_unit, limit)):
        return unit, more.end(), plus_part(number, more[0])
    if unit.unit_class in ("duration", "ratio") and text.startswith("半", behind_unit):
        return unit, behind_unit + 1, plus_half(number)
    return unit, behind_unit, number


def named_unit(text: str, at: int, limit: int, number: Number) -> tuple[Unit, int]:
    """The unit that is written at an offset, and its end; NONE if it is the beginning of a word."""
    table = units()
    written = table.words.at(text, at, limit)
    if not written:
        return NONE, at
    unit, end = table.by_name[written], at + len(written)
    if number.chinese and unit.after_arabic and not number.marked:
        return NONE, at
    if not (number.marked and unit.name == "年") and not unit_stands(text, end, unit):
        return NONE, at
    if unit.name == "分" and SECONDS.match(text, end, limit):
        unit = table.by_name["分钟"]
    return unit, end


def plus_half(number: Number) -> Number:
    """The number and a half."""
    value = EXACT.add(number.read.value, HALF)
    return number._replace(read=Numeral(value, TENTH, TENTH), marked=True)


def plus_part(number: Number, digits: str) -> Number:
    """The number with a part in the next digits: 2米11 is 2.11."""
    place = power_of_ten(-len(digits))
    value = EXACT.add(number.read.value, EXACT.multiply(Decimal(digits), place))
    return number._replace(read=Numeral(value, place, place), marked=True)


def months_and_more(text: str, at: int, limit: int, number: Number) -> tuple[Unit, int, Number]:
    """一个多月 and 两个半小时."""
    table = units()
    written = table.words.at("个" + text[at + 2 : at + 4], 0, 4) or "个月"
    end = min(at + 1 + len(written), limit)
    if text[at + 1] == "半":
        return table.by_name[written], end, plus_half(number)
    return table.by_name[written], end, number._replace(relation=">", marked=True)


def tenths(text: str, at: int, number: Number) -> tuple[Unit, int, Number]:
    """三成 and 三成五: tenths are percent of tens."""
    behind = at + 1
    read = scaled(number.read, 1)
    upper = number.upper and scaled(number.upper, 1)
    extra = DIGITS.get(text[behind : behind + 1])
    if extra and upper is None:
        read = Numeral(EXACT.add(read.value, Decimal(extra)), Decimal(1), Decimal(1))
        behind += 1
    elif behind < len(text) and text[behind] in units().followed["成"]:
        return NONE, at, number
    return PERCENT, behind, number._replace(read=read, upper=upper, marked=True)


def unit_stands(text: str, end: int, unit: Unit) -> bool:
    """Whether what looks like a unit is not the beginning of another word."""
    behind = text[end : end + 1]
    if text[end - 1].isascii() and text[end - 1].isalpha():
        return not (behind.isascii() and behind.isalnum())
    return not behind or behind not in units().followed.get(unit.name, "")


def second_end(
    text: str, number: Number, unit: Unit, behind: int, limit: int
) -> tuple[Number, Numeral, Unit, int, int] | None:
    """The other end of a range (7-10万亿, 3到5天, 50%—60%), with what both ends then are.

    What comes back is the low number, the high one, the unit, the end of the number and of the unit.
    """
    parted = RANGE.match(text, behind, limit)
    if parted is None or not START.match(text, parted.end(), limit):
        return None
    other, _ = read_number(text, parted.end(), limit)
    if other is None or other.bare or other.upper or other.relation != "=":
        return None
    number_end = other.end
    other_unit, end, other = unit_at(text, limit, other)
    if other_unit is NONE and not other.powers:
        return None
    if unit is not NONE and (unit.dimension, unit.scale) != (
        other_unit.dimension,
        other_unit.scale,
    ):
        return None
    low = number
    if unit is NONE and other.powers and not number.powers:
        shared = scaled(number.read, exponent_of(other.powers))
        if shared.value < other.read.value:
            low = number._replace(read=shared)
    if low.read.value >= other.read.value:
        return None
    return low, other.read, other_unit, number_end, end


def before_number(
    text: str, start: int, floor: int, number: Number
) -> tuple[int, Relation | None, str]:
    """Where the words before a number begin, the relation that they say, and the word that says it."""
    table = words()
    at = start
    if at > floor and text[at - 1] == " ":
        at -= 1
    for step in range(3):
        if at <= floor:
            break
        last = text[at - 1]
        for word, relation in table.before.get(last, ()):
            begin = at - len(word)
            if begin < floor or not text.startswith(word, begin):
                continue
            if step and word not in table.loosely:
                continue
            if word in BEFORE_POWERS and not (number.bare or (word == "破" and number.powers)):
                continue
            if begin and text[begin - 1] in table.barred.get(word, ""):
                continue
            return begin, relation, word
        if last not in table.fillers:
            break
        at -= 1
    return start, None, ""


BEFORE_POWERS = frozenset(("上", "过", "過", "破"))
SIGN_ENDS = frozenset(sign[-1] for sign in CURRENCIES)


def currency_before(text: str, begin: int, floor: int) -> tuple[int, Unit]:
    """The sign of a currency before a number that has no unit behind it."""
    at = begin - 1 if begin > floor and text[begin - 1] == " " else begin
    if at <= floor or text[at - 1] not in SIGN_ENDS:
        return begin, NONE
    for sign, name in CURRENCIES.items():
        if at - len(sign) >= floor and text.startswith(sign, at - len(sign)):
            return at - len(sign), units().by_name[name]
    return begin, NONE


def after_unit(text: str, behind: int, limit: int, unit: Unit) -> tuple[int, Relation | None]:
    """The approximator behind a unit (三年多, 200人左右), its end and what it says."""
    if behind >= limit:
        return behind, None
    first = text[behind]
    if first == "+":
        follows = text[behind + 1 : behind + 2]
        return (behind, None) if follows.isalnum() else (behind + 1, ">=")
    if first in "多余餘" and unit.unit_class in UNITS_WITH_MORE_BEHIND:
        if text[behind + 1 : behind + 2] not in OTHER_WORDS_WITH_MORE:
            return behind + 1, ">"
        return behind, None
    for word, relation in words().after.get(first, ()):
        if text.startswith(word, behind):
            return behind + len(word), relation
    return behind, None
