"""Subjects: whether two stretches of text speak of the same matter, told by their characters.

What is compared are pairs of Han characters, and figures. Two halves of one article share a tenth to a
third of the pairs of the shorter half; two articles of one genre seldom more than a tenth.
"""

from __future__ import annotations

from operator import add

from kanwu.analysis.patterns import WIDE_LETTER, Pattern

WINDOW = 800
"""Characters on each side that are compared."""
RUN = Pattern(rf"{WIDE_LETTER}{{2,}}+")
NUMBER = Pattern(r"[0-9]{2,9}")
LEAST_NUMBERS = 4
RECURS = 3


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring Han characters of a text."""
    found: set[str] = set()
    for run in RUN.compiled.findall(text):
        found.update(map(add, run, run[1:]))
    return found


def shared(before: str, after: str) -> float:
    """The share, 0 to 1, of the pairs of the poorer text that the other one has too."""
    first, second = pairs(before[-WINDOW:]), pairs(after[:WINDOW])
    fewer = min(len(first), len(second))
    return len(first & second) / fewer if fewer else 0.0


def names_new_subject(headline: str, before: str, after: str) -> bool:
    """Whether a pair of a headline comes again and again behind it, and never before it."""
    return any(pair not in before and after.count(pair) >= RECURS for pair in pairs(headline))


def numbers_apart(before: str, after: str) -> bool:
    """Whether two texts, each with several figures, have none of them in common."""
    first, second = set(NUMBER.compiled.findall(before)), set(NUMBER.compiled.findall(after))
    return min(len(first), len(second)) >= LEAST_NUMBERS and first.isdisjoint(second)
