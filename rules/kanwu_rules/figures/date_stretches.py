"""Stretches of time: two dates with 至, 到, a dash or “to” between them are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Counted, Date, Kind
from kanwu_rules.figures.moments import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

JOINS = Pattern(r"\s?(?:至|到|[-－–—―─~～﹣−]{1,2})\s?|\ (?:to|through|until)\ ")
LONGEST_JOIN = 9
JOINED = frozenset(
    (Kind.DATE, Kind.MONTH, Kind.YEAR, Kind.TIME, Kind.PERIOD, Kind.QUARTER, Kind.ERA)
)


def stretches(text: str, found: Sequence[Date]) -> list[Date]:
    """The same dates, those that are joined by 至, 到 or a dash as one."""
    merged: list[Date] = []
    for date in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and 0 < date.start - last.end <= LONGEST_JOIN
            and last.kind in JOINED
            and date.kind in JOINED
            and (last.kind is Kind.TIME) == (date.kind is Kind.TIME)
            and last.first == last.last
            and JOINS.fullmatch(text, last.end, date.start)
        ):
            merged[-1] = _stretch(last, date)
        else:
            merged.append(date)
    return merged


def _stretch(first: Date, last: Date) -> Date:
    """From one date to another, which takes from the first what it does not say itself."""
    year, month, day, *clock = last.last
    start = first.first
    if first.kind is Kind.TIME:
        return first._replace(end=last.end, last=last.last)
    if month is None and day is not None:
        month = start.month
    if year is None and start.year is not None:
        later = last.counted is None and None not in (month, start.month) and month < start.month  # type: ignore[operator]
        year = start.year + later + (last.shift or 0 if last.counted is Counted.CONTEXT else 0)
    return first._replace(end=last.end, kind=Kind.PERIOD, last=Moment(year, month, day, *clock))
