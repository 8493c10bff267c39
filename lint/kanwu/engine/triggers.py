"""Triggers: how a rule says where it wants to be called.

The engine looks through a text once for the triggers of all rules, and calls a rule only where
something that it asked for stands. `find` is what a trigger means; both scanning backends give
exactly what it gives.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.analysis.patterns import Pattern
    from kanwu.analysis.roles import Role
    from kanwu.documents.document import Document


class CharacterClass:
    """A set of characters: single ones, and ranges written as strings of two characters.

    `CharacterClass("()", ranges=("（）",))` holds four characters: （ and ） stand side by side.
    """

    __slots__ = ("bounds",)

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = ()) -> None:
        pairs = {(ord(c), ord(c)) for c in alone} | {
            (ord(pair[0]), ord(pair[1])) for pair in ranges
        }
        bounds: list[int] = []
        for first, last in sorted(pairs):
            if bounds and first <= bounds[-1]:
                bounds[-1] = max(bounds[-1], last + 1)
            else:
                bounds += (first, last + 1)
        self.bounds = tuple(bounds)
        """Where membership changes: the class begins at the first code point, ends before the second,
        begins again at the third, and so on."""

    def __contains__(self, character: str) -> bool:
        return bisect_right(self.bounds, ord(character)) % 2 == 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CharacterClass) and self.bounds == other.bounds

    def __hash__(self) -> int:
        return hash(self.bounds)


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


class ClassTrigger(TextTrigger):
    """Something about the characters of one class and where they stand."""

    def __init__(self, characters: CharacterClass) -> None:
        self.characters = characters

    @abstractmethod
    def spans(self, text: str, positions: Iterable[int]) -> Iterator[Span]:
        """The places in a text, given the offsets of all characters of the class, in order."""

    def find(self, text: str) -> Iterator[Span]:
        positions = (at for at, character in enumerate(text) if character in self.characters)
        return self.spans(text, positions)


class Characters(ClassTrigger):
    """Each single character of a class."""

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = ()) -> None:
        super().__init__(CharacterClass(alone, ranges=ranges))

    @property
    def key(self) -> tuple[object, ...]:
        return ("characters", self.characters)

    def spans(self, text: str, positions: Iterable[int]) -> Iterator[Span]:  # noqa: ARG002
        return (Span(at, at + 1) for at in positions)


class Between(ClassTrigger):
    """Each character of a class that stands between characters of two others.

    Where a class is left out any character will do. Either end of the text counts as a line feed.
    """

    def __init__(
        self,
        alone: str = "",
        *,
        ranges: Iterable[str] = (),
        before: CharacterClass | None = None,
        behind: CharacterClass | None = None,
    ) -> None:
        super().__init__(CharacterClass(alone, ranges=ranges))
        self.before = before
        self.behind = behind

    @property
    def key(self) -> tuple[object, ...]:
        return ("between", self.characters, self.before, self.behind)

    def spans(self, text: str, positions: Iterable[int]) -> Iterator[Span]:
        for at in positions:
            if (self.before is None or (text[at - 1] if at else "\n") in self.before) and (
                self.behind is None or (text[at + 1 : at + 2] or "\n") in self.behind
            ):
                yield Span(at, at + 1)


class Runs(ClassTrigger):
    """Each longest run of at least `at_least` characters of a class."""

    def __init__(self, alone: str = "", *, ranges: Iterable[str] = (), at_least: int) -> None:
        super().__init__(CharacterClass(alone, ranges=ranges))
        self.at_least = at_least

    @property
    def key(self) -> tuple[object, ...]:
        return ("runs", self.characters, self.at_least)

    def spans(self, text: str, positions: Iterable[int]) -> Iterator[Span]:  # noqa: ARG002
        return runs(positions, self.at_least)


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
        # Compiling a class as large as that of Han takes forty times as long as compiling this.
        return re.compile(rf"(?s)(.)(?=.{{{self.period - 1}}}\1)")

    def find(self, text: str) -> Iterator[Span]:
        copied = (m.start() for m in self.pattern.finditer(text) if m[1] in self.characters)
        for start, end in runs(copied, self.period):
            yield Span(start, end + self.period)


class Literals(TextTrigger):
    """Each occurrence of any of some strings, overlapping ones too, in order of start, then end.

    Strings with ASCII letters are found in lower, upper and title case and in full width: `qq群`
    finds QQ群, qq群, Qq群 and ＱＱ群.
    """

    def __init__(self, *words: str) -> None:
        self.given = frozenset(words)
        if "" in self.given:
            raise ValueError("an empty string is no literal: it stands everywhere")

    @property
    def key(self) -> tuple[object, ...]:
        return ("literals", self.given)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every string that is looked for."""
        joined = "".join(self.given)
        # Of thousands of Chinese words one look tells that they have no other forms.
        if joined.lower() == joined.upper() and not joined.encode("ascii", "ignore"):
            return self.given
        return frozenset(form for word in self.given for form in written_forms(word))

    def find(self, text: str) -> Iterator[Span]:
        found = []
        for word in self.words:
            start = text.find(word)
            while start >= 0:
                found.append(Span(start, start + len(word)))
                start = text.find(word, start + 1)
        return iter(sorted(found))


class Matches(TextTrigger):
    """Each match of a pattern in a text in which one of some signs stands; nothing in other texts.

    The engine looks for the signs of all rules at once, and for the pattern only where it found one.
    """

    def __init__(self, pattern: Pattern, *signs: ClassTrigger) -> None:
        self.pattern = pattern
        self.signs = signs

    @property
    def key(self) -> tuple[object, ...]:
        signs = tuple(sign.key for sign in self.signs)
        return ("matches", self.pattern.source, self.pattern.flags, signs)

    def find(self, text: str) -> Iterator[Span]:
        if any(True for sign in self.signs for _ in sign.find(text)):
            yield from self.among(text)

    def among(self, text: str) -> Iterator[Span]:
        """The places in a text in which a sign stands."""
        return (Span(*match.span()) for match in self.pattern.finditer(text))


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
        from kanwu.analysis.lines import Lines
        from kanwu.analysis.roles import Roles

        roles = document.get(Roles).of_lines
        if self.roles.isdisjoint(roles):
            return
        lines = document.get(Lines)
        for start, end, role in zip(lines.starts, lines.ends, roles, strict=True):
            if role in self.roles:
                yield Span(start, end)


Trigger = TextTrigger | LinesOf

WIDEN = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def runs(positions: Iterable[int], at_least: int) -> Iterator[Span]:
    """The longest runs of consecutive numbers among ascending ones, the short ones left out."""
    start = end = -1
    for at in positions:
        if at != end:
            if end - start >= at_least:
                yield Span(start, end)
            start = at
        end = at + 1
    if end - start >= at_least:
        yield Span(start, end)


def written_forms(word: str) -> set[str]:
    """The forms of letter case and width in which a literal may stand in a text."""
    forms = {word, word.lower(), word.upper(), word.title()}
    # Translating takes longer than all the rest, and most words have nothing to widen.
    if word.encode("ascii", "ignore"):
        forms |= {form.translate(WIDEN) for form in forms}
    return forms
