"""`concise`: one finding a line, as compilers print them, so that editors can jump to the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.engine.finding import shown_row
from kanwu.reporters.base import Reporter
from kanwu.reporters.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.finding import Finding, Place


class Concise(Reporter):
    """`path:line:column: CODE message`, with `[*]` where `kanwu fix` repairs it."""

    def write(self, findings: Iterable[Finding]) -> None:
        palette = self.palette
        for finding in findings:
            code = palette(finding.severity.value, finding.code)
            mark = palette("fix", " [*]") if self.is_fixable(finding) else ""
            message = visible(self.wording.tell(finding.message))
            self.stream.write(
                f"{palette('strong', position(finding.place))}: {code} {message}{mark}\n"
            )


def position(place: Place) -> str:
    """`path:line:column`, with the row of a dataset where the document is one."""
    where = f"{visible(place.path)}:{place.start.line}:{place.start.column}"
    return where if place.record is None else f"{where} [{visible(shown_row(place))}]"
