"""English dates: what the words of one place say, the context left aside."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Counted, Date, Kind, Resolved, century, single
from kanwu_rules.figures.moments import Moment

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)
}
YEARS_ON = {"l": -1, "p": -1, "t": 0, "n": 1}
LONGEST_BEFORE = 8
QUARTERS = {"fir": 1, "sec": 2, "thi": 3, "fou": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Whether such a word is a month is told in Python: the names alone take milliseconds to compile.
MONTH = r"[JFMASOND][a-z]{2,8}\.?"
TO = r"\ ?(?:-|–|—|~|to|and|through|until|till)\ ?"
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9A-Za-z%]|[.:][0-9]|,[0-9]{3}(?![0-9]))"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9A-Za-z%]|[.,:][0-9]{1,3}(?![0-9]))"

# What begins with a letter. A class stands first, so that `re` skips what begins otherwise.
LETTERED = Pattern(
    rf"""
    [JFMASONDTWQfstnlypC] (?<![A-Za-z0-9].)
    (?:
        (?:(?<=M)on|(?<=T)ues|(?<=W)ednes|(?<=T)hurs|(?<=F)ri|(?<=S)atur|(?<=S)un)day(?![A-Za-z]) (?P<as_weekday>)
    |   (?:(?<=M)on|(?<=T)ue|(?<=W)ed|(?<=T)hu|(?<=F)ri|(?<=S)at|(?<=S)un)
        (?=[.,]\ (?:{MONTH}|[0-9]{{1,2}}\ {MONTH})) (?P<as_short_weekday>)
    |   (?: (?<=[Ff])(?:irst|ourth) | (?<=[Ss])econd | (?<=[Tt])hird )
        [\ -](?: quarter (?:\ of\ (?P<quarter_year>{YEAR}))? (?P<as_quarter>)
        |   half\ of\ (?P<half_year>{YEAR}) (?P<as_half>) )
    |   (?<=Q)(?P<q>[1-4])(?:\ (?:of\ )?(?P<q_year>{YEAR}))?(?![A-Za-z0-9]) (?P<as_q>)
    |   (?: (?<=F)Y\ ?(?:20)?(?:[0-9]{{2}}) | (?<=[Ff])iscal\ (?:year\ )?{YEAR} ) (?P<as_fiscal>)
    |   (?: (?<=y)esterday | (?<=t)o(?:day|morrow) ) (?P<as_day>)
    |   (?<=t)he\ (?:same|following|previous|next)\ (?:day|month|year) (?P<as_near>)
    |   (?: (?<=l)ast | (?<=t)his | (?<=n)ext | (?<=p)revious ) \ (?P<unit>year|month|week|quarter|decade|century)(?![A-Za-z]) (?P<as_relative>)
    |   (?<=[JFMASOND])[a-z]{{2,8}}\.? (?![A-Za-z])
        (?: \ (?P<day>{DAY}) (?:{TO}(?:(?P<month2>{MONTH})\ )?(?P<day2>{DAY}))? (?:,?\ ?(?P<year>{YEAR}))?
        |   ,?\ (?:of\ )?(?P<year_only>{YEAR})
        |   (?<!\.)
        ) (?P<as_month>)
    )
    """
)
# What begins with a digit.
NUMBERED = Pattern(
    rf"""
    (?P<n> [0-9] (?<![A-Za-z0-9.,:/$€£¥%-].)[0-9]{{0,3}}) (?![0-9])
    (?:
        (?<![0-9]{{3}})(?:st|nd|rd|th)?
        (?:{TO}(?P<day2>{DAY}))? \ (?:of\ )? (?P<month>{MONTH})
        (?:\ ?{TO}(?P<day3>{DAY})\ (?P<month3>{MONTH}))? (?:,?\ (?P<year>{YEAR}))? (?P<as_date>)
    |   ['’]?s(?![A-Za-z]) (?P<as_decade>)
    |   [-–/](?P<season_end>[0-9]{{4}}|[0-9]{{2}})(?=\ (?:season|school\ year|academic)) (?P<as_season>)
    |   (?:st|nd|rd|th)\ centur(?:y|ies)(?P<before>\ B\.?C)? (?P<as_century>)
    |   (?:st|nd|rd|th)(?=\ (?:[A-Z]|session|edition|annual)) (?P<as_edition>)
    |   (?::(?P<minute>[0-9]{{2}}))?\ ?(?P<half>[ap])\.?m(?![A-Za-z])\.? (?P<as_time>)
    |   \ B\.?C\.?(?:E\.?)?(?![A-Za-z]) (?P<as_before>)
    |   (?<=[0-9]{{4}})(?:{TO}(?P<year_end>{YEAR}))?(?![0-9A-Za-z%:]|[.,][0-9]|-[0-9A-Za-z]) (?P<as_year>)
    )
    """
)
# A month or a year alone is one after these words.
BEFORE_MONTH = Pattern(
    r"(?:^|[^A-Za-z])(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ll]ast|[Nn]ext|[Tt]his|[Ff]rom|[Tt]o|early|late|mid|[Dd]uring)[ -]$"
)
BEFORE_YEAR = Pattern(
    r"""(?:^|[^A-Za-z])(?:[Ii]n|[Oo]f|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter
    |[Bb]etween|early|late|mid|[Yy]ear|[Tt]he)[ -]$ | \($ | ^$"""
)
AFTER_YEAR = Pattern(r"\ ?(?:[.,;:!?)），。；]|and\ |to\ |through\ |[A-Z]|$|\n)")
NO_EDITION = Pattern(r"(?:Avenue|Street|Floor|Place|Army|Division|Infantry|Regiment|St\.)")


def english_dates(text: str, start: int, end: int) -> list[Date]:
    """All dates between two offsets of a text, in order; years that are not written are left open."""
    found: list[Date] = []
    for pattern in (LETTERED, NUMBERED):
        for match in pattern.finditer(text, start, end):
            assert match.lastgroup
            date = READERS[match.lastgroup](text, match)
            if date is not None:
                found.append(date._replace(language="en"))
    found.sort(key=lambda date: (date.start, -date.end))
    kept: list[Date] = []
    for date in found:
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept


def day_in(written: str) -> int:
    """The day of 5, 15 or 15th."""
    return int(written[:2] if written[1:2].isdecimal() else written[:1])


@lru_cache(maxsize=512)
def month_in(written: str) -> int:
    """The month of a name or its abbreviation; 0 if it is none."""
    name = written.rstrip(".").lower()
    for number, month in enumerate(MONTHS, 1):
        if name == month or (name == month[: len(name)] and len(name) in (3, 4 * (number == 9))):
            return number
    return 0


def year_in(written: str | None) -> int | None:
    """The year, where one is written."""
    return int(written) if written else None


def year_before(year: int | None, month: int, later: int) -> int | None:
    """The year of the first month of a stretch that ends in a month of a year."""
    return year - 1 if year is not None and month > later else year


def _month(text: str, match: re.Match[str]) -> Date | None:
    """December 18, December 18 to 19, 2020, December 2020; December alone after a preposition."""
    start, end = match.span()
    written = match[0]
    month = month_in(written.partition(" ")[0].rstrip(","))
    if not month:
        return None
    year = year_in(match["year"] or match["year_only"])
    if match["day"]:
        first = Moment(year, month, day_in(match["day"]))
        if not match["day2"]:
            return single(start, end, Kind.DATE, first)
        month2 = month_in(match["month2"]) if match["month2"] else month
        if not month2:
            return single(start, match.end("day"), Kind.DATE, first._replace(year=None))
        first = first._replace(year=year_before(year, month, month2))
        return Date(start, end, Kind.PERIOD, first, Moment(year, month2, day_in(match["day2"])))
    if year is None:
        end = start + len(written.rstrip("."))
        if not BEFORE_MONTH.search(text, max(0, start - LONGEST_BEFORE), start):
            return None
    return single(start, end, Kind.MONTH, Moment(year, month))


def _weekday(_text: str, match: re.Match[str]) -> Date:
    return Date(*match.span(), Kind.WEEKDAY, number=WEEKDAYS[match[0][:3].lower()])


def _quarter(_text: str, match: re.Match[str]) -> Date:
    last = 3 * QUARTERS[match["q"] or match[0][:3].lower()]
    year = year_in(match["quarter_year"] or match["q_year"])
    return Date(*match.span(), Kind.QUARTER, Moment(year, last - 2), Moment(year, last))


def _half(_text: str, match: re.Match[str]) -> Date | None:
    number, year = QUARTERS[match[0][:3].lower()], int(match["half_year"])
    if number > 2:
        return None
    return Date(*match.span(), Kind.PERIOD, Moment(year, 6 * number - 5), Moment(year, 6 * number))


def _fiscal(_text: str, match: re.Match[str]) -> Date:
    digits = "".join(c for c in match[0] if c.isdecimal())
    return single(*match.span(), Kind.YEAR, Moment(int(digits) + (2000 if len(digits) == 2 else 0)))


def _near(_text: str, match: re.Match[str]) -> Date:
    return Date(*match.span(), Kind.RELATIVE, counted=Counted.CONTEXT)


def _today(_text: str, match: re.Match[str]) -> Date:
    return Date(*match.span(), Kind.RELATIVE, counted=Counted.ARTICLE)


def _relative(_text: str, match: re.Match[str]) -> Date:
    shift = YEARS_ON[match[0][0]] if match["unit"] == "year" else None
    return Date(*match.span(), Kind.RELATIVE, counted=Counted.ARTICLE, shift=shift)


def _date(_text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    year, month = year_in(match["year"]), month_in(match["month"])
    if not month:
        return None
    first = Moment(year, month, day_in(match["n"]))
    if match["day2"]:
        last = first._replace(day=day_in(match["day2"]))
        return Date(start, end, Kind.PERIOD, first, last)
    if match["day3"]:
        month3 = month_in(match["month3"])
        if not month3:
            return single(start, match.end("month"), Kind.DATE, first._replace(year=None))
        first = first._replace(year=year_before(year, month, month3))
        last = Moment(year, month3, day_in(match["day3"]))
        return Date(start, end, Kind.PERIOD, first, last)
    return single(start, end, Kind.DATE, first)


def _decade(_text: str, match: re.Match[str]) -> Date | None:
    number = int(match["n"])
    if number % 10 or number < 20 or 100 <= number < 1000:
        return None
    if number < 100:
        return Date(*match.span(), Kind.DECADE, number=number, resolved=Resolved.UNKNOWN)
    return Date(*match.span(), Kind.DECADE, Moment(number), Moment(number + 9))


def _season(_text: str, match: re.Match[str]) -> Date | None:
    first, last = int(match["n"]), int(match["season_end"])
    if first < 1000:
        return None
    if last < 100:
        last += first - first % 100
        last += 100 * (last < first)
    return Date(*match.span(), Kind.PERIOD, Moment(first), Moment(last))


def _century(_text: str, match: re.Match[str]) -> Date:
    number = int(match["n"])
    return century(*match.span(), 1 - number if match["before"] else number)


def _edition(text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    if NO_EDITION.match(text, end + 1):
        return None
    return Date(start, end, Kind.EDITION, number=int(match["n"]))


def _time(_text: str, match: re.Match[str]) -> Date | None:
    hour = int(match["n"])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["half"] == "p" else 0)
    minute = int(match["minute"]) if match["minute"] else None
    return single(*match.span(), Kind.TIME, Moment(None, None, None, hour, minute))


def _before(_text: str, match: re.Match[str]) -> Date:
    return single(*match.span(), Kind.YEAR, Moment(1 - int(match["n"])))


def _year(text: str, match: re.Match[str]) -> Date | None:
    """2020 or 2018-2022 where the words beside it say that it is a year."""
    start, end = match.span()
    first = int(match["n"])
    if (
        not 1000 <= first < 2100
        or not BEFORE_YEAR.search(text, max(0, start - LONGEST_BEFORE), start)
        or not AFTER_YEAR.match(text, end)
    ):
        return None
    last = int(match["year_end"] or first)
    kind = Kind.PERIOD if match["year_end"] else Kind.YEAR
    return Date(start, end, kind, Moment(first), Moment(last))


READERS: Mapping[str, Callable[[str, re.Match[str]], Date | None]] = {
    "as_month": _month,
    "as_weekday": _weekday,
    "as_short_weekday": _weekday,
    "as_quarter": _quarter,
    "as_q": _quarter,
    "as_half": _half,
    "as_fiscal": _fiscal,
    "as_day": _today,
    "as_near": _near,
    "as_relative": _relative,
    "as_date": _date,
    "as_decade": _decade,
    "as_season": _season,
    "as_century": _century,
    "as_edition": _edition,
    "as_time": _time,
    "as_before": _before,
    "as_year": _year,
}
