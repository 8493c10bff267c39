"""What misread stretches of a text were meant to be, by how likely the characters are as Chinese."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.triggers import HAN
from kanwu_rules.encoding.misreadings import (
    CERTAIN,
    LATIN,
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
FEWEST_LETTERS = 3
LONG = 12
"""Where so many characters were misread, the line was misread as a whole."""
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
LATIN_RUN = Evidence(24, 2, 9.0)
"""Of those, where all that was read are letters and signs of Latin-1: no word has so many."""
SINGLE = Evidence(24, 1, 9.0)
"""Of one character of UTF-8 between Chinese ones, read as three signs of Windows-1252."""


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
        self.latin = misreading.read == LATIN
        self.prices = PRICES if self.strict else LOOSE_PRICES
        parts = misreading.bytes_of(text)
        self.data = "".join(parts)
        self.origins = [index for index, part in enumerate(parts) for _ in part]
        self.shares = [cost(c) / len(p) for c, p in zip(text, parts, strict=True) for _ in p]

    def found(self, times: int) -> list[Rereading]:
        """The stretches for which there is enough evidence."""
        if self.strict:
            fewest = 1 if self.latin else STRICT.familiar
            if len(SEQUENCE.compiled.findall(self.data)) < fewest:
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
        return [(tokens[first : self._whole(tokens, end)], gain) for first, end, gain in spans]

    def _whole(self, tokens: Sequence[Token], end: int) -> int:
        """The end of a stretch with the letter of ASCII that its last byte was read together with."""
        torn = end < len(tokens) and self._within(tokens[end].start)
        return end + 1 if torn and tokens[end].kind == "plain" else end

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
        long = end - first >= LONG
        if first <= EDGE and all(self._is_rare(token, long=long) for token in tokens[:first]):
            first = 0
        if len(tokens) - end <= EDGE and all(
            token.kind == "plain" or self._is_rare(token, long=long) for token in tokens[end:]
        ):
            end = len(tokens)
        return first, end

    def _is_rare(self, token: Token, *, long: bool) -> bool:
        """Whether a character was unlikely as it was read, or belongs to a long line, and may be one."""
        read = sum(self.shares[token.start : token.end])
        return token.kind == "whole" and (long or read > FAMILIAR)

    def _within(self, at: int) -> bool:
        """Whether a byte belongs to the same character as the one before it."""
        return 0 < at < len(self.origins) and self.origins[at] == self.origins[at - 1]

    def _judged(self, tokens: Sequence[Token], gain: float, times: int) -> Rereading | None:
        """What a stretch was meant to be, if there is enough evidence for it."""
        end = tokens[-1].end
        start, stop = self.origins[tokens[0].start], self.origins[end - 1] + 1
        needed = self._needed(tokens, self.text[start:stop])
        if gain < needed.gain and not self._is_certain(start, stop):
            return None
        text = "".join(token.text for token in tokens) + REPLACEMENT * self._within(end)
        costs = [cost(token.text) for token in tokens if token.kind == "whole"]
        familiar = sum(each <= FAMILIAR for each in costs)
        if not self.strict and self._is_listed(self.text[start:stop]):
            return None
        own = Rereading(start, stop, text, gain, (self.misreading,))
        if familiar >= needed.familiar and sum(costs) <= needed.mean * len(costs):
            single = self.latin and self.strict and len(costs) < STRICT.familiar
            return own if not single or self._is_between_chinese(start, stop) else None
        once = own._replace(sure=len(tokens) == 1) if self._is_certain(start, stop) else None
        if not self.strict or times == 1 or len(costs) < needed.familiar:
            return once
        inner = rereadings(text, times=times - 1)
        if not inner:
            return once
        return own._replace(
            text=replaced(text, inner),
            gain=gain + sum(r.gain for r in inner),
            path=(*own.path, *inner[0].path),
        )

    def _needed(self, tokens: Sequence[Token], read: str) -> Evidence:
        """What evidence a stretch takes."""
        if self.strict:
            return SINGLE if self.latin and len(tokens) < STRICT.familiar else STRICT
        return LATIN_RUN if self.latin and not any("!" <= c <= "~" for c in read) else LOOSE

    def _is_listed(self, read: str) -> bool:
        """Whether a stretch is one letter over and over, or a table of characters."""
        parts = self.misreading.bytes_of(read)
        codes = [sum(ord(byte) << 8 * at for at, byte in enumerate(reversed(p))) for p in parts]
        return len({*read}) < FEWEST_LETTERS or in_order([*map(ord, read)]) or in_order(codes)

    def _is_certain(self, start: int, stop: int) -> bool:
        """Whether a stretch can be nothing else, however short it is."""
        return self.latin and self.strict and CERTAIN.fullmatch(self.text[start:stop]) is not None

    def _is_between_chinese(self, start: int, stop: int) -> bool:
        """Whether a stretch is no end of a French word, with a quotation mark behind it."""
        before, read = self.text[:start], self.text[start:stop]
        if self._is_certain(start, stop):
            return True
        around = (before + self.text[stop:]).strip()
        return (
            not (before[-1:].isalpha() and before.isascii())
            and "\xa0" not in read
            and any(c in HAN for c in around)
        )


def in_order(codes: Sequence[int]) -> bool:
    """Whether many characters follow one another as in a table of characters."""
    return sum(two - one == 1 for one, two in pairwise(codes)) * LISTED > len(codes)
