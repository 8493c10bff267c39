"""The comment that silences a finding, and where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu.policy.directives import IGNORE, Blocks, Directives
from kanwu.policy.silencers import Silencer, Silencers, is_internal

if TYPE_CHECKING:
    from kanwu.documents.document import Document, Location
    from kanwu.engine.finding import Finding


class Insertion(NamedTuple):
    """A text and the offset in code points before which it goes."""

    offset: int
    text: str


def suppression(finding: Finding, document: Document) -> Insertion | None:
    """The comment that silences a finding, on a line of its own above the block that it stands in.

    None where a comment there would silence nothing: in plain text, inside code and front matter, for
    a habit of the whole document, and for what the engine itself reports; and in HTML.
    """
    if document.markup != "markdown" or is_internal(finding):
        return None
    lines = document.get(Lines)
    start, end = finding.place.start.offset, finding.place.end.offset
    block = Blocks(lines, ()).around(Span(start, max(end, start + 1)))
    newline = line_end_of(document.text)
    text = f"<!-- kanwu: {IGNORE}[{finding.name}] -->{newline}"
    whole = document.text[: block.start] + text + document.text[block.start :]
    # Tried before it is offered: what is a comment in one place is code in another.
    silencers = Silencers(
        [
            Silencer(directive, finding.code)
            for directive in document.with_text(whole).get(Directives).all
            if directive.span.start == block.start
        ]
    )
    moved = finding._replace(
        place=finding.place._replace(
            start=shifted(finding.place.start, len(text)), end=shifted(finding.place.end, len(text))
        ),
        related=tuple(
            one._replace(
                place=one.place._replace(
                    start=shifted(one.place.start, len(text)),
                    end=shifted(one.place.end, len(text)),
                )
            )
            for one in finding.related
        ),
    )
    return Insertion(block.start, text) if end and silencers.of(moved) else None


def shifted(location: Location, by: int) -> Location:
    """A location after so many code points were put in above it."""
    return location._replace(line=location.line + 1, offset=location.offset + by)


def line_end_of(text: str) -> str:
    """The line end that a text begins with."""
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"
