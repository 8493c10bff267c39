"""`--statistics`: how many findings each rule has, in place of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.reporters.base import Reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding
    from kanwu.reporters.summary import Summary


class Statistics(Reporter):
    """A table: number, code, name, severity, and how many of them can be repaired."""

    def write(self, findings: Iterable[Finding]) -> None:
        """Write nothing: all is said at the end."""

    def close(self, summary: Summary) -> None:
        counts = summary.counts
        if not counts:
            return
        palette = self.palette
        numbers = max(len(f"{count.findings:,}") for count in counts)
        names = max(len(count.name) for count in counts)
        for count in counts:
            fixable = []
            if count.fixable:
                fixable.append(f"[*] {count.fixable:,} fixable")
            if count.fixable_unsafe:
                fixable.append(f"{count.fixable_unsafe:,} with --unsafe-fixes")
            row = (
                f"{count.findings:>{numbers},}",
                palette(count.severity.value, count.code),
                f"{count.name:<{names}}",
                f"{count.severity.value:<7}",
                palette("fix", ", ".join(fixable)),
            )
            self.stream.write("  ".join(row).rstrip() + "\n")
