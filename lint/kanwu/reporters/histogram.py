"""Histograms of whole numbers, in bins of 1, 2 and 5 times a power of ten."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

EDGES = tuple(dict.fromkeys((0, *(step * 10**power for power in range(10) for step in (1, 2, 5)))))
"""The least values of the bins of a histogram."""


class Histogram:
    """How many values lie in each bin."""

    def __init__(self) -> None:
        self.bins: Counter[int] = Counter()
        self.total = 0
        """The sum of all values."""

    def add(self, value: int) -> None:
        self.bins[bisect_right(EDGES, value) - 1] += 1
        self.total += value

    @property
    def values(self) -> int:
        """How many values there are."""
        return self.bins.total()

    @property
    def mean(self) -> float:
        return self.total / max(1, self.values)
