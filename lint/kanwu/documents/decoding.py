"""From bytes to text and back, byte for byte.

For any bytes whatever, `encode(*decode(data))` gives them back: what cannot be decoded stands in the
text as lone surrogates, one for each byte, and is written back as it was.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from kanwu.documents.document import Encoding

UTF8 = Encoding()

# UTF-32 stands before UTF-16, whose little-endian mark begins the same way.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

CHINESE_CODECS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
WINDOW = 16_384
# What makes text Chinese (see `Likelihood.familiarity`): so much for each character outside ASCII,
# and so much altogether, lest one é before an L become 長. Measured on 50 bytes each of translated
# programs' messages: Chinese has 1.6 or more, Russian, Arabic, Thai, Korean and Japanese 1.4 or less.
LEAST_FAMILIARITY = 1.4
LEAST_EVIDENCE = 4
ASCII_FAMILIARITY = 3

NOT_PLAIN = re.compile(rb"[^\x01-\x7f]")
ESCAPED = re.compile("[\udc00-\udcff]+|[^\udc00-\udcff]+")
# Each has two codes, of which the codec writes the first.
TWICE_IN_BIG5 = re.compile("[／＼═╞╡╪╭╮╯╰十卅]")

SAMPLE = 4096
# Backspace and escape, which are in manual pages and terminal logs, are no sign of a binary file.
ASCII_BYTES = bytes(range(0x80))
NOT_CONTROLS = bytes(b for b in range(256) if b in b"\b\t\n\v\f\r\x1b" or 0x20 <= b != 0x7F)


class Decoded(NamedTuple):
    """The text of some bytes, and how to get the same bytes back from it."""

    text: str
    encoding: Encoding


def decode(data: bytes) -> Decoded:
    """The text of a file, and its encoding. Raises nothing.

    Tried in this order: strict UTF-8, a byte-order mark, then whatever encoding makes the likeliest
    Chinese text (see `kanwu.documents.likelihood`); failing that, UTF-8 with undecodable bytes.

    Undecodable bytes are U+DC80 to U+DCFF (`surrogateescape`). In UTF-16 and UTF-32, where a bad unit
    may hold any byte, U+DC00 to U+DC7F stand for the bytes below 0x80.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_other(data)
    if text.startswith("\ufeff"):
        return Decoded(text[1:], Encoding("utf-8", codecs.BOM_UTF8))
    # UTF-16 without a mark may be valid UTF-8 too: that of ASCII is, every second byte a NUL.
    if b"\0" in data and (codec := _guess(data)).startswith("utf-16"):
        return Decoded(_decode_as(codec, data), Encoding(codec))
    return Decoded(text, UTF8)


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where the encoding lacks a character."""
    return encoding.bom + _encode_as(encoding.codec, text)


def looks_binary(data: bytes) -> bool:
    """Whether a file holds no text (an image, an archive, a program), from samples of its bytes.

    Compressed data are one tenth control characters, and NUL is among them. Text with a few of them
    is text, and so is UTF-16.
    """
    sample = data
    if len(data) > 3 * SAMPLE:
        middle = len(data) // 2
        sample = data[:SAMPLE] + data[middle : middle + SAMPLE] + data[-SAMPLE:]
    if b"\0" not in sample:
        return False
    controls = len(sample.translate(None, NOT_CONTROLS))
    if controls <= 2 + len(sample) // 64:
        return False
    # Text whose control characters come from a wrong reading: no image or archive is valid UTF-8.
    if len(sample.translate(None, ASCII_BYTES)) > 3 * controls and _is_utf8(data):
        return False
    return _mark(data) is None and not _guess(data).startswith("utf-16")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_other(data: bytes) -> Decoded:
    """The text of bytes that are not valid UTF-8."""
    bom, codec = _mark(data) or (b"", "")
    body = data[len(bom) :]
    # The mark of UTF-8 is also found before other encodings, put there by a program that knew of no
    # other.
    if codec in {"", "utf-8"}:
        codec = _guess(body)
    text = _decode_as(codec, body)
    if codec == "big5hkscs" and _encode_as(codec, text) != body:
        text = _escape_second_codes(text, body)
    if _encode_as(codec, text) != body:
        codec, text = "utf-8", _decode_as("utf-8", body)
    return Decoded(text, Encoding(codec, bom))


def _mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark at the beginning, and the codec that it stands for."""
    for bom, codec in BYTE_ORDER_MARKS:
        if data.startswith(bom):
            # UTF-16 that begins with a NUL looks alike, but in UTF-32 every highest byte is zero.
            if codec == "utf-32-le" and any(data[7:SAMPLE:4]):
                continue
            return bom, codec
    return None


def _escape_second_codes(text: str, body: bytes) -> str:
    """Text of Big5 in which the second code of a character that has two is undecodable."""
    parts: list[str] = []
    position = offset = 0
    for match in TWICE_IN_BIG5.finditer(text):
        between = text[position : match.start()]
        offset += len(_encode_as("big5hkscs", between))
        code = body[offset : offset + 2]
        first = code == match[0].encode("big5hkscs")
        parts += (between, match[0] if first else code.decode("ascii", "surrogateescape"))
        position = match.end()
        offset += len(code)
    return "".join(parts) + text[position:]


def _guess(data: bytes) -> str:
    """The codec in which the bytes are the likeliest Chinese text; `utf-8` where they are in none.

    A window decides for a file of any size. It begins at the first byte that is NUL or not ASCII, since
    up to there all the encodings agree, and at an even offset, which UTF-16 needs.
    """
    from kanwu.documents.likelihood import likelihood

    first = NOT_PLAIN.search(data)
    start = first.start() & ~1 if first else 0
    window = data[start : start + WINDOW]
    best, lowest = "utf-8", likelihood(_decode_as("utf-8", window)).cost
    for codec in CHINESE_CODECS:
        found = likelihood(_decode_as(codec, window))
        enough, familiarity = LEAST_FAMILIARITY * found.others, found.familiarity
        if _wide(codec):
            # Here ASCII too is evidence: each character of it comes with a NUL in the right place.
            enough += LEAST_FAMILIARITY * found.ascii
            familiarity += ASCII_FAMILIARITY * found.ascii
        if found.cost < lowest and familiarity >= max(LEAST_EVIDENCE, enough):
            best, lowest = codec, found.cost
    return best


def _wide(codec: str) -> bool:
    return codec.startswith(("utf-16", "utf-32"))


def _decode_as(codec: str, data: bytes) -> str:
    return data.decode(codec, "escape-any-byte" if _wide(codec) else "surrogateescape")


def _encode_as(codec: str, text: str) -> bytes:
    if not _wide(codec):
        return text.encode(codec, "surrogateescape")
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return b"".join(
            bytes(ord(c) & 0xFF for c in part)
            if "\udc00" <= part[0] <= "\udcff"
            else part.encode(codec)
            for part in ESCAPED.findall(text)
        )


def _escape_any_byte(error: UnicodeError) -> tuple[str, int]:
    """`surrogateescape` for codecs whose undecodable units hold bytes below 0x80 too."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


codecs.register_error("escape-any-byte", _escape_any_byte)
