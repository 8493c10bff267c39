"""Which lines of many documents a line trigger may fire on, found with numpy at once.

A document of which no line is found surely holds none; the rest is for the trigger itself to look at.
Imported only by the scan for corpora.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from kanwu.analysis.folding import FOLDED
from kanwu.engine.batch_edges import Edges
from kanwu.engine.joined_lines import CODES, LARGEST, SPREAD, JoinedLines, blanks, table_of
from kanwu.engine.line_triggers import (
    Line,
    RepeatedClauses,
    RepeatedLines,
    ShortLines,
    UnpairedMarks,
    UnusualLines,
)
from kanwu.engine.scanning import UTF_32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kanwu.documents.document import Span
    from kanwu.engine.line_edges import EdgeSearch
    from kanwu.engine.line_triggers import LineTrigger

    Numbers = NDArray[np.integer[Any]]

SPREAD_AGAIN = np.uint64(0xC2B2AE3D27D4EB4F)
"""Another number like SPREAD."""


class Unpaired:
    """The search for unpaired marks: every opener counts 1, every closer -1, kind by kind."""

    def __init__(self, trigger: UnpairedMarks) -> None:
        self._steps = np.zeros(CODES, np.int8)
        lonely = [True] * len(trigger.kinds)
        for mark, (kind, step) in trigger.steps.items():
            self._steps[ord(mark)] = step * (kind + 1)
            lonely[kind] &= step > 0 or mark in trigger.alone
        self._lonely = np.array(lonely)

    def texts(self, lines: JoinedLines) -> Numbers:
        """The texts, by number, in which marks may have no partner."""
        steps = self._steps.take(lines.points)
        marks = np.flatnonzero(steps)
        if not marks.size:
            return marks
        steps = steps[marks]
        kinds = np.abs(steps) - 1
        owners = np.searchsorted(lines.starts, marks, side="right") - 1
        groups = owners * (len(self._lonely) + 1) + kinds
        order = np.argsort(groups, kind="stable")
        depths = np.cumsum(np.sign(steps[order]), dtype=np.int64)
        firsts = np.concatenate(([0], np.flatnonzero(np.diff(groups[order])) + 1))
        before = np.concatenate(([0], depths[firsts[1:] - 1]))
        lowest = np.minimum(np.minimum.reduceat(depths, firsts) - before, 0)
        last = np.concatenate((depths[firsts[1:] - 1], depths[-1:])) - before
        heads = order[firsts]
        lonely = self._lonely[kinds[heads]]
        unpaired = np.where(lonely, last > lowest, (lowest < 0) | (last != 0))
        found: Numbers = lines.owners[owners[heads[unpaired]]]
        return found


class Repeated:
    """The search for lines that say the same: by the sum of a large number for each character."""

    def __init__(self, trigger: RepeatedLines) -> None:
        self._at_least = trigger.at_least
        self._weights = spread(np.arange(CODES, dtype=np.uint64))
        for character, instead in FOLDED.items():
            self._weights[ord(character)] = self._weights[ord(instead)] if instead else 0
        self._weights[[ord("\n"), ord("\r")]] = 0

    def texts(self, lines: JoinedLines) -> Numbers:
        """The texts, by number, of which two lines may say the same."""
        sums = np.add.reduceat(self._weights.take(lines.points), lines.starts)
        long = np.flatnonzero(lines.lengths >= self._at_least)
        sums = sums[long] ^ spread(lines.owners[long].astype(np.uint64))
        order = np.argsort(sums)
        again = np.flatnonzero(np.diff(sums[order]) == 0)
        found: Numbers = lines.owners[long[order[again]]]
        return found


class Clauses:
    """The search for clauses that begin alike: by a number made of their first characters."""

    def __init__(self, trigger: RepeatedClauses) -> None:
        self._trigger = trigger
        self._marks = table_of(frozenset(trigger.marks))

    def marks(self, lines: JoinedLines) -> Numbers:
        """The marks, by offset, behind which clauses may begin alike."""
        size = self._trigger.size
        at = np.flatnonzero(self._marks.take(lines.points))
        at = at[at + size < lines.points.size]
        # What begins alike in two texts is no matter.
        firsts = np.searchsorted(at, lines.offsets)
        texts = np.arange(firsts.size, dtype=np.uint64)
        said = np.repeat(texts, np.diff(firsts, append=at.size))
        for distance in range(1, size + 1):
            said = said * SPREAD + lines.points.take(at + distance).view(np.uint64)
        order = np.argsort(said)
        again = np.flatnonzero(np.diff(said[order]) == 0)
        found: Numbers = np.unique(at[order[np.concatenate((again, again + 1))]])
        return found

    def places(self, lines: JoinedLines, texts: Sequence[str]) -> Iterator[tuple[int, list[Span]]]:
        """The texts, by number, in which the trigger fires, and its places there."""
        marks = self.marks(lines)
        owners = np.searchsorted(lines.offsets, marks, side="right") - 1
        at = (marks - lines.offsets[owners]).tolist()
        bounds = np.flatnonzero(np.diff(owners, prepend=-1, append=-1)).tolist()
        for first, last in pairwise(bounds):
            number = int(owners[first])
            match = partial(self._trigger.pattern.match, texts[number])
            if spans := list(self._trigger.among(filter(None, map(match, at[first:last])))):
                yield number, spans


class Short:
    """The search for runs of short lines."""

    def __init__(self, trigger: ShortLines) -> None:
        self._trigger = trigger
        self._blank = table_of(blanks())

    def texts(self, lines: JoinedLines) -> Numbers:
        """The texts, by number, that may have a run long enough."""
        rows = lines.filled
        lengths, owners, starts = lines.lengths[rows], lines.owners[rows], lines.starts[rows]
        short = lengths <= self._trigger.longest
        # A long line of blanks parts nothing, and what begins and ends with one may be such a line.
        blank = self._blank.take(lines.points.take(starts))
        blank &= self._blank.take(lines.points.take(starts + lengths - 1))
        counted = short | ~blank
        short, owners = short[counted], owners[counted]
        runs = np.cumsum(~short | (np.diff(owners, prepend=-1) != 0))[short]
        long_enough = np.bincount(runs) >= self._trigger.at_least
        found: Numbers = owners[short][long_enough[runs]]
        return found


class Unusual:
    """The search for lines that do not end, or do not begin, as most lines do."""

    def __init__(self, trigger: UnusualLines) -> None:
        self._trigger = trigger
        self._ends = table_of(trigger.ends)
        self._behind = table_of(trigger.behind)
        pairs = trigger.beginnings
        self._pairs = None if pairs is None else numbers_of_pairs(pairs)

    def lines(self, lines: JoinedLines) -> Numbers:
        """The unusual lines, by their index among those that are not empty."""
        at_most, starts = self._trigger.at_most, lines.starts[lines.filled]
        lengths = lines.lengths[lines.filled]
        lasts = starts + lengths - 1
        usual = self._ends.take(lines.points.take(lasts))
        # What stands before the first character of a line is an end of another one.
        usual &= ~self._behind.take(lines.points.take(lasts - 1))
        if self._pairs is not None:
            # The second character of a line of one is its end, and such a line is none of the pairs.
            pairs = lines.points.take(starts) * CODES + lines.points.take(starts + 1)
            places = np.searchsorted(self._pairs, pairs).clip(max=self._pairs.size - 1)
            usual &= self._pairs.take(places) == pairs
        looked_at = lengths >= self._trigger.at_least
        if at_most is not None:
            looked_at &= lengths <= at_most
        found: Numbers = np.flatnonzero(looked_at & ~usual)
        return found

    def places(self, lines: JoinedLines, texts: Sequence[str]) -> Iterator[tuple[int, list[Span]]]:
        """The texts, by number, in which the trigger fires, and its places there."""
        found = self.lines(lines)
        rows = lines.filled[found]
        owners = lines.owners[rows]
        starts = lines.starts[rows] - lines.offsets[owners]
        ends = starts + lines.lengths[rows]
        columns = (starts.tolist(), ends.tolist(), lines.numbers[found].tolist())
        made: list[Line] = list(map(tuple.__new__, repeat(Line), zip(*columns, strict=True)))
        bounds = np.searchsorted(owners, np.arange(len(texts) + 1)).tolist()
        for number, text in enumerate(texts):
            first, last = bounds[number : number + 2]
            if first < last and (spans := list(self._trigger.among(text, made[first:last]))):
                yield number, spans


def numbers_of_pairs(pairs: frozenset[str]) -> Numbers:
    """A number for each pair of characters, ascending."""
    points = np.frombuffer("".join(pairs).encode(UTF_32, "surrogatepass"), np.uint32)
    first, second = points.astype(np.intp).reshape(-1, 2).T
    numbers: Numbers = np.sort(first * CODES + second)
    return numbers


def spread(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers spread over 64 bits, so that their sums hardly ever meet by chance."""
    mixed = (numbers + np.uint64(1)) * SPREAD
    mixed ^= mixed >> np.uint64(29)
    return mixed * SPREAD_AGAIN


class LineSearch:
    """Some line triggers with the tables that they are looked for with; kept from batch to batch."""

    def __init__(self, triggers: Sequence[tuple[int, LineTrigger]], edges: EdgeSearch) -> None:
        """Take triggers with their indices, and those on the words at the ends of lines."""
        self._edges = Edges(edges)
        self._edge_search = edges
        self._searches: list[tuple[int, Unpaired | Repeated | Short]] = []
        self._exact: list[tuple[int, Unusual | Clauses]] = []
        for index, trigger in triggers:
            if isinstance(trigger, UnpairedMarks):
                self._searches.append((index, Unpaired(trigger)))
            elif isinstance(trigger, RepeatedLines):
                self._searches.append((index, Repeated(trigger)))
            elif isinstance(trigger, RepeatedClauses):
                self._exact.append((index, Clauses(trigger)))
            elif isinstance(trigger, ShortLines):
                self._searches.append((index, Short(trigger)))
            elif isinstance(trigger, UnusualLines):
                self._exact.append((index, Unusual(trigger)))

    def look(self, texts: Sequence[str]) -> list[dict[int, Sequence[Span]]]:
        """For each text what is known of the triggers, by their indices: their places in it.

        A trigger that is missing there is yet to be looked for.
        """
        small = [number for number, text in enumerate(texts) if len(text) <= LARGEST]
        known: list[dict[int, Sequence[Span]]] = [{} for _ in texts]
        for number in {*range(len(texts))}.difference(small):
            known[number] |= self._edge_search.find(texts[number])
        if not small:
            return known
        small_texts = [texts[number] for number in small]
        lines = JoinedLines(small_texts)
        for index, search in self._searches:
            suspects = set(search.texts(lines).tolist())
            for k, number in enumerate(small):
                if k not in suspects:
                    known[number][index] = ()
        for k, index, spans in self._edges.places(lines):
            known[small[k]][index] = spans
        for index, exact in self._exact:
            for number in small:
                known[number][index] = ()
            for k, spans in exact.places(lines, small_texts):
                known[small[k]][index] = spans
        return known
