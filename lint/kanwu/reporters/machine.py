"""The formats that programs read: `json`, one object, and `jsonl`, one finding a line."""

from __future__ import annotations

from json import JSONEncoder
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, ClassVar

from kanwu import __version__
from kanwu.reporters.base import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding, Fix, Related
    from kanwu.reporters.summary import Summary

# `default`: what a plugin puts into its evidence is no reason to lose a whole report.
_encode = JSONEncoder(ensure_ascii=False, default=str).encode

# Written out, since this takes a fifth of the time of making dictionaries to be encoded.
_LOCATION = '{"line": %d, "column": %d, "offset": %d}'
_FINDING = (
    '{"code": %s, "name": %s, "severity": "%s", "message": %s, "path": %s, "record": %s, '
    '"fingerprint": "%s", "start": %s, "end": %s, "related": [%s], "evidence": %s, "fix": %s}'
)
_RELATED = '{"path": %s, "record": %s, "start": %s, "end": %s, "message": %s}'
_FIX = '{"safety": "%s", "title": %s, "edits": [%s]}'
_EDIT = '{"start": %s, "end": %s, "text": %s}'

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
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def finding_as_json(finding: Finding) -> str:
    """The finding in the form of machine output, in one line: every key is always there."""
    place = finding.place
    return _encodable(
        _FINDING
        % (
            quoted(finding.code),
            quoted(finding.name),
            finding.severity.value,
            quoted(str(finding.message)),
            quoted(place.path),
            "null" if place.record is None else quoted(place.record),
            finding.fingerprint,
            _LOCATION % place.start,
            _LOCATION % place.end,
            ", ".join(map(_related, finding.related)),
            _encode(finding.evidence) if finding.evidence else "{}",
            "null" if finding.fix is None else _fix(finding.fix),
        )
    )


def _related(related: Related) -> str:
    place = related.place
    return _RELATED % (
        quoted(place.path),
        "null" if place.record is None else quoted(place.record),
        _LOCATION % place.start,
        _LOCATION % place.end,
        quoted(str(related.message)),
    )


def _fix(fix: Fix) -> str:
    edits = (
        _EDIT % (_LOCATION % edit.start, _LOCATION % edit.end, quoted(edit.text))
        for edit in fix.edits
    )
    return _FIX % (fix.safety.value, quoted(str(fix.title)), ", ".join(edits))


class JsonLines(Reporter):
    """One finding a line, written as it comes."""

    machine: ClassVar[bool] = True

    def write(self, findings: Iterable[Finding]) -> None:
        write = self.stream.write
        for finding in findings:
            write(finding_as_json(finding) + "\n")


class Json(Reporter):
    """One object with all findings and the summary, written piece by piece."""

    machine: ClassVar[bool] = True

    _before = f'{{"version": "{__version__}", "findings": [\n'

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.stream.write(self._before + finding_as_json(finding))
            self._before = ",\n"

    def close(self, summary: Summary) -> None:
        # Still the opening when there was no finding.
        start = self._before if self._before != ",\n" else "\n"
        self.stream.write(f'{start}], "summary": {to_json(summary.as_json())}}}\n')


class JsonStatistics(Reporter):
    """One object: how many findings each rule has, and the summary."""

    machine: ClassVar[bool] = True

    def write(self, findings: Iterable[Finding]) -> None:
        """Write nothing: all is said at the end."""

    def close(self, summary: Summary) -> None:
        rows = ",\n".join(to_json(count._asdict()) for count in summary.counts)
        self.stream.write(
            f'{{"version": "{__version__}", "statistics": [\n{rows}\n], '
            f'"summary": {to_json(summary.as_json())}}}\n'
        )


class JsonLinesStatistics(JsonStatistics):
    """How many findings each rule has, one rule a line."""

    def close(self, summary: Summary) -> None:
        for count in summary.counts:
            self.stream.write(to_json(count._asdict()) + "\n")
