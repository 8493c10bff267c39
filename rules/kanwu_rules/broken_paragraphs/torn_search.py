"""The search for torn paragraphs: which ones are halves, and which of them belong together.

A paragraph that ends in the middle of a sentence has lost its other half, or was parted from it. The
half is looked for among the next paragraphs, past headlines, captions and credits that slid in between.
A half that is nowhere is cut off.

The evidence is what a model of which characters follow one another (`continuation.md`) says of those
beside a gap, with the outward signs of `kanwu_rules.broken_paragraphs.halves`.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from itertools import chain
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.analysis.languages import Language
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.roles import Role
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.edges import torn_head
from kanwu_rules.broken_paragraphs.first_look import (
    LIST_MARK,
    begins_anew,
    common_beginnings,
    is_heading_like,
    may_be_rest,
)
from kanwu_rules.broken_paragraphs.halves import (
    AROUND,
    ARTICLE,
    HEAD,
    SHOWN,
    Usual,
    cut_head,
    head_signs,
    join_signs,
    label_signs,
    odds,
    prose_signs,
)
from kanwu_rules.broken_paragraphs.paragraphs import End, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Paragraphs from one half to the other.
FARTHEST = 6
# Lines with other roles are whole by themselves, or cut up on purpose.
TORN = (Role.BODY, Role.HEADING, Role.TITLE, Role.LIST_ITEM)
# The log odds, in nats, from which on a break is told: of a paragraph of prose, of what may be a headline,
# of a beginning; of a join, and of a join and its tail together.
LEAST_TAIL, LEAST_LABEL, LEAST_HEAD = 0.3, 1.2, 0.6
LEAST_JOIN, LEAST_LABEL_JOIN, LEAST_SUM, LEAST_LABEL_SUM = -1.3, 0.5, -2.0, 1.0
# Where the odds cannot become as good as that, no more is looked up.
LEAST_LABEL_TAIL, LEAST_REST, LEAST_COMMON_REST, LEAST_REST_AFTER_COMMA = -3.0, -2.2, -0.7, 0.3
# What begins as whole paragraphs do is a rest only if all of its first clause says so.
LEAST_TORN_REST = 1.0
# However sure a tail is, it makes no join.
CERTAIN = 6.0
# So many open ends may be chance.
FEW = 3
# Entries of lists of references end as their own rules ask.
REFERENCE = Pattern(r"\[ [0-9]{1,3} \] | .{0,300}? \[ [A-Z]{1,2} (?: /[A-Z]{2} )? \]")
# Code points of a line that may be one of several with a comma at the end: 主任，副主任若干人，
ENTRY = 16
# So many headlines in a row may be a list of them.
ROW = 3
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


class Search:
    """The search for breaks among the paragraphs of a text."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        open_ends = [
            i for i, paragraph in enumerate(paragraphs) if paragraph.ends and may_be_torn(paragraph)
        ]
        stopless = (p.is_prose for i in open_ends if (p := paragraphs[i]).ends is End.OPEN)
        self.habit = sum(stopless) >= FEW
        """Whether several paragraphs end so: some authors leave out the last stop."""
        articles = [p for p in paragraphs if p.text[0] == "第" and ARTICLE.match(p.text)]
        titles = sum(p.ends is End.OPEN for p in articles)
        self.titled = titles >= FEW or titles > len(articles) / 2
        """Whether the articles of a statute have titles, which end like no sentence."""
        self.tails = {
            i: self.tail_odds(i)
            for i in open_ends
            if not self.is_entry(i) and not self.is_heading(i)
        }
        """For each paragraph that ends in a sentence the odds that it was cut."""

    def found(self) -> Iterator[Break]:
        """The breaks, in no order."""
        left, right = set(), set()
        for score, i, j in sorted([*self.chinese_pairs(), *self.english_pairs()], reverse=True):
            if i not in left and j not in right:
                left.add(i)
                right.add(j)
                yield self.torn(i, j, score)
        for i, score in self.tails.items():
            least = LEAST_TAIL if self.paragraphs[i].is_prose else LEAST_LABEL
            if (
                i not in left
                and score > least
                and not self.leads_on(i)
                and not self.is_among_labels(i)
            ):
                yield Break(Kind.CUT_TAIL, self.paragraphs[i], None, (), score)
        for j, paragraph in enumerate(self.paragraphs):
            if (
                j in right
                or paragraph.role is not Role.BODY
                or paragraph.text[:2] in common_beginnings()
                or LIST_MARK.match(paragraph.text)
                or not may_be_torn(paragraph)
                or not may_be_rest(paragraph.text)
            ):
                continue
            score = odds("head", self.head_signs(j))
            if score > LEAST_HEAD:
                yield Break(Kind.CUT_HEAD, None, paragraph, (), score)

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

    def is_heading(self, i: int) -> bool:
        """Whether a paragraph looks like a heading, and the next one like a beginning."""
        paragraph = self.paragraphs[i]
        if paragraph.role is Role.BODY or not is_heading_like(paragraph.text, first=i == 0):
            return False
        after = (p.text for p in self.paragraphs[i + 1 : i + 1 + FARTHEST] if p.ends is End.CLOSED)
        return begins_anew(next(after, "“"))

    def is_entry(self, i: int) -> bool:
        """Whether a paragraph is one of several short ones that end with a comma, one after another."""
        around = (self.paragraphs[max(0, i - 1) : i], self.paragraphs[i + 1 : i + 2])
        return self.is_short_clause(self.paragraphs[i]) and any(
            map(self.is_short_clause, chain(*around))
        )

    @staticmethod
    def is_short_clause(paragraph: Paragraph) -> bool:
        """Whether a paragraph is short and ends with a comma."""
        return paragraph.ends is End.PAUSE and len(paragraph.text) <= ENTRY

    def is_among_labels(self, i: int) -> bool:
        """Whether a paragraph and both beside it are headlines or links for all that their ends say.

        So is a line that is all there is.
        """
        around = self.paragraphs[max(0, i - 1) : i + 2]
        return len(around) in (1, ROW) and all(
            paragraph.ends is not End.CLOSED and not paragraph.is_prose for paragraph in around
        )

    def leads_on(self, i: int) -> bool:
        """Whether a paragraph is the item of a list, or leads to code or a table."""
        after = self.paragraphs[i + 1 : i + 2]
        return self.paragraphs[i].role is Role.LIST_ITEM or any(
            paragraph.role in (Role.CODE, Role.TABLE_ROW) or paragraph.text.isascii()
            for paragraph in after
        )

    def tail_odds(self, i: int) -> float:
        """The odds that a paragraph was cut, by its end and its looks."""
        paragraph = self.paragraphs[i]
        if paragraph.is_prose:
            return odds("prose", prose_signs(paragraph, habit=self.habit))
        return odds("label", label_signs(paragraph, first=i == 0, titled=self.titled))

    def head_signs(self, i: int) -> Mapping[str, float]:
        """The signs that a paragraph lost its beginning."""
        elsewhere = self.begins_elsewhere(i)
        return head_signs(self.paragraphs[i], self.usual, begins_elsewhere=elsewhere)

    @cached_property
    def usual(self) -> Usual:
        """What the paragraphs of the body are like."""
        return Usual([p.text for p in self.paragraphs if p.role is Role.BODY])

    def chinese_pairs(self) -> Iterator[tuple[float, int, int]]:
        """The pairs of halves in Chinese that may belong together, each with its odds."""
        for i, tail in self.tails.items():
            before = self.paragraphs[i]
            if tail < LEAST_LABEL_TAIL and before.role is not Role.BODY:
                continue
            for j in range(i + 1, min(len(self.paragraphs), i + 1 + FARTHEST)):
                after = self.paragraphs[j]
                if not may_be_torn(after):
                    continue
                rest = cut_head(after.text[:SHOWN])
                if rest < LEAST_REST or LIST_MARK.match(after.text):
                    continue
                # With 本报讯 an article begins; （记者 张三） may have been torn off behind it.
                if after.text[0] not in "（(" and line_words().is_dateline(after.text):
                    continue
                # A comma at the end is as often a slip, or leads to a picture that is gone.
                surer = LEAST_REST_AFTER_COMMA if before.text[-1] in "，," else LEAST_COMMON_REST
                if (
                    rest < surer
                    and begins_anew(after.text)
                    and torn_head(after.text[:HEAD]) < LEAST_TORN_REST
                ):
                    continue
                signs = join_signs(self.text, before, after, self.paragraphs[i + 1 : j])
                score = odds("join", signs)
                least, least_sum = (
                    (LEAST_JOIN, LEAST_SUM)
                    if before.role is Role.BODY
                    else (LEAST_LABEL_JOIN, LEAST_LABEL_SUM)
                )
                if score > least and min(tail, CERTAIN) + score > least_sum:
                    yield score, i, j

    def english_pairs(self) -> Iterator[tuple[float, int, int]]:
        """The pairs of halves in English that belong together, each with its odds."""
        for i, before in enumerate(self.paragraphs):
            if (
                before.ends in (End.OPEN, End.PAUSE)
                and before.role in TORN
                and len(before.text) >= LEAST_ENGLISH
                and before.language is Language.EN
                and ENGLISH_TAIL.search(before.text, max(0, before.end - before.start - 60))
            ):
                for j in range(i + 1, min(len(self.paragraphs), i + 1 + FARTHEST)):
                    after = self.paragraphs[j]
                    if after.language is Language.EN and after.role in TORN:
                        if ENGLISH_HEAD.match(after.text):
                            yield ENGLISH_ODDS, i, j
                        break

    def begins_elsewhere(self, i: int) -> bool:
        """Whether the first two characters of a paragraph begin something else around it, too."""
        paragraph = self.paragraphs[i]
        beginning = paragraph.text[:2]
        first, last = max(0, paragraph.start - AROUND), paragraph.start + AROUND
        at = self.text.find(beginning, first, last)
        while at >= 0:
            if at != paragraph.start and not (at and is_han(self.text[at - 1])):
                return True
            at = self.text.find(beginning, at + 1, last)
        return False


def may_be_torn(paragraph: Paragraph) -> bool:
    """Whether a paragraph is Chinese, and of a kind that columns and pages tear."""
    return (
        paragraph.role in TORN
        and paragraph.language is Language.ZH
        and not ("[" in paragraph.text and REFERENCE.match(paragraph.text))
    )
