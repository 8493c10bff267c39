"""Romanised names: how pinyin writes a Chinese name in English text, and what is only a part of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, Span
from kanwu_rules.figures.pinyin import syllables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Xu Zongben, XU Zong-ben, Xu Zong Ben; a name may be joined with hyphens and apostrophes.
WORD = Pattern(r"(?<![A-Za-z])[A-Z][A-Za-z]{0,11}(?:[-'’][A-Za-z]{1,6})?(?![A-Za-z])")
MARKS = str.maketrans("", "", "-'’ ")
LONGEST = 3


class Rendering(NamedTuple):
    """A name in English text: the surname, and what stands for the given name."""

    span: Span
    given: str
    """In lower case, its words joined."""


class Romanised:
    """A Chinese name as pinyin writes it."""

    def __init__(self, name: str, size: int = 1) -> None:
        readings = [frozenset(spelled(syllable)) for syllable in syllables(name)]
        sounds = [frozenset(form for forms in one for form in forms) for one in readings]
        self.surname = joined(sounds[:size])
        self.given = joined(sounds[size:])
        self.parts = (
            {part for at in range(size + 1, len(name)) for part in joined(sounds[size:at])}
            | {part for at in range(size + 1, len(name)) for part in joined(sounds[at:])}
        ) - self.given


def spelled(readings: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Each reading in the ways in which passports and newspapers write it: lü is lu, lv and lyu."""
    for reading in readings:
        if "ü" in reading:
            yield tuple(reading.replace("ü", form) for form in ("u", "v", "yu", "ue"))
        else:
            yield (reading,)


def joined(sounds: Sequence[frozenset[str]]) -> set[str]:
    """Syllables written as one word, in every reading."""
    return {"".join(word) for word in product(*sounds)}


def renderings(text: str, spans: Sequence[Span], surnames: set[str]) -> Iterator[Rendering]:
    """Where a surname stands beside other words with capital letters, the longest of them first."""
    for start, end in spans:
        words = list(WORD.finditer(text, start, end))
        for at, word in enumerate(words):
            if word[0].lower() not in surnames:
                continue
            for reach in range(LONGEST, 0, -1):
                following = words[at : at + reach + 1]
                if len(following) == reach + 1 and adjoin(text, following):
                    given = "".join(part[0] for part in following[1:])
                    yield Rendering(Span(word.start(), following[-1].end()), plain(given))
                before = words[max(0, at - reach) : at + 1]
                if len(before) == reach + 1 and adjoin(text, before):
                    given = "".join(part[0] for part in before[:-1])
                    yield Rendering(Span(before[0].start(), word.end()), plain(given))


def adjoin(text: str, words: Sequence[object]) -> bool:
    """Whether only one blank stands between each two words."""
    ends = [word.end() for word in words[:-1]]  # type: ignore[attr-defined]
    starts = [word.start() for word in words[1:]]  # type: ignore[attr-defined]
    return all(text[end:start] == " " for end, start in zip(ends, starts, strict=True))


def plain(word: str) -> str:
    """A word in lower case, without hyphens and apostrophes."""
    return word.translate(MARKS).lower()


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words differ in one letter, changed, left out or put in."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return (
        one[at + 1 :] == other[at + 1 :]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at:]
    )
