"""Two forms of what may be one name: where they differ, where they stand, whether they meet.

A form is given by its records, one a document, whose data `NameVariant.collect` describes.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from kanwu.documents.document import Location
from kanwu.engine.finding import Excerpt, Place
from kanwu_rules.figures.name_contexts import same_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu import Record

MOST_MET = 20
"""Of so many documents with each form the contexts are compared."""


def order(record: Record) -> tuple[str, str, int]:
    """Where a record stands."""
    return record.place.path, record.place.record or "", record.data["at"][2]


def weight(records: Sequence[Record]) -> tuple[int, int]:
    """How many documents write a name so, and how often."""
    return len(records), sum(record.data["times"] for record in records)


def difference(one: str, other: str) -> int | None:
    """Where two names of one length differ, if in one character only."""
    if len(one) != len(other):
        return None
    places = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return places[0] if len(places) == 1 else None


def used_apart(one: Sequence[Record], other: Sequence[Record]) -> bool:
    """Whether a document uses both names as names of two things: each more than once, or side by side."""
    by_document = {(r.place.path, r.place.record): r for r in one}
    for record in other:
        beside = by_document.get((record.place.path, record.place.record))
        if beside is None:
            continue
        if min(record.data["times"], beside.data["times"]) > 1:
            return True
        if any(
            r.data["name"] in s.data["before"] + s.data["after"]
            for r, s in ((record, beside), (beside, record))
        ):
            return True
    return False


def meeting(one: Sequence[Record], other: Sequence[Record]) -> str:
    """How it is known that two forms name one thing; an empty string where nothing tells so."""
    pairs = product(one[:MOST_MET], other[:MOST_MET])
    return next(filter(None, (same_context(*pair) for pair in pairs)), "")


def place_of(record: Record) -> Place:
    """The place of the name that a record of its document notes."""
    data = record.data
    name, (line, column, offset, *end) = data["name"], data["at"]
    before = data["before"].splitlines()[-1] if data["before"] and column > 1 else ""
    # Of HTML the end is told too: a name may have tags in it.
    end = end or (line, column + len(name), offset + len(name))
    after = (data["after"].splitlines() or [""])[0]
    return Place(
        record.place.path,
        record.place.record,
        Location(line, column, offset),
        Location(*end),
        Excerpt("…" * (column - 1 > len(before)) + before, name, after),
        f"{before}\0{name}\0{after}",
    )
