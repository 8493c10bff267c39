"""Rows of paragraphs that stand more than once in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document


class Unit(NamedTuple):
    """A paragraph: some lines, counted from 0, and what they say."""

    first: int
    last: int
    key: str


class Repeat(NamedTuple):
    """Some paragraphs in a row that were there before; all numbers are indices of units."""

    before: int
    start: int
    size: int
    copies: int
    """How many times the row stands here, one after another."""


def units_of(document: Document, keys: Sequence[str]) -> Iterator[Unit]:
    """The paragraphs: lines that are not blank, or in Markdown what stands between blank ones."""
    if document.markup == "plain":
        yield from (Unit(index, index, key) for index, key in enumerate(keys) if key)
        return
    first: int | None = None
    for index, key in enumerate([*keys, ""]):
        if key and first is None:
            first = index
        elif not key and first is not None:
            yield Unit(first, index - 1, "".join(keys[first:index]))
            first = None


def repeats(units: Sequence[Unit], counted: Sequence[bool]) -> Iterator[Repeat]:
    """Rows of paragraphs that stood before, each as long as it can be, none in another."""
    seen: dict[str, int] = {}
    index = done = 0
    while index < len(units):
        if not counted[index]:
            index += 1
            continue
        before = seen.setdefault(units[index].key, index)
        if before == index:
            index += 1
            continue
        repeat = longest(units, before, index, done)
        yield repeat
        index = done = repeat.start + repeat.size * repeat.copies


def longest(units: Sequence[Unit], before: int, index: int, done: int) -> Repeat:
    """The longest row around two equal paragraphs that repeats and does not overlap itself."""
    distance, start, end = index - before, index, index + 1
    while start > max(done, distance) and end - start < distance:
        if units[start - 1].key != units[start - 1 - distance].key:
            break
        start -= 1
    while end < len(units) and end - start < distance:
        if units[end].key != units[end - distance].key:
            break
        end += 1
    size, copies = end - start, 1
    if size == distance:
        row = [unit.key for unit in units[start:end]]
        while [unit.key for unit in units[end : end + size]] == row:
            copies, end = copies + 1, end + size
    return Repeat(start - distance, start, size, copies)
