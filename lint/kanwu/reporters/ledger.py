"""The ledger as a table for people, as CSV and as JSON lines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu.engine.finding import shown_id, span_of
from kanwu.reporters.machine import file_of, to_json
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Place
    from kanwu.engine.ledger import Alignment, Entry
    from kanwu.reporters.wording import Wording

FORMATS = ("text", "csv", "jsonl")
COLUMNS = ("place", "figure", "kind", "reading", "unit", "counted")


class LedgerWriter(ABC):
    """Writes the entries of one document after the other."""

    formats: ClassVar[str]
    ids: bool = False
    """Whether a table has a column for the ids of rows."""

    def __init__(self, stream: TextIO, wording: Wording = ENGLISH) -> None:
        self.stream = stream
        self.wording = wording

    @abstractmethod
    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        """Write the entries of a document."""

    def write_alignments(self, alignments: Iterable[Alignment]) -> int:
        """Write how claims were compared, and say how many there were."""
        count = 0
        for count, alignment in enumerate(alignments, 1):
            self.write_alignment(alignment, first=count == 1)
        return count

    @abstractmethod
    def write_alignment(self, alignment: Alignment, *, first: bool) -> None:
        """Write how two claims were compared."""


class JsonLines(LedgerWriter):
    """One claim a line."""

    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        for row in rows(document, entries):
            self.stream.write(to_json(row) + "\n")

    def write_alignment(self, alignment: Alignment, *, first: bool) -> None:  # noqa: ARG002
        self.stream.write(to_json(aligned_row(alignment)) + "\n")


class Csv(LedgerWriter):
    """A table with the columns of the JSON lines, places in columns of their own."""

    def __init__(self, stream: TextIO, wording: Wording = ENGLISH) -> None:
        import csv

        super().__init__(stream, wording)
        self.out = csv.writer(stream, lineterminator="\n")
        self.begun = False

    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        ids = ("id",) if self.ids else ()
        if not self.begun:
            self.begun = True
            points = [f"{point}_{part}" for point in ("start", "end") for part in POINT]
            self.out.writerow(("path", "record", *ids, *points, *TAIL))
        for row in rows(document, entries):
            places = [row[point][part] for point in ("start", "end") for part in POINT]
            # A text that is no row has no id.
            place = (row["path"], row["record"], *(encodable(row.get(name)) for name in ids))
            self.out.writerow((*place, *places, *(encodable(row[name]) for name in TAIL)))

    def write_alignment(self, alignment: Alignment, *, first: bool) -> None:
        if first:
            sides = [f"{side}_{part}" for side in ("one", "other") for part in SIDE]
            self.out.writerow(("verdict", "reason", *sides))
        row = aligned_row(alignment)
        sides = [encodable(row[side][part]) for side in ("one", "other") for part in SIDE]
        self.out.writerow((row["verdict"], row["reason"], *sides))


class Text(LedgerWriter):
    """Lines with blanks between the columns, under the name of each document."""

    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        cells = [
            tuple(map(self.wording.word, COLUMNS)),
            *(texts(row, self.wording) for row in rows(document, entries)),
        ]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)][:-1]
        self.stream.write(f"{encodable(name_of(document))}\n")
        for row in cells:
            padded = (c + " " * (w - width(c)) for c, w in zip(row, widths, strict=False))
            self.stream.write(f"  {'  '.join((*padded, row[-1]))}".rstrip() + "\n")
        self.stream.write("\n")

    def write_alignment(self, alignment: Alignment, *, first: bool) -> None:  # noqa: ARG002
        one, other = map(said, (alignment.one, alignment.other))
        verdict = self.wording("{offer}: ", offer=self.wording.word(alignment.verdict))
        self.stream.write(encodable(f"{verdict}{one} | {other}") + "\n")
        head, _, words = alignment.reason.partition(": ")
        reason = self.wording.word(head)
        if words:
            reason = self.wording("{offer}: ", offer=reason) + words
        self.stream.write(encodable(f"  {reason}") + "\n")


SIDE = ("path", "record", "line", "column", "offset", "surface")
POINT = ("line", "column", "offset")
TAIL = ("surface", "kind", "value", "relation", "low", "high", "unit", "counted", "language")
WRITERS: dict[str, Callable[[TextIO, Wording], LedgerWriter]] = {
    "text": Text,
    "csv": Csv,
    "jsonl": JsonLines,
}


def rows(document: Document, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries in the form of machine output, every key always there."""
    found = []
    for entry in entries:
        start, end = span_of(document, entry.start, entry.end)
        found.append(
            {
                **file_of(document),
                "start": start._asdict(),
                "end": end._asdict(),
                "surface": document.text[entry.start : entry.end],
                "kind": entry.kind,
                "value": entry.value,
                "relation": entry.relation,
                "low": entry.low,
                "high": entry.high,
                "unit": entry.unit,
                "counted": entry.counted,
                "language": entry.language,
            }
        )
    return found


def aligned_row(alignment: Alignment) -> dict[str, Any]:
    """An alignment in the form of machine output."""
    sides = {
        name: {
            **file_of(place),
            **place.start._asdict(),
            "surface": place.excerpt.inside,
        }
        for name, place in (("one", alignment.one), ("other", alignment.other))
    }
    return {"verdict": alignment.verdict, "reason": alignment.reason, **sides}


def said(place: Place) -> str:
    """A figure with the words before it, and where it stands."""
    excerpt = place.excerpt
    where = f"{place.record or place.path}:{place.start.line}:{place.start.column}"
    return f"{excerpt.before[-12:]}[{excerpt.inside}]{excerpt.after[:8]} ({where})"


def texts(row: dict[str, Any], wording: Wording = ENGLISH) -> tuple[str, ...]:
    """A row as a person reads it: the place, the words, and what they were taken for."""
    place = f"{row['start']['line']}:{row['start']['column']}"
    return tuple(
        map(
            encodable,
            (
                place,
                row["surface"],
                wording.word(row["kind"]),
                reading(row, wording),
                row["unit"],
                row["counted"],
            ),
        )
    )


def reading(row: dict[str, Any], wording: Wording = ENGLISH) -> str:
    """The interval of a row: `= 12`, `> 1200 (to 1300)`, `7 to 10`."""
    if row["relation"] == "range":
        return wording("{low} to {high}", low=row["low"], high=row["high"])
    said = f"{row['relation']} {row['value']}"
    if row["relation"] == ">" and row["high"] is not None:
        return wording("{said} (to {high})", said=said, high=row["high"])
    if row["relation"] == "~":
        return wording("{said} ({low} to {high})", said=said, low=row["low"], high=row["high"])
    return said


def name_of(document: Document) -> str:
    """The path of a document, or the record of a data set."""
    if document.record is None:
        return document.path
    return f"{document.record} {shown_id(document.row_id)}".rstrip()


def encodable(value: object) -> str:
    """A value as text that UTF-8 can hold, on one line."""
    text = "" if value is None else str(value)
    return text.encode("utf-8", "backslashreplace").decode().replace("\n", " ").replace("\r", " ")


def width(text: str) -> int:
    """How many cells a terminal takes for a text."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
