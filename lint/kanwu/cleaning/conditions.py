"""On what conditions rows and files are left out of the cleaned copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.engine.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding

COUNTED = ("too-short", "errors")
COPIES = ("duplicate", "near-duplicate")
EXPECTED = "too-short:N, errors:N, duplicate or near-duplicate"


class Reason(NamedTuple):
    """Why a row, or a file, is not in the copy."""

    condition: str
    number: int = 0
    """Its code points, its errors, or how many percent of it the row that is kept has too."""
    path: str | None = None
    """The file that holds the row which is kept in its place."""
    record: str | None = None
    """The number of that row."""

    @property
    def kept(self) -> tuple[str, int] | None:
        """That row; None where none is kept in its place."""
        return None if self.path is None else (self.path, int(self.record or 0))


class Conditions(NamedTuple):
    """What is left out."""

    too_short: int | None = None
    """Rows with fewer code points in their texts, after cleaning."""
    errors: int | None = None
    """Rows in which more findings of severity error are left."""
    duplicate: bool = False
    """Rows whose texts are those of a row before, after cleaning."""
    near_duplicate: bool = False
    """Rows with a near copy of a text in another row."""

    @property
    def copies(self) -> bool:
        """Whether rows are to be compared with one another."""
        return self.duplicate or self.near_duplicate

    def reason(self, documents: Iterable[Document], findings: Iterable[Finding]) -> Reason | None:
        """Why a row of these texts, with these findings, is left out; None where it is kept."""
        if self.too_short is not None:
            length = sum(len(document.text) for document in documents)
            if length < self.too_short:
                return Reason("too-short", length)
        if self.errors is not None:
            number = sum(finding.severity is Severity.ERROR for finding in findings)
            if number > self.errors:
                return Reason("errors", number)
        return None


def conditions_of(words: Sequence[str]) -> Conditions:
    """The conditions that words of the command line name. Raises ValueError."""
    found: dict[str, Any] = {}
    for word in words:
        name, colon, number = word.partition(":")
        field = name.replace("-", "_")
        if name in COPIES and not colon:
            found[field] = True
        elif name in COUNTED and number.isascii() and number.isdecimal():
            found[field] = int(number)
        else:
            raise ValueError(f"found {word!r}, expected {EXPECTED}")
    return Conditions(**found)
