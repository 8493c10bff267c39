"""The furniture of a page: the lines that belong to the page, or to the making of it, and not to its
article; told once for all rules, so that every line has one kind at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.page_lines import PageLines
from kanwu_rules.boilerplate.phrase_book import phrase_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu import Document


class Block(NamedTuple):
    """Neighbouring lines of one kind, by index and inclusive; blank lines may stand between."""

    kind: str
    """The name of the rule that reports it."""
    first: int
    last: int


class Furniture:
    """The furniture of a document, in the order of the text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    @classmethod
    def of(cls, document: Document) -> Furniture:
        page = document.get(PageLines)
        kinds = phrase_book().kinds_of_lines(document)
        blocks: list[Block] = []
        for index, kind in kinds.items():
            before = blocks[-1] if blocks else None
            if before and before.kind == kind.name and page.above(index) == before.last:
                blocks[-1] = before._replace(last=index)
            else:
                blocks.append(Block(kind.name, index, index))
        return cls(blocks)

    def of_kind(self, name: str) -> list[Block]:
        """The blocks that one rule reports."""
        return [block for block in self.blocks if block.kind == name]
