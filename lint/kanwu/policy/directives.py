"""Directives: comments in a document that silence rules, `<!-- kanwu: ignore[BOI] as printed -->`.

`ignore` concerns the block that it stands in, or the next one where it stands on a line of its own;
`ignore-file` the whole document; `disable` everything up to an `enable`, or to the end. Only Markdown
has comments: in a plain document the same signs are text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.analysis.markdown import Kind, MarkdownBlocks
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.zones import Zones
from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.documents.document import Document

SIGN = "kanwu:"
COMMENT = Pattern(
    r"<!-- \s{0,9} kanwu: \s{0,9} ([^\s\[\]]{0,40}) \s{0,9} (?: \[ ([^\[\]\r\n]{0,400}) \] )?"
    r" ([^\r\n]{0,400}?) \s{0,9} -->"
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
    words: tuple[Word, ...]
    """Empty where it is meant for every rule."""
    reason: str
    span: Span
    """The comment."""
    alone: bool
    """Whether nothing else stands on its line."""
    scope: Span
    """What it concerns; empty for `enable`."""


class Directives:
    """The directives of a document, in order."""

    def __init__(self, found: tuple[Directive, ...] = ()) -> None:
        self.all = found

    @classmethod
    def of(cls, document: Document) -> Directives:
        if document.markup == "plain" or SIGN not in document.text:
            return cls()
        return cls(tuple(with_ranges(list(comments(document)), len(document.text))))


def comments(document: Document) -> Iterator[Directive]:
    """The comments that are meant for kanwu, those in code left out."""
    text, lines = document.text, document.get(Lines)
    kinds = document.get(MarkdownBlocks).of_lines
    for match in COMMENT.finditer(text):
        line = lines.index(match.start())
        if kinds[line] in OF_CODE or in_code_span(document, match.start()):
            continue
        first = match.start(2)
        words = tuple(
            Word(word[0], Span(first + word.start(), first + word.end()))
            for word in WORD.finditer(match[2] or "")
        )
        span = Span(match.start(), match.end())
        alone = lines[line].strip() == match[0]
        scope = (
            Span(0, len(text)) if match[1] == IGNORE_FILE else block_of(lines, line, alone=alone)
        )
        yield Directive(match[1], words, match[3].strip(), span, alone, scope)


def in_code_span(document: Document, offset: int) -> bool:
    """Whether an offset lies in code within a paragraph."""
    return any(
        masked.start < offset < masked.end and document.text[masked.start] == "`"
        for masked in document.get(Zones).masked
    )


def block_of(lines: Lines, line: int, *, alone: bool) -> Span:
    """The lines around a comment up to the next blank ones; of one that stands alone the next block."""

    def speaks(index: int) -> bool:
        return not lines[index].strip().startswith("<!--") or SIGN not in lines[index]

    count = len(lines)
    first = last = line
    if alone:
        first = line + 1
        # Comments may stand one below another above what they concern.
        while first < count and not (lines[first].strip() and speaks(first)):
            first += 1
        if first == count:
            return Span(lines.ends[line], lines.ends[line])
        last = first
    else:
        while first and lines[first - 1].strip():
            first -= 1
    while last + 1 < count and lines[last + 1].strip():
        last += 1
    return Span(lines.starts[first], lines.ends[last])


def with_ranges(found: list[Directive], size: int) -> Iterator[Directive]:
    """The directives with the ranges of `disable`: each up to an `enable` of all its words, or to the end."""
    for index, directive in enumerate(found):
        if directive.command == ENABLE:
            yield directive._replace(scope=Span(directive.span.end, directive.span.end))
        elif directive.command == DISABLE:
            ends = (
                other.span.start
                for other in found[index + 1 :]
                if other.command == ENABLE and ended_by(directive, other)
            )
            yield directive._replace(scope=Span(directive.span.end, next(ends, size)))
        else:
            yield directive


def ended_by(disable: Directive, enable: Directive) -> bool:
    """Whether an `enable` ends a `disable`: it names no rule, or all that the other names."""
    said = {word.text.lower() for word in enable.words}
    return not said or (
        bool(disable.words) and said.issuperset(word.text.lower() for word in disable.words)
    )
