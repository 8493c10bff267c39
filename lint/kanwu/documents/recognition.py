"""Telling the encoding of bytes that are not UTF-8, by how likely the characters become as text."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.likelihood import ASCII, ESCAPED_BYTE, frequencies, likelihood
from kanwu.documents.tables import read_table
from kanwu.documents.transcoding import is_wide, read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.documents.likelihood import Likelihood

WINDOWS = (1024, 8192)
"""So many bytes decide for a file of any size, the larger number where the smaller leaves doubts."""
SURE = 0.9999

CHINESE = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
WIDEST = ("utf-32-le", "utf-32-be")
OTHERS = ("cp932", "euc_jp", "cp949", "cp1252")

# What makes text Chinese: so much familiarity for each character outside ASCII, and so much
# altogether, lest one é before an L become 長. Of 352 pieces of 50 bytes in thirteen other encodings none
# has so much, 1.0 would let one through; news in traditional script may have as little as 1.3.
LEAST_FAMILIARITY = 1.2
LEAST_EVIDENCE = 4
LEAST_OF_PAIRS = 2
"""Enough where no byte outside ASCII stands alone, which in Latin text nearly all do."""
ASCII_FAMILIARITY = 3
SURE_FAMILIARITY = 2.2
"""With so much there is no need to try EUC-TW, whose table takes long to load."""

LANGUAGES = {"cp932": "japanese", "euc_jp": "japanese", "cp949": "korean", "cp1252": "latin"}
OWN = {
    "japanese": (re.compile("[\u3041-\u3096\u30a1-\u30fa]"), 3, 0.3),
    "korean": (re.compile("[\uac00-\ud7a3]"), 3, 0.6),
    "latin": (re.compile("[\u00a0-\u00ff\u0152-\u0178\u2013-\u2026\u20ac\u2122]"), 1, 0.9),
}
"""The characters of a language, how many there have to be, and which part of those outside ASCII."""
RARE = {"japanese": (0x3041, 0x3100), "korean": (0xAC00, 0xD7A4), "latin": (0xA0, 0x100)}
RARE_COST = {"japanese": 9, "korean": 10, "latin": 11}
"""Of a language's own characters that are not in its table."""
LATIN_DENSITY = 0.3
"""So many accents there may be for each letter of ASCII."""
LATIN_COST = 10
"""So much they may cost in the mean."""
LATIN_CROWD = 0.2
"""This part of them may stand three or more in a row, as letters of other scripts do."""
LATIN_CONFIDENCE = 0.9
"""Nothing tells Windows-1252 from its sisters for Polish, Turkish or Baltic text."""

TEMPERATURE = 3
"""Characters do not come independently of one another: evidence counts for a third."""
SAMPLES = 5
SAMPLE = 2048
SHORTEST_SAMPLE = 40
FEWEST = 10
"""So many characters outside ASCII say something of a sample."""

NOT_PLAIN = re.compile(rb"[^\x01-\x7f]")
LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
LETTER = re.compile("[A-Za-z]")
CROWD = re.compile("[\u00c0-\u024f]{3,}")


class Recognised(NamedTuple):
    """The likeliest encoding of some bytes."""

    codec: str
    """`utf-8` where the bytes are text in none of the others."""
    skip: int = 0
    """How many bytes at the beginning belong to a character that was cut."""
    confidence: float = 1.0
    """From 0 to 1."""


class Reading(NamedTuple):
    """Some bytes as text in one encoding."""

    codec: str
    skip: int
    cost: float
    """Negative natural logarithm of its probability."""
    familiarity: float = 0.0
    """What speaks for Chinese, for each character that could."""
    credible: bool = True
    """Whether there is enough that speaks for the language of the encoding."""


def recognise(data: bytes, *, wide: bool = False) -> Recognised:
    """The encoding in which bytes are the likeliest text; with `wide` only UTF-16 and UTF-32 are tried."""
    first = NOT_PLAIN.search(data)
    # All encodings agree up to there; units of UTF-16 and UTF-32 must stay whole.
    start = first.start() & ~3 if first else 0
    cut = start == 0 and not data[:1].isascii()
    found = Recognised("utf-8")
    for size in WINDOWS:
        found = _recognised(data[start : start + size], cut=cut, wide=wide)
        if (found.codec != "utf-8" and found.confidence > SURE) or start + size >= len(data):
            break
    return found


def _recognised(window: bytes, *, cut: bool, wide: bool) -> Recognised:
    codecs = ("utf-8", *CHINESE, *(WIDEST if b"\0\0" in window else OTHERS))
    readings = [
        _judged(codec, window, skip)
        for codec in codecs
        if not wide or is_wide(codec) or codec == "utf-8"
        for skip in _skips(codec, cut=cut)
    ]
    if not wide and not any(r.credible and r.familiarity >= SURE_FAMILIARITY for r in readings):
        readings += (_judged("euc-tw", window, skip) for skip in _skips("euc-tw", cut=cut))
    best = min((r for r in readings if r.credible), key=lambda reading: reading.cost)
    rivals = (r for r in readings if r.codec != best.codec)
    odds = sum(math.exp(min(0.0, (best.cost - r.cost) / TEMPERATURE)) for r in rivals)
    most = LATIN_CONFIDENCE if LANGUAGES.get(best.codec) == "latin" else 1.0
    return Recognised(best.codec, best.skip, min(most, 1 / (1 + odds)))


def is_chinese_throughout(text: str) -> bool:
    """Whether samples from all over a text, as far as they are not ASCII, are likely Chinese."""
    size = min(SAMPLE, max(SHORTEST_SAMPLE, len(text) // SAMPLES + 1))
    for number in range(SAMPLES):
        start = len(text) * number // SAMPLES
        seen = likelihood(text[start : start + size])
        if seen.others >= FEWEST and seen.familiarity < LEAST_FAMILIARITY * seen.others:
            return False
    return True


def is_chinese(text: str) -> bool:
    """Whether the characters of a text outside ASCII are likely Chinese, and enough to tell."""
    seen = likelihood(text)
    return seen.familiarity >= max(LEAST_EVIDENCE, LEAST_FAMILIARITY * seen.others)


def _skips(codec: str, *, cut: bool) -> Iterable[int]:
    """How many bytes of a cut character may stand at the beginning."""
    if is_wide(codec):
        return range(4 if codec.startswith("utf-32") else 2)
    return (0, 1) if cut and codec not in {"utf-8", "cp1252"} else (0,)


def _judged(codec: str, window: bytes, skip: int) -> Reading:
    text = read(codec, window[skip:])
    language = LANGUAGES.get(codec)
    seen = likelihood(text, language_costs(language) if language else None)
    cost = seen.cost + ESCAPED_BYTE * skip
    if codec == "utf-8":
        return Reading(codec, skip, cost)
    if language:
        return Reading(codec, skip, cost, credible=_is_of(language, text, seen))
    familiarity, able = seen.familiarity, seen.others
    if is_wide(codec):
        # Here ASCII too is evidence: each character of it comes with a NUL in the right place.
        familiarity += ASCII_FAMILIARITY * seen.ascii
        able += seen.ascii
    fewest = LEAST_EVIDENCE if LONE.search(window) else LEAST_OF_PAIRS
    # In UTF-32 the zeros in the right places say the most.
    least = LEAST_FAMILIARITY / 2 if codec in WIDEST else LEAST_FAMILIARITY
    credible = familiarity >= max(fewest, least * able)
    return Reading(codec, skip, cost, familiarity / max(1, able), credible)


def _is_of(language: str, text: str, seen: Likelihood) -> bool:
    """Whether enough of a text's characters outside ASCII are those of one language."""
    own, fewest, least = OWN[language]
    if len(own.findall(text)) < max(fewest, least * seen.others):
        return False
    if language != "latin":
        return True
    accents = seen.others
    return (
        accents <= LATIN_DENSITY * len(LETTER.findall(text))
        and seen.cost - ASCII * seen.ascii <= LATIN_COST * accents
        and sum(map(len, CROWD.findall(text))) <= LATIN_CROWD * accents
    )


@cache
def language_costs(language: str) -> dict[str, int]:
    """The costs of the most frequent characters of a language, beside those of Chinese."""
    levels = read_table(__file__, "foreign_frequencies.toml")[language]
    own = {c: int(level) for level, characters in levels.items() for c in characters if c != "\n"}
    rare = dict.fromkeys(map(chr, range(*RARE[language])), RARE_COST[language])
    return rare | frequencies() | own
