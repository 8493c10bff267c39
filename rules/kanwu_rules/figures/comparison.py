"""Whether two figures for one thing can both be right."""

from __future__ import annotations

from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanwu_rules.figures.statements import Statement

FAR = 5
"""超2万 may be said of 30,000 by a careless writer, and of 100,000 by none."""
LOOSELY = 1.4
"""逾2万 may be said of 24,000, and hardly of 29,475."""
ROUNDED = 0.51


class Verdict(StrEnum):
    """What can be said of two figures."""

    AGREE = "agree"
    LOOSE = "loose"
    """Both can be right, and yet nobody would write the one of the other: 逾2万 and 29475."""
    DIFFER = "differ"
    """They cannot both be right as their writers mean them, 100多 and 200多."""
    CONTRADICT = "contradict"
    """Two exact figures that are not the same."""


CONFLICTS = frozenset((Verdict.DIFFER, Verdict.CONTRADICT))


def verdict(one: Statement, other: Statement) -> Verdict:
    """What can be said of two statements in one dimension."""
    if one.is_date:
        return of_dates(one, other)
    if one.value == other.value:
        return Verdict.AGREE
    if meet(one.soft_low, one.soft_high, other.soft_low, other.soft_high):
        return Verdict.LOOSE if is_loose(one, other) or is_loose(other, one) else Verdict.AGREE
    relations = {one.relation, other.relation}
    if relations <= {"=", "~"} and is_rounded(one, other):
        return Verdict.AGREE
    if relations == {"="}:
        return Verdict.CONTRADICT
    possible = meet(*ends(one), *ends(other))
    if possible and len(relations) == 2 and times(one, other) < FAR:
        return Verdict.LOOSE
    return Verdict.DIFFER


def is_loose(bound: Statement, exact: Statement) -> bool:
    """Whether a figure is so much larger than one that is only said to be its lower bound."""
    opened = bound.relation in (">", ">=") and bound.high is None
    return opened and exact.relation == "=" and exact.value >= LOOSELY * bound.value


def is_rounded(one: Statement, other: Statement) -> bool:
    """Whether one figure is the other rounded: 1.5亿 and 1.48亿."""
    coarser = max(one.place, other.place)
    return one.place != other.place and abs(one.value - other.value) < ROUNDED * coarser


def ends(statement: Statement) -> tuple[float, float]:
    """What the words of a figure allow."""
    low, high = statement.low, statement.high
    return -inf if low is None else low, inf if high is None else high


def of_dates(one: Statement, other: Statement) -> Verdict:
    """Dates agree if nothing that both name differs."""
    return Verdict.CONTRADICT if apart(one.moment, other.moment) else Verdict.AGREE


def apart(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    """Whether two moments differ in a part that both name."""
    return any(a != b for a, b in zip(one, other, strict=False) if None not in (a, b))


def meet(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Whether two intervals share more than an end; a single value may lie at the end of another."""
    start, end = max(low, other_low), min(high, other_high)
    return start < end or (start == end and (low == high or other_low == other_high))


def times(one: Statement, other: Statement) -> float:
    """How many times the smaller figure the larger is."""
    small, large = sorted((abs(one.value), abs(other.value)))
    return large / small if small else inf


def shifted(one: Statement, other: Statement) -> bool:
    """Whether two figures have the same digits and another magnitude: 6800亩 and 68000亩."""
    return not one.is_date and one.value != other.value and digits(one) == digits(other)


def digits(statement: Statement) -> str:
    """The digits of a figure from the first that is not 0 to the last."""
    return f"{abs(statement.value):.11e}".partition("e")[0].replace(".", "").strip("0")
