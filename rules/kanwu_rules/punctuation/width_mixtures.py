"""What of a line belongs together and is written in two widths: numbers, pairs, marks side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import Pattern, Safety
from kanwu_rules.punctuation.marked_line import HAN_OR_KANA, MarkedLine
from kanwu_rules.punctuation.slips import Slip, is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FULL_MARKS = "，。；：！？（）．％［］｛｝"
HALF_MARKS = ",.;:!?().%[]{}"
HALF = str.maketrans(FULL_MARKS, HALF_MARKS)
FULL = str.maketrans(HALF_MARKS, FULL_MARKS)
# A half-width mark in front of more ASCII is spoken of, or the eyes of a face.
TWO_MARKS = Pattern(r"""
    (?<= [0-9A-Za-z”’」』》）)] | [一-龥] ) (?: ,[，。；：、] | [，。；：、], )
    (?! [，。；：、!-~] )
    | (?<= [”’」』》）)] | [一-龥] ) (?: ;； | ；; | :： | ：: | \.。 | 。\. ) (?! [，。；：、!-~] )
""")
COMMA = str.maketrans(",;:.", "，；：。")
PAUSES = "、，：；。"
"""From the slightest to the end of a sentence."""
POINT = Pattern(r"(?<! [0-9．.，] ) [0-9]{1,9} ． [0-9]{1,9} (?! [0-9．.] )")
THOUSANDS = Pattern(r"""
    (?<! [0-9.,，、] ) [1-9] [0-9]{0,2} (?: ， [0-9]{3} ){1,4} (?: [.．] [0-9]{1,4} )? (?! [0-9，．] )
    (?= [多余]? (?: [万亿元人名个家件种台辆吨米] | [公平] [里斤顷方] | [美欧日港] 元 ) )
""")
# The sign is looked for first, since digits are many.
CLOCK = Pattern(r"""
    [:：] (?= [0-5][0-9] (?! [0-9:：] ) )
    (?: (?<= [^0-9:：] [0-9] . ) | (?<= [^0-9:：] [01][0-9] . ) | (?<= [^0-9:：] 2[0-3] . ) )
""")
PERCENT = Pattern(r"[%％] (?<= [0-9] . ) (?! [0-9A-Fa-f]{2} )")
NUMBER_BEFORE = Pattern(r"[0-9.]{1,12} \Z")
NUMBER_AFTER = Pattern(r"[0-9]{2} | ")
MIXED_PAIR = Pattern(r"""
    \[ [^\[\]［］\n]{0,60} ］ | ［ [^\[\]［］\n]{0,60} \]
    | \{ [^{}｛｝\n]{0,60} ｝ | ｛ [^{}｛｝\n]{0,60} \}
""")
ENGLISH_MARK = Pattern(r"""
    (?<= [A-Za-z0-9] ) [，；：？！] (?= [ ]? [A-Za-z0-9] )
    | \( [^()（）\n]{1,200} ） | （ [^()（）\n]{1,200} [)）]
""")


def in_chinese(text: str, start: int, end: int) -> Iterator[Slip]:
    """Numbers, pairs of brackets and marks side by side in a line with Han."""
    for match in POINT.finditer(text, start, end):
        if match.start() > start:  # 1．2020年 numbers a list
            yield Slip(*match.span(), match[0].translate(HALF))
    for match in THOUSANDS.finditer(text, start, end):
        yield Slip(*match.span(), match[0].translate(HALF), Safety.UNSAFE)
    for match in MIXED_PAIR.finditer(text, start, end):
        chinese = HAN_OR_KANA.search(text, *match.span()) is not None
        yield Slip(*match.span(), outer(match[0], FULL if chinese else HALF))
    for match in TWO_MARKS.finditer(text, start, end):
        pair = match[0]
        full = pair.translate(COMMA)
        safety = Safety.SAFE if full[0] == full[1] else Safety.UNSAFE
        yield Slip(*match.span(), max(full, key=PAUSES.index), safety)


def in_english(text: str, start: int, end: int) -> Iterator[Slip]:
    """Full-width marks in a line of English."""
    line = MarkedLine(text, start, end, plain=False)
    for match in ENGLISH_MARK.finditer(text, start, end):
        at, after = match.span()
        if line.is_chinese(at):
            continue
        if after - at > 1:
            yield Slip(at, after, outer(match[0], HALF))
        else:
            tight = text[after] == " " or (match[0] == "：" and text[at - 1].isdigit())
            yield Slip(at, after, match[0].translate(HALF) + ("" if tight else " "))


def outer(pair: str, width: Mapping[int, str | int]) -> str:
    """A pair of brackets with what it holds, the brackets in one width."""
    return pair[0].translate(width) + pair[1:-1] + pair[-1].translate(width)


def exceptions(text: str, sign: Pattern, full: str) -> list[Slip]:
    """Where a sign stands in the width that the Chinese of a document has less of; a time, full-width."""
    spots = [match.start() for match in sign.finditer(text) if among_chinese(text, match.start())]
    wide = [at for at in spots if text[at] == full]
    narrow = [at for at in spots if text[at] != full]
    if not wide or not narrow:
        return []
    widen = len(wide) > len(narrow) and full == "％"
    slips = []
    for at in narrow if widen else wide:
        start, end = number_around(text, at)
        written = text[at].translate(FULL if widen else HALF)
        slips.append(Slip(start, end, text[start:at] + written + text[at + 1 : end]))
    return slips


def number_around(text: str, at: int) -> tuple[int, int]:
    """The span of the number that a sign belongs to."""
    before = NUMBER_BEFORE.search(text, max(0, at - 12), at)
    after = NUMBER_AFTER.match(text, at + 1)
    return (before.start() if before else at), (after.end() if after else at + 1)


def among_chinese(text: str, at: int) -> bool:
    """Whether Han or a Chinese mark stands beside the number that a sign belongs to."""
    start, end = number_around(text, at)
    return is_chinese(text[end : end + 2].lstrip(" ")[:1]) or is_chinese(
        text[max(0, start - 2) : start].rstrip(" ")[-1:]
    )
