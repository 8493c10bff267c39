"""Rows that say what another row says, which is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.cleaning.conditions import Reason
from kanwu.engine.corpus import compare
from kanwu.session.stores.records import RecordFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kanwu.cleaning.pieces import Segment
    from kanwu.engine.finding import Place
    from kanwu.engine.rule import AnyRule, Record

NEAR_COPIES = "near-duplicate-document"
"""The rule that finds near copies."""

DIGEST_BYTES = 16

RowKey = tuple[str, int]
"""The path of a file and the number of one of its rows; 0 where it is no dataset."""


def row_of(place: Place) -> RowKey:
    """The row that a place is in."""
    return place.path, place.row[0]


def exact_copies(segments: Callable[[], Iterable[Segment]]) -> dict[RowKey, Reason]:
    """The rows whose texts are wholly those of a row before them, which is kept. Goes through all rows twice."""
    repeated = repeated_digests(d for one in segments() for d in one.digests.values())
    first: dict[str, RowKey] = {}
    dropped: dict[RowKey, Reason] = {}
    for segment in segments() if repeated else ():
        for number, digest in segment.digests.items():
            if digest in repeated:
                own = (segment.path, number)
                kept = first.setdefault(digest, own)
                if kept != own:
                    dropped[own] = Reason("duplicate", 100, kept[0], record(kept[1]))
    return dropped


def repeated_digests(digests: Iterable[str]) -> set[str]:
    """Those that come more than once. Of each digest no more is kept than its 16 bytes."""
    shares = [bytearray() for _ in range(256)]
    for digest in digests:
        binary = bytes.fromhex(digest)
        shares[binary[0]] += binary
    repeated: set[str] = set()
    for share in shares:
        seen: set[bytes] = set()
        for at in range(0, len(share), DIGEST_BYTES):
            binary = bytes(share[at : at + DIGEST_BYTES])
            if binary in seen:
                repeated.add(binary.hex())
            seen.add(binary)
    return repeated


def near_copies(rule: AnyRule, records: Iterable[tuple[str, Record]]) -> dict[RowKey, Reason]:
    """The rows that are near copies of a row that is kept, by what the rule finds among its records.

    The rule names the last of a group and those that are much like it: that last one is kept. It names only
    some of a large group, so it is asked again without these until it finds nothing.
    """
    dropped: dict[RowKey, Reason] = {}
    kept: set[RowKey] = set()
    known = store = RecordFiles()
    known.add((name, record) for name, record in records if name == NEAR_COPIES)
    while True:
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
        store = RecordFiles()
        store.add(
            (name, one)
            for name, one in known.records(NEAR_COPIES)
            if row_of(one.place) not in dropped
        )


def record(number: int) -> str | None:
    """How a row is called in records; a file that is no dataset has none."""
    return str(number) if number else None
