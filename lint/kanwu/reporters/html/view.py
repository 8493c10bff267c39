"""What the page shows: which findings and documents it has room for, and everything counted."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.engine.finding import Severity, shown_row
from kanwu.reporters.html.changes import Change, changes
from kanwu.reporters.html.marking import Mark
from kanwu.reporters.html.pairs import Side, is_pair, places, side
from kanwu.reporters.html.sheets import WHOLE, Gap, Row, sheet
from kanwu.reporters.ledger import rows
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding, Place
    from kanwu.engine.ledger import Entry
    from kanwu.reporters.wording import Wording

Key = tuple[str, str | None]
"""A document: its path, and the row of a data set."""

GRAVEST_FIRST = sorted(Severity, key=lambda severity: -severity.rank)


class Limits(NamedTuple):
    """What the page has room for; all the rest is counted."""

    documents: int = 500
    findings: int = 200
    """Of one document."""
    in_all: int = 5_000
    text: int = 1_000_000
    """Code points: of documents beyond these only what stands around findings."""
    pairs: int = 200
    figures: int = 2_000
    bars: int = 12


class Card(NamedTuple):
    """A finding as the page shows it."""

    number: int
    finding: Finding
    changes: Sequence[Change]
    more_edits: int


class Sheet(NamedTuple):
    """A document with its findings."""

    number: int
    key: Key
    cards: dict[int, Card]
    """By the number of the finding."""
    head: tuple[int, ...]
    """The findings about the document as a whole."""
    parts: list[Row | Gap]
    readable: bool
    left_out: int
    """Findings that are not shown."""
    counts: Counter[Severity]
    """Of all its findings."""

    @property
    def name(self) -> str:
        """What the document is called: every one has a finding."""
        return name_of(next(iter(self.cards.values())).finding.place)


class Pair(NamedTuple):
    """Two claims of which one finding says that they cannot both be right."""

    number: int
    finding: Finding
    here: Side
    there: Side
    more: int
    """Further places."""


class Bar(NamedTuple):
    """How many findings a rule or a document has, by severity."""

    label: str
    detail: str
    counts: Counter[Severity]

    @property
    def total(self) -> int:
        return self.counts.total()


class Chosen(NamedTuple):
    """The findings that are shown, and how many are not."""

    by_document: dict[Key, list[tuple[int, Finding]]]
    left_within: dict[Key, int]
    documents_left: int
    findings_left: int
    """In documents that are not shown."""


def key_of(place: Place) -> Key:
    """The document of a place."""
    return place.path, place.record


def name_of(place: Place) -> str:
    """What a document is called: its path, and the row of a dataset."""
    return " ".join(filter(None, (place.path, shown_row(place))))


def choose(findings: Sequence[Finding], limits: Limits) -> Chosen:
    """What is shown: of too many documents those with the gravest and the most findings."""
    grouped = {key: list(group) for key, group in groupby(findings, lambda f: key_of(f.place))}
    shown: set[Key] = set()
    room = limits.in_all
    for key in sorted(grouped, key=lambda key: weight(grouped[key])):
        if len(shown) == limits.documents or room <= 0:
            break
        shown.add(key)
        room -= min(len(grouped[key]), limits.findings)
    number = 0
    by_document: dict[Key, list[tuple[int, Finding]]] = {}
    for key in (key for key in grouped if key in shown):
        kept = grouped[key][: limits.findings]
        by_document[key] = list(enumerate(kept, number + 1))
        number += len(kept)
    return Chosen(
        by_document,
        {key: len(grouped[key]) - len(kept) for key, kept in by_document.items()},
        len(grouped) - len(shown),
        sum(len(group) for key, group in grouped.items() if key not in shown),
    )


def weight(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Sort key of a document: the most errors first, then warnings, then notes."""
    counts = Counter(finding.severity for finding in findings)
    return tuple(-counts[severity] for severity in GRAVEST_FIRST)


class View:
    """Takes the documents of a run one by one and keeps what the page shows of them."""

    def __init__(
        self, findings: Sequence[Finding], limits: Limits, wording: Wording = ENGLISH
    ) -> None:
        """Take the findings in the order of the report."""
        self._wording = wording
        self.findings = findings
        self.limits = limits
        self.chosen = choose(findings, limits)
        self.sheets: dict[Key, Sheet] = {}
        self._room = limits.text
        self.figures: list[dict[str, Any]] = []
        """The rows of the ledger that are shown."""
        self.figures_in_all = 0
        paired = [p for pairs in self.chosen.by_document.values() for p in pairs if is_pair(p[1])]
        self._paired = paired[: limits.pairs]
        self.pairs_left = len(paired) - len(self._paired)
        self._sides: dict[tuple[int, int], Side] = {}
        self._wanted = self._places_of_pairs()
        self._related = self._places_elsewhere()
        self._of_document = Counter((key_of(f.place), f.severity) for f in findings)

    def _places_of_pairs(self) -> dict[Key, list[tuple[int, int, Place]]]:
        wanted: dict[Key, list[tuple[int, int, Place]]] = {}
        for number, finding in self._paired:
            for which, place in enumerate(places(finding)):
                wanted.setdefault(key_of(place), []).append((number, which, place))
        return wanted

    def _places_elsewhere(self) -> dict[Key, list[Mark]]:
        """The related places of all findings that are shown, by the document in which they stand."""
        found: dict[Key, list[Mark]] = {}
        for pairs in self.chosen.by_document.values():
            for number, finding in pairs:
                for place in (related.place for related in finding.related):
                    if place.end.offset:
                        found.setdefault(key_of(place), []).append(
                            mark(number, finding, place, related=True)
                        )
        return found

    def needs(self) -> list[Key]:
        """The documents of which something is shown and that were not taken yet."""
        return [
            key
            for key in dict.fromkeys((*self.chosen.by_document, *self._wanted))
            if (key in self.chosen.by_document and key not in self.sheets)
            or any((n, which) not in self._sides for n, which, _ in self._wanted.get(key, ()))
        ]

    def take(self, document: Document, entries: Sequence[Entry]) -> None:
        """Keep what is shown of a document and of the figures that it states."""
        key = (document.path, document.record)
        self.figures_in_all += len(entries)
        if room := self.limits.figures - len(self.figures):
            self.figures += rows(document, list(islice(entries, room)))
        for number, which, place in self._wanted.get(key, ()):
            self._sides[number, which] = side(document, place, entries, self._wording)
        if key in self.chosen.by_document:
            self.sheets[key] = self._sheet(key, document.source)
            self._room = max(0, self._room - len(document.source.text))

    def _sheet(self, key: Key, document: Document | None) -> Sheet:
        pairs = self.chosen.by_document[key]
        head: list[int] = []
        notes: dict[int, list[int]] = {}
        marks = list(self._related.get(key, ()))
        for number, finding in pairs:
            if document is None or not finding.place.end.offset:
                head.append(number)
                continue
            marks.append(mark(number, finding, finding.place))
            index = document.get(Lines).index(finding.place.start.offset)
            notes.setdefault(index, []).append(number)
        return Sheet(
            len(self.sheets) + 1,
            key,
            {number: self._card(number, finding, document) for number, finding in pairs},
            tuple(head),
            []
            if document is None
            else sheet(document, within(marks, document), notes, min(WHOLE, self._room)),
            document is not None,
            self.chosen.left_within[key],
            Counter({s: self._of_document[key, s] for s in Severity}),
        )

    def _card(self, number: int, finding: Finding, document: Document | None) -> Card:
        if finding.fix is None or document is None:
            return Card(number, finding, (), 0)
        return Card(number, finding, *changes(document, finding.fix.edits))

    def in_order(self) -> list[Sheet]:
        """The documents of the page; of a file that could not be read there is no text."""
        return [
            (self.sheets.get(key) or self._sheet(key, None))._replace(number=number)
            for number, key in enumerate(self.chosen.by_document, 1)
        ]

    def pairs(self) -> Iterator[Pair]:
        """The pairs both of whose places could be read."""
        for number, finding in self._paired:
            here, there = (self._sides.get((number, which)) for which in (0, 1))
            if here is not None and there is not None:
                yield Pair(number, finding, here, there, len(finding.related) - 1)

    def by_rule(self) -> list[Bar]:
        """All findings by rule, the most first."""
        return bars((f.code, f.name, f.severity) for f in self.findings)

    def by_document(self) -> list[Bar]:
        """All findings by document, the most first."""
        return bars((name_of(f.place), "", f.severity) for f in self.findings)


def mark(number: int, finding: Finding, place: Place, *, related: bool = False) -> Mark:
    """The mark of a finding at a place."""
    return Mark(place.start.offset, place.end.offset, number, finding.severity, related)


def within(marks: Iterable[Mark], document: Document) -> list[Mark]:
    """Marks kept inside the text, which may have changed since it was checked."""
    size = len(document.text)
    return [m._replace(start=min(m.start, size), end=min(m.end, size)) for m in marks]


def bars(found: Iterable[tuple[str, str, Severity]]) -> list[Bar]:
    """One bar for each label and detail, the longest first."""
    counts: dict[tuple[str, str], Counter[Severity]] = {}
    for label, detail, severity in found:
        counts.setdefault((label, detail), Counter())[severity] += 1
    made = [Bar(label, detail, counter) for (label, detail), counter in counts.items()]
    return sorted(made, key=lambda bar: (-bar.total, bar.label))
