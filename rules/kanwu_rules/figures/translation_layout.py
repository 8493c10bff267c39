"""Layout: a text with its translation, put so that each line holds one paragraph of one language."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Document, Pattern, Span
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu_rules.figures.bilingual import may_be_bilingual

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAST_WORDS = 5
# English in a Chinese line: a stretch without Han and without Chinese punctuation.
ENGLISH = Pattern(r"[^\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e\r\n]{30,}+")
WORD = Pattern(r"[A-Za-z]{2,}+[,;:]?\ ")
# It is a sentence, or a line of its own behind a dividing mark, and no quotation inside a sentence.
ENDED = Pattern(r"[。！？；）)”’」』/|｜／][”’」』）)]?\ {0,3}$")
LEADING = Pattern(r"[\s/|]*")
CLOSED = Pattern(r"[.!?][\"”’)]*+\s*+[/|]?\s*+(?=[^.!?A-Za-z]{0,20}$)")
# A wrapped line: its sentence runs on in the next.
LEAST_WRAPPED, MOST_WRAPPED = 40, 120
USUAL = 55
RUNS_ON = Pattern(r"[A-Za-z0-9,\"”’)-]$")
GOES_ON = Pattern(r"[a-z0-9(\"“‘$]")


class Layout:
    """A document as its translation rules read it, and where each part of that stands in the document."""

    __slots__ = ("document", "origins", "starts")

    def __init__(self, document: Document, starts: Sequence[int], origins: Sequence[int]) -> None:
        self.document = document
        self.starts = starts
        self.origins = origins

    @classmethod
    def of(cls, document: Document) -> Layout:
        if document.markup == "plain" and may_be_bilingual(document.text):
            parts = list(parts_of(document))
            if any(part.behind is not None for part in parts):
                return laid_out(document, parts)
        return cls(document, (), ())

    def original(self, span: Span) -> Span:
        """Where a span of the laid out text stands in the document."""
        if not self.starts:
            return span
        return Span(self._at(span.start), self._at(span.end - 1) + 1)

    def _at(self, offset: int) -> int:
        part = bisect_right(self.starts, offset) - 1
        return self.origins[part] + offset - self.starts[part]


class Part(NamedTuple):
    """A part of a document, and what parts it from the next in place of what does so there."""

    start: int
    end: int
    behind: str | None
    """None where nothing is changed."""


def laid_out(document: Document, parts: Sequence[Part]) -> Layout:
    """The document that parts make."""
    text, starts, written = document.text, [], []
    size = 0
    for part in parts:
        starts.append(size)
        written.append(text[part.start : part.end] + (part.behind or ""))
        size += len(written[-1])
    whole = Document("".join(written), path=document.path, record=document.record)
    return Layout(whole, starts, [part.start for part in parts])


def parts_of(document: Document) -> Iterator[Part]:
    """The parts of a document: wrapped English lines joined, lines of two languages divided."""
    text, lines = document.text, document.get(Lines)
    told = document.get(Languages)
    ends = [*lines.starts[1:], len(text)]
    wrapped = False
    for line, (start, stop, end) in enumerate(zip(lines.starts, lines.ends, ends, strict=True)):
        wrapped = (
            told.of_line(line) is Language.EN
            and line + 1 < len(lines)
            and told.of_line(line + 1) in (Language.EN, Language.NONE)
            and is_wrapped(lines[line].rstrip(), lines[line + 1].lstrip(), inside=wrapped)
        )
        if wrapped:
            yield Part(start, stop, " ")
            continue
        edges = [start, *divisions(text, start, stop)]
        for first, last in pairwise(edges):
            yield Part(first, last, "\n")
        yield Part(edges[-1], end, None)


def is_wrapped(here: str, below: str, *, inside: bool) -> bool:
    """Whether a paragraph runs on in the line below; `inside`, whether it has run on before."""
    if not below or not LEAST_WRAPPED <= len(here) <= MOST_WRAPPED:
        return False
    full = len(here) + len(below.partition(" ")[0]) > USUAL
    if RUNS_ON.search(here, len(here) - 1) is None:
        # A sentence that happens to end with its line.
        return inside and full
    return GOES_ON.match(below) is not None or (full and (inside or len(below) > USUAL))


def divisions(text: str, start: int, end: int) -> Iterator[int]:
    """Where a line passes from Chinese to English sentences and back."""
    for found in ENGLISH.finditer(text, start, end):
        first, last = found.span()
        closed = CLOSED.search(text, first, last) if last < end else None
        stop = closed.end() if closed else last
        if len(WORD.compiled.findall(text, first, stop)) < LEAST_WORDS:
            continue
        before = text[max(start, first - 4) : first]
        leading = LEADING.match(text, first, stop)
        opened = first == start or ENDED.search(before + (leading[0] if leading else ""))
        if opened and (last == end or closed):
            if first > start:
                yield leading.end() if leading else first
            if stop < end:
                yield stop
