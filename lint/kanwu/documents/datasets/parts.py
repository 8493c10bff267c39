"""The parts of a dataset, and the documents in a part."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.datasets.jsonl import rows
from kanwu.documents.datasets.packing import Unpacked, packing_of
from kanwu.documents.document import Document
from kanwu.documents.reading import UnreadableError, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.datasets.jsonl import Row

PART_BYTES = 1 << 20
LONGEST_ROW = 1 << 28
"""Bytes. A longer row is told and passed over: to look at it would take several times its size."""

ENDINGS = frozenset({".jsonl", ".ndjson"})
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Part(NamedTuple):
    """Some neighbouring rows of a dataset."""

    first: int
    """The number of its first row. Rows have the numbers of their lines, from 1."""
    start: int
    """Where it begins, in bytes of the file when that is unpacked."""
    length: int
    """Its bytes."""
    data: bytes | None = None
    """These bytes, where the file is packed and cannot be read from its middle."""
    fault: str | None = None
    """Why its row cannot be read; without bytes, why the file cannot be read from there on."""


class UnreadRows(NamedTuple):
    """Rows of a dataset that gave no document."""

    row: int
    """The first of them."""
    reason: str
    rows: int = 1
    """How many there are, in one part of the dataset."""


def is_dataset(path: str) -> bool:
    """Whether a file of this name is read row by row."""
    name = path[: len(path) - len(packing_of(path))]
    return os.path.splitext(name)[1].lower() in ENDINGS


def cut(path: str, size: int = PART_BYTES) -> Iterator[Part]:
    """The parts of a dataset, each of about `size` bytes. Raises UnreadableError."""
    packed = bool(packing_of(path))
    first, start = 1, 0
    with Unpacked(path) as stream:
        rest = bytearray()
        while block := stream.read(size):
            if not start and block.startswith(WIDE_MARKS):
                raise UnreadableError(
                    "it is written in UTF-16, and JSON lines are written in UTF-8"
                )
            rest += block
            ends = rest.rfind(b"\n") + 1
            if ends:
                data = bytes(rest[:ends])
                del rest[:ends]
                yield Part(first, start, ends, data if packed else None)
                first += data.count(b"\n")
                start += ends
            elif len(rest) >= LONGEST_ROW:
                length = len(rest)
                rest = bytearray()
                while block := stream.read(size):
                    ends = block.find(b"\n") + 1
                    length += ends or len(block)
                    if ends:
                        rest += block[ends:]
                        break
                yield Part(
                    first,
                    start,
                    length,
                    fault=f"it is {length:,} bytes long, and {LONGEST_ROW:,} are read at most",
                )
                first += 1
                start += length
        if stream.fault is not None:
            # What stands behind the last line end is a row cut short.
            yield Part(
                first, start, 0, fault=f"it is damaged after row {first - 1}: {stream.fault}"
            )
        elif rest:
            yield Part(first, start, len(rest), bytes(rest) if packed else None)


def documents(
    path: str, display: str, part: Part, fields: Sequence[str]
) -> Iterator[Document | UnreadRows]:
    """The texts in some fields of the rows of a part, in order. Raises UnreadableError."""
    if part.fault is not None:
        if not part.length:
            raise UnreadableError(part.fault)
        yield UnreadRows(part.first, part.fault)
        return
    read = list(rows(content(path, part), part.first, fields))
    for row in read:
        yield from texts_of(row, display)
    yield from faults(read)


def texts_of(row: Row, display: str) -> Iterator[Document]:
    """The texts of a row as documents, each called after the row and its field."""
    for field, text in row.texts:
        yield Document(text, path=display, encoding=row.encoding, record=f"{row.number}#{field}")


def faults(read: Iterable[Row]) -> list[UnreadRows]:
    """The rows that gave no text, those with the same fault together."""
    unread: dict[str, UnreadRows] = {}
    for row in read:
        if row.fault is not None:
            known = unread.get(row.fault)
            unread[row.fault] = (
                known._replace(rows=known.rows + 1) if known else UnreadRows(row.number, row.fault)
            )
    return list(unread.values())


def content(path: str, part: Part) -> bytes:
    """The bytes of a part. Raises UnreadableError."""
    if part.data is not None:
        return part.data
    try:
        with open(path, "rb") as file:
            file.seek(part.start)
            data = file.read(part.length)
    except OSError as error:
        raise UnreadableError(reason(error)) from error
    if len(data) < part.length:
        raise UnreadableError("it has become shorter while it was being read")
    return data
