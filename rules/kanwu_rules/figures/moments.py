"""Points in time as texts name them: a year, a month, a day, a clock time, any of them unsaid."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_GREGORIAN_YEAR = 1583


class Moment(NamedTuple):
    """A point in time; None stands for what is unsaid. It need not exist: 2月30日 can be written."""

    year: int | None = None
    """As astronomers count: 公元前221年 is -220."""
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None

    @property
    def exists(self) -> bool:
        """Whether there is such a day in the Gregorian calendar, and such a time; 24时 is one."""
        return (
            (self.month is None or 1 <= self.month <= 12)
            and (self.day is None or 1 <= self.day <= days_of(self.year, self.month))
            and (self.hour is None or self.hour <= 24)
            and (self.minute is None or self.minute < 60)
            and (self.second is None or self.second <= 60)
        )

    @property
    def iso(self) -> str:
        """ISO 8601, with XXXX for an unsaid year (ISO 8601-2): 2020-11-15, XXXX-11-15, T09:30."""
        day = ""
        if self.year is not None or self.month is not None or self.day is not None:
            day = "XXXX" if self.year is None else iso_year(self.year)
            if self.month is not None or self.day is not None:
                day += "-XX" if self.month is None else f"-{self.month:02d}"
            if self.day is not None:
                day += f"-{self.day:02d}"
        if self.hour is None:
            return day
        parts = [p for p in (self.minute, self.second) if p is not None]
        return f"{day}T{self.hour:02d}" + "".join(f":{part:02d}" for part in parts)


def iso_year(year: int) -> str:
    """A year in four digits, with a sign before the year 0."""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def is_leap(year: int) -> bool:
    """Whether a year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_of(year: int | None, month: int | None) -> int:
    """The number of days of a month, as many as it may have where the year is not known."""
    if month is None or not 1 <= month <= 12:
        return 31
    return 29 if month == 2 and (year is None or is_leap(year)) else DAYS[month - 1]


def weekday_of(year: int, month: int, day: int) -> int:
    """The weekday of a day of the Gregorian calendar: 1 for Monday to 7 for Sunday."""
    return date(year, month, day).isoweekday()


def days_between(first: Moment, last: Moment) -> int | None:
    """How many days lie from one day to another, both counted; None where that is not known."""
    if None in (*first[:3], *last[:3]) or not (first.exists and last.exists):
        return None
    return date(*last[:3]).toordinal() - date(*first[:3]).toordinal() + 1  # type: ignore[arg-type]


def interval_iso(first: Moment, last: Moment) -> str:
    """An ISO 8601 interval; its end leaves out what it shares: 2020-10-20/22, 2018/2025."""
    if first == last:
        return first.iso
    start, end = first.iso, last.iso
    if first.hour is None and last.hour is None and first.year == last.year:
        if last.month is not None and last.month == first.month and last.day is not None:
            return f"{start}/{last.day:02d}"
        if last.month is not None:
            return f"{start}/{end.partition('-')[2] if (last.year or 0) >= 0 else end}"
    return f"{start}/{end}"
