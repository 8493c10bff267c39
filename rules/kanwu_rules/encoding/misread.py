"""Whether a place lies in text that was read in the wrong encoding, and is for ENC004 to judge."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kanwu import Safety
from kanwu.documents.likelihood import likelihood

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu import Span

AROUND = 30
"""Code points on each side that are looked at."""
FEWEST = 3
LOOKED_AT = 5
# The commonest characters of Chinese in both scripts: misread bytes hardly ever make several of them.
COMMONEST = frozenset(
    "的一是不了在有人这我他中大来上个国和地到为以说时要就出会可也你对生能而子那得于着下自之年过"
    "這個國來為說時會對過們後發學當經業與後無進開動還現實體關長"
)
ENOUGH = 4
LEAST_FAMILIAR = 1.2
"""Chinese has 2 to 4 a character, misread bytes 0 to 1."""


class Misread:
    """Tells of spans of one text, asked for in order, which of them lie among misread characters.

    What is said of one holds for those that stand as near to it as one looks.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.judged = -1
        """Up to where the last verdict holds."""
        self.verdict = False

    def has(self, span: Span) -> bool:
        """Whether the characters around a span are hardly ever seen in Chinese."""
        if span.start >= self.judged:
            self.verdict = is_unfamiliar(self.text, span)
            self.judged = span.end + AROUND
        return self.verdict


def is_unfamiliar(text: str, span: Span) -> bool:
    """Whether those around one span are."""
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    if len(COMMONEST.intersection(before + after)) >= ENOUGH:
        return False
    around = "".join(c for c in before + after if c.isprintable())
    seen = likelihood(around)
    return seen.others >= FEWEST and seen.familiarity < LEAST_FAMILIAR * seen.others


def weakened(safety: Safety, text: str, spans: Iterable[Span]) -> Safety:
    """The safety of a fix at some places, in order: what is safe elsewhere is not among misread characters.

    The first few places speak for the others.
    """
    if safety is Safety.SAFE and any(map(Misread(text).has, islice(spans, LOOKED_AT))):
        return Safety.UNSAFE
    return safety
