"""Enumerations: numbered series, inside a paragraph or over many, and what announces them.

A marker counts where a clause, a sentence or a line begins, as its style asks. A marker with the number
one opens a series; any other one joins the innermost open series of its style that waits for it, which
keeps nested levels apart, and restarted numbering too.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.engine.triggers import written_forms
from kanwu_rules.broken_paragraphs.announcements import Announcement, announced_before
from kanwu_rules.broken_paragraphs.numerals import NUMERALS, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document

# Each begins with a class and not with a repeat or an assertion, so that the search leaps from one of
# its characters to the next.
HAN = f"(?P<number>[{NUMERALS}][{NUMERALS}]{{0,2}})"
DIGITS = "(?P<number>[0-9０-９](?<![0-9０-９.．].)[0-9０-９]?)"

# What may stand between the start of a line and a marker: indentation, Markdown, an opening quote.
INDENT = frozenset(" \t\u3000\xa0#>*-“「")
SENTENCE_ENDS = frozenset("。；;：:！!？?”」")
CLAUSE_ENDS = SENTENCE_ENDS | frozenset("，,—…）)")

DEEPEST_INDENT = 16
# Series that are open at one time in one style, and numbers that a gap may leave out.
DEEPEST = 8
WIDEST_GAP = 3
# Code points that a gap may span in running text: numbers farther apart belong to different lists.
FARTHEST = 4000

LINE = r"[\r\n] [\s#>*“「]{0,12}"
CHAPTER = Pattern(rf"{LINE} 第[{NUMERALS}百零〇0-9]{{1,7}}[章编編]")
ARTICLE = Pattern(
    rf"{LINE} (?: 第[{NUMERALS}百零〇0-9]{{1,7}}[条條章节節编編] | [{NUMERALS}]{{1,3}}、 )"
)
SECTION = Pattern(rf"{ARTICLE.source} | {LINE} [（(][{NUMERALS}]{{1,3}}[）)]")


class Style(NamedTuple):
    """One way of numbering."""

    pattern: Pattern
    openings: tuple[str, ...]
    """How a series may begin: where none of these stands, there is none."""
    spoken: bool = False
    """Whether it numbers clauses of running text (一是), rather than items and headings (（一）)."""
    above: Pattern = CHAPTER
    """What begins a line of a higher level, which ends a list of this one."""


def after(before: str, *markers: str) -> tuple[str, ...]:
    """Each marker after each of some characters: 1. alone would be half of all decimals."""
    return tuple(character + marker for character in before for marker in markers)


# A series that begins the document has no line's end before its 1. but one before its 2.
STYLES = {
    "第一": Style(
        Pattern(rf"第\s{{0,3}}{HAN}(?=\s{{0,3}}[，：:,是要則则]|、(?![{NUMERALS}]))"),
        ("第一，", "第一：", "第一:", "第一,", "第一是", "第一要", "第一、"),
        spoken=True,
    ),
    "其一": Style(
        Pattern(rf"其\s{{0,3}}{HAN}(?=\s{{0,3}}[，、：:,是])"),
        ("其一，", "其一、", "其一：", "其一:", "其一,", "其一是"),
        spoken=True,
    ),
    "一是": Style(Pattern(rf"{HAN}\s{{0,3}}是"), ("一是",), spoken=True),
    "一要": Style(Pattern(rf"{HAN}\s{{0,3}}要"), ("一要",), spoken=True),
    "（一）": Style(
        Pattern(rf"[（(]\s{{0,3}}{HAN}\s{{0,3}}[）)]"), ("（一）", "(一)"), above=ARTICLE
    ),
    "一、": Style(Pattern(rf"{HAN}、(?![{NUMERALS}])"), ("一、",)),
    "1.": Style(
        Pattern(rf"{DIGITS}[.．](?![0-9０-９])"),
        after("\n\u3000：:#>", "1.", "2.", "1．", "2．"),
        above=SECTION,
    ),
    "1、": Style(
        Pattern(rf"{DIGITS}、(?![0-9０-９])"), after("\n\u3000：:#>", "1、", "2、"), above=SECTION
    ),
    "1)": Style(
        Pattern(rf"{DIGITS}[)）]"), after("\n\u3000：:#>", "1)", "2)", "1）", "2）"), above=SECTION
    ),
    "(1)": Style(
        Pattern(r"[（(]\s{0,3}(?P<number>[0-9０-９]{1,2})\s{0,3}[）)]"),
        ("(1)", "（1）"),
        above=SECTION,
    ),
    "①": Style(Pattern("(?P<number>[①-⑳])"), ("①",), above=SECTION),
    "⑴": Style(Pattern("(?P<number>[⑴-⒇])"), ("⑴",), above=SECTION),
}


class Marker(NamedTuple):
    """The number of an item, where it stands."""

    start: int
    end: int
    number: int
    style: str
    leads: bool
    """Whether nothing but indentation stands before it on its line."""


class Enumeration(NamedTuple):
    """A series of markers in text order, at least the first one, and its announcement if it has one."""

    markers: Sequence[Marker]
    announcement: Announcement | None

    @property
    def spoken(self) -> bool:
        return STYLES[self.markers[0].style].spoken


class Enumerations:
    """The series of a document, found a style at a time."""

    __slots__ = ("document", "known")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: dict[str, Sequence[Enumeration]] = {}

    @classmethod
    def of(cls, document: Document) -> Enumerations:
        return cls(document)

    def of_style(self, name: str) -> Sequence[Enumeration]:
        """Every series in one of the `STYLES`, in the order of their first markers."""
        if name not in self.known:
            text = self.document.text
            markers = prose(self.document, markers_of(text, name, STYLES[name]))
            self.known[name] = [
                Enumeration(series, announced_before(text, series[0].start))
                for series in series_of(text, markers, STYLES[name])
            ]
        return self.known[name]


@lru_cache(maxsize=1)
def opened_by() -> Mapping[str, str]:
    """The style of each opening, in every form in which the scan finds it."""
    return {
        form: name
        for name, style in STYLES.items()
        for opening in style.openings
        for form in written_forms(opening)
    }


def prose(document: Document, markers: Iterator[Marker]) -> Iterator[Marker]:
    """Without the markers that stand in code."""
    if document.markup == "plain":
        return markers
    from kanwu.analysis.zones import Zones

    zones = document.get(Zones)
    return (marker for marker in markers if zones.is_prose(marker.start))


def markers_of(text: str, name: str, style: Style) -> Iterator[Marker]:
    """The markers of one style, where a marker may stand."""
    ends = CLAUSE_ENDS if style.spoken else SENTENCE_ENDS
    for match in style.pattern.finditer(text):
        start = match.start()
        before = start
        while before and start - before < DEEPEST_INDENT and text[before - 1] in INDENT:
            before -= 1
        leads = not before or text[before - 1] in "\r\n"
        if leads or (text[start - 1] in ends or text[before - 1] in ends):
            number = value(match["number"])
            if number:
                yield Marker(start, match.end(), number, name, leads)


class Growing:
    """A series that may still go on."""

    __slots__ = ("markers", "numbers", "top")

    def __init__(self, first: Marker) -> None:
        self.markers = [first]
        self.numbers = {first.number}
        self.top = first.number

    def add(self, marker: Marker) -> None:
        self.markers.append(marker)
        self.numbers.add(marker.number)
        self.top = max(self.top, marker.number)

    def may_take(self, marker: Marker) -> bool:
        """Whether a marker that is not the next one may be of this series.

        It may leave out a few numbers, or bring one that was left out.
        """
        if STYLES[marker.style].spoken and marker.start - self.markers[-1].end > FARTHEST:
            return False
        if marker.number < self.top:
            return marker.number not in self.numbers
        return 1 < marker.number - self.top <= WIDEST_GAP + 1


class Parts:
    """Where the parts of a text begin that end a list of some style."""

    def __init__(self, text: str, style: Style) -> None:
        self.text = text
        self.style = style

    @cached_property
    def starts(self) -> Sequence[int]:
        return [match.start() for match in self.style.above.finditer(self.text)]

    def divide(self, series: Growing, marker: Marker) -> bool:
        """Whether a new part begins between a series and a marker."""
        if self.style.spoken:
            return False
        index = bisect_left(self.starts, series.markers[-1].end)
        return index < len(self.starts) and self.starts[index] < marker.start


def series_of(text: str, markers: Iterable[Marker], style: Style) -> Iterator[Sequence[Marker]]:
    """The series that the markers of one style make up."""
    parts = Parts(text, style)
    every: list[Growing] = []
    opened: list[Growing] = []
    for marker in markers:
        if marker.number == 1:
            every.append(Growing(marker))
            opened.append(every[-1])
            del opened[:-DEEPEST]
        elif opened and opened[-1].top + 1 == marker.number:
            opened[-1].add(marker)  # most of them; the general case comes to the same
        elif opened:
            depth = depth_of(opened, marker, parts)
            if depth is not None:
                opened[depth].add(marker)
                del opened[depth + 1 :]
    return (series.markers for series in every)


def depth_of(opened: Sequence[Growing], marker: Marker, parts: Parts) -> int | None:
    """The index of the open series that a marker belongs to."""
    innermost = len(opened) - 1
    for depth in range(innermost, -1, -1):
        if opened[depth].top + 1 == marker.number:
            if depth == innermost or not parts.divide(opened[depth], marker):
                return depth
            break
    if opened[-1].may_take(marker) and not parts.divide(opened[-1], marker):
        return innermost
    return None
