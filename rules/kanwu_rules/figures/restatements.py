"""Restatements: figures that an article gives twice for one thing, and that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.articles import Articles
from kanwu.analysis.lines import Lines
from kanwu_rules.figures.alignment import Pair, compared, kind_of, pairs_around
from kanwu_rules.figures.claims import Claims
from kanwu_rules.figures.comparison import CONFLICTS, apart, verdict
from kanwu_rules.figures.linking import has_swap, is_updated
from kanwu_rules.figures.restatement_words import (
    around,
    of_other_part,
    other_numbers_differ,
    repeated,
    restated,
)
from kanwu_rules.figures.restating_lines import LEAST_DIGITS, POWERS, Headlines, restating
from kanwu_rules.figures.sentences import Sentences
from kanwu_rules.figures.statements import is_law, statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document
    from kanwu.analysis.articles import Article
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.restatement_words import Words
    from kanwu_rules.figures.statements import Statement

KINDS = frozenset(("count", "money", "percent", "duration", "quantity", "delta"))
SMALL = 3
"""Two or three of something are in every article."""
MOST = 80
"""An article with more figures in one unit is a table."""
LEAST_PAIRS, LEAST_SHARE = 3, 0.4
"""Pairs of characters around two figures with the same digits, and what part of them, are the same."""
THRESHOLDS = (">=", "<=")
MANIFEST = 1000
"""Four written digits are no coincidence."""


class Restatement(NamedTuple):
    """Two figures for one thing, in the order of the text."""

    one: Claim
    other: Claim
    jumps: bool
    """Whether they have the same digits with another of 万 and 亿 behind them."""
    by_headline: bool


class Restatements:
    """The restatements of a document that contradict one another, found at the first call."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: Sequence[Restatement] | None = None

    @classmethod
    def of(cls, document: Document) -> Restatements:
        return cls(document)

    @property
    def all(self) -> Sequence[Restatement]:
        """All of them, in the order of the text."""
        if self.found is None:
            self.found = sorted(restatements(self.document), key=lambda r: r.other.start)
        return self.found


def restatements(document: Document) -> Iterator[Restatement]:
    """Read the restatements of a document."""
    figures = () if is_law(document.text) else restating(document)
    if not figures:
        return
    sentences = document.get(Sentences).at(figures, longest=inf)
    some = Claims([claim for sentence in sentences for claim in sentence.claims])
    # The others are read where there may be something to tell: one of them may answer a figure.
    if any(
        inside.are_alike(*pair)
        for inside, group in groups(document, some)
        for pair in inside.candidates(group)
    ):
        for inside, group in groups(document, document.get(Claims)):
            yield from inside.of_group(group)


def groups(document: Document, claims: Claims) -> Iterator[tuple[InArticle, Sequence[Claim]]]:
    """The claims of each article that can be compared, by their unit."""
    if len(claims) < 2:
        return
    for article in document.get(Articles):
        by_unit: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in claims.between(article.start, article.end):
            if claim.value > SMALL and claim.kind in KINDS and claim.language == "zh":
                by_unit[claim.dimension, claim.unit].append(claim)
        inside = InArticle(document, article)
        for group in by_unit.values():
            if 1 < len(group) <= MOST:
                yield inside, group


class InArticle:
    """Compares the figures of one article."""

    def __init__(self, document: Document, article: Article) -> None:
        self.document = document
        self.text = document.text
        self.article = article
        self.lines = document.get(Lines)
        self.headlines = Headlines(self.lines)
        self.words: dict[int, Words] = {}
        self.stated: dict[int, Mapping[int, Statement]] = {}

    def statement(self, claim: Claim) -> Statement | None:
        """The statement that is made with a claim."""
        found = self.stated.get(claim.line)
        if found is None:
            start, end = self.lines.starts[claim.line], self.lines.ends[claim.line]
            line = self.article._replace(start=start, end=end)
            found = {s.start[2]: s for s in statements_of(self.document, line) if not s.is_date}
            self.stated[claim.line] = found
        return found.get(claim.start)

    def around(self, claim: Claim) -> Words:
        """The words around a claim."""
        found = self.words.get(claim.start)
        if found is None:
            found = self.words[claim.start] = around(self.text, claim)
        return found

    def of_group(self, claims: Sequence[Claim]) -> Iterator[Restatement]:
        """The restatements among claims in one unit; for a headline the sentence most like it."""
        best: dict[int, tuple[int, Restatement]] = {}
        for one, other in self.candidates(claims):
            found = self.restatement(one, other)
            alike = self.likeness(found)
            rival = best.get(one.start)
            better = rival is None or alike > rival[0]
            if (found.jumps or alike) and better and self.are_on_one_thing(found):
                best[one.start] = alike, found
        for _, found in best.values():
            if found.jumps or not self.is_answered(claims, found):
                yield found

    def restatement(self, one: Claim, other: Claim) -> Restatement:
        """Two figures as a restatement, whether or not they are on one thing."""
        return Restatement(one, other, is_jump(self.text, one, other), self.headlines.has(one.line))

    def are_alike(self, one: Claim, other: Claim) -> bool:
        """Whether two figures stand in the same words or have the same digits, so far as their sentences tell."""
        found = self.restatement(one, other)
        return found.jumps or self.likeness(found) > 0

    def likeness(self, found: Restatement) -> int:
        """How many words of their sentences are the same, nought where too few are."""
        one, other = found.one, found.other
        words = self.around(one), self.around(other)
        if found.by_headline:
            return restated(*words)
        # 7枚以上 and 4枚以上 are two rules, and sentences with other numbers are on two things.
        if one.relation == other.relation in THRESHOLDS:
            return 0
        return 0 if other_numbers_differ(self.text, one, other) else repeated(*words)

    def candidates(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
        """Claims that cannot both be right, if they are on one thing."""
        by_noun: defaultdict[str, list[Claim]] = defaultdict(list)
        for at, one in enumerate(claims):
            if self.headlines.has(one.line):
                yield from (
                    (one, other)
                    for other in claims[at + 1 :]
                    if differ(one, other) and self.headlines.heads(one.line, other.line)
                )
            elif one.counted:
                by_noun[one.counted].append(one)
        for same in by_noun.values():
            for one, other in combinations(same, 2):
                if one.line != other.line and differ(one, other):
                    yield one, other
        if len({claim.place for claim in claims}) > 1:
            yield from (pair for pair in combinations(claims, 2) if is_jump(self.text, *pair))

    def are_on_one_thing(self, found: Restatement) -> bool:
        """Whether nothing in the sentences tells two things apart."""
        one, other = self.statement(found.one), self.statement(found.other)
        claims = found.one, found.other
        if one is None or other is None or of_other_part(self.text, *claims):
            return False
        if of_other_part(self.text, found.other, found.one):
            return False
        said = verdict(one, other)
        if said not in CONFLICTS or apart(one.moment, other.moment):
            return False
        near = [pairs_around(s.before, s.after) for s in (one, other)]
        if found.jumps:
            same, fewest = len(near[0] & near[1]), min(map(len, near))
            if found.one.value >= MANIFEST * found.one.place:
                return same > 0
            if same < LEAST_PAIRS or same < LEAST_SHARE * fewest:
                return False
        likeness = compared(one, other, *near)
        if likeness is None:
            return found.jumps
        pair = Pair(one, other, said, likeness)
        if not found.by_headline and is_updated(Pair(one, one, said, likeness)) != is_updated(
            Pair(other, other, said, likeness)
        ):
            return False
        return not has_swap(pair)

    def is_answered(self, claims: Sequence[Claim], found: Restatement) -> bool:
        """Whether the first figure is restated rightly elsewhere, so that the other is of something else."""
        asked = (found.one,) if found.by_headline else (found.one, found.other)
        said = list(filter(None, map(self.statement, asked)))
        for claim in claims:
            third = None if claim in (found.one, found.other) else self.statement(claim)
            if third and any(
                kind_of(s) == kind_of(third) and verdict(s, third) not in CONFLICTS for s in said
            ):
                return True
        return False


def differ(one: Claim, other: Claim) -> bool:
    """Whether two figures in one unit lie apart."""
    return one.soft_high < other.soft_low or other.soft_high < one.soft_low


def is_jump(text: str, one: Claim, other: Claim) -> bool:
    """Whether two figures have the same two digits or more, and another of 万 and 亿."""
    if one.value == other.value or one.place == other.place:
        return False
    digits = one.value / one.place
    if digits < LEAST_DIGITS or digits != other.value / other.place:
        return False
    return powers(text, one) != powers(text, other)


def powers(text: str, claim: Claim) -> list[str]:
    """万 and 亿 in a figure."""
    return [c for c in text[claim.start : claim.end] if c in POWERS]
