"""The parts of a dataset, and the documents in a part, whatever its format."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.datasets.formats import PART_BYTES, Format, Row, no_id
from kanwu.documents.datasets.packing import packing_of
from kanwu.documents.reading import UnreadableError, marked_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.documents.datasets.formats import Part, Wanted
    from kanwu.documents.document import Document, Markup


class UnreadRows(NamedTuple):
    """Rows of a dataset that gave no document."""

    row: int
    """The first of them."""
    reason: str
    rows: int = 1
    """How many there are, in one part of the dataset."""
    row_id: str | None = None
    """The id of the first of them, as JSON."""


@cache
def formats() -> tuple[Format, ...]:
    """Every format that datasets may have."""
    from kanwu.documents.datasets.jsonl import JsonLines
    from kanwu.documents.datasets.parquet import Parquet

    return (JsonLines(), Parquet())


def is_dataset(path: str) -> bool:
    """Whether a file of this name is read row by row."""
    return _format_of(path) is not None


def format_of(path: str) -> Format:
    """The format of a dataset."""
    found = _format_of(path)
    assert found is not None
    return found


def _format_of(path: str) -> Format | None:
    packing = packing_of(path)
    name = path[: len(path) - len(packing)]
    ending = os.path.splitext(name)[1].lower()
    for known in formats():
        if ending in known.endings and (known.packed or not packing):
            return known
    return None


def cut(path: str, wanted: Wanted, size: int = PART_BYTES) -> Iterator[Part]:
    """The parts of a dataset, each of about `size` bytes. Raises UnreadableError."""
    if os.path.exists(path) and not os.path.isfile(path):
        raise UnreadableError("it is a pipe or a device, and a dataset must be a file")
    return format_of(path).cut(path, size, wanted)


def halved(path: str, part: Part) -> tuple[Part, Part] | None:
    """The first and the last rows of a part; None where it is one row. Raises UnreadableError."""
    return None if part.fault is not None else format_of(path).halved(path, part)


def rows_of(path: str, part: Part, wanted: Wanted) -> list[Row]:
    """The rows of a part. Raises UnreadableError."""
    if part.fault is not None:
        if not part.length:
            raise UnreadableError(part.fault)
        return [Row(part.first, row_id=no_id(wanted), fault=part.fault)]
    known = format_of(path)
    return list(known.rows(known.content(path, part), part.first, wanted))


def documents(
    rows: Iterable[Row], display: str, markup: Markup = "plain"
) -> Iterator[Document | UnreadRows]:
    """The texts in some rows, in order; then the rows that gave none."""
    read = list(rows)
    for row in read:
        yield from texts_of(row, display, markup)
    yield from faults(read)


def texts_of(row: Row, display: str, markup: Markup) -> Iterator[Document]:
    """The texts of a row as documents, each called after the row and its field."""
    for field, text, encoding in row.texts:
        record = f"{row.number}#{field}"
        yield marked_up(
            text, path=display, markup=markup, encoding=encoding, record=record, row_id=row.row_id
        )


def faults(read: Iterable[Row]) -> list[UnreadRows]:
    """The rows that gave no text, those with the same fault together."""
    unread: dict[str, UnreadRows] = {}
    for row in read:
        if row.fault is not None:
            known = unread.setdefault(row.fault, UnreadRows(row.number, row.fault, 0, row.row_id))
            unread[row.fault] = known._replace(rows=known.rows + 1)
    return list(unread.values())
