"""Lines that recur at the beginnings and ends of documents.

A document is noted as its first and last lines. Of these, furniture is what many documents have and
what is reached from an end over lines that recur too: whatever stands behind the first paragraphs of
an article belongs to the article.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kanwu import Pattern, read_table
from kanwu.analysis.folding import folded
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Location
from kanwu.engine.finding import LONGEST_EXCERPT, Excerpt, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

END = 40
"""Lines of each end of a document, blank ones not counted, that are noted."""
TO_FIRST = 3
"""Lines that do not recur before the first one that does: a headline, its second half, a date."""
TO_NEXT = 6
MOST_STRAY = 0.2
"""Share of the documents in which a line may stand elsewhere."""
MOST_TIMES = 2
"""A line that comes more often in a document is part of its form."""
DIGITS = Pattern("[0-9]+")
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

    def place(self, of: Place) -> Place:
        """The place of the line without white space at its ends, in the document of another place."""
        said = self.text.strip()
        indent = len(self.text) - len(self.text.lstrip())
        before, after = self.text[:indent], self.text[indent + len(said) :]
        start = self.start + indent
        shown = said[:LONGEST_EXCERPT] + ("…" if len(said) > LONGEST_EXCERPT else "")
        return Place(
            of.path,
            of.record,
            Location(self.row + 1, indent + 1, start),
            Location(self.row + 1, indent + 1 + len(said), start + len(said)),
            Excerpt(before, shown, after if shown == said else ""),
            f"{before}\0{said}\0{after}",
        )


class Ends(NamedTuple):
    """The first and the last lines of a document, as far as they are neither long nor very short."""

    lines: tuple[Line, ...]
    size: int
    """Lines of the document that are not blank."""

    def packed(self) -> dict[str, Any]:
        """The same as JSON can hold it, in few objects: an index keeps it for every document."""
        return {
            "lines": "\n".join(line.text for line in self.lines),
            "at": ",".join(f"{row} {start} {order}" for _, row, start, order in self.lines),
            "size": self.size,
        }

    @classmethod
    def unpacked(cls, data: Mapping[str, Any]) -> Self:
        if not data["at"]:
            return cls((), data["size"])
        numbers = (map(int, at.split()) for at in data["at"].split(","))
        pairs = zip(data["lines"].split("\n"), numbers, strict=True)
        return cls(tuple(Line(text, *at) for text, at in pairs), data["size"])


def ends_of(text: str, shortest: int, longest: int) -> Ends:
    """The lines at both ends of a text that are at least and at most so long."""
    lines = Lines(text)
    said = [row for row, line in enumerate(lines) if line and not line.isspace()]
    size = len(said)
    orders = range(size) if size <= 2 * END else (*range(END), *range(size - END, size))
    found = []
    for order in orders:
        row = said[order]
        start, end = lines.starts[row], lines.ends[row]
        if shortest <= end - start <= longest:
            found.append(Line(text[start:end], row, start, order))
    return Ends(tuple(found), size)


def site_of(path: str, record: str | None) -> str:
    """What the documents of one site share: the folder, or the file that they are rows of."""
    return os.path.dirname(path) if record is None else path


def recurring(documents: Sequence[Ends], least: float) -> Iterator[list[tuple[int, Line]]]:
    """The lines that recur in so many documents, each with the documents that it stands in, by index.

    The line is given once a document, where it stands first.
    """
    keys = [keys_of(document) for document in documents]
    copies: set[tuple[str, ...]] = set()
    times: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for document, own in zip(documents, keys, strict=True):
        texts = tuple(line.text for line in document.lines)
        if texts in copies:
            continue
        copies.add(texts)
        times.update(own)
        holders.update(set(own))
    frequent = {
        key
        for key, count in holders.items()
        if count >= least and times[key] <= MOST_TIMES * count and not is_natural(key)
    }
    if not frequent:
        return
    places: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    at_end: Counter[str] = Counter()
    for number, (document, own) in enumerate(zip(documents, keys, strict=True)):
        seen: set[str] = set()
        reached = within_reach(document, own, frequent)
        for index, key in enumerate(own):
            if key in frequent and key not in seen:
                seen.add(key)
                places[key].append((number, document.lines[index]))
                at_end[key] += index in reached
    for key in sorted(places):
        if at_end[key] >= (1 - MOST_STRAY) * len(places[key]):
            yield places[key]


def within_reach(document: Ends, keys: Sequence[str], frequent: set[str]) -> set[int]:
    """The lines, by their indices among those noted, that are reached from an end over lines alike."""
    known = [index for index, key in enumerate(keys) if key in frequent]
    orders = [document.lines[index].order for index in known]
    reached = set(walk(known, orders))
    from_end = [document.size - 1 - order for order in reversed(orders)]
    return reached.union(walk(known[::-1], from_end))


def walk(indices: Iterable[int], distances: Iterable[int]) -> Iterator[int]:
    """The indices as far as each is near enough to the one before it."""
    last, most = -1, TO_FIRST
    for index, distance in zip(indices, distances, strict=True):
        if distance - last - 1 > most:
            return
        yield index
        last, most = distance, TO_NEXT


def keys_of(document: Ends) -> tuple[str, ...]:
    """What is compared of each line: no blanks, one width, small letters, 0 for every number."""
    joined = folded("\n".join(line.text for line in document.lines)).lower()
    return tuple(DIGITS.compiled.sub("0", joined).split("\n")) if document.lines else ()


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
    natural = frozenset(" ".join(data["natural"]).split())
    return natural, tuple(" ".join(data["formulas"]).split())
