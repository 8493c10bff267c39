"""`junit`: test results in XML, which nearly every build server shows: a document is a test suite.

Source: the format that Apache Ant's JUnit task writes, as the common build servers read it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar
from xml.sax.saxutils import escape, quoteattr

from kanwu.engine.finding import Severity, shown_row
from kanwu.reporters.base import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording


class Junit(Reporter):
    """One suite a document with findings, one failed case a finding; what is information does not fail."""

    machine: ClassVar[bool] = True

    _begun = False

    def write(self, findings: Iterable[Finding]) -> None:
        self._begin()
        for path, group in groupby(findings, lambda finding: finding.place.path):
            found = list(group)
            failed = sum(finding.severity is not Severity.INFO for finding in found)
            self.stream.write(
                f'<testsuite name={attribute(path)} tests="{len(found)}" failures="{failed}">\n'
            )
            self.stream.writelines(case(finding, self.wording) for finding in found)
            self.stream.write("</testsuite>\n")

    def close(self, summary: Summary) -> None:
        self._begin()
        if not summary.findings:
            self.stream.write(
                f'<testsuite name="kanwu" tests="{max(1, summary.documents)}" failures="0">\n'
                '<testcase name="no findings" classname="kanwu"/>\n</testsuite>\n'
            )
        self.stream.write("</testsuites>\n")

    def _begin(self) -> None:
        if not self._begun:
            self.stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kanwu">\n')
            self._begun = True


def case(finding: Finding, wording: Wording) -> str:
    """A finding as a test case."""
    place = finding.place
    row = shown_row(place)
    at = f"{place.start.line}:{place.start.column}" + (f" [{row}]" if row else "")
    where = f"{place.path}:{at}"
    name = attribute(f"{finding.code} {finding.name} {at}")
    message = wording.tell(finding.message)
    if finding.severity is Severity.INFO:
        inside = f"<system-out>{escape(printable(f'{where} {message}'))}</system-out>"
    else:
        said = escape(printable(f"{where}\n{''.join(place.excerpt)}"))
        inside = f'<failure type="{finding.severity}" message={attribute(message)}>{said}</failure>'
    return f"<testcase name={name} classname={attribute(place.path)}>{inside}</testcase>\n"


def attribute(text: str) -> str:
    """A text as the value of an attribute, quotes included."""
    return quoteattr(printable(text))


def printable(text: str) -> str:
    r"""The text with what XML 1.0 cannot hold written as `\u001b`."""
    return "".join(
        c
        if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000"
        else f"\\u{ord(c):04x}"
        for c in text
    )
