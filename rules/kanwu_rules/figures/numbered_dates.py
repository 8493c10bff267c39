"""Chinese dates that begin with a number: 2020年11月15日, 十一月, 9时30分, 20世纪, 2020-11-15."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Date, Kind, Resolved
from kanwu_rules.figures.moments import Moment, days_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

D = "0-9０-９"
H = "〇○零一二三四五六七八九十廿卅"
B = "[ \u00a0\u3000]?"
JOIN = rf"{B}(?:至|到|[-－–—―─~～﹣−]{{1,2}}){B}"
# What stands between a number and another one that has the unit for both: 16、18日, 3至5月.
ALSO = rf"(?:{JOIN}|{B}[、和及或]{B})"
SMALL = rf"(?:[{D}]{{1,2}}|[{H}]{{1,3}})"

# A number and its unit. It begins with a class, so that `re` skips quickly what is no number; the empty
# group at the end of each alternative names its reader in `READERS`.
NUMBERED = Pattern(
    rf"""
    (?P<n> [{D}{H}] (?<![{D}{H}百千万萬亿億点點数數几幾.．][{D}{H}])
        (?: (?<=[{D}])[{D}]{{0,3}}(?![{D}]) | (?<=[{H}])[{H}]{{0,3}}(?![{H}百千万萬亿億]) )
    ) {B}
    (?:
        (?: (?P<year>年){B}(?P<month>{SMALL}){B} )? 月
        (?: 份
        |   {B}(?P<day>{SMALL}) (?: {B}[日号號] | (?={ALSO}{SMALL}{B}[日号號]) )
        |   (?P<part>[上中下]旬|初(?![一二三四五六七八九十步级級中始次期])|底|末)
        )? (?P<as_month>)
    |   年
        (?: (?P<half>[上下]半年) | {B}第?(?P<quarter>[1-4１-４一二三四])季度 | 度 | (?=代)(?P<of_ten>) )?
        (?P<as_year>)
    |   [日号號] (?P<as_day>)
    |   [时時点點]
        (?: (?P<clock>半|整|[钟鐘]|许|許|多)
        |   {B}(?P<minute>{SMALL}){B}分(?![之钟鐘]) (?: {B}(?P<second>{SMALL}){B}秒 )?
        |   (?P<sharp>[一二三])刻
        )? (?P<as_hour>)
    |   (?:财年|財年|学年|學年|财政年度|財政年度|赛季|賽季) (?P<as_long_year>)
    |   (?:世纪|世紀) (?P<as_century>)
    |   季度 (?P<as_quarter>)
    |   (?P<sep>[-/.．／－])(?P<m>[{D}]{{1,2}})(?P=sep)(?P<d>[{D}]{{1,2}})(?![{D}]|[-/.．][{D}])
        (?P<as_digits>)
    |   [:：](?P<mm>[{D}]{{2}})(?:[:：](?P<ss>[{D}]{{2}}))?(?![{D}:：]|[.．][{D}]) (?P<as_clock>)
    |   (?= (?:{ALSO}(?:[{D}]{{1,4}}|[{H}]{{1,4}})){{1,4}}{B}
            (?: 年代 (?P<as_decade>) | 年 (?P<as_bare_year>) | 月 (?P<as_bare_month>)
            |   [日号號] (?P<as_bare_day>) | [时時点點](?![{D}{H}]) (?P<as_bare_hour>)
            |   (?:世纪|世紀) (?P<as_bare_century>)
            ) )
    )
    """
)
DAYPART = Pattern(
    rf"""(?: 上午 | 凌晨 | 清晨 | [中正]午 | (?:[当當今昨明])?早[上晨]? | 午夜
    | (?P<late> 下午 | 午[后後] | 傍晚 | (?:[当當今昨明])?晚[上间間]? | [夜深][间間夜] ) ) {B}$"""
)
LONGEST_DAYPART = 4
ALSO_JOINS = Pattern(ALSO)
# Before these, rounded numbers of years are spans of time: 1000年前, 5000年历史.
SPAN_OF_YEARS = Pattern(r"(?:以?前|来|來|的?[历歷]史|的?[时時][间間]|之久|[间間]|古)")
SPAN_OF_DAYS = Pattern(r"(?:以?[内內上下前后後]|之[内內]|的?期|[游遊一元])")
# 时 with one of these is a word of its own: 3时段, 5时速.
HOUR_WORD = Pattern(r"[间間候期代刻段空速效差不而常机機装裝]")
SCORE = Pattern(
    r"(?:[比胜勝负負以]|比分|战平|戰平|[击擊][败敗]|大胜|[险險][胜勝]|逆[转轉]|比例)[为為是]?$"
)
STARTS_YEAR = frozenset("在于於至自从從到（(，。、元前及和与的；;：: \n\u3000")
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
NO_DATE_AFTER = LETTERS | frozenset("._/-=")
# The days that 上旬, 中旬, 下旬, 初, 底 and 末 may mean.
PARTS = {
    "上": (1, 10),
    "中": (11, 20),
    "下": (21, 31),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}
VALUES: dict[str, int] = dict(zip("〇一二三四五六七八九零○", (*range(10), 0, 0), strict=True))


def numbered_date(text: str, match: re.Match[str], previous: Date | None) -> Date | None:
    """What a match of `NUMBERED` says; None where it is no date. `previous` is the date just before."""
    assert match.lastgroup
    number = small(match["n"])
    return READERS[match.lastgroup](text, match, number, previous) if number >= 0 else None


@lru_cache(maxsize=1024)
def small(written: str) -> int:
    """A number up to 9999 in digits, Arabic or Chinese, or up to 99 in numerals; -1 if it is none."""
    if written[0] not in H:
        return int(written)
    if written[0] in "廿卅":
        written = "二三"["廿卅".index(written[0])] + "十" + written[1:]
    tens, ten, ones = written.rpartition("十")
    if not all(c in VALUES for c in tens + ones) or (ten and (len(tens) > 1 or len(ones) > 1)):
        return -1
    if ten:
        return 10 * VALUES[tens or "一"] + VALUES[ones or "零"]
    return int("".join(str(VALUES[c]) for c in written))


def single(start: int, end: int, kind: Kind, moment: Moment) -> Date:
    """A date that is one moment."""
    return Date(start, end, kind, moment, moment)


def century(start: int, end: int, number: int) -> Date:
    """A century of our era, or, with a number below 1, before it: 0 is the first century B.C."""
    first = 100 * number - 99
    return Date(start, end, Kind.CENTURY, Moment(first), Moment(first + 99))


def _month(_text: str, match: re.Match[str], number: int, _previous: Date | None) -> Date | None:
    start, end = match.span()
    year, month, written = None, number, match["n"]
    if match["year"]:
        # 十年三月 is rather a span of time; 98年3月 is not.
        if "十" in written or len(written) == 1:
            return None
        year, month = _four_digits(number, len(written)), small(match["month"])
    if match["day"]:
        return (
            single(start, end, Kind.DATE, Moment(year, month, small(match["day"])))
            if month < 100
            else None
        )
    if not 1 <= month <= 12:
        return None
    if match["part"]:
        low, high = PARTS[match["part"][0]]
        last = Moment(year, month, min(high, days_of(year, month)))
        return Date(start, end, Kind.PERIOD, Moment(year, month, low), last)
    return single(start, end, Kind.MONTH, Moment(year, month))


def _bare_month(
    _text: str, match: re.Match[str], number: int, _previous: Date | None
) -> Date | None:
    return single(*match.span(), Kind.MONTH, Moment(month=number)) if 1 <= number <= 12 else None


def _four_digits(year: int, size: int) -> int:
    """98 in two digits is 1998, 08 is 2008."""
    return year if size != 2 else year + (1900 if year >= 50 else 2000)


def _year(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    if match["of_ten"] is not None:
        return _decade(text, match, number, previous)
    start, end = match.span()
    written = match["n"]
    if len(written) == 3 and number % 10 and written[0] not in H:
        if start and text[start - 1] not in STARTS_YEAR:
            return None
    elif len(written) < 4 or "十" in written or not 1000 <= number <= 2999:
        return None
    if (number < 1000 or number % 100 == 0) and SPAN_OF_YEARS.match(text, end):
        return None
    if match["half"]:
        first = 1 if match["half"][0] == "上" else 7
        return Date(start, end, Kind.PERIOD, Moment(number, first), Moment(number, first + 5))
    if match["quarter"]:
        return _of_quarter(start, end, number, small(match["quarter"]))
    return single(start, end, Kind.YEAR, Moment(number))


def _long_year(
    _text: str, match: re.Match[str], number: int, _previous: Date | None
) -> Date | None:
    return single(*match.span(), Kind.YEAR, Moment(number)) if number >= 1000 else None


def _quarter(_text: str, match: re.Match[str], number: int, _previous: Date | None) -> Date | None:
    return _of_quarter(*match.span(), None, number)


def _of_quarter(start: int, end: int, year: int | None, number: int) -> Date | None:
    if not 1 <= number <= 4:
        return None
    return Date(start, end, Kind.QUARTER, Moment(year, 3 * number - 2), Moment(year, 3 * number))


def _century(_text: str, match: re.Match[str], number: int, _previous: Date | None) -> Date | None:
    return century(*match.span(), number) if 0 < number < 30 else None


def _decade(text: str, match: re.Match[str], number: int, _previous: Date | None) -> Date | None:
    """90年代 and 1990年代; of which century 90年代 is, is not said."""
    start, end = match.span()
    if text.startswith("代", end):
        end += 1
    if 10 <= number < 100 and number % 10 == 0:
        return Date(start, end, Kind.DECADE, number=number, resolved=Resolved.UNKNOWN)
    if 1000 <= number < 2100 and number % 10 == 0:
        return Date(start, end, Kind.DECADE, Moment(number), Moment(number + 9))
    return None


def _day(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    """15日, without a month: after a date, or where it is surely no number of days or of houses."""
    start, end = match.span()
    follows = (
        previous is not None
        and previous.last.day is not None
        and ALSO_JOINS.fullmatch(text, previous.end, start) is not None
    )
    if not follows and (
        match["n"][0] in H
        or (match.lastgroup == "as_day" and text[end - 1] != "日")
        or text.startswith("第", start - 1)
        or not 1 <= number <= 31
        or SPAN_OF_DAYS.match(text, end)
    ):
        return None
    return single(start, end, Kind.DATE, Moment(day=number)) if number < 100 else None


def _daypart(text: str, start: int, hour: int) -> tuple[re.Match[str] | None, int]:
    """The word for a part of the day before an hour, and the hour as counted from midnight."""
    part = DAYPART.search(text, max(0, start - LONGEST_DAYPART), start)
    return part, hour + 12 if part and part["late"] and hour < 12 else hour


def _hour(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    """9时30分, 上午9点; 四点 and 5时 alone only where nothing else can be meant."""
    start, end = match.span()
    part, hour = _daypart(text, start, number)
    minute, clock = None, match["clock"]
    if match["minute"]:
        minute = small(match["minute"])
    elif match["sharp"]:
        minute = 15 * small(match["sharp"])
    elif clock == "半":
        minute = 30
    second = small(match["second"]) if match["second"] else None
    moment = Moment(None, None, None, hour, minute, second)
    if part:
        return single(part.start(), end, Kind.TIME, moment)
    if previous is not None and previous.end == start and previous.kind in (Kind.DATE, Kind.TIME):
        return single(start, end, Kind.TIME, moment)
    if minute is not None:
        return single(start, end, Kind.TIME, moment)
    if number > 24 or clock == "多":
        return None
    written = match["n"]
    if not clock and (
        written[0] in H or text[start + len(written)] not in "时時" or HOUR_WORD.match(text, end)
    ):
        return None
    return single(start, end, Kind.TIME, moment)


def _bare_hour(
    _text: str, match: re.Match[str], number: int, _previous: Date | None
) -> Date | None:
    if match["n"][0] in H or number > 24:
        return None
    return single(*match.span(), Kind.TIME, Moment(hour=number))


def _clock(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    """9:30, unless it is a score or a ratio."""
    start, end = match.span()
    written = match["n"]
    if len(written) > 2 or written[0] in H:
        return None
    minute, second = int(match["mm"]), match["ss"]
    part, hour = _daypart(text, start, number)
    moment = Moment(None, None, None, hour, minute, int(second) if second else None)
    if part:
        return single(part.start(), end, Kind.TIME, moment)
    if SCORE.search(text, max(0, start - 4), start):
        return None
    follows = previous is not None and previous.kind is Kind.DATE
    return single(start, end, Kind.TIME, moment) if follows or moment.exists else None


def _digits(text: str, match: re.Match[str], number: int, _previous: Date | None) -> Date | None:
    """2020-11-15, 2020/11/15, 2020.11.15; no version (PyCharm 2020.3.1), address or part number."""
    start, end = match.span()
    month, day = int(match["m"]), int(match["d"])
    before = text[max(0, start - 2) : start]
    if (
        len(match["n"]) != 4
        or not (1000 <= number <= 2999 and 1 <= month <= 12 and 1 <= day <= 31)
        or (before and before[-1] in NO_DATE_AFTER)
        or (match["sep"] == "." and before[-1:] == " " and before[0] in LETTERS)
    ):
        return None
    return single(start, end, Kind.DATE, Moment(number, month, day))


READERS: Mapping[str, Callable[[str, re.Match[str], int, Date | None], Date | None]] = {
    "as_month": _month,
    "as_bare_month": _bare_month,
    "as_year": _year,
    "as_bare_year": _year,
    "as_long_year": _long_year,
    "as_decade": _decade,
    "as_century": _century,
    "as_bare_century": _century,
    "as_quarter": _quarter,
    "as_day": _day,
    "as_bare_day": _day,
    "as_hour": _hour,
    "as_bare_hour": _bare_hour,
    "as_clock": _clock,
    "as_digits": _digits,
}
