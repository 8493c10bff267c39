"""Where on a page its articles stand: the stretches of lines that hold the prose.

Each line is given a weight, prose a positive one, furniture a negative one; an article is a stretch
whose sum is as large as can be (Pasternack and Roth, “Extracting article text from the web with
maximum subsequence segmentation”, WWW 2009, there on the tags and words of HTML).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu.analysis.page_lines import PageLines
    from kanwu_rules.boilerplate.phrase_book import Kind

MARKS = frozenset(",;.!?。")
"""Of folded lines; prose has some."""
LEAST_PROSE = 12
MOST_WEIGHT = 150
LEAST_ARTICLE = 100
CLOSED, FURNISHED, NAVIGATING = -120, -20, -15
PROSE_ROLES = (Role.BODY, Role.LIST_ITEM, Role.VERSE, Role.TABLE_ROW, Role.CAPTION)


class Extent(NamedTuple):
    """The lines of one article, by index and inclusive, and the sum of their weights."""

    first: int
    last: int
    total: int


def extents(page: PageLines, kinds: Mapping[int, Kind]) -> list[Extent]:
    """The articles of a page, in order; `kinds` are those of its furniture."""
    weights = [weight(page, index, kinds.get(index)) for index in range(len(page))]
    return [extent for extent in heaviest(weights) if extent.total >= LEAST_ARTICLE]


def weight(page: PageLines, index: int, kind: Kind | None) -> int:
    """What a line says for its standing in an article, or against it."""
    line = page[index]
    if not line:
        return 0
    if kind is not None:
        return CLOSED if kind.closes else FURNISHED
    role = page.roles[index]
    if role is Role.NAVIGATION:
        return NAVIGATING
    if role in PROSE_ROLES and len(line) >= LEAST_PROSE and not MARKS.isdisjoint(line):
        return min(len(line), MOST_WEIGHT)
    return 0


def heaviest(weights: Sequence[int]) -> list[Extent]:
    """All stretches whose sum cannot be made larger by adding or leaving out lines at their ends.

    They are found from left to right in linear time (Ruzzo and Tompa, “A linear time algorithm for
    finding all maximal scoring subsequences”, ISMB 1999).
    """
    # Of each candidate its first line, the line behind its last, the sum before it and the sum with
    # it, and the nearest earlier candidate before which the sum is smaller.
    found: list[tuple[int, int, int, int, int]] = []
    sum_ = 0
    for index, own in enumerate(weights):
        before, sum_ = sum_, sum_ + own
        if own <= 0:
            continue
        first, low, at = index, before, len(found) - 1
        while True:
            while at >= 0 and found[at][2] >= low:
                at = found[at][4]
            if at < 0 or found[at][3] >= sum_:
                found.append((first, index + 1, low, sum_, at))
                break
            first, _, low, _, before_it = found[at]
            del found[at:]
            at = before_it
    return [Extent(first, end - 1, high - low) for first, end, low, high, _ in found]
