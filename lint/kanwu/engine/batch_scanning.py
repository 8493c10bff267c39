"""The scan for corpora: many documents at once, with numpy and an Aho-Corasick automaton.

Import this module only for much text: importing numpy takes as long as checking a few hundred small
documents with `kanwu.engine.scanning.DocumentScanner`, which finds the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from itertools import accumulate, chain, pairwise, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, Implementation

from kanwu.documents.document import Span
from kanwu.engine.batch_lines import LineSearch
from kanwu.engine.line_triggers import LineTrigger
from kanwu.engine.scanning import UTF_32, TriggerTable
from kanwu.engine.triggers import Between, Repeats, Runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from kanwu.documents.document import Document
    from kanwu.engine.rule import AnyRule
    from kanwu.engine.scanning import Places
    from kanwu.engine.triggers import TextTrigger

    Numbers = NDArray[np.integer[Any]]

BATCH = 1 << 18
"""Code points after which a batch is scanned."""
MOST_DOCUMENTS = 1 << 12
"""So many documents are a batch, however short they are."""
PIECE = 1 << 19
"""Code points that are looked at together: what bounds the memory that a large document takes."""
LARGEST_DFA = 1 << 14
"""Characters of all literals together up to which the automaton is deterministic: it is twice as fast,
and takes some 700 bytes a character."""

LINE_FEED = 0x0A
SEPARATOR = 0x110000
"""What stands between texts: one more than the last code point."""

Found = dict[int, "Sequence[Span]"]
"""The places in one document, by the index of the trigger."""


class Columns(NamedTuple):
    """Places in joined texts, by trigger and in order; one element a place."""

    triggers: Numbers
    starts: Numbers
    ends: Numbers


class BatchScanner:
    """The backend for corpora: documents are joined, and a batch is looked through at once."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.table = TriggerTable(rules)

    def scan(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Places]]:
        batch: list[Document] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += len(document.text)
            if size >= BATCH or len(batch) == MOST_DOCUMENTS:
                yield from self._scan(batch)
                batch, size = [], 0
        yield from self._scan(batch)

    def _scan(self, batch: Sequence[Document]) -> Iterator[tuple[Document, Places]]:
        texts = [document.text for document in batch]
        looked_at = self._line_search.look(texts)
        for document, found, known in zip(batch, self._find(texts), looked_at, strict=True):
            found.update((index, spans) for index, spans in known.items() if spans)
            found.update(self.table.matched(document.text, found))
            for index, trigger in self._others:
                if index not in known and (spans := list(trigger.find(document.text))):
                    found[index] = spans
            yield document, self.table.places(document, found)

    def _find(self, texts: Sequence[str]) -> list[Found]:
        """What class triggers, repeats and literals find in each text."""
        found: list[Found] = [{} for _ in texts]
        offsets = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
        columns = [
            part for part in self._look("\0".join(texts), offsets[1:] - 1) if part.starts.size
        ]
        if not columns:
            return found
        triggers, starts, ends = (np.concatenate(column) for column in zip(*columns, strict=True))
        owners = np.searchsorted(offsets, starts, side="right") - 1
        shift = offsets[owners]
        pairs = zip((starts - shift).tolist(), (ends - shift).tolist(), strict=True)
        # `Span._make` does the same in Python, and takes twice as long.
        spans: list[Span] = list(map(tuple.__new__, repeat(Span), pairs))
        changes = (np.diff(owners) != 0) | (np.diff(triggers) != 0)
        firsts = np.concatenate(([0], np.flatnonzero(changes) + 1))
        for owner, trigger, first, last in zip(
            owners[firsts].tolist(),
            triggers[firsts].tolist(),
            firsts.tolist(),
            [*firsts[1:].tolist(), len(spans)],
            strict=True,
        ):
            found[owner][trigger] = spans[first:last]
        return found

    def _look(self, joined: str, separators: Numbers) -> Iterator[Columns]:
        """The places of each trigger in joined texts, given where separators stand."""
        marks: defaultdict[int, list[Numbers]] = defaultdict(list)
        matches = []
        before = LINE_FEED
        for begin in range(0, len(joined), PIECE):
            # What begins in a piece may end behind it.
            piece = joined[begin : begin + PIECE + self._reach].encode(UTF_32, "surrogatepass")
            points = np.frombuffer(piece, np.uint32).copy()
            first, last = np.searchsorted(separators, (begin, begin + points.size))
            points[separators[first:last] - begin] = SEPARATOR
            # What numpy takes as indices without converting them again.
            indices = points.astype(np.intp)
            classes = self._between(self._classes(indices[:PIECE]), points, before)
            before = int(points[:PIECE][-1])
            for index, positions in chain(classes, self._repeats(points)):
                marks[index].append(positions + begin)
            if self._search is not None:
                triggers, starts, ends = self._search.find(indices)
                own = starts < PIECE
                matches.append(Columns(triggers[own], starts[own] + begin, ends[own] + begin))
        for index, several in marks.items():
            starts, ends = spans_of(self.table.triggers[index], np.concatenate(several))
            yield Columns(np.full(starts.size, index), starts, ends)
        if matches:
            triggers, starts, ends = (np.concatenate(part) for part in zip(*matches, strict=True))
            order = np.lexsort((ends, starts, triggers))
            yield Columns(triggers[order], starts[order], ends[order])

    @cached_property
    def _others(self) -> list[tuple[int, TextTrigger]]:
        """The triggers that are looked for one by one."""
        return [
            (i, trigger) for i, trigger in self.table.others if not isinstance(trigger, Repeats)
        ]

    @cached_property
    def _line_search(self) -> LineSearch:
        triggers = [(i, t) for i, t in self._others if isinstance(t, LineTrigger)]
        return LineSearch(triggers, self.table.edges)

    @cached_property
    def _signature_of(self) -> Numbers:
        """The signature of every code point, and of the separator."""
        signatures = self.table.signatures
        sizes = np.diff([*signatures.starts, SEPARATOR + 1])
        return np.repeat(np.array(signatures.of_starts, np.uint16), sizes)

    def _classes(self, indices: Numbers) -> Iterator[tuple[int, Numbers]]:
        """For each class trigger where characters of its class stand."""
        signatures = self._signature_of.take(indices)
        hits = np.flatnonzero(signatures != 0)
        signatures = signatures.take(hits)
        by_signature = hits.take(np.argsort(signatures, kind="stable"))
        counts = np.bincount(signatures)
        parts: defaultdict[int, list[Numbers]] = defaultdict(list)
        lasts = np.cumsum(counts)
        for signature in np.flatnonzero(counts).tolist():
            last = lasts[signature]
            part = by_signature[last - counts[signature] : last]
            for index in self.table.signatures.triggers[signature]:
                parts[index].append(part)
        for index, several in parts.items():
            yield index, several[0] if len(several) == 1 else np.sort(np.concatenate(several))

    def _between(
        self, classes: Iterable[tuple[int, Numbers]], points: Numbers, before: int
    ) -> Iterator[tuple[int, Numbers]]:
        """The same, less the characters whose neighbours are not those that a trigger wants.

        `before` is the code point before the first one.
        """
        neighbours = np.concatenate(([before], points, [LINE_FEED]))
        neighbours[neighbours == SEPARATOR] = LINE_FEED
        for index, positions in classes:
            standing = positions
            trigger = self.table.triggers[index]
            if isinstance(trigger, Between):
                for wanted, step in ((trigger.before, 0), (trigger.behind, 2)):
                    if wanted is not None:
                        near = neighbours.take(standing + step)
                        inside = (
                            np.searchsorted(np.array(wanted.bounds), near, side="right") % 2 == 1
                        )
                        standing = standing[inside]
            yield index, standing

    def _repeats(self, points: Numbers) -> Iterator[tuple[int, Numbers]]:
        """For each trigger on repeats which characters stand again a period later."""
        for period, triggers in self._by_period.items():
            later = points[period : period + PIECE]
            copied = np.flatnonzero(points[: later.size] == later)
            characters = points.take(copied)
            for index, bounds in triggers:
                inside = np.searchsorted(bounds, characters, side="right") % 2 == 1
                yield index, copied[inside]

    @cached_property
    def _by_period(self) -> dict[int, list[tuple[int, Numbers]]]:
        """The triggers on repeats: for each period their indices and the bounds of their classes."""
        by_period: defaultdict[int, list[tuple[int, Numbers]]] = defaultdict(list)
        for index, trigger in self.table.others:
            if isinstance(trigger, Repeats):
                bounds = np.array(trigger.characters.bounds, np.uint32)
                by_period[trigger.period].append((index, bounds))
        return by_period

    @cached_property
    def _search(self) -> LiteralSearch | None:
        return LiteralSearch(self.table.words) if self.table.words else None

    @cached_property
    def _reach(self) -> int:
        """How many code points behind its first one a trigger may look at."""
        return max([1, *self._by_period, *(len(word) for word, _ in self.table.words)])


class LiteralSearch:
    """All literals of all triggers, sought at once.

    The automaton reads bytes. Each character that literals are made of gets a symbol of one or two,
    rarely four bytes, all other characters 0. That makes an automaton a third as large as one for
    UTF-8, and as fast as the memory that it fits into.
    """

    def __init__(self, words: Sequence[tuple[str, int]]) -> None:
        """Take words with the indices of their triggers."""
        joined = "".join(word for word, _ in words).encode(UTF_32, "surrogatepass")
        points = np.frombuffer(joined, np.uint32)
        characters = np.unique(points)
        self._width = next(w for w in (1, 2, 4) if (255 // w) ** w >= characters.size)
        self._symbol_of = np.zeros(SEPARATOR + 1, f"u{self._width}")
        self._symbol_of[characters] = symbols(characters.size, self._width)
        self._triggers = np.array([index for _, index in words])
        size = points.size
        ends = accumulate((self._width * len(word) for word, _ in words), initial=0)
        said = self._symbol_of[points].tobytes()
        self._automaton = BytesAhoCorasick(
            [said[start:end] for start, end in pairwise(ends)],
            implementation=Implementation.DFA
            if size <= LARGEST_DFA
            else Implementation.ContiguousNFA,
        )

    def find(self, points: Numbers) -> Columns:
        """Every match among some code points, in the order of the ends."""
        data = self._symbol_of.take(points).view(np.uint8).data
        matches = self._automaton.find_matches_as_indexes(data, overlapping=True)
        flat = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches))
        words, starts, ends = flat.reshape(-1, 3).T
        return Columns(self._triggers[words], starts // self._width, ends // self._width)


def symbols(count: int, width: int) -> Numbers:
    """Some numbers of `width` bytes, no two alike, none with a byte 0.

    Each place of a number has its own bytes, so that no match begins inside a symbol.
    """
    base = math.ceil(count ** (1 / width))
    numbers = np.arange(count)
    places = np.empty((count, width), np.uint8)
    for place in range(width):
        places[:, place] = numbers // base**place % base + place * base + 1
    return places.view(f"u{width}").ravel()


def spans_of(trigger: TextTrigger, positions: Numbers) -> tuple[Numbers, Numbers]:
    """Starts and ends of the places of a trigger, from where its characters stand."""
    if isinstance(trigger, Runs):
        return runs(positions, trigger.at_least)
    if isinstance(trigger, Repeats):
        starts, ends = runs(positions, trigger.period)
        return starts, ends + trigger.period
    return positions, positions + 1


def runs(positions: Numbers, at_least: int) -> tuple[Numbers, Numbers]:
    """Starts and ends of the longest runs of consecutive numbers, the short ones left out."""
    reach = at_least - 1
    if positions.size <= reach:
        return positions[:0], positions[:0]
    # Where `at_least` numbers follow one another. Runs long enough are rare, and from here on only
    # they take time.
    begins = positions[: positions.size - reach]
    begins = begins[positions[reach:] - begins == reach]
    if not begins.size:
        return begins, begins
    breaks = np.flatnonzero(np.diff(begins) != 1)
    starts = begins[np.concatenate(([0], breaks + 1))]
    ends = begins[np.concatenate((breaks, [begins.size - 1]))] + at_least
    return starts, ends
