"""The first look: whether anything in a text begins or ends as torn paragraphs do.

It costs a few microseconds a paragraph and passes most documents over; what it lets through, the search
looks at closely.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kanwu import Pattern
from kanwu.analysis.line_patterns import PUBLISHED
from kanwu_rules.broken_paragraphs.halves import (
    ARTICLE,
    CLOSES_FIRST,
    LEADING_ON,
    SHORT_PARAGRAPH,
    SHOWN,
    cut_head,
    cut_tail,
    left_open,
)
from kanwu_rules.broken_paragraphs.paragraphs import INSIDE, LAST, end_of

# The odds, in nats, from which on characters may be the rest of a sentence; a long paragraph has to be
# surer.
LEAST_CUT_HEAD, SURER = 2.7, 1.9
# The same of characters that no heading ends with.
SURE_TAIL = 2.8
# Nothing goes on with the number of an item.
LIST_MARK = Pattern(r"[（(]? (?: [0-9]{1,3} | [一二三四五六七八九十]{1,3} ) [）)．.、] (?! [0-9] )")
# Code points of lines without the marks of sentences that may well be headings.
LONGEST_HEADING, LONGEST_TITLE = 42, 90


def may_be_broken(text: str) -> bool:
    """Whether any line of a text ends or begins as broken paragraphs do: a quick look."""
    heading, first = False, True
    common = common_beginnings()
    for line in text.replace("\r", "\n").split("\n"):
        # Most lines are blank or whole, and are told so without a call.
        if not line:
            continue
        if line[-1] in LAST and line[:2] in common:
            heading = first = False
            continue
        said = line.strip()
        if not said:
            continue
        if said[-1] not in LAST and end_of(said):
            if not is_heading_like(said, first=first):
                return True
            heading = True
        elif begins_anew(said):
            heading = False
        elif heading or may_be_rest(said):
            return True
        first = False
    return False


def begins_anew(text: str) -> bool:
    """Whether a text begins as whole paragraphs do: with such a pair, a name or a number."""
    if text[0].isascii():
        # Only English goes on with a small letter: the names of commands have one, too.
        return not (text[0].islower() and text[:SHOWN].isascii())
    return text[:2] in common_beginnings() or LIST_MARK.match(text) is not None


def is_heading_like(text: str, *, first: bool) -> bool:
    """Whether a text that ends like no sentence looks like a heading in every way."""
    if text.isascii() or PUBLISHED.match(text):
        return True
    return (
        len(text) < (LONGEST_TITLE if first else LONGEST_HEADING)
        and INSIDE.isdisjoint(text)
        and text[-1] not in LEADING_ON
        and not ARTICLE.match(text)
        and not left_open(text)
        and (first or cut_tail(text[-SHOWN:]) < SURE_TAIL)
    )


def may_be_rest(text: str) -> bool:
    """Whether a paragraph that begins like no other may have lost its beginning."""
    cut = cut_head(text[:SHOWN])
    least = LEAST_CUT_HEAD if len(text) < SHORT_PARAGRAPH else LEAST_CUT_HEAD + SURER
    return cut > least or CLOSES_FIRST.match(text) is not None


@cache
def common_beginnings() -> frozenset[str]:
    """Pairs of characters with which whole paragraphs begin."""
    pairs = Path(__file__).with_name("beginnings.txt").read_text(encoding="utf-8").strip()
    return frozenset(pairs[at : at + 2] for at in range(0, len(pairs), 2))
