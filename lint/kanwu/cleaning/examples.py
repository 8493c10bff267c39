"""A few of many findings, and of many rows that are left out, with the text as it stands in the copy."""

from __future__ import annotations

import json
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kanwu.cleaning.copies import record
from kanwu.documents.datasets.jsonl import rows
from kanwu.documents.decoding import decode

if TYPE_CHECKING:
    from kanwu.cleaning.conditions import Reason
    from kanwu.cleaning.pieces import Segment

AROUND = 30
"""Code points before and after the marked text of an example."""
INSIDE = 80
"""Code points of a marked text."""
COMPARED = 20_000
"""Code points of a row that are kept to be compared with another one."""
BEGINNING = 120
"""Code points that a row is shown by."""

FIRST, SPREAD = 2, 4
"""Examples of everything: the first, and some from all over the corpus."""


class Excerpt(NamedTuple):
    """A stretch of text, of which the middle is marked."""

    before: str
    inside: str
    after: str
    cut: int = 0
    """Code points of the middle that are not shown."""


def marked(text: str, start: int, end: int) -> Excerpt:
    """A stretch of a text, marked, with what stands around it."""
    left, right = max(0, start - AROUND), end + AROUND
    return Excerpt(
        ("…" if left else "") + text[left:start],
        text[start : min(end, start + INSIDE)],
        text[end:right] + ("…" if right < len(text) else ""),
        max(0, end - start - INSIDE),
    )


def beginning(text: str) -> Excerpt:
    """How a text begins."""
    text = text.strip()
    return Excerpt(text if len(text) <= BEGINNING else f"{text[:BEGINNING]}…", "", "")


def difference(text: str, other: str) -> Excerpt:
    """The stretch in which a text differs from another one, marked; where it does not, how it begins."""
    if text == other:
        return beginning(text)
    start = common(text, other)
    ending = common(text[start:][::-1], other[start:][::-1])
    return marked(text, start, len(text) - ending)


def common(text: str, other: str) -> int:
    """How many code points two texts begin with both."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False))
    )


class Example(NamedTuple):
    """One of many."""

    path: str
    record: str | None
    line: int
    """0 where it is about a whole text."""
    said: str
    """The message of a finding; the condition of a row that is left out."""
    excerpt: Excerpt
    number: int = 0
    """Of a row that is left out what its reason counts."""
    kept: tuple[str | None, str | None] | None = None
    """The path and the row that is kept in its place."""


class Sample:
    """The first of many, and a few from all over: those whose digests are least."""

    def __init__(self) -> None:
        self.first: list[Example] = []
        self._spread: list[tuple[int, int, Example]] = []
        self.seen = 0

    def wants(self, digest: int) -> bool:
        """Whether one of this digest, which is counted, is to be put in."""
        self.seen += 1
        if len(self.first) < FIRST:
            return True
        return len(self._spread) < SPREAD or digest < self._spread[-1][0]

    def put(self, digest: int, example: Example) -> None:
        if len(self.first) < FIRST:
            self.first.append(example)
            return
        self._spread.append((digest, self.seen, example))
        self._spread.sort(key=lambda one: one[:2])
        del self._spread[SPREAD:]

    @property
    def examples(self) -> list[Example]:
        """In the order of the corpus."""
        return self.first + [one for _, _, one in sorted(self._spread, key=lambda one: one[1])]


class Texts:
    """The texts of a segment, read again where one is shown."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._lines: list[bytes] | None = None

    def text(self, record: str | None) -> str:
        """The cleaned text that a record names, or the first of its row that is there."""
        segment = self._segment
        number, _, field = (record or "").partition("#")
        if not segment.first:
            return decode(segment.data).text
        if not number.isdecimal():
            return ""
        line = self._line(int(number))
        fields = (field,) if field else segment.notes["fields"]
        for row in rows(line, int(number), fields):
            return row.texts[0][1] if row.texts else decode(line).text
        return ""

    def _line(self, number: int) -> bytes:
        if self._lines is None:
            self._lines = self._segment.data.split(b"\n")
        at = number - self._segment.first
        return self._lines[at] if 0 <= at < len(self._lines) else b""

    def row(self, number: int) -> str:
        """The text of a row, as much of it as is compared."""
        return self.text(record(number))[:COMPARED]

    def example(self, line: bytes) -> Example:
        """A finding that was written, with the text around it."""
        told = json.loads(line)
        start, end = told["start"]["offset"], told["end"]["offset"]
        text = self.text(told["record"])
        shown = marked(text, start, end)
        if not end:
            shown = beginning(text)
        line_number = told["start"]["line"] if end else 0
        return Example(told["path"], told["record"], line_number, told["message"], shown)

    def left_out(self, number: int, reason: Reason) -> Example:
        """A row that is left out."""
        kept = None if reason.path is None else (reason.path, reason.record)
        shown = beginning(self.row(number))
        path = self._segment.path
        return Example(path, record(number), 0, reason.condition, shown, reason.number, kept)
