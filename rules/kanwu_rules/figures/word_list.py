"""Lists of words that are looked up at an offset: cheaper to make than a regular expression of Han."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class WordList:
    """Words by their first character, the longest first."""

    __slots__ = ("by_first",)

    def __init__(self, words: Iterable[str]) -> None:
        self.by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            self.by_first.setdefault(word[0], []).append(word)

    def at(self, text: str, offset: int, limit: int) -> str:
        """The longest word that begins at an offset and ends before a limit; empty if there is none."""
        if offset >= limit:
            return ""
        for word in self.by_first.get(text[offset], ()):
            if text.startswith(word, offset, limit):
                return word
        return ""
