"""The contract of a ledger: what `kanwu figures` shows, offered by packages of rules.

A ledger lists what the documents claim, each claim with its reading, so that a person can see what
was compared and what was not. It is found by the same door as rules are; see `discovery`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Place
    from kanwu.engine.rule import Record

EntryKind = Literal[
    "count", "money", "percent", "duration", "quantity", "delta", "score", "list_count",
    "date", "time", "rank", "ordinal", "edition", "id", "phone", "version",
]  # fmt: skip


class Entry(NamedTuple):
    """One claim of a document: where it stands and how it is read."""

    start: int
    end: int
    """Code points of the document's text."""
    kind: EntryKind
    value: str
    """A decimal in base units, or a date in ISO form."""
    relation: Literal["=", ">", ">=", "<", "<=", "~", "range"]
    low: str | None
    high: str | None
    """What the words allow, both ends included; None where an end is open."""
    unit: str
    counted: str
    """What is counted or spoken of, as far as it stands beside the figure."""
    language: str


class Alignment(NamedTuple):
    """Two claims of two documents that were compared."""

    one: Place
    other: Place
    verdict: str
    """agree, loose, differ, contradict or not comparable."""
    reason: str
    """Why it is so, or why nothing is said of it."""


class Ledger(ABC):
    """Lists what documents claim, and how claims of several documents were compared."""

    @abstractmethod
    def entries(self, document: Document) -> Iterator[Entry]:
        """The claims of a document, in the order of the text."""

    def records(self, document: Document) -> Iterator[Record]:  # noqa: ARG002
        """What is noted of a document to be compared with others; nothing, unless a ledger does so."""
        yield from ()

    def alignments(self, records: Sequence[Record]) -> Iterator[Alignment]:  # noqa: ARG002
        """How the claims of the documents with records under one key were compared."""
        yield from ()
