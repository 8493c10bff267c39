"""What looks like a lost bracket and is none: 1) and a）, :-), [0,1), 27”, the key [ itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kanwu import Pattern
from kanwu.analysis.patterns import WIDE_LETTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Letters from the CJK blocks on.
HAN = Pattern(r"[^\W\d_A-Za-z\x80-\u2e7f]")
# English that is prose, and not code, a table or a heading.
SENTENCE = Pattern(r"(?<![A-Za-z]) (?: [A-Za-z]{2,40} [,;:.]? [ ] ){8}")
CODE = Pattern(r"[{}<>=\\|$#_]")
# Code may hold a Chinese string: one part of Han in so many is prose.
LEAST_HAN = 6
# Where a text speaks of the marks themselves.
SUBJECT = Pattern(r"""
    括[号號弧] | 引[号號] | [书書]名[号號] | [Bb]racket | [Pp]arenthes | [Qq]uot(?:e|ation)[ ]mark
""")

# What numbers an item before a bracket that only closes: 1) a） 一） ①) 2.1) 3.) 4》
LABEL = Pattern(r"""
    (?: (?<![0-9０-９.]) [0-9０-９]{1,3} (?: \. [0-9]{1,3} ){0,3}
      | (?<![A-Za-z]) (?: [A-Za-zＡ-Ｚａ-ｚ] | [ivxIVX]{2,5} )
      | (?<![一二三四五六七八九十百]) [一二三四五六七八九十百]{1,4}
      | [①-⓿Ⅰ-ⅿ㈠-㊰] )
    [.．]? [ ]? [)）》〉]
""")
# What may stand before the label that begins a paragraph: 步骤1） 注a）
LEAD = Pattern(rf"[\s*•·◆■>-]{{0,8}} {WIDE_LETTER}{{0,4}}")
OPENERS = frozenset("（(［[〔【")

# :) :-) ; ) =) ^_^) and the sad ones. An aside that opens after a colon and never closes is more
# often one of these than a loss.
FACE = Pattern(r"""
    (?: [:：;；=] ['’]? [-‐－^o~]? | \^ ) [ ]? [)）]
  | (?: [:：;；=] ['’]? [-‐－] [ ]? | [:：=] ) [(（]
""")
# Half-open intervals, and open ones written ]0,1[.
INTERVAL = Pattern(r"""
    [\[\]［］(（] [^\[\]［］()（）㐀-鿿\n,，、;；]{1,30} [,，、;；] [^\[\]［］()（）㐀-鿿\n]{1,30} [\[\]［］)）]
""")
INCHES = Pattern(r"(?<! [0-9.] ) [0-9]{1,3} (?: \.[0-9]{1,2} )? ” (?! [，。、；：！？）\n] | \Z )")

# The marks on both sides of one that is named and not used: “（”, 按 [ 键.
NAMED = frozenset(("“”", "‘’", "「」", "『』", "（）", "()", '""', "''", "``"))
CODING = frozenset("[]{}")
ROUND_OR_SQUARE = frozenset("()（）[]［］")
ARROWS = frozenset("《》〈〉")
POINTERS = frozenset("》〉")
# Quotes that are typed the wrong way round, or closed by the straight one of the keyboard.
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
# Where the CJK blocks begin.
WIDE = "\u2e80"


def is_prose(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is Chinese or English prose that does not speak of brackets."""
    if SUBJECT.search(text, start, end):
        return False
    if not CODE.search(text, start, end):
        return bool(HAN.search(text, start, end) or SENTENCE.search(text, start, end))
    return sum(1 for _ in HAN.finditer(text, start, end)) * LEAST_HAN > end - start


def look_alikes(text: str, start: int, end: int, marks: Sequence[tuple[int, str]]) -> set[int]:
    """The offsets of marks in a paragraph that may be no brackets at all.

    `marks` are those without a partner; what is found may lie beside them.
    """
    found = {at for at, mark in marks if is_sign(text, at, mark)}
    found |= set(labels(text, start, end))
    # Only a look-alike of a kind that lacks a partner matters.
    lonely = {mark for _, mark in marks}
    if not lonely.isdisjoint(ROUND_OR_SQUARE):
        for face in FACE.finditer(text, start, end):
            found.add(face.end() - 1)
        for interval in INTERVAL.finditer(text, start, end):
            found |= {interval.start(), interval.end() - 1}
    if "”" in lonely:
        for inches in INCHES.finditer(text, start, end):
            found.add(inches.end() - 1)
    counts = Counter(STRAIGHT.get(mark, mark) for _, mark in marks)
    common = {mark for mark in POINTERS if counts[mark] > 1}
    for straight in counts.keys() & set(STRAIGHT.values()):
        if counts[straight] % 2 == 0 or text.count(straight, start, end) % 2:
            common |= {mark for mark in STRAIGHT if STRAIGHT[mark] == straight}
    return found | {at for at, mark in marks if mark in common}


def is_sign(text: str, at: int, mark: str) -> bool:
    """Whether a mark is named, a key, an arrow or a piece of code."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before == "\\" or before + after in NAMED:
        return True
    if mark in CODING or mark in "‘’":
        return before < WIDE and after < WIDE
    return mark in ARROWS and (mark in (before, after) or (before + after).isspace())


def labels(text: str, start: int, end: int) -> Iterator[int]:
    """Where a bracket closes the number of an item and nothing opens it."""
    inside, count = [], 0
    for match in LABEL.finditer(text, start, end):
        first, last = match.start(), match.end() - 1
        before = text[first - 1] if first > start else ""
        if before in OPENERS:
            continue
        count += 1
        if not before.isalpha() or LEAD.fullmatch(text, start, first):
            yield last
        else:
            inside.append(last)
    if count > 1:
        yield from inside
