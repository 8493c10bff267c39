"""`sarif`: the Static Analysis Results Interchange Format 2.1.0, which code hosts and editors read.

Source: OASIS, “Static Analysis Results Interchange Format (SARIF) Version 2.1.0”, 2020.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from kanwu import __version__
from kanwu.engine.finding import Safety, Severity
from kanwu.reporters.base import Reporter
from kanwu.reporters.machine import file_of, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Edit, Finding, Place
    from kanwu.reporters.summary import Summary

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "kanwu/v1"
ROOT = "%SRCROOT%"


class Sarif(Reporter):
    """One log with one run: the rules that spoke, and a result for each finding."""

    machine: ClassVar[bool] = True

    _opening = (
        f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "unicodeCodePoints", '
        '"results": [\n'
    )
    _next = _opening

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self._rules: dict[str, int] = {}
        """The codes that were met, each with its place among the rules of the log."""

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._rules.setdefault(finding.code, len(self._rules))
            self.stream.write(self._next + to_json(self._result(finding)))
            self._next = ",\n"

    def close(self, summary: Summary) -> None:
        if self._next is self._opening:
            self.stream.write(self._opening)
        driver = {
            "name": "kanwu",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [self._descriptor(code) for code in self._rules],
        }
        rest = {
            "tool": {"driver": driver},
            "originalUriBaseIds": {
                ROOT: {"description": {"text": "The folder in which kanwu was run."}}
            },
            "invocations": [self._invocation(summary)],
            "properties": {"summary": summary.as_json()},
        }
        self.stream.write(f"\n], {to_json(rest)[1:-1]}}}]}}\n")

    def _invocation(self, summary: Summary) -> dict[str, Any]:
        """Whether everything was checked, and the exit status where there is one."""
        failed = any(code.startswith("INT") for code in self._rules)
        invocation: dict[str, Any] = {"executionSuccessful": not failed}
        if summary.exit_status is not None:
            invocation["exitCode"] = summary.exit_status
        return invocation

    def _result(self, finding: Finding) -> dict[str, Any]:
        result: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self._rules[finding.code],
            "level": LEVELS[finding.severity],
            "message": {"text": self.wording.tell(finding.message)},
            "locations": [location(finding.place)],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        }
        if finding.related:
            result["relatedLocations"] = [
                {
                    **location(related.place),
                    "id": number,
                    "message": {"text": self.wording.tell(related.message)},
                }
                for number, related in enumerate(finding.related, 1)
            ]
        # A consumer of the log may apply a fix without asking: only those that guess nothing. One that
        # writes the same text in another encoding has no form in SARIF.
        if finding.fix is not None and finding.fix.safety is Safety.SAFE and finding.fix.edits:
            result["fixes"] = [
                {
                    "description": {"text": self.wording.tell(finding.fix.title)},
                    "artifactChanges": [
                        {
                            "artifactLocation": artifact(finding.place),
                            "replacements": list(map(replacement, finding.fix.edits)),
                        }
                    ],
                }
            ]
        properties: dict[str, Any] = {"evidence": finding.evidence} if finding.evidence else {}
        if finding.place.record is not None:
            properties |= {k: v for k, v in file_of(finding.place).items() if k != "path"}
        if properties:
            result["properties"] = properties
        return result

    def _descriptor(self, code: str) -> dict[str, Any]:
        from kanwu.engine.discovery import discover

        rule = discover().by_code.get(code)
        if rule is None:  # declared in the configuration of some file: its findings say it all
            return {"id": code}
        page = self.wording.page(rule)
        return {
            "id": code,
            "name": rule.name,
            "shortDescription": {"text": self.wording.summary(rule)},
            "fullDescription": {"text": page},
            "help": {"text": page, "markdown": page},
            "defaultConfiguration": {"level": LEVELS[rule.severity], "enabled": rule.default},
            "properties": {"tags": [rule.family()]},
        }


def artifact(place: Place) -> dict[str, str]:
    """Where a document lies: relative to the root of the sources, where it lies below it."""
    path = quote(place.path.encode("utf-8", "surrogateescape"))
    if path.startswith("/"):
        return {"uri": f"file://{path}"}
    if place.path[1:3] == ":/":  # a drive of Windows
        return {"uri": f"file:///{place.path[:2]}{path[4:]}"}
    return {"uri": path, "uriBaseId": ROOT}


def location(place: Place) -> dict[str, Any]:
    """A place; one that is about the whole document has no region."""
    physical: dict[str, Any] = {"artifactLocation": artifact(place)}
    if place.end.offset:
        physical["region"] = region(place)
    return {"physicalLocation": physical}


def region(span: Place | Edit) -> dict[str, int]:
    """Lines, columns and offsets of a span, in code points."""
    start, end = span.start, span.end
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": start.offset,
        "charLength": end.offset - start.offset,
    }


def replacement(edit: Edit) -> dict[str, Any]:
    """An edit: what is deleted, and what is put there."""
    return {"deletedRegion": region(edit), "insertedContent": {"text": edit.text}}
