"""Whether two figures for one thing can both be right."""

from __future__ import annotations

from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kanwu_rules.figures.statements import Statement

FAR = 5
"""超2万 may be said of 30,000 by a careless writer, and of 100,000 by none."""
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
    if one.value == other.value or meet(
        one.soft_low, one.soft_high, other.soft_low, other.soft_high
    ):
        return Verdict.AGREE
    exact = {one.relation, other.relation}
    if exact <= {"=", "~"} and one.place != other.place:
        # 1.5亿 and 1.48亿: one is the other rounded.
        if abs(one.value - other.value) < ROUNDED * max(one.place, other.place):
            return Verdict.AGREE
    if exact == {"="}:
        return Verdict.CONTRADICT
    possible = meet(
        *(inf * sign if end is None else end for end, sign in ((one.low, -1), (one.high, 1))),
        *(inf * sign if end is None else end for end, sign in ((other.low, -1), (other.high, 1))),
    )
    if possible and len(exact) == 2 and times(one, other) < FAR:
        return Verdict.LOOSE
    return Verdict.DIFFER


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
