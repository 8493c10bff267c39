"""Dates: every date, time, period and edition that a document names, its year found in the context."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.chinese_dates import chinese_dates
from kanwu_rules.figures.date import Counted, Date, Kind, Resolved
from kanwu_rules.figures.date_context import in_context
from kanwu_rules.figures.date_stretches import stretches
from kanwu_rules.figures.english_dates import english_dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu import Document

__all__ = ["Counted", "Date", "Dates", "Kind", "Resolved", "dates_in"]

# Without one of these a text names no date that is read here.
CHINESE = Pattern("[年月日号號周週期届屆时時点點纪紀季：:／/．.-]")
LATIN = Pattern("[A-Za-z][A-Za-z]")


class Dates:
    """The dates of a document in the order of the text; no two of them overlap."""

    __slots__ = ("all",)

    def __init__(self, dates: Sequence[Date]) -> None:
        self.all = dates

    @classmethod
    def of(cls, document: Document) -> Dates:
        found = dates_in(document.text)
        return cls(in_context(document, found) if found else ())

    def between(self, start: int, end: int) -> Sequence[Date]:
        """The dates that lie, even in part, between two offsets."""
        first = bisect_left(self.all, start, key=attrgetter("start"))
        if first and self.all[first - 1].end > start:
            first -= 1
        return self.all[first : bisect_left(self.all, end, lo=first, key=attrgetter("start"))]


def dates_in(text: str, start: int = 0, end: int | None = None) -> list[Date]:
    """The dates between two offsets of a text as they are written, years that are unsaid left open."""
    end = len(text) if end is None else end
    found = chinese_dates(text, start, end) if CHINESE.search(text, start, end) else []
    english = english_dates(text, start, end) if LATIN.search(text, start, end) else []
    return stretches(text, _merged(found, english) if english else found)


def _merged(chinese: Sequence[Date], english: Sequence[Date]) -> Sequence[Date]:
    """Both in one order; where both read one place, the longer reading holds."""
    merged: list[Date] = []
    for date in sorted([*chinese, *english], key=lambda d: (d.start, -d.end)):
        if not merged or date.start >= merged[-1].end:
            merged.append(date)
        elif date.end - date.start > merged[-1].end - merged[-1].start:
            merged[-1] = date
    return merged
