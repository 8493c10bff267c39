"""Text for a person's eyes: colours, and characters that would not be seen or would do harm."""

from __future__ import annotations

# Select Graphic Rendition codes: 1 bold, 2 faint, 7 reversed, 31 red, 32 green, 33 yellow, 36 cyan.
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "strong": "1",
    "faint": "2",
    "related": "36",
    "fix": "32",
    "good": "32",
    "removed": "31",
    "removed-part": "7;31",
    "added": "32",
    "added-part": "7;32",
    "hunk": "36",
}

# What `str.isprintable` takes for visible though nothing is seen: fillers, a blank Braille pattern,
# the combining grapheme joiner and variation selectors.
UNSEEN = frozenset(
    chr(code)
    for code in (
        0x34F,
        0x115F,
        0x1160,
        0x2800,
        0x3164,
        0xFFA0,
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)

# The tab and Unicode's spaces (Zs) other than U+0020 and U+3000.
_BLANKS = frozenset("\t\xa0\u1680\u202f\u205f") | {chr(c) for c in range(0x2000, 0x200B)}


class Palette:
    """Puts text in a colour, or leaves it where colours are off."""

    def __init__(self, *, enabled: bool) -> None:
        self.enabled = enabled

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.enabled and text else text


def visible(text: str) -> str:
    """The text with everything invisible written as <U+200B>, undecodable bytes as <0xE4>.

    Control characters are among it: text out of a document never reaches the terminal's interpreter.
    """
    if text.isprintable() and UNSEEN.isdisjoint(text):
        return text
    return "".join(c if c.isprintable() and c not in UNSEEN else name(c) for c in text)


def readable(text: str) -> str:
    """The same for text around the place in question: what looks like a space is shown as a space."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _blank(c) or name(c) for c in text)


def name(character: str) -> str:
    """A visible name for one character."""
    code = ord(character)
    if 0xDC00 <= code <= 0xDCFF:  # an undecodable byte is kept so
        return f"<0x{code - 0xDC00:02X}>"
    return f"<U+{code:04X}>"


def _blank(character: str) -> str:
    if character == "\u3000":
        return character  # as wide as a Han character, so that indented lines keep their shape
    return " " if character in _BLANKS else ""
