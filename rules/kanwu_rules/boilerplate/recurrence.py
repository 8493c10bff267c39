"""Lines that recur at the beginnings and ends of documents.

A document is noted as its first and last lines. Of these, furniture is what many documents have and
what is reached from an end over lines that recur too: whatever stands behind the first paragraphs of
an article belongs to the article.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.folding import folded
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Location
from kanwu.engine.finding import LONGEST_EXCERPT, Excerpt, Place, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document, Record

END = 100
"""Lines of each end of a document, blank ones not counted, that are noted."""
TO_FIRST = 3
"""Lines that do not recur before the first one that does: a headline, its second half, a date."""
TO_NEXT = 6
MOST = 0.8
"""Share of the documents in which a line stands so, at least: most of them."""
MOST_TIMES = 2
"""A line that comes more often in a document is part of its form."""
CELLS = 8
"""A rough count has so many cells a line."""
MOST_ROUGH = 255
# Numbers of parts and items, as Chinese and English headings have them.
NUMBERED = Pattern(
    r"""
    第[0一二三四五六七八九十百千零〇]{1,6}[章节節条條款编編篇部分卷回集幕场場课課讲講] | 附[件录錄表图圖]
    | [（(]?(?:[一二三四五六七八九十]{1,3}|0)[）)、.．] | [①-⒛㈠-㈩] | [图圖表][0一二三四五六七八九十] | [-*•·+\#>]
    | (?:chapter|section|part|figure|table)0
    """
)
OF_DATES = dict.fromkeys(map(ord, "年月日时分秒時点點上下午星期周週一二三四五六天"), "")
AROUND = "　 :：。.,，、（）()【】[]《》<>「」—-=*#~…"


class Line(NamedTuple):
    """A line of a document, and where it stands."""

    text: str
    row: int
    """Its index in the document."""
    start: int
    """Its offset in the document, in code points."""
    order: int
    """Its index among the lines that are not blank."""
    file: tuple[int, ...] = ()
    """Of HTML, where it begins and where it ends in the file: line, column and offset."""

    def place(self, of: Place) -> Place:
        """The place of the line without white space at its ends, in the document of another place."""
        said = self.text.strip()
        indent = len(self.text) - len(self.text.lstrip())
        before, after = self.text[:indent], self.text[indent + len(said) :]
        column, start = indent + 1, self.start + indent
        first = Location(self.row + 1, column, start)
        last = Location(self.row + 1, column + len(said), start + len(said))
        if self.file:
            first, last = Location(*self.file[:3]), Location(*self.file[3:])
        shown = said[:LONGEST_EXCERPT] + ("…" if len(said) > LONGEST_EXCERPT else "")
        return Place(
            of.path,
            of.record,
            first,
            last,
            Excerpt(before, shown, after if shown == said else ""),
            f"{before}\0{said}\0{after}",
        )


class Ends:
    """The first and the last lines of a document, as far as they are neither long nor very short."""

    __slots__ = ("data",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Take what `noted` gave: few objects, since every document of a corpus is kept."""
        self.data = data

    def lines(self, indices: Iterable[int]) -> dict[int, Line]:
        """Some of the lines noted, by their indices among these."""
        texts, at = self.data["lines"].split("\n"), self.data["at"].split(",")
        found = {}
        for index in indices:
            row, start, order, *file = map(int, at[index].split())
            found[index] = Line(texts[index], row, start, order, tuple(file))
        return found

    @property
    def size(self) -> int:
        """How many lines of the document are not blank."""
        size: int = self.data["size"]
        return size

    def hashes(self) -> array[int]:
        """A number for each line, the same for lines that are taken for one; not the same in every run."""
        lines: str = self.data["lines"]
        return array("q", map(hash, key_of(lines).split("\n") if lines else ()))


def noted(document: Document, shortest: int, longest: int) -> dict[str, Any]:
    """The lines at both ends of a document that are at least and at most so long, as JSON holds them."""
    text, starts = document.text, document.get(Lines).starts
    lines = list(document.get(Lines)) if "\r" in text else text.split("\n")
    said = [row for row, line in enumerate(lines) if line and not line.isspace()]
    size = len(said)
    orders = range(size) if size <= 2 * END else (*range(END), *range(size - END, size))
    kept = [(said[at], at) for at in orders if shortest <= len(lines[said[at]]) <= longest]
    return {
        "lines": "\n".join([lines[row] for row, _ in kept]),
        "at": ",".join(
            [
                f"{row} {starts[row]} {order}{in_file(document, starts[row], lines[row])}"
                for row, order in kept
            ]
        ),
        "size": size,
    }


def in_file(document: Document, start: int, line: str) -> str:
    """Where a line of HTML stands in the file, white space at its ends aside; else nothing."""
    if document.origin is None:
        return ""
    indent = len(line) - len(line.lstrip())
    places = span_of(document, start + indent, start + indent + len(line.strip()))
    return "".join(f" {number}" for place in places for number in place)


def site_of(path: str, record: str | None) -> str:
    """What the documents of one site share: the folder, or the file that they are rows of."""
    return os.path.abspath(os.path.dirname(path) if record is None else path)


class Recurrence:
    """A line that recurs among some records, once for each document, where it stands first."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self.documents = array("q")
        """The indices of the documents."""
        self._indices = array("q")
        self.at_end = 0
        """In how many of them it is reached from an end."""

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, document: int, index: int, *, reached: bool) -> None:
        """Add a document, with the index of the line among those noted of it."""
        self.documents.append(document)
        self._indices.append(index)
        self.at_end += reached

    def line(self, number: int) -> Line:
        """The line in one of the documents."""
        index = self._indices[number]
        return Ends(self._records[self.documents[number]].data).lines((index,))[index]

    def place(self, number: int) -> Place:
        """Where it stands in one of the documents."""
        return self.line(number).place(self._records[self.documents[number]].place)


class Site:
    """The records of a site. There may be so many that each is read when it is asked for: none is held."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self.paths: list[str] = []
        """Of each of its documents."""
        self._hashes = array("q")
        self._bounds = array("q", (0,))
        for record in records:
            self.paths.append(sys.intern(record.place.path))
            self._hashes.extend(Ends(record.data).hashes())
            self._bounds.append(len(self._hashes))

    def hashes(self) -> Iterator[array[int]]:
        """What the lines of each document are compared by."""
        for first, last in pairwise(self._bounds):
            yield self._hashes[first:last]

    def recurring(self, least: float) -> Iterator[Recurrence]:
        """The lines that recur in so many documents."""
        frequent = self._frequent_hashes(least)
        if not frequent:
            return
        found: defaultdict[int, Recurrence] = defaultdict(lambda: Recurrence(self._records))
        for number, own in enumerate(self.hashes()):
            known = [index for index, key in enumerate(own) if key in frequent]
            if not known:
                continue
            document = Ends(self._records[number].data)
            reached = within_reach(document.size, document.lines(known))
            seen: set[int] = set()
            for index in known:
                key = own[index]
                if key not in seen:
                    seen.add(key)
                    found[key].add(number, index, reached=index in reached)
        for line in found.values():
            at_ends = line.at_end >= MOST * len(line)
            if at_ends and not is_natural(key_of(line.line(0).text)):
                yield line

    def _frequent_hashes(self, least: float) -> set[int]:
        """What stands in so many documents, copies counted once, and comes back within few of them."""
        # Nearly all lines are the only ones of their kind. Counting each would take more memory than the
        # documents do: a rough count, never too small, leaves few to be counted.
        cells = CELLS * len(self._hashes) + 1
        rough = bytearray(cells)
        for own in self.hashes():
            for cell in {key % cells for key in own}:
                if rough[cell] < MOST_ROUGH:
                    rough[cell] += 1
        enough = min(least, MOST_ROUGH)
        copies: set[int] = set()
        times: Counter[int] = Counter()
        holders: Counter[int] = Counter()
        for number, own in enumerate(self.hashes()):
            keys = [key for key in own if rough[key % cells] >= enough]
            if keys and (text := hash(self._records[number].data["lines"])) not in copies:
                copies.add(text)
                times.update(keys)
                holders.update(set(keys))
        return {
            key
            for key, count in holders.items()
            if count >= least and times[key] <= MOST_TIMES * count
        }


def within_reach(size: int, lines: Mapping[int, Line]) -> set[int]:
    """Which of the lines that recur are reached from an end of the document over others of them."""
    known = list(lines)
    orders = [line.order for line in lines.values()]
    from_end = [size - 1 - order for order in reversed(orders)]
    return {*walk(known, orders), *walk(reversed(known), from_end)}


def walk(indices: Iterable[int], distances: Iterable[int]) -> Iterator[int]:
    """The indices as far as each is near enough to the one before it."""
    last, most = -1, TO_FIRST
    for index, distance in zip(indices, distances, strict=True):
        if distance - last - 1 > most:
            return
        yield index
        last, most = distance, TO_NEXT


def key_of(text: str) -> str:
    """What is compared of lines: no blanks, one width, small letters, 0 for every number."""
    text = folded(text).lower()
    for digit in "123456789":
        text = text.replace(digit, "0")
    while "00" in text:
        text = text.replace("00", "0")
    return text


def is_natural(key: str) -> bool:
    """Whether a folded line is of a kind that many documents have in their own right."""
    natural, formulas = tables()
    if "\t" in key or NUMBERED.match(key):
        return True
    if not any(map(str.isalpha, key.translate(OF_DATES))):
        return True
    core = key.strip(AROUND)
    return core.strip("0") in natural or core.endswith(formulas)


@cache
def tables() -> tuple[frozenset[str], tuple[str, ...]]:
    """Lines that recur by nature, and the ends of formulas."""
    data = read_table(__file__, "recurring_line.toml")
    return frozenset(data["natural"].split()), tuple(data["formulas"].split())
