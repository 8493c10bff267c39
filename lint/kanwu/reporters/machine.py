"""The formats that programs read: `json`, one object, and `jsonl`, one finding a line."""

from __future__ import annotations

from json import JSONEncoder, loads
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu import __version__
from kanwu.reporters.base import Reporter
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Edit, Finding, Fix, Place, Related
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording

# `default`: what a plugin puts into its evidence is no reason to lose a whole report.
_encode = JSONEncoder(ensure_ascii=False, default=str).encode

# JSON allows these inside strings, but many readers of lines take them for line ends.
_LINE_ENDS = ("\x85", "\u2028", "\u2029")


def to_json(value: object) -> str:
    """The value as JSON in one line that UTF-8 can hold."""
    return _encodable(_encode(value))


def _encodable(text: str) -> str:
    r"""JSON in which what UTF-8 lacks, and what may be taken for a line end, is escaped.

    Lone surrogates become `\udcXX`: what the error handler writes is JSON's own escape.
    """
    if text.isascii():
        return text
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, f"\\u{ord(end):04x}")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


# Written out, since this takes a third of the time of making dictionaries to be encoded.
def finding_as_json(finding: Finding, wording: Wording = ENGLISH) -> str:
    """The finding in the form of machine output, in one line: every key is always there."""
    place = finding.place
    related = ", ".join([_related(related, wording) for related in finding.related])
    evidence = _encode(finding.evidence) if finding.evidence else "{}"
    return _encodable(
        f'{{"code": {quoted(finding.code)}, "name": {quoted(finding.name)}, '
        f'"severity": "{finding.severity}", "message": {quoted(wording.tell(finding.message))}, '
        f'{_file(place)}, "fingerprint": "{finding.fingerprint}", {_span(place)}, '
        f'"related": [{related}], "evidence": {evidence}, "fix": {_fix(finding.fix, wording)}}}'
    )


def _file(place: Place) -> str:
    record = "null" if place.record is None else quoted(place.record)
    row_id = "" if place.row_id is None else f', "id": {place.row_id}'
    return f'"path": {quoted(place.path)}, "record": {record}{row_id}'


def file_of(place: Place | Document) -> dict[str, Any]:
    """The document that a place is in, as it stands in machine output."""
    told: dict[str, Any] = {"path": place.path, "record": place.record}
    if place.row_id is not None:
        told["id"] = loads(place.row_id)
    return told


def _span(span: Place | Edit) -> str:
    start, end = span.start, span.end
    return (
        f'"start": {{"line": {start.line}, "column": {start.column}, "offset": {start.offset}}}, '
        f'"end": {{"line": {end.line}, "column": {end.column}, "offset": {end.offset}}}'
    )


def _related(related: Related, wording: Wording) -> str:
    place = related.place
    message = quoted(wording.tell(related.message))
    return f'{{{_file(place)}, {_span(place)}, "message": {message}}}'


def _fix(fix: Fix | None, wording: Wording) -> str:
    if fix is None:
        return "null"
    edits = ", ".join([f'{{{_span(edit)}, "text": {quoted(edit.text)}}}' for edit in fix.edits])
    encoding = "null" if fix.encoding is None else quoted(fix.encoding.codec)
    return (
        f'{{"safety": "{fix.safety}", "title": {quoted(wording.tell(fix.title))}, "edits": [{edits}], '
        f'"encoding": {encoding}}}'
    )


class JsonLines(Reporter):
    """One finding a line, written as it comes."""

    machine: ClassVar[bool] = True

    def write(self, findings: Iterable[Finding]) -> None:
        write = self.stream.write
        for finding in findings:
            write(finding_as_json(finding, self.wording) + "\n")


class Json(Reporter):
    """One object with all findings and the summary, written piece by piece."""

    machine: ClassVar[bool] = True

    _opening = f'{{"version": "{__version__}", "findings": [\n'
    _next = _opening

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.stream.write(self._next + finding_as_json(finding, self.wording))
            self._next = ",\n"

    def close(self, summary: Summary) -> None:
        if self._next is self._opening:
            self.stream.write(self._opening)
        self.stream.write(f'\n], "summary": {to_json(summary.as_json())}}}\n')


class JsonStatistics(Reporter):
    """One object: how many findings each rule and each file has, and the summary."""

    machine: ClassVar[bool] = True

    def write(self, findings: Iterable[Finding]) -> None:
        """Write nothing: all is said at the end."""

    def close(self, summary: Summary) -> None:
        rules, files = (
            ",\n".join(to_json(count._asdict()) for count in counts)
            for counts in (summary.counts, summary.files)
        )
        self.stream.write(
            f'{{"version": "{__version__}", "statistics": [\n{rules}\n], "files": [\n{files}\n], '
            f'"summary": {to_json(summary.as_json())}}}\n'
        )


class JsonLinesStatistics(JsonStatistics):
    """How many findings each rule has, one rule a line, and then each file."""

    def close(self, summary: Summary) -> None:
        for rule in summary.counts:
            self.stream.write(to_json(rule._asdict()) + "\n")
        for file in summary.files:
            self.stream.write(to_json(file._asdict()) + "\n")
