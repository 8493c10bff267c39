"""Intervals: what a number says once the words about it are heard (约, 超, 余, 以上)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from kanwu_rules.figures.numerals import EXACT, Numeral

Relation = Literal["=", ">", ">=", "<", "<=", "~", "range"]

ZERO = Decimal(0)
FIFTH, TENTH, TWO = Decimal("0.2"), Decimal("0.1"), Decimal(2)


class Interval(NamedTuple):
    """What can be true of a quantity: by the words alone (hard), and as a writer means them (soft).

    An end that the words leave open is None in the hard interval.
    """

    relation: Relation
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    soft_low: Decimal
    soft_high: Decimal
    place: Decimal
    """The power of ten of the lowest written digit."""


def interval(read: Numeral, relation: Relation, *, bounded: bool = False) -> Interval:
    """The interval of a number under a relation.

    `bounded` is the > of 余 and 多, which add less than one of the lowest digit: 1200多亿 stays below
    1300亿. 超3800 has no upper end, and yet nobody writes it of 4800: the soft end is 3900.
    """
    value, place, step = read
    low: Decimal | None = value
    high: Decimal | None = value
    soft_low = soft_high = value
    if relation == "~":
        low, high = EXACT.multiply(value, 1 - FIFTH), EXACT.multiply(value, 1 + FIFTH)
        half = EXACT.divide(step, TWO)
        soft_low, soft_high = EXACT.subtract(value, half), EXACT.add(value, half)
        low, high = min(low, soft_low), max(high, soft_high)
    elif relation in (">", ">="):
        soft_high = EXACT.add(value, step)
        high = soft_high if bounded else None
    elif relation in ("<", "<="):
        low = min(ZERO, value)
        # Of a number of one digit a tenth: 近3万 is no less than 27,000.
        less = min(step, EXACT.multiply(value, TENTH)) if value < 10 * step else step
        soft_low = EXACT.subtract(value, less)
    return Interval(relation, value, low, high, soft_low, soft_high, place)


def between(low: Numeral, high: Numeral, value: Decimal | None = None) -> Interval:
    """A range with both ends given. `value` is what stands for it, the low end if left out."""
    return Interval(
        "range",
        low.value if value is None else value,
        low.value,
        high.value,
        low.value,
        high.value,
        min(low.place, high.place),
    )


OPPOSITE: dict[Relation, Relation] = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def negative(read: Interval) -> Interval:
    """The interval below zero: 零下18度."""

    def minus(value: Decimal | None) -> Decimal | None:
        return None if value is None else value.copy_negate()

    return Interval(
        OPPOSITE.get(read.relation, read.relation),
        read.value.copy_negate(),
        minus(read.high),
        minus(read.low),
        read.soft_high.copy_negate(),
        read.soft_low.copy_negate(),
        read.place,
    )
