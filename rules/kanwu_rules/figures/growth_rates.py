"""Rates of growth: what some figures of a growth make of another, and whether rounding explains the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kanwu_rules.figures.bounds import HUNDRED, QUOTIENT, Bounds, bounds_of, place_of

if TYPE_CHECKING:
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.growths import Growth

AS_PRINTED = (Decimal(1), Decimal(1))
AROUND_DOUBLE, TWO = Decimal("0.15"), Decimal(2)


def scaled(claim: Claim, total: Claim) -> Bounds:
    """The bounds of a figure in the unit of the total where it has none of its own."""
    bounds = bounds_of(claim)
    if not claim.unit and total.unit:
        return bounds.times(total.scale)
    return bounds


def rates_said(rate: Claim) -> list[Bounds]:
    """What a rate may mean, in percent: 增长2倍 is often said of what doubled."""
    said = bounds_of(rate)
    half = QUOTIENT.divide(place_of(rate), TWO)
    if rate.unit == "%":
        return [said.wider(half)]
    if rate.unit == "番":
        times = QUOTIENT.power(TWO, QUOTIENT.to_integral_value(rate.value))
        # 翻一番 is said of what nearly doubled and of what did more than that.
        spread = QUOTIENT.multiply(times, AROUND_DOUBLE)
        return [Bounds(times - 1, times - 1).wider(spread).times(HUNDRED)]
    one = Decimal(1)
    said = said.wider(half)
    return [said.times(HUNDRED), said.minus(Bounds(one, one)).times(HUNDRED)]


def rate_of(growth: Growth, factors: tuple[Decimal, Decimal]) -> Bounds | None:
    """The rate of a growth in percent, by its other figures; None where they admit none.

    The factors are what the total and the other figure are multiplied by, to try another unit.
    """
    total = scaled(growth.total, growth.before or growth.delta or growth.total).times(factors[0])
    if growth.before is not None:
        before = scaled(growth.before, growth.total).times(factors[1])
        ratio = total.over(before)
        if ratio is None:
            return None
        if growth.down:
            return Bounds((1 - ratio.high) * HUNDRED, (1 - ratio.low) * HUNDRED)
        return Bounds((ratio.low - 1) * HUNDRED, (ratio.high - 1) * HUNDRED)
    assert growth.delta is not None
    delta = scaled(growth.delta, growth.total).times(factors[1])
    if growth.down:
        ratio = delta.over(total.plus(delta))
        low, high = Bounds(delta.low, delta.low), Bounds(delta.high, delta.high)
        most = high.over(Bounds(total.low, total.low).plus(high))
        least = low.over(Bounds(total.high, total.high).plus(low))
    else:
        low, high = Bounds(delta.low, delta.low), Bounds(delta.high, delta.high)
        most = high.over(Bounds(total.low, total.low).minus(high))
        least = low.over(Bounds(total.high, total.high).minus(low))
    if most is None or least is None:
        return None
    return Bounds(least.low, most.high).times(HUNDRED)


def holds(growth: Growth, factors: tuple[Decimal, Decimal]) -> bool:
    """Whether rounding explains whatever the figures of a growth differ by."""
    if growth.rate is None:
        assert growth.before is not None
        assert growth.delta is not None
        return growth_between(growth, factors).meets(
            scaled(growth.delta, growth.total).wider(place_of(growth.delta) / 2)
        )
    rate = rate_of(growth, factors)
    if rate is None:
        return not outgrows(growth, factors)
    return any(rate.meets(said) for said in rates_said(growth.rate))


def outgrows(growth: Growth, factors: tuple[Decimal, Decimal]) -> bool:
    """Whether something is said to have grown by more than it is."""
    if growth.delta is None or growth.down:
        return False
    total = scaled(growth.total, growth.delta).times(factors[0])
    return scaled(growth.delta, growth.total).times(factors[1]).low > total.high


def growth_between(growth: Growth, factors: tuple[Decimal, Decimal]) -> Bounds:
    """By how much a quantity grew from one figure to the other."""
    assert growth.before is not None
    total = scaled(growth.total, growth.before).times(factors[0])
    before = scaled(growth.before, growth.total).times(factors[1])
    return before.minus(total) if growth.down else total.minus(before)


def plain_rate(growth: Growth) -> Decimal:
    """The rate of a growth in percent, its figures taken as they are printed."""
    total = growth.total.value * growth.total.scale
    if growth.before is not None:
        before = growth.before.value * growth.before.scale
        change = before - total if growth.down else total - before
    else:
        assert growth.delta is not None
        scale = growth.delta.scale if growth.delta.unit else growth.total.scale
        change = growth.delta.value * scale
        before = total + change if growth.down else total - change
    return QUOTIENT.divide(change * HUNDRED, before) if before else change * HUNDRED
