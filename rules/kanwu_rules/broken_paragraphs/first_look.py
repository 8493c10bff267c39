"""The first look: whether anything in a text begins or ends as torn paragraphs do.

It costs a few microseconds a paragraph and passes most documents over; what it lets through, the search
looks at closely.
"""

from __future__ import annotations

from functools import cache
from operator import add
from typing import TYPE_CHECKING

from kanwu import Pattern, Span, UnusualLines, read_bytes
from kanwu.analysis.line_patterns import PUBLISHED
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.edges import torn_head, torn_line
from kanwu_rules.broken_paragraphs.halves import (
    ARTICLE,
    CLOSES_FIRST,
    HEAD,
    LEADING_ON,
    SHOWN,
    cut_head,
    cut_tail,
    left_closed,
    left_open,
    read_weights,
)
from kanwu_rules.broken_paragraphs.paragraphs import INSIDE, LAST, end_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.engine.line_triggers import Line

# The odds, in nats, from which on characters may be the rest of a sentence: of the first few, and of
# these and the first clause together, weighed as the search weighs them.
LEAST_CUT_HEAD, LEAST_REST = -1.0, 2.5
# The same of what would be the rest of a line that looks like a heading.
LEAST_REST_OF_HEADING = 0.0
# The same of the end of what may be a heading, and of its end and all of it together.
LEAST_CUT_TAIL, LEAST_TORN = -0.5, 1.5
# Nothing goes on with the number of an item.
LIST_MARK = Pattern(r"[（(]? (?: [0-9]{1,3} | [一二三四五六七八九十]{1,3} ) [）)．.、] (?! [0-9] )")
FIRST_OF_PUBLISHED = frozenset("本原该")
# Code points of lines without the marks of sentences that may well be headings.
LONGEST_HEADING, LONGEST_TITLE = 42, 90


@cache
def common_beginnings() -> frozenset[str]:
    """Pairs of characters with which whole paragraphs begin."""
    pairs = read_bytes(__file__, "beginnings.txt").decode("utf-8").removesuffix("\n")
    return frozenset(map(add, pairs[::2], pairs[1::2]))


class TornLines(UnusualLines):
    """The first line of a text that ends or begins as broken paragraphs do.

    Most lines end with a mark and begin as whole paragraphs do, and the others are looked at here.
    """

    def __init__(self) -> None:
        super().__init__(LAST, common_beginnings)

    def among(self, text: str, lines: Iterable[Line]) -> Iterator[Span]:
        heading, first, expected = "", True, 0
        for line in lines:
            if line.number != expected:  # a usual line stands between
                heading, first = "", False
            expected = line.number + 1
            said = text[line.start : line.end].strip()
            if not said:
                continue
            if said[-1] not in LAST and end_of(said):
                if not is_heading_like(said, first=first):
                    yield Span(line.start, line.end)
                    return
                heading = said
            elif begins_anew(said):
                heading = ""
            elif may_go_on(heading, said) if heading else may_be_rest(said):
                yield Span(line.start, line.end)
                return
            first = False


TORN_LINES = TornLines()


def may_be_broken(text: str) -> bool:
    """Whether any line of a text ends or begins as broken paragraphs do: a quick look."""
    return any(True for _ in TORN_LINES.find(text))


def begins_anew(text: str) -> bool:
    """Whether a text begins as whole paragraphs do: with such a pair, a name or a number."""
    if text[0].isascii():
        # Only English goes on with a small letter: the names of commands have one, too.
        return not (text[0].islower() and text[:SHOWN].isascii())
    return text[:2] in common_beginnings() or LIST_MARK.match(text) is not None


def is_heading_like(text: str, *, first: bool) -> bool:
    """Whether a text that ends like no sentence looks like a heading in every way."""
    if text.isascii() or (text[0] in FIRST_OF_PUBLISHED and PUBLISHED.match(text)):
        return True
    return (
        len(text) < (LONGEST_TITLE if first else LONGEST_HEADING)
        and INSIDE.isdisjoint(text)
        and text[-1] not in LEADING_ON
        and not (text[0] == "第" and ARTICLE.match(text))
        and not left_open(text)
        and (first or not reads_torn(text))
    )


def reads_torn(text: str) -> bool:
    """Whether a line without the marks of sentences is the beginning of a sentence, and no heading."""
    cut = cut_tail(text[-SHOWN:])
    return cut > LEAST_CUT_TAIL and cut + torn_line(text) > LEAST_TORN


def may_be_rest(text: str) -> bool:
    """Whether a paragraph that begins like no other may have lost its beginning."""
    cut = cut_head(text[:SHOWN])
    if cut > LEAST_CUT_HEAD:
        weights = read_weights()["head"]
        torn = torn_head(text[:HEAD])
        if weights["head"] * cut + weights["torn"] * torn > LEAST_REST:
            return True
    return CLOSES_FIRST.match(text) is not None


def may_go_on(heading: str, text: str) -> bool:
    """Whether what looks like a heading may go on in the next line."""
    if left_open(heading) & left_closed(text):
        return True
    joins = continuation().joins(heading[-SHOWN:], text[:SHOWN])
    weights = read_weights()["join"]
    return joins + weights["torn"] * torn_head(text[:HEAD]) > LEAST_REST_OF_HEADING
