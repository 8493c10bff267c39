"""Alignments inside one document, and by the noun alone: what `kanwu figures --alignments` shows besides."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.articles import Articles
from kanwu.documents.document import Span
from kanwu_rules.figures.alignment import aligned, kind_of, pairs_around, plain
from kanwu_rules.figures.bilingual import Bilingual
from kanwu_rules.figures.comparison import Verdict, apart, verdict
from kanwu_rules.figures.counterparts import Compared, compare
from kanwu_rules.figures.linking import is_small, of_other_scope
from kanwu_rules.figures.restatements import Restatements
from kanwu_rules.figures.statements import MOST, same_words, statements_of
from kanwu_rules.figures.translation_layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document
    from kanwu_rules.figures.alignment import Pair
    from kanwu_rules.figures.figure_items import Item
    from kanwu_rules.figures.statements import Statement

NOUN = 4
"""Characters on either side of a figure among which its noun stands."""
LARGE = 100
"""Smaller figures of one noun lie near one another by chance, if they are not the same."""
COMPARABLE = frozenset((Verdict.AGREE, Verdict.LOOSE))


class Aligned(NamedTuple):
    """Two figures of one document, by code points."""

    one: Span
    other: Span
    verdict: str
    reason: str


def inner_alignments(document: Document) -> Iterator[Aligned]:
    """How the figures of a document were compared with one another, each two of them once."""
    seen = set()
    for found in (*restated(document), *translated(document), *repeated(document)):
        if (found.one, found.other) not in seen:
            seen.add((found.one, found.other))
            yield found


def restated(document: Document) -> Iterator[Aligned]:
    """The figures that `restated-figure` and `unit-jump` tell of."""
    for found in document.get(Restatements).all:
        one, other = found.one, found.other
        exact = one.relation == other.relation == "="
        said = Verdict.CONTRADICT if exact else Verdict.DIFFER
        yield Aligned(
            Span(one.start, one.end),
            Span(other.start, other.end),
            said.value,
            "much the same words around both",
        )


def translated(document: Document) -> Iterator[Aligned]:
    """The figures of the two languages of a document."""
    layout = document.get(Layout)
    paragraphs = layout.document.get(Bilingual).pairs

    def aligned_items(zh: Item, en: Item, said: Verdict, reason: str) -> Aligned:
        here, there = (layout.original(Span(item.start, item.end)) for item in (zh, en))
        return Aligned(here, there, said.value, reason)

    for told in compare(layout.document, paragraphs):
        left = "left over in sentences that are aligned"
        yield aligned_items(told.zh, told.en, Verdict.CONTRADICT, left)
    for pair in paragraphs:
        for zh, en in Compared(layout.document, pair).pairs:
            yield aligned_items(zh, en, Verdict.AGREE, "the paragraphs are aligned")


def repeated(document: Document) -> Iterator[Aligned]:
    """The figures of one article in different paragraphs, the best counterpart of each."""
    for article in document.get(Articles):
        stated = statements_of(document, article)[:MOST]
        by_line = [list(group) for _, group in groupby(stated, key=lambda s: s.start[0])]
        for at, ones in enumerate(by_line):
            others = [statement for line in by_line[at + 1 :] for statement in line]
            found = aligned(ones, others)
            for pair in found:
                yield Aligned(*spans_of(pair.one, pair.other), *judged(pair))
            paired = {id(pair.one) for pair in found if not pair.conflicts}
            for one, other, said, noun in of_one_noun(ones, others, paired):
                yield Aligned(
                    *spans_of(one, other), said.value, f"the same noun beside both: {noun}"
                )


def judged(pair: Pair) -> tuple[str, str]:
    """The verdict on two figures of one article, and why."""
    if not pair.conflicts:
        words = f"the same words beside both: {same_words(pair.one, pair.other)}"
        return pair.verdict.value, words
    why = "the words beside them are not the same"
    if not pair.one.is_date and apart(pair.one.moment, pair.other.moment):
        why = "another day is named"
    elif of_other_scope(pair.one, pair.other) or of_other_scope(pair.other, pair.one):
        why = "another part or time is named"
    return "not comparable", why


def of_one_noun(
    ones: Sequence[Statement], others: Sequence[Statement], paired: set[int]
) -> Iterator[tuple[Statement, Statement, Verdict, str]]:
    """Large figures with one noun of which one may be the other in vaguer words: 逾2万个 and 29475个."""
    for one in ones:
        if id(one) in paired or one.is_date or is_small(one):
            continue
        for other in others:
            if other.is_date or kind_of(one) != kind_of(other):
                continue
            if one.value != other.value and min(one.value, other.value) < LARGE:
                continue
            nouns = sorted(noun_pairs(one) & noun_pairs(other))
            said = verdict(one, other)
            if nouns and said in COMPARABLE:
                yield one, other, said, "、".join(nouns)


def noun_pairs(statement: Statement) -> frozenset[str]:
    """The pairs of characters right beside a figure."""
    return pairs_around(plain(statement.before[-NOUN:]), plain(statement.after[:NOUN]))


def spans_of(one: Statement, other: Statement) -> tuple[Span, Span]:
    """Where two statements stand."""
    return Span(one.start[2], one.end[2]), Span(other.start[2], other.end[2])
