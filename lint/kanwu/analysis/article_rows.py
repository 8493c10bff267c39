"""Rows: the lines of a document that are not blank, as the search for articles sees them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.analysis.article_signs import Sign, article_words
from kanwu.analysis.line_patterns import CHAPTER, MARK
from kanwu.analysis.patterns import WIDE_LETTER, Pattern
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORTEST_HEADLINE = 2
LONGEST_HEADLINE = 42
LONGEST_SURE_HEADLINE = 120
"""Where a dateline follows, or the headline is in Latin letters."""
LONGEST_LABEL = 12
"""A longer line is a headline, whatever words of a page's furniture it holds."""
LONG_PARAGRAPH = 30
FAR = 2000
"""Characters on each side of a head that are looked at."""
FAR_ROWS = 200
WHOLE_END = frozenset("。！？!?…；;：:”’」』）)】》.")
MARKS = Pattern(r"。 | [！？?!][”’」』）)]? \Z | [A-Za-z\])”\"] [.] (?: \s | \Z )")
"""What prose holds, and a run of headlines does not."""
COMMA = Pattern(rf"[，；] | [,;] (?={WIDE_LETTER})")
TEASER = Pattern(r"(?: \.{3} | (?<!…) … ) \Z | \[? 详细 \]? \Z | \[? 全文 \]? \Z")
LAST_OF_TEASER = frozenset(".…细文]")
LONGEST_TEASER = 8
"""How far from the end of a line the words of a teaser begin."""
ANNEX = Pattern(r"附 (?: 件 | 录 | 錄 | 表 | [：:\s] | \Z )")
BRACKETED = Pattern(r"《[^《》]*》 | [（(][^（）()]*[）)]")
ABOUT = frozenset((Role.CREDIT, Role.BYLINE, Role.META, Role.CODE, Role.BLANK))
NO_HEADLINE = ABOUT | frozenset((Role.NAVIGATION, Role.LIST_ITEM, Role.TABLE_ROW, Role.VERSE))


@dataclass(frozen=True)
class Rows:
    """The lines of a document that are not blank."""

    texts: Sequence[str]
    """Without white space at their ends."""
    roles: Sequence[Role]
    signs: Sequence[Sign | None]
    breaks: frozenset[int]
    """The rows before which a page break (form feed) stands."""

    def body_size(self, start: int, end: int) -> int:
        """Characters of the paragraphs from one row to another (exclusive)."""
        return sum(len(self.texts[row]) for row in self.paragraphs(start, end))

    def paragraphs(self, start: int, end: int) -> Sequence[int]:
        """The rows of paragraphs from one row to another (exclusive), without teasers."""
        known = self._all_paragraphs
        return known[bisect_left(known, start) : bisect_left(known, end)]

    @cached_property
    def _all_paragraphs(self) -> Sequence[int]:
        return [
            row
            for row, (text, role, sign) in enumerate(
                zip(self.texts, self.roles, self.signs, strict=True)
            )
            if (role is Role.BODY or sign is Sign.DATELINE) and is_paragraph(text)
        ]

    def text_before(self, start: int, end: int) -> str:
        """The last paragraphs between two rows, as many as are compared with what follows."""
        rows = self.paragraphs(max(start, end - FAR_ROWS), end)
        return " ".join(reversed(self._first_texts(reversed(rows))))

    def text_behind(self, start: int, end: int) -> str:
        """The first paragraphs between two rows, as many as are compared with what precedes."""
        return " ".join(self._first_texts(self.paragraphs(start, min(end, start + FAR_ROWS))))

    def _first_texts(self, rows: Iterable[int]) -> Sequence[str]:
        """The texts of the first rows, as far as they are looked at."""
        found: list[str] = []
        size = 0
        for row in rows:
            found.append(self.texts[row])
            size += len(found[-1])
            if size > FAR:
                break
        return found

    def is_headline(self, row: int, *, sure: bool = False) -> bool:
        """Whether a row may be a line of a headline.

        `sure` where a dateline or the like follows: then an odd line is one too.
        """
        text, role = self.texts[row], self.roles[row]
        if role in (ABOUT if sure else NO_HEADLINE) or self.signs[row] is not None:
            return False
        if sure:
            return may_name(text, LONGEST_SURE_HEADLINE) and not (
                role is Role.BODY and COMMA.search(text)
            )
        longest = LONGEST_SURE_HEADLINE if text.isascii() else LONGEST_HEADLINE
        return text[-1] not in "！？!?" and may_name(text, longest)

    def cuts_sentence(self, start: int, end: int) -> bool:
        """Whether the paragraph before some rows breaks off, and goes on behind them."""
        if start == 0 or end >= len(self.texts):
            return False
        before = self.texts[start - 1]
        return (
            self.roles[start - 1] is Role.BODY
            and self.roles[end] is Role.BODY
            and len(before) >= LONG_PARAGRAPH
            and before[-1] not in WHOLE_END
            and self.signs[end] is None
        )


def is_paragraph(text: str) -> bool:
    """Whether a line holds what prose does, and is no teaser."""
    if text[-1] in LAST_OF_TEASER and TEASER.search(text, max(0, len(text) - LONGEST_TEASER)):
        return False
    return "。" in text or MARKS.search(text) is not None


def may_name(text: str, longest: int) -> bool:
    """Whether a line may name an article, and no part, list or label of one."""
    if not SHORTEST_HEADLINE <= len(text) <= longest or text[-1] in "。；;：:，,、" or "。" in text:
        return False
    if MARK.match(text) or CHAPTER.match(text) or BRACKETED.fullmatch(text):
        return False
    words = article_words()
    if text.startswith(words.listing_labels):
        return False
    return len(text) > LONGEST_LABEL or not any(word in text for word in words.not_headlines)
