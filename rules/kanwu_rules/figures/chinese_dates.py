"""Chinese dates: what the characters of one place say, the context left aside."""

from __future__ import annotations

from kanwu_rules.figures.date import Date, Kind
from kanwu_rules.figures.date_numbers import DIGITS
from kanwu_rules.figures.moments import Moment
from kanwu_rules.figures.named_dates import named_dates
from kanwu_rules.figures.numbered_dates import DATE_AFTER, numbered_date

# A date is read in the light of the one before it if no more characters than these lie between.
NEAR = 3
AFTER_RELATIVE = frozenset((Kind.MONTH, Kind.DATE, Kind.PERIOD, Kind.QUARTER))


def chinese_dates(text: str, start: int, end: int) -> list[Date]:
    """All dates between two offsets of a text, in order; years that are not written are left open."""
    found: list[Date] = []
    words = named_dates(text, start, end)
    word = next(words, None)
    spans = [match.span() for match in DIGITS.finditer(text, start, end)]
    for index, (at, after) in enumerate(spans):
        if text[after : after + 1] not in DATE_AFTER:
            continue
        while word is not None and word.start <= at:
            take(found, word)
            word = next(words, None)
        last = found[-1] if found else None
        if last is None or last.end <= at:
            near = last if last is not None and at - last.end <= NEAR else None
            take(found, numbered_date(text, spans, index, near))
    while word is not None:
        take(found, word)
        word = next(words, None)
    return found


def take(found: list[Date], date: Date | None) -> None:
    """Add a date to those before it: 去年 and 12月 side by side become one, as do 20世纪 and 90年代."""
    if date is None:
        return
    last = found[-1] if found else None
    if last is None or last.end + 1 < date.start:
        found.append(date)
    elif is_relative_to(last, date):
        found[-1] = date._replace(start=last.start, counted=last.counted, shift=last.shift)
    elif last.kind is Kind.CENTURY and date.kind is Kind.DECADE and last.end == date.start:
        assert last.first.year is not None
        first = last.first.year - 1 + date.number
        found[-1] = Date(last.start, date.end, Kind.DECADE, Moment(first), Moment(first + 9))
    elif date.start >= last.end:
        found.append(date)


def is_relative_to(last: Date, date: Date) -> bool:
    """Whether a date begins with the relative one before it: 去年 and 12月, 同月 and 3日."""
    return (
        last.kind is Kind.RELATIVE
        and date.kind in AFTER_RELATIVE
        and date.first.year is None
        and (last.shift is None) == (date.first.month is None)
    )
