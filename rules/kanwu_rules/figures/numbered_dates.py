"""Chinese dates that begin with a number: 2020年11月15日, 十一月, 9时30分, 20世纪, 2020-11-15."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.clock_times import HOURS, digital_time, hour_time
from kanwu_rules.figures.date import Date, Kind, Resolved, century, single
from kanwu_rules.figures.date_numbers import BLANKS, LINKS, LONGEST_LINK, H, Number, small, unit_of
from kanwu_rules.figures.eras import before_christ, era_before, eras
from kanwu_rules.figures.moments import Moment, days_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NO_NUMBER_AFTER = frozenset("百千万萬亿億点點数數几幾.．")
DAYS = "日号號"
# Before these, rounded numbers of years are spans of time: 1000年前, 5000年历史.
SPAN_OF_YEARS = Pattern(r"(?:以?前|来|來|的?历史|的?歷史|的?时间|的?時間|之久|间|間|古)")
SPAN_OF_DAYS = (
    "内",
    "內",
    "以",
    "前",
    "后",
    "後",
    "之内",
    "之內",
    "的期",
    "期",
    "游",
    "遊",
    "一",
    "元",
)
STARTS_YEAR = frozenset("在于於至自从從到（(，。、元前及和与的；;：: \n\u3000")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
NO_DATE_AFTER = LETTERS | frozenset("._/-=")
# The days that 上旬, 中旬, 下旬, 初, 底 and 末 may mean.
PARTS = {
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}
NO_BEGINNING = frozenset("一二三四五六七八九十步级級中始次期")


def numbered_date(
    text: str, spans: Sequence[tuple[int, int]], index: int, previous: Date | None
) -> Date | None:
    """The date that begins with certain digits of a text; None if there is none."""
    start, end = spans[index]
    size = end - start
    if size > 4:
        return None
    after = text[end : end + 2]
    reader = READERS.get(after[:1]) or (READERS.get(after[1:]) if after[:1] in BLANKS else None)
    if reader is None or (start and text[start - 1] in NO_NUMBER_AFTER):
        return None
    value = small(text[start:end])
    if value < 0:
        return None
    unit, unit_end, own = unit_of(text, spans, index)
    found = Number(text, spans, index, start, value, size, unit, unit_end, own, previous)
    return reader(found)


def _of_era(number: Number, era: str, month: int | None, day: int | None, end: int) -> Date | None:
    before, ours = eras()[era]
    if not number.value:
        return None
    moment = Moment(before + number.value, *((month, day) if ours else ()))
    return single(number.start - len(era), end, Kind.ERA, moment)


def _month_and_day(number: Number, index: int) -> tuple[int, int | None, int]:
    """The month that certain digits say, the day if one follows, and where they end."""
    month = number.read(index)
    if index == number.at:
        if not number.own:
            return month, None, number.end
        at = number.end
    else:
        at = unit_of(number.text, number.spans, index)[1]
    if number.text.startswith("份", at):
        return month, None, at + 1
    after = number.next(index, at)
    if after:
        unit, end, _ = unit_of(number.text, number.spans, after)
        day = number.read(after)
        if unit and unit in DAYS and day >= 0:
            return month, day, end
    return month, None, at


def _month(number: Number) -> Date | None:
    """11月, 11月15日."""
    if number.size > 3 or number.read(number.at) < 0:
        return None
    return _of_month(number, None, *_month_and_day(number, number.at))


def _of_month(
    number: Number, year: int | None, month: int, day: int | None, end: int
) -> Date | None:
    if day is not None:
        return (
            single(number.start, end, Kind.DATE, Moment(year, month, day)) if month < 100 else None
        )
    text = number.text
    # 五月天 is a band, or any fine day in May.
    if not 1 <= month <= 12 or text.startswith("天", end):
        return None
    part = text[end : end + 1]
    part = text[end : end + 2] if part in "上中下" else part
    if part in PARTS and not (part == "初" and text[end + 1 : end + 2] in NO_BEGINNING):
        low, high = PARTS[part]
        last = Moment(year, month, min(high, days_of(year, month)))
        first = Moment(year, month, low)
        return Date(number.start, end + len(part), Kind.PERIOD, first, last)
    return single(number.start, end, Kind.MONTH, Moment(year, month))


def _year(number: Number) -> Date | None:
    """2020年, 2020年11月15日, 2020年第三季度, 90年代, 公元前221年, 康熙三年."""
    text, start, end = number.text, number.start, number.end
    if number.own and text.startswith("代", end):
        return _decade(number)
    if not number.own and number.size < 4 and "年代" in text[end : end + LONGEST_LINK + 5]:
        return _decade(number)
    month, day, ends = -1, None, end
    after = number.next(number.at, end) if number.own else 0
    if after and unit_of(text, number.spans, after)[0] == "月":
        month, day, ends = _month_and_day(number, after)
    if number.value < 100 and (era := era_before(text, start)):
        return _of_era(number, era, month if month >= 0 else None, day, ends)
    written = text[start : start + number.size]
    before = before_christ(text, start)
    if before and (before > 1 or number.size > 2):
        return single(start - before, end, Kind.YEAR, Moment(1 - number.value))
    if "十" in written:
        return None
    if month >= 0 and number.size > 1:
        # 98年3月 is a date, 十年三月 is rather a span of time.
        short = 0 if number.size != 2 else 1900 if number.value >= 50 else 2000
        return _of_month(number, number.value + short, month, day, ends)
    return _year_alone(number) if is_year(number, written) else None


def is_year(number: Number, written: str) -> bool:
    """Whether a number before 年 counts a year, and not how many years something takes."""
    text = number.text
    if number.size == 3:
        if not written.isdecimal() or number.value % 10 == 0 or number.value < 100:
            return False
        if number.start and text[number.start - 1] not in STARTS_YEAR:
            return False
    elif number.size < 4 or not 1000 <= number.value <= 2999:
        return False
    doubtful = number.value < 1000 or number.value % 100 == 0
    return not (doubtful and SPAN_OF_YEARS.match(text, number.end))


def _year_alone(number: Number) -> Date | None:
    text, start, end, year = number.text, number.start, number.end, number.value
    if number.own and text.startswith("半年", end + 1) and text[end] in "上下":
        first = 1 if text[end] == "上" else 7
        return Date(start, end + 3, Kind.PERIOD, Moment(year, first), Moment(year, first + 5))
    if number.own:
        after = number.next(number.at, end + text.startswith("第", end))
        if after and text.startswith("季度", number.spans[after][1]):
            return _of_quarter(start, number.spans[after][1] + 2, year, number.read(after))
        end += text.startswith("度", end)
    return single(start, end, Kind.YEAR, Moment(year))


def _long_year(number: Number) -> Date | None:
    """2020财年, 2020赛季."""
    for unit in ("年", "政年度", "季"):
        if number.text.startswith(unit, number.end) and 1000 <= number.value < 3000:
            end = number.end + len(unit)
            return single(number.start, end, Kind.YEAR, Moment(number.value))
    return None


def _quarter(number: Number) -> Date | None:
    if not number.text.startswith("度", number.end):
        return None
    return _of_quarter(number.start, number.end + 1, None, number.value)


def _of_quarter(start: int, end: int, year: int | None, number: int) -> Date | None:
    if not 1 <= number <= 4:
        return None
    return Date(start, end, Kind.QUARTER, Moment(year, 3 * number - 2), Moment(year, 3 * number))


def _century(number: Number) -> Date | None:
    if not 0 < number.value < 100:
        return None
    if number.own and number.text[number.end : number.end + 1] not in ("纪", "紀"):
        return None
    before = before_christ(number.text, number.start)
    value = 1 - number.value if before else number.value
    return century(number.start - before, number.end + number.own, value)


def _decade(number: Number) -> Date | None:
    """90年代 and 1990年代; of which century 90年代 is, is not said."""
    start, end, value = number.start, number.end + number.own, number.value
    if 10 <= value < 100 and value % 10 == 0:
        return Date(start, end, Kind.DECADE, number=value, resolved=Resolved.UNKNOWN)
    if 1000 <= value < 2100 and value % 10 == 0:
        return Date(start, end, Kind.DECADE, Moment(value), Moment(value + 9))
    return None


def _day(number: Number) -> Date | None:
    """15日, without a month: after a date, or where it is surely no number of days or of houses."""
    text, start, end, previous = number.text, number.start, number.end, number.previous
    if previous is not None and previous.last.day is not None:
        link = text[previous.end : start].strip()
        follows = link != "" and LINKS.issuperset(link)
    else:
        follows = False
    if not follows and (
        text[start] in H
        or number.unit != "日"
        or text.startswith("第", start - 1)
        or not 1 <= number.value <= 31
        or text.startswith(SPAN_OF_DAYS, end)
    ):
        return None
    return single(start, end, Kind.DATE, Moment(day=number.value)) if number.value < 100 else None


def _digits(number: Number) -> Date | None:
    """2020-11-15, 2020/11/15, 2020.11.15; no version (PyCharm 2020.3.1), address or part number."""
    text, spans, index, start = number.text, number.spans, number.at, number.start
    if number.size != 4 or text[start] in H or index + 2 >= len(spans):
        return None
    mark = text[start + 4]
    (first, middle), (last, end) = spans[index + 1], spans[index + 2]
    month, day = number.read(index + 1), number.read(index + 2)
    if (
        (first, last) != (start + 5, middle + 1)
        or text[middle] != mark
        or not (1000 <= number.value <= 2999 and 1 <= month <= 12 and 1 <= day <= 31)
        or (middle - first > 2 or end - last > 2)
        or (text[end : end + 1] and text[end] in "-/.．" and text[end + 1 : end + 2].isdecimal())
    ):
        return None
    before = text[max(0, start - 2) : start]
    if before and before[-1] in NO_DATE_AFTER:
        return None
    if mark == "." and before[-1:] == " " and before[0] in LETTERS:
        return None
    return single(start, end, Kind.DATE, Moment(number.value, month, day))


def _linked(number: Number) -> Date | None:
    """A number whose unit stands with a later one, 16 in 16、18日; and 2020-11-15."""
    if date := _digits(number):
        return date
    reader = READERS.get(number.unit) if number.unit else None
    if reader is None or reader not in SHARED_UNITS:
        return None
    if reader is hour_time and (number.text[number.start] in H or number.value > 24):
        return None
    if reader is hour_time:
        return single(number.start, number.end, Kind.TIME, Moment(hour=number.value))
    return reader(number)


READERS: Mapping[str, Callable[[Number], Date | None]] = {
    "月": _month,
    "年": _year,
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(HOURS, hour_time),
    **dict.fromkeys("财財学學赛賽", _long_year),
    "世": _century,
    "季": _quarter,
    **dict.fromkeys("/.／．", _digits),
    **dict.fromkeys(":：", digital_time),
    **dict.fromkeys(LINKS, _linked),
}
DATE_AFTER = frozenset(READERS) | frozenset(BLANKS)
"""What follows a number that may be part of a date."""
SHARED_UNITS = frozenset((_month, _year, _day, hour_time, _century))
