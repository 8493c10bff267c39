"""`github`: annotations that GitHub Actions shows beside the lines of a change.

Source: “Workflow commands for GitHub Actions” in GitHub's documentation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu.engine.finding import Severity, shown_row
from kanwu.reporters.base import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# Signs that end a command or one of its parts.
IN_MESSAGE = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
IN_PROPERTY = {**IN_MESSAGE, ord(":"): "%3A", ord(","): "%2C"}


class Github(Reporter):
    """`::warning file=…,line=…,col=…,title=CODE name::message`, one line a finding."""

    machine: ClassVar[bool] = True

    def write(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            start, end = finding.place.start, finding.place.end
            properties = {
                "file": finding.place.path,
                "line": start.line,
                "endLine": end.line,
                "title": f"{finding.code} {finding.name}",
            }
            if start.line == end.line:
                # Columns are shown only within a line.
                properties |= {"col": start.column, "endColumn": end.column}
            said = ",".join(
                f"{name}={str(value).translate(IN_PROPERTY)}" for name, value in properties.items()
            )
            row = shown_row(finding.place)
            message = self.wording.tell(finding.message)
            message = (f"[{row}] {message}" if row else message).translate(IN_MESSAGE)
            self.stream.write(f"::{COMMANDS[finding.severity]} {said}::{message}\n")
