"""The words around a figure by which an article says the same thing twice."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.patterns import trie_pattern
from kanwu.documents.tables import words_of
from kanwu_rules.figures.alignment import longest_common, same_end, same_start
from kanwu_rules.figures.linking import words as scopes
from kanwu_rules.figures.statements import SIGNS

if TYPE_CHECKING:
    from kanwu_rules.figures.claim import Claim

REACH, NEAR = 60, 20
"""How far from a figure its sentence is read, and where words stand that belong to it."""
LEAST_ADJOINING, LEAST_BEFORE = 4, 3
LEAST_OF_HEADLINE = 0.7
"""How much of a headline's words stand around the figure of the text, in their order."""
LEAST_TOLD, LEAST_OF_SENTENCE = 9, 0.9
"""How many words of a sentence tell what is spoken of, and how much of them the other has too."""
THIS_TIME = frozenset(("今年", "累计", "累計", "全省", "全市", "全县", "全縣", "全区"))
"""A headline goes without them."""
CLAUSE_END = Pattern("[，,：:（(）)、—]")
NUMBER = Pattern("[0-9０-９.]++|[一二三四五六七八九十两]++")
DIGITS = Pattern(r"[0-9０-９.,]++[万亿萬億多余餘]*+|[〇零一二两三四五六七八九十年月日]")


@lru_cache(maxsize=1)
def fillers() -> Pattern:
    """Words that restatements add and leave out, read at the first call."""
    return Pattern(trie_pattern(words_of(read_table(__file__, "restatements.toml")["fillers"])))


@lru_cache(maxsize=1)
def parts() -> Pattern:
    """Words that tell a part, a unit or another time."""
    return Pattern(trie_pattern(words_of(read_table(__file__, "restatements.toml")["parts"])))


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
    least = max(LEAST_TOLD, LEAST_OF_SENTENCE * max(len(said), len(again)))
    return shared if shared >= least else 0


def of_other_part(text: str, one: Claim, other: Claim) -> bool:
    """Whether a word near a figure tells a part or a time that the sentence of another does not."""
    before, after = sides(text, one, NEAR)
    stop = CLAUSE_END.search(after)
    near = before + (after[: stop.start()] if stop else after)
    whole = "".join(sides(text, other, REACH))
    return any(
        match[0] not in whole and match[0] not in THIS_TIME
        for pattern in (parts(), scopes().scopes)
        for match in pattern.finditer(near)
    )


def other_numbers_differ(text: str, one: Claim, other: Claim) -> bool:
    """Whether the last numbers before two figures in their sentences differ too."""
    first, second = (
        NUMBER.compiled.findall(sides(text, claim, REACH)[0])[-1:] for claim in (one, other)
    )
    return bool(first and second and first != second)


def sides(text: str, claim: Claim, reach: int) -> tuple[str, str]:
    """What stands before and behind a figure in its sentence, no farther off than some characters."""
    start, end = claim.sentence
    return (
        text[max(start, claim.start - reach) : claim.start],
        text[claim.end : min(end, claim.end + reach)],
    )
