"""Chinese dates that begin with a word: 去年, 同月, 星期日, 公元前221年, 康熙三年, 农历八月十五, 第22届."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kanwu import read_table
from kanwu_rules.figures.date import Counted, Date, Kind
from kanwu_rules.figures.moments import Moment
from kanwu_rules.figures.numbered_dates import VALUES, B, D, H, century, single, small

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SMALL = rf"(?:[{D}]{{1,2}}|[{H}]{{1,3}})"
YEARS = rf"(?:[{D}]{{1,4}}|[{H}]{{1,4}})"
# As `NUMBERED`; the first character has been read when its word is told by looking back at it.
NAMED = rf"""
    [去今昨明前后後同当當次翌本上下公西农農阴陰旧舊正腊臘冬闰閏星礼禮周週第ERAS]
    (?:
        (?<=[去今明前后後同当當次翌本])年(?![级級龄齡轻輕会會纪紀画畫货貨味夜终終报報]) (?P<as_year>)
    |   (?<=[昨今明前后後当當同次翌])[日天晚](?![报報])(?P<as_near>)
    |   (?<=[上下本同当當次])[个個]?月 (?P<as_near_month>)
    |   (?<=[上本])[个個]?世[纪紀] (?: {B}(?P<tens>[{D}]{{2}}|[{H}]{{2,3}}){B}年代 )? (?P<as_century>)
    |   (?<=[上下本])[个個]?(?:周|週|星期) (?: (?P<weekday>[一二三四五六日天]) (?P<as_weekday>) | (?P<as_near_week>) )
    |   (?: (?<=星)期 | (?<=[礼禮])拜 | (?<=[周週])(?<![一二两兩三四五六七八九十几幾数數半{D}].) )
        [一二三四五六日天](?![次个個期年天刊岁歲]) (?P<as_weekday_alone>)
    |   (?<=[公西])元前{B}(?P<before>{YEARS}){B}(?: 年(?P<as_before>) | 世[纪紀](?P<as_century_before>) )
    |   (?<=前)(?P<early>[{D}]{{3,4}})年 (?P<as_early>)
    |   (?<=[农農阴陰旧舊])[历曆歷]
        (?: {B}[{H}甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{{1,4}}年 )?
        {B}[闰閏]?(?:{SMALL}|[正腊臘冬])月 (?: 初[{H}] | {B}{SMALL}日? )? (?P<as_lunar>)
    |   (?: (?<=[正腊臘冬]) | (?<=[闰閏])[{H}]{{1,2}} )月 (?: 初[{H}] | [{H}]{{1,3}}日? )? (?P<as_moon>)
    |   (?<=第){B}(?P<edition>[{D}]{{1,4}}|[{H}百]{{1,6}}){B}
        (?: [届屆期] | 次(?=[^\s，。；：！？,.;:!?、]{{0,16}}(?:大[会會]|[会會][议議]|峰[会會]|论坛|論壇|全[会會])) )
        (?P<as_edition>)
    |   (?P<era>ERA) {B}(?P<era_year>元|{SMALL}){B}年
        (?: {B}(?P<era_month>{SMALL}){B}月 (?: {B}(?P<era_day>{SMALL}){B}日 )? )? (?P<as_era>)
    )
"""
YEARS_ON = {"去": -1, "今": 0, "明": 1, "前": -2, "后": 2, "後": 2, "本": 0}
YEARS_LATER = {"同": 0, "当": 0, "當": 0, "次": 1, "翌": 1}
WEEKDAYS: dict[str, int] = dict(zip("一二三四五六日天", (*range(1, 8), 7), strict=True))


@cache
def eras() -> dict[str, tuple[int, bool]]:
    """The year before the first of each era, and whether its months are those of our calendar."""
    table = read_table(__file__, "eras.toml")
    return {
        name: (year, kind == "gregorian") for kind in table for name, year in table[kind].items()
    }


@cache
def named() -> re.Pattern[str]:
    """The pattern of `NAMED`, with the names of all eras."""
    names = sorted(eras())
    first = "".join(sorted({name[0] for name in names}))
    rest = "|".join(f"(?<={name[0]}){name[1:]}" for name in names)
    source = NAMED.replace("ERAS", first).replace("(?P<era>ERA)", f"(?P<era>{rest})")
    return re.compile(source, re.VERBOSE)


def named_date(match: re.Match[str]) -> Date | None:
    """What a match of `named` says; None where it is no date."""
    assert match.lastgroup
    return READERS[match.lastgroup](match)


@lru_cache(maxsize=256)
def edition_number(written: str) -> int:
    """The number of an edition, up to 999, or any in digits; 0 or less if it is none."""
    hundreds, hundred, rest = written.partition("百")
    if not hundred:
        return small(written)
    if "百" in rest or hundreds not in VALUES:
        return 0
    return 100 * VALUES[hundreds] + (small(rest.lstrip("零〇")) if rest.strip("零〇") else 0)


def _relative(match: re.Match[str], counted: Counted, shift: int | None = None) -> Date:
    return Date(*match.span(), Kind.RELATIVE, counted=counted, shift=shift)


def _year(match: re.Match[str]) -> Date:
    first = match[0][0]
    if first in YEARS_ON:
        return _relative(match, Counted.ARTICLE, YEARS_ON[first])
    return _relative(match, Counted.CONTEXT, YEARS_LATER[first])


def _near(match: re.Match[str]) -> Date:
    context = match[0][0] in YEARS_LATER
    return _relative(match, Counted.CONTEXT if context else Counted.ARTICLE)


def _weekday(match: re.Match[str]) -> Date:
    return Date(*match.span(), Kind.WEEKDAY, number=WEEKDAYS[match[0][-1]])


def _before(match: re.Match[str]) -> Date | None:
    number = small(match["before"] or match["early"])
    return single(*match.span(), Kind.YEAR, Moment(1 - number)) if number > 0 else None


def _century_before(match: re.Match[str]) -> Date | None:
    number = small(match["before"])
    return century(*match.span(), 1 - number) if number > 0 else None


def _century(match: re.Match[str]) -> Date:
    number = 20 if match[0][0] == "上" else 21
    if not match["tens"]:
        return century(*match.span(), number)
    first = 100 * number - 100 + small(match["tens"])
    return Date(*match.span(), Kind.DECADE, Moment(first), Moment(first + 9))


def _lunar(match: re.Match[str]) -> Date:
    return Date(*match.span(), Kind.LUNAR)


def _edition(match: re.Match[str]) -> Date | None:
    number = edition_number(match["edition"])
    return Date(*match.span(), Kind.EDITION, number=number) if number > 0 else None


def _era(match: re.Match[str]) -> Date | None:
    before, ours = eras()[match[0][0] + match["era"]]
    number = 1 if match["era_year"] == "元" else small(match["era_year"])
    if number <= 0:
        return None
    moment = Moment(before + number)
    if ours and match["era_month"]:
        day = small(match["era_day"]) if match["era_day"] else None
        moment = Moment(before + number, small(match["era_month"]), day)
    return single(*match.span(), Kind.ERA, moment)


READERS: Mapping[str, Callable[[re.Match[str]], Date | None]] = {
    "as_year": _year,
    "as_near": _near,
    "as_near_month": _near,
    "as_near_week": _near,
    "as_century": _century,
    "as_weekday": _weekday,
    "as_weekday_alone": _weekday,
    "as_before": _before,
    "as_early": _before,
    "as_century_before": _century_before,
    "as_lunar": _lunar,
    "as_moon": _lunar,
    "as_edition": _edition,
    "as_era": _era,
}
