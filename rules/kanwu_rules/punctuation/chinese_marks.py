"""Which half-width marks of a text stand in Chinese, where full-width ones belong.

Every mark is judged by its neighbours, by the language around it and, for brackets, by what they
hold. Whether the habit of a document makes many of them one defect is for the rules to decide.
"""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Document, Span


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


# Text that punctuation is a part of: language variants of a wiki, JSON and templates, code, formulas,
# arrays, tags, addresses. A mark that follows an address does not belong to it. Every alternative
# begins with a character that is rare in prose, so that the search skips from one to the next.
LITERAL = Pattern(r"""
      \{ [^{}\n]{0,400} \}
    | \[ [^\[\]\n⺀-\U0003ffff]{1,100} \]
    | \\\( [^\n]{0,300}? \\\)
    | \$ [^$\n⺀-\U0003ffff]{1,200} \$
    | ` [^`\n]{1,200} `
    | </? [A-Za-z] [^<>\n]{0,300} >
    | \( (?<= [A-Za-z0-9_] \( ) ["'] [^"'\n]{0,200} ["'] [^()\n]{0,200} \)
    | ; [ \t]{0,20} // [^\n]{0,1000}
    | :// [!-~]{0,2000} [A-Za-z0-9/=_-]
    | www\. [!-~]{0,2000} [A-Za-z0-9/=_-]
""")
LITERAL_SIGNS = ("{", "[", "\\(", "$", "`", "<", '("', "('", "//", "www.")
COMMENT_SIGNS = ("//", "/*", "#include")
# The type of a document in a reference: GB/T 7714 sets the marks of the whole reference half-width.
REFERENCE = Pattern(r"\[ [A-Z]{1,2} (?: /[A-Z]{2} )? \]")

BRACKET = Pattern("[()（）]")
WIDE = Pattern("[⺀-\uabff\uf900-\ufaff︰-\uffef\U00020000-\U0003ffff]")
# One kana alone is as often part of a face, (ノ_<), as of a word.
HAN_OR_KANA = Pattern("[〇㐀-鿿\uf900-\ufaff\U00020000-\U0003ffff] | [ぁ-ヺー]{2}")
HANGUL = Pattern("[가-\ud7ff]")
# Single letters are variables as often as words.
LETTERS = Pattern("[A-Za-z\u00c0-\u1fff가-\ud7ff]{2,}")
LETTER_OR_DIGIT = Pattern("[0-9A-Za-z×\u00c0-\u1fff]")

# Yahoo!奇摩 and 5!的值 are no sentences.
NAME = Pattern(r"(?: (?<! [A-Za-z] ) [A-Z][a-z]+ | [0-9] ) \Z")
METADATA = Pattern(r"[a-z] [a-z_-]{0,30}")
LINK_LABEL = Pattern(r"\[ [^\[\]\n]{1,200} \]")
KEY = Pattern(r"[ ]? [A-Za-z_] [A-Za-z0-9_.-]{0,30} =")
CITATION = Pattern(r"[A-Z] [^()]{0,150} , [ ] [12][0-9]{3} [a-z]? (?: [,;:] [^()]{0,100} )?")
COORDINATES = Pattern(r"""
    [+-]? (?: [0-9.]{1,12} | [A-Za-z∞] ) (?: , [ ]? [+-]? (?: [0-9.]{1,12} | [A-Za-z∞] ) ){1,9}
""")
AREA_CODE = Pattern(r"\( 0 [0-9]{2,3} \) [ -]? [0-9]{6,8}")
GLOSS = Pattern(r"[A-Za-z] [A-Za-z-]{0,30} (?: [ ] [A-Za-z&] [A-Za-z-]{0,30} ){1,12}")

OPENING = frozenset("“‘\"'([*_")
CLOSING = frozenset("”’\"')]*_")
OPENING_QUOTES = ("“", "‘", '"', "「")
CLOSING_QUOTES = frozenset("”’\"'」")
STRAIGHT_QUOTES = frozenset("\"'")
# Marks that do not tell the language of the next one: 好!! and 如下:(1)
SKIPPED_BEFORE = {"!": "!?", "?": "!?", "(": ",:;!?"}
OPERATORS = frozenset("+-*/^=<>")
UNITS = frozenset("%‰℃°")
EYES = frozenset(":;=：；")
# Next to these no mark stands in a sentence: it is quoted there, or one mark too many.
NOT_AFTER = frozenset("（(“‘「『《【[，。、；：")
NOT_BEFORE = frozenset("，。、；：")

# How far past quotes and the like a mark's neighbour may stand.
REACH = 4
# Language is judged in pieces of a line, each with a margin, so that a long line costs no more than
# many short ones, and a line in two languages is not taken for one.
PIECE, MARGIN = 160, 40
LONGEST_LATIN = 200
LONGEST_QUOTATION = 80
REACH_OF_ADDRESS = 30


def half_width_marks(document: Document, places: Sequence[Span]) -> list[Mark]:
    """The half-width marks among some places of a document that belong to Chinese, in order."""
    text = document.text
    if text.isascii() or not any(
        text[at - 1] >= "‘" or text[end : end + 1] >= "‘" for at, end in places
    ):
        return []
    offsets: Sequence[int] = [at for at, _ in places]
    if any(sign in text for sign in LITERAL_SIGNS):
        offsets = list(outside(offsets, [m.span() for m in LITERAL.finditer(text)]))
    lines = document.get(Lines)
    plain = not HANGUL.search(text)
    marks: list[Mark] = []
    first = 0
    while first < len(offsets):
        line = lines.index(offsets[first])
        start, end = lines.starts[line], lines.ends[line]
        last = bisect_left(offsets, end, first + 1)
        if not (
            text[start:end].isascii()
            or text.startswith(COMMENT_SIGNS, start)
            or REFERENCE.search(text, start, end)
        ):
            reader = LineReader(text, start, end, plain=plain)
            marks += reader.read(offsets[first:last])
        first = last
    marks.sort()
    return marks


def outside(offsets: Iterable[int], spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The offsets that lie in none of the spans; both come in order."""
    index = 0
    for at in offsets:
        while index < len(spans) and spans[index][1] <= at:
            index += 1
        if index == len(spans) or at < spans[index][0]:
            yield at


def wide(character: str) -> bool:
    """Whether a character fills a Chinese square: Han, kana, Chinese marks; not Hangul."""
    if character < "⺀":
        return character in ("…", "—")
    return not "가" <= character <= "\ud7ff"


def is_kana(character: str) -> bool:
    """Whether a character is Japanese, where half-width marks are no defect of Chinese."""
    return "ぁ" <= character <= "ヿ"


class LineReader:
    """Reads the half-width marks of one line."""

    def __init__(self, text: str, start: int, end: int, *, plain: bool) -> None:
        """Take the line from `start` to `end` of a text, which is `plain` if it holds no Hangul."""
        self.text = text
        self.plain = plain
        self.start = start
        self.end = end
        self.chinese_brackets: set[int] = set()
        """Half-width brackets that belong to Chinese."""
        self.foreign: list[tuple[int, int]] = []
        """Pairs of brackets that belong to code or to another language."""
        self.eyes: set[int] = set()
        """The colons and semicolons of emoticons."""
        self._chinese: dict[int, bool] = {}

    def read(self, offsets: Sequence[int]) -> Iterator[Mark]:
        """The marks that belong to Chinese: the brackets first, since the others depend on them."""
        text = self.text
        brackets = {at for at in offsets if text[at] in "()"}
        if brackets:
            yield from self._read_brackets(brackets)
            self.foreign.sort()
        foreign, index, closed = self.foreign, 0, -1
        judged, chinese, han = -1, False, Kind.HAN
        for at in offsets:
            if at >= judged:
                judged = at + PIECE - (at - self.start) % PIECE
                chinese = self._is_chinese(at)
            if not chinese or at in brackets:
                continue
            while index < len(foreign) and foreign[index][0] < at:
                closed = max(closed, foreign[index][1])
                index += 1
            kind: Kind | None
            if (
                at
                and "一" <= text[at - 1] <= "龥"
                and "一" <= text[at + 1 : at + 2] <= "龥"
                and text[at] != "."
            ):
                kind = han  # most of them; the general case comes to the same
            else:
                kind = self._kind(at, in_foreign=at < closed)
            if kind is not None:
                yield Mark(at, at + 1, (at,), kind)

    def _is_chinese(self, at: int) -> bool:
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
            known = self.plain and surplus > len(around)
            if not known:
                full = len(WIDE.compiled.findall(around))
                known = 3 * full >= max(1, sum(map(len, LETTERS.compiled.findall(around))))
            self._chinese[piece] = known
        return known

    # --- marks that are no brackets -----------------------------------------------------------------
    def _kind(self, at: int, *, in_foreign: bool) -> Kind | None:
        """How surely a mark belongs to Chinese, by its neighbours; None where it does not."""
        text = self.text
        mark, left = text[at], text[at - 1] if at > self.start else ""
        right = text[at + 1] if at + 1 < self.end else ""
        if mark == ".":
            return Kind.HAN if self._ends_sentence(at, left, right) else None
        if not left or left in NOT_AFTER or (right and right in NOT_BEFORE):
            return None  # no line begins with such a mark either, unless it is markup
        if not (wide(left) and wide(right)):
            if at in self.eyes or self._is_syntax(at, mark, left, right):
                return None
            return self._by_neighbours(at, left, right, in_foreign=in_foreign)
        if left in "！？" and mark not in "!?":
            return None
        return Kind.DOUBTFUL if is_kana(left) or is_kana(right) else Kind.HAN

    def _by_neighbours(self, at: int, left: str, right: str, *, in_foreign: bool) -> Kind | None:
        """The kind of a mark that has no Han on one side at least."""
        before, after = self._before(at), self._after(at)
        # A mark that is spoken of, as in 末尾加上 ? 的命令, has a space before it.
        spaced = left == " "
        if wide(before):
            return Kind.DOUBTFUL if spaced or is_kana(before) else Kind.HAN
        if wide(after) and right not in STRAIGHT_QUOTES:
            if self.text[at] not in "!?" or before in UNITS:
                return Kind.DOUBTFUL if spaced else Kind.HAN
            if wide(right) and self.text[at] == "!" and NAME.search(self.text, max(0, at - 20), at):
                return None
            return Kind.DOUBTFUL
        doubtful = self._is_doubtful(at, before, right, in_foreign=in_foreign)
        return Kind.DOUBTFUL if doubtful else None

    def _before(self, at: int) -> str:
        """The character that stands before a mark, past a space, closing quotes and the like."""
        text, first = self.text, max(self.start, at - REACH)
        skipped = SKIPPED_BEFORE.get(text[at], "")
        at -= 1
        if text[at] == " ":
            at -= 1
        while at >= first:
            character = text[at]
            if at in self.chinese_brackets:
                return "）"
            if character not in CLOSING and character not in skipped:
                return character
            at -= 1
        return ""

    def _after(self, at: int) -> str:
        """The character that follows a mark, past spaces, opening quotes and the like."""
        text, last = self.text, min(self.end, at + 1 + REACH)
        at += 1
        while at < last and (text[at] == " " or text[at] in OPENING):
            at += 1
        return text[at] if at < last else ""

    def _is_syntax(self, at: int, mark: str, left: str, right: str) -> bool:
        """Whether a mark is part of code, markup or data rather than of a sentence."""
        text = self.text
        if left == right == " " or (mark in ",:;" and mark in (left, right)):
            return True  # a table drawn with spaces, a mark that is spoken of
        if left in STRAIGHT_QUOTES and left == text[at + 1 : at + 3].lstrip(" ")[:1]:
            return True  # "甲","乙" in data
        if mark == "!" and right == "[":
            return True  # an image in Markdown
        if mark == ":":
            return self._is_syntactic_colon(at, left, right)
        return right.isascii() and KEY.match(text, at + 1, self.end) is not None  # a=甲,b=乙

    def _is_syntactic_colon(self, at: int, left: str, right: str) -> bool:
        text, start = self.text, self.start
        if right == "/":
            return text.startswith("://", at)
        if right.isdigit():  # a port: http://地址:8080
            return text.find("://", max(start, at - REACH_OF_ADDRESS), at) >= 0
        if left == "]":
            return LINK_LABEL.fullmatch(text, start, at) is not None
        if right == " " and METADATA.fullmatch(text, start, at):
            return True
        return left.isascii() and text[at + 1 : at + 3].lstrip(" ")[:1] == "盘"  # C:盘

    def _is_doubtful(self, at: int, before: str, right: str, *, in_foreign: bool) -> bool:
        """Whether a mark without Han beside it may still punctuate a Chinese sentence."""
        text = self.text
        if in_foreign or not (before.isalnum() or before in UNITS):
            return False
        if not right:
            return True
        if right in CLOSING_QUOTES:
            return self._quotes_chinese(at)
        if right in "“‘「":
            return True
        if text[at] not in ",;" or not right.isalnum() or (before.isdigit() and right.isdigit()):
            return False
        return text[at + 2 : at + 3] != "-"  # N,N-二甲基甲酰胺

    def _quotes_chinese(self, at: int) -> bool:
        """Whether the quotation that a mark ends holds Han."""
        start = max(self.start, at - LONGEST_QUOTATION)
        opened = max(self.text.rfind(quote, start, at) for quote in OPENING_QUOTES)
        return HAN_OR_KANA.search(self.text, max(start, opened), at) is not None

    def _ends_sentence(self, at: int, left: str, right: str) -> bool:
        """Whether a point ends a Chinese sentence: it stands after Han, and a pause follows it."""
        text = self.text
        if not (HAN_OR_KANA.match(left) or left in "）》”」") or at - self.start < 5:
            return False  # 一. and 甲. number a list
        return not right or right in "”」" or (right == " " and wide(text[at + 2 : at + 3]))

    # --- brackets -----------------------------------------------------------------------------------
    def _read_brackets(self, halves: set[int]) -> Iterator[Mark]:
        """The brackets of the line that belong to Chinese, pair by pair."""
        text = self.text
        opened: list[tuple[int, bool]] = []
        """Offsets of open brackets, each with whether Han has followed it so far."""
        seen = self.start
        for match in BRACKET.finditer(text, self.start, self.end):
            at = match.start()
            bracket = text[at]
            if bracket in "()" and at not in halves:
                continue
            if opened and not opened[-1][1] and HAN_OR_KANA.search(text, seen, at):
                opened[-1] = (opened[-1][0], True)
            seen = at + 1
            if bracket in "(（":
                if not self._is_mouth(at):
                    opened.append((at, False))
            elif opened:
                start, holds_han = opened.pop()
                if opened and holds_han:
                    opened[-1] = (opened[-1][0], True)
                yield from self._pair(start, at, holds_han=holds_han)
            else:
                yield from self._single(at)
        if opened and HAN_OR_KANA.search(text, seen, self.end):
            opened[-1] = (opened[-1][0], True)
        for at, holds_han in opened:
            yield from self._single(at, holds_han=holds_han)

    def _pair(self, start: int, end: int, *, holds_han: bool) -> Iterator[Mark]:
        offsets = tuple(at for at in (start, end) if self.text[at] in "()")
        if not offsets:
            return
        kind = self._kind_of_pair(start, end, holds_han=holds_han, mixed=len(offsets) == 1)
        if kind is not None and self._is_chinese(start):
            self.chinese_brackets.update(offsets)
            yield Mark(start, end + 1, offsets, kind, bracket=True)
        elif not holds_han:
            self.foreign.append((start, end))

    def _kind_of_pair(self, start: int, end: int, *, holds_han: bool, mixed: bool) -> Kind | None:
        """How surely a pair of brackets belongs to Chinese; None where it does not."""
        text = self.text
        left = text[start - 1] if start > self.start else ""
        if left == "]":
            return None  # a link in Markdown
        if holds_han:
            call = left.isascii() and left.isalnum() and text[start + 1] in STRAIGHT_QUOTES
            return None if call else Kind.HAN
        if mixed:
            return Kind.HAN
        before, after = self._before(start) if left else "", self._after(end)
        right = text[end + 1] if end + 1 < self.end else ""
        if (wide(before) and left != " ") or (not left and wide(right)):
            kind = Kind.LATIN
        elif (wide(before) or wide(after)) and (not left or left == " "):
            kind = Kind.DOUBTFUL
        elif left.isalnum() and GLOSS.fullmatch(text, start + 1, end):
            kind = Kind.DOUBTFUL  # AI(Artificial Intelligence), and not printf(x)
        else:
            return None
        if (
            end - start > LONGEST_LATIN
            or right in OPERATORS
            or not LETTER_OR_DIGIT.search(text, start + 1, end)  # (^_^)
            or CITATION.fullmatch(text, start + 1, end)
            or COORDINATES.fullmatch(text, start + 1, end)
            or AREA_CODE.match(text, start)
        ):
            return None
        return kind

    def _single(self, at: int, *, holds_han: bool = False) -> Iterator[Mark]:
        """A bracket without its partner: a list marker, part of an emoticon, or the rest of a pair."""
        text = self.text
        if text[at] not in "()":
            return
        left = text[at - 1] if at > self.start else ""
        right = text[at + 1] if at + 1 < self.end else ""
        if self._is_mouth(at):
            return
        if wide(left) or (wide(right) and text[at] == "("):
            kind = Kind.HAN
        elif holds_han and not left.isalnum():
            kind = Kind.DOUBTFUL
        elif text[at] == ")" and wide(right) and left.isalnum():
            kind = Kind.DOUBTFUL  # 1)提高认识
        else:
            return
        if self._is_chinese(at):
            self.chinese_brackets.add(at)
            yield Mark(at, at + 1, (at,), kind, bracket=True)

    def _is_mouth(self, at: int) -> bool:
        """Whether a bracket ends an emoticon such as :) or ;-), whose eyes are then no colon."""
        text = self.text
        eyes = at - 2 if text[at - 1] == "-" else at - 1
        if eyes < self.start or text[eyes] not in EYES:
            return False
        if text[at] != ")" and (at + 1 < self.end and text[at + 1] != " "):
            return False
        self.eyes.add(eyes)
        return True
