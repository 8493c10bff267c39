"""The scan: one look through the texts for the triggers of all rules.

Two backends with equal results. This module has the one for small inputs, which needs nothing that is
slow to import; `kanwu.engine.batch_scanning` has the one for corpora, on numpy.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import chain, compress, count, islice
from operator import add, itemgetter
from re import escape, finditer
from typing import TYPE_CHECKING, Protocol

from kanwu.documents.document import Span
from kanwu.engine.line_edges import EdgeSearch, LineWords
from kanwu.engine.triggers import (
    ClassTrigger,
    EveryDocument,
    LinesOf,
    Literals,
    Matches,
    TextTrigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ahocorasick_rs import BytesAhoCorasick

    from kanwu.documents.document import Document
    from kanwu.engine.rule import AnyRule

Places = list[tuple["AnyRule", "Sequence[Span]"]]
"""The rules to be called on a document, each with the places where its triggers fired."""

UTF_32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
"""Code points in the byte order of the machine."""

LITTLE = 1 << 15
"""Code points of all texts up to which literals are looked for by their first two characters. Building an
automaton of thousands takes as long as that."""

PIECE = 1 << 16
"""Code points that are looked at together: what bounds the memory that a large document takes."""


class Scanner(Protocol):
    """A backend of the scan."""

    def scan(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Places]]:
        """Each document, in order, with the places of every rule that has any."""


class TriggerTable:
    """The triggers of some rules, each kind once, and which rules asked for which."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.rules = tuple(rules)
        self.triggers: list[TextTrigger] = []
        self.wanted_by: list[list[int]] = []
        """For each trigger the indices of the rules that asked for it."""
        self.lines: list[tuple[int, LinesOf]] = []
        """What rules want by the role of lines, with the index of each rule."""
        self.matches: list[tuple[int, Matches, frozenset[int]]] = []
        """The triggers that are patterns, with their indices and those of their signs."""
        self._known: dict[tuple[object, ...], int] = {}
        for number, rule in enumerate(self.rules):
            for trigger in rule.where:
                if isinstance(trigger, LinesOf):
                    self.lines.append((number, trigger))
                    continue
                wanting = self.wanted_by[self._index(trigger)]
                if number not in wanting:
                    wanting.append(number)

    def _index(self, trigger: TextTrigger) -> int:
        """The index of a trigger, which is added where it is new."""
        index = self._known.setdefault(trigger.key, len(self.triggers))
        if index == len(self.triggers):
            self.triggers.append(trigger)
            self.wanted_by.append([])
            if isinstance(trigger, Matches):
                self.matches.append((index, trigger, frozenset(map(self._index, trigger.signs))))
        return index

    def matched(
        self, text: str, found: Mapping[int, Sequence[Span]]
    ) -> Iterator[tuple[int, list[Span]]]:
        """The patterns that are found in a text, with their places, by what signs were found there."""
        for index, trigger, signs in self.matches:
            if not signs.isdisjoint(found) and (spans := list(trigger.among(text))):
                yield index, spans

    def places(self, document: Document, found: Mapping[int, Sequence[Span]]) -> Places:
        """The places of each rule, from what the triggers (by index) found in the document."""
        parts: defaultdict[int, list[Sequence[Span]]] = defaultdict(list)
        plain = document.markup == "plain"
        for index, spans in found.items():
            # A document is not left out because some of it is code.
            whole = plain or isinstance(self.triggers[index], EveryDocument)
            for number in self.wanted_by[index]:
                if seen := spans if whole else in_zone(document, self.rules[number], spans):
                    parts[number].append(seen)
        # Nor is a line: its role says whether it is code.
        for number, trigger in self.lines:
            if lines := list(trigger.of(document)):
                parts[number].append(lines)
        return [(self.rules[number], merged(several)) for number, several in sorted(parts.items())]

    @cached_property
    def signatures(self) -> Signatures:
        """Which of the triggers on character classes each code point fires."""
        return Signatures(self.triggers)

    @cached_property
    def words(self) -> list[tuple[str, int]]:
        """Every literal with the index of its trigger; one that several triggers have, for each."""
        return [
            (word, index)
            for index, trigger in enumerate(self.triggers)
            if isinstance(trigger, Literals)
            for word in sorted(trigger.words)
        ]

    @cached_property
    def edges(self) -> EdgeSearch:
        """The triggers on the words at both ends of lines, looked for together."""
        return EdgeSearch(
            (index, trigger)
            for index, trigger in enumerate(self.triggers)
            if isinstance(trigger, LineWords)
        )

    @cached_property
    def others(self) -> list[tuple[int, TextTrigger]]:
        """The triggers that are looked for one by one, with their indices."""
        return [
            (index, trigger)
            for index, trigger in enumerate(self.triggers)
            if not isinstance(trigger, ClassTrigger | Literals | LineWords | Matches)
        ]


def in_zone(document: Document, rule: AnyRule, spans: Sequence[Span]) -> Sequence[Span]:
    """Those spans of a document that a rule wants to hear of."""
    if document.markup == "plain" or rule.zone == "everything":
        return spans
    from kanwu.analysis.zones import Zones

    return document.get(Zones).in_prose(spans)


def merged(parts: Sequence[Sequence[Span]]) -> Sequence[Span]:
    """The places of several triggers in text order, each once."""
    return parts[0] if len(parts) == 1 else list(dict.fromkeys(sorted(chain(*parts))))


class Signatures:
    """The signature of a code point: a number for the set of class triggers that it belongs to.

    0 is the signature of what belongs to none.
    """

    def __init__(self, triggers: Sequence[TextTrigger]) -> None:
        changes: defaultdict[int, int] = defaultdict(int)
        for index, trigger in enumerate(triggers):
            if isinstance(trigger, ClassTrigger):
                for bound in trigger.characters.bounds:
                    changes[bound] ^= 1 << index
        self.starts = [0]
        """The code points at which another signature begins."""
        self.of_starts = [0]
        """The signature from each of these code points on."""
        self.triggers: list[tuple[int, ...]] = [()]
        """For each signature the indices of its triggers."""
        known = {0: 0}
        members = 0
        for start, change in sorted(changes.items()):
            members ^= change
            if members not in known:
                known[members] = len(self.triggers)
                self.triggers.append(tuple(numbers_of(members)))
            self.starts.append(start)
            self.of_starts.append(known[members])

    def of(self, code: int) -> int:
        """The signature of a code point."""
        return self.of_starts[bisect_right(self.starts, code) - 1]


def numbers_of(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


class DocumentScanner:
    """The backend for small inputs: document by document, in plain Python, quick to start."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.table = TriggerTable(rules)
        self._looked_at = 0

    def scan(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Places]]:
        for document in documents:
            yield document, self.table.places(document, self.find(document.text))

    def find(self, text: str) -> dict[int, Sequence[Span]]:
        """The places of every trigger that fires, by its index in the table."""
        found: dict[int, Sequence[Span]] = {}
        for index, positions in self._positions(text).items():
            trigger = self.table.triggers[index]
            assert isinstance(trigger, ClassTrigger)
            if spans := list(trigger.spans(text, positions)):
                found[index] = spans
        found |= dict(self.table.matched(text, found))
        found |= self._literals(text)
        found |= self.table.edges.find(text)
        for index, trigger in self.table.others:
            if spans := list(trigger.find(text)):
                found[index] = spans
        return found

    def _positions(self, text: str) -> Mapping[int, list[int]]:
        """For each class trigger the offsets of the characters of its class."""
        positions: defaultdict[int, list[int]] = defaultdict(list)
        triggers = self.table.signatures.triggers
        for begin in range(0, len(text), PIECE):
            piece = text[begin : begin + PIECE].encode(UTF_32, "surrogatepass")
            signatures = list(map(self._signature_of.__getitem__, array("I", piece)))
            for at, signature in zip(
                compress(count(begin), signatures), filter(None, signatures), strict=True
            ):
                for index in triggers[signature]:
                    positions[index].append(at)
        return positions

    def _literals(self, text: str) -> Mapping[int, list[Span]]:
        """For each trigger on literals its places."""
        self._looked_at += len(text)
        if self._looked_at <= LITTLE:
            return self._by_pairs(text)
        found: defaultdict[int, list[Span]] = defaultdict(list)
        if self._automaton is None:
            return found
        data = text.encode("utf-8", "surrogatepass")
        matches = self._automaton.find_matches_as_indexes(data, overlapping=True)
        at = offset = 0
        for number, start, _ in sorted(matches, key=itemgetter(1, 2)):
            offset += len(data[at:start].decode("utf-8", "surrogatepass"))
            at = start
            word, index = self.table.words[number]
            found[index].append(Span(offset, offset + len(word)))
        return found

    def _by_pairs(self, text: str) -> Mapping[int, list[Span]]:
        """The same, without an automaton."""
        found: defaultdict[int, list[Span]] = defaultdict(list)
        begins = map(self._pairs.__contains__, map(add, text, islice(text, 1, None)))
        lone = (match for word in self._lone for match in finditer(escape(word), text))
        for start in chain(compress(count(), begins), (match.start() for match in lone)):
            for size in self._sizes:
                end = start + size
                if end > len(text):
                    break
                for index in self._triggers_of.get(text[start:end], ()):
                    found[index].append(Span(start, end))
        return {index: sorted(set(spans)) for index, spans in found.items()}

    @cached_property
    def _triggers_of(self) -> dict[str, tuple[int, ...]]:
        """For each literal the indices of the triggers that look for it."""
        known: dict[str, tuple[int, ...]] = {}
        for index, trigger in enumerate(self.table.triggers):
            if isinstance(trigger, Literals):
                shared = known.keys() & trigger.words
                several = {word: (*known[word], index) for word in shared}
                known |= dict.fromkeys(trigger.words, (index,)) | several
        return known

    @cached_property
    def _sizes(self) -> list[int]:
        """The lengths of literals, the shortest first."""
        return sorted(set(map(len, self._triggers_of)))

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """The first two characters of every literal."""
        return frozenset({word[:2] for word in self._triggers_of})

    @cached_property
    def _lone(self) -> list[str]:
        """The literals of one character."""
        return [word for word in self._triggers_of if len(word) == 1]

    @cached_property
    def _signature_of(self) -> _SignatureOf:
        return _SignatureOf(self.table.signatures)

    @cached_property
    def _automaton(self) -> BytesAhoCorasick | None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        # A deterministic automaton takes ten times as long to build.
        words = [word.encode("utf-8", "surrogatepass") for word, _ in self.table.words]
        kind = Implementation.ContiguousNFA
        return BytesAhoCorasick(words, implementation=kind) if words else None


class _SignatureOf(dict[int, int]):
    """The signatures of the code points that were met."""

    def __init__(self, signatures: Signatures) -> None:
        super().__init__()
        self._signatures = signatures

    def __missing__(self, code: int) -> int:
        signature = self[code] = self._signatures.of(code)
        return signature
