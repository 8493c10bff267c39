"""Text as HTML in which nothing is invisible: what could not be seen has a badge with its name."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from unicodedata import name as unicode_name

from markupsafe import Markup, escape

from kanwu.documents.tables import read_table
from kanwu.reporters.terminal import UNSEEN

# As wide as a Han character: indented paragraphs keep their shape.
IDEOGRAPHIC_SPACE = "\u3000"


def badged(text: str) -> Markup:
    """The text, escaped, each character that cannot be seen replaced by a badge.

    So no control character, direction control or lone surrogate of a document is in the page.
    """
    if text.isprintable() and UNSEEN.isdisjoint(text):
        return escape(text)
    parts: list[Markup] = []
    for seen, run in groupby(text, is_seen):
        characters = list(run)
        parts += [escape("".join(characters))] if seen else map(badge, characters)
    return Markup("").join(parts)


def is_seen(character: str) -> bool:
    """Whether a reader sees the character, or sees it for the blank that it is."""
    return character == IDEOGRAPHIC_SPACE or (character.isprintable() and character not in UNSEEN)


@lru_cache(maxsize=4096)
def badge(character: str) -> Markup:
    """The badge of one character: `ZWSP`, `U+E000`, and `0xE4` for an undecodable byte."""
    code = ord(character)
    point = f"U+{code:04X}"
    if 0xDC00 <= code <= 0xDCFF:  # an undecodable byte is kept so
        byte = f"0x{code - 0xDC00:02X}"
        return _badge(byte, byte)
    full = unicode_name(character, "").lower()
    return _badge(_names().get(point[2:], point), f"{point} {full}".rstrip())


def _badge(label: str, title: str) -> Markup:
    return Markup('<abbr class="badge" title="{}">{}</abbr>').format(title, label)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = read_table(__file__, "badges.toml")["names"]
    return names
