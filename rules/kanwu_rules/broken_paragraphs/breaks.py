"""Breaks: where paragraphs were torn apart or cut off, each of exactly one kind.

Each rule on torn paragraphs reports one kind, and unbalanced-bracket what no break explains.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from kanwu.analysis.roles import Role
from kanwu_rules.broken_paragraphs.first_look import TORN_LINES, may_be_broken
from kanwu_rules.broken_paragraphs.paragraphs import Paragraph, Paragraphs
from kanwu_rules.broken_paragraphs.torn_search import Break, Kind, Search
from kanwu_rules.broken_paragraphs.wrapped_lines import WrappedLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Document

__all__ = ["SUSPECTS", "Break", "Breaks", "Kind"]

SUSPECTS = (TORN_LINES,)


class Breaks:
    """The breaks of a document, in order."""

    __slots__ = ("_first_halves", "_second_halves", "all")

    def __init__(self, breaks: Iterable[Break] = ()) -> None:
        self.all = sorted(breaks, key=lambda found: found.offset)
        self._first_halves = sorted(half[:2] for found in self.all if (half := found.before))
        self._second_halves = sorted(half[:2] for found in self.all if (half := found.after))

    @classmethod
    def of(cls, document: Document) -> Breaks:
        if not may_be_broken(document.text):
            return cls()
        return cls(Search(document.text, unwrapped(document)).found())

    def of_kind(self, kind: Kind) -> Iterator[Break]:
        """The breaks of one kind, in order."""
        return (found for found in self.all if found.kind is kind)

    def explains(self, offset: int, *, opens: bool) -> bool:
        """Whether the partner of a bracket at an offset went with the other half of its paragraph."""
        halves = self._first_halves if opens else self._second_halves
        at = bisect_right(halves, offset, key=itemgetter(0)) - 1
        return at >= 0 and offset < halves[at][1]


def unwrapped(document: Document) -> Sequence[Paragraph]:
    """The paragraphs of a document, without wrapped lines and what is marked as heading or item."""
    paragraphs: Sequence[Paragraph] = document.get(Paragraphs).all
    if document.markup == "markdown":
        marked = (Role.TITLE, Role.HEADING, Role.LIST_ITEM)
        return [paragraph for paragraph in paragraphs if paragraph.role not in marked]
    if regions := document.get(WrappedLines).regions:
        wrapped = {line for region in regions for line in range(region.first, region.last + 1)}
        paragraphs = [p for p in paragraphs if p.line not in wrapped]
    return paragraphs
