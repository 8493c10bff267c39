"""Which half-width marks of a text stand in Chinese, where full-width ones belong.

Every mark is judged by its neighbours, by the language around it and, for brackets, by what they
hold. Whether the habit of a document makes many of them one defect is for the rules to decide.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu.analysis.lines import Lines
from kanwu_rules.punctuation.half_width_brackets import read_brackets
from kanwu_rules.punctuation.half_width_pauses import kind_of_pause
from kanwu_rules.punctuation.marked_line import NOT_CHINESE, PIECE, Kind, Mark, MarkedLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Document, Span

# Text that punctuation is a part of: language variants of a wiki, JSON and templates, code, formulas,
# arrays, tags, addresses. A mark that follows an address does not belong to it. Every alternative
# begins with a character that is rare in prose, so that the search skips from one to the next. U+2E7F is
# the last code point before the CJK blocks.
LITERAL = Pattern(r"""
      \{ [^{}\n]{0,400} \}
    | \[ [\0-\x09\x0b-Z\\^-\u2e7f]{1,100} \]
    | \\\( (?: [^\\\n] | \\ [^()\n] ){0,300} \\\)
    | \$ [\0-\x09\x0b-\#%-\u2e7f]{1,200} \$
    | ` [^`\n]{1,200} `
    | </? [A-Za-z] [^<>\n]{0,300} >
    | \( (?<= [A-Za-z0-9_] \( ) ["'] [^"'\n]{0,200} ["'] [^()\n]{0,200} \)
    | ; [ \t]{0,20} // [^\n]{0,1000}
    | :// [!-~]{0,2000} [A-Za-z0-9/=_-]
    | www\. [!-~]{0,2000} [A-Za-z0-9/=_-]
""")
LITERAL_SIGNS = ("{", "[", "\\(", "$", "`", "<", '("', "('", "//", "www.")
COMMENT_SIGNS = ("//", "/*", "#include")
# The type of a document in a reference: GB/T 7714 sets the marks of the whole reference half-width.
REFERENCE = Pattern(r"\[ [A-Z]{1,2} (?: /[A-Z]{2} )? \]")


def half_width_marks(document: Document, places: Sequence[Span]) -> list[Mark]:
    """The half-width marks among some places of a document that belong to Chinese, in order."""
    text = document.text
    if text.isascii() or not any(
        text[at - 1] >= "‘" or text[end : end + 1] >= "‘" for at, end in places
    ):
        return []
    offsets: Sequence[int] = [at for at, _ in places]
    if any(map(text.__contains__, LITERAL_SIGNS)):
        offsets = list(outside(offsets, [m.span() for m in LITERAL.finditer(text)]))
    lines = document.get(Lines)
    plain = not NOT_CHINESE.search(text)
    may_refer = "[" in text
    marks: list[Mark] = []
    first = 0
    while first < len(offsets):
        line = lines.index(offsets[first])
        start, end = lines.starts[line], lines.ends[line]
        last = bisect_left(offsets, end, first + 1)
        if not (
            text[start:end].isascii()
            or text.startswith(COMMENT_SIGNS, start)
            or (may_refer and REFERENCE.search(text, start, end))
        ):
            marked = MarkedLine(text, start, end, plain=plain)
            marks += marks_of_line(marked, offsets[first:last])
        first = last
    marks.sort()
    return marks


def outside(offsets: Iterable[int], spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The offsets that lie in none of the spans; both come in order."""
    index = 0
    for at in offsets:
        while index < len(spans) and spans[index][1] <= at:
            index += 1
        if index == len(spans) or at < spans[index][0]:
            yield at


def marks_of_line(line: MarkedLine, offsets: Sequence[int]) -> Iterator[Mark]:
    """The marks of a line that belong to Chinese: brackets first, since the others depend on them."""
    text = line.text
    brackets = {at for at in offsets if text[at] in "()"}
    if brackets:
        yield from read_brackets(line, brackets)
        line.foreign.sort()
    foreign, index, closed = line.foreign, 0, -1
    judged, chinese, han = -1, False, Kind.HAN
    for at in offsets:
        if at >= judged:
            judged = at + PIECE - (at - line.start) % PIECE
            chinese = line.is_chinese(at)
        if not chinese or at in brackets:
            continue
        while index < len(foreign) and foreign[index][0] < at:
            closed = max(closed, foreign[index][1])
            index += 1
        kind: Kind | None
        if (
            at
            and "一" <= text[at - 1] <= "龥"
            and "一" <= text[at + 1 : at + 2] <= "龥"
            and text[at] != "."
        ):
            kind = han  # most of them; the general case comes to the same
        else:
            kind = kind_of_pause(line, at, in_foreign=at < closed)
        if kind is not None:
            yield Mark(at, at + 1, (at,), kind)
