"""What stands around a figure: what is counted, and which part the figure plays."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.document import Span
from kanwu.documents.tables import words_of
from kanwu_rules.figures.word_list import WordList

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["total", "part", "growth", "rank", "share", "price", "ordinal", "other"]
ROLES: tuple[Role, ...] = ("growth", "share", "price", "total")
LONGEST_NOUN = 12
HAN_RUN = Pattern(r"[^\W\d_A-Za-z]{1,16}")
HAN_BEFORE = Pattern(r"[^\W\d_A-Za-z]{1,12}$")
BREAKS = "，。；！？：、（）《》“”\n,;!?()"
CLAUSE = 40


class Surroundings(NamedTuple):
    """The words of `context.toml`."""

    right_end: WordList
    right_keep: WordList
    left_drop: Pattern
    roles: Mapping[Role, Pattern]


@lru_cache(maxsize=1)
def surroundings() -> Surroundings:
    """The words around figures, read at the first call."""
    table = read_table(__file__, "context.toml")
    drops = trie_pattern(words_of(table["left_drops"]))
    return Surroundings(
        WordList(words_of(table["right_ends"])),
        WordList(table["right_keeps"]),
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
    close = end + len(words.right_keep.at(text, end, limit))
    while close < run.end() and not words.right_end.at(text, close, limit):
        close += 1
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
    begin = at = run.start()
    while at < close:
        stop = words.right_end.at(text, at, close)
        at += len(stop) or 1
        if stop:
            begin = at
    return Span(begin, close) if close - begin > 1 else None


# Only a percentage is a share, and only money a price.
CLASS_OF_ROLE = {"share": "percent", "price": "money"}


def role_of(text: str, start: int, floor: int, unit_class: str) -> Role:
    """Which part a figure plays, by the words of its sentence before it."""
    before = text[max(floor, start - CLAUSE) : start]
    clause = before[max(map(before.rfind, "，。；、")) + 1 :]
    for role, pattern in surroundings().roles.items():
        if CLASS_OF_ROLE.get(role, unit_class) != unit_class:
            continue
        if (role != "total" or unit_class != "percent") and pattern.search(clause):
            return role
    at = before.rfind("其中")
    if at >= 0 and not any(end in before[at:] for end in "。；"):
        return "part"
    return "other"
