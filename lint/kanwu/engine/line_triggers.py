"""Triggers whose places are whole lines that something is the matter with.

Nearly no line of a sound text fires one, and the backend for corpora rules out most documents at once
(see `kanwu.engine.batch_lines`), so that such a trigger costs a tenth of looking at every document.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.folding import folded
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu.engine.triggers import TextTrigger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# The marks of longer lines are not remembered.
SHORT = 64


class LineTrigger(TextTrigger):
    """Something that lines are or hold; most places are lines without their terminators."""


class Line(NamedTuple):
    """A line of a text that is not empty, without its terminator."""

    start: int
    end: int
    number: int
    """How many lines that are not empty stand before it."""


class UnusualLines(LineTrigger):
    """Each line that does not end as most lines do, or does not begin so.

    A usual line ends with one of the characters `ends`, before which none of `behind` stands, and
    begins with one of the pairs that `beginnings` gives, if that is given; it is called when a text
    is looked at for the first time.
    Lines of fewer than `at_least` characters, or more than `at_most`, are passed over. A subclass
    may look closer at the lines (see `among`).
    """

    def __init__(
        self,
        ends: Iterable[str],
        beginnings: Callable[[], frozenset[str]] | None = None,
        *,
        behind: Iterable[str] = (),
        at_least: int = 1,
        at_most: int | None = None,
    ) -> None:
        self.ends = frozenset(ends)
        self.behind = frozenset(behind)
        self.at_least = at_least
        self.at_most = at_most
        self._beginnings = beginnings

    @cached_property
    def beginnings(self) -> frozenset[str] | None:
        return self._beginnings() if self._beginnings else None

    @property
    def key(self) -> tuple[object, ...]:
        how = (self.ends, self.behind, self._beginnings, self.at_least, self.at_most)
        return ("unusual lines", type(self), *how)

    def find(self, text: str) -> Iterator[Span]:
        return self.among(text, self._lines(text))

    def among(self, text: str, lines: Iterable[Line]) -> Iterator[Span]:
        """The places, given the unusual lines of a text: all of them."""
        del text
        return (Span(line.start, line.end) for line in lines)

    def _lines(self, text: str) -> Iterator[Line]:
        ends, behind, beginnings, least = self.ends, self.behind, self.beginnings, self.at_least
        most = self.at_most or len(text)
        start = number = 0
        for line in text.replace("\r", "\n").split("\n"):
            size = len(line)
            if size:
                usual = (
                    line[-1] in ends
                    and line[-2:-1] not in behind
                    and (beginnings is None or line[:2] in beginnings)
                )
                if not usual and least <= size <= most:
                    yield Line(start, start + size, number)
                number += 1
            start += size + 1


class UnpairedMarks(LineTrigger):
    """Each line in which a bracket or quote of some kind has no partner.

    A kind is a string of openers and closers in turn: `UnpairedMarks("（）()", "“”")` takes full- and
    half-width brackets for partners. Kinds may cross one another. Closers in `alone` need no opener,
    as ’ is an apostrophe too.
    """

    def __init__(self, *kinds: str, alone: str = "") -> None:
        self.kinds = kinds
        self.alone = alone
        self.steps = {
            mark: (kind, 1 - 2 * (at % 2))
            for kind, marks in enumerate(kinds)
            for at, mark in enumerate(marks)
        }
        """For each mark the index of its kind, and 1 for an opener, -1 for a closer."""
        marks = "".join(map(re.escape, self.steps))
        self._pattern = f"\r\n|[\r\n{marks}]"
        self._known = lru_cache(maxsize=4096)(self._unpaired)

    @property
    def key(self) -> tuple[object, ...]:
        return ("unpaired marks", self.kinds, self.alone)

    def find(self, text: str) -> Iterator[Span]:
        marks = "".join(re.findall(self._pattern, text))
        if "\r" in marks:
            marks = marks.replace("\r\n", "\n").replace("\r", "\n")
        found = [index for index, line in enumerate(marks.split("\n")) if self.in_line(line)]
        if found:
            lines = Lines(text)
            yield from (Span(lines.starts[index], lines.ends[index]) for index in found)

    def in_line(self, marks: str) -> bool:
        """Whether one of a line's marks, given in order, has no partner."""
        return self._known(marks) if len(marks) <= SHORT else self._unpaired(marks)

    def _unpaired(self, marks: str) -> bool:
        depths = [0] * len(self.kinds)
        for mark in marks:
            kind, step = self.steps[mark]
            depths[kind] += step
            if depths[kind] < 0:
                if mark not in self.alone:
                    return True
                depths[kind] = 0
        return any(depths)


class RepeatedLines(LineTrigger):
    """Each line of at least `at_least` characters that says the same as a line above it.

    Blanks are not counted, and neither they nor the width of marks and digits are a difference.
    """

    def __init__(self, *, at_least: int) -> None:
        self.at_least = at_least

    @property
    def key(self) -> tuple[object, ...]:
        return ("repeated lines", self.at_least)

    def find(self, text: str) -> Iterator[Span]:
        said = [(line, at) for at, line in enumerate(folded(text).split("\n"))]
        said = [(line, at) for line, at in said if len(line) >= self.at_least]
        if len({line for line, _ in said}) == len(said):
            return
        lines, seen = Lines(text), set()
        for line, at in said:
            if line in seen:
                yield Span(lines.starts[at], lines.ends[at])
            seen.add(line)


class RepeatedClauses(LineTrigger):
    """The beginning of each clause that began in the same way before.

    A clause stands behind one of some marks; its beginning is the `size` characters that follow on
    the same line.
    """

    def __init__(self, marks: str, *, size: int) -> None:
        self.marks = marks
        self.size = size

    @property
    def key(self) -> tuple[object, ...]:
        return ("repeated clauses", self.marks, self.size)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"[{re.escape(self.marks)}](?=([^\r\n]{{{self.size}}}))")

    def find(self, text: str) -> Iterator[Span]:
        said = self.pattern.findall(text)
        return self.among(self.pattern.finditer(text) if len(set(said)) < len(said) else ())

    def among(self, clauses: Iterable[re.Match[str]]) -> Iterator[Span]:
        """The places, given what the pattern matches, at least where clauses may begin alike."""
        seen = set()
        for match in clauses:
            if match[1] in seen:
                yield Span(*match.span(1))
            seen.add(match[1])


class ShortLines(LineTrigger):
    """Each longest run of at least `at_least` lines of at most `longest` characters.

    A place goes from the start of the first line to the end of the last one; blank lines between
    neither count nor part.
    """

    def __init__(self, *, longest: int, at_least: int) -> None:
        self.longest = longest
        self.at_least = at_least

    @property
    def key(self) -> tuple[object, ...]:
        return ("short lines", self.longest, self.at_least)

    def find(self, text: str) -> Iterator[Span]:
        longest = self.longest
        lines = text.replace("\r", "\n").split("\n") if "\r" in text else text.split("\n")
        if sum(0 < size <= longest for size in map(len, lines)) < self.at_least:
            return
        start = end = offset = count = 0
        for line in [*lines, "#" * (longest + 1)]:
            if len(line) > longest and not line.isspace():
                if count >= self.at_least:
                    yield Span(start, end)
                count = 0
            elif line and not line.isspace():
                start = start if count else offset
                end = offset + len(line)
                count += 1
            offset += len(line) + 1
