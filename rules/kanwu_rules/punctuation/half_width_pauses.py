"""Whether a half-width comma, colon, question mark or the like belongs to Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu_rules.punctuation.marked_line import HAN_OR_KANA, STRAIGHT_QUOTES, Kind, is_kana, wide

if TYPE_CHECKING:
    from kanwu_rules.punctuation.marked_line import MarkedLine

# Yahoo!奇摩 and 5!的值 are no sentences.
NAME = Pattern(r"(?: (?<! [A-Za-z] ) [A-Z][a-z]+ | [0-9] ) \Z")
METADATA = Pattern(r"[a-z] [a-z_-]{0,30}")
LINK_LABEL = Pattern(r"\[ [^\[\]\n]{1,200} \]")
KEY = Pattern(r"[ ]? [A-Za-z_] [A-Za-z0-9_.-]{0,30} =")
DRIVE = Pattern(r"(?<! [A-Za-z0-9] ) [A-Za-z] : [ ]? 盘 (?! 点 )")

OPENING_QUOTES = ("“", "‘", '"', "「")
CLOSING_QUOTES = frozenset("”’\"'」")
UNITS = frozenset("%‰℃°")
# Next to these no mark stands in a sentence: it is quoted there, or one mark too many.
NOT_AFTER = frozenset("（(“‘「『《【[，。、；：")
NOT_BEFORE = frozenset("，。、；：")
LONGEST_NAME = 20
LONGEST_QUOTATION = 80
REACH_OF_ADDRESS = 30


def kind_of_pause(line: MarkedLine, at: int, *, in_foreign: bool) -> Kind | None:
    """How surely a mark that is no bracket belongs to Chinese; None where it does not.

    `in_foreign` says whether it stands in brackets that belong to code or to another language.
    """
    mark, left, right = line.text[at], line.left(at), line.right(at)
    if mark == ".":
        return Kind.HAN if ends_sentence(line, at, left, right) else None
    if not left or left in NOT_AFTER or (right and right in NOT_BEFORE):
        return None  # no line begins with such a mark either, unless it is markup
    if not (wide(left) and wide(right)):
        if at in line.eyes or is_syntax(line, at, left, right):
            return None
        return kind_by_neighbours(line, at, in_foreign=in_foreign)
    if left in "！？" and mark not in "!?":
        return None
    return Kind.DOUBTFUL if is_kana(left) or is_kana(right) else Kind.HAN


def kind_by_neighbours(line: MarkedLine, at: int, *, in_foreign: bool) -> Kind | None:
    """The kind of a mark that has no Han on one side at least."""
    mark, right = line.text[at], line.right(at)
    before, after = line.before(at), line.after(at)
    # A mark that is spoken of, as in 末尾加上 ? 的命令, has a space before it.
    spaced = line.left(at) == " "
    if wide(before):
        return Kind.DOUBTFUL if spaced or is_kana(before) else Kind.HAN
    if wide(after) and right not in STRAIGHT_QUOTES:
        if mark not in "!?" or before in UNITS:
            return Kind.DOUBTFUL if spaced else Kind.HAN
        name = mark == "!" and wide(right) and NAME.search(line.text, max(0, at - LONGEST_NAME), at)
        return None if name else Kind.DOUBTFUL
    doubtful = not in_foreign and is_doubtful(line, at, before, right)
    return Kind.DOUBTFUL if doubtful else None


def is_doubtful(line: MarkedLine, at: int, before: str, right: str) -> bool:
    """Whether a mark without Han beside it may still punctuate a Chinese sentence."""
    text = line.text
    if not (before.isalnum() or before in UNITS):
        return False
    if right in CLOSING_QUOTES:
        return quotes_chinese(line, at)
    if not right or right in "“‘「":
        return True
    if text[at] not in ",;" or not right.isalnum() or (before.isdigit() and right.isdigit()):
        return False
    return text[at + 2 : at + 3] != "-"  # N,N-二甲基甲酰胺


def is_syntax(line: MarkedLine, at: int, left: str, right: str) -> bool:
    """Whether a mark is part of code, markup or data rather than of a sentence."""
    text, mark = line.text, line.text[at]
    if left == right == " " or (mark in ",:;" and mark in (left, right)):
        return True  # a table drawn with spaces, a mark that is spoken of
    if left in STRAIGHT_QUOTES and left == text[at + 1 : at + 3].lstrip(" ")[:1]:
        return True  # "甲","乙" in data
    if mark == "!" and right == "[":
        return True  # an image in Markdown
    if mark == ":":
        return is_syntactic_colon(line, at, left, right)
    return right.isascii() and KEY.match(text, at + 1, line.end) is not None  # a=甲,b=乙


def is_syntactic_colon(line: MarkedLine, at: int, left: str, right: str) -> bool:
    """Whether a colon belongs to an address, a link's label, a key of metadata or a drive."""
    text, start = line.text, line.start
    if right == "/":
        return text.startswith("://", at)
    if right.isdigit():  # a port: http://地址:8080
        return text.find("://", max(start, at - REACH_OF_ADDRESS), at) >= 0
    if left == "]":
        return LINK_LABEL.fullmatch(text, start, at) is not None
    if right == " " and METADATA.fullmatch(text, start, at):
        return True
    return left.isascii() and DRIVE.match(text, at - 1, line.end) is not None


def quotes_chinese(line: MarkedLine, at: int) -> bool:
    """Whether the quotation that a mark ends holds Han."""
    start = max(line.start, at - LONGEST_QUOTATION)
    opened = max(line.text.rfind(quote, start, at) for quote in OPENING_QUOTES)
    return HAN_OR_KANA.search(line.text, max(start, opened), at) is not None


def ends_sentence(line: MarkedLine, at: int, left: str, right: str) -> bool:
    """Whether a point ends a Chinese sentence: it stands after Han, and a pause follows it."""
    if not (HAN_OR_KANA.match(left) or left in "）》”」") or at - line.start < 5:
        return False  # 一. and 甲. number a list
    return not right or right in "”」" or (right == " " and wide(line.text[at + 2 : at + 3]))
