"""Regular expressions that cost nothing until they are used."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Finder(Protocol):
    """Finds one match between two offsets of a text."""

    def __call__(
        self, text: str, start: int = 0, end: int = sys.maxsize, /
    ) -> re.Match[str] | None: ...


class FinderOfAll(Protocol):
    """Finds all matches between two offsets of a text."""

    def __call__(
        self, text: str, start: int = 0, end: int = sys.maxsize, /
    ) -> Iterator[re.Match[str]]: ...


# A letter that is none of ASCII's. Beside Chinese words it is a Han character, and a class of all Han
# takes milliseconds to compile.
WIDE_LETTER = r"[^\W\d_A-Za-z]"


class Pattern:
    """The source of a regular expression in verbose form, compiled at its first use.

    Rules hold these in place of compiled patterns: compiling at import would be paid at every
    start, for every rule, whether or not anything needs it. The methods are those of the compiled
    pattern itself, so that a call costs nothing more from the second one on.
    """

    def __init__(self, source: str, flags: re.RegexFlag = re.VERBOSE) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    @cached_property
    def search(self) -> Finder:
        return self.compiled.search

    @cached_property
    def match(self) -> Finder:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Finder:
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> FinderOfAll:
        return self.compiled.finditer


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of some strings, the longest where several begin alike.

    Shared beginnings are written once, so that a failing match looks at each character of the text
    once and not once a word.
    """
    trie: dict[str, dict[str, object]] = {}
    for word in words:
        node: dict[str, object] = trie  # type: ignore[assignment]
        for character in word:
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _write(trie)


def _write(node: object) -> str:
    assert isinstance(node, dict)
    branches = [re.escape(c) + _write(rest) for c, rest in sorted(node.items()) if c]
    if not branches:
        return ""
    text = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return f"{text}?" if "" in node else text
