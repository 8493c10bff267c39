"""Chinese dates: what the characters of one place say, the context left aside."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu_rules.figures.date import Counted, Date, Kind, Resolved
from kanwu_rules.figures.moments import Moment, days_of

D = "0-9０-９"
H = "〇○零一二三四五六七八九十廿卅"
B = "[ \u00a0\u3000]?"
DASH = "[-－–—―─~～﹣−]"
JOIN = rf"{B}(?:至|到|{DASH}{{1,2}}){B}"
# What stands between a number and another one that has the unit for both: 16、18日, 3至5月.
ALSO = rf"(?:{JOIN}|{B}[、和及或]{B})"
SMALL = rf"(?:[{D}]{{1,2}}|[{H}]{{1,3}})"

# A number and the unit after it, or after its neighbour. It begins with a class so that `re` skips
# quickly what is no number; which of the readings holds is told in Python.
NUMBERED = Pattern(
    rf"""
    (?P<n> [{D}{H}] (?<![{D}{H}百千万萬亿億点點数數几幾.．][{D}{H}])
        (?: (?<=[{D}])[{D}]{{0,3}}(?![{D}]) | (?<=[{H}])[{H}]{{0,3}}(?![{H}百千万萬亿億]) )
    ) {B}
    (?:
        (?: (?P<year>年){B}(?P<month>{SMALL}){B} )? (?P<months>月)
        (?: 份
        |   {B}(?P<day>{SMALL}) (?: {B}[日号號] | (?={ALSO}{SMALL}{B}[日号號]) )
        |   (?P<part>[上中下]旬|初(?![一二三四五六七八九十步级級中始次期])|底|末)
        )?
    |   (?P<years>年)
        (?: (?P<decade>代) | (?P<half>[上下]半年) | {B}第?(?P<quarter>[1-4１-４一二三四])季度 | 度 )?
    |   (?P<fiscal>财年|財年|学年|學年|财政年度|財政年度|赛季|賽季)
    |   (?P<days>[日号號])
    |   (?P<hours>[时時点點])
        (?: (?P<clock>半|整|[钟鐘]|许|許|左右|多)
        |   {B}(?P<minute>{SMALL}){B}分(?![之钟鐘]) (?: {B}(?P<second>{SMALL}){B}秒 )?
        |   (?P<sharp>[一二三]刻)
        )?
    |   (?P<century>世纪|世紀)
    |   (?P<quarters>季度)
    |   (?P<sep>[-/.．／－])(?P<m>[{D}]{{1,2}})(?P=sep)(?P<d>[{D}]{{1,2}})(?![{D}]|[-/.．][{D}])
    |   [:：](?P<mm>[{D}]{{2}})(?:[:：](?P<ss>[{D}]{{2}}))?(?![{D}:：]|[.．][{D}])
    |   (?= (?:{ALSO}(?:[{D}]{{1,4}}|[{H}]{{1,4}})){{1,4}}{B}
            (?P<unit>年代|年|月|[日号號]|[时時点點](?![{D}{H}])|世[纪紀]) )
    )
    """
)
# Words that are dates themselves, whole or with a number.
WORDS = rf"""
    [去今昨明前后後同当當次翌本上下公西农農阴陰旧舊正腊臘冬闰閏星礼禮周週第ERA]
    (?:
        (?<=[去今明前后後同当當次翌本]) (?P<year>年) (?![级級龄齡轻輕会會纪紀画畫货貨味夜终終报報])
    |   (?<=[昨今明前后後同当當次翌]) (?P<day>[日天晚]) (?![报報])
    |   (?<=[上下本同当當次]) (?P<month>个?月|個月)
    |   (?<=[上本]) (?:个|個)? (?P<century>世[纪紀]) (?: {B}(?P<tens>[{D}]{{2}}|[{H}]{{2,3}}){B}年代)?
    |   (?<=[上下本]) (?:个|個)? (?:周|週|星期) (?P<weekday_near>[一二三四五六日天])?
    |   (?<=[星礼禮周週]) (?: (?:(?<=星)期|(?<=[礼禮])拜|(?<![一二两兩三四五六七八九十几幾数數半{D}].)) )
        (?P<weekday>[一二三四五六日天]) (?![次个個期年天刊岁歲])
    |   (?<=[公西])元前 {B}(?P<before>[{D}]{{1,4}}|[{H}]{{1,4}}){B}(?P<before_unit>年|世[纪紀])
    |   (?<=前)(?P<before_short>[{D}]{{3,4}})年
    |   (?<=[农農阴陰旧舊])[历曆歷]
        (?: {B}[{H}甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{{1,4}}年 )?
        {B}[闰閏]?(?:{SMALL}|[正腊臘冬])月 (?: 初[{H}] | {B}{SMALL}日? )? (?P<lunar>)
    |   (?<=[正腊臘冬])月 (?: 初[{H}] | [{H}]{{1,3}} )? (?P<moon>)
    |   (?<=[闰閏])[{H}]{{1,2}}月 (?: 初[{H}] | [{H}]{{1,3}} )? (?P<leap>)
    |   (?<=第){B}(?P<edition>[{D}]{{1,4}}|[{H}百]{{1,5}}){B}
        (?: [届屆] | 期 | 次(?=[^\s，。；：！？,.;:!?、]{{0,16}}(?:大[会會]|[会會][议議]|峰[会會]|论坛|論壇|全[会會])) )
    |   ERAS {B}(?P<era_year>元|{SMALL}){B}年 (?: {B}(?P<era_month>{SMALL}){B}月 (?: {B}(?P<era_day>{SMALL}){B}日 )? )?
    )
"""

DAYPART = Pattern(
    rf"""(?: [上下]午 | 凌晨 | 清晨 | 早[上晨]? | [中正]午 | 午[后後夜] | [当當今昨明][晚早] | 傍晚 | 晚[上间間]?
    | [夜深][间間夜] ) {B}$"""
)
ALSO_JOINS = Pattern(ALSO)
# Rounded numbers of years before these words are spans of time: 1000年前, 5000年历史.
SPAN_OF_YEARS = Pattern(r"(?:以?前|来|來|的?[历歷]史|的?[时時][间間]|之久|[间間]|古)")
LONE_DAY = Pattern(r"(?:以?[内內上下前后後]|之[内內]|的?期|[游遊一元])")
HOUR_WORD = Pattern(r"[间間候期代刻段空速效差不而常机機装裝]")
SCORE = Pattern(
    r"(?:[比胜勝负負以]|比分|战平|戰平|[击擊][败敗]|大胜|[险險][胜勝]|逆[转轉]|比例)[为為是]?$"
)
STARTS_YEAR = frozenset("在于於至自从從到（(，。、元前及和与的于，；;：: \n\u3000")
SHIFTS = {
    "去": -1,
    "今": 0,
    "明": 1,
    "前": -2,
    "后": 2,
    "後": 2,
    "本": 0,
    "昨": 0,
    "上": 0,
    "下": 0,
}
LATER = {"同": 0, "当": 0, "當": 0, "次": 1, "翌": 1}
VALUES = dict(zip("〇一二三四五六七八九零○", (*range(10), 0, 0), strict=True))
WEEKDAYS = dict(zip("一二三四五六日天", (*range(1, 8), 7), strict=True))
LATE = frozenset(
    (
        "下午",
        "午后",
        "午後",
        "傍晚",
        "晚上",
        "晚间",
        "晚間",
        "晚",
        "夜间",
        "夜間",
        "深夜",
        "当晚",
        "當晚",
        "今晚",
        "昨晚",
        "明晚",
    )
)
LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
NO_DATE_AFTER = LETTERS | frozenset("._/-=")
PARTS = {
    "上": (1, 10),
    "中": (11, 20),
    "下": (21, 31),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}


@cache
def eras() -> dict[str, tuple[int, bool]]:
    """The year before the first of each era, and whether its months are those of our calendar."""
    table = read_table(__file__, "eras.toml")
    return {
        name: (year, kind == "gregorian") for kind in table for name, year in table[kind].items()
    }


@cache
def words() -> re.Pattern[str]:
    """The pattern of `WORDS`, with the names of all eras."""
    names = sorted(eras())
    first = "".join(sorted({name[0] for name in names}))
    # The first character has been read when the names are compared.
    rest = "|".join(f"(?<={name[0]}){name[1:]}" for name in names)
    return re.compile(
        WORDS.replace("ERAS", f"(?P<era>{rest})").replace("ERA]", first + "]"), re.VERBOSE
    )


@lru_cache(maxsize=1024)
def small(written: str) -> int:
    """A number up to 9999 in digits, Arabic or Chinese, or up to 99 in numerals; -1 if it is none."""
    if written[0] not in H:
        return int(written)
    if written[0] in "廿卅":
        written = "二三"["廿卅".index(written[0])] + "十" + written[1:]
    if "十" not in written:
        return -1 if "廿" in written or "卅" in written else _digits(written)
    tens, _, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones in ("十", "廿", "卅"):
        return -1
    return 10 * VALUES.get(tens, 1) + VALUES.get(ones, 0)


def _digits(written: str) -> int:
    number = 0
    for character in written:
        number = 10 * number + VALUES[character]
    return number


def chinese_dates(text: str, start: int, end: int) -> list[Date]:
    """All dates between two offsets of a text, in order; years that are not written are left open."""
    found: list[Date] = []
    named = words().finditer(text, start, end)
    word = next(named, None)
    for match in NUMBERED.finditer(text, start, end):
        at = match.start()
        while word is not None and word.start() <= at:
            _take(found, _named(text, word))
            word = next(named, None)
        if found and found[-1].end > at:
            continue
        previous = found[-1] if found and at - found[-1].end <= 3 else None
        _take(found, _numbered(text, match, previous))
    while word is not None:
        _take(found, _named(text, word))
        word = next(named, None)
    return found


def _take(found: list[Date], date: Date | None) -> None:
    """Add a date to those before it; 去年 and 12月 beside it become one."""
    if date is None:
        return
    last = found[-1] if found else None
    if last is None or last.end + 1 < date.start:
        found.append(date)
    elif (
        last.kind is Kind.RELATIVE
        and last.counted
        and date.kind in (Kind.MONTH, Kind.DATE, Kind.PERIOD, Kind.QUARTER)
        and (last.first.month is None) == (date.first.month is not None)
        and date.first.year is None
    ):
        found[-1] = date._replace(start=last.start, counted=last.counted, shift=last.shift)
    elif last.kind is Kind.CENTURY and date.kind is Kind.DECADE and last.end == date.start:
        assert last.first.year is not None
        century = last.first.year - last.first.year % 100
        tens = Moment(century + date.number), Moment(century + date.number + 9)
        found[-1] = Date(last.start, date.end, Kind.DECADE, *tens)
    elif date.start >= last.end:
        found.append(date)


def _numbered(text: str, match: re.Match[str], previous: Date | None) -> Date | None:
    """What a number and its unit say; None where they are no date."""
    start, end = match.span()
    written = match["n"]
    number = small(written)
    if number < 0:
        return None
    unit = match["unit"]
    if match["months"]:
        return _month(text, match, number)
    if match["years"]:
        return _year(text, match, number, previous)
    if match["days"]:
        return _lone_day(text, match, number, previous)
    if match["hours"] or unit in ("时", "時", "点", "點"):
        return _hour(text, match, number, previous)
    if match["mm"]:
        return _clock(text, match, number, previous)
    if match["sep"]:
        return _in_digits(text, match, number)
    if match["fiscal"]:
        return Date(start, end, Kind.YEAR, *_twice(Moment(number))) if number >= 1000 else None
    if match["quarters"]:
        return _quarter(start, end, None, number)
    if match["century"] or unit in ("世纪", "世紀"):
        return _century(start, end, number) if 0 < number < 30 else None
    if unit == "年":
        return _year(text, match, number, previous)
    if unit == "月" and 1 <= number <= 12:
        return Date(start, end, Kind.MONTH, *_twice(Moment(month=number)))
    if unit == "年代":
        return _decade(start, end, number)
    if unit in ("日", "号", "號"):
        return _lone_day(text, match, number, previous)
    return None


def _twice(moment: Moment) -> tuple[Moment, Moment]:
    return moment, moment


def full_year(number: int, digits: int) -> int:
    """The year that is written with so many digits: 98 is 1998, 08 is 2008."""
    if digits != 2:
        return number
    return number + (1900 if number >= 50 else 2000)


def _month(text: str, match: re.Match[str], number: int) -> Date | None:
    start, end = match.span()
    year: int | None = None
    month = number
    if match["year"]:
        if "十" in match["n"] or len(match["n"]) == 1:
            return None
        year, month = full_year(number, len(match["n"])), small(match["month"])
    elif len(match["n"]) > 2 and match["n"][0] not in H:
        return None
    if month < 0:
        return None
    if match["day"]:
        day = small(match["day"])
        return Date(start, end, Kind.DATE, *_twice(Moment(year, month, day)))
    if not 1 <= month <= 12:
        return None
    if match["part"]:
        low, high = PARTS[match["part"][0]]
        last = Moment(year, month, min(high, days_of(year, month)))
        return Date(start, end, Kind.PERIOD, Moment(year, month, low), last)
    return Date(start, end, Kind.MONTH, *_twice(Moment(year, month)))


def _year(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    start, end = match.span()
    written = match["n"]
    if match["decade"]:
        return _decade(start, end, number)
    size = 0 if "十" in written else len(written)
    if size < 4:
        if size != 3 or number % 10 == 0 or (written[0] in H):
            return None
        if start and text[start - 1] not in STARTS_YEAR:
            return None
    elif not 1000 <= number <= 2999:
        return None
    if (size < 4 or number % 100 == 0) and SPAN_OF_YEARS.match(text, end):
        return None
    if match["half"]:
        first = 1 if match["half"][0] == "上" else 7
        return Date(start, end, Kind.PERIOD, Moment(number, first), Moment(number, first + 5))
    if match["quarter"]:
        return _quarter(start, end, number, small(match["quarter"]))
    return Date(start, end, Kind.YEAR, *_twice(Moment(number)))


def _quarter(start: int, end: int, year: int | None, number: int) -> Date | None:
    if not 1 <= number <= 4:
        return None
    return Date(start, end, Kind.QUARTER, Moment(year, 3 * number - 2), Moment(year, 3 * number))


def _century(start: int, end: int, number: int) -> Date:
    first = 100 * number - 99
    return Date(start, end, Kind.CENTURY, Moment(first), Moment(first + 99))


def _decade(start: int, end: int, number: int) -> Date | None:
    """90年代 and 1990年代; of which century 90年代 is, is not said."""
    if number % 10 or not (10 <= number < 100 or 1000 <= number < 2100):
        return None
    if number < 100:
        return Date(start, end, Kind.DECADE, resolved=Resolved.UNKNOWN, number=number)
    return Date(start, end, Kind.DECADE, Moment(number), Moment(number + 9))


def _lone_day(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    """15日, without a month."""
    start, end = match.span()
    joined = (
        previous is not None
        and previous.last.day is not None
        and ALSO_JOINS.fullmatch(text, previous.end, start) is not None
    )
    if not joined:
        if text[start - 1 : start] == "第" or not 1 <= number <= 31 or LONE_DAY.match(text, end):
            return None
        # 十日 is as often a number of days; 5号 a number of something.
        if match["n"][0] in H or (match["days"] or match["unit"]) != "日":
            return None
    return Date(start, end, Kind.DATE, *_twice(Moment(day=number)))


def _hour(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    start, end = match.span()
    part = DAYPART.search(text, max(0, start - 4), start)
    if part:
        start = part.start()
    known = part is not None or (
        previous is not None and previous.end == start and previous.kind is not Kind.YEAR
    )
    clock, minute = match["clock"], None
    if match["minute"]:
        minute = small(match["minute"])
    elif match["sharp"]:
        minute = 15 * small(match["sharp"][0])
    elif clock == "半":
        minute = 30
    exact = minute is not None or clock in ("整", "钟", "鐘", "许", "許")
    if not known:
        arabic = match["n"][0] not in H and (match["hours"] or match["unit"]) in ("时", "時")
        if not exact and not (arabic and not HOUR_WORD.match(text, end)):
            return None
        if number > 24 and minute is None:
            return None
    if clock == "多" and not known:
        return None
    second = small(match["second"]) if match["second"] else None
    hour = number
    if part and number < 12 and part[0].strip()[:2] in LATE:
        hour += 12
    return Date(start, end, Kind.TIME, *_twice(Moment(None, None, None, hour, minute, second)))


def _clock(text: str, match: re.Match[str], number: int, previous: Date | None) -> Date | None:
    """9:30, unless it is a score or a ratio."""
    start, end = match.span()
    if len(match["n"]) > 2 or match["n"][0] in H:
        return None
    minute, second = int(match["mm"]), match["ss"]
    part = DAYPART.search(text, max(0, start - 4), start)
    known = part is not None or (previous is not None and previous.kind is Kind.DATE)
    if not known and (number > 24 or minute > 59 or SCORE.search(text, max(0, start - 4), start)):
        return None
    if part:
        start = part.start()
        if number < 12 and part[0].strip()[:2] in LATE:
            number += 12
    seconds = int(second) if second else None
    return Date(start, end, Kind.TIME, *_twice(Moment(None, None, None, number, minute, seconds)))


def _in_digits(text: str, match: re.Match[str], number: int) -> Date | None:
    """2020-11-15, 2020/11/15, 2020.11.15; no versions, addresses or numbers of parts."""
    start, end = match.span()
    month, day = int(match["m"]), int(match["d"])
    if len(match["n"]) != 4 or not 1000 <= number <= 2999 or not 1 <= month <= 12:
        return None
    before = text[max(0, start - 2) : start]
    if not 1 <= day <= 31 or (before and before[-1] in NO_DATE_AFTER):
        return None
    # PyCharm 2020.3.1
    if match["sep"] == "." and before[-1:] == " " and before[0] in LETTERS:
        return None
    return Date(start, end, Kind.DATE, *_twice(Moment(number, month, day)))


def _named(text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    first = match[0][0]
    if match["year"]:
        if first in SHIFTS:
            return _relative(start, end, Counted.ARTICLE, SHIFTS[first])
        return _relative(start, end, Counted.CONTEXT, LATER[first])
    if match["day"] or match["month"]:
        near = Counted.CONTEXT if first in LATER else Counted.ARTICLE
        return _relative(start, end, near, None)
    weekday = match["weekday"] or match["weekday_near"]
    if weekday:
        return Date(start, end, Kind.WEEKDAY, number=WEEKDAYS[weekday])
    if match["edition"]:
        number = edition_number(match["edition"])
        return Date(start, end, Kind.EDITION, number=number) if number > 0 else None
    if match["before"] or match["before_short"]:
        number = small(match["before"] or match["before_short"])
        if number <= 0:
            return None
        if match["before_unit"] and match["before_unit"] != "年":
            return Date(
                start, end, Kind.CENTURY, Moment(1 - 100 * number), Moment(100 - 100 * number)
            )
        return Date(start, end, Kind.YEAR, *_twice(Moment(1 - number)))
    if match["century"]:
        century = 1900 if first == "上" else 2000
        if match["tens"]:
            tens = century + small(match["tens"])
            return Date(start, end, Kind.DECADE, Moment(tens), Moment(tens + 9))
        return Date(start, end, Kind.CENTURY, Moment(century + 1), Moment(century + 100))
    if match["era"] is not None:
        return _era(match)
    if any(match[name] is not None for name in ("lunar", "moon", "leap")):
        return Date(start, end, Kind.LUNAR)
    return _relative(start, end, Counted.ARTICLE, None)


def _relative(start: int, end: int, counted: Counted, shift: int | None) -> Date:
    return Date(start, end, Kind.RELATIVE, counted=counted, shift=shift)


def _era(match: re.Match[str]) -> Date | None:
    before, ours = eras()[match[0][0] + match["era"]]
    number = 1 if match["era_year"] == "元" else small(match["era_year"])
    if number <= 0:
        return None
    moment = Moment(before + number)
    if ours and match["era_month"]:
        day = small(match["era_day"]) if match["era_day"] else None
        moment = Moment(before + number, small(match["era_month"]), day)
    return Date(match.start(), match.end(), Kind.ERA, *_twice(moment))


@lru_cache(maxsize=256)
def edition_number(written: str) -> int:
    """The number of an edition, up to 999."""
    hundreds, hundred, rest = written.partition("百")
    if not hundred:
        return small(written)
    return 100 * VALUES.get(hundreds, 1) + (small(rest.lstrip("零〇")) if rest else 0)
