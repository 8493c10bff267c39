"""Whether a text speaks of characters and their codes, or shows what it says of them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kanwu import Pattern

if TYPE_CHECKING:
    from kanwu import Span

FARTHEST = 60
"""Code points on each side in which a word can tell that the text is about codes."""
QUOTED = frozenset(
    ("“”", "「」", "『』", "‘’", '""', "''", "``", "（）", "()", "《》", "【】", "[]", "<>")
)
# Letter case is spelled out: a pattern that ignores it cannot be searched for by its first characters.
ABOUT_CODES = Pattern(
    r"""
    [编編][码碼] | [转轉][义義] | [实實][体體] | [码碼][位点點] | 字[符元] | [乱亂][码碼] | 部首 | 偏旁 | 部件
    | 正[则則]表 | [Uu]ni[Cc]ode | UNICODE | (?: [Uu]tf | UTF ) -? 8 | [Hh]tml | HTML | [Xx]ml | XML
    | [Jj]son | JSON | [Ee]ntit | ENTIT | [Ee]scap | ESCAP | [Jj]ava[Ss]cript | [Rr]egex | REGEX
    """
)
LONGEST_WORD = 10
AHEAD = 500
"""So far beyond a span is searched at once: where there is one, there are often more."""


class Mentions:
    """Tells of spans of one text, asked for in order, which of them are named rather than used.

    Nothing is searched twice, however close the spans are to one another.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: deque[tuple[int, int]] = deque()
        """Words about codes that may still be near enough."""
        self.searched = 0

    def has(self, span: Span) -> bool:
        """Whether a span stands alone in quotes, or beside words about codes."""
        text, words = self.text, self.words
        start, end = span
        if text[max(0, start - 1) : start] + text[end : end + 1] in QUOTED:
            return True
        if end + FARTHEST > self.searched:
            self._search(start - FARTHEST, end + AHEAD)
        while words and words[0][0] < start - FARTHEST:
            words.popleft()
        if not words:
            return False
        first = text.rfind("\n", max(0, start - FARTHEST), start) + 1
        cut = text.find("\n", end, end + FARTHEST)
        last = cut if cut >= 0 else end + FARTHEST
        near = (word for word in words if first <= word[0] and word[1] <= last)
        return any(to <= start or at >= end for at, to in near)

    def _search(self, start: int, end: int) -> None:
        begin = max(0, start, self.searched - LONGEST_WORD)
        self.words.extend(word.span() for word in ABOUT_CODES.finditer(self.text, begin, end))
        self.searched = end
