"""Readings of bytes in a wrong encoding, and what the bytes were meant to be.

What a program read wrongly is turned back into bytes, and these are read in the encoding that they were
written in. The bytes are kept as a string, a code point below U+0100 for each, so that it can also say
where bytes are lost.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.patterns import Pattern
from kanwu.documents.likelihood import frequencies, unlisted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOST = "\u0100"
"""Stands for a byte that was lost."""
FOREIGN = "\u0101"
"""Stands for a character that the encoding lacks, and that was therefore never read in it."""
REPLACEMENT = "\ufffd"
GONE = REPLACEMENT.encode().decode("latin-1")

# Where a sequence of UTF-8 lacks a byte, a question mark may stand for it.
UTF8 = Pattern(
    r"""
    (?P<plain> [\x00-\x7f] )
    | (?P<whole>
        [\xc2-\xdf][\x80-\xbf]
        | (?: \xe0[\xa0-\xbf] | [\xe1-\xef][\x80-\xbf] ) [\x80-\xbf]
        | \xf0[\x90-\xbf][\x80-\xbf]{2} )
    | (?P<torn> [\xe0-\xef] [\x80-\xbf\u0100?]{1,2} | [\xc2-\xdf] [\u0100?] )
    | (?P<stray> [\x80-\xbf\u0100]{1,3} | [\xc0-\xff] )
    | (?P<foreign> \u0101 )
    """
)
PAIRS = Pattern(
    r"""
    (?P<plain> [\x00-\x7f] )
    | (?P<whole> [\x81-\xfe][\x40-\x7e\x80-\xfe] )
    | (?P<torn> [\x81-\xfe]\u0100 | \u0100[\x40-\x7e\x80-\xfe] )
    | (?P<stray> \u0100{1,2} | [\x80-\xff] )
    | (?P<foreign> \u0101 )
    """
)
UNITS = Pattern(
    r"""
    (?P<whole> [\x00-\xff]{2} )
    | (?P<torn> \u0100[\x00-\xff] | [\x00-\xff]\u0100 )
    | (?P<stray> \u0100{1,2} | [\x00-\xff] )
    | (?P<foreign> \u0101 )
    """
)
SEQUENCE = Pattern(r"[\xe2-\xef][\x80-\xbf]{2}|[\xc2\xc3][\x80-\xbf]")
"""A character of UTF-8: one of three bytes, or a letter of Latin-1, as text has that was misread twice."""
SEQUENCES = Pattern(r"(?:[\xe2-\xef][\x80-\xbf]{2}){2,}")
LATIN_SIGN = "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
CERTAIN = Pattern(
    rf"""
    (?: ï»¿ | â€{LATIN_SIGN} | ï¼{LATIN_SIGN} | ã€{LATIN_SIGN} | Ã(?![\u00a0ªº]){LATIN_SIGN} | Â[£©®°±²³´µ¶·¼½¾¿] )+
    """
)
"""Single characters of UTF-8 in Windows-1252 that no text has: a byte-order mark, dashes and quotation
marks, full-width punctuation, accented letters and signs."""
NEEDED = {
    "Windows-1252": Pattern(r"[\x80-\xff]{2}|[\x80-\xff].[\x80-\xff]|â€"),
    "Shift-JIS": Pattern(r"[\uff61-\uff9f\uf8f0]"),
}
DECODERS = {
    "UTF-8": (UTF8, "utf-8"),
    "GBK": (PAIRS, "gb18030"),
    "Big5": (PAIRS, "big5hkscs"),
    "UTF-16LE": (UNITS, "utf-16-le"),
    "UTF-16BE": (UNITS, "utf-16-be"),
}

# What Windows makes of bytes that Shift-JIS does not use.
UNUSED_IN_932 = {"\x80": "\x80", "\xa0": "\xa0", "\uf8f0": "\xa0"} | {
    chr(0xF8F1 + i): chr(0xFD + i) for i in range(3)
}


SCARCE = 7
"""Text in UTF-8 has one character in so many bytes, even where half of them were lost."""
PLAUSIBLE = 10.5
"""What characters that were read rightly cost at most in the mean."""


class Token(NamedTuple):
    """A character as it was written, as far as its bytes are there."""

    start: int
    """Where its bytes begin."""
    end: int
    text: str
    """U+FFFD where bytes of it are lost, empty where the character was never misread."""
    kind: str = "whole"
    """`plain` (ASCII), `whole`, `torn` (some bytes are lost), `gone` (it was U+FFFD
    before), `stray` (nothing can be told of it),
    `foreign` (the wrong encoding has no such character)."""


class Misreading(NamedTuple):
    """Text that was written in one encoding and read in another."""

    written: str
    read: str

    @property
    def name(self) -> str:
        return f"{self.written} read as {self.read}"

    @property
    def strict(self) -> bool:
        """Whether few bytes are text in the encoding that it was written in."""
        return self.written == "UTF-8"

    def resembles(self, other: Misreading) -> bool:
        """Whether two differ by no more than the variants of an encoding."""
        return self.written == other.written and self.read[:4] == other.read[:4]

    def may_have_made(self, text: str) -> bool:
        """Whether a text has the characters that the misreading always makes."""
        needed = NEEDED.get(self.read)
        return needed is None or needed.search(text) is not None

    def is_plausible(self, text: str) -> bool:
        """Whether some unlikely characters may have been made by it: a quick look at their bytes."""
        data = "".join(self.bytes_of(text))
        if self.strict:
            beyond_ascii = sum(byte >= "\x80" for byte in data)
            return len(SEQUENCE.compiled.findall(data)) * SCARCE >= beyond_ascii
        for start in (0, 1):
            tokens = [*self.tokens(data, start)]
            costs = [cost(token.text) for token in tokens if token.kind == "whole"]
            plain = sum(token.kind == "plain" for token in tokens)
            if (
                costs
                and 2 * len(costs) >= len(tokens) - plain
                and sum(costs) <= PLAUSIBLE * len(costs)
            ):
                return True
        return False

    def bytes_of(self, text: str) -> list[str]:
        """The bytes that each character of a text was read from."""
        return [*map(BytesOf.encoding(self.read).__getitem__, text)]

    def tokens(self, data: str, start: int) -> Iterator[Token]:
        """The characters that bytes were meant to be."""
        pattern, codec = DECODERS[self.written]
        for match in pattern.compiled.finditer(data, start):
            part, kind = match[0], match.lastgroup or ""
            text = REPLACEMENT
            if kind == "plain":
                text = part
            elif kind == "foreign":
                text = ""
            elif kind == "whole":
                text = decoded(part, codec)
                if text == REPLACEMENT:
                    kind = "gone" if part == GONE else "stray"
            yield Token(match.start(), match.end(), text, kind)


@cache
def decoded(part: str, codec: str) -> str:
    """The character that some bytes are, U+FFFD where they are none."""
    text = part.encode("latin-1").decode(codec, "replace")
    return text if len(text) == 1 else REPLACEMENT


class Costs(dict[str, int]):
    """What the characters that were met cost; see `kanwu.documents.likelihood`."""

    def __missing__(self, character: str) -> int:
        found = frequencies().get(character) or unlisted(ord(character))
        self[character] = found
        return found


COSTS = Costs()
cost = COSTS.__getitem__


class BytesOf(dict[str, str]):
    """The bytes of the characters that were met, as programs read them in one encoding."""

    def __init__(self, encode: Callable[[str], str]) -> None:
        super().__init__({REPLACEMENT: LOST})
        self.encode = encode

    def __missing__(self, character: str) -> str:
        try:
            part = self.encode(character)
        except UnicodeEncodeError:
            part = FOREIGN
        self[character] = part
        return part

    @staticmethod
    @cache
    def encoding(name: str) -> BytesOf:
        """The bytes of one encoding."""
        return BytesOf(ENCODERS[name])


def _gbk(character: str) -> str:
    # Browsers and Windows read the byte 0x80 so.
    return "\x80" if character == "€" else character.encode("gb18030").decode("latin-1")


def _big5(character: str) -> str:
    return first_of(character, "big5", "cp950", "big5hkscs")


def _big5_hkscs(character: str) -> str:
    return first_of(character, "big5hkscs", "cp950")


def _shift_jis(character: str) -> str:
    return UNUSED_IN_932.get(character) or first_of(character, "cp932", "shift_jis")


def first_of(character: str, *codecs: str) -> str:
    """The bytes of a character in the first codec that has it. Raises UnicodeEncodeError."""
    *others, last = codecs
    for codec in others:
        try:
            return character.encode(codec).decode("latin-1")
        except UnicodeEncodeError:
            continue
    return character.encode(last).decode("latin-1")


def _latin(character: str) -> str:
    if character < "\u0100":
        return character
    return character.encode("cp1252").decode("latin-1")


ENCODERS: dict[str, Callable[[str], str]] = {
    "GBK": _gbk,
    "Big5": _big5,
    "Big5-HKSCS": _big5_hkscs,
    "Shift-JIS": _shift_jis,
    "Windows-1252": _latin,
}

LATIN = "Windows-1252"
MISREADINGS = (
    Misreading("UTF-8", "GBK"),
    Misreading("UTF-8", "Windows-1252"),
    Misreading("UTF-8", "Shift-JIS"),
    Misreading("UTF-8", "Big5"),
    Misreading("GBK", "Big5"),
    Misreading("GBK", "Big5-HKSCS"),
    Misreading("Big5", "GBK"),
    Misreading("GBK", "Windows-1252"),
    Misreading("Big5", "Windows-1252"),
    Misreading("UTF-16LE", "GBK"),
    Misreading("UTF-16BE", "GBK"),
)
"""Those that Chinese text meets with, the common ones first."""
COMMONEST = MISREADINGS[:1]
IN_LATIN = tuple(misreading for misreading in MISREADINGS if misreading.read == LATIN)
