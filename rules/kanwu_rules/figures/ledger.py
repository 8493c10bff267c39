"""The ledger of figures: the claims of a document as `kanwu figures` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.engine.ledger import Entry, Ledger
from kanwu_rules.figures.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from kanwu import Document
    from kanwu_rules.figures.claims import Claim


class FigureLedger(Ledger):
    """Lists the figures of a document."""

    def entries(self, document: Document) -> Iterator[Entry]:
        yield from map(entry, document.get(Claims))


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


def plain(value: Decimal) -> str:
    """A decimal in digits, with neither an exponent nor zeros at the end of a fraction."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
