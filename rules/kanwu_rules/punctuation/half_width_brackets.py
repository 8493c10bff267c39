"""Which half-width brackets of a line belong to Chinese, by what they hold and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.punctuation.marked_line import HAN_OR_KANA, STRAIGHT_QUOTES, Kind, Mark, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu_rules.punctuation.marked_line import MarkedLine

BRACKET = Pattern("[()（）]")
LETTER_OR_DIGIT = Pattern("[0-9A-Za-z×\u00c0-\u1fff]")
CITATION = Pattern(r"[A-Z] [^()]{0,150} , [ ] [12][0-9]{3} [a-z]? (?: [,;:] [^()]{0,100} )?")
COORDINATES = Pattern(r"""
    [+-]? (?: [0-9.]{1,12} | [A-Za-z∞] ) (?: , [ ]? [+-]? (?: [0-9.]{1,12} | [A-Za-z∞] ) ){1,9}
""")
AREA_CODE = Pattern(r"\( 0 [0-9]{2,3} \) [ -]? [0-9]{3,8}")
# 由式(3)和(5)可得: what is numbered so in the margin is cited so.
EQUATION = Pattern(r"\( [0-9]{1,3} (?: [.-] [0-9]{1,3} )? [a-z]? \)")
BETWEEN_EQUATIONS = frozenset("～~—、，,至到和与與及或")
GLOSS = Pattern(r"[A-Za-z] [A-Za-z-]{0,30} (?: [ ] [A-Za-z&] [A-Za-z-]{0,30} ){1,12}")
OPERATORS = frozenset("+-*/^=<>")
EYES = frozenset(":;=：；")
LONGEST_LATIN = 200


def read_brackets(line: MarkedLine, halves: set[int]) -> Iterator[Mark]:
    """The half-width brackets, among those at `halves`, that belong to Chinese, pair by pair."""
    text = line.text
    opened: list[tuple[int, bool]] = []
    """Offsets of open brackets, each with whether Han has followed it so far."""
    seen = line.start
    for match in BRACKET.finditer(text, line.start, line.end):
        at = match.start()
        bracket = text[at]
        if bracket in "()" and at not in halves:
            continue
        if opened and not opened[-1][1] and HAN_OR_KANA.search(text, seen, at):
            opened[-1] = (opened[-1][0], True)
        seen = at + 1
        if bracket in "(（":
            if not is_mouth(line, at):
                opened.append((at, False))
        elif opened:
            start, holds_han = opened.pop()
            if opened and holds_han:
                opened[-1] = (opened[-1][0], True)
            yield from read_pair(line, start, at, holds_han=holds_han)
        else:
            yield from read_single(line, at)
    if opened and HAN_OR_KANA.search(text, seen, line.end):
        opened[-1] = (opened[-1][0], True)
    for at, holds_han in opened:
        yield from read_single(line, at, holds_han=holds_han)


def read_pair(line: MarkedLine, start: int, end: int, *, holds_han: bool) -> Iterator[Mark]:
    """The pair of brackets at two offsets, if it belongs to Chinese; noted as foreign if not."""
    offsets = tuple(at for at in (start, end) if line.text[at] in "()")
    if not offsets:
        return
    kind = kind_of_pair(line, start, end, holds_han=holds_han, mixed=len(offsets) == 1)
    if kind is not None and line.is_chinese(start):
        line.chinese_brackets.update(offsets)
        yield Mark(start, end + 1, offsets, kind, bracket=True)
    elif not holds_han:
        line.foreign.append((start, end))


def kind_of_pair(
    line: MarkedLine, start: int, end: int, *, holds_han: bool, mixed: bool
) -> Kind | None:
    """How surely a pair of brackets belongs to Chinese; None where it does not."""
    text, left = line.text, line.left(start)
    if left == "]":
        return None  # a link in Markdown
    if holds_han:
        call = left.isascii() and left.isalnum() and text[start + 1] in STRAIGHT_QUOTES
        return None if call else Kind.HAN
    if mixed:
        return Kind.HAN
    before, after, right = line.before(start), line.after(end), line.right(end)
    if EQUATION.fullmatch(text, start, end + 1) and (
        left == "式" or (left in BETWEEN_EQUATIONS and text.startswith(")", start - 2))
    ):
        return Kind.DOUBTFUL
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


def read_single(line: MarkedLine, at: int, *, holds_han: bool = False) -> Iterator[Mark]:
    """A bracket without its partner: a list marker, part of an emoticon, or the rest of a pair."""
    bracket, left, right = line.text[at], line.left(at), line.right(at)
    if bracket not in "()" or is_mouth(line, at):
        return
    if wide(left) or (wide(right) and bracket == "("):
        kind = Kind.HAN
    elif (holds_han and not left.isalnum()) or (
        bracket == ")" and wide(right) and left.isalnum()  # 1)提高认识
    ):
        kind = Kind.DOUBTFUL
    else:
        return
    if line.is_chinese(at):
        line.chinese_brackets.add(at)
        yield Mark(at, at + 1, (at,), kind, bracket=True)


def is_mouth(line: MarkedLine, at: int) -> bool:
    """Whether a bracket ends an emoticon such as :) or ;-), whose eyes are then no colon."""
    text = line.text
    eyes = at - 2 if line.left(at) == "-" else at - 1
    if eyes < line.start or text[eyes] not in EYES:
        return False
    if text[at] != ")" and line.right(at) not in ("", " "):
        return False  # 如下:(一)
    line.eyes.add(eyes)
    return True
