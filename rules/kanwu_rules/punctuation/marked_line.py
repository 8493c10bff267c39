"""A line of text as seen from its punctuation marks: what stands beside them, and in what language."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from kanwu import Pattern
from kanwu.analysis.line_words import is_han
from kanwu.analysis.members import direct


@direct
class Kind(IntEnum):
    """How surely a mark belongs to Chinese text."""

    DOUBTFUL = 1
    """In a Chinese sentence, but between Latin words: it goes with the habit of its document."""
    LATIN = 2
    """Brackets beside Han that hold none: 国家药品监督管理局(NMPA)."""
    HAN = 3
    """A mark beside Han, or brackets that hold Han."""


class Mark(NamedTuple):
    """A half-width mark, or a pair of brackets of which one or both are half-width."""

    start: int
    end: int
    """The span of the mark; of a pair, the brackets with what they hold."""
    offsets: tuple[int, ...]
    """Where the half-width characters stand."""
    kind: Kind
    bracket: bool = False


# All from the first of the CJK blocks on: what fills a Chinese square, Hangul, private and special characters.
# The negated class compiles in a fifth of the time.
WIDE = Pattern("[^\0-\u2e7f]")
# Of these what is not Chinese.
NOT_CHINESE = Pattern("[\uac00-\uf8ff\ufff0-\uffff]")
# One kana alone is as often part of a face, (ノ_<), as of a word.
HAN_OR_KANA = Pattern("[〇㐀-鿿\uf900-\ufaff\U00020000-\U0003ffff] | [ぁ-ヺー]{2}")
# Single letters are variables as often as words.
LETTERS = Pattern("[A-Za-z\u00c0-\u1fff\uac00-\ud7ff]{2,}")

OPENING = frozenset("“‘\"'([*_")
CLOSING = frozenset("”’\"')]*_")
STRAIGHT_QUOTES = frozenset("\"'")
# Marks that do not tell the language of the next one: 好!! and 如下:(1)
SKIPPED_BEFORE = {"!": "!?", "?": "!?", "(": ",:;!?"}

# How far past quotes and the like a mark's neighbour may stand.
REACH = 4
# Language is judged in pieces of a line, each with a margin, so that a long line costs no more than
# many short ones, and a line in two languages is not taken for one.
PIECE, MARGIN = 160, 40


def wide(character: str) -> bool:
    """Whether a character fills a Chinese square: Han, kana, Chinese marks; not Hangul."""
    if character < "⺀":
        return character in ("…", "—")
    return not "\uac00" <= character <= "\ud7ff"


def is_kana(character: str) -> bool:
    """Whether a character is Japanese, where half-width marks are no defect of Chinese."""
    return "ぁ" <= character <= "ヿ"


class MarkedLine:
    """One line of a text, with what has been found out about its brackets so far."""

    __slots__ = ("_chinese", "chinese_brackets", "end", "eyes", "foreign", "plain", "start", "text")

    def __init__(self, text: str, start: int, end: int, *, plain: bool) -> None:
        """Take a line from `start` to `end` of its text.

        The text is `plain` if it holds no Hangul and no private or special characters.
        """
        self.text = text
        self.start = start
        self.end = end
        self.plain = plain
        self.chinese_brackets: set[int] = set()
        """Half-width brackets that belong to Chinese."""
        self.foreign: list[tuple[int, int]] = []
        """Pairs of brackets that belong to code or to another language."""
        self.eyes: set[int] = set()
        """The colons and semicolons of emoticons."""
        self._chinese: dict[int, bool] = {}

    def left(self, at: int) -> str:
        """The character directly before an offset, or "" at the start of the line."""
        return self.text[at - 1] if at > self.start else ""

    def right(self, at: int) -> str:
        """The character directly after the one at an offset, or "" at the end of the line."""
        return self.text[at + 1] if at + 1 < self.end else ""

    def before(self, at: int) -> str:
        """The character that stands before a mark, past a space, closing quotes and the like."""
        text, first = self.text, max(self.start, at - REACH)
        skipped = SKIPPED_BEFORE.get(text[at], "")
        at -= 1
        if at >= first and text[at] == " ":
            at -= 1
        while at >= first:
            character = text[at]
            if at in self.chinese_brackets:
                return "）"
            if character not in CLOSING and character not in skipped:
                return character
            at -= 1
        return ""

    def after(self, at: int) -> str:
        """The character that follows a mark, past spaces, opening quotes and the like."""
        text, last = self.text, min(self.end, at + 1 + REACH)
        at += 1
        while at < last and (text[at] == " " or text[at] in OPENING):
            at += 1
        return text[at] if at < last else ""

    def is_chinese(self, at: int) -> bool:
        """Whether the text around an offset is Chinese; a Han character counts as three letters."""
        piece = (at - self.start) // PIECE
        known = self._chinese.get(piece)
        if known is None:
            left = self.start + piece * PIECE
            around = self.text[
                max(self.start, left - MARGIN) : min(self.end, left + PIECE + MARGIN)
            ]
            # Most text is plainly Chinese, and counting bytes tells so many times faster than
            # counting characters: more than one byte a character beyond the first is mostly Han.
            surplus = len(around.encode("utf-8", "replace")) - len(around)
            known = self.plain and surplus > len(around) and any(map(is_han, around))
            if not known:
                full = len(WIDE.compiled.findall(around))
                if not self.plain:
                    full -= len(NOT_CHINESE.compiled.findall(around))
                known = 3 * full >= max(1, sum(map(len, LETTERS.compiled.findall(around))))
            self._chinese[piece] = known
        return known
