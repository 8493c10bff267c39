"""The ledger of figures: the claims of a document as `kanwu figures` shows them."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from kanwu import Record, place
from kanwu.engine.finding import whole_file
from kanwu.engine.ledger import Alignment, Entry, Ledger
from kanwu_rules.figures.across_articles import CROWD
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.comparison import Verdict
from kanwu_rules.figures.date import Kind
from kanwu_rules.figures.dates import Dates
from kanwu_rules.figures.identifier_entries import identifier_entries, version_entries
from kanwu_rules.figures.inner_alignments import inner_alignments, of_one_noun
from kanwu_rules.figures.linking import link
from kanwu_rules.figures.statements import Stated, packed, same_words, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kanwu import Document
    from kanwu.engine.ledger import EntryKind
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.date import Date
    from kanwu_rules.figures.intervals import Relation
    from kanwu_rules.figures.statements import Statement


class FigureLedger(Ledger):
    """Lists the figures of a document."""

    def entries(self, document: Document) -> Iterator[Entry]:
        figures = [*map(entry, document.get(Claims))]
        figures += (dated(date) for date in document.get(Dates).all if date.value)
        yield from figures
        # What is a figure or a date by its words is no version, and no part of one.
        taken = sorted((found.start, found.end) for found in figures)
        for named in (*identifier_entries(document), *version_entries(document)):
            at = bisect_left(taken, (named.end,)) - 1
            if at < 0 or taken[at][1] <= named.start:
                yield named

    def records(self, document: Document) -> Iterator[Record]:
        whole = whole_file(document.path, document.record)
        for statements in document.get(Stated).parts:
            keys = sorted({key for statement in statements for key in statement.keys})
            if keys:
                yield Record(keys[0], whole, {"statements": packed(statements)}, tuple(keys[1:]))
        for number, found in enumerate(inner_alignments(document)):
            key = f"{INNER}{document.path}\0{document.record or ''}\0{number}"
            said = {"verdict": found.verdict, "reason": found.reason}
            yield Record(key, place(document, *found.one), said)
            yield Record(key, place(document, *found.other), said)

    def alignments(self, records: Sequence[Record]) -> Iterator[Alignment]:
        if records[0].key.startswith(INNER):
            one, other = records
            yield Alignment(one.place, other.place, one.data["verdict"], one.data["reason"])
        elif len(records) <= CROWD:
            for one, other in combinations(records, 2):
                if one.place != other.place:
                    yield from compared(one, other)


INNER = "in "
FEWEST_AGREEING = 2
"""Articles of which so many figures agree are on one event."""


def compared(one: Record, other: Record) -> Iterator[Alignment]:
    """How the figures of two articles were aligned."""
    for here, there, verdict, reason in aligned_across(
        one.data["statements"], other.data["statements"]
    ):
        yield Alignment(here.at(one.place), there.at(other.place), verdict, reason)


@lru_cache(maxsize=128)
def aligned_across(ones: bytes, others: bytes) -> Sequence[tuple[Statement, Statement, str, str]]:
    """The statements of two articles, given by their packed statements, with verdict and reason."""
    judged = link(ones, others).judged
    found = []
    for pair, doubt in judged:
        words = f"the same words beside both: {same_words(pair.one, pair.other)}"
        verdict = "not comparable" if doubt else pair.verdict.value
        found.append((pair.one, pair.other, verdict, doubt or words))
    agreeing = [pair for pair, _ in judged if pair.verdict is Verdict.AGREE]
    if len(agreeing) >= FEWEST_AGREEING:
        here, there = unpacked(ones), unpacked(others)
        done = {id(pair.one) for pair in agreeing}
        found += [
            (one, other, said.value, f"the same noun beside both: {noun}")
            for one, other, said, noun in of_one_noun(here, there, done)
        ]
        found += [
            (one, other, Verdict.AGREE.value, "the same edition")
            for one in here
            for other in there
            if is_one_edition(one, other)
        ]
    return found


def is_one_edition(one: Statement, other: Statement) -> bool:
    """Whether two articles name the same edition of something."""
    return one.dimension == other.dimension == "edition" and one.moment == other.moment


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
