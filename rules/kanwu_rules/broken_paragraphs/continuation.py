"""Whether Chinese text reads on across a gap: a small statistical model.

Three kinds of evidence, all fitted by `bench/fit_continuation.py`; `continuation.md` says on what, and how
it scores. Which runs of one to four characters stand at the ends and beginnings of lines and phrases, and
which inside them. Which characters stand next to one another, and which words there are. And for each
character near the gap a short vector, such that the product of those before and those after it is large
where they were seen to go together. Traditional characters are looked up as simplified ones, a digit as any
digit, a Latin letter as any Latin letter, and blanks count for nothing.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from math import log
from operator import mul
from struct import unpack
from typing import TYPE_CHECKING
from zlib import crc32

from kanwu import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

# What a run of characters is looked up as: the value that its checksum starts from.
# Longer words are looked up twice, since their number is small beside that of all runs of three or four.
TAIL, HEAD, TOGETHER, WORD, LONG_WORD = 1, 2, 3, 4, 5

# The upper half of a run's checksum numbers a bucket. Twelve of the other bits are kept in it, above
# four bits for a level, so that one run in some three hundred that is not in the table seems to be.
BUCKETS = 1 << 16
KEPT = 0xFFF0
LEVELS = 1 << 4

# How many signs beside the gap are looked at, and among how many characters, since some may be blanks.
NEAR = 4
REACH = 12
# Sides of gaps that are kept in mind, for each is compared with those of several paragraphs.
KNOWN_SIDES = 256
# Stands before the first sign and after the last one.
EDGE = "\1"
UNKNOWN = 0xFFFD

# Ends of sentences, after which nothing is cut in mid-sentence.
STOPS = "。!?"

# By how many nats a word across the gap must be likelier than words that end and begin there, for the
# gap to be said to lie in a word.
WORD_MARGIN = 3.0
# The advantage, in nats, is looked at up to this much.
WORD_LIMIT = 15.0


class Continuation:
    """The fitted model. Scores are natural log odds, in nats; 0 means as likely as not.

    They are fitted for equally many true and false cases. Where a side is empty or blank, nothing can
    be said, and the answer is 0. Of a tail at most the last twelve characters
    count, of a head the first twelve, and only the four nearest to the gap that are not blank.
    """

    def __init__(self, data: bytes) -> None:
        """Take a table as the fitting script writes it."""
        first = data.index(b"\n") + 1
        facts = json.loads(data[:first])
        buckets = first + 4 * BUCKETS + 4
        slots = buckets + 2 * facts["slots"]
        self._buckets = array("I", data[first:buckets])
        self._slots = array("H", data[buckets:slots])
        # Sixteen bits for each number, of which eight are used and 128 stands for 0: so vectors can be
        # added as whole integers, several times faster than number by number.
        self._vectors = bytearray(2 * (len(data) - slots))
        self._vectors[::2] = data[slots:]
        if sys.byteorder == "big":
            self._buckets.byteswap()
            self._slots.byteswap()
        self._levels: dict[int, list[float]] = {int(k): v for k, v in facts["levels"].items()}
        self._size: float = facts["characters_seen"]
        self._words: float = facts["words_seen"]
        self._alphabet = Alphabet(facts["traditional"], facts["simplified"])
        self._width: int = facts["width"]
        # How many of the characters, the most frequent first, have vectors at each place; row 0 is for
        # all others.
        self._known: list[int] = facts["known"]
        self._rows = {c: row for row, c in enumerate(facts["characters"], 1)}
        pairs = facts["pairs"]
        self._pairs = {pairs[at : at + 2]: at // 2 for at in range(0, len(pairs), 2)}
        self.weights: dict[str, list[float]] = facts["weights"]

    def cut_tail(self, tail: str) -> float:
        """Log odds that a text ending so was cut in mid-sentence.

        Against its being the end of a whole line: a paragraph, or a heading, which ends without
        punctuation as well.
        """
        near = self.ending(tail)
        return weighed(self.weights["tail"], self.tail_features(near)) if near else 0.0

    def cut_head(self, head: str) -> float:
        """Log odds that a text beginning so is the rest of a sentence.

        Against its being the beginning of a whole line, be it a paragraph or a heading.
        """
        near = self.beginning(head)
        return weighed(self.weights["head"], self.head_features(near)) if near else 0.0

    def joins(self, tail: str, head: str) -> float:
        """Log odds that `head` goes on in mid-sentence where `tail` stops.

        Against one or both of them being whole, or belonging to different sentences.
        """
        before, after = self.ending(tail), self.beginning(head)
        if not before or not after:
            return 0.0
        return weighed(self.weights["joins"], self.joint_features(before, after))

    def word_across(self, tail: str, head: str) -> str:
        """The word of two to four characters that the gap cuts in two, as written; "" if none."""
        before, after = self.ending(tail), self.beginning(head)
        advantage, start, end = self._crossing(before, after)
        if advantage < WORD_MARGIN:
            return ""
        known = self._alphabet
        left = [c for c in tail[-REACH:] if c.translate(known)]
        right = [c for c in head[:REACH] if c.translate(known)]
        return "".join([*left[start - len(before) :], *right[: end - len(before)]])

    @lru_cache(maxsize=KNOWN_SIDES)  # noqa: B019 (there is one model)
    def tail_features(self, signs: str) -> list[float]:
        """What the longest known run at the end says, and the end's vector."""
        data = signs.encode("utf-16-le")
        known = next((s for at in range(0, len(data), 2) if (s := self._level(TAIL, data[at:]))), 0)
        return [known, *self._vector(signs[::-1], 0)]

    @lru_cache(maxsize=KNOWN_SIDES)  # noqa: B019 (there is one model)
    def head_features(self, signs: str) -> list[float]:
        """What the longest known run at the beginning says, and the beginning's vector."""
        data = signs.encode("utf-16-le")
        known = next(
            (s for at in range(len(data), 0, -2) if (s := self._level(HEAD, data[:at]))), 0
        )
        return [known, *self._vector(signs, 1)]

    def joint_features(self, before: str, after: str) -> list[float]:
        """The vectors' product, the neighbours, the word across, a full stop, what each side says."""
        tail, head = self.tail_features(before), self.head_features(after)
        advantage = self._crossing(before, after)[0]
        return [
            sum(map(mul, tail[1:], head[1:])),
            self._attraction(before[-1:], after[:1]),
            min(advantage, WORD_LIMIT),
            float(advantage == 0),
            float(before[-1] in STOPS),
            weighed(self.weights["tail"], tail),
            weighed(self.weights["head"], head),
        ]

    def _attraction(self, left: str, right: str) -> float:
        """How much more often the two signs stand together than they would by chance, in nats."""
        if not left or not right:
            return 0.0
        first, second = left.encode("utf-16-le"), right.encode("utf-16-le")
        by_chance = self._level(TOGETHER, first) * self._level(TOGETHER, second) / self._size
        return log((self._level(TOGETHER, first + second) + 0.5) / (by_chance + 0.5))

    @lru_cache(maxsize=KNOWN_SIDES)  # noqa: B019 (there is one model)
    def _crossing(self, before: str, after: str) -> tuple[float, int, int]:
        """The best word across the gap: its advantage in nats, where it starts, where it ends."""
        signs = before + after
        gap = len(before)
        data = signs.encode("utf-16-le")
        if not self._level(TOGETHER, data[2 * gap - 2 : 2 * gap + 2]):
            return 0.0, gap, gap
        words = [
            (start, end, cost)
            for start in range(max(0, gap - 3), gap)
            for end in range(gap + 1, min(len(signs), start + 4) + 1)
            if all("一" <= sign <= "鿿" for sign in signs[start:end])
            and (cost := self._cost(data[2 * start : 2 * end]))
        ]
        if not words:
            return 0.0, gap, gap
        left, right = self._costs_of_starts(before), self._costs_of_ends(after)
        cost, start, end = min(
            (left[start] + cost + right[end - gap], start, end) for start, end, cost in words
        )
        return left[gap] + right[0] - cost, start, end

    def _costs_of_starts(self, signs: str) -> list[float]:
        """What the likeliest division into words costs of each beginning of the signs."""
        data = signs.encode("utf-16-le")
        costs = [0.0]
        for end in range(1, len(signs) + 1):
            words = ((costs[at], self._cost(data[2 * at : 2 * end])) for at in range(end))
            choices = [before + cost for before, cost in words if cost]
            costs.append(min([costs[-1] + log(self._words), *choices]))
        return costs

    def _costs_of_ends(self, signs: str) -> list[float]:
        """The same of each end of the signs, by where it starts."""
        data = signs.encode("utf-16-le")
        costs = [0.0]
        for start in range(len(signs) - 1, -1, -1):
            words = (
                (after, self._cost(data[2 * start : 2 * (start + length)]))
                for length, after in enumerate(costs, 1)
            )
            choices = [after + cost for after, cost in words if cost]
            costs.insert(0, min([costs[0] + log(self._words), *choices]))
        return costs

    def _cost(self, word: bytes) -> float:
        """The negative log probability of a word; 0 for what is none."""
        count = self._level(WORD, word)
        if not count or (len(word) > 4 and not self._level(LONG_WORD, word)):
            return 0.0
        return log(self._words / count)

    def _level(self, kind: int, run: bytes) -> float:
        """What the table says of a run; 0 if it does not know it."""
        checksum = crc32(run, kind)
        bucket = checksum >> 16
        kept = checksum & KEPT
        end = self._buckets[bucket + 1]
        at = bisect_left(self._slots, kept, self._buckets[bucket], end)
        if at < end and (level := self._slots[at] - kept) < LEVELS:
            return self._levels[kind][level]
        return 0.0

    def _vector(self, signs: str, side: int) -> list[int]:
        """The sum of the vectors of the signs, counted from the gap, and of two pairs of them."""
        near = (signs + EDGE * NEAR)[:NEAR]
        characters, pairs = self._rows, self._pairs
        rows = []
        base = 0
        for sign, known in zip(near, self._known, strict=True):
            row = characters.get(sign, 0)
            rows.append(base + (row if row < known else 0))
            base += known
        for place in (0, 1):
            pair = near[place : place + 2]
            if (at := pairs.get(pair[::-1] if side == 0 else pair)) is not None:
                rows.append(base + place * len(pairs) + at)
        width = self._width
        first = side * (base + 2 * len(pairs))
        vectors = self._vectors
        starts = [2 * (first + row) * width for row in rows]
        parts = [int.from_bytes(vectors[at : at + 2 * width], "little") for at in starts]
        zero = 128 * len(rows)
        return [n - zero for n in unpack(f"<{width}H", sum(parts).to_bytes(2 * width, "little"))]

    def signs(self, text: str) -> str:
        """What the characters of a text are looked up as; blanks are left out."""
        return text.translate(self._alphabet)

    def ending(self, text: str) -> str:
        """The last signs of a text, which are looked up."""
        return text[-REACH:].translate(self._alphabet)[-NEAR:]

    def beginning(self, text: str) -> str:
        """The first signs of a text, which are looked up."""
        return text[:REACH].translate(self._alphabet)[:NEAR]


class Alphabet(dict[int, int | None]):
    """The sign that each code point is looked up as, for `str.translate`; None for blanks."""

    def __init__(self, traditional: str, simplified: str) -> None:
        super().__init__(zip(map(ord, traditional), map(ord, simplified), strict=True))
        self.update(zip(map(ord, "「」『』．｡"), map(ord, "“”‘’.。"), strict=True))

    def __missing__(self, code: int) -> int | None:
        sign = self._sign(code)
        if code < UNKNOWN:
            self[code] = sign
        return sign

    @staticmethod
    def _sign(code: int) -> int | None:
        if 0xFF01 <= code <= 0xFF5E:
            code -= 0xFEE0
        character = chr(code)
        if character.isspace():
            return None
        if character.isdecimal():
            return ord("0")
        if code < 0x250 and character.isalpha():
            return ord("A")
        return UNKNOWN if code < 0x20 or 0xD800 <= code <= 0xF8FF or code > UNKNOWN else code


def weighed(weights: Sequence[float], features: Sequence[float]) -> float:
    """A constant and a weighted sum."""
    total: float = sum(map(mul, weights[1:], features), weights[0])
    return total


@cache
def continuation() -> Continuation:
    """The model as it is shipped, read once."""
    return Continuation(read_bytes(__file__, "continuation.bin"))
