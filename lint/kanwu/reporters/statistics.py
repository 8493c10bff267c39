"""`--statistics`: how many findings each rule and each file has, in place of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kanwu.engine.finding import Severity
from kanwu.reporters.base import Reporter
from kanwu.reporters.ledger import width
from kanwu.reporters.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kanwu.engine.finding import Finding
    from kanwu.reporters.summary import FileCount, RuleCount, Summary
    from kanwu.reporters.terminal import Palette
    from kanwu.reporters.wording import Wording

MOST_FILES = 20
"""Of more files than this the others are told in one line; machine output has them all."""


class Counted(Protocol):
    """Findings of which some can be repaired."""

    @property
    def fixable(self) -> int: ...

    @property
    def fixable_unsafe(self) -> int: ...


class Statistics(Reporter):
    """Two tables, by rule and by file: numbers, and how many findings can be repaired."""

    def write(self, findings: Iterable[Finding]) -> None:
        """Write nothing: all is said at the end."""

    def close(self, summary: Summary) -> None:
        self._rules(summary.counts)
        if summary.files:
            self.stream.write("\n")
            self._files(summary.files)

    def _rules(self, counts: Sequence[RuleCount]) -> None:
        palette = self.palette
        numbers = max((len(f"{count.findings:,}") for count in counts), default=0)
        names = max((len(count.name) for count in counts), default=0)
        severities = {severity: self.wording.word(severity.value) for severity in Severity}
        widest = max(map(width, severities.values()))
        for count in counts:
            said = severities[count.severity]
            self._row(
                f"{count.findings:>{numbers},}",
                palette(count.severity.value, count.code),
                f"{count.name:<{names}}",
                said + " " * (widest - width(said)),
                fixable(count, palette, self.wording),
            )

    def _files(self, counts: Sequence[FileCount]) -> None:
        shown, others = counts[:MOST_FILES], counts[MOST_FILES:]
        numbers = len(f"{counts[0].findings:,}")
        for count in shown:
            self._row(
                f"{count.findings:>{numbers},}",
                self.palette("strong", visible(count.path)),
                fixable(count, self.palette, self.wording),
            )
        if others:
            rest = sum(count.findings for count in others)
            said = "in {n:,} other file" if len(others) == 1 else "in {n:,} other files"
            self._row(f"{rest:>{numbers},}", self.wording(said, n=len(others)))

    def _row(self, *cells: str) -> None:
        self.stream.write("  ".join(cells).rstrip() + "\n")


def fixable(count: Counted, palette: Palette, wording: Wording) -> str:
    """How many of some findings can be repaired."""
    parts = []
    if count.fixable:
        parts.append(wording("[*] {n:,} fixable", n=count.fixable))
    if count.fixable_unsafe:
        parts.append(wording("{n:,} with --unsafe-fixes", n=count.fixable_unsafe))
    return palette("fix", wording.word(", ").join(parts))
