"""From bytes to text and back, byte for byte.

For any bytes whatever, `encode(*decode(data))` gives them back: what cannot be decoded stands in the
text as lone surrogates, one for each byte, and is written back as it was.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from kanwu.documents.document import Encoding
from kanwu.documents.transcoding import escaped, has_euro_bytes, is_wide, read, read_exactly, write

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

HZ_OPENING = b"~{"
DOUBTFUL = 0.5
"""How sure an encoding is at most in which some part of the text is not Chinese."""
UNDOUBTED = 0.99
"""An encoding that is less sure gives way to the one that a page says it is in."""
MOSTLY = 10
"""UTF-8 in which one byte of so many outside ASCII is bad is UTF-8 still, and nothing else looks so."""

SAMPLE = 4096
# Backspace and escape, which are in manual pages and terminal logs, are no sign of a binary file.
ASCII_BYTES = bytes(range(0x80))
NOT_CONTROLS = bytes(b for b in range(256) if b in b"\b\t\n\v\f\r\x1b" or 0x20 <= b != 0x7F)


class Decoded(NamedTuple):
    """The text of some bytes, and how to get the same bytes back from it."""

    text: str
    encoding: Encoding


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of a file, and its encoding. Raises nothing.

    Tried in this order: strict UTF-8, a byte-order mark, UTF-8 with a few bad bytes, HZ, then whatever
    encoding makes the likeliest text (see `kanwu.documents.recognition`): UTF-16 and UTF-32 without a
    mark, GB 18030, Big5, EUC-TW, Shift-JIS, EUC-JP, EUC-KR, Windows-1252. Failing all, it is UTF-8 with
    undecodable bytes. What these become in the text says `kanwu.documents.transcoding.read`.
    `declared` is the codec that a page names; it decides where likelihood leaves doubts.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_other(data, declared)
    if text.startswith("\ufeff"):
        return Decoded(text[1:], Encoding("utf-8", codecs.BOM_UTF8))
    # UTF-16 without a mark may be valid UTF-8 too: that of ASCII is, every second byte a NUL.
    if b"\0" in data:
        return _decode_wide(data) or Decoded(text, UTF8)
    if HZ_OPENING in data and text.isascii():
        return _decode_hz(data) or Decoded(text, UTF8)
    return Decoded(text, UTF8)


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where the encoding lacks a character."""
    return encoding.bom + write(encoding.codec, text)


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
    return _mark(data) is None and _decode_wide(data) is None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_other(data: bytes, declared: str) -> Decoded:
    """The text of bytes that are not valid UTF-8."""
    bom, codec = _mark(data) or (b"", "")
    body = data[len(bom) :]
    # The mark of UTF-8 is also found before other encodings, put there by a program that knew of no
    # other.
    if codec in {"", "utf-8"}:
        return _decode_by_likelihood(body, bom, declared)
    text = read_exactly(codec, body)
    if text is None:
        return Decoded(read("utf-8", data), UTF8)
    return Decoded(text, Encoding(codec, bom))


def _decode_by_likelihood(body: bytes, bom: bytes, declared: str) -> Decoded:
    text = read("utf-8", body)
    beyond_ascii = len(body.translate(None, ASCII_BYTES))
    bad = len(body) - len(text.encode(errors="ignore"))
    if bad * MOSTLY <= beyond_ascii:
        return Decoded(text, Encoding("utf-8", bom))
    from kanwu.documents.recognition import CHINESE, is_chinese_throughout, recognise

    codec, skip, confidence = recognise(body)
    if declared and (codec == "utf-8" or confidence < UNDOUBTED):
        exact = read_exactly(declared, body)
        if exact is not None:
            return Decoded(exact, Encoding(declared, bom, UNDOUBTED))
    variants = [codec]
    if codec == "gb18030" and has_euro_bytes(body[skip:]):
        variants.insert(0, "gb18030-euro")
    for variant in variants:
        exact = read_exactly(variant, body[skip:])
        if exact is not None and codec != "utf-8":
            if codec in CHINESE and not is_chinese_throughout(exact):
                confidence = min(confidence, DOUBTFUL)
            return Decoded(escaped(body[:skip]) + exact, Encoding(variant, bom, confidence))
    return Decoded(text, Encoding("utf-8", bom))


def _decode_wide(data: bytes) -> Decoded | None:
    """The text of bytes that are the likeliest text in UTF-16 or UTF-32."""
    from kanwu.documents.recognition import recognise

    codec, skip, confidence = recognise(data, wide=True)
    text = read_exactly(codec, data[skip:]) if is_wide(codec) else None
    if text is None:
        return None
    return Decoded(escaped(data[:skip]) + text, Encoding(codec, b"", confidence))


def _decode_hz(data: bytes) -> Decoded | None:
    """The text of ASCII that is Chinese in HZ."""
    from kanwu.documents.recognition import is_chinese

    start = data.index(HZ_OPENING)
    if not is_chinese(read("hz", data[start : start + SAMPLE])):
        return None
    text = read_exactly("hz", data)
    return None if text is None else Decoded(text, Encoding("hz"))


def _mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark at the beginning, and the codec that it stands for."""
    for bom, codec in BYTE_ORDER_MARKS:
        if data.startswith(bom):
            # UTF-16 that begins with a NUL looks alike, but in UTF-32 every highest byte is zero.
            if codec == "utf-32-le" and any(data[7:SAMPLE:4]):
                continue
            return bom, codec
    return None
