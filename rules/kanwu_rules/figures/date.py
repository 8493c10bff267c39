"""What a text says of time at one place."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from kanwu.analysis.members import direct
from kanwu_rules.figures.moments import Moment, interval_iso


@direct
class Kind(StrEnum):
    """What sort of date it is."""

    DATE = "date"
    """A day of a month, its year said or not; or a day of an unsaid month (15日)."""
    TIME = "time"
    """A clock time, or a stretch from one to another."""
    WEEKDAY = "weekday"
    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"
    PERIOD = "period"
    """From one date to another, or a part of a year or month: 12月16—18日, 上半年, 3月下旬."""
    DECADE = "decade"
    CENTURY = "century"
    EDITION = "edition"
    """第22届, 第8期: no date, but it tells one event from the next."""
    RELATIVE = "relative"
    """去年, 同月, yesterday."""
    ERA = "era"
    """A year of a reign or an era other than ours: 康熙三年, 民国二十六年."""
    LUNAR = "lunar"
    """A day or month of the Chinese calendar; it is not converted."""


@direct
class Resolved(StrEnum):
    """Where the year (and the month of a lone day) was taken from."""

    WRITTEN = "written"
    """It stands in the date itself, or the kind needs none."""
    SENTENCE = "sentence"
    """The last year said before in the sentence."""
    PARAGRAPH = "paragraph"
    """The last year said before in the line."""
    ARTICLE = "article"
    """The date under which the article was published."""
    UNKNOWN = "unknown"


@direct
class Counted(StrEnum):
    """What a relative date is counted from."""

    ARTICLE = "article"
    """The day of writing: 去年, 昨天."""
    CONTEXT = "context"
    """The date that was spoken of last: 同年, 次日."""


class Date(NamedTuple):
    """A date, time, period or edition: code points `start` to `end`, the end exclusive."""

    start: int
    end: int
    kind: Kind
    first: Moment = Moment()
    last: Moment = Moment()
    """The end of a stretch, itself included; equal to `first` where there is none."""
    number: int = 0
    """The weekday from 1 for Monday, or the number of the edition."""
    counted: Counted | None = None
    """What the year of a relative date is counted from."""
    shift: int | None = None
    """How many years after that it lies: -1 for 去年."""
    resolved: Resolved = Resolved.WRITTEN
    language: str = "zh"

    @property
    def exists(self) -> bool:
        """Whether both ends are days and times that there are."""
        return self.first.exists and self.last.exists

    @property
    def value(self) -> str:
        """ISO 8601, XXXX for an unknown year, intervals as 2020-10-20/22; “22” for an edition, “W-7”
        for Sunday; empty for what has no such form: lunar dates, and days that there are not.
        """
        if self.kind is Kind.EDITION:
            return str(self.number)
        if self.kind is Kind.WEEKDAY:
            return f"W-{self.number}"
        if self.kind is Kind.LUNAR or not self.exists:
            return ""
        return interval_iso(self.first, self.last)


def single(start: int, end: int, kind: Kind, moment: Moment) -> Date:
    """A date that is one moment."""
    return Date(start, end, kind, moment, moment)


def century(start: int, end: int, number: int) -> Date:
    """A century of our era, or, with a number below 1, before it: 0 is the first century B.C."""
    first = 100 * number - 99
    return Date(start, end, Kind.CENTURY, Moment(first), Moment(first + 99))
