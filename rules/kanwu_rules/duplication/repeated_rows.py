"""Rows of paragraphs that stand more than once in a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document

# One text may be set in two widths; spaces and digits of any width are no difference either.
FOLDED = dict(
    zip("，：；！？（）０１２３４５６７８９", ",:;!?()0123456789", strict=True)
) | dict.fromkeys((" ", "\u3000", "\u00a0", "\t"), "")

# What stands at either end of a line, which is looked at first.
END, KEY = 10, 6
ENDS = Pattern(
    rf"^ [\ \t\u3000\u00a0]*+ (.{{{END}}}) .* (.{{{END - 1}}}[^\s]) [\ \t\u3000\u00a0]* $",
    re.VERBOSE | re.MULTILINE,
)


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


def may_repeat(text: str, least: int) -> bool:
    """Whether any two lines begin and end alike: nearly no sound document is asked further."""
    if "\r" in text:
        text = text.replace("\r", "\n")
    if least < 2 * END:
        return True
    ends = folded("\n".join(map("".join, ENDS.compiled.findall(text)))).split("\n")
    # Folding takes spaces out, so that less than what was cut off is compared.
    return len({key[:KEY] + key[-KEY:] for key in ends}) < len(ends)


def folded(text: str) -> str:
    """The text without spaces, punctuation and digits in one width; its lines stay the same."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for wide, narrow in FOLDED.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return text


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
