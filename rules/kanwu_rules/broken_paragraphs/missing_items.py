"""Missing items: what an enumeration lacks, as far as its text shows it beyond doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Pattern
from kanwu_rules.broken_paragraphs.enumerations import CLAUSE_ENDS, STYLES
from kanwu_rules.broken_paragraphs.numerals import NUMERALS, value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kanwu_rules.broken_paragraphs.enumerations import Enumeration

# Code points after the last marker in which other items may follow in another guise.
AFTERMATH = 1000
# Items and headings that skip a number right after the first one are often an excerpt.
ENOUGH = 2

# The last item of a list is often introduced without a number.
CONTINUED = Pattern(
    "最后|最後|此外|另外|还有|還有|同时|同時|再次|再者|再就是|其次|末了|还要|還要|还应|還應|另一|另有|以及|并且|一是|一[为為]"
)
# A list may say itself that it was shortened.
SHORTENED = Pattern(r"…|\.\.\.|等等|[（(]略|略[）)。]|节选|節選|摘要")
# Any number where a clause begins that is not plainly the number of something else.
ORDINAL = Pattern(
    rf"""
    (?: (?P<line> \n [\s#>*“「-]{{0,12}} ) | [{"".join(sorted(CLAUSE_ENDS))}、\s] )
    [第其另（(]? \s? (?P<number> [{NUMERALS}]{{1,3}} | [0-9０-９]{{1,2}} (?![0-9０-９.%％]) )
    (?! [届屆天次年章节節条條季期批代名位级級月日时時分号號个個名人方者点點项項种種类類大件句步等十百千万萬亿億] )
    """
)
# One at the end of a line waits for an item, and separates none.
SEMICOLON = Pattern(r"[；;](?!\s|\Z)")
BLANK = " \t\r\n\u3000\xa0"


class Lack(NamedTuple):
    """What is wrong with an enumeration."""

    kind: Literal["short", "gap", "jumbled", "open"]
    before: int
    """The index of the marker after which something is missing, or out of order."""
    missing: Sequence[int] = ()


def lack_of(text: str, enumeration: Enumeration) -> Lack | None:
    """What an enumeration lacks; None where it is whole, or may be."""
    return (
        lost_inside(text, enumeration)
        or lost_at_the_end(text, enumeration)
        or left_open(text, enumeration)
    )


def lost_inside(text: str, enumeration: Enumeration) -> Lack | None:
    """Numbers that the series skips, or brings too late."""
    markers = enumeration.markers
    numbers = [marker.number for marker in markers]
    if numbers == list(range(1, len(numbers) + 1)):
        return None
    before = next(i for i, number in enumerate(numbers) if numbers[i + 1] != number + 1)
    if not enumeration.spoken and not all(marker.leads for marker in markers):
        return None
    absent = set(range(1, max(numbers))) - set(numbers)
    if not absent:
        return Lack("jumbled", before)
    here, there = markers[before].end, markers[-1].start
    if not enumeration.spoken and not enumeration.announcement and before + 1 < ENOUGH:
        return None
    if told(absent, text, here, there, there if enumeration.spoken else here):
        return None
    return Lack("gap", before, sorted(absent))


def lost_at_the_end(text: str, enumeration: Enumeration) -> Lack | None:
    """Numbers that were announced and do not come."""
    announcement, markers = enumeration.announcement, enumeration.markers
    top = max(marker.number for marker in markers)
    if announcement is None or announcement.items <= top:
        return None
    missing = range(top + 1, announcement.items + 1)
    first, last = markers[0].end, markers[-1].end
    end = end_of_line(text, last)
    if SHORTENED.search(text, last, end) or (
        len(missing) == 1 and CONTINUED.search(text, last, end)
    ):
        return None
    # What follows when the same numbering begins anew belongs to another list.
    anew = text.find(text[markers[0].start : first], last, last + AFTERMATH)
    if told(missing, text, last, anew if anew >= 0 else last + AFTERMATH, end):
        return None
    stop = text.find("。", first, end)
    told_apart = SEMICOLON.finditer(text, first, end if stop < 0 else stop)
    if sum(1 for _ in told_apart) + 1 >= announcement.items:
        return None
    return Lack("short", len(markers) - 1, missing)


def left_open(text: str, enumeration: Enumeration) -> Lack | None:
    """A last item that ends in a semicolon, with the end of the text or a new part after it."""
    markers = enumeration.markers
    last = markers[-1]
    if enumeration.spoken or len(markers) < ENOUGH or not all(marker.leads for marker in markers):
        return None
    end = end_of_line(text, last.end)
    if not text[max(last.end, end - 4) : end].rstrip(BLANK).endswith(("；", ";")):
        return None
    if (
        not text[max(0, last.start - 16) : last.start]
        .rstrip(BLANK + "“「#>*")
        .endswith(("；", ";"))
    ):
        return None
    following = end
    while following < len(text) and text[following] in BLANK:
        following += 1
    if following < len(text) and not STYLES[last.style].above.match(text, following - 1):
        return None
    return Lack("open", len(markers) - 1)


def end_of_line(text: str, offset: int) -> int:
    """Where the line of an offset ends, or what is looked at of it."""
    limit = min(len(text), offset + AFTERMATH)
    end = text.find("\n", offset, limit)
    return limit if end < 0 else end


def told(numbers: Collection[int], text: str, start: int, end: int, paragraph: int) -> bool:
    """Whether an item with one of these numbers may have another kind of marker.

    Such a one is looked for anywhere up to the end of the `paragraph`, and at the starts of lines
    after it.
    """
    return any(
        value(match["number"]) in numbers and (match.start() < paragraph or match["line"])
        for match in ORDINAL.finditer(text, start, end)
    )
