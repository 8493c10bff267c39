"""What a kind of dataset offers: its parts, the rows in a part, and a copy with other texts in some rows.

A format is one module with a class derived from `Format`, named in `kanwu.documents.datasets.parts`.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu.documents.decoding import UTF8

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.document import Encoding

PART_BYTES = 1 << 20
LONGEST_ROW = 1 << 28
"""Bytes. A longer row is told and passed over: to look at it would take several times its size."""


class Wanted(NamedTuple):
    """What is read of every row."""

    fields: tuple[str, ...]
    """Those that hold texts; dots stand between the names of nested ones."""
    id_field: str | None = None
    """The one that holds the id of a row, if there is one."""
    source_field: str | None = None
    """The one that says where a row comes from, if that is asked for."""
    whole: bool = False
    """Whether the rows are going to be copied, so that all that is in them must be readable."""


class Part(NamedTuple):
    """Some neighbouring rows of a dataset."""

    first: int
    """The number of its first row. Rows are counted from 1, those of JSON lines by their lines."""
    start: int
    """Where it begins, in bytes of the file when that is unpacked."""
    length: int
    """Its bytes."""
    data: bytes | None = None
    """What there is to be read, where that cannot be read from the middle of the file."""
    fault: str | None = None
    """Why its row cannot be read; without bytes, why the file cannot be read here."""


class Text(NamedTuple):
    """The text in a field of a row."""

    field: str
    text: str
    encoding: Encoding = UTF8


class Row(NamedTuple):
    """A row with its texts, or the reason why it has none."""

    number: int
    texts: tuple[Text, ...] = ()
    """In the order in which the fields were asked for."""
    row_id: str | None = None
    """Its id as JSON, `null` where it has none; None where no field holds ids."""
    source: str | None = None
    """Where it says that it comes from, empty where it does not; None where that is not asked for."""
    fault: str | None = None
    raw: bytes = b""
    """The row as it stands in the file, where that is needed to write it with other texts."""


class RowEdit(NamedTuple):
    """What is to be done with a row in a copy."""

    number: int
    new: bytes | None
    """The row with other texts, as its format made it; None leaves it as it is."""
    left_out: bool = False


class LeftOut(NamedTuple):
    """A row that is not in a copy, as it would stand there."""

    number: int
    row: str
    """As JSON; what is no JSON, as it stood there."""
    row_id: str | None


class FaultError(Exception):
    """Why a row gives no text."""


class Format(ABC):
    """A kind of dataset."""

    endings: ClassVar[frozenset[str]]
    """The ends of file names, in small letters."""
    packed: ClassVar[bool] = False
    """Whether files may be packed as a whole."""

    @abstractmethod
    def cut(self, path: str, size: int, wanted: Wanted) -> Iterator[Part]:
        """The parts of a dataset, each of about `size` bytes. Raises UnreadableError.

        All rows of a part can be read from it and from the file; what is damaged is a part with a fault.
        """

    @abstractmethod
    def content(self, path: str, part: Part) -> bytes:
        """What there is to be read in a sound part: other bytes with other texts. Raises UnreadableError."""

    @abstractmethod
    def halved(self, path: str, part: Part) -> tuple[Part, Part] | None:
        """The first and the last rows of a sound part; None where it is one row. Raises UnreadableError."""

    @abstractmethod
    def rows(self, content: bytes, first: int, wanted: Wanted) -> Iterator[Row]:
        """The rows in the content of a part, of which the first has a number."""

    @abstractmethod
    def rewritten(self, row: Row, texts: Sequence[Text]) -> bytes:
        """A row with other texts in some fields, for its `RowEdit`.

        Raises RewritingError, and UnicodeEncodeError where an encoding lacks a character.
        """

    @abstractmethod
    def copy(
        self, path: str, target: str, edits: Iterator[RowEdit], wanted: Wanted
    ) -> Iterator[LeftOut]:
        """Copy a dataset, and yield the rows that are left out.

        The edits come in the order of the rows. All that has no edit stays as it is, and so does what
        nobody could read, as far as it can be copied. Raises UnreadableError and OSError.
        """


def no_id(wanted: Wanted) -> str | None:
    """The id of a row that has none."""
    return "null" if wanted.id_field else None


def id_as_json(value: object, field: str, kind: str) -> str:
    """The id of a row; `kind` says what the value is. Raises FaultError for what is none."""
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return json.dumps(value, ensure_ascii=False)
    raise FaultError(
        f"its field “{field}” holds {kind}, and a text or a whole number is expected for an id"
    )


def told_source(value: object) -> str:
    """Where a row comes from, by what it holds in the field for it."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, default=str)


def no_field(fields: Iterable[str], known: Iterable[object]) -> str:
    """That there is none of some fields, and which there are."""
    names = " or ".join(f"“{field}”" for field in fields)
    has = ", ".join(map(str, known)) or "none"
    return f"it has no field {names}; its fields are: {has[:200]}"
