"""Bounds: between what ends the true value lies, as far as the printed digits tell, and sums with them."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Listed
from kanwu_rules.figures.intervals import TWO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu_rules.figures.claim import Claim

QUOTIENT = Context(prec=40)
SHOWN = Context(prec=12)
HUNDRED = Decimal(100)


class Bounds(NamedTuple):
    """The least and the greatest value."""

    low: Decimal
    high: Decimal

    def plus(self, other: Bounds) -> Bounds:
        """The sum."""
        return Bounds(QUOTIENT.add(self.low, other.low), QUOTIENT.add(self.high, other.high))

    def minus(self, other: Bounds) -> Bounds:
        """The difference."""
        return Bounds(
            QUOTIENT.subtract(self.low, other.high), QUOTIENT.subtract(self.high, other.low)
        )

    def times(self, factor: Decimal) -> Bounds:
        """The same times a positive factor."""
        return Bounds(QUOTIENT.multiply(self.low, factor), QUOTIENT.multiply(self.high, factor))

    def over(self, other: Bounds) -> Bounds | None:
        """The quotient of values that are not negative; None where the divisor may be nought."""
        if other.low <= 0:
            return None
        return Bounds(QUOTIENT.divide(self.low, other.high), QUOTIENT.divide(self.high, other.low))

    def wider(self, by: Decimal) -> Bounds:
        """The same with both ends moved outwards."""
        return Bounds(QUOTIENT.subtract(self.low, by), QUOTIENT.add(self.high, by))

    def meets(self, other: Bounds) -> bool:
        """Whether a value lies in both."""
        return self.low <= other.high and other.low <= self.high


def bounds_of(claim: Claim) -> Bounds:
    """The bounds of a figure, in base units: half of its last printed place to both sides.

    Words such as 约 and 超 widen them by what the writer may mean at the very most.
    """
    low, high = claim.value, claim.value
    if claim.relation != "=":
        low = claim.soft_low if claim.low is None else min(claim.low, claim.soft_low)
        high = claim.soft_high if claim.high is None else max(claim.high, claim.soft_high)
        if claim.relation in ("<", "<="):
            low = claim.soft_low
    return Bounds(low, high).wider(QUOTIENT.divide(claim.place, TWO)).times(claim.scale)


def count_of(claim: Claim) -> Bounds:
    """The bounds of a figure, but of people or things counted one by one no more than what is printed."""
    if claim.relation == "=" and claim.unit_class == "count" and claim.place == 1:
        return Bounds(claim.value, claim.value)
    return bounds_of(claim)


def unscaled(bounds: Bounds, claim: Claim) -> Bounds:
    """Bounds in base units as bounds in the unit of a figure."""
    if claim.scale == 1:
        return bounds
    return bounds.times(QUOTIENT.divide(Decimal(1), claim.scale))


def sum_of(bounds: Iterable[Bounds]) -> Bounds:
    """The sum of several."""
    total = Bounds(Decimal(0), Decimal(0))
    for each in bounds:
        total = total.plus(each)
    return total


def place_of(claim: Claim) -> Decimal:
    """The last printed place of a figure, in base units."""
    return QUOTIENT.multiply(claim.place, claim.scale)


def shown(value: Decimal, place: Decimal) -> str:
    """A value rounded to a place, without an exponent."""
    rounded = value.quantize(place, context=QUOTIENT) if value.is_finite() else value
    return f"{rounded.normalize(QUOTIENT):f}"


def span_shown(bounds: Bounds) -> Listed:
    """Bounds in words, one number where both ends are the same."""
    low, high = printed(bounds)
    return Listed((low,) if low == high else (low, high), " to ")


def printed(bounds: Bounds) -> list[str]:
    """Bounds as evidence shows them."""
    return [f"{SHOWN.plus(end).normalize(SHOWN):f}" for end in bounds]
