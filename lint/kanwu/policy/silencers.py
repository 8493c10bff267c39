"""Silencers: what the directives of a document silence at which place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.document import Span
from kanwu.policy.directives import ENABLE, IGNORE, IGNORE_FILE
from kanwu.policy.vocabulary import ALL, INTERNAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kanwu.engine.finding import Finding, Place
    from kanwu.policy.directives import Directive


class Silencer(NamedTuple):
    """A directive and one of the things that it silences, or lets speak again."""

    directive: Directive
    meaning: str
    """A code, a family or `ALL`."""


class Silencers:
    """What the directives of a document silence, in order."""

    def __init__(self, found: Sequence[Silencer] = ()) -> None:
        self.all = tuple(found)
        self._of_code: dict[str, tuple[list[Silencer], list[Silencer]]] = {}

    def of(self, finding: Finding) -> set[Silencer]:
        """What silences a finding.

        A habit of the whole document, which stands at its first occurrence, is silenced only where all
        of its known places are.
        """
        if not self.all or is_internal(finding):
            return set()
        found = self._at(finding.code, finding.place)
        if found and "count" in finding.evidence:
            for related in finding.related:
                if related.place.path == finding.place.path:
                    more = self._at(finding.code, related.place)
                    if not more:
                        return set()
                    found |= more
        return found

    def _at(self, code: str, at: Place) -> set[Silencer]:
        """What silences a rule at a place; of the whole document only what is meant for all of it."""
        blocks, others = self._for(code)
        offset, whole, enabled = at.start.offset, not at.end.offset, False
        found: set[Silencer] = set()
        for silencer in reversed(others):
            command, scope = silencer.directive.command, silencer.directive.scope
            if command == IGNORE_FILE:
                found.add(silencer)
            elif scope.start <= offset and command == ENABLE:
                enabled = True
            elif scope.start <= offset and not (enabled or whole):
                found.add(silencer)
        first = 0 if whole else bisect_right(blocks, offset, key=starts_at)
        # Blocks do not overlap: where one ends before the place, those above it do too.
        while first and blocks[first - 1].directive.scope.end >= offset:
            first -= 1
            found.add(blocks[first])
        return found

    def _for(self, code: str) -> tuple[list[Silencer], list[Silencer]]:
        """What silences a rule in blocks, in the order of these, and what does so elsewhere."""
        if code not in self._of_code:
            meant = [one for one in self.all if is_among(code, one.meaning)]
            blocks = [
                one
                for one in meant
                if one.directive.command == IGNORE
                and one.directive.scope.start < one.directive.scope.end
            ]
            others = [one for one in meant if one.directive.command != IGNORE]
            self._of_code[code] = (sorted(blocks, key=starts_at), others)
        return self._of_code[code]


def starts_at(silencer: Silencer) -> int:
    """The offset at which begins what a directive concerns."""
    return silencer.directive.scope.start


class Remainder:
    """A text without some pieces, and where what is left stands in it."""

    def __init__(self, text: str, pieces: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._taken = [0]
        """How much is taken out before each piece, and before the end."""
        parts: list[str] = []
        at = 0
        for start, end in sorted(pieces):
            if end > at:
                first = max(start, at)
                parts.append(text[at:first])
                self._starts.append(first)
                self._ends.append(end)
                self._taken.append(self._taken[-1] + end - first)
                at = end
        self.text = "".join((*parts, text[at:]))

    def span(self, span: Span) -> Span:
        """Where a span of the whole text stands now."""
        return Span(self._moved(span.start), self._moved(span.end))

    def _moved(self, offset: int) -> int:
        index = bisect_left(self._starts, offset)
        inside = max(0, self._ends[index - 1] - offset) if index else 0
        return offset - self._taken[index] + inside


def is_internal(finding: Finding) -> bool:
    """Whether the engine itself speaks of what was not checked."""
    return finding.code.startswith(INTERNAL)


def is_among(meant: str, meaning: str) -> bool:
    """Whether all rules that a code, a family or `ALL` means are among those that another one means."""
    return meaning in {meant, meant[:3], ALL}
