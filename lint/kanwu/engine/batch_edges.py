"""Which lines of many documents may begin or end with words that triggers look for, found with numpy.

Imported only by the scan for corpora.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from kanwu.analysis.folding import NARROW
from kanwu.documents.document import Span
from kanwu.engine.joined_lines import CODES, LARGEST, SPREAD, blanks, table_of
from kanwu.engine.line_edges import ADORNING_SET
from kanwu.engine.scanning import UTF_32

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kanwu.engine.joined_lines import JoinedLines
    from kanwu.engine.line_edges import ByEdge, EdgeSearch

    Numbers = NDArray[np.integer[Any]]

FARTHEST = 32
"""Blanks and ornaments at an end of a line that are passed over; where there are more of them, ornaments
hide the word (see `REACH` in `kanwu.engine.line_edges`)."""
OUTERMOST = 6
"""Characters of a word that are compared."""
CASED = 0x20000
"""Beyond it no letter is large or small."""


class Edge:
    """The words that are sought at one end of lines, by their outermost characters.

    Blanks are left out of these, and all are narrow and in small letters; so nothing is missed that
    `kanwu.engine.line_edges.firing` finds, and hardly anything found that it does not.
    """

    def __init__(
        self,
        words: ByEdge,
        folds: NDArray[np.uint64],
        blank: NDArray[np.bool_],
        adorning: NDArray[np.bool_],
        *,
        step: int,
    ) -> None:
        """Take the words, tables of characters, and the step from one to the next inner one."""
        self._folds, self._blank, self._adorning, self._step = folds, blank, adorning, step
        whole: defaultdict[int, int] = defaultdict(int)
        begun: defaultdict[int, int] = defaultdict(int)
        # What is sought stands under every form of its edge.
        sought = set(chain.from_iterable(words.values()))
        characters = {c for wanted in sought for word in wanted.words for c in word}
        said = [c for c in characters if not blank[ord(c)]]
        folded = dict(zip(said, folds[[ord(c) for c in said]].tolist(), strict=True))
        factor, bits = int(SPREAD), (1 << 64) - 1
        for wanted in sought:
            longest = int(min(LARGEST, wanted.longest))
            for word in wanted.words:
                number = 0
                for point in [folded[c] for c in word[::step] if c in folded][:OUTERMOST]:
                    number = (number * factor + point) & bits
                    begun[number] = max(begun[number], longest)
                whole[number] = max(whole[number], longest)
        self._numbers = np.array(sorted(begun) or [0], np.uint64)
        """A number for each beginning of a word, from the end of the line inwards."""
        self._begun = np.array([begun[number] for number in self._numbers.tolist()])
        """Of each the longest line in which a word is sought that begins so."""
        self._whole = np.array([whole[number] for number in self._numbers.tolist()])
        """The same of words of which this is all that is looked at."""

    def pass_blanks(self, points: Numbers, at: Numbers) -> NDArray[np.bool_]:
        """Move places inwards past blanks. Returns which of them are still at one."""
        return self._pass(self._blank, points, at)

    def _pass(self, passed: NDArray[np.bool_], points: Numbers, at: Numbers) -> NDArray[np.bool_]:
        moving = np.flatnonzero(passed.take(points.take(at, mode="wrap")))
        for _ in range(FARTHEST):
            if not moving.size:
                break
            at[moving] += self._step
            moving = moving[passed.take(points.take(at[moving], mode="wrap"))]
        still = np.zeros(at.size, np.bool_)
        still[moving] = True
        return still

    def fits(self, points: Numbers, at: Numbers, lengths: Numbers) -> NDArray[np.bool_]:
        """Whether one of the words may stand at each place, or behind what adorns it."""
        found = self._stand(points, at, lengths)
        ornate = np.flatnonzero(self._adorning.take(points.take(at)))
        bare = at[ornate]
        self._pass(self._adorning, points, bare)
        found[ornate] |= self._stand(points, bare, lengths[ornate])
        return found

    def _stand(self, points: Numbers, at: Numbers, lengths: Numbers) -> NDArray[np.bool_]:
        found = np.zeros(at.size, np.bool_)
        rows = np.arange(at.size)
        numbers: NDArray[np.uint64] = np.zeros(at.size, np.uint64)
        for _ in range(OUTERMOST):
            # Behind the last line the first one stands, and either end of a line is in no word.
            numbers = numbers * SPREAD + self._folds.take(points.take(at, mode="wrap"))
            places = np.searchsorted(self._numbers, numbers).clip(max=self._numbers.size - 1)
            same = self._numbers.take(places) == numbers
            found[rows] |= same & (self._whole.take(places) >= lengths)
            same &= self._begun.take(places) >= lengths
            rows, numbers, lengths = rows[same], numbers[same], lengths[same]
            at = at[same] + self._step
            self._pass(self._blank, points, at)
        return found


class Edges:
    """The search for lines whose first or last words some triggers look for."""

    def __init__(self, search: EdgeSearch) -> None:
        self._search = search
        folds = folded_points()
        blank = table_of(blanks())
        adorning = blank | table_of(ADORNING_SET).take(folds.view(np.intp))
        self._starts = Edge(search.starts, folds, blank, adorning, step=1)
        self._ends = Edge(search.ends, folds, blank, adorning, step=-1)

    def lines(self, lines: JoinedLines) -> tuple[Numbers, Numbers]:
        """The lines, by index, that may begin with a word that is looked for, and that may end so."""
        rows = lines.filled
        firsts = lines.starts[rows]
        lasts = firsts + lines.lengths[rows] - 1
        # Blanks around a line do not count, and a row of them without an end is seldom met.
        far = self._starts.pass_blanks(lines.points, firsts)
        far |= self._ends.pass_blanks(lines.points, lasts)
        lengths = np.where(far, 0, lasts - firsts + 1)
        begins = self._starts.fits(lines.points, firsts, lengths)
        closes = self._ends.fits(lines.points, lasts, lengths)
        return rows[begins | far], rows[closes | far]

    def places(self, lines: JoinedLines) -> Iterator[tuple[int, int, list[Span]]]:
        """The texts and the triggers that fire there, by number, with their places."""
        found: defaultdict[tuple[int, int], set[Span]] = defaultdict(set)
        ends = (self._search.at_start, self._search.at_end)
        for rows, firing in zip(self.lines(lines), ends, strict=True):
            owners = lines.owners[rows]
            starts = lines.starts[rows] - lines.offsets[owners]
            columns = (owners.tolist(), starts.tolist(), (starts + lines.lengths[rows]).tolist())
            for owner, start, end in zip(*columns, strict=True):
                for index in firing(lines.texts[owner][start:end]):
                    found[owner, index].add(Span(start, end))
        for (owner, index), spans in found.items():
            yield owner, index, sorted(spans)


def folded_points() -> NDArray[np.uint64]:
    """Of each code point the one that stands for it where words are compared, narrow and small.

    What becomes of it is told by `kanwu.analysis.folding.folded_line`; a letter that has two small
    forms gets one.
    """
    points = np.arange(CODES, dtype=np.uint64)
    points[list(NARROW)] = [ord(narrow) for narrow in NARROW.values()]
    # İ becomes two characters. Σ is σ here, and ς at the end of a word.
    points[ord("İ")], points[ord("ς")] = ord("i"), ord("σ")
    letters = points[:CASED].astype(np.uint32).tobytes().decode(UTF_32, "surrogatepass").lower()
    points[:CASED] = np.frombuffer(letters.encode(UTF_32, "surrogatepass"), np.uint32)
    return points
