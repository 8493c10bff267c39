"""The lines of a page as phrases are compared with them, and what stands around each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.folding import folded_line
from kanwu.analysis.lines import Lines
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.documents.document import Document


class Run(NamedTuple):
    """Neighbouring lines of one kind, by index and inclusive, and how many of them are not blank."""

    kind: object
    first: int
    last: int
    size: int


class PageLines:
    """The lines of a document, folded when asked for (see `folded_line`), by index from 0."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = document.get(Lines)
        self._folded: dict[int, str] = {}
        self.runs: dict[int, Run] = {}
        """For the identity of each kind of line the run that was met last."""

    @classmethod
    def of(cls, document: Document) -> PageLines:
        return cls(document)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, index: int) -> str:
        """The folded line; empty where the line is blank."""
        line = self._folded.get(index)
        if line is None:
            line = self._folded[index] = folded_line(self.lines[index])
        return line

    def above(self, index: int) -> int | None:
        """The nearest line above that is not blank."""
        return next((at for at in range(index - 1, -1, -1) if self[at]), None)

    def below(self, index: int) -> int | None:
        """The nearest line below that is not blank."""
        return next((at for at in range(index + 1, len(self)) if self[at]), None)

    @cached_property
    def roles(self) -> Sequence[Role]:
        """The role of each line."""
        from kanwu.analysis.roles import Roles  # most documents have no line that asks for it

        return self.document.get(Roles).of_lines

    @cached_property
    def body(self) -> tuple[int, int]:
        """The first and the last line of body; behind the last line and before the first where none is."""
        rows = [at for at, role in enumerate(self.roles) if role is Role.BODY]
        return (rows[0], rows[-1]) if rows else (len(self), -1)
