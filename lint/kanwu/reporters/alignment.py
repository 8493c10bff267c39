"""Which lines of two states of a file belong together, in time that grows with their number.

difflib alone is quadratic where many lines are alike, as the blank lines between paragraphs are, and
its remedy for that (popular lines are ignored) makes one block of a file in which every paragraph has
changed. So lines whose letters occur once on each side are paired first, whatever became of their
punctuation and spaces, as in Bram Cohen's patience diff; what stands between two such pairs is small.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Stretches whose numbers of lines multiply to more are given out as one block.
LARGEST_COMPARED = 40_000


class Block(NamedTuple):
    """Lines `old_start` to `old_end` become lines `new_start` to `new_end`; from 0, ends exclusive."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def changed_blocks(
    old: Sequence[bytes], new: Sequence[bytes], old_keys: Sequence[str], new_keys: Sequence[str]
) -> list[Block]:
    """The blocks that differ, in order, with at least one equal line between any two.

    A key says for each line what is the same in it before and after a change.
    """
    blocks: list[Block] = []
    at_old = at_new = 0
    for old_line, new_line in [*_anchors(old_keys, new_keys), (len(old), len(new))]:
        found = list(_between(old, new, Block(at_old, old_line, at_new, new_line)))
        at_old, at_new = old_line + 1, new_line + 1
        if old_line < len(old) and old[old_line] != new[new_line]:
            found.append(Block(old_line, at_old, new_line, at_new))
        for block in found:
            last = blocks[-1] if blocks else None
            if last and last.old_end == block.old_start and last.new_end == block.new_start:
                blocks[-1] = Block(last.old_start, block.old_end, last.new_start, block.new_end)
            else:
                blocks.append(block)
    return blocks


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of lines whose key stands once on each side: the longest run in the order of both."""
    once = {key for key, count in Counter(old).items() if key and count == 1}
    once &= {key for key, count in Counter(new).items() if count == 1}
    where = {key: line for line, key in enumerate(new) if key in once}
    pairs = [(line, where[key]) for line, key in enumerate(old) if key in once]
    # Patience sorting: `tops` holds the smallest end of an increasing run of each length.
    tops: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_, new_line) in enumerate(pairs):
        length = bisect_left(tops, new_line)
        before.append(holders[length - 1] if length else -1)
        tops[length : length + 1] = [new_line]
        holders[length : length + 1] = [index]
    run = []
    index = holders[-1] if holders else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _between(old: Sequence[bytes], new: Sequence[bytes], stretch: Block) -> Iterator[Block]:
    """The blocks that differ in a stretch without anchors."""
    i, i_end, j, j_end = stretch
    while i < i_end and j < j_end and old[i] == new[j]:
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
    if i_end - i == j_end - j:
        for offset in range(i_end - i):
            if old[i + offset] != new[j + offset]:
                yield Block(i + offset, i + offset + 1, j + offset, j + offset + 1)
    elif i == i_end or j == j_end or (i_end - i) * (j_end - j) > LARGEST_COMPARED:
        yield Block(i, i_end, j, j_end)
    else:
        matcher = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False)
        for tag, *(a, a_end, b, b_end) in matcher.get_opcodes():
            if tag != "equal":
                yield Block(i + a, i + a_end, j + b, j + b_end)
