"""Names: of organisations, persons and products, where the words around them say that they are."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import Pattern, read_words
from kanwu.analysis.line_words import line_words
from kanwu.analysis.patterns import WIDE_LETTER, trie_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kanwu import Span

    Reader = Callable[[str, int, int, "Vocabulary"], "Name | None"]

LONGEST_HEAD = 8
"""Of what stands before 有限公司 so much tells one organisation from another."""
SHORTEST_HEAD = 2
LONGEST_QUOTED = 16
SHORTEST_QUOTED = 4
CLOSING = {"“": "”", "《": "》", "「": "」", "『": "』"}
NO_HAN = Pattern(r"[\W\d_A-Za-z]")
# Where a foreign name begins and ends nothing tells, so that it is known by what stands at its first dot.
FOREIGN = Pattern(rf"{WIDE_LETTER}{{2}}[·・]{WIDE_LETTER}{{2}}")
# 丰台区永定河: 区 and 河 tell where the name begins and ends.
LONGEST_PLACE = 7
LARGER = frozenset("省市县縣区區镇鎮乡鄉州旗盟")
KINDS_OF_PLACES = "村县縣镇鎮港河江湖山"
DOTS = frozenset("·・")
PLACE = Pattern(rf".*?[省市县區区镇鎮乡鄉州旗盟]({WIDE_LETTER}{{2,4}}[村县縣镇鎮港河江湖山])$")


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
        self.boundary = Pattern(f".*(?:{trie_pattern(data['organisations']['boundaries'])})")
        self.follow = frozenset(data["persons"]["follow"])
        self.surnames = line_words().surnames
        self.distinct = frozenset(
            one + other for known in data["distinct"]["sets"] for one in known for other in known
        )
        self.shapes = {c: known[0] for known in data["look_alikes"]["sets"] for c in known}
        self.readers: defaultdict[str, tuple[Reader, ...]] = defaultdict(tuple)
        """What reads the names at a word or mark."""
        reading: tuple[tuple[Reader, Iterable[str]], ...] = (
            (organisation_before, data["organisations"]["suffixes"]),
            (person_behind, data["persons"]["before"]),
            (person_before, data["persons"]["after"]),
            (quoted, CLOSING),
            (foreign, DOTS),
            (place_before, KINDS_OF_PLACES),
        )
        for reader, known in reading:
            for word in known:
                self.readers[word] += (reader,)


@cache
def vocabulary() -> Vocabulary:
    """The word lists, read at the first call."""
    return Vocabulary(read_words(__file__, "names.toml"))


def names(text: str, places: Sequence[Span]) -> Iterator[Name]:
    """The names beside some words of a text, or in its quotation marks; one may come twice."""
    words = vocabulary()
    readers = words.readers
    for start, end in places:
        for reader in readers.get(text[start:end], ()):
            name = reader(text, start, end, words)
            if name is not None:
                yield name


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


def person_behind(text: str, start: int, end: int, words: Vocabulary) -> Name | None:  # noqa: ARG001
    """The person whose name of three characters begins where a title ends."""
    if text[end : end + 1] not in words.surnames:
        return None
    name = text[end : end + 3]
    follows = text[end + 3 : end + 4]
    if len(name) < 3 or NO_HAN.search(name) or not words.follow.isdisjoint(name[1:]):
        return None
    if is_han(follows) and follows not in words.follow:
        return None
    return Name(name, "person", end)


def person_before(text: str, start: int, end: int, words: Vocabulary) -> Name | None:  # noqa: ARG001
    """The person whose name of three characters ends where a title begins."""
    name = text[max(0, start - 3) : start]
    if len(name) < 3 or name[0] not in words.surnames or NO_HAN.search(name):
        return None
    return Name(name, "person", start - 3) if words.follow.isdisjoint(name[1:]) else None


def foreign(text: str, start: int, end: int, words: Vocabulary) -> Name | None:  # noqa: ARG001
    """The middle of the foreign name in which a dot stands, the first one if there are several."""
    middle = FOREIGN.match(text, max(0, start - 2))
    first = DOTS.isdisjoint(text[max(0, start - LONGEST_HEAD) : start])
    return Name(middle[0], "person", start - 2) if middle and first and start > 1 else None


def place_before(text: str, start: int, end: int, words: Vocabulary) -> Name | None:  # noqa: ARG001
    """The place whose name ends at an offset, where the larger one that it lies in stands before it."""
    if LARGER.isdisjoint(text[max(0, end - LONGEST_PLACE) : max(0, end - 3)]):
        return None
    place = PLACE.match(text, max(0, end - LONGEST_PLACE), end)
    return Name(place[1], "place", end - len(place[1])) if place else None


def quoted(text: str, start: int, end: int, words: Vocabulary) -> Name | None:  # noqa: ARG001
    """What stands in the quotation marks that open at an offset, where it is as short as a name."""
    closing = text.find(CLOSING[text[start]], end, end + LONGEST_QUOTED + 1)
    if closing < end + SHORTEST_QUOTED:
        return None
    name = text[end:closing]
    return None if NO_HAN.search(name) else Name(name, "title", end)


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one of the basic plane."""
    return "㐀" <= character <= "鿿"
