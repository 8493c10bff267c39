"""Announcements: the words that say how many items a list has."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kanwu import Pattern, read_table
from kanwu_rules.broken_paragraphs.numerals import NUMERALS, value

# Code points before the first marker in which its announcement is looked for.
REACH = 80
# How much may stand between an announcement and the first marker: 三点要求。他强调，一要……
INTERLUDE = 20

# A number that is part of a longer one, of an ordinal or a range, or that speaks of some items only.
PART = rf"[第数數几幾十百千万萬亿億零〇两兩{NUMERALS}0-9０-９.．、~～\-—/至到前后後余餘其另]"
HEAD = rf"""
    (?P<count> [两兩{NUMERALS[1:]}2-9] (?<! {PART} . ) | (?: 十[{NUMERALS[:-1]}] | 1[0-9] ) (?<! {PART} .. ) )
    \s?
    (?P<classifier> (?: 大 | 个 | 個 )? (?: 方面 | [点點条條项項类類种種件句步] ) | [个個大] )
"""
CLASSIFIERS = frozenset("大个個方点點条條项項类類种種件句步")
ANOTHER = Pattern(HEAD)
ANNOUNCEMENT = Pattern(
    rf"""
    {HEAD} (?P<announced> [^。；！？!?;：:，,\n]{{0,30}}? )
    (?=
      (?: [，,] | [：:。；—]{{1,2}} [^。；！？!?;：:，,\n{NUMERALS}0-9①⑴]{{0,{INTERLUDE}}} [：:，,]? )
      \s{{0,12}} [#>*“「（(\-]{{0,4}} \s? \Z
    )
    """
)


class Announcement(NamedTuple):
    """The words that say how many items follow: 三点要求."""

    start: int
    end: int
    items: int
    """How many are announced."""


@lru_cache(maxsize=1)
def words() -> tuple[frozenset[str], frozenset[str]]:
    """Classifiers after which the noun may be left out, and the nouns of what is announced."""
    table = read_table(__file__, "announcements.toml")
    return frozenset(table["complete"].split()), frozenset(table["nouns"].split())


def announced_before(text: str, first: int) -> Announcement | None:
    """What announces a series, given the offset of its first marker."""
    window = text[max(0, first - REACH) : first]
    if CLASSIFIERS.isdisjoint(window):
        return None
    found = list(ANNOUNCEMENT.finditer(window))
    if not found:
        return None
    nearest = found[-1]
    announced = nearest["announced"]
    complete, nouns = words()
    if announced or nearest["classifier"] not in complete:
        if not any(noun in nearest["classifier"] + announced for noun in nouns):
            return None
        # 三个方面的八项任务: either number may be meant.
        if ANOTHER.search(announced):
            return None
    start, end = (first - len(window) + offset for offset in nearest.span())
    return Announcement(start, end, 2 if nearest["count"] in "两兩" else value(nearest["count"]))


def announced_at_end(text: str) -> Announcement | None:
    """An announcement with a colon that ends the text."""
    end = len(text)
    while end and text[end - 1] in " \t\r\n\u3000":
        end -= 1
    return announced_before(text, end) if end and text[end - 1] in "：:" else None
