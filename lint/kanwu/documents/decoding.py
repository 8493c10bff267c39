"""From bytes to text and back, byte for byte."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from kanwu.documents.document import Encoding


class Decoded(NamedTuple):
    """The text of some bytes, and how to get the same bytes back from it."""

    text: str
    encoding: Encoding


def decode(data: bytes) -> Decoded:
    if data.startswith(codecs.BOM_UTF8):
        return Decoded(data[3:].decode("utf-8", "surrogateescape"), Encoding("utf-8", codecs.BOM_UTF8))
    return Decoded(data.decode("utf-8", "surrogateescape"), Encoding())


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where the encoding lacks a character."""
    return encoding.bom + text.encode(encoding.codec, "surrogateescape")
