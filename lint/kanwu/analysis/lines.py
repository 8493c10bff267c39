"""Lines: where each one starts and ends, and from an offset to a line and a column."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, count
from operator import add
from typing import TYPE_CHECKING

from kanwu.documents.document import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.documents.document import Document

# U+0085, U+2028 and U+2029 end no line here: editors and other tools count the same three only.
LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text. A line ends at LF, CRLF or a lone CR, and nowhere else.

    `starts` and `ends` are code-point offsets; the end stands before the line's terminator. A text
    always has at least one line, and a terminator at the very end opens no further one.
    """

    __slots__ = ("ends", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            spans = [end.span() for end in LINE_END.finditer(text)]
            starts = [0, *(end for _, end in spans)]
            ends = [*(start for start, _ in spans), len(text)]
        else:
            # Cutting the text up costs a third of looking for one end of a line after the other.
            lengths = map(len, text.split("\n"))
            ends = list(map(add, accumulate(lengths), count()))
            starts = [0, *map((1).__add__, ends)]
            starts.pop()
        if len(starts) > 1 and starts[-1] == len(text):
            starts.pop()
            ends.pop()
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, document: Document) -> Lines:
        return cls(document.text)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> str:
        """The line with this index, counted from 0, without its terminator."""
        return self.text[self.starts[index] : self.ends[index]]

    def __iter__(self) -> Iterator[str]:
        text = self.text
        return (text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    def index(self, offset: int) -> int:
        """The index, from 0, of the line that holds the offset (a terminator belongs to its line)."""
        return bisect_right(self.starts, offset) - 1

    def locate(self, offset: int) -> Location:
        """The line and column, both from 1, of an offset in 0..len(text)."""
        line = bisect_right(self.starts, offset)
        return Location(line, offset - self.starts[line - 1] + 1, offset)
