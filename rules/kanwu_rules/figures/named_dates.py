"""Chinese dates that begin with a word: 去年, 同月, 星期日, 上世纪, 康熙元年, 农历八月十五, 第22届."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Counted, Date, Kind, century, single
from kanwu_rules.figures.date_numbers import D, H, small
from kanwu_rules.figures.eras import era_before, eras
from kanwu_rules.figures.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# The first two characters of all words; which of them belong together is told in Python, since every
# class of many Han characters takes more than a millisecond to compile.
BEGINNINGS = Pattern(
    rf"""[去今昨明前后後同当當次翌本上下农農阴陰旧舊正腊臘冬闰閏星礼禮周週第元]
    (?=[年日天晚月个個世周週星历曆歷期拜{H}{D}百\ ])"""
)
YEARS_ON = {"去": -1, "今": 0, "明": 1, "前": -2, "后": 2, "後": 2, "本": 0}
YEARS_LATER = {"同": 0, "当": 0, "當": 0, "次": 1, "翌": 1}
WEEKDAYS: dict[str, int] = dict(zip("一二三四五六日天", (*range(1, 8), 7), strict=True))
MONTHS = tuple("一二三四五六七八九十")
NO_YEAR_BEFORE = frozenset("级級龄齡轻輕会會纪紀画畫货貨味夜终終报報")
NO_WEEKDAY_BEFORE = frozenset("次个個期年天刊岁歲")
NO_WEEK_AFTER = frozenset("一二两兩三四五六七八九十几幾数數半0123456789")
NUMBER = Pattern(rf"[ \u3000]?([{D}{H}百]{{1,6}})[ \u3000]?")
MEETINGS = ("大会", "会议", "大會", "會議", "峰会", "峰會", "论坛", "論壇")
MEETING_END = Pattern(r"\w{0,16}")
LUNAR = Pattern(
    rf"(?:\w{{1,4}}年)?[闰閏]?(?:[{D}{H}]{{1,2}}|正|腊|臘|冬)月(?:初?[{D}{H}]{{1,3}}日?)?"
)
LUNAR_DAY = Pattern(rf"月(?:初?[{H}]{{1,3}}日?)?")


def named_dates(text: str, start: int, end: int) -> Iterator[Date]:
    """The dates that begin with a word, in order."""
    for match in BEGINNINGS.finditer(text, start, end):
        at = match.start()
        reader = READERS.get(text[at : at + 2]) or READERS.get(text[at])
        if reader is not None and (date := reader(text, at)):
            yield date


def _year(text: str, at: int) -> Date | None:
    if text[at + 2 : at + 3] in NO_YEAR_BEFORE:
        return None
    first = text[at]
    if first in YEARS_ON:
        return _relative(at, at + 2, Counted.ARTICLE, YEARS_ON[first])
    return _relative(at, at + 2, Counted.CONTEXT, YEARS_LATER[first])


def _relative(start: int, end: int, counted: Counted, shift: int | None = None) -> Date:
    return Date(start, end, Kind.RELATIVE, counted=counted, shift=shift)


def _near(text: str, at: int) -> Date | None:
    """今天, 次日, 同月."""
    if text[at + 2 : at + 3] in ("报", "報"):
        return None
    counted = Counted.CONTEXT if text[at] in YEARS_LATER else Counted.ARTICLE
    return _relative(at, at + 2, counted)


def _week_or_century(text: str, at: int) -> Date | None:
    """上周, 下个星期三, 上世纪, 上个月."""
    unit = at + 2 if text[at + 1] in "个個" else at + 1
    if text[unit : unit + 2] in ("世纪", "世紀"):
        return century(at, unit + 2, 20 if text[at] == "上" else 21) if text[at] != "下" else None
    if text[unit : unit + 1] == "月":
        return _relative(at, unit + 1, Counted.ARTICLE)
    if text[unit : unit + 1] in ("周", "週"):
        end = unit + 1
    elif text.startswith("星期", unit):
        end = unit + 2
    else:
        return None
    weekday = WEEKDAYS.get(text[end : end + 1])
    if weekday:
        return Date(at, end + 1, Kind.WEEKDAY, number=weekday)
    return _relative(at, end, Counted.ARTICLE)


def _weekday(text: str, at: int) -> Date | None:
    """星期日, 周一; no 一周一次, no 周三 of 四周三面."""
    sign = 1 if text[at] in "周週" else 2
    weekday = WEEKDAYS.get(text[at + sign : at + sign + 1])
    if weekday is None or text[at + sign + 1 : at + sign + 2] in NO_WEEKDAY_BEFORE:
        return None
    if sign == 1 and at and text[at - 1] in NO_WEEK_AFTER:
        return None
    return Date(at, at + sign + 1, Kind.WEEKDAY, number=weekday)


def _lunar(text: str, at: int) -> Date | None:
    """农历八月十五."""
    match = LUNAR.match(text, at + 2)
    return Date(at, match.end(), Kind.LUNAR) if match else None


def _lunar_month(text: str, at: int) -> Date | None:
    """正月初一, 闰四月."""
    after = at + 1
    if text[at] in "闰閏":
        while text[after : after + 1] in MONTHS:
            after += 1
        if not 0 < after - at - 1 < 3:
            return None
    match = LUNAR_DAY.match(text, after)
    return Date(at, match.end(), Kind.LUNAR) if match else None


def _edition(text: str, at: int) -> Date | None:
    """第22届, 第5期; 第八次 of a meeting."""
    match = NUMBER.match(text, at + 1)
    if match is None:
        return None
    number, end = small(match[1]), match.end()
    unit = text[end : end + 1]
    if unit == "次":
        rest = MEETING_END.match(text, end + 1)
        if rest is None or not any(meeting in rest[0] for meeting in MEETINGS):
            return None
    elif unit not in ("届", "屆", "期"):
        return None
    return Date(at, end + 1, Kind.EDITION, number=number) if number > 0 else None


def _first_year(text: str, at: int) -> Date | None:
    era = era_before(text, at)
    if not era:
        return None
    return single(at - len(era), at + 2, Kind.ERA, Moment(eras()[era][0] + 1))


READERS: Mapping[str, Callable[[str, int], Date | None]] = {
    **{first + "年": _year for first in (*YEARS_ON, *YEARS_LATER)},
    **{first + unit: _near for first in "昨今明前后後当當同次翌" for unit in "日天晚"},
    **{first + "月": _near for first in "上下本同当當次"},
    **{first + unit: _week_or_century for first in "上下本" for unit in "个個世周週星"},
    "周": _weekday,
    "週": _weekday,
    "星期": _weekday,
    "礼拜": _weekday,
    "禮拜": _weekday,
    **{first + unit: _lunar for first in "农農阴陰旧舊" for unit in "历曆歷"},
    **{first + "月": _lunar_month for first in "正腊臘冬"},
    "闰": _lunar_month,
    "閏": _lunar_month,
    "第": _edition,
    "元年": _first_year,
}
