"""`gitlab`: the Code Quality report of GitLab, which merge requests show.

Source: “Code Quality” in GitLab's documentation; it is the Code Climate format, less what GitLab does not read.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, ClassVar

from kanwu.engine.finding import Severity, shown_row
from kanwu.reporters.base import Reporter
from kanwu.reporters.machine import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


class Gitlab(Reporter):
    """One array with an issue for each finding."""

    machine: ClassVar[bool] = True

    _next = "[\n"

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.stream.write(self._next + to_json(issue(finding, self.wording)))
            self._next = ",\n"

    def close(self, summary: Summary) -> None:  # noqa: ARG002
        self.stream.write("\n]\n" if self._next == ",\n" else "[]\n")


def issue(finding: Finding, wording: Wording) -> dict[str, Any]:
    """A finding as an issue. GitLab wants fingerprints that are unique in the whole report."""
    place = finding.place
    identity = f"{place.path}\0{place.record or ''}\0{finding.fingerprint}"
    unique = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    row = shown_row(place)
    where = f" [{row}]" if row else ""
    return {
        "description": f"{finding.code} {finding.name}{where}: {wording.tell(finding.message)}",
        "check_name": finding.name,
        "fingerprint": unique,
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": place.path,
            "lines": {"begin": place.start.line, "end": place.end.line},
        },
    }
