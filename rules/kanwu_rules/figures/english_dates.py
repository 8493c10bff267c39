"""English dates: what the words of one place say, the context left aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Counted, Date, Kind, Resolved
from kanwu_rules.figures.moments import Moment

if TYPE_CHECKING:
    import re

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
WEEKDAYS = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1)
}
QUARTERS = {"fir": 1, "sec": 2, "thi": 3, "fou": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FIRST_MONTHS = r"""(?: (?<=J)(?:an(?:uary)?|une?|uly?) | (?<=F)eb(?:ruary)? | (?<=M)(?:ar(?:ch)?|ay)
    | (?<=A)(?:pr(?:il)?|ug(?:ust)?) | (?<=S)ept?(?:ember)? | (?<=O)ct(?:ober)? | (?<=N)ov(?:ember)?
    | (?<=D)ec(?:ember)? )(?![A-Za-z])\.?"""
MONTH = r"""(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?
    |Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"""
TO = r"\ ?(?:-|–|—|~|to|and|through|until|till)\ ?"
DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9A-Za-z%]|[.:][0-9]|,[0-9]{3}(?![0-9]))"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![0-9A-Za-z%]|[.,:][0-9]{1,3}(?![0-9]))"

# What begins with a letter. A class stands first, so that `re` skips what begins otherwise.
LETTERED = Pattern(
    rf"""
    [JFMASONDTWQfstnlypC] (?<![A-Za-z0-9].)
    (?:
        {FIRST_MONTHS}
        (?: \ (?P<day>{DAY}) (?:{TO}(?:(?P<month2>{MONTH})\ )?(?P<day2>{DAY}))? (?:,?\ ?(?P<year>{YEAR}))?
        |   ,?\ (?:of\ )?(?P<year_only>{YEAR})
        )? (?P<month>)
    |   (?P<weekday>(?<=M)on|(?<=T)ues|(?<=W)ednes|(?<=T)hurs|(?<=F)ri|(?<=S)atur|(?<=S)un)day(?![A-Za-z])
    |   (?P<short>(?<=M)on|(?<=T)ue|(?<=W)ed|(?<=T)hu|(?<=F)ri|(?<=S)at|(?<=S)un)(?:[.,](?=\ (?:{MONTH}|[0-9]{{1,2}}\ {MONTH})))
    |   (?: (?<=[Ff])(?:irst|ourth) | (?<=[Ss])econd | (?<=[Tt])hird )
        [\ -](?P<quarter>quarter|half)(?:\ of(?:\ the\ year)?)?(?:\ (?P<quarter_year>{YEAR}))?
    |   (?<=Q)(?P<q>[1-4])(?:\ (?:of\ )?(?P<q_year>{YEAR}))?(?![A-Za-z0-9])
    |   (?: (?<=F)Y\ ?(?:20)?(?:[0-9]{{2}}) | (?<=[Ff])iscal\ (?:year\ )?{YEAR} ) (?P<fiscal>)
    |   (?<=y)esterday | (?<=t)o(?:day|morrow)
    |   (?<=t)he\ (?:same|following|previous|next)\ (?:day|month) (?P<near>)
    |   (?: (?<=l)ast | (?<=t)his | (?<=n)ext | (?<=p)revious ) \ (?P<unit>year|month|week|quarter|decade|century)(?![A-Za-z])
    )
    """
)
# What begins with a digit.
NUMBERED = Pattern(
    rf"""
    [0-9] (?<![A-Za-z0-9.,:/$€£¥%-].)
    (?:
        (?<=(?P<day_one>[0-9])) (?P<day_rest>[0-9]?)(?:st|nd|rd|th)?
        (?:{TO}(?P<day2>{DAY}))? \ (?:of\ )? (?P<month>{MONTH})
        (?:\ ?{TO}(?P<day3>[0-9]{{1,2}})(?:st|nd|rd|th)?\ (?P<month3>{MONTH}))? (?:,?\ (?P<year>{YEAR}))?
    |   (?P<decade>[0-9]{{0,2}}0)['’]?s(?![A-Za-z])
    |   (?P<season>[0-9]{{3}})[-–/](?P<season_end>[0-9]{{4}}|[0-9]{{2}})(?=\ (?:season|school\ year|academic))
    |   (?P<edition>[0-9]{{0,2}})(?:st|nd|rd|th)\ (?:(?P<century>century|centuries)(?P<bc_century>\ B\.?C)?|(?=[A-Z]|session|edition|annual))
    |   (?P<clock>[0-9]?)(?::(?P<minute>[0-9]{{2}}))?\ ?(?P<half>[ap])\.?m(?![A-Za-z])\.?
    |   (?P<bc>[0-9]{{0,3}})\ B\.?C\.?(?:E\.?)?(?![A-Za-z])
    |   (?P<year_rest>[0-9]{{3}})(?:{TO}(?P<year_end>{YEAR}))?(?![0-9A-Za-z%:]|[.,][0-9]|-[0-9A-Za-z])
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
    found = [d for m in LETTERED.finditer(text, start, end) if (d := _lettered(text, m))]
    found += [d for m in NUMBERED.finditer(text, start, end) if (d := _numbered(text, m))]
    found.sort(key=lambda date: (date.start, -date.end))
    kept: list[Date] = []
    for date in found:
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept


def _date(start: int, end: int, kind: Kind, first: Moment, last: Moment | None = None) -> Date:
    return Date(start, end, kind, first, first if last is None else last, language="en")


def _day(written: str) -> int:
    return int(written[:2] if written[1:2].isdecimal() else written[:1])


def _month(written: str) -> int:
    return MONTHS[written[:3].lower()]


def _year(written: str | None) -> int | None:
    return int(written) if written else None


def _lettered(text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    written = match[0]
    if match["month"] is not None:
        return _after_month(text, match)
    weekday = match["weekday"] or match["short"]
    if weekday:
        end -= match["short"] is not None  # its stop or comma
        return Date(start, end, Kind.WEEKDAY, number=WEEKDAYS[written[:3].lower()], language="en")
    if match["quarter"] or match["q"]:
        number = QUARTERS[match["q"] or written[:3].lower()]
        year = _year(match["quarter_year"] or match["q_year"])
        if match["quarter"] == "half":
            if year is None or number > 2:
                return None
            first = 6 * number - 5
            return _date(start, end, Kind.PERIOD, Moment(year, first), Moment(year, first + 5))
        return _date(
            start, end, Kind.QUARTER, Moment(year, 3 * number - 2), Moment(year, 3 * number)
        )
    if match["fiscal"] is not None:
        digits = "".join(c for c in written if c.isdecimal())
        return _date(start, end, Kind.YEAR, Moment(int(digits) + (2000 if len(digits) == 2 else 0)))
    shift = None
    if match["unit"] == "year":
        shift = {"l": -1, "t": 0, "n": 1, "p": -1}[written[0]]
    context = match["near"] is not None or written[0] == "p"
    counted = Counted.CONTEXT if context else Counted.ARTICLE
    return Date(start, end, Kind.RELATIVE, counted=counted, shift=shift, language="en")


def _after_month(text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    month = _month(match[0])
    year = _year(match["year"] or match["year_only"])
    if match["day"]:
        first = Moment(year, month, _day(match["day"]))
        if not match["day2"]:
            return _date(start, end, Kind.DATE, first)
        month2 = _month(match["month2"]) if match["month2"] else month
        first = first._replace(year=_year_before(year, month, month2))
        return _date(start, end, Kind.PERIOD, first, Moment(year, month2, _day(match["day2"])))
    if year is None and (
        match[0].endswith(".")
        and len(match[0]) < 5
        or not BEFORE_MONTH.search(text, max(0, start - 8), start)
    ):
        return None
    if year is None:
        end = start + len(match[0].rstrip("."))
    return _date(start, end, Kind.MONTH, Moment(year, month))


def _year_before(year: int | None, month: int, later: int) -> int | None:
    """The year of the first month of a stretch that ends in a year."""
    return year - 1 if year is not None and month > later else year


def _numbered(text: str, match: re.Match[str]) -> Date | None:
    start, end = match.span()
    written = match[0]
    if match["month"]:
        year, month = _year(match["year"]), _month(match["month"])
        first = Moment(year, month, _day(written))
        if match["day2"]:
            return _date(start, end, Kind.PERIOD, first, Moment(year, month, _day(match["day2"])))
        if match["day3"]:
            month3 = _month(match["month3"])
            first = first._replace(year=_year_before(year, month, month3))
            return _date(start, end, Kind.PERIOD, first, Moment(year, month3, int(match["day3"])))
        return _date(start, end, Kind.DATE, first)
    if match["decade"]:
        number = int(written[0] + match["decade"])
        if 1000 <= number < 2100:
            return _date(start, end, Kind.DECADE, Moment(number), Moment(number + 9))
        if 20 <= number < 100:
            found = _date(start, end, Kind.DECADE, Moment())
            return found._replace(number=number, resolved=Resolved.UNKNOWN)
        return None
    if match["season"]:
        year = int(written[:4])
        last = int(match["season_end"])
        last = last if last > 99 else year - year % 100 + last + (100 if last < year % 100 else 0)
        return _date(start, end, Kind.PERIOD, Moment(year), Moment(last)) if year >= 1000 else None
    if match["edition"] is not None:
        number = int(written[0] + match["edition"])
        if match["century"]:
            if match["bc_century"]:
                return _date(
                    start, end, Kind.CENTURY, Moment(1 - 100 * number), Moment(100 - 100 * number)
                )
            return _date(start, end, Kind.CENTURY, Moment(100 * number - 99), Moment(100 * number))
        if NO_EDITION.match(text, end):
            return None
        return Date(start, end - 1, Kind.EDITION, number=number, language="en")
    if match["half"]:
        hour, minute = int(written[0] + match["clock"]), match["minute"]
        if hour > 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
        return _date(start, end, Kind.TIME, Moment(None, None, None, hour, _year(minute)))
    if match["bc"] is not None:
        return _date(start, end, Kind.YEAR, Moment(1 - int(written[0] + match["bc"])))
    return _years(text, match)


def _years(text: str, match: re.Match[str]) -> Date | None:
    """2020 or 2018-2022 where the words beside it say that it is a year."""
    start, end = match.span()
    first = int(match[0][:4])
    if not 1000 <= first < 2100:
        return None
    if not BEFORE_YEAR.search(text, max(0, start - 8), start) or not AFTER_YEAR.match(text, end):
        return None
    if match["year_end"]:
        return _date(start, end, Kind.PERIOD, Moment(first), Moment(int(match["year_end"])))
    return _date(start, end, Kind.YEAR, Moment(first))
