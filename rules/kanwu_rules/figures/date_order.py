"""FIG011 date-order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Good, Literals, Pattern, Rule, place
from kanwu_rules.figures.date_numbers import small
from kanwu_rules.figures.dates import Dates, Kind, dates_in
from kanwu_rules.figures.moments import days_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.dates import Date

JOINS = "至到-－–—―─~～﹣−"
COUNTS = ("放假", "为期", "為期", "历时", "歷時", "共计", "共計", "，共", ",共", "为时", "連續")
# How far a period reaches to either side of the mark between its ends.
REACH = 16
LONGEST_GAP = 8
LONGEST_NUMBER = 4
MONTH_NAME = Pattern(r"[JFMASOND][a-z]{2,8}\.?\ ")
DIGIT = frozenset("0123456789０１２３４５６７８９〇○零一二三四五六七八九十廿卅")
UNITS = frozenset("年月日号號 ")
ENGLISH = (" to ", " through ", " until ")
# What may stand between a period and its number of days, all of it about the same days.
COUNT = Pattern(
    r"""(?: 放假(?:调休)? | 放假調休 | 举行 | 舉行 | 召开 | 召開 | 举办 | 舉辦 | 休市 | 休馆 )? [，,、（(]? \s?
    (?P<word>为期|為期|共计|共計|一共|总共|共|历时|歷時) \s?
    (?P<days>[0-9０-９一二两三四五六七八九十]{1,3}) \s? (?:天|日)(?!半|内|后|左右|多|时间内|[0-9])"""
)
# From one day to another, which days are counted is not sure with these.
LOOSE = ("历时", "歷時")
# A period that begins so late in a month may end early in the next one.
LATE, EARLY = 20, 15


class DateOrder(Rule):
    """A period ends before it begins, or its days are not as many as the text says.

    “6月10日至9日” cannot be, and neither can “2月10日至17日放假，共10天”: one of the numbers was
    mistyped, or the two ends were exchanged. The finding shows both ends, or the number of days
    between them, both ends counted. Which number is wrong only the source can tell.

    **What it leaves alone.** Periods across the turn of the year or of the month (12月30日至1月2日,
    11月至次年2月, 28日至3日); years before our era, which count down; hours, since a shift may end
    after midnight; ranges of other things than dates, scores and phone numbers; numbers of days that
    are rounded (五天左右, 三天多), that count working days, or that stand farther off.

    **Source.** Arithmetic of the Gregorian calendar.
    """

    code = "FIG011"
    name = "date-order"
    where = (
        Literals(
            *(
                unit + join
                for unit in "年月日号號0123456789〇零一二三四五六七八九十"
                for join in JOINS
            ),
            *(digit + word for digit in "0123456789" for word in ENGLISH),
            *COUNTS,
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "reversed": "the period “{period}” ends before it begins: {last} lies before {first}; one of "
        "the two is wrong, or they were exchanged",
        "count": "“{period}” is {days} days, both ends counted, and the text says {said}; one of the "
        "numbers is wrong",
    }
    examples = (
        Bad("双方于6月10日至9日在伦敦举行磋商。", finds=("6月10日至9日",)),
        Bad("2019—2015年，当地生产总值年均增长百分之六。", finds=("2019—2015年",)),
        Bad("春节：2月10日至17日放假调休，共10天。", finds=("2月10日至17日放假调休，共10天",)),
        Bad("The tour runs from May 18 to May 3, 2020.", finds=("May 18 to May 3, 2020",)),
        Good("12月30日至1月2日放假，共4天；2020年11月至次年2月供暖。"),
        Good("前221年—前207年，29日至3日，22时至6时，比分21-18。"),
        Good("10月1日至7日放假，共7天；12月18日至19日，为期两天。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        for start, end in places:
            counts = text[start:end] in COUNTS
            if not (follows_day(text, start) if counts else falls(text, start + 1, end)):
                continue
            # The whole document is read only where something close by looks wrong.
            near = dates_in(text, max(0, start - REACH), end + REACH)
            for date in reversed(near):
                if date.kind is Kind.PERIOD and date.start <= start:
                    if counts:
                        yield from self._counted(document, date, start)
                    elif date.end > start and is_reversed(date):
                        yield from self._reversed(document, date)
                    break

    def _reversed(self, document: Document, near: Date) -> Iterator[Finding]:
        for date in document.get(Dates).between(near.start, near.end):
            if date.kind is Kind.PERIOD and is_reversed(date):
                ends = {
                    "first": date.first.iso.removeprefix("XXXX-"),
                    "last": date.last.iso.removeprefix("XXXX-"),
                }
                period = document.text[date.start : date.end]
                yield self.finding(
                    place(document, date.start, date.end),
                    self.say("reversed", period=period, **ends),
                    evidence=ends,
                )

    def _counted(self, document: Document, near: Date, at: int) -> Iterator[Finding]:
        text = document.text
        match = COUNT.match(text, near.end)
        # 放假，共7天 has two of the words, and is looked at once.
        if (
            match is None
            or not near.end <= at <= match.start("word")
            or match.start("word") - at > 1
        ):
            return
        said = small(match["days"].replace("两", "二"))
        for date in document.get(Dates).between(near.start, near.end):
            days = days_of_period(date)
            allowed = 1 if match["word"] in LOOSE else 0
            if days is not None and said > 0 and abs(days - said) > allowed:
                yield self.finding(
                    place(document, date.start, match.end()),
                    self.say("count", period=text[date.start : date.end], days=days, said=said),
                    evidence={
                        "days": days,
                        "said": said,
                        "first": date.first.iso,
                        "last": date.last.iso,
                    },
                )


def follows_day(text: str, at: int) -> bool:
    """Whether a day is named so close before a number of days that both may belong together."""
    before = text[max(0, at - LONGEST_GAP) : at]
    return "日" in before or "号" in before or "號" in before


def falls(text: str, start: int, end: int) -> bool:
    """Whether the number after a join is smaller than the number before it.

    A year after a join is held against the year before it, 2018 in 2018年5月—2016年3月.
    """
    number = number_after(text, end)
    before = start
    while number >= 0 and before > max(0, start - REACH):
        before, other = number_before(text, before)
        if other < 0:
            return False
        if number < 1000 or other >= 1000:
            return number < other
    return False


def number_before(text: str, end: int) -> tuple[int, int]:
    """Where the number begins that ends with its unit at an offset, and the number; -1 if there is none."""
    while end and text[end - 1] in UNITS:
        end -= 1
    start = end
    while start and end - start < LONGEST_NUMBER and text[start - 1] in DIGIT:
        start -= 1
    return start, small(text[start:end]) if start < end else -1


def number_after(text: str, start: int) -> int:
    """The number that begins at an offset, after a blank or the name of a month; -1 if there is none."""
    start += text[start : start + 1] == " "
    month = MONTH_NAME.match(text, start)
    start = end = month.end() if month else start
    while end - start < LONGEST_NUMBER and text[end : end + 1] in DIGIT:
        end += 1
    return small(text[start:end]) if start < end else -1


def is_reversed(date: Date) -> bool:
    """Whether a period surely ends before it begins."""
    first, last = date.first, date.last
    if not date.exists or first.hour is not None:
        return False
    if (first.month is None) != (last.month is None) or (first.day is None) != (last.day is None):
        return False
    if first.year is not None and last.year is not None and last.year < first.year:
        return first.year > 0
    if first.year != last.year or first.month is None or first.month != last.month:
        return False
    if first.day is None or last.day is None or last.day >= first.day:
        return False
    return not (first.day >= LATE and last.day <= EARLY and last.day + 5 < first.day)


def days_of_period(date: Date) -> int | None:
    """How many days a period has, both ends counted; None where that is not sure."""
    first, last = date.first, date.last
    if date.kind is not Kind.PERIOD or first.day is None or last.day is None or not date.exists:
        return None
    if first.year is None:
        # The days of a month are known without the year, but for February.
        if first.month is None or first.month != last.month:
            return None
        first, last = first._replace(year=2000), last._replace(year=2000)
    days = days_between(first, last)
    return days if days is not None and days > 0 else None
