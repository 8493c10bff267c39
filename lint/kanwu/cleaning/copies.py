"""Rows that say what another row says, which is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.cleaning.conditions import Reason
from kanwu.engine.corpus import RecordStore, compare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.cleaning.pieces import Segment
    from kanwu.engine.finding import Place
    from kanwu.engine.rule import AnyRule, Record

NEAR_COPIES = "near-duplicate-document"
"""The rule that finds near copies."""

RowKey = tuple[str, int]
"""The path of a file and the number of one of its rows; 0 where it is no dataset."""


def row_of(place: Place) -> RowKey:
    """The row that a place is in."""
    return place.path, place.row[0]


def exact_copies(segments: Iterable[Segment]) -> dict[RowKey, Reason]:
    """The rows whose texts are wholly those of a row before them, which is kept."""
    first: dict[str, RowKey] = {}
    dropped: dict[RowKey, Reason] = {}
    for segment in segments:
        for number, digest in segment.digests.items():
            own = (segment.path, number)
            kept = first.setdefault(digest, own)
            if kept != own:
                dropped[own] = Reason("duplicate", 100, kept[0], record(kept[1]))
    return dropped


def near_copies(rule: AnyRule, records: Iterable[tuple[str, Record]]) -> dict[RowKey, Reason]:
    """The rows that are near copies of a row that is kept, by what the rule finds among its records.

    The rule names the last of a group and those that are much like it: that last one is kept. It names only
    some of a large group, so it is asked again without these until it finds nothing.
    """
    dropped: dict[RowKey, Reason] = {}
    kept: set[RowKey] = set()
    known = list(records)
    while True:
        store = RecordStore()
        store.add((name, record) for name, record in known if row_of(record.place) not in dropped)
        found: dict[RowKey, Reason] = {}
        for finding in reversed(compare([rule], store)):
            last = row_of(finding.place)
            if last in found:
                continue  # what is much like it may be unlike the one that is kept in its place
            kept.add(last)
            for related in finding.related:
                copy = row_of(related.place)
                if copy not in kept:
                    share = related.message.parameters.get("share", 100)
                    assert isinstance(share, int)
                    found[copy] = Reason("near-duplicate", share, last[0], record(last[1]))
        if not found:
            return dropped
        dropped |= found


def record(number: int) -> str | None:
    """How a row is called in records; a file that is no dataset has none."""
    return str(number) if number else None
