"""The years (and months) that dates leave unsaid, taken from what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu.analysis.articles import Articles
from kanwu.analysis.lines import Lines
from kanwu_rules.figures.date import Counted, Date, Kind, Resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document
    from kanwu_rules.figures.moments import Moment

SENTENCE_END = Pattern(r"[。！？!?；;\n\r]|\.\s")
LINE_END = Pattern(r"[\n\r]")
# How many dates a dateline is looked for among, at either end of an article, and its longest line.
NEAR_EDGE = 6
LONGEST_DATELINE = 80
FROM_CONTEXT = frozenset((Kind.DATE, Kind.MONTH, Kind.PERIOD, Kind.QUARTER))


class Context:
    """What has been said of time so far in an article."""

    __slots__ = ("day", "found", "published")

    def __init__(self, published: Moment | None) -> None:
        self.published = published
        self.day: Moment | None = None
        """The year that was said last, with the month if one was said with it or since."""
        self.found = Resolved.SENTENCE


def in_context(document: Document, dates: Sequence[Date]) -> list[Date]:
    """The dates with years where the context gives them, and how each was found."""
    found: list[Date] = []
    for article in _by_article(document, dates):
        context = Context(_published(document, article))
        end = article[0].start
        for date in article:
            _pass_over(context, document.text, end, date.start)
            found.append(_resolve(context, date))
            end = date.end
    return found


def _by_article(document: Document, dates: Sequence[Date]) -> Iterator[list[Date]]:
    group: list[Date] = []
    articles = iter(document.get(Articles))
    end = next(articles).end
    for date in dates:
        if date.start >= end:
            if group:
                yield group
            group = []
            while date.start >= end:
                end = next(articles).end
        group.append(date)
    yield group


def _published(document: Document, dates: Sequence[Date]) -> Moment | None:
    """The day of publication: a full date in a short line near the top of an article, or its last line."""
    lines = document.get(Lines)
    near = [*dates[:NEAR_EDGE], *dates[-1:]]
    for date in near:
        if date.kind is Kind.DATE and date.first.year is not None and date.exists:
            line = lines.index(date.start)
            if lines.ends[line] - lines.starts[line] <= LONGEST_DATELINE:
                return date.first
    return None


def _pass_over(context: Context, text: str, start: int, end: int) -> None:
    """Take note of the sentences and lines that end between one date and the next."""
    if context.day is None or not SENTENCE_END.search(text, start, end):
        return
    if LINE_END.search(text, start, end):
        context.day = None
    else:
        context.found = Resolved.PARAGRAPH


def _resolve(context: Context, date: Date) -> Date:
    first, last = date.first, date.last
    if date.kind is Kind.RELATIVE and date.shift is None:
        return date._replace(resolved=Resolved.UNKNOWN)
    if date.kind is not Kind.RELATIVE and (date.kind not in FROM_CONTEXT or first.year is not None):
        if first.year is not None and date.kind in (*FROM_CONTEXT, Kind.YEAR):
            context.day, context.found = last, Resolved.SENTENCE
        return date
    said, how = _source(context, date)
    if said is None or said.year is None:
        return date._replace(resolved=Resolved.UNKNOWN)
    year = said.year + (date.shift or 0)
    if date.kind is not Kind.RELATIVE and first.month is None:
        month = said.month
        if month is None:
            return date._replace(resolved=Resolved.UNKNOWN)
        first = first._replace(month=month)
        last = last._replace(month=month) if last.month is None else last
    first = first._replace(year=year)
    if last.year is None:
        later = None not in (first.month, last.month) and last.month < first.month  # type: ignore[operator]
        last = last._replace(year=year + later)
    context.day = last
    return date._replace(first=first, last=last, resolved=how)


def _source(context: Context, date: Date) -> tuple[Moment | None, Resolved]:
    """The date whose year a date means, and where it stands."""
    if date.counted is Counted.ARTICLE:
        return context.published, Resolved.ARTICLE
    if context.day is not None:
        return context.day, context.found
    return context.published, Resolved.ARTICLE
