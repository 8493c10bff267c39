"""Where the articles of a page stand: the heaviest stretches of a list of weights."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kanwu_rules.boilerplate.extents import heaviest

weights = st.lists(st.integers(-9, 9), max_size=14)


def best(numbers, start, end):
    """The largest sum of neighbouring numbers, by trying all."""
    return max(
        (sum(numbers[i:j]) for i in range(start, end) for j in range(i + 1, end + 1)), default=0
    )


@given(weights)
def test_the_heaviest_stretch_is_among_them(numbers):
    assert max((e.total for e in heaviest(numbers)), default=0) == max(
        0, best(numbers, 0, len(numbers))
    )


@given(weights)
def test_stretches_are_apart_and_their_sums_right(numbers):
    found = heaviest(numbers)
    assert all(a.last < b.first for a, b in itertools.pairwise(found))
    assert all(e.total == sum(numbers[e.first : e.last + 1]) for e in found)


@given(weights)
def test_what_is_left_over_weighs_nothing(numbers):
    start = 0
    for first, last, _ in [*heaviest(numbers), (len(numbers), 0, 0)]:
        assert best(numbers, start, first) <= 0
        start = last + 1


@given(weights)
def test_no_stretch_can_be_made_heavier_at_its_ends(numbers):
    for first, last, total in heaviest(numbers):
        inner = range(first, last)
        assert all(sum(numbers[first : at + 1]) > 0 for at in inner)
        assert all(sum(numbers[at + 1 : last + 1]) > 0 for at in inner)
        assert total > 0
