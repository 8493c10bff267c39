"""Wrapped lines: where a text was set at a fixed width, and which line ends are only wraps.

A wrap happens where the next piece of text has no room left on the line: a character with the
punctuation that must follow it, or a Latin word. Each line end that ends no sentence therefore says
between which bounds the width of the page lies. A region is wrapped where many of them in a row agree on
one width that nothing exceeds, and where the lines read as prose that runs on over their ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.line_words import is_han
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import WIDE_LETTER
from kanwu_rules.broken_paragraphs.continuation import continuation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kanwu import Document

# Cells, of which a Han character takes two. Narrower columns cannot be told from lists.
NARROWEST = 24
WIDEST = 160
# Below it a few lines of one width may be chance.
NARROW = 32
# A mark may hang over the edge of the page, and letters are seldom exactly half as wide as Han.
OVER = 3
UNDER = 1
# Indentation of a first line that got lost, in cells.
LOST_INDENT = 4
# The shortest and longest lines that are looked at, in code points.
LEAST_CODE_POINTS = 11
LONGEST = WIDEST + 20

LEAST_WRAPS = 3
LEAST_WRAPS_IN_NARROW = 5
LEAST_WRAPS_WITH_BLANKS = 5
# Of the full lines, how many run on, with a word or number at their end; verse and lists stop.
RUNNING_ON = 0.55
# Of the lines that run on, how many have punctuation inside, as prose does and headlines do not.
PUNCTUATED = 0.5
LEAST_PUNCTUATED = 2
# Lines, blank ones too, from one such line to the next.
NEAR = 12
# In regions of no more wraps half of the line ends must have higher log odds that the text reads on there,
# by so many code points beside each. Nearly every list of headlines fails that, few wrapped paragraphs do.
FEW_WRAPS = 8
LEAST_READING = -1.0
BESIDE = 12
# Lines that stop short in the middle of a sentence: headings, and signs of another kind of text.
MOST_SHORT = 2
WRAPS_FOR_EACH_SHORT = 4
# Rows without a wrap that end a region: a page of one-line dialogue has fewer.
PATIENCE = 40
# A last line is as wide as the page in one paragraph of twenty or thirty.
SHORT_FOR_EACH_FULL = 2

FINAL = frozenset("。！？!?…．；;：:.")
CLOSERS = "”’」』》〉）)】〕］]\"'"
NO_WRAP = FINAL.union(CLOSERS, "，,、")
INDENT = Pattern(r"[\ \u3000\xa0\t\f\v]*+")
UNIT = Pattern(
    r"[“‘（《「『【〈〔(\[]{0,3} (?: [!-~\xc0-\u024f]{1,60} | [—…]{1,2} | . )"
    r"[，。、；：！？”’）》」』】〉〕…—％]{0,4}"
)
"""What cannot be parted at the beginning of a line."""
ITEM = Pattern(
    r"""
    [•●■◆◇○▪·☆★※–—-] [\ \u3000\t]
    | [（(\[【] (?: [0-9０-９]{1,3} | [一二三四五六七八九十百]{1,4} | [a-zA-Z] ) [）)\]】]
    | (?: [0-9０-９]{1,3} | [一二三四五六七八九十百]{1,4} | [a-zA-Z] ) (?: [、．）)] | \. (?! [0-9] ) ) (?! [0-9] )
    | [①-⑳⑴-⒇]
    | 第 [0-9一二三四五六七八九十百千零〇]{1,6} [条章节節條编編回卷] [\ \u3000之]
    """
)
"""The mark of an entry of a list or of an article of a statute."""
UNLIKE_PROSE = Pattern(
    r"""
    \A (?: [>＞|│┃] | [#*=+]{1,6} (?: [\ #*=+] | \Z ) | // | --? (?: \s | \Z ) )
    | \t | [^\s] [\ \u3000]{3,} [^\s] | [|│┃] .{0,160} [|│┃]
    | [\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]
    """
)
"""E-mail quoting, marks of Markdown and of code, cells of tables; Korean parts its lines otherwise."""
INNER = Pattern(
    rf"[，。；！？、：] | [,;:] (?= {WIDE_LETTER} ) | [A-Za-z0-9,;:.]\ [A-Za-z0-9] .{{0,160}}? \ [a-z]"
)
SENTENCE = Pattern(r"[。！？] | [.!?] (?: \s | \Z )")


class Row(NamedTuple):
    """A line that is not blank."""

    line: int
    """Its index, from 0."""
    text: str
    """Without the white space around it."""
    gap: int
    """Blank lines before it."""
    indent: int
    """In cells, as all that follows."""
    width: int
    """From the edge of the page to the end of the text."""
    unit: int
    """The width of what cannot be parted at its beginning."""

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does, or before a list."""
        return self.text.rstrip(CLOSERS)[-1:] in FINAL

    @property
    def item(self) -> bool:
        """Whether it begins as an entry of a list."""
        return ITEM.match(self.text) is not None


class Region(NamedTuple):
    """Lines that were wrapped at one width."""

    first: int
    """The index of its first line, from 0."""
    last: int
    """The index of its last line."""
    width: int
    """Of its widest line that runs on, in cells."""
    wraps: tuple[int, ...]
    """The indices of the lines whose end is only a wrap, in order."""
    blanks: int
    """Blank lines between a line and the one it runs on into."""


class WrappedLines:
    """The wrapped regions of a document, in order; Markdown has none, for its paragraphs may be wrapped."""

    __slots__ = ("_wraps", "regions")

    def __init__(self, regions: Iterable[Region] = ()) -> None:
        self.regions = tuple(regions)
        self._wraps = frozenset(line for region in self.regions for line in region.wraps)

    @classmethod
    def of(cls, document: Document) -> WrappedLines:
        if document.markup == "markdown" or not may_be_wrapped(document):
            return NONE
        return cls(sorted(wrapped_regions(document.get(Lines))))

    def is_wrap(self, line: int) -> bool:
        """Whether the end of the line with this index, from 0, is only a wrap.

        The paragraph then goes on in the next line that is not blank.
        """
        return line in self._wraps


NONE = WrappedLines()


def may_be_wrapped(document: Document) -> bool:
    """A quick look that most documents do not pass: a few lines of prose stop without an end."""
    text = document.text
    lines = document.get(Lines)
    if len(lines) <= LEAST_WRAPS:
        return False
    seen = last = 0
    for index, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        size = end - start
        if size > LONGEST:
            seen = 0
        elif (
            size > LEAST_CODE_POINTS
            and text[end - 1] not in NO_WRAP
            and INNER.search(text, start, end)
        ):
            seen = seen + 1 if index - last <= NEAR else 1
            last = index
            if seen == LEAST_PUNCTUATED:
                return True
    return False


def wrapped_regions(lines: Lines) -> Iterator[Region]:
    """The regions of all stretches of lines that are no wider than a page."""
    for stretch in stretches(lines):
        # Some programs count characters, whatever their width.
        ways = [list(regions_of(stretch, measure)) for measure in (cells, twice)]
        yield from max(ways, key=lambda regions: sum(len(region.wraps) for region in regions))


def stretches(lines: Lines) -> Iterator[list[tuple[int, int, str, str]]]:
    """Runs of lines that may be wrapped prose: index, blank lines before, indentation, text."""
    found: list[tuple[int, int, str, str]] = []
    gap = silent = 0
    stopped = 0
    for index, line in enumerate(lines):
        text = line.strip()
        if not text:
            gap += 1
            continue
        apart = len(text) > LONGEST or UNLIKE_PROSE.search(text) is not None
        if apart or silent > PATIENCE:
            if stopped >= LEAST_PUNCTUATED:
                yield found
            found, gap, silent, stopped = [], 0, 0, 0
            if apart:
                continue
        if text[-1] not in NO_WRAP and INNER.search(text):
            stopped += 1
            silent = 0
        else:
            silent += 1
        indent = INDENT.match(line)
        found.append((index, gap, indent[0] if indent else "", text))
        gap = 0
    if stopped >= LEAST_PUNCTUATED:
        yield found


def cells(text: str) -> int:
    """The width of a text in cells: one for ASCII, two for what takes three bytes in UTF-8."""
    size = len(text)
    return size if text.isascii() else (size + len(text.encode("utf-8", "surrogatepass"))) // 2


def twice(text: str) -> int:
    """The width of a text where all characters count alike."""
    return 2 * len(text)


def regions_of(
    stretch: Sequence[tuple[int, int, str, str]], measure: Callable[[str], int]
) -> Iterator[Region]:
    """The regions of a stretch, its lines measured in one way."""
    rows = []
    for line, gap, indent, text in stretch:
        left = measure(indent.replace("\t", "    "))
        unit = UNIT.match(text)
        rows.append(
            Row(line, text, gap, left, left + measure(text), measure(unit[0]) if unit else 2)
        )
    taken: set[int] = set()
    for blanks in (0, 1):
        at = floor = 0
        while at < len(rows) - LEAST_WRAPS:
            if rows[at].line in taken or not runs_on(rows[at], rows[at + 1], blanks):
                at += 1
                continue
            walk = Walk(rows, at, blanks, floor)
            if walk.is_wrapped:
                region = walk.region()
                taken.update(range(region.first, region.last + 1))
                yield region
                while rows[at].line < region.last:
                    at += 1
                floor = at + 1
            else:
                # Rows that agreed on a width and are no prose are not asked again one by one.
                at = walk.wraps[-1] + 1 if len(walk.wraps) > LEAST_WRAPS else at + 1


def runs_on(row: Row, following: Row, blanks: int) -> bool:
    """Whether a line seems to go on in the next one, for all that its width has to say."""
    if following.gap != blanks or row.width < NARROWEST or row.ended:
        return False
    return not following.item and (following.indent <= row.indent or row.item)


class Walk:
    """The rows from one that runs on to the last one that agrees with it on the width of the page."""

    def __init__(self, rows: Sequence[Row], first: int, blanks: int, floor: int) -> None:
        self.rows = rows
        self.blanks = blanks
        self.first = first
        self.floor = floor
        """The first position that belongs to no region before."""
        self.base = rows[first + 1].indent
        """The indentation of lines that begin no paragraph."""
        self.wraps: list[int] = []
        """The positions of rows that run on."""
        self.open: list[int] = []
        """The positions of rows that end with a sentence and are as wide as the page."""
        self.short = 0
        self.low, self.high = 0, WIDEST + OVER
        """The bounds of the width of the page."""
        self.follow()

    def follow(self) -> None:
        """Go on as long as the rows agree."""
        begins = True
        for at in range(self.first, len(self.rows) - 1):
            row, following = self.rows[at], self.rows[at + 1]
            if row.width - OVER > self.high or self.is_over(at):
                return
            near = following.gap == self.blanks
            ended = row.ended
            if ended or not near or self.is_marked(at):
                if near and ended:
                    self.open.append(at)
                begins = not (near and self.fills(row, following))
                continue
            lost = LOST_INDENT if begins and not row.indent else 0
            high = row.width + following.unit + UNDER + lost
            if high < self.low:
                self.short += 1
                begins = True
                continue
            self.low, self.high = max(self.low, row.width - OVER), min(self.high, high)
            self.wraps.append(at)
            begins = False

    def is_over(self, at: int) -> bool:
        """Whether the rows have been silent for too long, or speak against a fixed width."""
        last = self.wraps[-1] if self.wraps else self.first
        return (
            at - last > PATIENCE
            or self.short > MOST_SHORT + len(self.wraps) // WRAPS_FOR_EACH_SHORT
        )

    def fills(self, row: Row, following: Row) -> bool:
        """Whether the next piece of text would have had no room on a row."""
        return row.width + following.unit + UNDER >= self.low

    @property
    def is_wrapped(self) -> bool:
        """Whether there is enough evidence, and the rows read as prose."""
        least = LEAST_WRAPS_WITH_BLANKS if self.blanks else LEAST_WRAPS
        if self.low < NARROW:
            least = max(least, LEAST_WRAPS_IN_NARROW)
        if len(self.wraps) < least:
            return False
        rows, last = self.rows, self.wraps[-1]
        telling = [at for at in self.wraps if is_inside(rows[at], rows[at + 1])]
        stops = sum(at < last and self.fills(rows[at], rows[at + 1]) for at in self.open)
        if len(telling) < RUNNING_ON * (len(self.wraps) + stops) or len(telling) < least - 1:
            return False
        punctuated = sum(INNER.search(rows[at].text) is not None for at in telling)
        return (
            punctuated >= max(LEAST_PUNCTUATED, PUNCTUATED * len(telling))
            and any(SENTENCE.search(rows[at].text) for at in range(self.first, last + 2))
            and self.reads_on(telling)
        )

    def reads_on(self, telling: Sequence[int]) -> bool:
        """Whether the text goes on over line ends between Han; headlines of one width do not."""
        if len(self.wraps) > FEW_WRAPS:
            return True
        # Slow to load, and only few documents come so far.
        from statistics import median

        gaps = ((self.rows[at].text[-BESIDE:], self.rows[at + 1].text[:BESIDE]) for at in telling)
        odds = [
            continuation().joins(tail, head)
            for tail, head in gaps
            if is_han(tail[-1:]) and is_han(head[:1])
        ]
        return not odds or median(odds) > LEAST_READING

    def region(self) -> Region:
        """The region that was found; sentences that end with their line may go on too."""
        rows, last = self.rows, self.wraps[-1]
        width = max(rows[at].width for at in self.wraps)
        wraps = set(self.wraps)
        full = {at for at in self.open if self.is_full(at, width) and not self.is_marked(at)}
        first = self.first
        if self.joins_full(full):
            wraps.update(at for at in full if at <= last + 1)
            last = max(last, *wraps)
            while first > self.floor and self.leads_in(first - 1, width):
                first -= 1
                wraps.add(first)
        return Region(
            rows[first].line,
            rows[last + 1].line,
            width,
            tuple(rows[at].line for at in sorted(wraps)),
            self.blanks,
        )

    def leads_in(self, at: int, width: int) -> bool:
        """Whether a row before the first one that runs on is full, and the same paragraph."""
        row, following = self.rows[at], self.rows[at + 1]
        return (
            following.gap == self.blanks
            and row.ended
            and row.width <= width + OVER
            and self.is_full(at, width)
            and not self.is_marked(at)
        )

    def is_full(self, at: int, width: int) -> bool:
        """Whether the next piece of text would have had no room on a row that ends with a sentence."""
        return self.rows[at].width + self.rows[at + 1].unit > width - UNDER

    def is_marked(self, at: int) -> bool:
        """Whether what follows a row is marked as another paragraph or entry."""
        row, following = self.rows[at], self.rows[at + 1]
        return following.item or (
            following.indent > self.base and not (row.item and row.indent < following.indent)
        )

    def joins_full(self, full: set[int]) -> bool:
        """Whether rows that are full and end with a sentence go on, where nothing marks the next one.

        They do where paragraphs are marked. Where they are not, a last line is seldom full by chance,
        so that many full rows among few short ones go on.
        """
        rows = self.rows
        marked = int(rows[self.first].indent > self.base)
        unmarked = 0
        for at in range(self.first, self.wraps[-1] + 1):
            following = rows[at + 1]
            if following.gap > self.blanks or following.indent > self.base:
                marked += 1
            elif rows[at].ended and at not in full:
                unmarked += 1
        return unmarked <= marked // 4 or unmarked < SHORT_FOR_EACH_FULL * len(full)


def is_inside(row: Row, following: Row) -> bool:
    """Whether a line surely ends inside a sentence: with a word that the next line goes on from."""
    last, first = row.text[-1], following.text[0]
    if first in "，。、；：！？”’）》」』】,.;:!?)%":
        return True
    if not (last.isalnum() or last == "-"):
        return False
    # Lines of English verse, and names in lists, begin with a capital letter.
    return not (first.isascii() and first.isupper() and last.isascii())
