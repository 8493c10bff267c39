"""Paragraphs as the search for breaks sees them: where each stands, what it is, and how it ends."""

from __future__ import annotations

from enum import IntEnum
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.line_words import line_words
from kanwu.analysis.lines import Lines
from kanwu.analysis.members import direct
from kanwu.analysis.roles import Role, Roles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu import Document

CLOSERS = "”’」』）)】》〉］]〕〗\"'"
# Ornaments at the end of an article, and blanks before them.
ORNAMENTS = "■□◆◇●○▲△★☆※•·#*~ \u3000"
# A note in brackets behind a whole sentence: （完）, 【详细】, （LCTT 译注：…）
NOTE = Pattern(
    r"[。！？!?…] [”’」』]? \s{0,4} [（(【\[〔] [^（()）【】\[\]〔〕]{1,60} [）)】\]〕] \Z"
)
LONGEST_NOTE = 70
# Who said it, behind a quotation or on a line of its own: ——东方朔
ATTRIBUTION = Pattern(r"(?: \A | [。！？!?…”』」》] ) \s{0,4} —{1,2} [^，。！？；、—]{1,16} \Z")
LONGEST_ATTRIBUTION = 26
# How to reach somebody ends without a full stop, lest it be taken for a part of the address.
ADDRESS = Pattern(r"(?: @ | :// | www\. ) [!-~]{3,80} \Z | [0-9]{3,4} - [0-9]{7,8} \Z")
LONGEST_ADDRESS = 90
# What ends a sentence, or leads to what follows: a list, a quotation, a table.
LAST = frozenset("。！？!?…；;：:—～~")
PAUSES = frozenset("，、,")
# What stands inside sentences and hardly ever in a headline.
INSIDE = frozenset("，。；！？,;")
FINAL = frozenset("。！？；")
LONG = 60


@direct
class End(IntEnum):
    """How a paragraph ends."""

    CLOSED = 0
    """As a sentence does, or as what leads to something."""
    BRACKET = 1
    """With a bracket or quotation mark behind a word."""
    OPEN = 2
    """With a word."""
    PAUSE = 3
    """With a mark that only the rest of its sentence can follow."""


class Paragraph(NamedTuple):
    """A line of a plain document that is not blank, or a block of text of a Markdown one."""

    start: int
    end: int
    """Its code points in the document, without white space at the ends."""
    line: int
    """The index of its first line, from 0."""
    text: str
    role: Role
    languages: Languages
    opens_body: bool
    """Whether no paragraph of the body stands before it."""
    ends: End

    @property
    def language(self) -> Language:
        """What it is written in, by its first line."""
        return self.languages.of_line(self.line)

    @property
    def dateline(self) -> bool:
        """Whether it begins as the first paragraph of a news article does: 本报讯, 新华社北京1月1日电."""
        return line_words().is_dateline(self.text)

    @property
    def is_prose(self) -> bool:
        """Whether it is surely no headline: long, or with the marks of several clauses in it."""
        return self.role is Role.BODY and (
            self.dateline
            or len(self.text) >= LONG
            or not FINAL.isdisjoint(self.text)
            or sum(map(self.text.count, INSIDE)) > 1
        )


def end_of(text: str) -> End:
    """How a text without white space at its ends ends."""
    if text[-1] in LAST:
        return End.CLOSED
    text = text.rstrip(ORNAMENTS)
    bare = text.rstrip(CLOSERS)
    if not bare or bare[-1] in LAST or (bare[-1] == "." and not bare[-2:-1].isdigit()):
        return End.CLOSED
    if len(bare) < len(text):
        noted = NOTE.search(text, max(0, len(text) - LONGEST_NOTE))
        return End.CLOSED if noted else End.BRACKET
    if bare[-1] in PAUSES:
        return End.PAUSE
    if bare[-1].isascii() and ADDRESS.search(bare, max(0, len(bare) - LONGEST_ADDRESS)):
        return End.CLOSED
    last = bare[-LONGEST_ATTRIBUTION:]
    # What was left off the front may not be taken for the beginning of the line.
    named = "—" in last and ATTRIBUTION.search(bare, max(0, len(bare) - LONGEST_ATTRIBUTION))
    return End.CLOSED if named else End.OPEN


def spans_of(document: Document) -> Iterator[tuple[int, int, int]]:
    """The first line of each paragraph, by index, and its span; blank ones too."""
    lines = document.get(Lines)
    if document.markup == "markdown":
        from kanwu.analysis.markdown import MarkdownBlocks

        for segments in document.get(MarkdownBlocks).texts:
            start = segments[0][0]
            yield lines.index(start), start, segments[-1][1]
    else:
        yield from zip(count(), lines.starts, lines.ends)


class Paragraphs:
    """The paragraphs of a document that are not blank, in order."""

    __slots__ = ("all",)

    def __init__(self, paragraphs: Iterable[Paragraph]) -> None:
        self.all = tuple(paragraphs)

    @classmethod
    def of(cls, document: Document) -> Paragraphs:
        return cls(paragraphs_of(document))


def paragraphs_of(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of a document that are not blank, in order."""
    text = document.text
    roles, languages = document.get(Roles).of_lines, document.get(Languages)
    body = False
    blank, closed = Role.BLANK, End.CLOSED
    for index, first, last in spans_of(document):
        role = roles[index]
        if role is blank:
            continue
        line = text[first:last]
        said = line.strip()
        start = first if said[0] == line[0] else first + line.index(said)
        ends = closed if said[-1] in LAST else end_of(said)
        yield Paragraph(start, start + len(said), index, said, role, languages, not body, ends)
        body = body or role is Role.BODY
