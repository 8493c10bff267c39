"""FIG010 weekday-mismatch."""

from __future__ import annotations

from datetime import date as date_of
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Good, Literals, Related, Rule, place
from kanwu.analysis.articles import Articles
from kanwu_rules.figures.dates import Dates, Kind, Resolved, dates_in
from kanwu_rules.figures.moments import weekday_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.figures.dates import Date

ZH = "一二三四五六日"
EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMES = {"zh": tuple(f"星期{c}" for c in ZH), "en": EN}
# What may stand between a date and its weekday.
BETWEEN = frozenset(("", " ", "（", "(", "，", ",", ", ", " (", " （", "、"))
BETWEEN_REVERSED = frozenset(("（", "(", ", ", " (", " （", " ", "., "))
# How far a date reaches from its weekday.
REACH = 24
FIRST_YEAR = 1912
# Without its year a date needs as many others beside it that prove which year is meant.
LEAST_AGREEING = 2
# A year is told from as many pairs.
MOST_PAIRS = 100


class Pair(NamedTuple):
    """A date and the weekday that the text gives it."""

    date: Date
    weekday: Date

    def holds(self, year: int) -> bool:
        """Whether the weekday is right in a year."""
        _, month, day, *_ = self.date.first
        assert month is not None
        assert day is not None
        if not self.date.first._replace(year=year).exists:
            return False
        return weekday_of(year, month, day) == self.weekday.number


class WeekdayMismatch(Rule):
    """A date and its weekday do not agree: 2020年11月15日（星期四） was a Sunday.

    One of the two is wrong, and whoever goes by the text comes on the wrong day. The finding shows the
    weekday that the date has and the nearest dates that have the weekday. Which one is meant only the
    source can tell.

    The year must be certain: it stands in the date, or at least two other dates of the article agree
    with their weekdays in a year that the article names.

    **What it leaves alone.** Dates of an unknown year; weekdays that belong to several dates
    (15日、16日（周六、周日）) or to a period; dates before 1912; lunar dates; in December and January
    dates without a year whose weekday is right in the year before or after.

    **Source.** The Gregorian calendar.
    """

    code = "FIG010"
    name = "weekday-mismatch"
    where = (
        Literals(
            *(f"{mark}{word}" for mark in "（(日号號，, " for word in ("星期", "礼拜", "禮拜")),
            *(f"{mark}{week}{day}" for mark in "（(日号號，, " for week in "周週" for day in ZH),
            *EN,
            *(f"{name[:3]}{mark}" for name in EN for mark in (", ", ". ")),
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        "mismatch": "“{date}” is a {right} in {year}, and the text says “{said}”, which would be {earlier} "
        "or {later}; either the date or the weekday is wrong",
        "agrees": "in {year} this date and its weekday agree",
    }
    examples = (
        Bad("发布会定于2020年11月15日（星期四）上午举行。", finds=("2020年11月15日（星期四",)),
        Bad(
            "2021年国庆节放假安排：9月26日（星期一）、10月9日（星期六）上班，10月8日（星期五）上课。",
            finds=("9月26日（星期一",),
        ),
        Bad("The forum opens on Monday, November 15, 2020.", finds=("Monday, November 15, 2020",)),
        Good("发布会定于2020年11月15日（星期日）上午举行。"),
        Good("发布会定于11月15日（星期四）上午举行。"),
        Good("2020年11月14日、15日（周六、周日）举行，每周一闭馆。"),
        Good("The forum opens on Sunday, November 15, 2020."),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        # The whole document is read only where a date stands beside one of the weekdays.
        if not any(any(pairs_of(text, dates_in(text, *window))) for window in around(places)):
            return
        dates = document.get(Dates)
        pairs = [pair for pair in pairs_of(text, dates.all) if is_day_of_ours(pair.date)]
        if not pairs:
            return
        article_at = document.get(Articles).at
        for (start, end), group in groupby(pairs, key=lambda p: article_at(p.date.start)[:2]):
            named = {date.first.year for date in dates.between(start, end)}
            yield from self._in_article(document, list(group), named)

    def _in_article(
        self, document: Document, pairs: Sequence[Pair], named: Iterable[int | None]
    ) -> Iterator[Finding]:
        sure = year_of(pairs[:MOST_PAIRS], {year for year in named if year is not None})
        agreeing = list(islice((p for p in pairs if sure and p.holds(sure)), LEAST_AGREEING))
        for pair in pairs:
            year = pair.date.first.year
            if pair.date.resolved is Resolved.WRITTEN and year is not None:
                if not pair.holds(year):
                    yield self._mismatch(document, pair, year, ())
            elif sure is not None and not pair.holds(sure) and not near_turn(pair, sure):
                yield self._mismatch(document, pair, sure, agreeing)

    def _mismatch(
        self, document: Document, pair: Pair, year: int, agreeing: Sequence[Pair]
    ) -> Finding:
        text = document.text
        date, weekday = pair
        _, month, day, *_ = date.first
        assert month is not None
        assert day is not None
        right = weekday_of(year, month, day)
        start, end = min(date.start, weekday.start), max(date.end, weekday.end)
        # The last day before it with that weekday, and the first day after it.
        ordinal = date_of(year, month, day).toordinal()
        ahead = (weekday.number - right) % 7
        earlier, later = (date_of.fromordinal(ordinal + n).isoformat() for n in (ahead - 7, ahead))
        return self.finding(
            place(document, start, end),
            self.say(
                "mismatch",
                date=text[date.start : date.end],
                right=NAMES[date.language][right - 1],
                year=year,
                said=text[weekday.start : weekday.end],
                earlier=earlier,
                later=later,
            ),
            related=[
                Related(place(document, p.date.start, p.weekday.end), self.say("agrees", year=year))
                for p in agreeing
            ],
            evidence={
                "date": f"{year}-{month:02d}-{day:02d}",
                "weekday": right,
                "said": weekday.number,
                "nearest": [earlier, later],
                "year": str(date.resolved),
            },
        )


def around(places: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The text around places, that of neighbours in one piece."""
    first, last = places[0].start - REACH, places[0].end + REACH
    for start, end in places:
        if start - REACH > last:
            yield max(0, first), last
            first = start - REACH
        last = end + REACH
    yield max(0, first), last


def pairs_of(text: str, dates: Sequence[Date]) -> Iterator[Pair]:
    """Those dates of a text that have a weekday beside them, each with it."""
    for index, (one, other) in enumerate(pairwise(dates)):
        between = text[one.end : other.start]
        if one.kind is Kind.DATE and other.kind is Kind.WEEKDAY:
            if between in BETWEEN and not is_shared(text, dates, index):
                yield Pair(one, other)
        elif (
            one.kind is Kind.WEEKDAY
            and other.kind is Kind.DATE
            and between in BETWEEN_REVERSED
            and (other.language == "en" or between.strip() in ("（", "("))
            and (index == 0 or dates[index - 1].end + 2 < one.start)
        ):
            yield Pair(other, one)


def is_shared(text: str, dates: Sequence[Date], index: int) -> bool:
    """Whether the weekday after a date belongs to several dates, or is one of several."""
    date, weekday = dates[index], dates[index + 1]
    if index + 2 < len(dates):
        after = dates[index + 2]
        if after.kind is Kind.WEEKDAY and after.start - weekday.end <= 2:
            return True
    if text[weekday.end : weekday.end + 1] in ("至", "到", "、", "-", "—", "~"):
        follows = text[weekday.end + 1 : weekday.end + 2]
        if follows in ("周", "週", "星", "礼", *ZH):
            return True
    if index == 0:
        return False
    before = dates[index - 1]
    return before.kind is Kind.DATE and text[before.end : date.start].strip() in (
        "、",
        "和",
        "及",
        "-",
        "至",
    )


def is_day_of_ours(date: Date) -> bool:
    """Whether it is a day of the Gregorian calendar that there is."""
    first = date.first
    if first.month is None or first.day is None or not date.exists:
        return False
    return first.year is None or first.year >= FIRST_YEAR


def year_of(pairs: Sequence[Pair], named: Iterable[int]) -> int | None:
    """The year among those named in which dates and weekdays agree, if that is certain.

    Two years that begin with the same weekday fit equally well, and neither is certain.
    """
    fit = {year: sum(pair.holds(year) for pair in pairs) for year in named if year >= FIRST_YEAR}
    best = max(fit, key=fit.__getitem__, default=0)
    agreeing = fit.get(best, 0)
    wrong = len(pairs) - agreeing
    if agreeing < LEAST_AGREEING or 2 * wrong > agreeing or list(fit.values()).count(agreeing) > 1:
        return None
    return best


def near_turn(pair: Pair, year: int) -> bool:
    """Whether a date near the turn of the year may belong to the next year or the last one."""
    return pair.date.first.month in (12, 1) and (pair.holds(year - 1) or pair.holds(year + 1))
