"""Bylines: the lines of a document that say who wrote it, and names glued to a last sentence.

Most are told by their words alone (`authors.author_in`). Names with nothing beside them are told by
where they stand: between a headline and the first paragraph, or behind the last one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern, Span, UnusualLines
from kanwu.analysis.line_patterns import DATED
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles
from kanwu_rules.boilerplate.authors import MARKS, OUTER, By, author_in, is_person, unwrapped, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu import Document
    from kanwu.engine.line_triggers import Line
    from kanwu_rules.boilerplate.authors import Author

SHORT = 60
PARAGRAPH = 20
"""Code points of the shortest paragraph that a name is looked for behind."""
TAIL = 80
LONGEST_SIGNATURE = 24
NEAR = 20_000
"""Code points of one article and more."""
LONGEST_ROLE = 8
FEW_TURNS = 2
"""So many lines that begin with 记者： are an interview."""
ENDED = frozenset("。！？…：；，、.!?:;,")
CLOSERS = frozenset("）)】〕]")
GAPS = frozenset(" \u3000\u00a0、·")
SENTENCE_END = "。！？…!?”’」』"
ENGLISH_TOO = SENTENCE_END + "."
STOPS = "。."
LONGEST_NAMES = 40
BRACKETS = frozenset("（）()【】〔〕[]")
QUOTES = "”’」』"
NUMBERED = Pattern(r"[（(]? [0-9一二三四五六七八九十]{1,3} [）)、.．]")

Kind = Literal["line", "signature", "glued"]
Claim = Literal["author", "names", "signature"]


class Byline(NamedTuple):
    """Where a document says who wrote it."""

    kind: Kind
    row: int
    """The index of the line."""
    span: Span
    """The line without white space around it, or the glued name with its brackets."""


class Bylines:
    """The bylines of a document, in order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._interviews: dict[str, bool] = {}
        self.found = tuple(self._find())

    @classmethod
    def of(cls, document: Document) -> Bylines:
        return cls(document)

    @cached_property
    def rows(self) -> frozenset[int]:
        """The lines, by index, that are bylines or signatures as a whole."""
        return frozenset(found.row for found in self.found if found.kind != "glued")

    @cached_property
    def _lines(self) -> list[str]:
        return [line.strip() for line in self._document.get(Lines)]

    @cached_property
    def _roles(self) -> list[Role]:
        return list(self._document.get(Roles).of_lines)

    def _find(self) -> Iterator[Byline]:
        text = self._document.text
        lines = self._document.get(Lines)
        # Most lines end as sentences do, and are passed over here.
        rest = [
            (row, line)
            for row, line in enumerate(lines if "\r" in text else text.split("\n"))
            if line and (line[-1] not in ENDED or line[-2:-1] in CLOSERS)
        ]
        for row, line in rest:
            said = line.strip()
            start = lines.starts[row] + len(line) - len(line.lstrip()) if said else 0
            if len(said) <= SHORT and said[-1:] not in ENDED and (kind := self._kind(row, said)):
                yield Byline(kind, row, Span(start, start + len(said)))
            elif len(said) > PARAGRAPH and (glued := self._glued(row, said)):
                yield Byline("glued", row, Span(start + glued.start, start + glued.end))

    def _kind(self, row: int, text: str) -> Kind | None:
        """What a short line is, if it says who wrote the text."""
        claim = claim_of(text)
        if claim is None:
            return None
        how, author = claim
        if how == "signature":
            return how if self._ends_article(row, Role.CREDIT, Role.BYLINE) else None
        if how == "names":
            return "line" if self._is_name(row, unwrapped(text), author) else None
        # “By” opens headings too, which stand anywhere.
        placed = not text.isascii() or self._heads(row)
        return "line" if placed and author and self._is_line(row, text, author) else None

    def _is_line(self, row: int, text: str, author: Author) -> bool:
        """Whether a line that says in words who wrote the text is about this text."""
        role = self._roles[row]
        if role in (Role.CODE, Role.VERSE):
            return False
        if role in (Role.TITLE, Role.HEADING) and self._beside(row, -1) is None:
            return False
        if role is Role.LIST_ITEM and text[0] not in MARKS:
            return False
        if self._is_listed(row - 1) or self._is_listed(row + 1):
            return False
        if author.by is not By.LABEL:
            return True
        return not self._is_interview(author.label) and not self._is_card(row)

    def _is_listed(self, row: int) -> bool:
        """Whether a line says what somebody is who neither wrote nor edited: 医生 李四, 警察：王五."""
        text = self._lines[row] if 0 <= row < len(self._lines) else ""
        what, _, name = (
            text.replace("：", ":").replace("\u3000", " ").replace(":", " ").partition(" ")
        )
        return (
            is_person(name.strip())
            and what not in line_words().labels
            and 1 < len(what) < LONGEST_ROLE
            and author_in(text) is None
        )

    def _is_interview(self, label: str) -> bool:
        """Whether several lines begin with the same label, one of them with more than names."""
        if label not in self._interviews:
            size = len(label)
            turns = [
                line
                for line in self._lines
                if line[:size].lower() == label and line[size:].lstrip()[:1] in ":：｜|"
            ]
            talk = len(turns) >= FEW_TURNS and not all(map(author_in, turns))
            self._interviews[label] = talk
        return self._interviews[label]

    def _is_card(self, row: int) -> bool:
        """Whether the lines beside one name the publisher of a book or the director of a film."""
        near = [line for line in self._lines[max(0, row - 4) : row + 5] if line]
        labels = (line.partition("：")[0].partition(":")[0].strip().lower() for line in near)
        return not words().cards.isdisjoint(labels)

    def _is_name(self, row: int, bare: str, author: Author | None) -> bool:
        """Whether a line of nothing but names stands where bylines do."""
        if not (self._is_apart(row) and self._is_rare(row, bare)):
            return False
        role = self._roles[row]
        return role is Role.BYLINE or (role is Role.CREDIT and author is not None)

    def _is_rare(self, row: int, name: str) -> bool:
        """Whether the text near a line speaks of none of some persons: it is not about them."""
        at = self._document.get(Lines).starts[row]
        near = self._document.text[max(0, at - NEAR) : at + NEAR]
        return all(near.count(part) == 1 for part in ([name] if is_spaced(name) else name.split()))

    def _is_apart(self, row: int) -> bool:
        """Whether a name stands between a headline and a paragraph, or behind the last one."""
        before, behind = self._beside(row, -1), self._beside(row, 1)
        if before is not None and behind is not None and self._is_paragraph(behind):
            return self._roles[before] in (Role.TITLE, Role.HEADING, Role.META)
        return self._ends_article(row)

    def _ends_article(self, row: int, *own: Role) -> bool:
        """Whether a line stands behind the last paragraph of an article and signs no letter."""
        before, behind = self._beside(row, -1), self._beside(row, 1)
        if before is None or not self._is_paragraph(before) or self._lines[before][-1] in "：:，":
            return False
        if own and self._roles[row] not in own:
            return False
        if behind is not None:
            text = self._lines[behind]
            if self._roles[behind] in (Role.BODY, Role.LIST_ITEM, Role.TABLE_ROW, Role.VERSE):
                return False
            if NUMBERED.match(text) or (self._roles[behind] is Role.META and DATED.search(text)):
                return False
        return not any(
            word in line
            for line in self._lines[max(0, row - 8) : row + 3]
            for word in words().letters
        )

    def _is_paragraph(self, row: int) -> bool:
        return len(self._lines[row]) >= PARAGRAPH and self._roles[row] is Role.BODY

    def _beside(self, row: int, step: int) -> int | None:
        """The next line that is not blank, up or down."""
        row += step
        while 0 <= row < len(self._lines):
            if self._lines[row]:
                return row
            row += step
        return None

    def _heads(self, row: int) -> bool:
        """Whether a line stands near the head of the document or below a headline."""
        before = self._beside(row, -1)
        return row < 12 or (before is not None and self._roles[before] is Role.TITLE)

    def _glued(self, row: int, line: str) -> Span | None:
        """The name behind the last sentence of a paragraph."""
        found = author_behind(line)
        if found is None or self._roles[row] is not Role.BODY:
            return None
        start, end, text, author = found
        if author.by is By.NAMES and not self._is_signed(row, line, start, text):
            return None
        return Span(start, end)

    def _is_signed(self, row: int, line: str, start: int, name: str) -> bool:
        """Whether names without a word beside them are those of the author.

        Behind a quotation they are its author's, and in the middle of an article they explain
        something.
        """
        whole = line[start:].strip()
        if whole[0] not in OUTER and whole[-1] not in CLOSERS:
            return False
        if line[start - 1] in QUOTES or not self._is_rare(row, name):
            return False
        before, behind = self._beside(row, -1), self._beside(row, 1)
        if before is not None:
            other = author_behind(self._lines[before])
            if other and other[3].by is By.NAMES:
                # One saying after another, each with its author.
                return False
        return behind is None or self._roles[behind] not in (
            Role.BODY,
            Role.LIST_ITEM,
            Role.TABLE_ROW,
            Role.VERSE,
            Role.CODE,
        )


class BylineLines(UnusualLines):
    """Each line that may be a byline, or end in one, by its words alone."""

    def __init__(self) -> None:
        # Most lines end as sentences do.
        super().__init__(ENDED, behind=CLOSERS)

    def among(self, text: str, lines: Iterable[Line]) -> Iterator[Span]:
        for line in lines:
            said = text[line.start : line.end].strip()
            if (len(said) <= SHORT and said[-1:] not in ENDED and claim_of(said)) or (
                len(said) > PARAGRAPH and author_behind(said)
            ):
                yield Span(line.start, line.end)


def claim_of(text: str) -> tuple[Claim, Author | None] | None:
    """What a short line may be by its words alone."""
    if len(text) < 2:
        return None
    if text.isascii():
        author = author_in(text) if "y " in text[:20] else None
        return ("author", author) if author else None
    if words().telling.search(text):
        author = author_in(text)
        if author is not None and author.by is not By.NAMES:
            return "author", author
    wrapped = text[0] in OUTER and text[-1] in CLOSERS
    bare = unwrapped(text)
    if not 1 < len(bare) <= LONGEST_SIGNATURE:
        return None
    # 方法, 安全: most lines of two characters are headings.
    if (len(bare) == 3 or (len(bare) > 3 and not GAPS.isdisjoint(bare)) or wrapped) and (
        line_words().is_surname(bare) or is_spaced(bare)
    ):
        author = author_in(bare)
        return ("names", author) if author or is_spaced(bare) else None
    if wrapped and bare.endswith(words().organisations) and all(map(is_han, bare)):
        return "signature", None
    return None


def is_spaced(text: str) -> bool:
    """Whether a text is one name of two characters, set with a space: 业 丰."""
    return len(text.split()) == 2 and all(len(part) == 1 and is_han(part) for part in text.split())


def is_unopened(line: str) -> bool:
    """Whether the last bracket of a line closes what nothing opened."""
    return sum(map(line.count, "）)】")) > sum(map(line.count, "（(【"))


def author_behind(line: str) -> tuple[int, int, str, Author] | None:
    """The author behind the last sentence of a paragraph: where, in which words, and who."""
    found = behind_last_sentence(line)
    author = author_in(found[2]) if found else None
    return (*found, author) if found and author else None


def behind_last_sentence(line: str) -> tuple[int, int, str] | None:
    """What stands behind the last full stop of a paragraph, in brackets or with one of them lost.

    Start and end, with the brackets and the blanks before them, and the text between the brackets.
    """
    size = len(line)
    begin = max(PARAGRAPH // 2, size - TAIL)
    if line[-1] in STOPS:
        # …完工（记者 张三）。
        opener = max(line.rfind("（", begin), line.rfind("(", begin))
        inside = line[opener + 1 : size - 2]
        told = opener > 0 and CLOSERS.isdisjoint(inside) and words().telling.search(inside)
        return (opener, size - 1, inside) if told else None
    closed = line[-1] in CLOSERS
    end = size - closed
    opener = max([line.rfind(mark, begin, end) for mark in OUTER])
    if opener > 0 and CLOSERS.isdisjoint(line[opener:end]):
        start = opener - (len(line[:opener]) - len(line[:opener].rstrip()))
        return (start, size, line[opener + 1 : end]) if line[start - 1] in ENGLISH_TOO else None
    if closed and not is_unopened(line):
        return None
    start = 1 + max([line.rfind(mark, begin, end) for mark in SENTENCE_END])
    inside = line[start:end]
    if start == 0 or len(inside) > LONGEST_NAMES or not BRACKETS.isdisjoint(inside):
        return None
    if not closed and not words().telling.search(inside):
        return None
    return start, size, inside
