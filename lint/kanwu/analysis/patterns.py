"""Regular expressions that cost nothing until they are used."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Pattern:
    """The source of a regular expression in verbose form, compiled at its first use.

    Rules hold these in place of compiled patterns: compiling at import would be paid at every
    start, for every rule, whether or not anything needs it.
    """

    def __init__(self, source: str, flags: re.RegexFlag = re.VERBOSE) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.source, self.flags)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.fullmatch(text, start, len(text) if end is None else end)

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text, start, len(text) if end is None else end)


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
