"""A few of many: findings with the text around them, and rows that are left out or are copies of others."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kanwu.cleaning.copies import record
from kanwu.engine.finding import Excerpt

if TYPE_CHECKING:
    from kanwu.cleaning.conditions import Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.engine.finding import Finding
    from kanwu.reporters.wording import Wording

T = TypeVar("T")

FIRST, SPREAD = 2, 4
"""Of everything so many are shown: the first, and some from all over the corpus."""
AROUND = 30
"""Code points before and after a marked stretch."""
INSIDE = 80
"""Code points of a marked stretch."""
BEGINNING = 120
"""Code points that a row is shown by."""
COMPARED = 20_000
"""Code points of a row that are compared with another one."""


class Sample(Generic[T]):
    """The first of many, and a few from all over: those whose digests are least."""

    def __init__(self) -> None:
        self._first: list[tuple[int, int, T]] = []
        self._spread: list[tuple[int, int, T]] = []
        self.seen = 0

    def offer(self, digest: int, item: T) -> None:
        """Count one, and keep it if it belongs to the sample."""
        self.seen += 1
        own = (digest, self.seen, item)
        if len(self._first) < FIRST:
            self._first.append(own)
        elif len(self._spread) < SPREAD or digest < self._spread[-1][0]:
            self._spread.append(own)
            self._spread.sort(key=lambda one: one[:2])
            del self._spread[SPREAD:]

    def chosen(self) -> list[tuple[int, T]]:
        """Those that are kept, with their digests, in the order in which they came."""
        kept = sorted(self._first + self._spread, key=lambda one: one[1])
        return [(digest, item) for digest, _, item in kept]

    def items(self) -> list[T]:
        return [item for _, item in self.chosen()]


class Example(NamedTuple):
    """A finding as the page shows it."""

    path: str
    record: str | None
    line: int
    """0 where it is about a whole text."""
    message: str
    excerpt: Excerpt


def example(finding: Finding, wording: Wording) -> Example:
    """A finding with the text around it, as it stands in the copy."""
    place = finding.place
    line = place.start.line if place.end.offset else 0
    return Example(place.path, place.record, line, wording.tell(finding.message), place.excerpt)


class LeftOut(NamedTuple):
    """A row, or a file, that is left out."""

    key: RowKey
    reason: Reason

    @property
    def record(self) -> str | None:
        return record(self.key[1])


def beginning(text: str) -> Excerpt:
    """How a text begins."""
    text = text.strip()
    return Excerpt(text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…", "", "")


def difference(text: str, other: str) -> Excerpt:
    """The stretch in which a text differs from another one, marked."""
    start = common(text, other)
    end = len(text) - common(text[start:][::-1], other[start:][::-1])
    left, right = max(0, start - AROUND), end + AROUND
    inside = text[start:end]
    return Excerpt(
        ("…" if left else "") + text[left:start],
        inside if len(inside) <= INSIDE else f"{inside[:INSIDE]}…",
        text[end:right] + ("…" if right < len(text) else ""),
    )


def common(text: str, other: str) -> int:
    """How many code points two texts begin with both."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False))
    )
