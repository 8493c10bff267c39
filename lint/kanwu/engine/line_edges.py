"""Triggers for lines that begin or end with certain words, all looked for in one pass.

The phrases of a page stand at the beginning or the end of a line: 责任编辑：张三 is a credit, and a
sentence that mentions a 责任编辑 is none. Looking at both ends of each line costs a fraction of looking
for the words everywhere, and finds next to nothing in prose.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kanwu.analysis.folding import folded_line
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu.engine.triggers import TextTrigger, written_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BRACKETS = "【】[]［］（）()「」『』〔〕〖〗<>＜＞{}｛｝"
ORNAMENTS = "›»«‹|｜/／\\·•●○■□◆◇▲△▼▽▶►◀◄※★☆*＊#＃_＿~～=＝+＋-－—–―…:：,，.。、!！"
BLANKS = " \t\u3000\u00a0"
ADORNING = BRACKETS + ORNAMENTS + BLANKS
"""What may stand around a phrase at either end of a line."""
ADORNING_SET = frozenset(ADORNING)
REACH = 12
"""Code points at each end of a line among which its first or last word is looked for."""
WINDOW = 100
"""Code points at each end of a line among which the word must lie."""


class LineWords(TextTrigger):
    """Lines with certain words at one end, in any letter case and width.

    Blanks, brackets and ornaments before the first word and behind the last one do not count, unless
    the phrase has them itself. The places are lines without their terminators.
    """

    def __init__(self, *words: str) -> None:
        self.words = tuple(sorted({folded_line(word) for word in words}))
        if "" in self.words:
            raise ValueError("an empty string is no phrase: every line begins with it")

    @property
    def key(self) -> tuple[object, ...]:
        return (type(self).__name__, self.words)

    def find(self, text: str) -> Iterator[Span]:
        return iter(EdgeSearch([(0, self)]).find(text).get(0, ()))


class LineStarts(LineWords):
    """Each line that begins with one of some words."""


class LineEnds(LineWords):
    """Each line that ends with one of some words."""


class EdgeSearch:
    """Many triggers on the words at both ends of lines, looked for at once."""

    def __init__(self, triggers: Iterable[tuple[int, LineWords]]) -> None:
        """Take triggers with their indices."""
        pairs = list(triggers)
        self._starts = by_edge([pair for pair in pairs if isinstance(pair[1], LineStarts)])
        self._ends = by_edge([pair for pair in pairs if isinstance(pair[1], LineEnds)])

    def find(self, text: str) -> dict[int, Sequence[Span]]:
        """The lines that each trigger fires on, by its index."""
        hits: Hits = defaultdict(list)
        starts, ends = self._starts, self._ends
        split: Iterable[str] = Lines(text) if "\r" in text else text.split("\n")
        adorning = ADORNING_SET
        # Nearly every line is done with after these few look-ups.
        for number, line in enumerate(split):
            if not line:
                continue
            first, last = line[0], line[-1]
            if first in starts or line[:2] in starts or first in adorning:
                self._note_start(line, number, hits)
            if last in adorning:
                before = line[-2:-1]
                if before in ends or line[-3:-1] in ends or before in adorning or line[-2:] in ends:
                    self._note_end(line, number, hits)
            elif last in ends or line[-2:] in ends:
                self._note_end(line, number, hits)
        if not hits:
            return {}
        lines = Lines(text)
        return {
            index: [Span(lines.starts[n], lines.ends[n]) for n in dict.fromkeys(numbers)]
            for index, numbers in sorted(hits.items())
        }

    def _note_start(self, line: str, number: int, hits: Hits) -> None:
        """Note the triggers that fire on the beginning of a line."""
        line = line.lstrip()
        bare = line[:REACH].lstrip(ADORNING)
        asked = [
            *self._starts.get(line[:1], ()),
            *self._starts.get(line[:2], ()),
            *self._starts.get(bare[:1], ()),
            *self._starts.get(bare[:2], ()),
        ]
        if asked:
            plain = folded_line(line[:WINDOW])
            stripped = plain.lstrip(ADORNING)
            for index, words in asked:
                if plain.startswith(words) or stripped.startswith(words):
                    hits[index].append(number)

    def _note_end(self, line: str, number: int, hits: Hits) -> None:
        """Note the triggers that fire on the end of a line."""
        line = line.rstrip()
        bare = line[-REACH:].rstrip(ADORNING)
        asked = [
            *self._ends.get(line[-1:], ()),
            *self._ends.get(line[-2:], ()),
            *self._ends.get(bare[-1:], ()),
            *self._ends.get(bare[-2:], ()),
        ]
        if asked:
            plain = folded_line(line[-WINDOW:])
            stripped = plain.rstrip(ADORNING)
            for index, words in asked:
                if plain.endswith(words) or stripped.endswith(words):
                    hits[index].append(number)


Hits = defaultdict[int, list[int]]
"""The numbers of the lines that triggers fire on, by the index of the trigger."""
ByEdge = dict[str, tuple[tuple[int, tuple[str, ...]], ...]]
"""Under the outermost one or two characters of words the triggers, by index, with these words."""


def by_edge(triggers: Sequence[tuple[int, LineWords]]) -> ByEdge:
    """The words of some triggers under every form of their outermost two characters, or of the one."""
    found: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, trigger in triggers:
        for word in trigger.words:
            for form in written_forms(word[-2:] if isinstance(trigger, LineEnds) else word[:2]):
                found[form][index].append(word)
    return {
        edge: tuple((index, tuple(words)) for index, words in several.items())
        for edge, several in found.items()
    }
