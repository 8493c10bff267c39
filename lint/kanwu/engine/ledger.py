"""The contract of a ledger: what `kanwu figures` shows, offered by packages of rules.

A ledger lists what the documents claim, each claim with its reading, so that a person can see what
was compared and what was not. It is found by the same door as rules are; see `discovery`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.documents.document import Document

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


class Ledger(ABC):
    """Lists what documents claim."""

    @abstractmethod
    def entries(self, document: Document) -> Iterator[Entry]:
        """The claims of a document, in the order of the text."""
