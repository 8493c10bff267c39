"""What a rule yields is looked at before it is believed: a plugin may yield anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.engine.finding import Edit, Finding, Fix, Message, Place, Related, Severity
from kanwu.engine.rule import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.documents.document import Document
    from kanwu.engine.rule import AnyRule

SPARE = 1_000
"""So many findings more than code points may a rule have in a document."""


class UnsoundError(Exception):
    """A rule yielded what is no finding of its own in the document that it was given."""


def sound_findings(said: Iterable[object], rule: AnyRule, document: Document) -> Iterator[Finding]:
    """What a rule yields of a document. Raises UnsoundError for what cannot be told."""
    size = len(document.source.text)
    for number, finding in enumerate(said, 1):
        yield sound_finding(finding, rule, size)
        if number > size + SPARE:
            raise UnsoundError(f"yielded more than {number:,} findings in {size:,} code points")


def sound_finding(said: object, rule: AnyRule, size: int | None = None) -> Finding:
    """A finding that can be told; `size` is that of the document it stands in, where that is known."""
    if not isinstance(said, Finding):
        raise UnsoundError(f"yielded {_kind(said)} where a Finding was expected")
    if said.code != rule.code:
        raise UnsoundError(f"yielded a finding of {said.code!r}, which is another rule")
    _expect("the message", said.message, Message)
    _expect("the severity", said.severity, Severity)
    _check_place("the finding", said.place, size)
    for related in said.related:
        _expect("what is related", related, Related)
        same = related.place.path == said.place.path
        _check_place("what is related", related.place, size if same else None)
    if said.fix is not None:
        _expect("the fix", said.fix, Fix)
        _check_edits(said.fix.edits, size)
    return said


def sound_record(said: object) -> Record:
    """A record that can be kept under its keys."""
    if not isinstance(said, Record):
        raise UnsoundError(f"collected {_kind(said)} where a Record was expected")
    if not all(isinstance(key, str) for key in said.keys):
        raise UnsoundError(f"collected a record with a key that is no string: {said.keys!r:.80}")
    _check_place("the record", said.place, None)
    return said


def _kind(value: object) -> str:
    return "None" if value is None else f"a value of type {type(value).__name__}"


def _expect(what: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise UnsoundError(f"{what} is {_kind(value)} where a {kind.__name__} was expected")


def _check_place(what: str, place: object, size: int | None) -> None:
    _expect(f"the place of {what}", place, Place)
    assert isinstance(place, Place)
    start, end = place.start.offset, place.end.offset
    if not 0 <= start <= end or (size is not None and end > size):
        text = "" if size is None else f" of {size:,} code points"
        raise UnsoundError(f"{what} stands from {start} to {end}, outside of the text{text}")


def _check_edits(edits: Iterable[object], size: int | None) -> None:
    reached = 0
    for edit in edits:
        _expect("an edit", edit, Edit)
        assert isinstance(edit, Edit)
        _expect("the text of an edit", edit.text, str)
        start, end = edit.start.offset, edit.end.offset
        if not reached <= start <= end or (size is not None and end > size):
            raise UnsoundError(
                f"an edit from {start} to {end} lies outside of the text, or overlaps the one before it"
            )
        reached = end
