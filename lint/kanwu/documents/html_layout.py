"""The visible text of a page, put together piece by piece as a browser lays it out."""

from __future__ import annotations

import re

from kanwu.documents.document import Document, Span
from kanwu.documents.origin import Comment, Origin

# No spaces are between these, so that a line of the file that ends between two of them ends no word: CSS
# Text 3, 4.1.2.
WIDE = re.compile(
    "[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
    "“”‘’—…·\U00020000-\U0003ffff]"
)
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
MOSTLY_CODE = 3
"""Verbatim text of which less than one character in so many is Chinese is code."""
CODE, VERBATIM = 1, 2


class Layout:
    """A text that grows piece by piece."""

    def __init__(self) -> None:
        self.length = 0
        self.zone = 0
        """`CODE` or `VERBATIM` inside of such an element."""
        self._parts: list[str] = []
        self._pieces: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._end = 0
        """Where in the file the last piece ends."""
        self._last = ""
        self._breaks = 0
        """Line ends that are due before the next piece."""
        self._cell = False
        """Whether another cell of a table begins, if it is on the same line."""
        self._torn = False
        """Whether a line has ended in a cell of this row, so that the next one has lines of its own."""
        self._blanks = 0
        """How many blanks are due that do not collapse."""
        self._space = False
        self._broken = False
        """Whether white space is due, and whether a line of the file ends in it."""
        self._zones: list[tuple[int, Span]] = []
        self._comments: list[Comment] = []

    def write(self, text: str, start: int, end: int) -> None:
        """Put text, which is not empty, behind what is there, and before it the white space that is due."""
        if self._last:
            between = self._between(text[0])
            if between:
                self._put(between, self._end, start)
        self._breaks = self._blanks = 0
        self._cell = self._space = self._broken = False
        self._put(text, start, end)
        self._end = end
        self._last = text[-1]

    def _between(self, following: str) -> str:
        if self._breaks:
            return "\n" * self._breaks
        if self._cell:
            return "\t"
        if self._blanks:
            return " " * (self._blanks + self._space)
        if self._space and not self._last.isspace():
            joined = self._broken and WIDE.match(self._last) and WIDE.match(following)
            return "" if joined else " "
        return ""

    def _put(self, text: str, start: int, end: int) -> None:
        at = self.length
        self._parts.append(text)
        self._pieces.append(at)
        self._starts.append(start)
        self._ends.append(end)
        self.length = at + len(text)
        if self.zone:
            last = self._zones[-1] if self._zones else None
            if last is not None and last[0] == self.zone and last[1].end == at:
                self._zones[-1] = (self.zone, Span(last[1].start, self.length))
            elif text.strip():
                self._zones.append((self.zone, Span(at, self.length)))

    def space(self, *, broken: bool) -> None:
        """White space that shows as one space at most."""
        self._space = True
        self._broken = self._broken or broken

    def blank(self) -> None:
        """A blank that does not collapse: it is how pages set things apart, and none at the ends of a line."""
        self._blanks += 1

    def line(self) -> None:
        """The end of a line; however many there are, no more than one line is left blank."""
        self._breaks = min(2, self._breaks + 1)
        self._torn = True

    def verbatim_lines(self, number: int) -> None:
        """Ends of lines where all of them are kept."""
        self._breaks += number

    def block(self, breaks: int) -> None:
        """The beginning or the end of what has lines of its own."""
        self._breaks = max(self._breaks, breaks)
        self._torn = True

    def row(self) -> None:
        """The beginning of a row of a table."""
        self._torn = False

    def cell(self) -> None:
        """The beginning of a cell of a table: behind another one, or on a line of its own."""
        if self._torn:
            self.block(1)
        self._cell = True

    def comment(self, start: int, end: int) -> None:
        """Note a comment of the file."""
        alone = not self.length or self._breaks > 0
        self._comments.append(Comment(Span(start, end), self.length, alone))

    def document(self, source: Document) -> Document:
        """The text as a document whose places lead back to the file."""
        text = "".join(self._parts)
        code = [span for zone, span in self._zones if zone == CODE or is_code(text, span)]
        self._pieces.append(self.length)
        self._starts.append(self._end)
        self._ends.append(self._end)
        origin = Origin(
            source, self._pieces, self._starts, self._ends, code=code, comments=self._comments
        )
        return Document(
            text,
            path=source.path,
            markup="html",
            encoding=source.encoding,
            record=source.record,
            row_id=source.row_id,
            origin=origin,
        )


def is_code(text: str, span: Span) -> bool:
    """Whether verbatim text is code: old pages set whole articles so."""
    inside = text[span.start : span.end]
    return MOSTLY_CODE * len(HAN.findall(inside)) < len("".join(inside.split()))
