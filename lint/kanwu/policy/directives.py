"""Directives: comments in a document that silence rules, `<!-- kanwu: ignore[BOI] as printed -->`.

`ignore` concerns the block that it stands in, or the next one where it stands on a line of its own;
`ignore-file` the whole document; `disable` everything up to an `enable`, or to the end. Only Markdown and
HTML have comments: in a plain document the same signs are text. In HTML, whose comments are not part of the
text, all spans are those of the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.analysis.markdown import Kind, MarkdownBlocks
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.zones import Zones
from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from kanwu.documents.document import Document
    from kanwu.documents.origin import Origin

SIGN = "kanwu:"
OPENING = Pattern(r"<!-- \s{0,9} kanwu:")
COMMENT = Pattern(
    r"""
    <!-- \s{0,9} kanwu: \s{0,9}+ ([^\s\[\]]{0,40}+) \s{0,9}+
    (?: \[ ([^\[\]\r\n]{0,400}) \] | (?! \[ ) )     # a bracket that is never closed opens no reason
    ([^\r\n]{0,400}?) \s{0,9} -->
    """
)
WORD = Pattern(r"[^\s,，、]{1,80}")
IGNORE, IGNORE_FILE, DISABLE, ENABLE = COMMANDS = ("ignore", "ignore-file", "disable", "enable")
OF_CODE = frozenset((Kind.CODE, Kind.FRONT_MATTER))


class Word(NamedTuple):
    """A code, name or family, and where it stands."""

    text: str
    span: Span


class Directive(NamedTuple):
    """A comment that silences rules, or ends that."""

    command: str
    """Empty where the comment has not the form of one."""
    words: tuple[Word, ...]
    """Empty where it is meant for every rule."""
    reason: str
    span: Span
    """The comment."""
    scope: Span
    """What it concerns: of `disable` all that follows, whatever ends it; empty for `enable`."""


class Directives:
    """The directives of a document, in order."""

    def __init__(self, found: tuple[Directive, ...] = ()) -> None:
        self.all = found

    @classmethod
    def of(cls, document: Document) -> Directives:
        if document.origin is not None:
            return cls(tuple(of_comments(document, document.origin)))
        if document.markup != "markdown" or SIGN not in document.text:
            return cls()
        text, lines = document.text, document.get(Lines)
        found = list(directives(document))
        blocks = Blocks(lines, lone_lines(lines, [directive.span for directive in found]))
        return cls(
            tuple(
                one._replace(
                    scope=blocks.around(one.span)
                    if one.command == IGNORE
                    else scope_of(one, len(text))
                )
                for one in found
            )
        )


def directives(document: Document) -> Iterator[Directive]:
    """The comments that are meant for kanwu, those in code left out, without what they concern."""
    text, lines = document.text, document.get(Lines)
    kinds = document.get(MarkdownBlocks).of_lines
    for opening in OPENING.finditer(text):
        start = opening.start()
        if kinds[lines.index(start)] in OF_CODE or in_code_span(document, start):
            continue
        yield directive_at(text, Span(*opening.span()))


def directive_at(text: str, opening: Span) -> Directive:
    """The directive that begins with some opening of a comment, without what it concerns."""
    match = COMMENT.match(text, opening.start)
    if match is None:
        return Directive("", (), "", opening, opening)
    first = match.start(2)
    words = tuple(
        Word(word[0], Span(first + word.start(), first + word.end()))
        for word in WORD.finditer(match[2] or "")
    )
    span = Span(*match.span())
    return Directive(match[1], words, match[3].strip(), span, span)


def of_comments(document: Document, origin: Origin) -> Iterator[Directive]:
    """The directives among the comments of a page, all spans those of its file."""
    file, lines = document.source.text, document.get(Lines)
    blocks = Blocks(lines, ()) if origin.comments else None
    for comment in origin.comments:
        opening = OPENING.match(file, comment.span.start)
        if opening is None or blocks is None:
            continue
        directive = directive_at(file, Span(*opening.span()))
        if directive.command == IGNORE:
            scope = (
                blocks.behind(comment.at)
                if comment.alone
                else blocks.around(Span(comment.at - 1, comment.at))
            )
            scope = origin.span(*scope)
        else:
            scope = scope_of(directive, len(file))
        yield directive._replace(scope=scope)


def in_code_span(document: Document, offset: int) -> bool:
    """Whether an offset lies in code within a paragraph."""
    masked = document.get(Zones).masked
    index = bisect_left(masked, (offset,)) - 1
    return index >= 0 and offset < masked[index].end and document.text[masked[index].start] == "`"


def lone_lines(lines: Lines, spans: Iterable[Span]) -> set[int]:
    """The lines on which nothing but comments for kanwu stands. The comments come in order."""
    beside: defaultdict[int, str] = defaultdict(str)
    """What stands on each line that holds some of a comment, before it and after the last one."""
    text = lines.text
    at, last = 0, -1
    for span in spans:
        line = lines.index(span.start)
        if last >= 0:
            beside[last] += text[at : min(span.start, lines.ends[last])]
        if line != last:
            beside[line] += text[lines.starts[line] : span.start]
        at, last = span.end, lines.index(span.end - 1)
        beside.update((between, "") for between in range(line + 1, last + 1))
    if last >= 0:
        beside[last] += text[at : lines.ends[last]]
    return {line for line, rest in beside.items() if is_blank(rest)}


def is_blank(line: str) -> bool:
    """Whether a line holds nothing, but perhaps the marks of a block quote."""
    return not line.lstrip("> \t").strip()


class Blocks:
    """The blocks of a document as comments see them: runs of lines that are not blank."""

    def __init__(self, lines: Lines, lone: Container[int]) -> None:
        self._lines = lines
        self._lone = lone
        count = len(lines)
        self._first = list(range(count))
        """Of each line the first one of its block."""
        self._last = list(range(count))
        self._next = [count] * (count + 1)
        """Of each line the first one from there on that is neither blank nor holds comments alone."""
        blank = list(map(is_blank, lines))
        for line in range(1, count):
            if not (blank[line] or blank[line - 1]):
                self._first[line] = self._first[line - 1]
        for line in reversed(range(count)):
            if line + 1 < count and not (blank[line] or blank[line + 1]):
                self._last[line] = self._last[line + 1]
            self._next[line] = self._next[line + 1] if blank[line] or line in lone else line

    def around(self, span: Span) -> Span:
        """The block of a comment; of one that stands alone, the next block."""
        lines = self._lines
        line, last = lines.index(span.start), lines.index(span.end - 1)
        if not (line in self._lone and last in self._lone):
            return Span(lines.starts[self._first[line]], lines.ends[self._last[last]])
        # Comments may stand one below another above what they concern.
        return self._from(self._next[last])

    def behind(self, offset: int) -> Span:
        """The block that begins behind an offset, at which a line ends, or the text begins."""
        lines = self._lines
        line = lines.index(offset) + 1 if offset else 0
        return self._from(self._next[min(line, len(lines))])

    def _from(self, line: int) -> Span:
        """From a line to the end of its block; behind the last line nothing."""
        lines = self._lines
        if line == len(lines):
            return Span(lines.ends[-1], lines.ends[-1])
        return Span(lines.starts[line], lines.ends[self._last[line]])


def scope_of(directive: Directive, size: int) -> Span:
    """What a directive concerns that is meant for no block."""
    if directive.command == IGNORE_FILE:
        return Span(0, size)
    if directive.command == DISABLE:
        return Span(directive.span.end, size)
    return Span(directive.span.end, directive.span.end)
