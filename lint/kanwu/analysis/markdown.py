"""The block structure of Markdown: what each line of a document is.

The method is that of the CommonMark specification's appendix: one pass over the lines with the open
block quotes and list items on a stack, and at most one open leaf below them. Only what kanwu needs
is kept: the kind of each line, and where the text of paragraphs stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.raw_html import LONE_TAG, html_starts

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from kanwu.documents.document import Document

DEEPEST = 32
"""Markers nested deeper are read as text, so that a line costs no more than its length."""


class Kind(StrEnum):
    """What a line of a Markdown document is."""

    BLANK = "blank"
    FRONT_MATTER = "front matter"
    CODE = "code"
    HTML = "html"
    HEADING = "heading"
    ITEM = "item"
    """The first line of a list item; further ones are text."""
    TABLE = "table"
    TEXT = "text"
    RULE = "rule"
    """A thematic break, or the line under a heading."""


MARKER = Pattern(r"(?: [-+*] | [0-9]{1,9}[.)] ) (?= [\ \t] | \Z )")
BREAK = Pattern(r"(?: (?:-[\ \t]*+){3,} | (?:_[\ \t]*+){3,} | (?:\*[\ \t]*+){3,} ) \Z")
HEADING = Pattern(r"\#{1,6} (?= [\ \t] | \Z )")
UNDERLINE = Pattern(r"(?: =++ | -++ ) [\ \t]*+ \Z")
FENCE = Pattern(r"(?: (`{3,}+) [^`]*+ | (~{3,}+) .*+ ) \Z")
FENCE_END = Pattern(r"(`{3,}+|~{3,}+) [\ \t]*+ \Z")
DELIMITER_ROW = Pattern(
    r"""
    (?= [^|]*+ \| )             # a bar somewhere: a bare --- underlines a heading
    [\ \t]*+ \|? [\ \t]*+ :? -++ :? [\ \t]*+
    (?: \| [\ \t]*+ :? -++ :? [\ \t]*+ )*+
    \|? [\ \t]*+ \Z
    """
)
FRONT_MATTER_END = {"---": ("---", "..."), "+++": ("+++",)}


@dataclass(slots=True)
class Container:
    """An open block quote (width 0), or a list item whose content is `width` columns in."""

    width: int
    empty: bool = False
    """A list item of which only the marker was seen."""


@dataclass(slots=True)
class Leaf:
    """The open block of text, code or HTML."""

    kind: Kind
    fence: str = ""
    """The backticks or tildes that opened fenced code."""
    end: re.Pattern[str] | None = None
    """What ends raw HTML; None for a blank line."""
    text: list[tuple[int, int]] = field(default_factory=list)
    """Of a paragraph, each line's text, from its first character that is not white space."""
    first: int = 0
    """The index of its first line."""


class MarkdownBlocks:
    """The kind of each line of a Markdown document, and the text of its paragraphs and headings."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.of_lines: list[Kind] = [Kind.BLANK] * len(lines)
        self.texts: list[Sequence[tuple[int, int]]] = []
        """Each paragraph or heading as the spans of its lines' text, in order."""
        self._containers: list[Container] = []
        self._leaf: Leaf | None = None
        start = self._front_matter()
        for index in range(start, len(lines)):
            self._line(index)
        self._close()

    @classmethod
    def of(cls, document: Document) -> MarkdownBlocks:
        return cls(document.get(Lines))

    def _front_matter(self) -> int:
        """Mark front matter, and return the index of the first line after it."""
        lines = self.lines
        ends = FRONT_MATTER_END.get(lines[0].rstrip())
        # A first `---` with a blank line under it is a thematic break.
        if ends is None or len(lines) < 2 or not lines[1].strip():
            return 0
        for index in range(1, len(lines)):
            if lines[index].rstrip() in ends:
                self.of_lines[: index + 1] = [Kind.FRONT_MATTER] * (index + 1)
                return index + 1
        return 0

    def _line(self, index: int) -> None:
        self._index = index
        self._end = self.lines.ends[index]
        self._base = 0
        self._skip(self.lines.starts[index], 0)
        depth = self._match_containers()
        if depth == len(self._containers) and self._leaf and self._continues(self._leaf):
            return
        self._open(depth)

    def _skip(self, at: int, column: int) -> None:
        """Move to the next character that is not white space, from one at a column."""
        text, end = self.lines.text, self._end
        while at < end:
            if text[at] == " ":
                column += 1
            elif text[at] == "\t":
                column += 4 - column % 4
            else:
                break
            at += 1
        self._at, self._column = at, column

    def _match_containers(self) -> int:
        """How many open containers the line continues; its position moves behind their marks."""
        for depth, container in enumerate(self._containers):
            blank = self._at == self._end
            indent = self._column - self._base
            if container.width == 0:
                if blank or indent > 3 or self.lines.text[self._at] != ">":
                    return depth
                self._behind_quote_mark()
            elif blank:
                if container.empty:
                    return depth
            elif indent >= container.width:
                self._base += container.width
                container.empty = False
            else:
                return depth
        return len(self._containers)

    def _behind_quote_mark(self) -> None:
        at, column = self._at + 1, self._column + 1
        self._base = column + (at < self._end and self.lines.text[at] in " \t")
        self._skip(at, column)

    def _continues(self, leaf: Leaf) -> bool:
        """Whether the line belongs to the open leaf whatever it holds."""
        index, blank = self._index, self._at == self._end
        indent = self._column - self._base
        if leaf.kind is Kind.CODE and leaf.fence:
            self.of_lines[index] = Kind.CODE
            end = FENCE_END.match(self.lines.text, self._at, self._end) if indent < 4 else None
            if end and end[1].startswith(leaf.fence):
                self._leaf = None
            return True
        if leaf.kind is Kind.CODE:
            if not blank and indent >= 4:
                self.of_lines[index] = Kind.CODE
            return blank or indent >= 4
        if leaf.kind is Kind.HTML and not (blank and leaf.end is None):
            self.of_lines[index] = Kind.HTML
            if leaf.end and leaf.end.search(self.lines.text, self._at, self._end):
                self._leaf = None
            return True
        return False

    def _open(self, depth: int) -> None:
        """Open what begins on the line, below its first `depth` containers."""
        # A paragraph goes on through a line that lacks its containers' marks, if nothing begins there.
        paragraph = self._leaf is not None and self._leaf.kind is Kind.TEXT
        inside = paragraph and depth == len(self._containers)
        kind = Kind.TEXT
        while self._at < self._end:
            if self._column - self._base > 3:
                if not paragraph:
                    self._close(depth)
                    self._leaf = Leaf(Kind.CODE)
                    self.of_lines[self._index] = Kind.CODE
                    return
                break
            if self._begins_leaf(depth, inside=inside, paragraph=paragraph):
                return
            container = self._begins_container(inside=inside, depth=depth)
            if container is None:
                break
            self._close(depth)
            self._containers.append(container)
            depth += 1
            paragraph = inside = False
            kind = Kind.ITEM if container.width else Kind.TEXT
        if self._at == self._end:
            self._close(depth)
            self.of_lines[self._index] = Kind.ITEM if kind is Kind.ITEM else Kind.BLANK
            return
        if not paragraph:
            self._close(depth)
            self._leaf = Leaf(Kind.TEXT, first=self._index)
        assert self._leaf is not None
        self._leaf.text.append((self._at, self._end))
        self.of_lines[self._index] = kind

    def _begins_container(self, *, inside: bool, depth: int) -> Container | None:
        """The block quote or list item that begins here; the position moves behind its mark."""
        text, at, end = self.lines.text, self._at, self._end
        if depth >= DEEPEST:
            return None
        if text[at] == ">":
            self._behind_quote_mark()
            return Container(0)
        marker = MARKER.match(text, at, end)
        if marker is None:
            return None
        indent, column = self._column - self._base, self._column + len(marker[0])
        before = (self._at, self._column)
        self._skip(marker.end(), column)
        empty = self._at == end
        if inside and (empty or marker[0] not in ("-", "+", "*", "1.", "1)")):
            self._at, self._column = before
            return None
        space = self._column - column
        padding = 1 if empty or space > 4 else space
        self._base = column + padding
        return Container(indent + len(marker[0]) + padding, empty)

    def _begins_leaf(self, depth: int, *, inside: bool, paragraph: bool) -> bool:
        """Open and mark the heading, fence, HTML or thematic break that begins here."""
        text, at, end = self.lines.text, self._at, self._end
        first = text[at]
        kind: Kind | None = None
        leaf: Leaf | None = None
        if first == "#" and HEADING.match(text, at, end):
            kind = Kind.HEADING
        elif first in "`~" and (fence := FENCE.match(text, at, end)):
            kind, leaf = Kind.CODE, Leaf(Kind.CODE, fence=fence[1] or fence[2])
        elif first == "<" and (html := self._begins_html(paragraph=paragraph)):
            kind = Kind.HTML
            leaf = None if html.end and html.end.search(text, at, end) else html
        elif inside and first in "=-" and UNDERLINE.match(text, at, end):
            assert self._leaf is not None
            under = range(self._leaf.first, self._index)
            self._close(depth)
            self.of_lines[under.start : under.stop] = [Kind.HEADING] * len(under)
            kind = Kind.RULE
        elif first in "-_*" and BREAK.match(text, at, end):
            kind = Kind.RULE
        if kind is None:
            return False
        self._close(depth)
        self._leaf = leaf
        self.of_lines[self._index] = kind
        if kind is Kind.HEADING:
            self.texts.append([(at, end)])
        return True

    def _begins_html(self, *, paragraph: bool) -> Leaf | None:
        text, at, end = self.lines.text, self._at, self._end
        for start, stop in html_starts():
            if start.match(text, at, end):
                return Leaf(Kind.HTML, end=stop)
        if not paragraph and LONE_TAG.match(text, at, end):
            return Leaf(Kind.HTML)
        return None

    def _close(self, depth: int = 0) -> None:
        """Close the open leaf, and all but the first `depth` containers."""
        leaf, self._leaf = self._leaf, None
        del self._containers[depth:]
        if leaf is None or leaf.kind is not Kind.TEXT:
            return
        self.texts.append(leaf.text)
        for row in range(1, len(leaf.text)):
            if DELIMITER_ROW.match(self.lines.text, *leaf.text[row]):
                rows = range(leaf.first + row - 1, leaf.first + len(leaf.text))
                self.of_lines[rows.start : rows.stop] = [Kind.TABLE] * len(rows)
                return
