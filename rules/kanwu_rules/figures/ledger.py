"""The ledger of figures: the claims of a document as `kanwu figures` shows them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kanwu.engine.ledger import Alignment, Entry, Ledger
from kanwu_rules.figures.across_articles import CROWD
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.date import Kind
from kanwu_rules.figures.dates import Dates
from kanwu_rules.figures.linking import link
from kanwu_rules.figures.statements import Stated, same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kanwu import Document, Record
    from kanwu.engine.ledger import EntryKind
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.date import Date
    from kanwu_rules.figures.intervals import Relation


class FigureLedger(Ledger):
    """Lists the figures of a document."""

    def entries(self, document: Document) -> Iterator[Entry]:
        yield from map(entry, document.get(Claims))
        yield from (dated(date) for date in document.get(Dates).all if date.value)

    def records(self, document: Document) -> Iterator[Record]:
        yield from document.get(Stated).records

    def alignments(self, records: Sequence[Record]) -> Iterator[Alignment]:
        if len(records) <= CROWD:
            for one, other in combinations(records, 2):
                if one.place != other.place:
                    yield from compared(one, other)


def compared(one: Record, other: Record) -> Iterator[Alignment]:
    """How the figures of two articles were aligned."""
    for pair, doubt in link(one.data["statements"], other.data["statements"]).judged:
        verdict = "not comparable" if doubt else pair.verdict.value
        words = f"the same words beside both: {same_words(pair.one, pair.other)}"
        yield Alignment(pair.one.at(one.place), pair.other.at(other.place), verdict, doubt or words)


def entry(claim: Claim) -> Entry:
    """The row of a claim."""
    return Entry(
        claim.start,
        claim.end,
        claim.kind,
        plain(claim.value),
        claim.relation,
        None if claim.low is None else plain(claim.low),
        None if claim.high is None else plain(claim.high),
        claim.unit,
        claim.counted,
        claim.language,
    )


def dated(date: Date) -> Entry:
    """The row of a date, a time or an edition."""
    kind: EntryKind = "date"
    if date.kind is Kind.TIME:
        kind = "time"
    elif date.kind is Kind.EDITION:
        kind = "edition"
    low = high = date.value
    if date.first != date.last:
        low, high = date.first.iso, date.last.iso
    relation: Relation = "range" if date.kind is Kind.PERIOD else "="
    return Entry(date.start, date.end, kind, date.value, relation, low, high, "", "", date.language)


def plain(value: Decimal) -> str:
    """A decimal in digits, with neither an exponent nor zeros at the end of a fraction."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
