"""What an article states in figures and dates, in the form in which articles are compared."""

from __future__ import annotations

import marshal
from functools import lru_cache
from itertools import groupby, islice, takewhile
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress, decompress

from kanwu import Pattern, read_table
from kanwu.analysis.articles import Articles
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.document import Location
from kanwu.documents.tables import words_of
from kanwu.engine.finding import Excerpt, Place, span_of
from kanwu_rules.figures.claim import Claim
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.date import Kind, Resolved
from kanwu_rules.figures.dates import Dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from kanwu import Document
    from kanwu.analysis.articles import Article
    from kanwu_rules.figures.date import Date

MASK = "#"
"""What stands for every figure and date in the text around another."""
BEFORE, AFTER = 24, 18
"""Characters of a sentence that are noted before and behind a figure, signs left out."""
WINDOW = 64
LONGEST = 40
"""A figure that is written with more characters is none that articles share."""
SHOWN = 20
"""Characters on each side that are shown with a figure."""
MOST = 200
"""Statements of an article that are compared with those of another at once."""
ADJOINING, LEAST_ADJOINING = 6, 3

SENTENCE_END = Pattern("[。！？；!?]")
SIGNS = Pattern(r"[^\w#]+|[了的]")
CLAUSE = Pattern(r"第[\s〇零一二三四五六七八九十百千0-9]{1,8}[条條]")
INDENT = 9
SPOKEN = Pattern(r"\w")
LEAST_CLAUSES = 3
STRETCHES = frozenset((Kind.DATE, Kind.MONTH, Kind.YEAR, Kind.QUARTER, Kind.PERIOD))


class Statement(NamedTuple):
    """A figure or a date with the words of its sentence around it."""

    start: tuple[int, int, int]
    """Line and column from 1, and the offset."""
    end: tuple[int, int, int]
    shown: tuple[str, str, str]
    """The text before, the figure, and the text behind it."""
    dimension: str
    """What can be compared: the dimension of a claim; `day`, `year`, `clock`, `edition` … of a date."""
    unit: str
    relation: str
    value: float
    low: float | None
    high: float | None
    soft_low: float
    soft_high: float
    place: float
    """All in base units; see `Claim`."""
    scale: float
    """How many base units the written unit is."""
    moment: tuple[int | None, ...]
    """The parts of a date; of a claim those of the date before it in its sentence, or nothing."""
    before: str
    after: str
    """The sentence around it, figures and dates masked, signs left out."""

    @property
    def is_date(self) -> bool:
        """Whether this is no claim."""
        return not self.relation

    @property
    def keys(self) -> Iterator[str]:
        """What a statement of the same thing in nearly the same words has too."""
        if self.is_date and self.dimension != "clock":
            return
        for side, near in (
            ("<", self.before[-ADJOINING:]),
            (">", self.after[:ADJOINING]),
        ):
            if len(common().compiled.sub("", near).replace(MASK, "")) >= LEAST_ADJOINING:
                yield f"{self.dimension} {self.unit}{side}{near}"

    def has(self, key: str) -> bool:
        """Whether a key is one of this statement, as far as a quick look tells."""
        head, side, near = key.partition("<" if "<" in key else ">")
        if head != f"{self.dimension} {self.unit}":
            return False
        return self.before.endswith(near) if side == "<" else self.after.startswith(near)

    def at(self, whole: Place) -> Place:
        """The place of the figure in a document."""
        before, surface, after = self.shown
        return Place(
            whole.path,
            whole.record,
            Location(*self.start),
            Location(*self.end),
            Excerpt(
                ("…" if self.start[1] - 1 > len(before) else "") + before,
                surface,
                after + ("…" if len(after) == SHOWN else ""),
            ),
            f"{before}\0{surface}\0{after}",
        )


@lru_cache(maxsize=1)
def common() -> Pattern:
    """Words that stand beside figures of any kind, read at the first call."""
    return Pattern(trie_pattern(words_of(read_table(__file__, "statements.toml")["common"])))


@lru_cache(maxsize=1)
def verb_words() -> Sequence[str]:
    """Words between what is counted and its number, which reports exchange for others."""
    return words_of(read_table(__file__, "statements.toml")["verbs"])


@lru_cache(maxsize=1)
def verbs() -> Pattern:
    """These words at the end of a text."""
    return Pattern(rf"(?:{trie_pattern(verb_words())}){{1,3}}$")


class Stated:
    """What the articles of a document state, in parts that are compared at once with those of another."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Sequence[Statement]]) -> None:
        self.parts = parts

    @classmethod
    def of(cls, document: Document) -> Stated:
        if is_law(document.text) or not document.get(Claims):
            return cls(())
        return cls(
            tuple(
                part
                for article in document.get(Articles)
                for part in batched(
                    [in_file(document, stated) for stated in statements_of(document, article)]
                )
            )
        )


def in_file(document: Document, statement: Statement) -> Statement:
    """A statement with the place that it has in the file of its document."""
    if document.origin is None:
        return statement
    start, end = span_of(document, statement.start[2], statement.end[2])
    return statement._replace(start=start, end=end)


def batched(statements: Sequence[Statement]) -> Iterator[Sequence[Statement]]:
    """The statements of an article, a very long one in parts: all of two parts are compared."""
    for start in range(0, len(statements), MOST):
        yield statements[start : start + MOST]


def is_law(text: str) -> bool:
    """Whether a text is a law or a contract: they share their phrases, and each sets its own sums."""
    if text.count("条") + text.count("條") < LEAST_CLAUSES:
        return False
    clauses = (match for match in CLAUSE.finditer(text) if begins_line(text, match.start()))
    return len(list(islice(clauses, LEAST_CLAUSES))) == LEAST_CLAUSES


def begins_line(text: str, offset: int) -> bool:
    """Whether nothing but a few signs and blanks stands before an offset in its line."""
    before = text[max(0, offset - INDENT) : offset]
    at = max(before.rfind("\n"), before.rfind("\r"))
    if at < 0 and offset > len(before):
        return False
    return SPOKEN.search(before, at + 1) is None


def statements_of(document: Document, article: Article) -> list[Statement]:
    """The statements of an article, in order."""
    # Words are signs of the same thing in Chinese; of English the six letters beside a figure say nothing.
    claims = document.get(Claims).between(article.start, article.end)
    found: list[Claim | Date] = [claim for claim in claims if claim.language == "zh"]
    if not found:
        return []
    found += document.get(Dates).between(article.start, article.end)
    found.sort(key=lambda read: (read.start, -read.end))
    apart: list[Claim | Date] = []
    for read in found:
        if not apart or read.start >= apart[-1].end:
            apart.append(read)
    lines = document.get(Lines)
    return [
        statement
        for line, reads in groupby(apart, key=lambda read: lines.index(read.start))
        for statement in of_line(document.text, lines, line, list(reads))
    ]


def of_line(
    text: str, lines: Lines, line: int, reads: Sequence[Claim | Date]
) -> Iterator[Statement]:
    """The statements of one line."""
    start, end = lines.starts[line], lines.ends[line]
    masked: list[str] = []
    at = start
    for read in reads:
        masked += (text[at : read.start], MASK)
        at = read.end
    masked.append(text[at:end])
    whole = "".join(masked)
    place = day_end = 0
    day: tuple[int | None, ...] = ()
    for number, read in enumerate(reads):
        place += len(masked[2 * number])
        if read.end - read.start <= LONGEST:
            before = last_sentence(whole[max(0, place - WINDOW) : place])
            after = first_sentence(whole[place + 1 : place + 1 + WINDOW])
            if day and (
                read.start - day_end > WINDOW or SENTENCE_END.search(text, day_end, read.start)
            ):
                day = ()
            shown = (
                text[max(start, read.start - SHOWN) : read.start],
                text[read.start : read.end],
                text[read.end : min(end, read.end + SHOWN)],
            )
            first = (line + 1, read.start - start + 1, read.start)
            last = (line + 1, read.end - start + 1, read.end)
            if isinstance(read, Claim):
                statement = of_claim(read, (first, last, shown), day, before, after)
                if statement is not None:
                    yield statement
            else:
                for dimension, moment in parts_of(read):
                    yield Statement(
                        first, last, shown, dimension, "", "", 0, 0, 0, 0, 0, 0, 1, moment, before, after
                    )  # fmt: skip
        if not isinstance(read, Claim) and read.kind in STRETCHES:
            day, day_end = day_of(read), read.end
        place += 1


def last_sentence(text: str) -> str:
    """The end of a text from its last sentence on, without signs and the verb before a figure."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        start = match.end()
    plain = SIGNS.compiled.sub("", text[start:])
    return verbs().compiled.sub("", plain[-BEFORE - 4 :])[-BEFORE:]


def first_sentence(text: str) -> str:
    """The beginning of a text up to the end of its first sentence, without signs."""
    end = SENTENCE_END.search(text)
    return SIGNS.compiled.sub("", text[: end.start()] if end else text)[:AFTER]


Where = tuple[tuple[int, int, int], tuple[int, int, int], tuple[str, str, str]]


def of_claim(
    claim: Claim, where: Where, day: tuple[int | None, ...], before: str, after: str
) -> Statement | None:
    """What is said with a claim; None for numbers beyond all measure."""

    def based(value: Decimal) -> float:
        return float(value if claim.scale == 1 else value * claim.scale)

    numbers = [based(v) for v in (claim.value, claim.soft_low, claim.soft_high, claim.place)]
    if not all(map(isfinite, numbers)):
        return None
    value, soft_low, soft_high, place = numbers
    low = None if claim.low is None else based(claim.low)
    high = None if claim.high is None else based(claim.high)
    return Statement(
        *where, claim.dimension, claim.unit, claim.relation, value, low, high, soft_low, soft_high,
        place, float(claim.scale), day, before, after,
    )  # fmt: skip


def day_of(date: Date) -> tuple[int | None, ...]:
    """The parts of a date by which it is told from others, a year only where it is written."""
    first, last = date.first, date.last
    written = date.resolved is Resolved.WRITTEN
    return (
        first.year if written else None, first.month, first.day,
        last.year if written else None, last.month, last.day,
    )  # fmt: skip


def parts_of(date: Date) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    """The dimensions of a date with what it says in each."""
    if date.kind is Kind.EDITION:
        yield "edition", (date.number,)
    elif date.kind in STRETCHES:
        yield "day" if date.kind is Kind.DATE else date.kind.value, day_of(date)
    if date.first.hour is not None:
        yield "clock", (*date.first[3:5], *date.last[3:5])


def packed(statements: Sequence[Statement]) -> bytes:
    """Statements as bytes: those of thousands of articles are held in memory."""
    return compress(marshal.dumps([tuple(statement) for statement in statements]), 1)


@lru_cache(maxsize=256)
def unpacked(data: bytes) -> tuple[Statement, ...]:
    """The statements of bytes that this process packed."""
    return tuple(map(Statement._make, marshal.loads(decompress(data))))  # noqa: S302


def same_words(one: Statement, other: Statement) -> str:
    """The words right beside both of two figures, … standing for the figure."""
    before, after = (
        "".join(a for a, b in takewhile(lambda p: p[0] == p[1], zip(x, y, strict=False)))
        for x, y in (
            (one.before[::-1], other.before[::-1]),
            (one.after, other.after),
        )
    )
    return f"{before[::-1]}…{after}"
