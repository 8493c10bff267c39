"""Whether two articles are on one event, so that figures of theirs that differ are worth telling.

Reports on this year's and last year's fair share more words than two reports on one fair, but in
those nearly every figure differs, and in these all but one agree. So what counts is how many figures
agree, besides the words; another edition, another year or another month of the same thing tells two
events apart.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of
from kanwu_rules.figures.alignment import aligned, nearness
from kanwu_rules.figures.comparison import Verdict, apart, shifted
from kanwu_rules.figures.statements import MASK, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu_rules.figures.alignment import Pair
    from kanwu_rules.figures.statements import Statement

DATE_WEIGHT = 0.7
"""What an agreeing date counts beside an agreeing figure."""
DAY_WEIGHT = 0.5
"""What a day that differs counts: an event is reported on its day and on the next."""
SMALL = 3
"""Two or three of something are in every article."""
UPDATED_BEFORE, UPDATED_AFTER = 16, 2
SWAP_BEFORE, SWAP_AFTER, SWAP_BEHIND_MASK, LONGEST_SWAP = 16, 12, 4, 4


class Link(NamedTuple):
    """Two articles on one event."""

    told: tuple[Pair, ...]
    """The pairs that conflict, or are loose, and are surely on one thing."""
    compared: int
    agreed: int


@lru_cache(maxsize=512)
def link(ones: str, others: str) -> Link:
    """What two articles, given by their packed statements, say of one event and cannot both be right in."""
    return linked(aligned(unpacked(ones), unpacked(others)))


def linked(pairs: Sequence[Pair]) -> Link:
    """The pairs worth telling among those of two articles."""
    claims = [pair for pair in pairs if not pair.one.is_date]
    agreed = sum(not pair.conflicts for pair in claims)
    if any(map(of_other_event, pairs)):
        return Link((), len(claims), agreed)
    agreeing, differing = sum(map(weight_of, pairs)), 0.0
    candidates = []
    for pair in pairs:
        if pair.one.dimension == "day":
            differing += DAY_WEIGHT if of_other_day(pair) else 0
        elif counts_against(pair):
            differing += 1
            candidates.append(pair)
    told = [pair for pair in candidates if is_sure(pair, agreeing, differing - 1, candidates)]
    told += [
        pair
        for pair in claims
        if pair.verdict is Verdict.LOOSE and is_sure(pair, agreeing - 1, differing, candidates)
    ]
    return Link(tuple(told), len(claims), agreed)


DATES = frozenset(("day", "edition", "year", "quarter", "month", "period"))


def of_other_event(pair: Pair) -> bool:
    """Whether a pair tells one event from the next: by its edition, its year or its month."""
    if not pair.conflicts:
        return False
    one, other, likeness = pair.one, pair.other, pair.likeness
    if one.dimension == "day":
        months = one.moment[1], other.moment[1]
        if None in months or likeness.told < 5:
            return False
        # From the last day of a month to the first of the next it is a day.
        return abs(months[0] - months[1]) not in (0, 1, 11)  # type: ignore[operator]
    named = one.dimension in DATES or one.unit in words().jubilees
    return named and (likeness.told >= 5 or likeness.share >= 0.6)


def of_other_day(pair: Pair) -> bool:
    """Whether the articles name two days, with a year at one of them, in the same words."""
    if not pair.conflicts or pair.likeness.told < 5:
        return False
    return pair.one.moment[0] is not None or pair.other.moment[0] is not None


def counts_against(pair: Pair) -> bool:
    """Whether a pair differs in a figure or a clock time, in much the same words."""
    alike = pair.likeness.told >= 7 or pair.likeness.share >= 0.35
    if not (pair.conflicts and alike) or pair.one.dimension in DATES:
        return False
    # What holds as of one hour and as of another is no disagreement.
    return pair.one.dimension != "clock" or not is_updated(pair)


def weight_of(pair: Pair) -> float:
    """What a pair counts that agrees."""
    if pair.conflicts or is_small(pair.one):
        return 0
    if pair.one.is_date:
        return DATE_WEIGHT if pair.likeness.told >= 4 and pair.one.dimension != "year" else 0
    return 1 if pair.likeness.told >= 3 or pair.likeness.share >= 0.5 else 0


def is_small(statement: Statement) -> bool:
    """Whether a figure is so small that it agrees with many others by chance."""
    return (
        statement.relation == "="
        and statement.value <= SMALL
        and statement.dimension.startswith(("count", "list"))
    )


def is_sure(pair: Pair, agreeing: float, others: float, candidates: Sequence[Pair]) -> bool:
    """Whether a pair that differs is on one thing, by its words and by what else agrees or not."""
    one, other, likeness = pair.one, pair.other, pair.likeness
    small = is_small(one), is_small(other)
    if all(small) or (any(small) and likeness.told < 12):
        return False
    if of_other_scope(one, other) or of_other_scope(other, one):
        return False
    near = nearness(one, other)
    swaps = has_swap(pair)
    if shifted(one, other):
        # No update and no other year gives a figure the same digits ten times as large.
        if near >= 14 and likeness.share >= 0.75 and not others and not swaps:
            return True
        worded = likeness.share >= 0.3 and (near >= 8 or (near >= 6 and likeness.share >= 0.55))
        return worded and agreeing >= max(DATE_WEIGHT, others)
    if (
        swaps
        or (apart(one.moment, other.moment) and not one.is_date)
        or any(beside(pair, rival) for rival in candidates)
    ):
        return False
    if one.dimension == "clock" and (likeness.told < 8 or agreeing < 2):
        return False
    updated = is_updated(pair)
    worded = near >= 9 and likeness.told >= 6 and likeness.share >= 0.4
    worded = worded or (near >= 8 and likeness.told >= 8 and likeness.share >= 0.8)
    if worded and not updated and agreeing >= 1.5 * others + 2.1:
        return True
    verbatim = likeness.told >= 18 and likeness.share >= 0.85
    running = one.before.endswith(RUNNING) and likeness.told >= 20
    return verbatim and (not updated or running) and agreeing >= DATE_WEIGHT + 2 * others


RUNNING = ("累计有", "累计", "累計有", "累計")


def beside(pair: Pair, rival: Pair) -> bool:
    """Whether another pair that differs stands in the same lines: then the lines are on two things."""
    return rival is not pair and (
        rival.one.start[0] == pair.one.start[0] and rival.other.start[0] == pair.other.start[0]
    )


def is_updated(pair: Pair) -> bool:
    """Whether the words say that a figure holds for a day and may be another on the next."""
    if pair.one.unit in words().lasting:
        return False
    return any(
        words().updates.search(s.before[-UPDATED_BEFORE:])
        or words().updates.search(s.after[:UPDATED_AFTER])
        or words().as_of.search(s.before)
        for s in (pair.one, pair.other)
    )


def of_other_scope(one: Statement, other: Statement) -> bool:
    """Whether a word near a figure tells of which part, time or sort it is, and the other lacks it."""
    near = f"{one.before[-UPDATED_BEFORE:]}{MASK}{near_after(one.after)}"
    return any(
        match[0] not in other.before and match[0] not in other.after
        for match in words().scopes.finditer(near)
    )


def has_swap(pair: Pair) -> bool:
    """Whether near two figures a word stands for another of its length: 澳门 and 香港, 男 and 女."""
    one, other = pair.one, pair.other
    return swapped(one.before[-SWAP_BEFORE:], other.before[-SWAP_BEFORE:]) or swapped(
        near_after(one.after), near_after(other.after)
    )


def near_after(text: str) -> str:
    """What stands behind a figure before the next, and the first word behind that."""
    mask = text.find(MASK)
    return text[: SWAP_AFTER if mask < 0 else min(SWAP_AFTER, mask + SWAP_BEHIND_MASK)]


def swapped(one: str, other: str) -> bool:
    """Whether between parts that two texts share each has a word of one length in its place."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    for block, following in pairwise(blocks):
        gap = following.a - block.a - block.size
        if (
            block.size
            and following.size > 1
            and gap == following.b - block.b - block.size
            and 0 < gap <= LONGEST_SWAP
        ):
            return True
    return False


class Words(NamedTuple):
    """The words of `statements.toml` that tell how a figure holds."""

    updates: Pattern
    scopes: Pattern
    as_of: Pattern
    lasting: frozenset[str]
    jubilees: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words, read at the first call."""
    table = read_table(__file__, "statements.toml")
    return Words(
        Pattern(trie_pattern(words_of(table["updates"]))),
        Pattern(trie_pattern(words_of(table["scopes"]))),
        Pattern("截[至止]"),
        frozenset(table["lasting"]),
        frozenset(table["jubilees"]),
    )
