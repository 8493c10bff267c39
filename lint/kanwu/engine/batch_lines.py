"""Which lines of many documents a line trigger may fire on, found with numpy at once.

A document of which no line is found surely holds none; the rest is for the trigger itself to look at.
Imported only by the scan for corpora.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from kanwu.analysis.folding import FOLDED
from kanwu.documents.document import Span
from kanwu.engine.line_edges import ADORNING_SET, BLANK_SET
from kanwu.engine.line_triggers import Line, RepeatedLines, UnpairedMarks, UnusualLines
from kanwu.engine.scanning import UTF_32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kanwu.engine.line_edges import EdgeSearch
    from kanwu.engine.line_triggers import LineTrigger

    Numbers = NDArray[np.integer[Any]]

LARGEST = 1 << 18
"""Code points of a document beyond which it is not looked at here, which bounds the memory."""
CODES = 0x110000
# Odd numbers whose bits are well mixed, for spreading small numbers over 64 bits.
SPREAD, SPREAD_AGAIN = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class JoinedLines:
    """The lines of some texts, looked at together; one element of `starts` and the like a line."""

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "\n".join([*texts, ""])
        points = np.frombuffer(joined.encode(UTF_32, "surrogatepass"), np.uint32)
        self.texts = texts
        self.points = points.astype(np.intp)
        ended = points == ord("\n")
        if "\r" in joined:
            ended |= points == ord("\r")
        ends = np.flatnonzero(ended)
        self.starts = np.concatenate(([0], ends[:-1] + 1))
        self.lengths = ends - self.starts
        self.offsets = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        """Of each text where it begins."""
        self.owners = np.searchsorted(self.offsets, self.starts, side="right") - 1
        """Of each line the number of its text."""

    @cached_property
    def filled(self) -> Numbers:
        """The lines, by index, that are not empty."""
        return np.flatnonzero(self.lengths)

    @cached_property
    def numbers(self) -> Numbers:
        """Of each of these lines how many stand before it in its text."""
        owners = self.owners[self.filled]
        numbers: Numbers = np.arange(owners.size) - np.searchsorted(owners, owners)
        return numbers


class Unpaired:
    """The search for unpaired marks: every opener counts 1, every closer -1, kind by kind."""

    def __init__(self, trigger: UnpairedMarks) -> None:
        self._steps = np.zeros(CODES, np.int8)
        lonely = [True] * len(trigger.kinds)
        for mark, (kind, step) in trigger.steps.items():
            self._steps[ord(mark)] = step * (kind + 1)
            lonely[kind] &= step > 0 or mark in trigger.alone
        self._lonely = np.array(lonely)

    def lines(self, lines: JoinedLines) -> Numbers:
        """The lines, by index, in which marks may have no partner."""
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
        found: Numbers = owners[heads[unpaired]]
        return found


class Repeated:
    """The search for lines that say the same: by the sum of a large number for each character."""

    def __init__(self, trigger: RepeatedLines) -> None:
        self._at_least = trigger.at_least
        self._weights = spread(np.arange(CODES, dtype=np.uint64))
        for character, instead in FOLDED.items():
            self._weights[ord(character)] = self._weights[ord(instead)] if instead else 0
        self._weights[[ord("\n"), ord("\r")]] = 0

    def lines(self, lines: JoinedLines) -> Numbers:
        """The lines, by index, that may say what another line of the same text does."""
        sums = np.add.reduceat(self._weights.take(lines.points), lines.starts)
        long = np.flatnonzero(lines.lengths >= self._at_least)
        sums = sums[long] ^ spread(lines.owners[long].astype(np.uint64))
        order = np.argsort(sums)
        again = np.flatnonzero(np.diff(sums[order]) == 0)
        found: Numbers = long[order[again]]
        return found


class Unusual:
    """The search for lines that do not end, or do not begin, as most lines do."""

    def __init__(self, trigger: UnusualLines) -> None:
        self._trigger = trigger
        self._ends = table_of(trigger.ends)
        pairs = trigger.beginnings
        self._pairs = None if pairs is None else np.array(sorted(map(number_of_pair, pairs)))

    def lines(self, lines: JoinedLines) -> Numbers:
        """The unusual lines, by their index among those that are not empty."""
        at_most, starts = self._trigger.at_most, lines.starts[lines.filled]
        lengths = lines.lengths[lines.filled]
        usual = self._ends.take(lines.points.take(starts + lengths - 1))
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


class Edges:
    """The search for lines whose first or last words some triggers look for."""

    def __init__(self, search: EdgeSearch) -> None:
        self._search = search
        self._firsts, self._first_pairs = tables_of(search.firsts)
        self._lasts, self._last_pairs = tables_of(search.lasts)
        self._adorning = table_of(ADORNING_SET)
        self._blank = table_of(BLANK_SET)

    def lines(self, lines: JoinedLines) -> Numbers:
        """The lines, by index, that `EdgeSearch.among` may find anything in."""
        rows = lines.filled
        starts = lines.starts[rows]
        ends = starts + lines.lengths[rows] - 1
        points = lines.points
        found = self._firsts.take(points.take(starts))
        found |= self._are_pairs(points, starts, self._first_pairs)
        found |= self._end_at(points, ends)
        # A blank near an end goes when the line is folded, and then another word stands there.
        for near in (starts + 1, starts + 2, ends - 1, ends - 2):
            found |= self._blank.take(points.take(near, mode="clip"))
        # Behind an ornament the line may end otherwise, or with more of them.
        ornate = np.flatnonzero(self._adorning.take(points.take(ends)) & (ends > starts))
        before = ends[ornate] - 1
        found[ornate] |= self._end_at(points, before) | self._adorning.take(points.take(before))
        return rows[found]

    def _end_at(self, points: Numbers, at: Numbers) -> NDArray[np.bool_]:
        """Where the last characters of a word that is looked for stand, given where the last one does."""
        found: NDArray[np.bool_] = self._lasts.take(points.take(at))
        return found | (self._are_pairs(points, at - 1, self._last_pairs) & (at > 0))

    @staticmethod
    def _are_pairs(points: Numbers, starts: Numbers, pairs: Numbers) -> NDArray[np.bool_]:
        """Where one of some pairs of characters stands, given where the first of each does."""
        numbers = points.take(starts, mode="clip") * CODES + points.take(starts + 1, mode="clip")
        places = np.searchsorted(pairs, numbers).clip(max=pairs.size - 1)
        found: NDArray[np.bool_] = pairs.take(places) == numbers
        return found

    def places(self, lines: JoinedLines) -> Iterator[tuple[int, int, list[Span]]]:
        """The texts and the triggers that fire there, by number, with their places."""
        rows = self.lines(lines)
        owners = lines.owners[rows]
        starts = lines.starts[rows]
        shift = lines.offsets[owners]
        begins, ends = (starts - shift).tolist(), (starts - shift + lines.lengths[rows]).tolist()
        bounds = np.flatnonzero(np.diff(owners, prepend=-1, append=-1)).tolist()
        for first, last in pairwise(bounds):
            owner = int(owners[first])
            text = lines.texts[owner]
            hits = self._search.among(
                (at, text[begins[at] : ends[at]]) for at in range(first, last)
            )
            for index, numbers in hits.items():
                yield owner, index, [Span(begins[n], ends[n]) for n in dict.fromkeys(numbers)]


def tables_of(words: frozenset[str]) -> tuple[NDArray[np.bool_], Numbers]:
    """Which single characters are among some strings, and the numbers of the pairs among them."""
    pairs = sorted(number_of_pair(word) for word in words if len(word) > 1)
    singles = frozenset(word for word in words if len(word) == 1)
    return table_of(singles), np.array(pairs or [-1])


def table_of(characters: frozenset[str]) -> NDArray[np.bool_]:
    """Of each code point whether it is one of some characters."""
    table = np.zeros(CODES, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


def number_of_pair(pair: str) -> int:
    """A number for two characters."""
    return ord(pair[0]) * CODES + ord(pair[1])


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
        self._searches: list[tuple[int, Unpaired | Repeated]] = []
        self._unusual: list[tuple[int, Unusual]] = []
        for index, trigger in triggers:
            if isinstance(trigger, UnpairedMarks):
                self._searches.append((index, Unpaired(trigger)))
            elif isinstance(trigger, RepeatedLines):
                self._searches.append((index, Repeated(trigger)))
            elif isinstance(trigger, UnusualLines):
                self._unusual.append((index, Unusual(trigger)))

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
            suspects = set(lines.owners[search.lines(lines)].tolist())
            for k, number in enumerate(small):
                if k not in suspects:
                    known[number][index] = ()
        for k, index, spans in self._edges.places(lines):
            known[small[k]][index] = spans
        for index, unusual in self._unusual:
            for number in small:
                known[number][index] = ()
            for k, spans in unusual.places(lines, small_texts):
                known[small[k]][index] = spans
        return known
