"""Names: of organisations, persons and products, where the words around them say that they are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import Pattern, read_words
from kanwu.analysis.line_words import line_words
from kanwu.analysis.patterns import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Span

LONGEST_HEAD = 8
"""Of what stands before 有限公司 so much tells one organisation from another."""
SHORTEST_HEAD = 2
LONGEST_QUOTED = 16
SHORTEST_QUOTED = 4
CLOSING = {"“": "”", "《": "》", "「": "」", "『": "』"}
NO_HAN = Pattern(r"[^㐀-鿿]")
# Where a foreign name begins and ends nothing tells, so that it is known by what stands at its first dot.
FOREIGN = Pattern(r"[㐀-鿿]{2}[·・][㐀-鿿]{2}")
# 丰台区永定河: 区 and 河 tell where the name begins and ends.
LONGEST_PLACE = 7
PLACE = Pattern(r".*?[省市县區区镇鎮乡鄉州旗盟]([㐀-鿿]{2,4}[村县縣镇鎮港河江湖山])$")


class Name(NamedTuple):
    """The name at code points `start` to `end` of a text."""

    text: str
    kind: str
    """organisation, person, place or title."""
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Vocabulary:
    """The word lists, as extraction needs them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.suffixes = frozenset(data["organisations"]["suffixes"])
        self.boundaries = data["organisations"]["boundaries"]
        self.boundary = Pattern(f".*(?:{trie_pattern(self.boundaries)})")
        self.before = frozenset(data["persons"]["before"])
        self.after = frozenset(data["persons"]["after"])
        self.follow = frozenset(data["persons"]["follow"])
        self.surnames = line_words().surnames
        self.distinct = frozenset(
            one + other for known in data["distinct"]["sets"] for one in known for other in known
        )
        self.shapes = {c: known[0] for known in data["look_alikes"]["sets"] for c in known}


@cache
def vocabulary() -> Vocabulary:
    """The word lists, read at the first call."""
    return Vocabulary(read_words(__file__, "names.toml"))


def names(text: str, places: Sequence[Span]) -> Iterator[Name]:
    """The names beside some words of a text, or in its quotation marks; one may come twice."""
    words = vocabulary()
    for start, end in places:
        for name in at_mark(text, start) if end - start == 1 else at_word(text, start, end, words):
            if name is not None:
                yield name


def at_mark(text: str, at: int) -> Iterator[Name | None]:
    """The name that one character tells of."""
    mark = text[at]
    if mark in CLOSING:
        yield quoted(text, at)
    elif mark in "·・":
        yield foreign(text, at)
    else:
        yield place_before(text, at + 1)


def at_word(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Name | None]:
    """The names that a word tells of, by standing beside them or at their end."""
    word = text[start:end]
    if word in words.suffixes:
        yield organisation_before(text, start, end, words)
    if word in words.before:
        yield person_behind(text, end, words)
    if word in words.after:
        yield person_before(text, start, words)


def organisation_before(text: str, start: int, end: int, words: Vocabulary) -> Name | None:
    """The organisation whose name ends with a suffix, or the end of a long name."""
    head = text[max(0, start - LONGEST_HEAD) : start]
    others = [match.end() for match in NO_HAN.finditer(head)]
    if others:
        head = head[others[-1] :]
    boundary = words.boundary.match(head)
    if boundary:
        head = head[boundary.end() :]
    if len(head) < SHORTEST_HEAD:
        return None
    return Name(head + text[start:end], "organisation", start - len(head))


def person_behind(text: str, start: int, words: Vocabulary) -> Name | None:
    """The person whose name of three characters begins at an offset."""
    if text[start : start + 1] not in words.surnames:
        return None
    name = text[start : start + 3]
    follows = text[start + 3 : start + 4]
    if len(name) < 3 or NO_HAN.search(name) or not words.follow.isdisjoint(name[1:]):
        return None
    if is_han(follows) and follows not in words.follow:
        return None
    return Name(name, "person", start)


def person_before(text: str, end: int, words: Vocabulary) -> Name | None:
    """The person whose name of three characters ends at an offset."""
    name = text[max(0, end - 3) : end]
    if len(name) < 3 or name[0] not in words.surnames or NO_HAN.search(name):
        return None
    return Name(name, "person", end - 3) if words.follow.isdisjoint(name[1:]) else None


def foreign(text: str, dot: int) -> Name | None:
    """The middle of the foreign name in which a dot stands, the first one if there are several."""
    middle = FOREIGN.match(text, max(0, dot - 2))
    first = not any(c in "·・" for c in text[max(0, dot - LONGEST_HEAD) : dot])
    return Name(middle[0], "person", dot - 2) if middle and first and dot > 1 else None


def place_before(text: str, end: int) -> Name | None:
    """The place whose name ends at an offset, where the larger one that it lies in stands before it."""
    place = PLACE.match(text[max(0, end - LONGEST_PLACE) : end])
    return Name(place[1], "place", end - len(place[1])) if place else None


def quoted(text: str, start: int) -> Name | None:
    """What stands in the quotation marks that open at an offset, where it is as short as a name."""
    end = text.find(CLOSING[text[start]], start + 1, start + LONGEST_QUOTED + 2)
    name = text[start + 1 : end]
    if end < start + 1 + SHORTEST_QUOTED or NO_HAN.search(name):
        return None
    return Name(name, "title", start + 1)


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one of the basic plane."""
    return "㐀" <= character <= "鿿"
