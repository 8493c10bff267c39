"""Findings and records as bytes, and back: what a cache of results holds.

JSON and not pickle: a cache lies in the folder that is linted, and nothing that lies there is executed.
zlib makes it small, and its check sum tells what was damaged.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from kanwu.documents.document import Encoding, Location
from kanwu.engine.finding import (
    Edit,
    Excerpt,
    Finding,
    Fix,
    Listed,
    Message,
    Place,
    Related,
    Safety,
    Severity,
)
from kanwu.engine.rule import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Records = list[tuple[str, Record]]
"""Records with the name of the corpus rule that made each."""

DAMAGED = (zlib.error, ValueError, TypeError, KeyError, IndexError)
"""What unpacking raises where the bytes are none of ours."""


class UnpackableError(Exception):
    """A plugin put something into a finding that JSON does not give back as it was."""


def pack(value: object) -> bytes:
    """A value that JSON can hold, lone surrogates and all."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes) -> Any:
    """The value that was packed; raises one of DAMAGED."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


def packed_findings(findings: Iterable[Finding], own: str = "") -> list[Any]:
    """Findings in a form for `pack`. The path `own` is left out: who unpacks them knows it.

    Raises UnpackableError.
    """
    packed = []
    for finding in findings:
        form = _finding(finding, own)
        try:
            again = _finding_of(json.loads(json.dumps(form)), own)
        except DAMAGED as error:
            raise UnpackableError from error
        # Evidence is written as JSON wherever it is shown: lists in place of tuples are no difference.
        if again._replace(evidence=finding.evidence) != finding:
            raise UnpackableError
        packed.append(form)
    return packed


def unpacked_findings(packed: Sequence[Any], own: str = "") -> list[Finding]:
    """The findings, those of one document under its path; raises one of DAMAGED."""
    return [_finding_of(form, own) for form in packed]


def _finding(finding: Finding, own: str) -> list[Any]:
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        finding.severity.value,
        _message(finding.message),
        _place(finding.place, own),
        [[_place(r.place, own), _message(r.message)] for r in finding.related],
        dict(finding.evidence),
        fix and [fix.safety.value, _message(fix.title), fix.edits, _encoding(fix.encoding)],
        finding.documents,
        finding.occurrence,
    ]


def _finding_of(form: Any, own: str) -> Finding:
    code, name, severity, message, place, related, evidence, fix, documents, occurrence = form
    return Finding(
        code,
        name,
        Severity(severity),
        _message_of(message),
        _place_of(place, own),
        tuple(Related(_place_of(at, own), _message_of(said)) for at, said in related),
        evidence,
        fix and _fix_of(*fix),
        tuple(documents),
        occurrence,
    )


def _message(message: Message) -> list[Any]:
    parameters = {name: _parameter(value) for name, value in message.parameters.items()}
    return [message.id, message.template, parameters]


def _message_of(form: Any) -> Message:
    identity, template, parameters = form
    told = {name: _parameter_of(value) for name, value in parameters.items()}
    return Message(identity, template, told)


def _parameter(value: object) -> object:
    """Messages and lists in a message are told apart from plain values by the key they stand under."""
    if isinstance(value, Message):
        return {"message": _message(value)}
    if isinstance(value, Listed):
        return {"listed": [_parameter(item) for item in value.items], "between": value.between}
    return value


def _parameter_of(form: Any) -> object:
    if not isinstance(form, dict):
        return form
    if "message" in form:
        return _message_of(form["message"])
    return Listed(tuple(map(_parameter_of, form["listed"])), form["between"])


def _place(place: Place, own: str) -> list[Any]:
    return [None if place.path == own else place.path, *place[1:]]


def _place_of(form: Any, own: str) -> Place:
    path, record, start, end, excerpt, anchor, row_id = form
    path = own if path is None else path
    return Place(path, record, Location(*start), Location(*end), Excerpt(*excerpt), anchor, row_id)


def _encoding(encoding: Encoding | None) -> list[Any] | None:
    return encoding and [encoding.codec, encoding.bom.hex(), encoding.confidence]


def _fix_of(safety: str, title: Any, edits: Any, encoding: Any) -> Fix:
    if encoding is not None:
        codec, bom, confidence = encoding
        encoding = Encoding(codec, bytes.fromhex(bom), confidence)
    made = tuple(Edit(Location(*start), Location(*end), text) for start, end, text in edits)
    return Fix(Safety(safety), _message_of(title), made, encoding)


def packed_records(records: Records, own: str) -> list[Any]:
    """The records of one document in a form for `pack`.

    A place or data that several records share is written once, and shared again when they are read.
    """
    places = {id(record.place): record.place for _, record in records}
    data = {id(record.data): record.data for _, record in records}
    place_at = {known: number for number, known in enumerate(places)}
    data_at = {known: number for number, known in enumerate(data)}
    return [
        [_place(place, own) for place in places.values()],
        [dict(one) for one in data.values()],
        [[rule, place_at[id(r.place)], data_at[id(r.data)], r.key, *r.also] for rule, r in records],
    ]


def unpacked_records(packed: Any, own: str) -> Records:
    """The records of one document, under its path; raises one of DAMAGED."""
    forms, data, rows = packed
    places = [_place_of(form, own) for form in forms]
    return [
        (rule, Record(key, places[place], data[datum], tuple(also)))
        for rule, place, datum, key, *also in rows
    ]
