"""Categories: parts that are all of their whole (境外输入 and 本土, 男 and 女)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kanwu import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence


@lru_cache(maxsize=1)
def category_sets() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The sets of `categories.toml`: the parts of each, and the words of each part."""
    table = read_table(__file__, "categories.toml")
    return tuple(tuple(tuple(words) for words in parts) for parts in table["sets"])


def are_all(labels: Sequence[str]) -> bool:
    """Whether the parts with these labels are all parts of one set, each of them once."""
    for parts in category_sets():
        if len(parts) != len(labels):
            continue
        found = [
            [at for at, words in enumerate(parts) if any(word in label for word in words)]
            for label in labels
        ]
        if sorted(at for hits in found for at in hits) == list(range(len(parts))):
            return all(len(hits) == 1 for hits in found)
    return False
