"""What misread stretches of a text were meant to be, by how likely the characters are as Chinese."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu_rules.encoding.misreadings import (
    MISREADINGS,
    REPLACEMENT,
    SEQUENCE,
    Misreading,
    Token,
    cost,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Costs are negative natural logarithms of probabilities, and so are gains.
PRICES = {"torn": 20, "stray": 25, "gone": 8, "foreign": 40}
"""What it costs a reading to have something else than a character."""
LOOSE_PRICES = PRICES | {"torn": 14}
RARE = 20
"""What a rare character costs a reading in which nearly any bytes are characters."""
UNLISTED = 13
FAMILIAR = 10
LOST_MARK = 15
"""What a question mark that stands for a byte cost the text that was misread."""
DROP = 40
"""A stretch ends where so much of its gain would be lost."""
MARGIN = 6
"""A reading that gains so much more than another is surely the better one."""
MOST = 0.7
"""A text that reads as UTF-8 to so great a part is nothing else."""
TIMES = 2
"""So often a text may have been misread."""
EDGE = 3
"""So many rare characters may stand at either end of a line that was misread as a whole."""
LISTED = 4
"""Where more than one character in so many has the code after that before it, a table is listed."""


class Evidence(NamedTuple):
    """What a reading has to show before it is believed."""

    gain: float
    """How much likelier the text becomes at least."""
    familiar: int
    """How many characters in it are frequent ones."""
    mean: float
    """What its characters outside ASCII cost at most in the mean."""


STRICT = Evidence(20, 2, 9.6)
"""Of UTF-8, whose form alone is evidence."""
LOOSE = Evidence(24, 3, 9.0)
"""Of encodings in which nearly any bytes are characters."""


class Rereading(NamedTuple):
    """A stretch of a text that was misread, and what it was meant to be."""

    start: int
    end: int
    text: str
    gain: float
    path: tuple[Misreading, ...]
    """How it was misread, the last misreading first."""
    sure: bool = True
    """Whether no other reading is nearly as likely."""

    @property
    def lost(self) -> int:
        """How many characters are lost; U+FFFD stands for each."""
        return self.text.count(REPLACEMENT)


def rereadings(
    text: str, misreadings: Sequence[Misreading] = MISREADINGS, *, times: int = TIMES
) -> list[Rereading]:
    """The misread stretches of a text, in the reading that gains most over all."""
    if len({*text} - {REPLACEMENT}) < STRICT.familiar:
        return []
    best: list[Rereading] = []
    most, rival = 0.0, False
    for misreading in misreadings:
        if not misreading.may_have_made(text):
            continue
        found = _Search(text, misreading).found(times)
        gain = sum(r.gain for r in found)
        if found and misreading.strict and sum(r.end - r.start for r in found) > MOST * len(text):
            return found
        if found and gain > most - MARGIN and replaced(text, found) != replaced(text, best):
            rival = gain < most + MARGIN and bool(best)
        if gain > most + MARGIN:
            best, most = found, gain
    return [r._replace(sure=False) for r in best] if rival else best


def replaced(text: str, found: Iterable[Rereading]) -> str:
    """A text with its misread stretches as they were meant to be."""
    parts: list[str] = []
    at = 0
    for start, end, meant, *_ in found:
        parts += (text[at:start], meant)
        at = end
    return "".join(parts) + text[at:]


class _Search:
    """The search for stretches of a text that one misreading, undone, makes likelier."""

    def __init__(self, text: str, misreading: Misreading) -> None:
        self.text = text
        self.misreading = misreading
        self.strict = misreading.strict
        self.prices = PRICES if self.strict else LOOSE_PRICES
        parts = misreading.bytes_of(text)
        self.data = "".join(parts)
        self.origins = [index for index, part in enumerate(parts) for _ in part]
        self.shares = [cost(c) / len(p) for c, p in zip(text, parts, strict=True) for _ in p]

    def found(self, times: int) -> list[Rereading]:
        """The stretches for which there is enough evidence."""
        if self.strict and len(SEQUENCE.compiled.findall(self.data)) < STRICT.familiar:
            return []
        # UTF-8 shows by itself where a character begins; of a pair either byte may be the first.
        starts = (0,) if self.strict else (0, 1)
        several = [
            [r for tokens, gain in self._stretches(at) if (r := self._judged(tokens, gain, times))]
            for at in starts
        ]
        return max(several, key=lambda found: sum(r.gain for r in found))

    def _stretches(self, start: int) -> list[tuple[list[Token], float]]:
        """The likelier stretches, with what each gains."""
        tokens = list(self.misreading.tokens(self.data, start))
        spans: list[tuple[int, int, float]] = []
        first, kept = -1, 0
        gain = best = 0.0
        for at, token in enumerate(tokens):
            step = self._step(token)
            if first < 0:
                if step <= 0 or self._within(token.start):
                    continue
                first = at
            gain += step
            if gain > best:
                best, kept = gain, at + 1
            elif gain <= 0 or gain < best - DROP:
                spans.append((first, kept, best))
                first, gain, best = -1, 0.0, 0.0
        if first >= 0:
            spans.append((first, kept, best))
        if len(spans) == 1 and not self.strict:
            spans = [(*self._widened(tokens, *spans[0][:2]), spans[0][2])]
        return [(tokens[first:end], gain) for first, end, gain in spans]

    def _step(self, token: Token) -> float:
        """What a character gains."""
        if token.kind == "plain":
            return 0.0
        before = sum(self.shares[token.start : token.end])
        if token.kind == "whole":
            price = cost(token.text)
            return before - (RARE if price >= UNLISTED and not self.strict else price)
        if token.kind == "torn" and self.strict:
            before += LOST_MARK * self.data.count("?", token.start, token.end)
        return before - self.prices[token.kind]

    def _widened(self, tokens: Sequence[Token], first: int, end: int) -> tuple[int, int]:
        """A stretch that reaches to the ends of the line, if only a few whole characters are missing."""
        if first <= EDGE and all(t.kind == "whole" for t in tokens[:first]):
            first = 0
        if len(tokens) - end <= EDGE and all(t.kind in {"whole", "plain"} for t in tokens[end:]):
            end = len(tokens)
        return first, end

    def _within(self, at: int) -> bool:
        """Whether a byte belongs to the same character as the one before it."""
        return 0 < at < len(self.origins) and self.origins[at] == self.origins[at - 1]

    def _judged(self, tokens: Sequence[Token], gain: float, times: int) -> Rereading | None:
        """What a stretch was meant to be, if there is enough evidence for it."""
        needed = STRICT if self.strict else LOOSE
        if gain < needed.gain:
            return None
        end = tokens[-1].end
        text = "".join(token.text for token in tokens) + REPLACEMENT * self._within(end)
        costs = [cost(token.text) for token in tokens if token.kind == "whole"]
        familiar = sum(each <= FAMILIAR for each in costs)
        start, stop = self.origins[tokens[0].start], self.origins[end - 1] + 1
        if not self.strict and in_code_order(self.text[start:stop]):
            return None
        own = Rereading(start, stop, text, gain, (self.misreading,))
        if familiar >= needed.familiar and sum(costs) <= needed.mean * len(costs):
            return own
        if not self.strict or times == 1 or len(costs) < needed.familiar:
            return None
        inner = rereadings(text, times=times - 1)
        if not inner:
            return None
        return own._replace(
            text=replaced(text, inner),
            gain=gain + sum(r.gain for r in inner),
            path=(*own.path, *inner[0].path),
        )


def in_code_order(text: str) -> bool:
    """Whether many characters of a text follow one another as in a table of characters."""
    steps = sum(ord(two) - ord(one) == 1 for one, two in pairwise(text))
    return steps * LISTED > len(text)
