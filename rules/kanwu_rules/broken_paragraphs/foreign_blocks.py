"""Blocks of paragraphs that belong to another article than those before and behind them.

A block begins where another article does, with a dateline, and ends where the first article goes on. What
tells that it goes on are pairs of Han characters which few texts have: those of names and of what the
article is about. The paragraphs behind the block have them in common with those before it, and not with it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from itertools import takewhile
from operator import add, attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_bytes
from kanwu.analysis.article_rows import COMMA, LONGEST_SURE_HEADLINE, may_name
from kanwu.analysis.article_signs import PAPER, Sign, article_words, sign_at
from kanwu.analysis.languages import Language
from kanwu.analysis.line_words import is_han
from kanwu.analysis.role import Role
from kanwu_rules.broken_paragraphs.breaks import Breaks
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.halves import SHOWN
from kanwu_rules.broken_paragraphs.paragraphs import End, Paragraphs
from kanwu_rules.broken_paragraphs.torn_search import FARTHEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kanwu import Document
    from kanwu_rules.broken_paragraphs.breaks import Break
    from kanwu_rules.broken_paragraphs.paragraphs import Paragraph

# Characters whose pairs tell of no subject.
FUNCTION = frozenset("的了在是和与为对将也于有这把被从中上下一不个等就而及以其并與為對將於這從個並")
RUN = Pattern(rf"[^\W\d_A-Za-z{''.join(sorted(FUNCTION))}]{{2,}}+")
# What is looked at of a paragraph, and how far from a dateline.
LONGEST, FAR, FAR_PARAGRAPHS = 2000, 4000, 40
MOST_HEADLINES = 3
LONGEST_PAPER = 64
"""Code points within which the dateline of a paper has its last word."""
# Beyond this surplus of pairs in common with the first article, over those in common with the block,
# one in two hundred articles that only follow one another seems to return to the first.
LEAST_SURPLUS = 0.5
# Sets of pairs have something in common by chance, the more so the larger they are.
CHANCE = 30
LEAST_WORDS, LEAST_AT_ONCE = 3, 2
NOTHING: frozenset[str] = frozenset()
MOST_ALIKE = 0.12
"""Of the block's pairs, what the first article may have too: two datelines may stand in one article."""
TIMES = 4
"""So many times as much must be in common with the first article as with the block."""
RETOLD = 16
"""So long a run of characters on both sides, and the event of the first article is told once more."""
LONGEST_WORD, MOST_WORDS = 8, 3


class Block(NamedTuple):
    """Paragraphs of another article, and where they stand."""

    headline: Paragraph | None
    opening: Paragraph
    """The paragraph with the dateline."""
    back: Paragraph
    """Where the first article goes on."""
    words: tuple[str, ...]
    """What the first article has on both sides of the block, and the block has not."""
    surplus: float

    @property
    def first(self) -> Paragraph:
        """The first line of the block."""
        return self.headline or self.opening


def blocks_of(document: Document) -> Iterator[Block]:
    """The blocks of a document, in order."""
    paragraphs = document.get(Paragraphs).all
    openings = [
        index
        for index, paragraph in enumerate(paragraphs)
        if opens_article(document.text, paragraph.start, paragraph.end)
        and paragraph.language is Language.ZH
    ]
    heads = [head_of(paragraphs, opening) for opening in openings]
    article: list[Paragraph] = []
    done = 0
    for number, (head, opening) in enumerate(zip(heads, openings, strict=True)):
        article += paragraphs[done:head]
        end = heads[number + 1] if number + 1 < len(heads) else len(paragraphs)
        done = head
        if any(map(tells, article[-FAR_PARAGRAPHS:])):
            block = block_at(article, paragraphs[head:end], opening - head)
            if block is None:
                article = []
                continue
            done = head + paragraphs[head:end].index(block.back)
            if not is_told(document.get(Breaks).all, article, block):
                yield block


def is_told(breaks: Sequence[Break], article: Sequence[Paragraph], block: Block) -> bool:
    """Whether the sentence before a block is known to be torn, or one around it."""
    at, last = block.opening.start, article[-1].start
    # One paragraph is the half of two breaks at most.
    first = bisect_left(breaks, article[-FARTHEST:][0].start, key=attrgetter("offset"))
    return any(
        found.before is not None
        and (found.before.start == last or (found.after is not None and found.after.start > at))
        for found in takewhile(
            lambda found: found.offset < at, breaks[first : first + 2 * FARTHEST]
        )
    )


def opens_article(text: str, start: int, end: int) -> bool:
    """Whether a line begins with the dateline of an article."""
    if text[start] in article_words().firsts and sign_at(text, start, end) is Sign.DATELINE:
        return True
    last = min(end, start + LONGEST_PAPER)
    papers = text.find("讯", start, last) >= 0 or text.find("訊", start, last) >= 0
    return papers and PAPER.match(text, start, end) is not None


def head_of(paragraphs: Sequence[Paragraph], opening: int) -> int:
    """The first line of the headline above the opening of an article, or the opening itself."""
    head = opening
    while head and opening - head < MOST_HEADLINES and is_headline(paragraphs[head - 1]):
        head -= 1
    return head


def is_headline(paragraph: Paragraph) -> bool:
    """Whether a line may be one of a headline, a dateline standing below it."""
    return (
        paragraph.role in (Role.TITLE, Role.HEADING, Role.BODY, Role.LIST_ITEM)
        and not paragraph.is_prose
        and may_name(paragraph.text, LONGEST_SURE_HEADLINE)
        and not COMMA.search(paragraph.text)
    )


def tells(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one of an article's text."""
    return paragraph.language is Language.ZH and (paragraph.is_prose or paragraph.dateline)


def block_at(article: Sequence[Paragraph], rest: Sequence[Paragraph], opening: int) -> Block | None:
    """The block at the beginning of some paragraphs, if the article before it goes on among them.

    The first `opening` paragraphs are a headline.
    """
    said = nearby(rest)
    texts = [row for row in range(opening + 1, len(said)) if tells(rest[row])]
    if not texts:
        return None
    preceding = nearby(article[: -FAR_PARAGRAPHS - 1 : -1])
    own = set().union(*map(telling, preceding))
    sets = [telling(text) for text in said]
    ends = ((*common, row) for row, common in returns(own, sets, texts))
    surplus, shared, back = max(ends, key=itemgetter(0), default=(0.0, NOTHING, 0))
    if surplus < LEAST_SURPLUS:
        return None
    if article[-1].ends is not End.CLOSED and back - 1 > opening:
        # The rest of a torn sentence is often too short to share a word.
        earlier, later = (continuation().cut_head(said[row][:SHOWN]) for row in (back - 1, back))
        if earlier > max(later, 0):
            back -= 1
    before, behind = "\n".join(preceding), "\n".join(said[back:])
    if tells_again(before, behind):
        return None
    return Block(
        rest[0] if opening else None,
        rest[opening],
        rest[back],
        words_of(behind, before, shared),
        surplus,
    )


def returns(
    own: AbstractSet[str], sets: Sequence[AbstractSet[str]], texts: Sequence[int]
) -> Iterator[tuple[int, tuple[float, AbstractSet[str]]]]:
    """The rows of `texts` from which on an article may go on, each with what speaks for it.

    That is how much more the paragraphs from there on share with the article than with those before, and
    the pairs that they share with the article and not with those.
    """
    foreign: set[str] = set()
    alike = done = 0
    for back in texts:
        for row in range(done, back):
            new = sets[row] - foreign
            alike += len(new & own)
            foreign |= new
        done = back
        known = sets[back] & own
        at_once = len(known - foreign)
        if (
            at_once >= LEAST_AT_ONCE
            and alike <= MOST_ALIKE * len(foreign)
            and at_once > len(sets[back] & foreign) - len(known & foreign)
        ):
            common = in_common(
                own - foreign, foreign - own, [sets[row] for row in texts if row >= back]
            )
            if common is not None:
                yield back, common


def in_common(
    here: AbstractSet[str], there: AbstractSet[str], behind: Sequence[AbstractSet[str]]
) -> tuple[float, AbstractSet[str]] | None:
    """How much more some paragraphs share with one set of pairs than with another, and what with the first."""
    with_own = sum(len(found & here) for found in behind)
    with_foreign = sum(len(found & there) for found in behind)
    if with_own < TIMES * with_foreign:
        return None
    shared = set().union(*behind) & here
    if len(shared) < LEAST_WORDS:
        return None
    return (
        with_own / (len(here) + CHANCE) ** 0.5 - with_foreign / (len(there) + CHANCE) ** 0.5,
        shared,
    )


def tells_again(before: str, behind: str) -> bool:
    """Whether two texts share a run of characters that no two articles on different events share."""
    # Any such run holds a whole block of half its length.
    half = RETOLD // 2
    blocks = {behind[at : at + half] for at in range(0, len(behind) - half + 1, half)}
    starts = [at for at in range(len(before) - half + 1) if before[at : at + half] in blocks]
    return any(
        len(run) == RETOLD and run in behind
        for start in starts
        for run in (before[at : at + RETOLD] for at in range(max(0, start - half), start + 1))
    )


def nearby(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The texts of the first paragraphs, as far as they are looked at."""
    found: list[str] = []
    size = 0
    for paragraph in paragraphs[:FAR_PARAGRAPHS]:
        found.append(paragraph.text[:LONGEST])
        size += len(found[-1])
        if size > FAR:
            break
    return found


@lru_cache(maxsize=2 * FAR_PARAGRAPHS)
def telling(text: str) -> AbstractSet[str]:
    """The pairs of characters of a paragraph that tell of its subject.

    Remembered, since a paragraph behind one dateline stands before the next.
    """
    found: set[str] = set()
    for run in RUN.compiled.findall(text):
        found.update(map(add, run, run[1:]))
    return found - common_pairs()


@cache
def common_pairs() -> frozenset[str]:
    """Pairs of characters that any text may have.

    `bench/fit_common_pairs.py` counted them in the articles that `continuation.md` names.
    """
    kept = read_bytes(__file__, "common_pairs.txt").decode("utf-8").strip()
    return frozenset(kept[at : at + 2] for at in range(0, len(kept), 2))


def words_of(text: str, before: str, shared: AbstractSet[str]) -> tuple[str, ...]:
    """The longest words around some pairs of characters that two texts share, the most frequent first."""
    found: dict[str, int] = {}
    least = 0
    places = [at for at, pair in enumerate(map(add, text, text[1:])) if pair in shared]
    for at in places:
        if at < least:
            continue
        start, end = at, at + 2
        while end - start < LONGEST_WORD and may_grow(text, end, text[start : end + 1], before):
            end += 1
        while (
            start > least
            and end - start < LONGEST_WORD
            and may_grow(text, start - 1, text[start - 1 : end], before)
        ):
            start -= 1
        found[text[start:end]] = found.get(text[start:end], 0) + 1
        least = end
    return tuple(sorted(found, key=lambda word: (-found[word], -len(word)))[:MOST_WORDS])


def may_grow(text: str, at: int, word: str, before: str) -> bool:
    """Whether a word may grow by the character at an offset, and still stands in another text, too."""
    return at < len(text) and is_han(text[at]) and text[at] not in FUNCTION and word in before
