"""Triggers: how a rule says where it wants to be called.

The engine looks through a text once for the triggers of all rules, and calls a rule only where
something that it asked for stands. `find` is what a trigger means; both scanning backends give
exactly what it gives.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.patterns import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.analysis.roles import Role
    from kanwu.documents.document import Document


class Span(NamedTuple):
    """Code points `start` to `end` (exclusive) of a text."""

    start: int
    end: int


class CharacterClass:
    """A set of characters: single ones, and ranges written as strings of two characters.

    `CharacterClass("()", ranges=("\\uff08\\uff09",))` holds four characters.
    """

    __slots__ = ("ranges",)

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = ()) -> None:
        pairs = {(ord(c), ord(c)) for c in alone} | {(ord(pair[0]), ord(pair[1])) for pair in ranges}
        self.ranges: tuple[tuple[int, int], ...] = tuple(sorted(pairs))

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        return any(first <= code <= last for first, last in self.ranges)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CharacterClass) and self.ranges == other.ranges

    def __hash__(self) -> int:
        return hash(self.ranges)

    @property
    def pattern(self) -> str:
        """The class as a regular expression."""
        parts = (
            f"\\U{first:08x}" if first == last else f"\\U{first:08x}-\\U{last:08x}"
            for first, last in self.ranges
        )
        return f"[{''.join(parts)}]"


HAN = CharacterClass("〇", ranges=("㐀䶿", "一鿿", "\uf900\ufaff", "\U00020000\U0003ffff"))


class TextTrigger(ABC):
    """Something that a scan of the text alone can find."""

    @property
    @abstractmethod
    def key(self) -> tuple[object, ...]:
        """Triggers with equal keys find the same places, and are scanned for once."""

    @abstractmethod
    def find(self, text: str) -> Iterator[Span]:
        """Every place in a text, in order."""


class Characters(TextTrigger):
    """Each single character of a class."""

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = ()) -> None:
        self.characters = CharacterClass(alone, ranges=ranges)

    @property
    def key(self) -> tuple[object, ...]:
        return ("characters", self.characters)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.characters.pattern)

    def find(self, text: str) -> Iterator[Span]:
        return (Span(m.start(), m.end()) for m in self.pattern.finditer(text))


class Runs(TextTrigger):
    """Each longest run of at least `at_least` characters of a class."""

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = (), at_least: int) -> None:
        self.characters = CharacterClass(alone, ranges=ranges)
        self.at_least = at_least

    @property
    def key(self) -> tuple[object, ...]:
        return ("runs", self.characters, self.at_least)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        # All runs are matched whole and the short ones dropped: `{n,}` would start again inside
        # every short run.
        return re.compile(f"{self.characters.pattern}++")

    def find(self, text: str) -> Iterator[Span]:
        for match in self.pattern.finditer(text):
            if match.end() - match.start() >= self.at_least:
                yield Span(match.start(), match.end())


class Repeats(TextTrigger):
    """Each longest stretch of a class in which every character equals the one `period` before it.

    The span starts at the first copy: 围绕围绕 has period 2 and a span of four characters, 看看看
    period 1 and a span of three. A stretch shorter than two periods is none.
    """

    def __init__(self, characters: CharacterClass, *, period: int) -> None:
        self.characters = characters
        self.period = period

    @property
    def key(self) -> tuple[object, ...]:
        return ("repeats", self.characters, self.period)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        one = self.characters.pattern
        # The copies beyond the second, and a last one that is cut short, belong to the stretch.
        return re.compile(f"(?=({one}{{{self.period}}})\\1)")

    def find(self, text: str) -> Iterator[Span]:
        period, position, size = self.period, 0, len(text)
        search = self.pattern.search
        while match := search(text, position):
            start = match.start()
            end = start + 2 * period
            while end < size and text[end] == text[end - period]:
                end += 1
            yield Span(start, end)
            # Two stretches of one period overlap by less than a period.
            position = end - period + 1


class Literals(TextTrigger):
    """Each occurrence of any of some strings, overlapping ones too, in order of start, then end.

    Strings with ASCII letters are found in lower, upper and title case and in full width: `qq群`
    finds QQ群, qq群, Qq群 and ＱＱ群.
    """

    def __init__(self, *words: str) -> None:
        self.words = frozenset(form for word in words for form in written_forms(word))

    @property
    def key(self) -> tuple[object, ...]:
        return ("literals", self.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(trie_pattern(self.words))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first characters of all words."""
        return frozenset(word[0] for word in self.words)

    @cached_property
    def nested(self) -> dict[str, tuple[int, ...]]:
        """For each word the lengths of all words that it begins with, itself included."""
        return {
            word: tuple(n for n in range(1, len(word) + 1) if word[:n] in self.words)
            for word in self.words
        }

    def find(self, text: str) -> Iterator[Span]:
        search, nested, position = self.pattern.search, self.nested, 0
        while match := search(text, position):
            start = match.start()
            for length in nested[match[0]]:
                yield Span(start, start + length)
            position = start + 1


class EveryDocument(TextTrigger):
    """Every document; its places are one span of the whole text."""

    @property
    def key(self) -> tuple[object, ...]:
        return ("every document",)

    def find(self, text: str) -> Iterator[Span]:
        yield Span(0, len(text))


class LinesOf:
    """Each line that has one of some roles, without its terminator."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    @property
    def key(self) -> tuple[object, ...]:
        return ("lines", self.roles)

    def of(self, document: Document) -> Iterator[Span]:
        """Every line of the document with one of the roles, in order."""
        from kanwu.analysis.lines import Lines  # noqa: PLC0415 - only rules on roles need them
        from kanwu.analysis.roles import Roles  # noqa: PLC0415

        lines = document.get(Lines)
        for start, end, role in zip(
            lines.starts, lines.ends, document.get(Roles).of_lines, strict=True
        ):
            if role in self.roles:
                yield Span(start, end)


Trigger = TextTrigger | LinesOf

WIDEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def written_forms(word: str) -> set[str]:
    """The forms of letter case and width in which a literal may stand in a text."""
    cases = {word, word.lower(), word.upper(), word.title()}
    return cases | {case.translate(WIDEN) for case in cases}
