"""Claims that cannot both be right, side by side: the sentences, and how the figures were read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.reporters.html.sheets import excerpt
from kanwu.reporters.ledger import reading, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding, Place
    from kanwu.engine.ledger import Entry
    from kanwu.reporters.wording import Wording

FAMILY = "FIG"
"""Figures, names and identifiers: the family whose findings set one claim against another."""
READINGS = 3
"""Figures of one place whose readings are shown."""


class Side(NamedTuple):
    """One of the two places."""

    place: Place
    sentence: Markup
    readings: tuple[str, ...]


def is_pair(finding: Finding) -> bool:
    """Whether a finding sets one claim against another."""
    return finding.code.startswith(FAMILY) and bool(finding.related)


def places(finding: Finding) -> tuple[Place, Place]:
    """The two places of a pair."""
    return finding.place, finding.related[0].place


def side(document: Document, place: Place, entries: Iterable[Entry], wording: Wording) -> Side:
    """A place with its sentence and the readings of the figures that stand at it."""
    start, end = place.start.offset, place.end.offset
    if document.origin is not None:
        start, end = document.origin.seen(start, end)
    at = [entry for entry in entries if entry.start < end and entry.end > start]
    return Side(place, excerpt(document, start, end), readings(document, at, wording))


def readings(document: Document, entries: Sequence[Entry], wording: Wording) -> tuple[str, ...]:
    """How figures were read: `~ 6800 (5440 to 8160) 亩`."""
    shown = rows(document, entries[:READINGS])
    return tuple(f"{reading(row, wording)} {row['unit']}".rstrip() for row in shown)
