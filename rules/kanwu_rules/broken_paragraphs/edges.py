"""Whether a line reads as if its beginning or its end were torn off: a linear model of what stands in it.

It sees more than the few characters that `continuation` looks at: the first clause of a paragraph, and a
whole line without a full stop, which may be a headline or the beginning of a sentence. Each run of one or
two characters (more at the edge itself) and its place has a weight, kept by checksum. Fitted by
`bench/fit_edges.py`; `continuation.md` says on what, and how it scores.
"""

from __future__ import annotations

from functools import cache, lru_cache
from struct import unpack_from
from typing import TYPE_CHECKING
from zlib import crc32

from kanwu import read_bytes
from kanwu_rules.broken_paragraphs.continuation import continuation

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each kind of feature starts its checksum from a value of its own: a kind, a place and a length.
AT_EDGE, NEAR_EDGE, FAR_EDGE, INSIDE, CLAUSE_END, MARK, SIZE, PAUSES, SENTENCE = range(0, 900, 100)
HEAD_WEIGHTS, LINE_WEIGHTS = 1 << 18, 1 << 16
"""So many weights there are for heads and for lines; features whose checksums agree share one."""

MARKS = frozenset(",。;:!?、")
ENDS = frozenset("。!?;")
# How many characters at an edge are looked up as one run, and how many places behind them singly.
LONGEST, PLACES, LONGEST_NEAR = 6, 8, 3
LONGEST_TAIL, TAIL_PLACES, LONGEST_START = 4, 5, 3
# Signs that are looked at: of a paragraph the first, of its first clause fewer, of a line the last.
SHOWN, CLAUSE = 48, 16
KNOWN_LINES = 4096
RUNS = tuple(
    (slice(2 * place, 2 * (place + length)), NEAR_EDGE + 10 * place + length)
    for place in range(1, PLACES)
    for length in range(1, LONGEST_NEAR + 1)
)
"""The bytes of the runs behind the first sign, those that reach farthest last, with their values."""


class Edges:
    """The fitted model. Scores are natural log odds, in nats."""

    def __init__(self, data: bytes) -> None:
        """Take a table as the fitting script writes it."""
        numbers: tuple[float, float, float, float] = unpack_from("<4f", data)
        self._head_constant, self._head_unit, self._line_constant, self._line_unit = numbers
        self._head = memoryview(data)[16 : 16 + HEAD_WEIGHTS].cast("b")
        self._line = memoryview(data)[16 + HEAD_WEIGHTS :].cast("b")

    def torn_head(self, text: str) -> float:
        """Log odds that a paragraph is the rest of one, against its beginning where a sentence does."""
        weights = self._head
        total = sum([weights[feature % HEAD_WEIGHTS] for feature in set(head_features(text))])
        return self._head_constant + self._head_unit * total

    def torn_line(self, text: str) -> float:
        """Log odds that a line without a full stop is the beginning of a sentence, and no headline."""
        weights = self._line
        total = sum([weights[feature % LINE_WEIGHTS] for feature in set(line_features(text))])
        return self._line_constant + self._line_unit * total


def head_features(text: str) -> list[int]:
    """The checksums of what stands at the beginning of a paragraph."""
    signs = continuation().signs(text[: SHOWN + SHOWN // 4])[:SHOWN]
    data = signs.encode("utf-16-le", "surrogatepass")
    near = RUNS if len(data) >= RUNS[-1][0].stop else [r for r in RUNS if r[0].stop <= len(data)]
    found = [crc32(data[: 2 * length], AT_EDGE + length) for length in range(1, LONGEST + 1)]
    found += [crc32(data[run], salt) for run, salt in near]
    clause = next((at for at, sign in enumerate(signs) if sign in MARKS), len(signs))
    sentence = next((at for at, sign in enumerate(signs) if sign in ENDS), 2 * SHOWN)
    mark = data[2 * clause : 2 * clause + 2]
    found += (
        crc32(mark, MARK),
        crc32(mark + data[:2], MARK + 1 + min(clause // 3, 6)),
        crc32(data[max(0, 2 * clause - 4) : 2 * clause], CLAUSE_END),
        crc32(data[max(0, 2 * clause - 2) : 2 * clause], CLAUSE_END + 1),
        crc32(data[max(0, 2 * clause - 2) : 2 * clause] + data[:2], CLAUSE_END + 2),
        SIZE + min(clause, 20),
        SENTENCE + min(sentence // 4, 9),
    )
    inside = range(0, 2 * min(clause, CLAUSE), 2)
    said = data[: 2 * clause]
    found += [crc32(said[at : at + 2], INSIDE + 1) for at in inside]
    found += [crc32(said[at : at + 4], INSIDE + 2) for at in inside]
    return found


def line_features(text: str) -> Iterator[int]:
    """The checksums of what stands in a line, counted from its end."""
    signs = continuation().signs(text[-2 * (SHOWN + CLAUSE) :])[: -SHOWN - CLAUSE - 1 : -1]
    data = signs.encode("utf-16-le", "surrogatepass")
    for length in range(1, LONGEST_TAIL + 1):
        yield crc32(data[: 2 * length], AT_EDGE + length)
    for place in range(1, TAIL_PLACES):
        yield crc32(data[2 * place : 2 * place + 2], NEAR_EDGE + 10 * place + 1)
        yield crc32(data[2 * place : 2 * place + 4], NEAR_EDGE + 10 * place + 2)
    for length in range(1, LONGEST_START + 1):
        yield crc32(data[-2 * length :], FAR_EDGE + length)
    size = len(signs)
    yield SIZE + min(size // 3, 19)
    yield crc32(data[:2], SIZE + 20 + min(size // 6, 9))
    yield PAUSES + min(signs.count(","), 9)
    for at in range(0, len(data) - 2, 2):
        yield crc32(data[at : at + 4], INSIDE)


@lru_cache(maxsize=KNOWN_LINES)
def torn_head(text: str) -> float:
    """What the model as it is shipped says of the beginning of a paragraph."""
    return edges().torn_head(text)


@lru_cache(maxsize=KNOWN_LINES)
def torn_line(text: str) -> float:
    """The same of a line without a full stop."""
    return edges().torn_line(text)


@cache
def edges() -> Edges:
    """The model as it is shipped, read once."""
    return Edges(read_bytes(__file__, "edges.bin"))
