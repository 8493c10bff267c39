"""Breaks: where paragraphs were torn apart or cut off, each of exactly one kind.

A paragraph that ends in the middle of a sentence has lost its other half, or was parted from it. The
half is looked for among the next paragraphs, past headlines, captions and credits that slid in between.
A half that is nowhere is cut off. Each rule on broken paragraphs reports one kind.

The evidence is what a model of which characters follow one another (`continuation.md`) says of those
beside a gap, with the outward signs of `kanwu_rules.broken_paragraphs.halves`.
"""

from __future__ import annotations

from enum import Enum
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from kanwu import EveryDocument, Pattern
from kanwu.analysis.languages import Language
from kanwu.analysis.roles import Role
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.halves import (
    SHOWN,
    head_signs,
    is_han,
    join_signs,
    label_signs,
    odds,
    prose_signs,
)
from kanwu_rules.broken_paragraphs.paragraphs import End, Paragraph, paragraphs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document

# Paragraphs from one half to the other.
FARTHEST = 6
# Lines with other roles are whole by themselves, or cut up on purpose.
TORN = (Role.BODY, Role.HEADING, Role.TITLE, Role.LIST_ITEM)
# The log odds from which on a break is told, and those of a join that is believed without a sure tail.
LEAST, LEAST_JOIN, LEAST_LABEL_JOIN = 0.0, -1.0, 0.0
CERTAIN = 6.0
SUSPECTS = (EveryDocument(),)

# In English a sentence that goes on begins with a small letter.
ENGLISH_TAIL = Pattern(r"[A-Za-z] [A-Za-z'’]* [ ] [A-Za-z0-9,'’ -]{1,40} \Z")
ENGLISH_HEAD = Pattern(r"[a-z]{1,20} (?: [ ,;.] | \Z )")
LEAST_ENGLISH = 40
ENGLISH_ODDS = 3.0


class Kind(Enum):
    """What became of a sentence."""

    SPLIT = 1
    """It goes on in the next paragraph."""
    INTERRUPTED = 2
    """It goes on behind other lines."""
    CUT_TAIL = 3
    """Its end is nowhere."""
    CUT_HEAD = 4
    """Its beginning is nowhere."""


class Break(NamedTuple):
    """A sentence that is torn, with the halves that are there."""

    kind: Kind
    before: Paragraph | None
    after: Paragraph | None
    between: tuple[Paragraph, ...]
    odds: float
    """The log odds of the break, in nats."""
    word: str = ""
    """The word that the gap cuts in two, if it cuts one."""

    @property
    def confidence(self) -> float:
        """How likely it is that the text is broken here, from 0 to 1."""
        return round(1 / (1 + exp(-self.odds)), 2)

    @property
    def offset(self) -> int:
        """Where its first half stands."""
        half = self.before or self.after
        assert half is not None
        return half.start


class Breaks:
    """The breaks of a document, in order."""

    __slots__ = ("all",)

    def __init__(self, breaks: Sequence[Break]) -> None:
        self.all = breaks

    @classmethod
    def of(cls, document: Document) -> Breaks:
        search = Search(document.text, list(paragraphs_of(document)))
        return cls(sorted(search.found(), key=lambda found: found.offset))

    def of_kind(self, kind: Kind) -> Iterator[Break]:
        """The breaks of one kind, in order."""
        return (found for found in self.all if found.kind is kind)


class Search:
    """The search for breaks among the paragraphs of a text."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        chinese = [
            index
            for index, paragraph in enumerate(paragraphs)
            if paragraph.role in TORN and paragraph.language is Language.ZH
        ]
        self.tails = {i: self.tail_odds(i) for i in chinese if paragraphs[i].ends}
        """For each paragraph that ends in a sentence the odds that it was cut."""
        self.heads = {
            i: odds("head", head_signs(paragraphs[i], begins_elsewhere=self.begins_elsewhere(i)))
            for i in chinese
        }
        """For each paragraph the odds that its beginning was cut off."""

    def found(self) -> Iterator[Break]:
        """The breaks, in no order."""
        left, right = set(), set()
        for score, i, j in sorted([*self.chinese_pairs(), *self.english_pairs()], reverse=True):
            if i not in left and j not in right:
                left.add(i)
                right.add(j)
                yield self.torn(i, j, score)
        for i, score in self.tails.items():
            if i not in left and score > LEAST:
                yield Break(Kind.CUT_TAIL, self.paragraphs[i], None, (), score)
        for j, score in self.heads.items():
            if j not in right and score > LEAST and self.paragraphs[j].role is Role.BODY:
                yield Break(Kind.CUT_HEAD, None, self.paragraphs[j], (), score)

    def torn(self, i: int, j: int, score: float) -> Break:
        """The break between two halves."""
        before, after = self.paragraphs[i], self.paragraphs[j]
        return Break(
            Kind.SPLIT if j == i + 1 else Kind.INTERRUPTED,
            before,
            after,
            tuple(self.paragraphs[i + 1 : j]),
            max(score, self.tails.get(i, score)),
            continuation().word_across(before.text[-SHOWN:], after.text[:SHOWN]),
        )

    def tail_odds(self, i: int) -> float:
        """The odds that a paragraph was cut, by its end and its looks."""
        paragraph = self.paragraphs[i]
        if paragraph.is_prose:
            return odds("prose", prose_signs(paragraph))
        return odds("label", label_signs(paragraph, first=i == 0))

    def chinese_pairs(self) -> Iterator[tuple[float, int, int]]:
        """The pairs of halves in Chinese that may belong together, each with its odds."""
        for i, tail in self.tails.items():
            for j in range(i + 1, min(len(self.paragraphs), i + 1 + FARTHEST)):
                if j not in self.heads:
                    continue
                before, after = self.paragraphs[i], self.paragraphs[j]
                score = odds(
                    "join", join_signs(self.text, before, after, self.paragraphs[i + 1 : j])
                )
                if score > LEAST_JOIN and min(tail, CERTAIN) + score > LEAST_LABEL_JOIN:
                    yield score, i, j

    def english_pairs(self) -> Iterator[tuple[float, int, int]]:
        """The pairs of halves in English that belong together, each with its odds."""
        for i, before in enumerate(self.paragraphs):
            if (
                before.language is Language.EN
                and before.role in TORN
                and before.ends in (End.OPEN, End.PAUSE)
                and len(before.text) >= LEAST_ENGLISH
                and ENGLISH_TAIL.search(before.text, max(0, before.end - before.start - 60))
            ):
                for j in range(i + 1, min(len(self.paragraphs), i + 1 + FARTHEST)):
                    after = self.paragraphs[j]
                    if after.language is Language.EN and after.role in TORN:
                        if ENGLISH_HEAD.match(after.text):
                            yield ENGLISH_ODDS, i, j
                        break

    def begins_elsewhere(self, i: int) -> bool:
        """Whether the first two characters of a paragraph begin something else in the text, too."""
        paragraph = self.paragraphs[i]
        beginning = paragraph.text[:2]
        at = self.text.find(beginning)
        while at >= 0:
            if at != paragraph.start and not (at and is_han(self.text[at - 1])):
                return True
            at = self.text.find(beginning, at + 1)
        return False
