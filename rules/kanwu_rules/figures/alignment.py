"""Alignment: which parts of a text and of its translation say the same, by lengths and by what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# How far from the diagonal two parts may stand, in parts.
BAND = 12
# How much a length varies: the variance of the length of a translation, by its length.
VARIANCE = 10.0
WORST = 12.0
MOST_SHARED = 12.0
# As many parts of each side as one bead holds, and what that costs: mostly one is one.
BEADS = {
    (1, 1): 0.0,
    (2, 1): 2.5,
    (1, 2): 2.5,
    (2, 2): 5.0,
    (3, 1): 4.5,
    (1, 3): 4.5,
    (1, 0): 3.5,
    (0, 1): 3.5,
}
BESIDE = 2.0
# Both sides hold figures or names, and share none.
NOTHING = 3.0
ENOUGH = 3
SHARED = 3.0


class Part(NamedTuple):
    """A paragraph or a sentence."""

    start: int
    end: int
    marks: frozenset[str]
    """What a translation leaves as it is: the digits of figures, Latin names."""
    at: int = 0
    """Its place among the parts of both languages."""


class Bead(NamedTuple):
    """Parts of one language, and those of the other that say the same. One side may be empty."""

    left: Sequence[Part]
    right: Sequence[Part]
    cost: float


def align(left: Sequence[Part], right: Sequence[Part]) -> list[Bead]:
    """The cheapest way to put two texts side by side, part by part, none of them left out.

    After Gale and Church, A Program for Aligning Sentences in Bilingual Corpora (1993), with a bonus
    for what both sides share and for paragraphs that stand one after the other. Time grows with the
    longer side: only parts near the diagonal are put together.
    """
    if not left or not right:
        return []
    ratio = long(right) / max(1, long(left))
    beads = cheapest(left, right, ratio)
    # Where a translation leaves parts out, the sure pairs tell better how much longer it is.
    sure = sorted(
        long(bead.right) / max(1, long(bead.left))
        for bead in beads
        if len(bead.left) == len(bead.right) == 1 and bead.cost < 0
    )
    if len(sure) >= ENOUGH and abs(sure[len(sure) // 2] - ratio) > ratio / 20:
        return cheapest(left, right, sure[len(sure) // 2])
    return beads


def long(parts: Sequence[Part]) -> int:
    """How many code points some parts have."""
    return sum(part.end - part.start for part in parts)


def cheapest(left: Sequence[Part], right: Sequence[Part], ratio: float) -> list[Bead]:
    """The cheapest alignment, if the right side is so many times as long as the left one."""
    rows, columns = len(left), len(right)
    best: list[dict[int, tuple[float, tuple[int, int], float]]] = [{0: (0.0, (0, 0), 0.0)}]
    slope = columns / rows
    for row in range(rows + 1):
        here = best[row] if row == 0 else {}
        middle = row * slope
        reach = BAND + slope
        for column in range(max(0, int(middle - reach)), min(columns, int(middle + reach)) + 1):
            if row == column == 0:
                continue
            found = None
            for (up, along), price in BEADS.items():
                if up > row or along > column:
                    continue
                came = (here if up == 0 else best[row - up]).get(column - along)
                if came is None:
                    continue
                cost = price + fit(left[row - up : row], right[column - along : column], ratio)
                total = came[0] + cost
                if found is None or total < found[0]:
                    found = (total, (up, along), cost)
            if found is not None:
                here[column] = found
        if row:
            best.append(here)
    return list(reversed(list(back(left, right, best))))


def fit(left: Sequence[Part], right: Sequence[Part], ratio: float) -> float:
    """How badly two sides fit: how unlikely their lengths are, less what they share."""
    if not left or not right:
        return 0.0
    expected, length = ratio * long(left), long(right)
    cost = min(WORST, (length - expected) ** 2 / (2 * VARIANCE * max(1.0, expected, length)))
    marks: frozenset[str] = left[0].marks.union(*(part.marks for part in left[1:]))
    others: frozenset[str] = right[0].marks.union(*(part.marks for part in right[1:]))
    shared = marks & others
    if shared:
        cost -= min(MOST_SHARED, sum(SHARED if len(mark) > 1 else 0.5 for mark in shared))
    elif min(len(marks), len(others)) > 1:
        cost += NOTHING
    if right[0].at == left[-1].at + 1 or left[0].at == right[-1].at + 1:
        cost -= BESIDE
    return cost


def back(
    left: Sequence[Part],
    right: Sequence[Part],
    best: Sequence[dict[int, tuple[float, tuple[int, int], float]]],
) -> Iterator[Bead]:
    """The beads of the cheapest way, the last one first."""
    row, column = len(left), len(right)
    while row or column:
        _, (up, along), cost = best[row][column]
        yield Bead(left[row - up : row], right[column - along : column], cost)
        row, column = row - up, column - along
