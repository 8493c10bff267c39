"""The scan for corpora: many documents at once, with numpy and an Aho-Corasick automaton.

Import this module only for much text: importing numpy takes as long as checking a few hundred small
documents with `kanwu.engine.scanning.DocumentScanner`, which finds the same.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kanwu.engine.scanning import UTF_16, UTF_32, DocumentScanner, LiteralSearch, TriggerTable
from kanwu.engine.triggers import Repeats, Runs, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from kanwu.documents.document import Document
    from kanwu.engine.rule import AnyRule
    from kanwu.engine.scanning import Places

    Numbers = NDArray[np.integer[Any]]

BATCH = 1 << 18
"""Code points after which a batch is scanned."""
LARGEST = 1 << 22
"""Code points of the largest document that goes into a batch."""

NARROW_SEPARATOR = 0xFFFF
WIDE_SEPARATOR = 0x110000

Found = dict[int, "Sequence[Span]"]
"""The places in one document, by the index of the trigger."""


class BatchScanner:
    """The backend for corpora: documents are joined, and a batch is looked through at once.

    Most documents go as UTF-16, in which their code points are single units; the others (with
    characters beyond U+FFFF, or with U+FFFF itself) as UTF-32, which takes longer.
    """

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.table = TriggerTable(rules)
        self._alone = DocumentScanner(self.table.rules)
        self._narrow = JoinedScan(self.table, UTF_16, NARROW_SEPARATOR)
        self._wide = JoinedScan(self.table, UTF_32, WIDE_SEPARATOR)
        self._others = [
            (index, trigger)
            for index, trigger in self.table.others
            if not isinstance(trigger, Repeats)
        ]

    def scan(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Places]]:
        batch: list[Document] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += len(document.text)
            if size >= BATCH:
                yield from self._scan(batch)
                batch, size = [], 0
        yield from self._scan(batch)

    def _scan(self, batch: Sequence[Document]) -> Iterator[tuple[Document, Places]]:
        results: list[Found] = []
        narrow: list[tuple[bytes, Found]] = []
        wide: list[tuple[bytes, Found]] = []
        for document in batch:
            text = document.text
            if len(text) > LARGEST:
                results.append(self._alone.find(text))
                continue
            found: Found = {}
            for index, trigger in self._others:
                if spans := list(trigger.find(text)):
                    found[index] = spans
            if (data := single_units(text)) is not None:
                narrow.append((data, found))
            else:
                wide.append((text.encode(UTF_32, "surrogatepass"), found))
            results.append(found)
        self._narrow.find(narrow)
        self._wide.find(wide)
        for document, found in zip(batch, results, strict=True):
            yield document, self.table.places(document, found)


def single_units(text: str) -> bytes | None:
    """A text in UTF-16, if each of its code points is one unit there and none is the separator."""
    data = text.encode(UTF_16, "surrogatepass")
    return data if len(data) == 2 * len(text) and "\uffff" not in text else None


class Columns(NamedTuple):
    """Places in joined texts, by trigger and in order; one element a place."""

    triggers: Numbers
    starts: Numbers
    ends: Numbers


class JoinedScan:
    """The scan of texts that stand in one array of code points, with a separator between them."""

    def __init__(self, table: TriggerTable, encoding: str, separator: int) -> None:
        self.table = table
        self.encoding = encoding
        self.separator = separator
        self.type = np.dtype(np.uint16 if encoding == UTF_16 else np.uint32)
        self.width = self.type.itemsize

    def find(self, texts: Sequence[tuple[bytes, Found]]) -> None:
        """Look through encoded texts, and put what was found in each beside it."""
        if not texts:
            return
        data = self.type.type(self.separator).tobytes().join([text for text, _ in texts])
        points = np.frombuffer(data, self.type)
        columns = [*self._classes(points), *self._repeats(points), *self._literals(data)]
        if not columns:
            return
        triggers, starts, ends = (np.concatenate(column) for column in zip(*columns, strict=True))
        sizes = [len(text) // self.width + 1 for text, _ in texts]
        offsets = np.cumsum([0, *sizes[:-1]])
        owners = np.searchsorted(offsets, starts, side="right") - 1
        shift = offsets[owners]
        pairs = zip((starts - shift).tolist(), (ends - shift).tolist(), strict=True)
        # `Span._make` does the same in Python, and takes twice as long.
        spans: list[Span] = list(map(tuple.__new__, repeat(Span), pairs))
        changes = (np.diff(owners) != 0) | (np.diff(triggers) != 0)
        firsts = np.concatenate(([0], np.flatnonzero(changes) + 1))
        for first, last, owner, trigger in zip(
            firsts.tolist(),
            [*firsts[1:].tolist(), len(spans)],
            owners[firsts].tolist(),
            triggers[firsts].tolist(),
            strict=True,
        ):
            texts[owner][1][trigger] = spans[first:last]

    @cached_property
    def _signature_of(self) -> Numbers:
        """The signature of every code point, and of the separator that of no trigger."""
        signatures = self.table.signatures
        sizes = np.diff([*signatures.starts, WIDE_SEPARATOR + 1])
        table = np.repeat(np.array(signatures.of_starts, np.uint16), sizes)
        table = table[: self.separator + 1].copy()
        table[self.separator] = 0
        return table

    def _classes(self, points: Numbers) -> Iterator[Columns]:
        signatures = self._signature_of.take(points)
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
            positions = several[0] if len(several) == 1 else np.sort(np.concatenate(several))
            trigger = self.table.triggers[index]
            if isinstance(trigger, Runs):
                starts, ends = runs(positions, trigger.at_least)
            else:
                starts, ends = positions, positions + 1
            yield Columns(np.full(starts.size, index), starts, ends)

    def _repeats(self, points: Numbers) -> Iterator[Columns]:
        for period, triggers in self._by_period.items():
            copied = np.flatnonzero(points[period:] == points[:-period])
            characters = points.take(copied)
            for index, bounds in triggers:
                inside = np.searchsorted(bounds, characters, side="right") % 2 == 1
                inside &= characters != self.separator
                starts, ends = runs(copied[inside], period)
                yield Columns(np.full(starts.size, index), starts, ends + period)

    @cached_property
    def _by_period(self) -> dict[int, list[tuple[int, Numbers]]]:
        """The triggers on repeats: for each period their indices and the bounds of their classes."""
        by_period: defaultdict[int, list[tuple[int, Numbers]]] = defaultdict(list)
        for index, trigger in self.table.others:
            if isinstance(trigger, Repeats):
                bounds = np.array(trigger.characters.bounds, np.uint32)
                by_period[trigger.period].append((index, bounds))
        return by_period

    def _literals(self, data: bytes) -> Iterator[Columns]:
        if self._search is None:
            return
        matches = self._search.find(data)
        flat = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches))
        words, starts, ends = flat.reshape(-1, 3).T
        aligned = starts % self.width == 0
        triggers = np.array(self._search.triggers).take(words[aligned])
        starts, ends = starts[aligned] // self.width, ends[aligned] // self.width
        order = np.lexsort((ends, starts, triggers))
        yield Columns(triggers[order], starts[order], ends[order])

    @cached_property
    def _search(self) -> LiteralSearch | None:
        words = self.table.words
        if self.encoding == UTF_16:
            words = [(word, index) for word, index in words if single_units(word) is not None]
        return LiteralSearch(words, self.encoding, deterministic=True) if words else None


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
