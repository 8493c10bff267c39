"""Which statements of two articles are on the same thing, by the words around them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu_rules.figures.comparison import CONFLICTS, Verdict, verdict
from kanwu_rules.figures.statements import MASK, common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu_rules.figures.statements import Statement

ADJOINING, LEAST_TOLD = 5, 3
"""Characters that stand the same beside both, and how many of them are no common words."""
FEWEST_PAIRS, LEAST_SHARE = 5, 0.45
"""Or of the pairs of characters around both so many, and such a part, are the same."""
COMPATIBLE = 8
"""What the words of an agreeing pair count more than those of one that differs."""
NEAR_BEFORE, NEAR_AFTER = 12, 8


class Likeness(NamedTuple):
    """How much the words around two figures are alike."""

    adjoining: int
    """Characters right before and right behind that are the same."""
    told: int
    """Those of them that are no common words."""
    pairs: int
    """Pairs of characters around both that are the same."""
    share: float
    """Their part among the pairs around the figure that has fewer."""


class Pair(NamedTuple):
    """Two statements on one thing."""

    one: Statement
    other: Statement
    verdict: Verdict
    likeness: Likeness

    @property
    def conflicts(self) -> bool:
        """Whether they cannot both be right."""
        return self.verdict in CONFLICTS


def aligned(ones: Sequence[Statement], others: Sequence[Statement]) -> list[Pair]:
    """The statements of two articles one to one, those that agree and those most alike first."""
    by_dimension: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    pairs_of = [pairs_around(other.before, other.after) for other in others]
    for j, other in enumerate(others):
        by_dimension[kind_of(other)].append(j)
    candidates = []
    for i, one in enumerate(ones):
        rivals = by_dimension.get(kind_of(one))
        if rivals:
            around = pairs_around(one.before, one.after)
            for j in rivals:
                other = others[j]
                likeness = compared(one, other, around, pairs_of[j])
                if likeness is not None:
                    said = verdict(one, other)
                    weight = likeness.adjoining + likeness.pairs / 2
                    weight += 0 if said in CONFLICTS else COMPATIBLE
                    candidates.append((weight, i, j, said, likeness))
    candidates.sort(key=lambda found: (-found[0], found[1], found[2]))
    used: set[tuple[bool, int]] = set()
    found = []
    for _, i, j, said, likeness in candidates:
        if (False, i) not in used and (True, j) not in used:
            used |= {(False, i), (True, j)}
            found.append(Pair(ones[i], others[j], said, likeness))
    return found


def kind_of(statement: Statement) -> tuple[str, str]:
    """What two statements must share to be compared: people and machines are both counts."""
    counted = statement.dimension.startswith("count")
    return statement.dimension, statement.unit if counted else ""


def compared(
    one: Statement, other: Statement, around: frozenset[str], around_other: frozenset[str]
) -> Likeness | None:
    """How much the words around two statements are alike; None if too little."""
    same = len(around & around_other)
    fewest = min(len(around), len(around_other))
    share = same / fewest if fewest else 0.0
    before = same_end(one.before, other.before)
    after = same_start(one.after, other.after)
    enough = same >= FEWEST_PAIRS and share >= LEAST_SHARE
    if not enough and before + after < ADJOINING:
        return None
    words = one.before[len(one.before) - before :], one.after[:after]
    told = sum(len(plain(part)) for part in words)
    if not enough and told < LEAST_TOLD:
        return None
    return Likeness(before + after, told, same, share)


@lru_cache(maxsize=1 << 10)
def pairs_around(before: str, after: str) -> frozenset[str]:
    """The pairs of characters of two texts: an article is compared with several others in a row."""
    return frozenset(text[i : i + 2] for text in (before, after) for i in range(len(text) - 1))


def plain(text: str) -> str:
    """A text without common words and figures."""
    return common().compiled.sub("", text).replace(MASK, "")


def same_start(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    for at, (character, rival) in enumerate(zip(one, other, strict=False)):
        if character != rival:
            return at
    return min(len(one), len(other))


def same_end(one: str, other: str) -> int:
    """How many characters two texts end with alike."""
    return same_start(one[::-1], other[::-1])


def nearness(one: Statement, other: Statement) -> int:
    """How many characters near two figures are the same, in the same order."""
    before = (plain(s.before)[-NEAR_BEFORE:] for s in (one, other))
    after = (plain(s.after)[:NEAR_AFTER] for s in (one, other))
    return longest_common(*before) + longest_common(*after)


def longest_common(one: str, other: str) -> int:
    """The length of the longest common subsequence of two texts."""
    row = [0] * (len(other) + 1)
    for character in one:
        diagonal = 0
        for column, rival in enumerate(other, 1):
            above = row[column]
            if character == rival:
                row[column] = diagonal + 1
            elif row[column - 1] > above:
                row[column] = row[column - 1]
            diagonal = above
    return row[-1]
