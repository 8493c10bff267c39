"""Triggers for lines that begin or end with certain words, all looked for in one pass.

The phrases of a page stand at the beginning or the end of a line: 责任编辑：张三 is a credit, and a
sentence that mentions a 责任编辑 is none. Looking at both ends of each line costs a fraction of looking
for the words everywhere, and finds next to nothing in prose.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from typing import TYPE_CHECKING

from kanwu.analysis.folding import folded_line
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span
from kanwu.engine.triggers import TextTrigger, written_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BRACKETS = "【】[]［］（）()「」『』〔〕〖〗<>＜＞{}｛｝"
ORNAMENTS = " \t\u3000\u00a0›»«‹|｜/／\\·•●○■□◆◇▲△▼▽▶►◀◄※★☆*＊#＃_＿~～=＝+＋-－—–―…:：,，.。、!！"
ADORNING = BRACKETS + ORNAMENTS
"""What may stand around a phrase at either end of a line."""
REACH = 12
"""Code points at each end of a line among which its first or last word is looked for."""


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

    @staticmethod
    @abstractmethod
    def edge(word: str) -> str:
        """The outermost character of a word at that end."""


class LineStarts(LineWords):
    """Each line that begins with one of some words."""

    @staticmethod
    def edge(word: str) -> str:
        return word[0]


class LineEnds(LineWords):
    """Each line that ends with one of some words."""

    @staticmethod
    def edge(word: str) -> str:
        return word[-1]


class EdgeSearch:
    """Many triggers on the words at both ends of lines, looked for at once."""

    def __init__(self, triggers: Iterable[tuple[int, LineWords]]) -> None:
        """Take triggers with their indices."""
        pairs = list(triggers)
        self._starts = by_edge([pair for pair in pairs if isinstance(pair[1], LineStarts)])
        self._ends = by_edge([pair for pair in pairs if isinstance(pair[1], LineEnds)])

    def find(self, text: str) -> dict[int, Sequence[Span]]:
        """The lines that each trigger fires on, by its index."""
        hits: defaultdict[int, list[int]] = defaultdict(list)
        starts, ends = self._starts, self._ends
        split: Iterable[str] = Lines(text) if "\r" in text else text.split("\n")
        for number, line in enumerate(split):
            head = line[:REACH].strip() or line.strip()[:REACH]
            if not head:
                continue
            bare = head.lstrip(ADORNING)
            if head[0] in starts or bare[:1] in starts:
                plain = folded_line(line)
                opened = (plain, plain.lstrip(ADORNING))
                for index, words in (*starts.get(head[0], ()), *starts.get(bare[:1], ())):
                    if any(form.startswith(words) for form in opened):
                        hits[index].append(number)
            tail = line[-REACH:].strip() or line.strip()[-REACH:]
            bare = tail.rstrip(ADORNING)
            if tail[-1] in ends or bare[-1:] in ends:
                plain = folded_line(line)
                closed = (plain, plain.rstrip(ADORNING))
                for index, words in (*ends.get(tail[-1], ()), *ends.get(bare[-1:], ())):
                    if any(form.endswith(words) for form in closed):
                        hits[index].append(number)
        if not hits:
            return {}
        lines = Lines(text)
        return {
            index: [Span(lines.starts[n], lines.ends[n]) for n in dict.fromkeys(numbers)]
            for index, numbers in sorted(hits.items())
        }


ByEdge = dict[str, tuple[tuple[int, tuple[str, ...]], ...]]
"""Under each character the triggers, by index, with those of their words that it is the edge of."""


def by_edge(triggers: Sequence[tuple[int, LineWords]]) -> ByEdge:
    """The words of some triggers under every form of their outermost characters."""
    found: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, trigger in triggers:
        for word in trigger.words:
            for form in written_forms(trigger.edge(word)):
                found[form][index].append(word)
    return {
        edge: tuple((index, tuple(words)) for index, words in several.items())
        for edge, several in found.items()
    }
