"""Triggers for lines that begin or end with certain words, all looked for in one pass.

The phrases of a page stand at the beginning or the end of a line: 责任编辑：张三 is a credit, and a
sentence that mentions a 责任编辑 is none. Looking at both ends of each line costs a fraction of looking
for the words everywhere, and finds next to nothing in prose.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from functools import cached_property, lru_cache
from itertools import product
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.folding import folded_line
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu.engine.triggers import WIDEN, TextTrigger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

BRACKETS = "【】[]［］（）()「」『』〔〕〖〗<>＜＞{}｛｝"
ORNAMENTS = "›»«‹|｜/／\\·•●○■□◆◇▲△▼▽▶►◀◄※★☆*＊#＃_＿~～=＝+＋-－—–―…:：,，.。、!！"
BLANKS = " \t\u3000\u00a0"
ADORNING = BRACKETS + ORNAMENTS + BLANKS
"""What may stand around a phrase at either end of a line."""
ADORNING_SET = frozenset(ADORNING)
BLANK_SET = frozenset(BLANKS)
REACH = 12
"""Code points at each end of a line among which its first or last word is looked for."""
WINDOW = 60
"""Code points at each end of a line among which the word must lie."""
SHORT = 80
"""Most phrases stand on lines no longer than this, and most paragraphs are longer."""
REMEMBERED = 24
"""What fires on lines no longer than this is remembered."""
EDGE = 3
"""Characters of a word by which it is looked up."""


class LineWords(TextTrigger):
    """Lines with certain words at one end, in any letter case and width.

    Blanks, brackets and ornaments before the first word and behind the last one do not count, unless
    the phrase has them itself. Lines of more than `longest` code points are left out. The places are
    lines without their terminators.
    """

    def __init__(self, *words: str, longest: int | None = None) -> None:
        self.words = tuple(sorted({folded_line(word) for word in words}))
        self.longest = longest
        if "" in self.words:
            raise ValueError("an empty string is no phrase: every line begins with it")

    @property
    def key(self) -> tuple[object, ...]:
        return (type(self).__name__, self.words, self.longest)

    def find(self, text: str) -> Iterator[Span]:
        return iter(EdgeSearch([(0, self)]).find(text).get(0, ()))

    @abstractmethod
    def edge(self, word: str, size: int) -> str:
        """The outermost characters of a word, as many as that."""

    @cached_property
    def by_edge(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """The words with the same outermost characters, and every way to write these."""
        by_edge: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.words:
            edge = self.edge(word, EDGE)
            # What is written in several ways is looked up by less, for there would be too many.
            by_edge[edge if is_alone(edge) else self.edge(edge, 2)].append(word)
        return [
            ((edge,) if is_alone(edge) else tuple(forms_of(edge)), tuple(words))
            for edge, words in by_edge.items()
        ]


class LineStarts(LineWords):
    """Each line that begins with one of some words."""

    def edge(self, word: str, size: int) -> str:
        return word[:size]


class LineEnds(LineWords):
    """Each line that ends with one of some words."""

    def edge(self, word: str, size: int) -> str:
        return word[-size:]


class Sought(NamedTuple):
    """The words of one trigger that share an edge."""

    trigger: int
    """Its index."""
    words: tuple[str, ...]
    longest: float
    """Code points of a line."""


ByEdge = dict[str, list[Sought]]
"""Under the outermost one, two or three characters of words, in every form, what is sought there."""
Hits = defaultdict[int, list[int]]
"""The numbers of the lines that triggers fire on, by the index of the trigger."""


class EdgeSearch:
    """Many triggers on the words at both ends of lines, looked for at once."""

    def __init__(self, triggers: Iterable[tuple[int, LineWords]]) -> None:
        """Take triggers with their indices."""
        pairs = list(triggers)
        starts = [pair for pair in pairs if isinstance(pair[1], LineStarts)]
        ends = [pair for pair in pairs if isinstance(pair[1], LineEnds)]
        self.starts, self.ends = by_edge(starts), by_edge(ends)
        """What is sought at either end."""
        self._long_starts, self._long_ends = on_long_lines(self.starts), on_long_lines(self.ends)

    def find(self, text: str) -> dict[int, Sequence[Span]]:
        """The lines that each trigger fires on, by its index."""
        split: Iterable[str] = Lines(text) if "\r" in text else text.split("\n")
        hits = self.among((number, line) for number, line in enumerate(split) if line)
        if not hits:
            return {}
        lines = Lines(text)
        return {
            index: [Span(lines.starts[n], lines.ends[n]) for n in dict.fromkeys(numbers)]
            for index, numbers in sorted(hits.items())
        }

    def among(self, lines: Iterable[tuple[int, str]]) -> Hits:
        """The lines, by number, that each trigger fires on."""
        hits: Hits = defaultdict(list)
        for number, line in lines:
            for index in (*self.at_start(line), *self.at_end(line)):
                hits[index].append(number)
        return hits

    def at_start(self, line: str) -> tuple[int, ...]:
        """The triggers that fire on the first words of a line, by index."""
        # Nearly every line is done with after these few look-ups.
        line = line.strip()
        starts = self.starts if len(line) <= SHORT else self._long_starts
        first = line[:1]
        # “首页 上一页” begins with 首页上: the blank between goes when the line is folded.
        if (
            first in ADORNING_SET
            or line[:2] in starts
            or line[:3] in starts
            or first in starts
            or not BLANK_SET.isdisjoint(line[1:EDGE])
        ):
            return self._firing(line, at_end=False)
        return ()

    def at_end(self, line: str) -> tuple[int, ...]:
        """The triggers that fire on the last words of a line, by index."""
        line = line.strip()
        ends = self.ends if len(line) <= SHORT else self._long_ends
        last = line[-1:]
        if (
            last in ends
            or line[-2:] in ends
            or line[-3:] in ends
            or not BLANK_SET.isdisjoint(line[-EDGE:-1])
        ):
            return self._firing(line, at_end=True)
        if last in ADORNING_SET:
            # Nearly every paragraph ends in a full stop: look behind it without more ado.
            before = line[-2:-1]
            if (
                before in ends
                or before in ADORNING_SET
                or line[-3:-1] in ends
                or line[-4:-1] in ends
            ):
                return self._firing(line, at_end=True)
        return ()

    def _firing(self, line: str, *, at_end: bool) -> tuple[int, ...]:
        """The triggers that fire on one end of a line, which has no blanks around it."""
        if len(line) <= REMEMBERED:
            return self._remembered(line, at_end)
        by = self.ends if at_end else self.starts
        return tuple(firing(line, by, at_end=at_end))

    @cached_property
    def _remembered(self) -> Callable[[str, bool], tuple[int, ...]]:
        """The same of short lines, many of which stand on every page of a site."""

        @lru_cache(maxsize=4096)
        def remembered(line: str, at_end: bool) -> tuple[int, ...]:  # noqa: FBT001 - lru_cache is slow with names
            by = self.ends if at_end else self.starts
            return tuple(firing(line, by, at_end=at_end))

        return remembered


def firing(line: str, by: ByEdge, *, at_end: bool) -> Iterator[int]:
    """The triggers that fire on one end of a line, by index."""
    outer = folded_line(line[-2 * REACH :] if at_end else line[: 2 * REACH])
    bare = outer.rstrip(ADORNING) if at_end else outer.lstrip(ADORNING)
    forms = {outer, bare} if len(outer) - len(bare) < REACH else {outer}
    asked = [
        wanted
        for form in forms
        for size in range(1, min(EDGE, len(form)) + 1)
        for wanted in by.get(form[-size:] if at_end else form[:size], ())
        if len(line) <= wanted.longest
    ]
    if not asked:
        return
    plain = folded_line(line[-WINDOW:] if at_end else line[:WINDOW])
    bare = plain.rstrip(ADORNING) if at_end else plain.lstrip(ADORNING)
    for index, words, _ in asked:
        if at_end:
            fires = plain.endswith(words) or bare.endswith(words)
        else:
            fires = plain.startswith(words) or bare.startswith(words)
        if fires:
            yield index


def on_long_lines(by: ByEdge) -> ByEdge:
    """What is sought on lines that are not short, too."""
    far = ((edge, [one for one in sought if one.longest > SHORT]) for edge, sought in by.items())
    return {edge: sought for edge, sought in far if sought}


def by_edge(triggers: Iterable[tuple[int, LineWords]]) -> ByEdge:
    """The words of some triggers under every form of their outermost characters."""
    found: defaultdict[str, list[Sought]] = defaultdict(list)
    for index, trigger in triggers:
        longest = inf if trigger.longest is None else trigger.longest
        for forms, words in trigger.by_edge:
            wanted = Sought(index, words, longest)
            for form in forms:
                found[form].append(wanted)
    return found


def is_alone(edge: str) -> bool:
    """Whether some characters have no other letter case or width; most are Han."""
    return not edge.encode("ascii", "ignore")


def forms_of(edge: str) -> Iterator[str]:
    """Every way to write some characters in upper or lower case, narrow or wide, each by itself."""
    each = (
        {form for narrow in (c, c.upper()) for form in (narrow, narrow.translate(WIDEN))}
        for c in edge
    )
    return map("".join, product(*each))
