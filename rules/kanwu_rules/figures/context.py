"""What stands around a figure: what is counted, and which part the figure plays."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.document import Span
from kanwu.documents.tables import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["total", "part", "growth", "rank", "share", "price", "ordinal", "other"]
ROLES: tuple[Role, ...] = ("growth", "share", "price", "part", "total")
LONGEST_NOUN = 12
HAN_RUN = Pattern(r"[^\W\d_A-Za-z]{1,16}")
HAN_BEFORE = Pattern(r"[^\W\d_A-Za-z]{1,12}$")
BREAKS = "，。；！？：、（）《》“”\n,;!?()"
CLAUSE = 40


class Surroundings(NamedTuple):
    """The words of `context.toml`."""

    right_end: Pattern
    right_keep: Pattern
    left_drop: Pattern
    roles: Mapping[Role, Pattern]


@lru_cache(maxsize=1)
def surroundings() -> Surroundings:
    """The words around figures, read at the first call."""
    table = read_table(__file__, "context.toml")
    drops = trie_pattern(words_of(table["left_drops"]))
    return Surroundings(
        Pattern(trie_pattern(words_of(table["right_ends"]))),
        Pattern(trie_pattern(table["right_keeps"])),
        Pattern(rf"(?:{drops}){{1,3}}$"),
        {role: Pattern(table["roles"][role]) for role in ROLES},
    )


def counted_at_right(text: str, end: int, limit: int) -> Span | None:
    """The noun behind a figure: 海外人才 in 5000多名海外人才携项目报名."""
    if text.startswith("的", end):
        end += 1
    run = HAN_RUN.match(text, end, min(limit, end + LONGEST_NOUN))
    if run is None:
        return None
    words = surroundings()
    kept = words.right_keep.match(text, end)
    stop = words.right_end.search(text, kept.end() if kept else end + 1, run.end())
    if kept is None and words.right_end.match(text, end):
        return None
    close = stop.start() if stop else run.end()
    return Span(end, close) if close - end > 1 else None


def counted_at_left(text: str, start: int, floor: int) -> Span | None:
    """The noun before a figure: 合作项目 in 合作项目超3800个."""
    run = HAN_BEFORE.search(text, max(floor, start - LONGEST_NOUN), start)
    if run is None:
        return None
    words = surroundings()
    close = run.end()
    dropped = words.left_drop.search(text, run.start(), close)
    if dropped is not None:
        close = dropped.start()
    begin = run.start()
    for stop in words.right_end.finditer(text, begin, close):
        begin = stop.end()
    return Span(begin, close) if close - begin > 1 else None


# Only a percentage is a share, and only money a price.
CLASS_OF_ROLE = {"share": "percent", "price": "money"}


def role_of(text: str, start: int, floor: int, unit_class: str) -> Role:
    """Which part a figure plays, by the words of its sentence before it."""
    before = text[max(floor, start - CLAUSE) : start]
    for role, pattern in surroundings().roles.items():
        if CLASS_OF_ROLE.get(role, unit_class) == unit_class and pattern.search(before):
            return role
    return "other"
