"""Where the text of a document stands in the file that it was taken from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.documents.document import Document


class Comment(NamedTuple):
    """A comment of the file, which is no part of the text."""

    span: Span
    """Where it stands in the file."""
    at: int
    """The offset in the text behind what stands before it."""
    alone: bool
    """Whether a line of the text ends before it, so that it concerns what follows."""


class Origin:
    """How the offsets of a text lead to the file that it was taken from, as the text of HTML is.

    The text is cut into pieces in order. A piece as long as its span of the file stands there as it is;
    any other (an entity, collapsed white space, the line end that a tag stands for) has the whole span.
    Offsets are code points, of the text and of what the bytes of the file decode to.
    """

    __slots__ = ("_ends", "_pieces", "_starts", "code", "comments", "source")

    def __init__(
        self,
        source: Document,
        pieces: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
        *,
        code: Sequence[Span] = (),
        comments: Sequence[Comment] = (),
    ) -> None:
        """Take where each piece begins in the text, and the spans of all of them in the file.

        The last piece is the end of the text, and empty.
        """
        self.source = source
        """The file as a document of its own: all of its text, tags and all."""
        self.code = code
        """What of the text is code, in order and disjoint."""
        self.comments = comments
        """In order."""
        self._pieces = pieces
        self._starts = starts
        self._ends = ends

    def span(self, start: int, end: int) -> Span:
        """Where the code points from `start` to `end` (exclusive) of the text stand in the file."""
        first = self._place(start)[0]
        return Span(first, self._place(end - 1)[1] if end > start else first)

    def _place(self, offset: int) -> tuple[int, int]:
        """The span of one code point; of the end of the text, the empty one behind the last."""
        piece = bisect_right(self._pieces, offset) - 1
        start, end = self._starts[piece], self._ends[piece]
        if self._is_exact(piece):
            start += offset - self._pieces[piece]
            end = min(start + 1, end)
        return start, end

    def seen(self, start: int, end: int) -> Span:
        """Where in the text stands what a span of the file has of it: the reverse of `span`."""
        first = self._offset(start)
        return Span(first, max(first, self._offset(end - 1) + 1) if end > start else first)

    def _offset(self, place: int) -> int:
        """The offset in the text of what stands at a place of the file, or else nearest before it."""
        piece = max(0, bisect_right(self._starts, place) - 1)
        at = self._pieces[piece]
        if not self._is_exact(piece):
            return at
        last = self._pieces[min(piece + 1, len(self._pieces) - 1)]
        return min(at + max(0, place - self._starts[piece]), last)

    def _is_exact(self, piece: int) -> bool:
        """Whether a piece stands in the file as it is."""
        if piece + 1 == len(self._pieces):
            return True
        size = self._pieces[piece + 1] - self._pieces[piece]
        return size == self._ends[piece] - self._starts[piece]
