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
MOST_BONUS = 14.0
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
SURE = 2.5
SHARED = 3.0


class Part(NamedTuple):
    """A paragraph or a sentence."""

    start: int
    end: int
    marks: frozenset[str]
    """What a translation leaves as it is: the digits of figures, Latin names."""
    at: int = 0
    """Its place among the parts of both languages."""


class Way(NamedTuple):
    """The cheapest way to a place: what it costs, the parts of its last bead, and the cost of that."""

    total: float
    up: int
    along: int
    cost: float


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
    if len(left) == len(right):
        beads = [
            Bead((one,), (other,), fit((one,), (other,), ratio))
            for one, other in zip(left, right, strict=True)
        ]
        # Nearly always each part has its own translation, and nothing else need be tried.
        if all(bead.cost < SURE for bead in beads):
            return beads
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
    best: list[dict[int, Way]] = []
    slope = columns / rows
    reach = BAND + slope
    for row in range(rows + 1):
        here: dict[int, Way] = {} if row else {0: Way(0.0, 0, 0, 0.0)}
        best.append(here)
        middle = row * slope
        first, last = max(0, int(middle - reach)), min(columns, int(middle + reach))
        for column in range(first if row else 1, last + 1):
            way = cheapest_way(best, column, left, right, ratio)
            if way is not None:
                here[column] = way
    return list(reversed(list(back(left, right, best))))


def cheapest_way(
    best: Sequence[dict[int, Way]],
    column: int,
    left: Sequence[Part],
    right: Sequence[Part],
    ratio: float,
) -> Way | None:
    """The cheapest last bead of an alignment of the left side with `column` parts of the right one."""
    row = len(best) - 1
    found: Way | None = None
    for (up, along), price in BEADS.items():
        came = best[row - up].get(column - along) if up <= row else None
        if came is None:
            continue
        cost = price
        if up and along:
            # Nothing that the sides share can make up for so much.
            if found is not None and came.total + price - MOST_BONUS >= found.total:
                continue
            cost += fit(left[row - up : row], right[column - along : column], ratio)
        if found is None or came.total + cost < found.total:
            found = Way(came.total + cost, up, along, cost)
    return found


def fit(left: Sequence[Part], right: Sequence[Part], ratio: float) -> float:
    """How badly two sides fit: how unlikely their lengths are, less what they share."""
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
    best: Sequence[dict[int, Way]],
) -> Iterator[Bead]:
    """The beads of the cheapest way, the last one first."""
    row, column = len(left), len(right)
    while row or column:
        _, up, along, cost = best[row][column]
        yield Bead(left[row - up : row], right[column - along : column], cost)
        row, column = row - up, column - along
