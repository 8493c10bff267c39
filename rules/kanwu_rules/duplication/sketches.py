"""Sketches: what is kept of a document so that its near copies can be told without its text.

A sketch holds a sample of the text's character n-grams: those that begin behind certain bytes of the
text, wherever these stand, and of them the ones with the smallest hashes. Equal passages leave equal
samples, so two samples have as large a part in common as the texts have.
"""

from __future__ import annotations

import re
from array import array
from binascii import a2b_base64, b2a_base64
from functools import cache
from string import digits, punctuation
from struct import pack
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu.analysis.lines import Lines

MOST_HASHES = 128
MOST_LINES = 64
KEYS = 20
RUN = 3
"""Hashes to a key. Two samples of which a tenth is common share a key in three of a hundred cases, those
of which two thirds are, as in copies with eighty of a hundred characters kept, in ninety-nine."""
GRAM = 12
"""Bytes of UTF-8: four Han characters, or twelve letters."""
# Bytes within Han characters, letters, and all ASCII punctuation. An n-gram that holds another anchor
# is left out; some four of a hundred are taken.
ANCHORS = b"\x81\xa1dm" + punctuation.encode()
BLANK = crc32(b"")
LEFT_OUT = b" \t\n" + digits.encode()
WIDE = dict(zip(",:;!?()", "，：；！？（）", strict=True))


class Line(NamedTuple):
    """Where a line stands."""

    number: int
    """From 1."""
    start: int
    """The offset of its first code point."""
    column: int = 1


class Sketch(NamedTuple):
    """What is kept of a document."""

    hashes: Sequence[int]
    """The sample, ascending."""
    starts: Sequence[int]
    """The offsets of the first lines."""
    said: Sequence[int]
    """For each of these lines the hash of what it says, blanks aside."""

    @classmethod
    def of(cls, text: str, lines: Lines) -> Sketch:
        """The sketch of a text with these lines."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        # Half-width punctuation beside Han is a habit of whole documents, and no difference.
        if text.count(",") > text.count("，"):
            for narrow, wide in WIDE.items():
                text = text.replace(narrow, wide)
        data = text.replace("\u3000", "").encode("utf-8", "surrogatepass")
        grams = gram().findall(data.translate(anchored(), LEFT_OUT))
        hashes = sorted(set(map(crc32, grams)))
        said = data.replace(b" ", b"").replace(b"\t", b"").split(b"\n", MOST_LINES)
        starts = lines.starts[:MOST_LINES]
        return cls(hashes[:MOST_HASHES], starts, list(map(crc32, said[: len(starts)])))

    @classmethod
    def unpacked(cls, data: Mapping[str, str]) -> Sketch:
        """The sketch that was packed into this."""
        return cls(*(numbers(data[name]) for name in cls._fields))

    def packed(self) -> dict[str, str]:
        """The sketch in few characters, as JSON can hold it."""
        return {
            name: b2a_base64(array("I", part), newline=False).decode()
            for name, part in zip(self._fields, self, strict=True)
        }

    @property
    def is_full(self) -> bool:
        """Whether the text had as many n-grams as a sample holds, or more."""
        return len(self.hashes) == MOST_HASHES

    @property
    def keys(self) -> list[str]:
        """What near copies have one of in common at least: runs of the smallest hashes."""
        few = self.hashes[: KEYS + RUN - 1]
        written = pack(f">{len(few)}I", *few).hex()
        return [written[at : at + 8 * RUN] for at in range(0, 8 * (len(few) - RUN + 1), 8)]

    def first_key(self, other: Sketch) -> str | None:
        """The first of the keys that two sketches have in common."""
        keys = set(other.keys)
        return next((key for key in self.keys if key in keys), None)

    def shared(self, other: Sketch) -> float:
        """Which part of the two texts is common to both, from 0 to 1, as the samples tell.

        It is the mean of the parts of either, as of two texts equally long.
        """
        mine, theirs = set(self.hashes), set(other.hashes)
        union = sorted(mine | theirs)
        if self.is_full or other.is_full:
            union = union[:MOST_HASHES]
        both = len((mine & theirs).intersection(union))
        return 2 * both / (len(union) + both)

    def first_difference(self, other: Sketch) -> tuple[Line, Line] | None:
        """The first lines of either text that differ, or None if the texts are the same.

        Where a text ends before it differs, or differs behind what is known of it, that is its last
        known line.
        """
        mine, theirs = self._lines(), other._lines()
        pairs = zip(mine, theirs, strict=False)
        same = next(
            (at for at, (i, k) in enumerate(pairs) if self.said[i] != other.said[k]),
            min(len(mine), len(theirs)),
        )
        if same == len(mine) == len(theirs) and self.hashes == other.hashes:
            return None
        own, their = mine[min(same, len(mine) - 1)], theirs[min(same, len(theirs) - 1)]
        return Line(own + 1, self.starts[own]), Line(their + 1, other.starts[their])

    def _lines(self) -> list[int]:
        """The indices of the lines that are not blank."""
        return [index for index, said in enumerate(self.said) if said != BLANK]


def numbers(packed: str) -> array[int]:
    """The numbers in a packed part of a sketch."""
    return array("I", a2b_base64(packed))


@cache
def gram() -> re.Pattern[bytes]:
    """An n-gram and the zero before it that stands for an anchor."""
    return re.compile(rb"\0[^\0]{%d}" % GRAM)


@cache
def anchored() -> bytes:
    """The table that makes a zero of every anchor."""
    return bytes(0 if byte in ANCHORS else byte for byte in range(256))
