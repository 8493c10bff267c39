"""The phrases of all kinds of furniture, read from `phrases/`, and where in a text they may stand.

A file there holds the phrases of one kind of line and is called after the rule that reports it. Its
entries are those of `kanwu.engine.line_phrases`; besides them it says

- `rank`: of two kinds that a line may be, it is the one with the lower rank;
- `closes`: whether a line of this kind stands outside the article for certain, so that nothing beyond
  it belongs to the article either;
- `heads`: whether the short lines under a line of this kind are its list.
"""

from __future__ import annotations

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from kanwu import PhraseTable, read_phrases, read_table
from kanwu.analysis.page_lines import PageLines
from kanwu.engine.line_edges import EdgeSearch, LineWords
from kanwu.engine.triggers import Literals

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

    from kanwu import Document

FOLDER = "phrases"
BREADCRUMB, META_LINE = "breadcrumb", "meta-line"
NAVIGATION_BLOCK, CONTACT_GROUP_LIST = "navigation-block", "contact-group-list"


class Kind(NamedTuple):
    """One kind of furniture."""

    name: str
    """The name of the rule that reports it."""
    rank: int
    closes: bool
    heads: bool
    table: PhraseTable


class PhraseBook:
    """All kinds of furniture, the lowest rank first."""

    def __init__(self) -> None:
        names = sorted(
            name.removesuffix(".toml")
            for name in os.listdir(os.path.join(os.path.dirname(__file__), FOLDER))
            if name.endswith(".toml")
        )
        self.kinds = sorted(map(read_kind, names), key=lambda kind: (kind.rank, kind.name))
        self.by_name = {kind.name: kind for kind in self.kinds}

    @cached_property
    def menu_words(self) -> frozenset[str]:
        """Entries of menus, folded."""
        phrases = self.by_name[NAVIGATION_BLOCK].table.phrases
        return frozenset().union(*(phrase.equals for phrase in phrases))

    def kinds_of_lines(self, document: Document) -> dict[int, Kind]:
        """The kind of every line, by index, that the phrases tell to be furniture, in order."""
        page = document.get(PageLines)
        found: dict[int, Kind] = {}
        for number, index in sorted(self._candidates(document.text, page)):
            if index not in found and self.kinds[number].table.fits(page, index):
                found[index] = self.kinds[number]
        return dict(sorted(found.items()))

    def _candidates(self, text: str, page: PageLines) -> set[tuple[int, int]]:
        """Kinds, by number, with lines, by index, that may be of that kind."""
        found = {
            (n, page.lines.index(span.start))
            for n, spans in self._edges.find(text).items()
            for span in spans
        }
        if self._inside is not None:
            # Bytes that could not be decoded stand in the text as lone surrogates; no automaton takes them.
            plain = text.encode("utf-8", "replace").decode()
            for word, start, _ in self._inside.find_matches_as_indexes(plain, overlapping=True):
                found.add((self._inner[word][1], page.lines.index(start)))
        return found

    @cached_property
    def _edges(self) -> EdgeSearch:
        return EdgeSearch(
            (number, trigger)
            for number, kind in enumerate(self.kinds)
            for trigger in kind.table.triggers
            if isinstance(trigger, LineWords)
        )

    @cached_property
    def _inner(self) -> list[tuple[str, int]]:
        """Every form of the words that may stand anywhere in a line, with the number of the kind."""
        return [
            (word, n)
            for n, kind in enumerate(self.kinds)
            for trigger in kind.table.triggers
            if isinstance(trigger, Literals)
            for word in sorted(trigger.words)
        ]

    @cached_property
    def _inside(self) -> AhoCorasick | None:
        from ahocorasick_rs import AhoCorasick, Implementation

        words = [word for word, _ in self._inner]
        return AhoCorasick(words, implementation=Implementation.ContiguousNFA) if words else None


def read_kind(name: str) -> Kind:
    """The kind of furniture that a file of phrases describes."""
    data = read_table(__file__, f"{FOLDER}/{name}.toml")
    return Kind(
        name,
        data["rank"],
        data.get("closes", False),
        data.get("heads", False),
        read_phrases(data["lines"]),
    )


@cache
def phrase_book() -> PhraseBook:
    """The phrases, read at the first call."""
    return PhraseBook()
