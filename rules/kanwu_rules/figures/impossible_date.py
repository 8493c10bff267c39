"""FIG009 impossible-date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Pattern, Rule, place
from kanwu_rules.figures.dates import Dates, Kind, Resolved, dates_in
from kanwu_rules.figures.moments import days_of, is_leap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.dates import Date
    from kanwu_rules.figures.moments import Moment

SHORT_MONTHS = ("2月30", "2月31", "4月31", "6月31", "9月31", "11月31", "2月29")
SHORT_MONTHS_HAN = (
    "二月三十",
    "四月三十一",
    "六月三十一",
    "九月三十一",
    "十一月三十一",
    "二月二十九",
)
IN_DIGITS = tuple(
    f"{mark}{zero}{month}{mark}{day}"
    for mark in "-/."
    for month, day in ((2, 29), (2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31))
    for zero in ("0" if month < 10 else "", "")
)
JOINED = tuple(f"{join}{day}日" for join in "至到-－–—~～、" for day in (30, 31))
FEBRUARY = ("Feb", "Feb.", "February")
ENGLISH = (
    *((FEBRUARY, day) for day in (29, 30, 31)),
    (("Apr", "April"), 31),
    (("Jun", "June"), 31),
    (("Sep", "Sept.", "September"), 31),
    (("Nov", "Nov.", "November"), 31),
)
# The year from which all Chinese dates in digits are Gregorian ones; before, they may be lunar.
FIRST_YEAR = 1912
# A day that is spoken of because it does not exist, or that another calendar had.
NO_DAY_OF_OURS = Pattern(
    r"""不存在 | [没沒]有(?=[0-9一二三四五六七八九十]{1,3}月) | [无無]此 | 虚构 | 虛構 | 瑞典 | 苏联 | 蘇聯
    | [历曆]法 | 日[历曆] | 儒略 | 格里高利 | [闰閏] | does\ not | no\ such | calendar"""
)
SENTENCE = 40
REACH = 16


class ImpossibleDate(Rule):
    """A day or a time is named that there is not: 2月30日, 9月31日, 13月5日, 25时.

    A digit was mistyped or misread, and what the text says of the day, or of a period that ends on it,
    cannot be used. Judged are dates in digits and in Chinese numerals, in Chinese and English, both
    ends of a period (9月17日至31日), the 29th of February of a year that stands in the date itself,
    and clock times with a part of the day or minutes (上午25时, 9时61分).

    **What it leaves alone.** Dates of the lunar calendar, of reign periods and of years before 1912,
    whose months may have thirty days; a thirteenth month without a day, which is a figure of speech;
    days of which the text itself says that they do not exist, or that another calendar had; spans of
    days (60日内) and of minutes; versions and numbers of models; 24时; 2月29日 where the year is not
    written with it.

    **Source.** ISO 8601 and GB/T 7408 on dates and times; the Gregorian calendar.
    """

    code = "FIG009"
    name = "impossible-date"
    where = (
        Literals(
            *SHORT_MONTHS,
            *SHORT_MONTHS_HAN,
            *IN_DIGITS,
            *JOINED,
            *(f"{day}日" for day in range(32, 100)),
            *(f"{day}号" for day in range(32, 40)),
            *(f"月三十{ones}日" for ones in "二三四五六七八九"),
            *(f"{month}月" for month in range(13, 40)),
            *(f"{hour}{unit}" for hour in range(25, 30) for unit in "时時点點"),
            *(f"{unit}{tens}" for tens in range(6, 10) for unit in "时時点點"),
            *(f"{name} {day}" for names, day in ENGLISH for name in names),
            *(f"{day} {names[0]}" for names, day in ENGLISH),
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "day": "“{date}” names a day that there is not: {month} has {days} days; one of the digits is "
        "wrong, compare with the source",
        "leap": "“{date}” names a day that there is not: {year} is no leap year; the day or the year is "
        "wrong, compare with the source",
        "month": "“{date}” names month {month} of twelve; compare with the source",
        "time": "“{date}” is no time of day; compare with the source",
    }
    examples = (
        Bad("会议将于9月17日至31日在南宁举行。", finds=("9月17日至31日",)),
        Bad("截至2020年2月30日，工程已经完成大半。", finds=("2020年2月30日",)),
        Bad("他生于2021年2月29日。", finds=("2021年2月29日",)),
        Bad("比赛于5月3日9时75分开始。", finds=("9时75分",)),
        Bad("The fair will be held on September 31, 2020.", finds=("September 31, 2020",)),
        Good("报名于2020年2月29日截止，12月31日公布结果。"),
        Good("农历二月三十日，康熙三年二月三十日。"),
        Good("这是没有2月30日的年份。"),
        Good("自公告之日起60日内提出，第13月薪水照发，得分99分。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        seen = -1
        for start, end in places:
            # 12月31日 and 12月30日 hold 2月31 and 2月30; they are the only ones that are common.
            longer = text[start] in "2２二" and text[start - 1 : start] in ("1", "１", "十")
            if longer or start <= seen:
                continue
            # The whole document is read only where something close by looks wrong.
            near = dates_in(text, max(0, start - REACH), end + REACH)
            if all(date.exists for date in near):
                continue
            for date in document.get(Dates).between(start, end):
                if date.start > seen and not date.exists:
                    seen = date.end
                    if not excused(text, date):
                        yield self._impossible(document, date)

    def _impossible(self, document: Document, date: Date) -> Finding:
        written = document.text[date.start : date.end]
        wrong = date.last if date.first.exists else date.first
        parameters: dict[str, object] = {"date": written}
        evidence: dict[str, object] = {"date": written}
        if date.kind is Kind.TIME:
            message = "time"
        elif wrong.month is not None and not 1 <= wrong.month <= 12:
            message = "month"
            parameters["month"] = evidence["month"] = wrong.month
        elif is_leap_day(wrong):
            message = "leap"
            parameters["year"] = evidence["year"] = wrong.year
        else:
            message = "day"
            days = days_of(wrong.year, wrong.month)
            month = MONTH_NAMES[wrong.month - 1] if wrong.month else "the longest month"
            parameters |= {"month": month, "days": days}
            evidence |= {"month": wrong.month, "day": wrong.day, "days": days}
        at = place(document, date.start, date.end)
        return self.finding(at, self.say(message, **parameters), evidence=evidence)


MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def is_leap_day(moment: Moment) -> bool:
    """Whether it is a 29th of February in a year that has none."""
    return (moment.month, moment.day) == (2, 29) and not is_leap(moment.year or 0)


def excused(text: str, date: Date) -> bool:
    """Whether such a day may be meant after all."""
    if date.kind is Kind.TIME:
        return False
    if date.resolved is not Resolved.WRITTEN and (
        is_leap_day(date.first) or is_leap_day(date.last)
    ):
        return True
    year = date.first.year
    if year is not None and year < FIRST_YEAR:
        return True
    if date.kind not in (Kind.DATE, Kind.PERIOD):
        return True
    # 二月三十日 is a day of the lunar calendar unless a year in digits says otherwise.
    lunar = date.last.day == 30 and not any(
        c.isascii() and c.isdigit() for c in text[date.start : date.end]
    )
    if lunar and date.resolved is not Resolved.WRITTEN:
        return True
    return (
        NO_DAY_OF_OURS.search(text, max(0, date.start - SENTENCE), date.end + SENTENCE) is not None
    )
