"""Sentences: the claims of single sentences, read without reading the whole document."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, Span
from kanwu.analysis.lines import Lines
from kanwu_rules.figures.claims import SENTENCE_END, Reader
from kanwu_rules.figures.dates import dates_in
from kanwu_rules.figures.english import english_quantities
from kanwu_rules.figures.written_numbers import START

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Document
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.restating_lines import Figure

LONGEST = 2000
"""Code points; a longer stretch without a full stop is a table or a list of goods."""
HAN = Pattern(r"[㐀-鿿]")


class Sentence(NamedTuple):
    """A sentence of one line and the figures in it."""

    start: int
    end: int
    claims: Sequence[Claim]


class Sentences:
    """The sentences of a document that somebody asked for."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.lines = document.get(Lines)
        self.ends: dict[int, list[int]] = {}
        self.read: dict[int, Sentence] = {}

    @classmethod
    def of(cls, document: Document) -> Sentences:
        return cls(document)

    def span_at(self, offset: int) -> tuple[int, int, int]:
        """The line of an offset, and the ends of its sentence."""
        line = self.lines.index(offset)
        start, end = self.lines.starts[line], self.lines.ends[line]
        ends = self.ends.get(line)
        if ends is None:
            stops = SENTENCE_END.finditer(self.text, start, end)
            ends = self.ends[line] = [start, *(m.end() for m in stops), max(start, end)]
        at = min(bisect_right(ends, offset), len(ends) - 1)
        return line, ends[max(at - 1, 0)], ends[at]

    def at(
        self, places: Iterable[Span | Figure], *, longest: float = LONGEST
    ) -> Iterator[Sentence]:
        """The sentences in which some places lie, each once, in the order of the places.

        Those that are longer than `longest` are left out.
        """
        last = -1
        for place in places:
            if place.start < last:
                continue
            line, start, last = self.span_at(place.start)
            if last - start > longest:
                continue
            found = self.read.get(start)
            if found is None:
                claims = tuple(claims_between(self.text, line, start, last))
                found = self.read[start] = Sentence(start, last, claims)
            yield found


def claims_between(text: str, line: int, start: int, end: int) -> Iterator[Claim]:
    """The claims of a part of a line."""
    dates = iter(dates_in(text, start, end))
    date = next(dates, None)
    reader = Reader(text, line, start, end)
    if HAN.search(text, start, end) is None:
        for read in english_quantities(text, start, end):
            while date is not None and date.end <= read.start:
                date = next(dates, None)
            if date is None or date.start > read.start:
                yield reader.english(read)
        return
    found = START.search(text, start, end)
    while found is not None:
        at = found.start()
        while date is not None and date.end <= at:
            date = next(dates, None)
        if date is not None and date.start <= at:
            at = date.end
        else:
            claim, at = reader.read(at)
            if claim is not None:
                yield claim
        found = START.search(text, at, end)
