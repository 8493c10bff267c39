"""What a rule reports: a place, a message, its evidence and perhaps a fix.

These types are the one model behind every output format.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.documents.document import Document, Encoding

# Code points on each side of a span: what an excerpt shows, and what a fingerprint depends on.
WINDOW = 20
LONGEST_EXCERPT = 60
# Of a longer span its beginning, its length and its end stand for the whole.
LONGEST_ANCHOR = 400


class Severity(StrEnum):
    """How much a finding weighs; see `rank` for the order."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return ("info", "warning", "error").index(self.value)


class Safety(StrEnum):
    """Whether a fix may be applied: always, when asked for, or never (a suggestion)."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    SHOWN = "shown"


class Message(NamedTuple):
    """A text with its parameters apart, so that it can be told in another language.

    A parameter may be a message or a list of them: those are translated too.
    """

    id: str
    template: str
    parameters: Mapping[str, object]

    def __str__(self) -> str:
        return self.template.format_map(self.parameters)


class Listed(NamedTuple):
    """Several values that a message names one after another, as one of its parameters."""

    items: tuple[object, ...]
    between: str = ", "

    def __str__(self) -> str:
        return self.between.join(map(str, self.items))


class Excerpt(NamedTuple):
    """The text around a span, within its first line; `…` marks what was left out."""

    before: str
    inside: str
    after: str


class Place(NamedTuple):
    """A span of one document. The end is exclusive."""

    path: str
    record: str | None
    start: Location
    end: Location
    excerpt: Excerpt
    anchor: str
    """The span's text and the text around it, which fingerprints are made of."""
    row_id: str | None = None
    """The id of the row, as JSON; None where no field of the rows holds ids."""

    @property
    def row(self) -> tuple[int, str]:
        """The row of a dataset and its field, so that rows sort by their numbers."""
        if self.record is None:
            return (0, "")
        number, _, field = self.record.partition("#")
        return (int(number) if number.isdecimal() else 0, field)


class Edit(NamedTuple):
    """Replace the text from `start` to `end` (exclusive) by `text`."""

    start: Location
    end: Location
    text: str


class Fix(NamedTuple):
    """Edits that together repair one finding: all of them are applied, or none.

    They stand in the order of the text and do not overlap.
    """

    safety: Safety
    title: Message
    edits: tuple[Edit, ...]
    encoding: Encoding | None = None
    """In what the file is written from then on; None leaves it as it is. No text is changed by it."""


class Related(NamedTuple):
    """Another place that belongs to a finding, in this document or in another one."""

    place: Place
    message: Message


class Finding(NamedTuple):
    """One defect: what it is, where it stands, how it is known, how it can be repaired."""

    code: str
    name: str
    severity: Severity
    message: Message
    place: Place
    related: tuple[Related, ...] = ()
    evidence: Mapping[str, Any] = MappingProxyType({})
    fix: Fix | None = None
    documents: tuple[str, ...] = ()
    """The paths of all documents that it is about, where `related` names only some of them."""
    occurrence: int = 0
    """How many findings with the same code and anchor stand before this one in the document."""

    @property
    def fingerprint(self) -> str:
        """An identity that survives moved lines and new wording: code, text and occurrence."""
        from hashlib import blake2b  # not at every start: few formats show it

        identity = f"{self.code}\0{self.place.anchor}\0{self.occurrence}"
        return blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

    @property
    def order(self) -> tuple[object, ...]:
        """Sort key: file, row, place, code; then whatever else tells two findings apart."""
        place = self.place
        return (
            place.path,
            place.row,
            place.start.offset,
            place.end.offset,
            self.code,
            self.message.id,
        )


def place(document: Document, start: int, end: int) -> Place:
    """The place of the code points from `start` to `end` (exclusive) in a document."""
    text, lines = document.text, document.get(Lines)
    first, last = _located(lines, start, end)
    line_start = start - first.column + 1
    line_end = lines.ends[first.line - 1]
    left, right = max(line_start, start - WINDOW), min(line_end, end + WINDOW)
    shown_end = min(end, max(start, line_end), start + LONGEST_EXCERPT)
    cut = shown_end < end
    excerpt = Excerpt(
        ("…" if left > line_start else "") + text[left:start],
        text[start:shown_end] + ("…" if cut else ""),
        "" if cut else text[shown_end:right] + ("…" if right < line_end else ""),
    )
    # A checkout on Windows has other line ends, and the same findings.
    inside = text[start:end].replace("\r\n", "\n")
    if len(inside) > LONGEST_ANCHOR:
        half = LONGEST_ANCHOR // 2
        inside = f"{inside[:half]}\0{len(inside)}\0{inside[-half:]}"
    anchor = f"{text[left:start]}\0{inside}\0{text[end:right]}"
    if document.origin is not None:
        first, last = span_of(document, start, end)
    return Place(document.path, document.record, first, last, excerpt, anchor, document.row_id)


_TOP = Location(1, 1, 0)
_NOTHING = Excerpt("", "", "")


def whole_file(path: str, record: str | None = None, row_id: str | None = None) -> Place:
    """The place of a finding about a file, or a row, of which no text is at hand."""
    return Place(path, record, _TOP, _TOP, _NOTHING, "", row_id)


def shown_id(row_id: str | None) -> str:
    """The id of a row for a person; empty where it has none."""
    import json  # not at every start: few datasets have ids

    value = None if row_id is None else json.loads(row_id)
    return "" if value is None else str(value)


def shown_row(place: Place) -> str:
    """The row of a dataset and its field for a person, with the id of the row; empty for a file."""
    told = shown_id(place.row_id)
    return f"{place.record} {told}" if told else place.record or ""


def with_id(finding: Finding, ids: Mapping[tuple[str, int], str]) -> Finding:
    """A finding whose places have the ids of their rows; `ids` has them by path and row."""

    def told(place: Place) -> Place:
        if place.row_id is not None:
            return place
        return place._replace(row_id=ids.get((place.path, place.row[0])))

    related = tuple(r._replace(place=told(r.place)) for r in finding.related)
    return finding._replace(place=told(finding.place), related=related)


def whole_document(document: Document) -> Place:
    """The place of a finding about a whole document: line 1, column 1, nothing marked."""
    return place(document, 0, 0)


def edit(document: Document, start: int, end: int, text: str) -> Edit:
    """Replace the code points from `start` to `end` (exclusive) of a document by `text`."""
    # Of HTML too the text: no fix of it is ever applied to the file.
    return Edit(*_located(document.get(Lines), start, end), text)


def span_of(document: Document, start: int, end: int) -> tuple[Location, Location]:
    """The locations in its file of a start and an end in the text of a document."""
    # The beginning stands for the whole document, whatever tags come before its text.
    if document.origin is not None and end:
        start, end = document.origin.span(start, end)
    return _located(document.source.get(Lines), start, end)


def line_of(document: Document, offset: int) -> int:
    """The number of a line, from 1, in the file of a document."""
    return span_of(document, offset, offset)[0].line


def _located(lines: Lines, start: int, end: int) -> tuple[Location, Location]:
    """Two locations; within a line, as nearly always, one search gives both."""
    # As `Lines.locate` does, which takes as long as all of this.
    line = bisect_right(lines.starts, start)
    column = start - lines.starts[line - 1] + 1
    first = Location(line, column, start)
    if end <= lines.ends[line - 1]:
        return first, Location(line, column + end - start, end)
    return first, lines.locate(end)
