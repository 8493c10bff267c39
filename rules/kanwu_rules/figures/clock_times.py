"""Chinese clock times: 上午9时30分, 晚上八点, 9:30."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.figures.date import Date, Kind, single
from kanwu_rules.figures.date_numbers import H, unit_of
from kanwu_rules.figures.moments import Moment

if TYPE_CHECKING:
    from kanwu_rules.figures.date_numbers import Number

HOURS = "时時点點"
# 时 with one of these is a word of its own: 3时段, 5时速.
HOUR_WORDS = frozenset("间間候期代刻段空速效差不而常机機装裝")
DAYPART = Pattern(
    r"""(?: 上午 | 凌晨 | 清晨 | 中午 | 正午 | (?:当|當|今|昨|明)?早(?:上|晨)? | 午夜
    | (?P<late> 下午 | 午后 | 午後 | 傍晚 | (?:当|當|今|昨|明)?晚(?:上|间|間)? | 夜间 | 夜間 | 深夜 ) )\s?$"""
)
LONGEST_DAYPART = 4
SCORE = Pattern(
    r"(?:比|胜|勝|负|負|以|比分|战平|戰平|击败|擊敗|大胜|险胜|險勝|逆转|逆轉|比例)(?:为|為|是)?$"
)
MINUTES = {"半": 30, "整": None, "钟": None, "鐘": None, "许": None, "許": None, "多": None}
QUARTERS_OF_HOUR = {"一刻": 15, "三刻": 45}
AT_A_TIME = (Kind.DATE, Kind.TIME, Kind.WEEKDAY)
COLONS = (":", "：")


def daypart(text: str, start: int, hour: int) -> tuple[int, int]:
    """Where the word for a part of the day before an hour begins, and the hour counted from midnight."""
    part = DAYPART.search(text, max(0, start - LONGEST_DAYPART), start)
    if part is None:
        return start, hour
    return part.start(), hour + 12 if part["late"] and hour < 12 else hour


def hour_time(number: Number) -> Date | None:
    """9时30分, 上午9点; 四点 and 5时 alone only where nothing else can be meant."""
    text, start, end = number.text, number.start, number.end
    begin, hour = daypart(text, start, number.value)
    minute, second, exact = None, None, False
    after = number.next(number.at, end) if number.own else 0
    if text[end : end + 2] in QUARTERS_OF_HOUR:
        minute = QUARTERS_OF_HOUR[text[end : end + 2]]
        end += 2
    elif number.own and text[end : end + 1] in MINUTES:
        minute, exact = MINUTES[text[end]], text[end] != "多"
        end += 1
    elif after and unit_of(text, number.spans, after)[0] == "分":
        ends = unit_of(text, number.spans, after)[1]
        if text[ends : ends + 1] not in ("之", "钟", "鐘"):
            minute, end = number.read(after), ends
            after = number.next(after, end)
            if after and unit_of(text, number.spans, after)[0] == "秒":
                second, end = number.read(after), unit_of(text, number.spans, after)[1]
    previous = number.previous
    follows = previous is not None and previous.end == start and previous.kind in AT_A_TIME
    moment = Moment(None, None, None, hour, minute, second)
    if begin == start and not follows and minute is None:
        plain = (
            text[start] not in H and number.unit in "时時" and text[end : end + 1] not in HOUR_WORDS
        )
        if hour > 24 or not (exact or (plain and text[end - 1] != "多")):
            return None
    if minute is not None and minute < 0:
        return None
    return single(begin, end, Kind.TIME, moment)


def digital_time(number: Number) -> Date | None:
    """9:30, unless it is a score or a ratio."""
    text, start, spans = number.text, number.start, number.spans
    if number.size > 2 or text[start] in H:
        return None
    parts = [number.value]
    index, end = number.at, start + number.size
    while len(parts) < 3 and text[end : end + 1] in COLONS and index + 1 < len(spans):
        index += 1
        if spans[index][0] != end + 1 or spans[index][1] - end != 3 or text[end + 1] in H:
            break
        parts.append(number.read(index))
        end += 3
    if len(parts) == 1 or text[end : end + 1] in COLONS:
        return None
    begin, hour = daypart(text, start, parts[0])
    moment = Moment(None, None, None, hour, *parts[1:])
    if begin == start:
        if SCORE.search(text, max(0, start - 4), start):
            return None
        follows = number.previous is not None and number.previous.kind is Kind.DATE
        if not follows and not moment.exists:
            return None
    return single(begin, end, Kind.TIME, moment)
