"""The lines of many documents in numpy, and tables of code points to look them up in.

Imported only by the scan for corpora.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kanwu.engine.scanning import UTF_32

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]

LARGEST = 1 << 18
"""Code points of a document beyond which it is not looked at together with others, which bounds the memory."""
CODES = 0x110000
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd number whose bits are well mixed, for spreading small numbers over 64 bits."""


class JoinedLines:
    """The lines of some texts, looked at together; one element of `starts` and the like a line."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n".join([*texts, ""])
        points = np.frombuffer(joined.encode(UTF_32, "surrogatepass"), np.uint32)
        self.texts = texts
        self.points = points.astype(np.intp)
        ended = points == ord("\n")
        if "\r" in joined:
            ended |= points == ord("\r")
        ends = np.flatnonzero(ended)
        self.starts = np.concatenate(([0], ends[:-1] + 1))
        self.lengths = ends - self.starts
        self.offsets = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        """Of each text where it begins."""
        self.owners = np.searchsorted(self.offsets, self.starts, side="right") - 1
        """Of each line the number of its text."""

    @cached_property
    def filled(self) -> Numbers:
        """The lines, by index, that are not empty."""
        return np.flatnonzero(self.lengths)

    @cached_property
    def numbers(self) -> Numbers:
        """Of each of these lines how many stand before it in its text."""
        owners = self.owners[self.filled]
        numbers: Numbers = np.arange(owners.size) - np.searchsorted(owners, owners)
        return numbers


def table_of(characters: frozenset[str]) -> NDArray[np.bool_]:
    """Of each code point whether it is one of some characters."""
    table = np.zeros(CODES, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


def blanks() -> frozenset[str]:
    """All white space that stands within lines."""
    return frozenset(filter(str.isspace, map(chr, range(0x3001)))) - {"\n", "\r"}
