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
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of
from kanwu_rules.figures.alignment import Pair, aligned, compared, nearness, pairs_around
from kanwu_rules.figures.comparison import Verdict, apart, shifted, verdict
from kanwu_rules.figures.statements import MASK, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu_rules.figures.statements import Statement

DATE_WEIGHT = 0.7
"""What an agreeing date counts beside an agreeing figure."""
DAY_WEIGHT = 0.5
"""What a day that differs counts: an event is reported on its day and on the next."""
SMALL = 3
"""Two or three of something are in every article."""
UPDATED_BEFORE, UPDATED_AFTER = 16, 2
SWAP_BEFORE, SWAP_AFTER, SWAP_BEHIND_MASK, LONGEST_SWAP = 16, 12, 4, 4


class Judged(NamedTuple):
    """A pair, and why it is not told."""

    pair: Pair
    doubt: str
    """Empty where it is told, or agrees."""


class Link(NamedTuple):
    """Two articles, compared figure by figure."""

    judged: tuple[Judged, ...]
    """The pairs of figures and clock times."""
    compared: int
    agreed: int

    @property
    def told(self) -> list[Pair]:
        """The pairs that conflict, or are loose, and are surely on one thing."""
        return [
            pair for pair, doubt in self.judged if not doubt and pair.verdict is not Verdict.AGREE
        ]


def link(ones: bytes, others: bytes) -> Link:
    """What two articles, given by their packed statements, say of one event."""
    return linked(aligned(unpacked(ones), unpacked(others)))


class Told(NamedTuple):
    """What is told of two articles."""

    at: frozenset[tuple[int, int]]
    """Where the figures stand in both."""
    compared: int
    agreed: int


@lru_cache(maxsize=1 << 14)
def told(ones: bytes, others: bytes) -> Told:
    """What is told of two articles, which may have several figures in other words that differ."""
    found = link(ones, others)
    at = frozenset((pair.one.start[2], pair.other.start[2]) for pair in found.told)
    return Told(at, found.compared, found.agreed)


def may_be_told(one: Statement, other: Statement) -> bool:
    """Whether two statements would be told if all else in their articles agreed."""
    around = pairs_around(one.before, one.after), pairs_around(other.before, other.after)
    likeness = compared(one, other, *around)
    if likeness is None:
        return False
    pair = Pair(one, other, verdict(one, other), likeness)
    if pair.conflicts and not counts_against(pair):
        return False
    return not doubt_of(pair, inf, 0, ())


def linked(found: Sequence[Pair]) -> Link:
    """The pairs of two articles, each with what stands against telling it."""
    claims = [pair for pair in found if not pair.one.is_date]
    agreed = sum(not pair.conflicts for pair in claims)
    other_event = any(map(of_other_event, found))
    agreeing = sum(map(weight_of, found))
    against = [pair for pair in found if counts_against(pair)]
    differing = len(against) + DAY_WEIGHT * sum(map(of_other_day, found))
    judged = []
    for pair in found:
        if pair.one.dimension in DATES:
            continue
        doubt = ""
        if pair.verdict is not Verdict.AGREE:
            if other_event:
                doubt = "another edition, year or month is named"
            elif pair.verdict is Verdict.LOOSE:
                doubt = doubt_of(pair, agreeing - 1, differing, against)
            elif counts_against(pair):
                doubt = doubt_of(pair, agreeing, differing - 1, against)
            else:
                doubt = UNLIKE
        judged.append(Judged(pair, doubt))
    return Link(tuple(judged), len(claims), agreed)


UNLIKE = "the words beside them are not the same"
FEW = "too few other figures agree"
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
    if pair.one.dimension != "day" or not pair.conflicts or pair.likeness.told < 5:
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


def doubt_of(pair: Pair, agreeing: float, others: float, against: Sequence[Pair]) -> str:
    """Why a pair that differs may be on two things, by its words and by what else agrees or not."""
    small = is_small(pair.one), is_small(pair.other)
    if all(small) or (any(small) and pair.likeness.told < 12):
        return "small counts"
    if of_other_scope(pair.one, pair.other) or of_other_scope(pair.other, pair.one):
        return "another part or time is named"
    if shifted(pair.one, pair.other):
        return doubt_of_shifted(pair, agreeing, others)
    return doubt_of_words(pair, against) or doubt_of_others(pair, agreeing, others)


def doubt_of_shifted(pair: Pair, agreeing: float, others: float) -> str:
    """Why figures of the same digits may be on two things.

    No update and no other year gives a figure the same digits and ten times the size.
    """
    near, share = nearness(pair.one, pair.other), pair.likeness.share
    if near >= 14 and share >= 0.75 and not others and not has_swap(pair):
        return ""
    if share < 0.3 or not (near >= 8 or (near >= 6 and share >= 0.55)):
        return UNLIKE
    return "" if agreeing >= max(DATE_WEIGHT, others) else FEW


def doubt_of_words(pair: Pair, against: Sequence[Pair]) -> str:
    """What in the sentences tells two things apart."""
    if has_swap(pair):
        return "another word stands in one place"
    if not pair.one.is_date and apart(pair.one.moment, pair.other.moment):
        return "another day is named"
    if any(beside(pair, rival) for rival in against):
        return "another figure beside them differs too"
    return ""


def doubt_of_others(pair: Pair, agreeing: float, others: float) -> str:
    """Whether too little else agrees for the words that two figures share."""
    one, likeness = pair.one, pair.likeness
    if one.dimension == "clock" and (likeness.told < 8 or agreeing < 2):
        return FEW
    near, updated = nearness(one, pair.other), is_updated(pair)
    worded = near >= 9 and likeness.told >= 6 and likeness.share >= 0.4
    worded = worded or (near >= 8 and likeness.told >= 8 and likeness.share >= 0.8)
    if worded and not updated and agreeing >= 1.5 * others + 2.1:
        return ""
    verbatim = likeness.told >= 18 and likeness.share >= 0.85
    running = one.before.endswith(RUNNING) and likeness.told >= 20
    if verbatim and (not updated or running) and agreeing >= DATE_WEIGHT + 2 * others:
        return ""
    if updated:
        return "it may change from day to day"
    return FEW if worded or verbatim else UNLIKE


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
