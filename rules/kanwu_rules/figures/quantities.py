"""Quantities in Chinese text: numbers with their approximators, units and ranges."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu_rules.figures.intervals import Interval, Relation, between, interval
from kanwu_rules.figures.numerals import (
    ARABIC,
    DIGIT,
    DIGITS,
    EXACT,
    MYRIAD,
    POWER,
    Numeral,
    exponent_of,
    power_of_ten,
    read_chinese,
    read_mixed,
    read_pair,
)
from kanwu_rules.figures.units import NONE, Unit, units

if TYPE_CHECKING:
    import re

HUNDREDS = "百佰千仟"
NUMERAL = DIGIT + POWER + MYRIAD
# 千 is the beginning of a unit in 5千瓦 and 3千克.
NO_UNIT = "(?!千[瓦克卡伏赫帕焦]|兆[瓦赫帕焦字比])"
POWERS_AFTER = rf"(?:(?!千米){NO_UNIT}[{POWER}]?[{MYRIAD}]++|(?!千[米字]){NO_UNIT}[{HUNDREDS}])"
MORE = "(?:[多余餘](?![边邊样樣媒震额額杭热熱])|[来來](?![自到访訪华華源说說看信电電临臨])|[几幾])"

FIGURE = Pattern(rf"""
    (?P<per>[百千万萬])分之 (?P<share>{ARABIC}|[{DIGIT}{POWER}]++(?:[点點][{DIGIT}]++)?)
  | (?P<parts>[{DIGIT}{POWER}]++|[0-9０-９]++)分之 (?P<taken>[{DIGIT}{POWER}]++|[0-9０-９]++)
  | (?P<mixed>{ARABIC}(?:\ ?{POWERS_AFTER}{ARABIC})*(?:\ ?{POWERS_AFTER})?)
    (?:\ ?(?P<mixed_more>{MORE})(?P<mixed_powers>(?:{POWERS_AFTER})+)?)?
  | (?P<chinese>(?:{NO_UNIT}[{NUMERAL}])++
        (?:[点點][{DIGIT}]++(?:[{POWER}{MYRIAD}]++|(?=[倍成%％元米吨公平]|[个個]百)))?)
    (?:(?P<more>{MORE})(?P<powers>[{POWER}{MYRIAD}]++)?)?
  | (?P<half>半(?:[数數]|(?=[年天月]|[个個]多?(?:月|小时|小時|世纪|世紀|星期)|小时|小時|以上)|(?<=[一过過近]半)))
""")
# Where a number can begin. 一 is a word of its own nearly everywhere, and worth a look where it goes on.
START = Pattern(rf"""
    [0-9０-９半{NUMERAL.replace("一", "")}]
  | 一(?=[{NUMERAL}点點半成倍番]|[个個](?:[多余餘半月]|小时|小時|星期|世纪|世紀)|分之)
""")
RANGE = Pattern(r"\ ?(?:[-‐‑–—―－~～〜∼]|——|到|至)\ ?")
MONTHS_MORE = Pattern(r"[个個](?P<more>[多余餘半])(?P<unit>月|小时|小時|星期|世纪|世紀|礼拜|钟头)")
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


class Number(NamedTuple):
    """What a match of FIGURE says, its neighbours left out of account."""

    read: Numeral
    upper: Numeral | None = None
    """The other end where one word says two (七八, 几十)."""
    relation: Relation = "="
    unit: Unit | None = None
    marked: bool = False
    bare: bool = False
    """Whether it is only a power (百, 万): a number where an approximator stands before it."""
    powers: str = ""
    """The powers that it ends in, which a range shares: 100至200亿."""


ENDING_POWERS = Pattern(rf"[{HUNDREDS}{MYRIAD}]*$")
PER = {"百": 0, "千": -1, "万": -2, "萬": -2}
THIRDS = Context(prec=12)
MORE_THAN = frozenset("多余餘几幾")


def number_at(text: str, found: re.Match[str]) -> Number | None:
    """The number that a match of FIGURE writes."""
    kind = found.lastgroup
    if kind in ("mixed", "mixed_more", "mixed_powers"):
        return _arabic(found)
    if kind in ("chinese", "more", "powers"):
        return _chinese(text, found)
    if kind == "share":
        written = found["share"]
        read = read_mixed(written) if written[0] not in NUMERAL else read_chinese(written)
        return read and Number(scaled(read, PER[found["per"]]), unit=PERCENT, marked=True)
    if kind == "taken":
        return _fraction(found)
    return _half(text, found)


def scaled(read: Numeral, exponent: int) -> Numeral:
    """The numeral times a power of ten."""
    factor = power_of_ten(exponent)
    return Numeral(*(EXACT.multiply(part, factor) for part in read))


def _arabic(found: re.Match[str]) -> Number | None:
    more = found["mixed_more"] or ""
    written = found["mixed"] + (found["mixed_powers"] or "")
    read = read_mixed(written)
    if read is None:
        return None
    powers = ENDING_POWERS.search(written)
    assert powers is not None
    marked = bool(more or powers[0] or not written.isdecimal())
    return Number(read, relation=relation_of(more), marked=marked, powers=powers[0])


def relation_of(more: str) -> Relation:
    """What 多, 余, 几 and 来 behind a number say."""
    return ">" if more in MORE_THAN else "~" if more else "="


def _chinese(text: str, found: re.Match[str]) -> Number | None:
    more = found["more"] or ""
    written = found["chinese"] + (found["powers"] or "")
    before = text[found.start() - 1 : found.start()]
    bare = written[0] in POWER + MYRIAD and written[0] not in "十拾"
    if before and before in "几幾数數" and written[0] in POWER + MYRIAD and not more:
        read = read_chinese(written)
        if read is None:
            return None
        low = Numeral(EXACT.multiply(read.value, Decimal(2)), read.place, read.step)
        return Number(
            read, Numeral(scaled(read, 1).value, read.place, read.step), marked=True
        )._replace(read=low, bare=False)
    if not more and (pair := read_pair(written)):
        return Number(pair.low, pair.high, marked=True)
    if len(written) > 1 and all(c in DIGIT for c in written):
        return None
    read = read_chinese(written)
    if read is None:
        return None
    powers = ENDING_POWERS.search(written)
    assert powers is not None
    marked = bool(more or powers[0])
    return Number(
        read,
        relation=relation_of(more),
        marked=marked,
        bare=bare and not more,
        powers=powers[0].lstrip("百佰千仟"),
    )


def _fraction(found: re.Match[str]) -> Number | None:
    parts, taken = (
        read_mixed(w) if w[0] not in NUMERAL else read_chinese(w)
        for w in (found["parts"], found["taken"])
    )
    if parts is None or taken is None or not parts.value:
        return None
    value = THIRDS.divide(THIRDS.multiply(taken.value, Decimal(100)), parts.value)
    return Number(Numeral(value, CENT, CENT), unit=PERCENT, marked=True)


def _half(text: str, found: re.Match[str]) -> Number | None:
    before = text[found.start() - 1 : found.start()]
    behind = text[found.end() : found.end() + 1] or "。"
    lasting = behind in "年天月个個小"
    if found[0] != "半" or (before in ("一", "过", "過", "近") and not lasting):
        relation: Relation = ">" if before in ("过", "過") else "<" if before == "近" else "="
        return Number(
            Numeral(Decimal(50), Decimal(1), Decimal(10)),
            relation=relation,
            unit=PERCENT,
            marked=True,
        )
    if not lasting or (before and before in "上下前后後大夜"):
        return None
    return Number(Numeral(Decimal("0.5"), TENTH, TENTH), marked=True)


def quantity(text: str, found: re.Match[str], floor: int, limit: int) -> Quantity | None:
    """The quantity that begins with a match of FIGURE between two offsets of its clause."""
    number = number_at(text, found)
    if number is None:
        return None
    start, end = found.start(), found.end()
    chinese = found["mixed"] is None
    unit, behind, number = unit_at(text, end, limit, number, chinese=chinese)
    marked = number.marked
    upper = number.upper
    if upper is None and number.relation == "=":
        other = second_end(text, number, unit, behind, limit)
        if other is not None:
            number, upper, unit, end, behind = other
            marked = True
    if text[start - 1 : start] in ("几", "幾", "数", "數") and upper is not None:
        start -= 1
    begin, relation, bare_before = before_number(text, start, floor, number)
    if number.bare and not relation:
        return None
    begin, unit = currency_before(text, begin, floor, unit)
    behind, after = after_unit(text, behind, limit, unit)
    relation = relation or (after if after is not None else number.relation)
    marked = marked or relation != "="
    if upper is not None:
        value = number.read.value
        if text[start] in "几幾数數":
            value = EXACT.divide(value, Decimal(2))
        reading = between(number.read, upper, value)
    else:
        read = number.read
        if bare_before and relation in (">", ">="):
            # 上百 and 过万 reach up to the next power.
            read = read._replace(step=EXACT.multiply(read.value, Decimal(9)))
        reading = interval(read, relation, bounded=number.relation == ">" or after == ">")
    return Quantity(begin, behind, reading, unit, start, end, text[begin:start], chinese, marked)


def unit_at(
    text: str, end: int, limit: int, number: Number, *, chinese: bool
) -> tuple[Unit, int, Number]:
    """The unit behind a number, its end, and the number with a half or more that the unit holds."""
    if number.unit is not None:
        return number.unit, end, number
    at = end + 1 if text[end : end + 1] == " " else end
    inner = MONTHS_MORE.match(text, at, limit)
    table = units()
    if inner is not None:
        unit = (
            table.by_name["个" + inner["unit"].replace("時", "时").replace("紀", "纪")]
            if ("个" + inner["unit"].replace("時", "时").replace("紀", "纪")) in table.by_name
            else table.by_name["个月"]
        )
        if inner["more"] == "半":
            read = number.read
            value = EXACT.add(read.value, Decimal("0.5"))
            number = number._replace(read=Numeral(value, TENTH, TENTH), marked=True)
        else:
            number = number._replace(relation=">", marked=True)
        return unit, inner.end(), number
    found = table.match(text, at, limit)
    if found is None:
        if text[at : at + 1] == "成" and at == end and number.read.value < 10 and not number.marked:
            return tenths(text, at, number)
        return NONE, end, number
    unit = table.by_name[found[0]]
    if chinese and unit.after_arabic and not number.marked:
        return NONE, end, number
    if not unit_stands(text, found, unit):
        return NONE, end, number
    behind = found.end()
    if unit.unit_class in ("duration", "ratio") and text[behind : behind + 1] == "半":
        value = EXACT.add(number.read.value, Decimal("0.5"))
        number = number._replace(read=Numeral(value, TENTH, TENTH), marked=True)
        behind += 1
    return unit, behind, number


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


def unit_stands(text: str, found: re.Match[str], unit: Unit) -> bool:
    """Whether what looks like a unit is not the beginning of another word."""
    behind = text[found.end() : found.end() + 1]
    name = unit.name
    if name[-1].isascii() and name[-1].isalpha():
        return not (behind.isascii() and behind.isalnum())
    return not behind or behind not in units().followed.get(name, "")


def second_end(
    text: str, number: Number, unit: Unit, behind: int, limit: int
) -> tuple[Number, Numeral, Unit, int, int] | None:
    """The other end of a range (7-10万亿, 3到5天, 50%—60%), with what both ends then are.

    What comes back is the low number, the high one, the unit, the end of the number and of the unit.
    """
    between_them = RANGE.match(text, behind, limit)
    if between_them is None:
        return None
    at = between_them.end()
    second = FIGURE.match(text, at, limit) if START.match(text, at, limit) else None
    other = number_at(text, second) if second is not None else None
    if second is None or other is None or other.bare or other.upper or other.relation != "=":
        return None
    other_unit, end, other = unit_at(
        text, second.end(), limit, other, chinese=second["mixed"] is None
    )
    if other.unit is None and other_unit is NONE and not other.powers:
        return None
    if unit is not NONE and unit.dimension != other_unit.dimension:
        return None
    low = number
    if unit is NONE and other.powers and not number.powers:
        shared = scaled(number.read, exponent_of(other.powers))
        if shared.value < other.read.value:
            low = number._replace(read=shared)
    if unit is not NONE and unit.scale != other_unit.scale:
        return None
    if low.read.value >= other.read.value:
        return None
    return low, other.read, other_unit, second.end(), end


def before_number(
    text: str, start: int, floor: int, number: Number
) -> tuple[int, Relation | None, bool]:
    """Where the words before a number begin, the relation that they say, and whether it is 上百's."""
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
            return begin, relation, number.bare and word != "近"
        if last not in table.fillers:
            break
        at -= 1
    return start, None, False


BEFORE_POWERS = frozenset(("上", "过", "過", "破"))


def currency_before(text: str, begin: int, floor: int, unit: Unit) -> tuple[int, Unit]:
    """The sign of a currency that stands before a number, where no unit of money stands behind."""
    if unit is not NONE:
        return begin, unit
    at = begin - 1 if text[begin - 1 : begin] == " " else begin
    for sign, name in CURRENCIES.items():
        if at - len(sign) >= floor and text.startswith(sign, at - len(sign)):
            return at - len(sign), units().by_name[name]
    return begin, unit


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


CENT, TENTH = Decimal("0.01"), Decimal("0.1")
PERCENT = Unit("%", "percent", dimension="percent")
