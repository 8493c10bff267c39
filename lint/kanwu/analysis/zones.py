"""Zones: which spans of a document are not prose."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from kanwu.analysis.lines import Lines
from kanwu.analysis.markdown import Kind, MarkdownBlocks
from kanwu.analysis.markdown_inline import mask
from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Document

NOT_PROSE = frozenset((Kind.FRONT_MATTER, Kind.CODE, Kind.HTML))


class Zones:
    """What of a document is not prose.

    In Markdown that is front matter, code, formulas, the targets and titles of links, reference
    definitions, URLs and raw HTML; in a plain document nothing is. Markdown inside raw HTML is not
    looked for: an HTML block is masked whole, up to the end that CommonMark gives it.
    """

    __slots__ = ("_starts", "masked")

    def __init__(self, masked: Sequence[Span] = ()) -> None:
        self.masked = tuple(masked)
        """Code points that are not prose: sorted, disjoint, none empty."""
        self._starts = [span.start for span in self.masked]

    @classmethod
    def of(cls, document: Document) -> Zones:
        if document.origin is not None:
            return cls(document.origin.code)
        if document.markup != "markdown":
            return cls()
        lines, blocks = document.get(Lines), document.get(MarkdownBlocks)
        spans = [*block_spans(lines, blocks), *inline_spans(lines.text, blocks)]
        return cls(sorted(spans))

    def is_prose(self, offset: int) -> bool:
        """Whether the code point at an offset is prose."""
        index = bisect_right(self._starts, offset) - 1
        return index < 0 or self.masked[index].end <= offset

    def in_prose(self, spans: Sequence[Span]) -> list[Span]:
        """Those of some spans in text order that share no code point with a masked one."""
        masked, index, size = self.masked, 0, len(self.masked)
        prose = []
        for span in spans:
            while index < size and masked[index].end <= span.start:
                index += 1
            # An empty span lies where the code point after it does.
            if index == size or masked[index].start >= max(span.end, span.start + 1):
                prose.append(span)
        return prose


def block_spans(lines: Lines, blocks: MarkdownBlocks) -> Iterator[Span]:
    """Runs of whole lines of front matter, code and raw HTML, without the last terminator."""
    first: int | None = None
    for index, kind in enumerate(blocks.of_lines):
        if kind in NOT_PROSE:
            first = index if first is None else first
        elif first is not None:
            yield Span(lines.starts[first], lines.ends[index - 1])
            first = None
    if first is not None:
        yield Span(lines.starts[first], lines.ends[-1])


def inline_spans(text: str, blocks: MarkdownBlocks) -> Iterator[Span]:
    """What is not prose inside the paragraphs and headings."""
    for segments in blocks.texts:
        start = at = segments[0][0]
        # The marks of block quotes between the lines become spaces: an inline may run across them.
        parts = []
        for first, last in segments:
            parts += [text[at:first].replace(">", " "), text[first:last]]
            at = last
        for first, last in mask("".join(parts)):
            yield Span(start + first, start + last)
