"""How likely a text is as Chinese, by the frequency of its characters in both scripts."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

# Costs are negative natural logarithms of probabilities, as in the table, which ends at 11.
ASCII = 3
UNLISTED = 13
UNUSUAL = 15
ESCAPED_BYTE = 12

# What costs less than this is familiar, the more so the less it costs.
FAMILIAR = 10


class Likelihood(NamedTuple):
    """How likely a text is as Chinese."""

    cost: int
    """Negative natural logarithm of its probability: of several readings of the same bytes, the
    likeliest has the lowest."""
    ascii: int
    """How many characters of it are printable ASCII or end a line."""
    others: int
    """How many characters are left, NUL and other control characters included."""
    familiarity: int
    """By how much the familiar ones among the latter cost less than 10, in total. Chinese has 2 to 4
    a character; Cyrillic, Greek or Korean that is read as Chinese has 0 to 1."""


def likelihood(text: str, costs: Mapping[str, int] | None = None) -> Likelihood:
    """How likely a text is as Chinese, or in the language whose `costs` are given."""
    listed = frequencies() if costs is None else costs
    cost = plain = others = familiarity = 0
    for character, count in Counter(text).items():
        each = listed.get(character) or unlisted(ord(character))
        cost += each * count
        if each == ASCII and character < "\x80":
            plain += count
        else:
            others += count
            familiarity += max(0, FAMILIAR - each) * count
    return Likelihood(cost, plain, others, familiarity)


def unlisted(code: int) -> int:
    """The cost of a character that is not in the table of frequent ones."""
    if code < 0x80:
        return ASCII if 0x20 <= code < 0x7F or code in {0x09, 0x0A, 0x0D} else UNUSUAL
    if 0xDC00 <= code <= 0xDCFF:
        return ESCAPED_BYTE
    # Letters and signs of other scripts, and rarer Han of the first block; beyond these, characters
    # that are hardly ever seen, and unassigned ones.
    return UNLISTED if code < 0x3400 or 0x4E00 <= code <= 0x9FFF else UNUSUAL


@cache
def frequencies() -> dict[str, int]:
    """The costs of the most frequent characters outside ASCII, each rounded to a whole number."""
    levels = read_table(__file__, "character_frequencies.toml")["characters"]
    return {c: int(level) for level, characters in levels.items() for c in characters if c != "\n"}
