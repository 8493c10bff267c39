"""Whether a text speaks of characters and their codes, or shows what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern

if TYPE_CHECKING:
    from kanwu import Span

FARTHEST = 60
"""Code points on each side in which a word can tell that the text is about codes."""
QUOTED = frozenset(
    ("“”", "「」", "『』", "‘’", '""', "''", "``", "（）", "()", "《》", "【】", "[]", "<>")
)
ABOUT_CODES = Pattern(
    r"""
    [编編][码碼] | [转轉][义義] | [实實][体體] | [码碼][位点點] | 字[符元] | [乱亂][码碼] | 部首 | 偏旁 | 部件
    | 正[则則]表 | (?i: unicode | utf-?8 | html | xml | json | entit | escap | javascript | regex )
    """
)


def is_mentioned(text: str, span: Span) -> bool:
    """Whether a span is named rather than used: alone in quotes, or beside words about codes."""
    start, end = span
    if text[max(0, start - 1) : start] + text[end : end + 1] in QUOTED:
        return True
    before = text[max(0, start - FARTHEST) : start].rpartition("\n")[2]
    after = text[end : end + FARTHEST].partition("\n")[0]
    return ABOUT_CODES.search(f"{before}\n{after}") is not None
