"""How the rules on the furniture of a page report what the analysis has found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kanwu import Fix, LineStarts, Option, Rule, Safety, place, remove_lines
from kanwu.analysis.folding import folded_line
from kanwu.analysis.page_lines import PageLines
from kanwu.engine.line_edges import ADORNING
from kanwu_rules.boilerplate.furniture import Block, Furniture
from kanwu_rules.boilerplate.phrase_book import phrase_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

SHOWN = 20
"""Code points of the first line that a message quotes."""


class FurnitureRule(Rule):
    """One kind of furniture: its phrases stand in `phrases/<name of the rule>.toml`.

    A rule has the messages `line` (with `first`), `lines` (with `first` and `count`) and `remove`.
    """

    safety = Safety.UNSAFE
    phrases: Option[tuple[str, ...]] = Option(
        (), help="lines that begin with one of these count too"
    )

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(options)
        own = (LineStarts(*self.phrases),) if self.phrases else ()
        self.where = (*type(self).where, *phrase_book().by_name[self.name].table.triggers, *own)

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        if self.may_speak(document, places):
            for block in self.blocks(document, places):
                yield self.report(document, block)

    def blocks(self, document: Document, places: Sequence[Span]) -> list[Block]:
        """The furniture that the rule reports, in order."""
        furniture = document.get(Furniture)
        blocks = furniture.of_kind(self.name)
        if self.phrases:
            blocks = sorted({*blocks, *self._configured(document, places, furniture)})
        return blocks

    def may_speak(self, document: Document, places: Sequence[Span]) -> bool:
        """Whether a line at the places is of this kind, as far as its phrases go.

        Most words that phrases begin with begin sentences too, and the analysis of a page costs much
        more than to find that out.
        """
        table = phrase_book().by_name[self.name].table
        return bool(self.phrases) or any(True for _ in table.lines(document, places))

    def _configured(
        self, document: Document, places: Sequence[Span], furniture: Furniture
    ) -> Iterator[Block]:
        """Lines that begin with a configured phrase and that no rule speaks of yet."""
        page = document.get(PageLines)
        phrases = tuple(map(folded_line, self.phrases))
        known = {row for _, first, last in furniture.blocks for row in range(first, last + 1)}
        for index in {page.lines.index(start) for start, _ in places} - known:
            if page[index].lstrip(ADORNING).startswith(phrases):
                yield Block(self.name, index, index)

    def report(self, document: Document, block: Block) -> Finding:
        """The finding on a block, with the fix that takes it out."""
        page = document.get(PageLines)
        lines = page.lines
        start = lines.starts[block.first]
        start += len(lines[block.first]) - len(lines[block.first].lstrip())
        count = sum(1 for index in range(block.first, block.last + 1) if page[index])
        return self.finding(
            place(document, start, lines.ends[block.last]),
            self.say(
                "line" if count == 1 else "lines",
                first=lines[block.first].strip()[:SHOWN],
                count=count,
            ),
            evidence={"lines": count},
            fix=Fix(
                Safety.UNSAFE,
                self.say("remove"),
                (remove_lines(document, block.first, block.last),),
            ),
        )
