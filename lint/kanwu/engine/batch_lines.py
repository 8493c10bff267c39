"""Which lines of many documents a line trigger may fire on, found with numpy at once.

A document of which no line is found surely holds none; the rest is for the trigger itself to look at.
Imported only by the scan for corpora.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, partial
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from kanwu.analysis.folding import FOLDED, NARROW
from kanwu.documents.document import Span
from kanwu.engine.line_edges import ADORNING_SET
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

    from kanwu.engine.line_edges import ByEdge, EdgeSearch
    from kanwu.engine.line_triggers import LineTrigger

    Numbers = NDArray[np.integer[Any]]

LARGEST = 1 << 18
"""Code points of a document beyond which it is not looked at here, which bounds the memory."""
CODES = 0x110000
FARTHEST = 32
"""Blanks and ornaments at an end of a line that are passed over; where there are more of them, ornaments
hide the word (see `REACH` in `kanwu.engine.line_edges`)."""
OUTERMOST = 6
"""Characters of a word that are compared."""
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
        self._pairs = None if pairs is None else np.array(sorted(map(number_of_pair, pairs)))

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


class Edge:
    """The words that are sought at one end of lines, by their outermost characters.

    Blanks are left out of these, and all are narrow and in small letters; so nothing is missed that
    `kanwu.engine.line_edges.firing` finds, and hardly anything found that it does not.
    """

    def __init__(
        self,
        words: ByEdge,
        folds: NDArray[np.uint64],
        blank: NDArray[np.bool_],
        adorning: NDArray[np.bool_],
        *,
        step: int,
    ) -> None:
        """Take the words, tables of characters, and the step from one to the next inner one."""
        self._folds, self._blank, self._adorning, self._step = folds, blank, adorning, step
        whole: defaultdict[int, int] = defaultdict(int)
        begun: defaultdict[int, int] = defaultdict(int)
        for wanted in chain.from_iterable(words.values()):
            longest = int(min(LARGEST, wanted.longest))
            for word in wanted.words:
                number = 0
                outermost = [ord(c) for c in word[::step] if not blank[ord(c)]][:OUTERMOST]
                for point in folds.take(outermost).tolist():
                    number = (number * int(SPREAD) + point) % (1 << 64)
                    begun[number] = max(begun[number], longest)
                whole[number] = max(whole[number], longest)
        self._numbers = np.array(sorted(begun) or [0], np.uint64)
        """A number for each beginning of a word, from the end of the line inwards."""
        self._begun = np.array([begun[number] for number in self._numbers.tolist()])
        """Of each the longest line in which a word is sought that begins so."""
        self._whole = np.array([whole[number] for number in self._numbers.tolist()])
        """The same of words of which this is all that is looked at."""

    def pass_blanks(self, points: Numbers, at: Numbers) -> NDArray[np.bool_]:
        """Move places inwards past blanks. Returns which of them are still at one."""
        return self._pass(self._blank, points, at)

    def _pass(self, passed: NDArray[np.bool_], points: Numbers, at: Numbers) -> NDArray[np.bool_]:
        moving = np.flatnonzero(passed.take(points.take(at, mode="wrap")))
        for _ in range(FARTHEST):
            if not moving.size:
                break
            at[moving] += self._step
            moving = moving[passed.take(points.take(at[moving], mode="wrap"))]
        still = np.zeros(at.size, np.bool_)
        still[moving] = True
        return still

    def fits(self, points: Numbers, at: Numbers, lengths: Numbers) -> NDArray[np.bool_]:
        """Whether one of the words may stand at each place, or behind what adorns it."""
        found = self._stand(points, at, lengths)
        ornate = np.flatnonzero(self._adorning.take(points.take(at)))
        bare = at[ornate]
        self._pass(self._adorning, points, bare)
        found[ornate] |= self._stand(points, bare, lengths[ornate])
        return found

    def _stand(self, points: Numbers, at: Numbers, lengths: Numbers) -> NDArray[np.bool_]:
        found = np.zeros(at.size, np.bool_)
        rows = np.arange(at.size)
        numbers: NDArray[np.uint64] = np.zeros(at.size, np.uint64)
        for _ in range(OUTERMOST):
            # Behind the last line the first one stands, and either end of a line is in no word.
            numbers = numbers * SPREAD + self._folds.take(points.take(at, mode="wrap"))
            places = np.searchsorted(self._numbers, numbers).clip(max=self._numbers.size - 1)
            same = self._numbers.take(places) == numbers
            found[rows] |= same & (self._whole.take(places) >= lengths)
            same &= self._begun.take(places) >= lengths
            rows, numbers, lengths = rows[same], numbers[same], lengths[same]
            at = at[same] + self._step
            self._pass(self._blank, points, at)
        return found


class Edges:
    """The search for lines whose first or last words some triggers look for."""

    def __init__(self, search: EdgeSearch) -> None:
        self._search = search
        folds = folded_points()
        blank = table_of(blanks())
        adorning = blank | table_of(ADORNING_SET).take(folds)
        self._starts = Edge(search.starts, folds, blank, adorning, step=1)
        self._ends = Edge(search.ends, folds, blank, adorning, step=-1)

    def lines(self, lines: JoinedLines) -> tuple[Numbers, Numbers]:
        """The lines, by index, that may begin with a word that is looked for, and that may end so."""
        rows = lines.filled
        firsts = lines.starts[rows]
        lasts = firsts + lines.lengths[rows] - 1
        # Blanks around a line do not count, and a row of them without an end is seldom met.
        far = self._starts.pass_blanks(lines.points, firsts)
        far |= self._ends.pass_blanks(lines.points, lasts)
        lengths = np.where(far, 0, lasts - firsts + 1)
        begins = self._starts.fits(lines.points, firsts, lengths)
        closes = self._ends.fits(lines.points, lasts, lengths)
        return rows[begins | far], rows[closes | far]

    def places(self, lines: JoinedLines) -> Iterator[tuple[int, int, list[Span]]]:
        """The texts and the triggers that fire there, by number, with their places."""
        found: defaultdict[tuple[int, int], set[Span]] = defaultdict(set)
        ends = (self._search.at_start, self._search.at_end)
        for rows, firing in zip(self.lines(lines), ends, strict=True):
            owners = lines.owners[rows]
            starts = lines.starts[rows] - lines.offsets[owners]
            columns = (owners.tolist(), starts.tolist(), (starts + lines.lengths[rows]).tolist())
            for owner, start, end in zip(*columns, strict=True):
                for index in firing(lines.texts[owner][start:end]):
                    found[owner, index].add(Span(start, end))
        for (owner, index), spans in found.items():
            yield owner, index, sorted(spans)


def table_of(characters: frozenset[str]) -> NDArray[np.bool_]:
    """Of each code point whether it is one of some characters."""
    table = np.zeros(CODES, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


def blanks() -> frozenset[str]:
    """All white space that stands within lines."""
    return frozenset(filter(str.isspace, map(chr, range(0x3001)))) - {"\n", "\r"}


def number_of_pair(pair: str) -> int:
    """A number for two characters."""
    return ord(pair[0]) * CODES + ord(pair[1])


def folded_points() -> NDArray[np.uint64]:
    """Of each code point the one that stands for it where words are compared, narrow and small.

    What becomes of it is told by `kanwu.analysis.folding.folded_line`; a letter that has two small
    forms gets one.
    """
    points = np.arange(CODES, dtype=np.uint32)
    points[list(NARROW)] = [ord(narrow) for narrow in NARROW.values()]
    # İ becomes two characters. Σ is σ here, and ς at the end of a word.
    points[ord("İ")], points[ord("ς")] = ord("i"), ord("σ")
    letters = points.tobytes().decode(UTF_32, "surrogatepass").lower()
    return np.frombuffer(letters.encode(UTF_32, "surrogatepass"), np.uint32).astype(np.uint64)


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
