"""Unwrapping: what belongs between the two halves of a line that was wrapped."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu import Document
    from kanwu_rules.broken_paragraphs.wrapped_lines import Region

HAN = Pattern(r"[㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff〇]")
WIDE = Pattern(r"[\u2e80-\uffef\U00020000-\U0003ffff]")
WORD = Pattern(r"[A-Za-z]++(?:-[A-Za-z]++){0,5}")
FIRST_WORD = Pattern(r"[A-Za-z]{1,60}")
LAST_WORD = Pattern(r"[A-Za-z]{1,60}\Z")
SPACED = Pattern(r"[㐀-鿿]\ [A-Za-z] | [A-Za-z]\ [㐀-鿿]")
CLOSE = Pattern(r"[㐀-鿿][A-Za-z] | [A-Za-z][㐀-鿿]")
SPACED_DIGITS = Pattern(r"[㐀-鿿]\ [0-9] | [0-9]\ [㐀-鿿]")
CLOSE_DIGITS = Pattern(r"[㐀-鿿][0-9] | [0-9][㐀-鿿]")
THOUSANDS = Pattern(r"[0-9]{3} (?![0-9])")

HYPHENS = frozenset("-‐")
SOFT_HYPHEN = "\xad"
LONGEST_WORD = 60
NO_SPACE_AFTER = frozenset("([{/“‘—–-‐@#$_")
NO_SPACE_BEFORE = frozenset(")]},.;:!?%/”’—–")


class Join(NamedTuple):
    """Code points `start` to `end` of a text and what they become where a line is put together."""

    start: int
    end: int
    text: str


class Unwrapping:
    """How the lines of a region are put together."""

    def __init__(self, document: Document, region: Region) -> None:
        self.text = document.text
        self.lines = document.get(Lines)
        self.region = region

    def joins(self) -> Iterator[Join]:
        """What each wrap becomes, in order."""
        for line, following in self.pairs():
            left = self.lines[line].rstrip()
            right = self.lines[following].lstrip()
            end = self.lines.starts[following] + len(self.lines[following]) - len(right)
            start = self.lines.starts[line] + len(left)
            if left[-1] == SOFT_HYPHEN or (
                is_hyphenated(left, right) and self.is_one_word(left, right)
            ):
                yield Join(start - 1, end, "")
            else:
                yield Join(start, end, " " if self.is_spaced(line, left, right) else "")

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each line that runs on, and the line that it runs on into."""
        step = self.region.blanks + 1
        return ((line, line + step) for line in self.region.wraps)

    def is_one_word(self, left: str, right: str) -> bool:
        """Whether a hyphen at a line's end only parts a word, and belongs to no compound."""
        first, second = self.halves(left.rstrip("-‐"), right)
        return self.words[f"{first}-{second}"] == 0 or self.words[first + second] > 0

    def halves(self, left: str, right: str) -> tuple[str, str]:
        """The last word of one line and the first word of the next, in lower case."""
        last, first = (
            LAST_WORD.search(left, max(0, len(left) - LONGEST_WORD)),
            FIRST_WORD.match(right),
        )
        return (last[0] if last else "").lower(), (first[0] if first else "").lower()

    def is_spaced(self, line: int, left: str, right: str) -> bool:
        """Whether a space belongs between two lines."""
        last, first = left[-1], right[0]
        if WIDE.match(last) or WIDE.match(first):
            return self.is_spaced_from_han(last, first)
        if last in NO_SPACE_AFTER and (left[-2:-1] or " ") != " ":
            return False
        if first in NO_SPACE_BEFORE or (not last.isalnum() and HAN.match(left[-2:-1])):
            return False
        if last == "," and left[-2:-1].isdigit() and THOUSANDS.match(right):
            return False
        return not self.is_parted(line, left, right)

    def is_spaced_from_han(self, last: str, first: str) -> bool:
        """Whether a space stands between Han and a word or a number, as elsewhere in the document."""
        if HAN.match(last):
            other = first
        elif HAN.match(first):
            other = last
        else:
            return False
        if not (other.isascii() and other.isalnum()):
            return False
        return self.spaces_digits if other.isdigit() else self.spaces_words

    def is_parted(self, line: int, left: str, right: str) -> bool:
        """Whether the line was broken in the middle of a word or a number, without a hyphen."""
        if not (left[-1].isascii() and left[-1].isalnum() and right[0].isalnum()):
            return False
        if self.lines[line] != self.lines[line].rstrip():
            return False
        if left[-1].isdigit() and right[0].isdigit():
            return not self.keeps_words
        first, second = self.halves(left, right)
        joined = self.words[first + second] > 0 and min(self.words[first], self.words[second]) <= 1
        return joined and first != "" != second

    @cached_property
    def keeps_words(self) -> bool:
        """Whether the region moves whole words to the next line, and leaves room where it does."""
        from kanwu_rules.broken_paragraphs.wrapped_lines import cells

        room = self.region.width - 1
        return any(
            cells(self.lines[line].rstrip()) < room
            and FIRST_WORD.match(self.lines[following].lstrip())
            for line, following in self.pairs()
        )

    @cached_property
    def words(self) -> Counter[str]:
        """How often each Latin word of the document stands there, in lower case, compounds whole and in parts."""
        found: Counter[str] = Counter()
        for match in WORD.finditer(self.text):
            word = match[0].lower()
            found[word] += 1
            if "-" in word:
                found.update(word.split("-"))
        return found

    @cached_property
    def spaces_words(self) -> bool:
        """Whether spaces stand between Han and Latin words in most places."""
        return self.is_habit(SPACED, CLOSE)

    @cached_property
    def spaces_digits(self) -> bool:
        """Whether spaces stand between Han and digits in most places."""
        return self.is_habit(SPACED_DIGITS, CLOSE_DIGITS)

    def is_habit(self, spaced: Pattern, close: Pattern) -> bool:
        """Whether one pattern occurs more often than another."""
        return len(spaced.compiled.findall(self.text)) > len(close.compiled.findall(self.text))


def is_hyphenated(left: str, right: str) -> bool:
    """Whether a line ends in the middle of a word, with a hyphen, and the next goes on in lower case.

    A word with further hyphens, as in state-of-the-art, is a compound.
    """
    word = left[-LONGEST_WORD:].rpartition(" ")[2]
    return (
        word[-1:] in HYPHENS
        and word[-2:-1].isalpha()
        and word[-2:-1].isascii()
        and "-" not in word[:-1]
        and right[0].isascii()
        and right[0].islower()
    )
