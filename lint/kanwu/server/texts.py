"""The text of a document as the language server protocol counts it: in lines and code units.

A line of the protocol ends at LF, CRLF or a lone CR, and after the last end there is one line more,
which may be empty. Within a line it counts the code units of the encoding that was agreed on, which
are not code points: a rare Han character or an emoji is two units of UTF-16 and four of UTF-8.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range, TextEdit

from kanwu.analysis.lines import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Edit

WIDE = "\U00010000"
CODECS: dict[str, tuple[str, int]] = {
    PositionEncodingKind.Utf8: ("utf-8", 1),
    PositionEncodingKind.Utf16: ("utf-16-le", 2),
    PositionEncodingKind.Utf32: ("utf-32-le", 4),
}
"""For each encoding of positions the codec, and the bytes of one unit."""


class ImpossibleEditError(Exception):
    """An edit that does not fit the text; the message says how."""


class Text:
    """The text of one open document, which its edits change."""

    def __init__(self, whole: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        """`encoding` is that of positions: utf-8, utf-16 or utf-32."""
        self.encoding = encoding
        self._codec, self._unit = CODECS[encoding]
        self._lines = split_lines(whole)

    @cached_property
    def whole(self) -> str:
        """All of the text."""
        return "".join(self._lines)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, self._lines))]

    def replace(self, at: Range, new: str) -> None:
        """Put `new` in place of a range. Raises ImpossibleEditError, and then nothing has changed.

        A place past the end of a line or of the last line means that end, as the protocol has it and
        as editors use it; a line that lies beyond one more than there are is a mistake.
        """
        lines = self._lines
        first, last = at.start.line, at.end.line
        count = len(lines)
        if (at.end.line, at.end.character) < (at.start.line, at.start.character):
            raise ImpossibleEditError(
                f"it ends at line {last + 1}, before it begins at line {first + 1}"
            )
        if first > count or last > count:
            raise ImpossibleEditError(
                f"it reaches line {max(first, last) + 1} of a text that has {count} lines"
            )
        head = self._cut(lines[first], at.start.character)[0] if first < count else lines[-1]
        tail = self._cut(lines[last], at.end.character)[1] if last < count else ""
        first = min(first, count - 1)
        if first:
            # A CR at the end of the line before and an LF that follows now are one line end.
            first -= 1
            head = lines[first] + head
        parts = split_lines(self._joined(head + new + tail))
        if last < count - 1:
            parts.pop()  # the empty one after the line end that the tail brings
        lines[first : last + 1] = parts
        for name in ("whole", "_starts"):
            self.__dict__.pop(name, None)

    def offset(self, at: Position) -> int:
        """The offset in code points of a position; of one outside the text, the nearest."""
        if at.line >= len(self._lines):
            return self._starts[-1]
        try:
            head = self._cut(self._lines[at.line], at.character)[0]
        except ImpossibleEditError:
            head = ""
        return self._starts[at.line] + len(head)

    def position(self, offset: int) -> Position:
        """The position of an offset in code points. Inside a CRLF it is that before it."""
        line = min(bisect_right(self._starts, offset), len(self._lines)) - 1
        head = self._lines[line][: max(0, offset - self._starts[line])]
        return Position(line, self._units(head.removesuffix("\r")))

    def range(self, start: int, end: int) -> Range:
        """The range between two offsets in code points."""
        first = self.position(start)
        return Range(first, first if end == start else self.position(end))

    def edit(self, start: int, end: int, new: str) -> TextEdit:
        """The edit that puts `new` in place of the code points from `start` to `end`.

        No position lies inside a CRLF: an edit of one half of it replaces both.
        """
        whole = self.whole
        if whole[start - 1 : start + 1] == "\r\n" and start:
            start, new = start - 1, "\r" + new
        if whole[end - 1 : end + 1] == "\r\n" and end:
            end, new = end + 1, new + "\n"
        return TextEdit(self.range(start, end), new)

    def edits(self, edits: Iterable[Edit]) -> list[TextEdit]:
        """The edits of a fix. Those that meet in one CRLF become one."""
        joined: list[tuple[int, int, str]] = []
        for one in edits:
            start, end = one.start.offset, one.end.offset
            if joined and start - joined[-1][1] <= 1:
                before = joined.pop()
                joined.append(
                    (before[0], end, before[2] + self.whole[before[1] : start] + one.text)
                )
            else:
                joined.append((start, end, one.text))
        return [self.edit(*one) for one in joined]

    def _units(self, head: str) -> int:
        if self._unit == 4 or head.isascii() or (self._unit == 2 and max(head) < WIDE):
            return len(head)
        return len(head.encode(self._codec, "surrogatepass")) // self._unit

    def _cut(self, line: str, units: int) -> tuple[str, str]:
        """A line before and after so many units, at the end of its content at most."""
        content = line.rstrip("\r\n")
        if self._unit == 4 or content.isascii() or (self._unit == 2 and max(content) < WIDE):
            cut = min(units, len(content))
            return line[:cut], line[cut:]
        data = content.encode(self._codec, "surrogatepass")
        at = min(units * self._unit, len(data))
        try:
            head = data[:at].decode(self._codec, "surrogatepass")
            tail = data[at:].decode(self._codec, "surrogatepass")
        except UnicodeDecodeError:
            raise ImpossibleEditError(f"it cuts a character at unit {units} of its line") from None
        return head, tail + line[len(content) :]

    def _joined(self, text: str) -> str:
        """Halves of a character of UTF-16 that an edit has put side by side become the character."""
        try:
            text.encode()
        except UnicodeEncodeError:
            if self._unit == 2:
                data = text.encode(self._codec, "surrogatepass")
                return data.decode(self._codec, "surrogatepass")
        return text


def split_lines(text: str) -> list[str]:
    """The lines of the protocol, each with its end but the last."""
    if "\r" not in text:
        parts = text.split("\n")
        return [*(part + "\n" for part in parts[:-1]), parts[-1]]
    ends = [end.end() for end in LINE_END.finditer(text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]
