"""Rules that are declared as data: what a line is like, and what is said of it.

A user writes them in TOML (see `kanwu.policy.rule_files`, which reads it). They look for lines by the
same tables of phrases as the built-in rules (`kanwu.engine.line_phrases`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from kanwu.analysis.page_lines import PageLines
from kanwu.analysis.role import Role
from kanwu.engine.bounded_patterns import next_document
from kanwu.engine.finding import Fix, Safety, Severity, place
from kanwu.engine.line_removal import remove_lines
from kanwu.engine.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu.documents.document import Document, Span
    from kanwu.engine.finding import Finding
    from kanwu.engine.line_phrases import PhraseTable
    from kanwu.engine.rule import Bad, Good, Zone

SHOWN = 20
"""Code points of the first line that a message quotes."""
PARAMETERS = ("line", "count")
"""What a message may name in braces: the beginning of the first line, and the number of lines."""


class DeclaredRule(Rule):
    """Neighbouring lines of which a table of phrases tells the same are one finding."""

    table: ClassVar[PhraseTable]
    # A line of Markdown with a link in it is looked at too; code is told by the role of the line.
    zone: ClassVar[Zone] = "everything"

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        super().__init__(options)
        self.where = self.table.triggers

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        next_document()
        page = document.get(PageLines)
        block: list[int] = []
        for index in self.table.lines(document, places):
            if document.markup == "markdown" and page.roles[index] is Role.CODE:
                continue
            if block and page.above(index) != block[-1]:
                yield self._report(document, block)
                block = []
            block.append(index)
        if block:
            yield self._report(document, block)

    def _report(self, document: Document, block: Sequence[int]) -> Finding:
        lines = document.get(PageLines).lines
        first, last = block[0], block[-1]
        line = lines[first].strip()
        start = lines.ends[first] - len(lines[first].lstrip())
        fix = None
        if self.safety is not None:
            edits = (remove_lines(document, first, last),)
            fix = Fix(self.safety, self.say("remove"), edits)
        return self.finding(
            place(document, start, lines.ends[last]),
            self.say("declared", line=line[:SHOWN], count=len(block)),
            evidence={"lines": len(block)},
            fix=fix,
        )


def declare(
    *,
    code: str,
    name: str,
    page: str,
    message: str,
    severity: Severity,
    default: bool,
    removes: bool,
    table: PhraseTable,
    examples: Sequence[Bad | Good],
) -> type[DeclaredRule]:
    """The rule that a declaration describes. With `removes` an unsafe fix takes the lines out."""
    attributes = {
        "__doc__": page,
        "__module__": __name__,
        "code": code,
        "name": name,
        "messages": {"declared": message, "remove": "remove what was found"},
        "severity": severity,
        "default": default,
        "safety": Safety.UNSAFE if removes else None,
        "table": table,
        "examples": tuple(examples),
    }
    return cast("type[DeclaredRule]", type(name, (DeclaredRule,), attributes))
