"""What a page prints small beside or above the words, and what stands in the line when its marks are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
BOPOMOFO = "ㄅㄩ"
"""The first and the last sign."""
LEAST_IN_A_ROW = 3
LONGEST_ROW = 200
LEAST_READINGS = 8
"""Whoever explains a rare word gives a reading or four; ruby text has one on every character."""
LEAST_NUMBERS = 3
READ_CHARACTERS = Pattern(
    rf"""
    (?: [㐀-鿿〇] (?: [(（]? [a-zü{TONED}]{{1,7}} [)）]? | [(（]? ˙? [{BOPOMOFO[0]}-{BOPOMOFO[1]}]{{1,3}} [ˊˇˋ˙]? [)）]? )
    [ ]? ){{{LEAST_IN_A_ROW},{LONGEST_ROW}}}
    """
)
READING = Pattern(rf"[(（]? (?: [a-zü{TONED}]+ | [˙{BOPOMOFO[0]}-{BOPOMOFO[1]}ˊˇˋ]+ ) [)）]?")
NUMBERED_WORD = Pattern(
    r"""
    (?<![A-Za-z0-9_./@#=-]) (?P<word> [A-Za-z][a-z]{2,19} ) (?P<number> [1-9][0-9]? )
    (?= [ ,.;:?!)”’"] (?![A-Za-z0-9]) | \Z | \n | [ ][A-Za-z(“‘] )
    """
)


def readings(text: str) -> list[Span]:
    """Readings that stand behind one character after the other, where there are many."""
    found = []
    for row in READ_CHARACTERS.finditer(text):
        signs = row[0]
        if any(sign in TONED or BOPOMOFO[0] <= sign <= BOPOMOFO[1] for sign in signs):
            found += [Span(*m.span()) for m in READING.finditer(text, row.start(), row.end())]
    return found if len(found) >= LEAST_READINGS else []


def numbers(text: str, first: int) -> list[Span]:
    """Numbers glued to English words, counting up from 1, as a list of vocabulary or notes gives them.

    `first` is where the 1 may stand at the earliest. Words that differ in nothing but their number
    (table1, table2) and those that a text repeats with the same number are names.
    """
    found: list[Span] = []
    words: set[str] = set()
    for match in NUMBERED_WORD.finditer(text, max(0, first - 20)):
        word, number = match["word"].lower(), int(match["number"])
        if word in words:
            return []
        if number == len(found) + 1:
            words.add(word)
            found.append(Span(*match.span("number")))
    return found if len(found) >= LEAST_NUMBERS else []


def first_of(places: Sequence[Span], text: str) -> int | None:
    """Where the first 1 that is glued to a letter stands, if one does."""
    return next((end - 2 for start, end in places if text[end - 2] == "1"), None)
