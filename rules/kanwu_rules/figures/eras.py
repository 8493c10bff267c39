"""Years that are not counted from ours on: those of eras, and those before our era."""

from __future__ import annotations

from functools import cache

from kanwu import read_table

BEFORE_CHRIST = ("公元前", "西元前", "纪元前", "紀元前", "前")


@cache
def eras() -> dict[str, tuple[int, bool]]:
    """The year before the first of each era, and whether its months are those of our calendar."""
    table = read_table(__file__, "eras.toml")
    return {
        name: (year, kind == "gregorian") for kind in table for name, year in table[kind].items()
    }


def era_before(text: str, start: int) -> str:
    """The name of the era that stands directly before an offset."""
    known = eras()
    for size in (2, 4):
        name = text[max(0, start - size) : start]
        if name in known:
            return name
    return ""


def before_christ(text: str, start: int) -> int:
    """The length of the word before a number that makes it one before our era; 0 if there is none."""
    for word in BEFORE_CHRIST if text[start - 1 : start] == "前" else ():
        if text.endswith(word, max(0, start - len(word)), start):
            return len(word)
    return 0
