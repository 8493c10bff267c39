"""Restatements: figures that an article gives twice for one thing, and that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.articles import Articles
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of
from kanwu_rules.figures.alignment import (
    Pair,
    compared,
    kind_of,
    longest_common,
    pairs,
    same_end,
    same_start,
)
from kanwu_rules.figures.claims import SENTENCE_END, Claims
from kanwu_rules.figures.comparison import CONFLICTS, apart, verdict
from kanwu_rules.figures.linking import has_swap, is_updated
from kanwu_rules.figures.linking import words as scopes
from kanwu_rules.figures.statements import SIGNS, is_law, statements_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document
    from kanwu.analysis.articles import Article
    from kanwu_rules.figures.claim import Claim
    from kanwu_rules.figures.statements import Statement

KINDS = frozenset(("count", "money", "percent", "duration", "quantity", "delta"))
SMALL = 3
"""Two or three of something are in every article."""
MOST = 80
"""An article with more figures in one unit is a table."""
LONGEST_HEADLINE = 60
FARTHEST = 40
"""Lines below a headline in which its paragraphs stand."""
REACH, NEAR = 60, 20
"""How far from a figure its sentence is read, and where words stand that belong to it."""
LEAST_ADJOINING, LEAST_BEFORE = 4, 3
LEAST_OF_HEADLINE = 0.7
"""How much of a headline's words stand around the figure of the text, in their order."""
LEAST_TOLD, LEAST_OF_SENTENCE = 9, 0.9
"""How many words of a sentence tell what is spoken of, and how much of them the other has too."""
LEAST_PAIRS, LEAST_SHARE = 3, 0.4
"""Pairs of characters around two figures with the same digits, and what part of them, are the same."""
THIS_TIME = frozenset(("今年", "累计", "累計", "全省", "全市", "全县", "全縣", "全区"))
"""A headline goes without them."""
POWERS = frozenset("万萬亿億")
MANIFEST = 1000
"""Four written digits are no coincidence."""

CLAUSE_END = Pattern("[，,：:（(）)、—]")
NUMBER = Pattern("[0-9０-９.]++|[一二三四五六七八九十两]++")
DIGITS = Pattern(r"[0-9０-９.,]++[万亿萬億多余餘]*+|[〇零一二两三四五六七八九十年月日]")


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


@lru_cache(maxsize=1)
def fillers() -> Pattern:
    """Words that restatements add and leave out, read at the first call."""
    return Pattern(trie_pattern(words_of(read_table(__file__, "restatements.toml")["fillers"])))


@lru_cache(maxsize=1)
def parts() -> Pattern:
    """Words that tell a part, a unit or another time."""
    return Pattern(trie_pattern(words_of(read_table(__file__, "restatements.toml")["parts"])))


def restatements(document: Document) -> Iterator[Restatement]:
    """Read the restatements of a document."""
    claims = document.get(Claims)
    if len(claims) < 2:
        return
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.value > SMALL and claim.kind in KINDS and claim.language == "zh":
            groups[claim.dimension, claim.unit].append(claim)
    several = [group for group in groups.values() if len(group) > 1]
    if not several or is_law(document.text):
        return
    for article in document.get(Articles):
        inside = InArticle(document, article)
        for group in several:
            own = [c for c in group if article.start <= c.start < article.end]
            if 1 < len(own) <= MOST:
                yield from inside.of_group(own)


class InArticle:
    """Compares the figures of one article."""

    def __init__(self, document: Document, article: Article) -> None:
        self.document = document
        self.text = document.text
        self.article = article
        self.lines = document.get(Lines)
        self.headlines: dict[int, bool] = {}
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

    def is_headline(self, line: int) -> bool:
        """Whether a line is short and no sentence."""
        found = self.headlines.get(line)
        if found is None:
            text = self.lines[line].strip()
            found = 0 < len(text) <= LONGEST_HEADLINE and text[-1] not in "。！？；：，.;:,"
            self.headlines[line] = found
        return found

    def heads(self, line: int, other: int) -> bool:
        """Whether a paragraph stands under a headline, and under no other but its second line."""
        if other - line > FARTHEST:
            return False
        below = False
        for between in range(line + 1, other + 1):
            if self.is_headline(between):
                if below:
                    return False
            else:
                below = below or bool(self.lines[between].strip())
        return below

    def of_group(self, claims: Sequence[Claim]) -> Iterator[Restatement]:
        """The restatements among claims in one unit; for a headline the sentence most like it."""
        best: dict[int, tuple[int, Restatement]] = {}
        for one, other in self.candidates(claims):
            jumps = is_jump(self.text, one, other)
            found = Restatement(one, other, jumps, self.is_headline(one.line))
            alike = self.likeness(found)
            rival = best.get(one.start)
            if (jumps or alike) and (rival is None or alike > rival[0]):
                if self.are_on_one_thing(found):
                    best[one.start] = alike, found
        for _, found in best.values():
            if found.jumps or not self.is_answered(claims, found):
                yield found

    def likeness(self, found: Restatement) -> int:
        """How many words of their sentences are the same, nought where too few are."""
        words = around(self.text, found.one), around(self.text, found.other)
        if found.by_headline:
            return restated(*words)
        return 0 if self.follow_others(found) else repeated(*words)

    def follow_others(self, found: Restatement) -> bool:
        """Whether other numbers before them in their sentences differ too: then these are on two things."""
        first, second = (
            NUMBER.compiled.findall(self.text, max(c.sentence.start, c.start - REACH), c.start)[-1:]
            for c in (found.one, found.other)
        )
        return bool(first and second and first != second)

    def candidates(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
        """Claims that cannot both be right, if they are on one thing."""
        by_noun: defaultdict[str, list[Claim]] = defaultdict(list)
        for at, one in enumerate(claims):
            if not self.is_headline(one.line):
                by_noun[one.counted].append(one)
                continue
            for other in claims[at + 1 :]:
                if differ(one, other) and self.heads(one.line, other.line):
                    yield one, other
        for noun, same in by_noun.items():
            for one, other in combinations(same, 2):
                if noun and one.line != other.line and differ(one, other):
                    yield one, other
        if len({claim.place for claim in claims}) > 1:
            for one, other in combinations(claims, 2):
                if one.place != other.place and is_jump(self.text, one, other):
                    yield one, other

    def are_on_one_thing(self, found: Restatement) -> bool:
        """Whether nothing in the sentences tells two things apart."""
        one, other = self.statement(found.one), self.statement(found.other)
        if one is None or other is None or of_parts(self.text, found):
            return False
        said = verdict(one, other)
        if said not in CONFLICTS or apart(one.moment, other.moment):
            return False
        near = [pairs(s.before) | pairs(s.after) for s in (one, other)]
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
    if digits < 11 or digits != other.value / other.place:
        return False
    return powers(text, one) != powers(text, other)


def powers(text: str, claim: Claim) -> list[str]:
    """万 and 亿 in a figure."""
    return [c for c in text[claim.start : claim.end] if c in POWERS]


class Words(NamedTuple):
    """The words of a sentence around a figure that tell what is spoken of."""

    before: str
    after: str
    clause: str
    """Those behind it up to the next mark."""


def around(text: str, claim: Claim) -> Words:
    """The words around a figure."""
    before, after = sides(text, claim, REACH)
    stop = CLAUSE_END.search(after)
    return Words(content(before), content(after), content(after[: stop.start()] if stop else after))


def content(text: str) -> str:
    """A text without figures, signs and words that restatements add and leave out."""
    plain = SIGNS.compiled.sub("", text)
    return DIGITS.compiled.sub("", fillers().compiled.sub("", plain))


def restated(headline: Words, words: Words) -> int:
    """How much of a headline a sentence says in its words and more; nought if too little."""
    adjoining = same_end(headline.before, words.before) + same_start(headline.after, words.after)
    if adjoining < LEAST_ADJOINING:
        return 0
    said = headline.before + headline.after
    shared = longest_common(said, words.before + words.after)
    return shared + adjoining if shared >= LEAST_OF_HEADLINE * len(said) else 0


def repeated(one: Words, other: Words) -> int:
    """How much two sentences have in common if they say the same, up to the end of the figure's clause."""
    if same_end(one.before, other.before) < LEAST_BEFORE:
        return 0
    said, again = one.before + one.clause, other.before + other.clause
    shared = longest_common(said, again)
    return shared if shared >= max(LEAST_TOLD, LEAST_OF_SENTENCE * max(len(said), len(again))) else 0


def of_parts(text: str, found: Restatement) -> bool:
    """Whether the words near one of two figures tell a part or a time that the other's do not."""
    for one, other in ((found.one, found.other), (found.other, found.one)):
        before, after = sides(text, one, NEAR)
        stop = CLAUSE_END.search(after)
        near = before + (after[: stop.start()] if stop else after)
        whole = "".join(sides(text, other, REACH))
        for pattern in (parts(), scopes().scopes):
            for match in pattern.finditer(near):
                if match[0] not in whole and match[0] not in THIS_TIME:
                    return True
    return False


def sides(text: str, claim: Claim, reach: int) -> tuple[str, str]:
    """What stands before and behind a figure in its sentence, no farther off than some characters."""
    start, end = claim.sentence
    return (
        text[max(start, claim.start - reach) : claim.start],
        text[claim.end : min(end, claim.end + reach)],
    )
