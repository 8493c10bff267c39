"""Text in each encoding that kanwu reads, undecodable bytes kept as lone surrogates.

Beside the codecs of Python there are `gb18030-euro`, in which the byte 0x80 is the euro sign as
Windows and browsers have it, `hz`, which gives every byte back, and `euc-tw`.
"""

from __future__ import annotations

import codecs
import re

# Compiled by `re` at their first use, which most runs never come to.
ESCAPED = "[\udc00-\udcff]+|[^\udc00-\udcff]+"

ESCAPE = "[\udc00-\udcff]"

EURO = "€"
EURO_BYTE = "\udc80"

# Each has two codes. Windows, browsers and the standard agree on one, and Python's codec for Hong Kong
# writes the other, which for the slashes means ∕ and ﹨.
BIG5_OF_WINDOWS = "([／＼∕﹨═╞╡╪╭╮╯╰])"

CHUNK = 1024


def read(codec: str, data: bytes) -> str:
    """The text of bytes. Raises nothing.

    Undecodable bytes are U+DC80 to U+DCFF (`surrogateescape`). In UTF-16, UTF-32 and HZ, where any byte
    may be bad, U+DC00 to U+DC7F stand for the bytes below 0x80.
    """
    if is_wide(codec):
        return data.decode(codec, "escape-any-byte")
    if codec == "euc-tw":
        from kanwu.documents import euc_tw

        return euc_tw.read(data)
    if codec == "hz":
        from kanwu.documents import hz

        return hz.read(data)
    if codec == "gb18030-euro":
        return data.decode("gb18030", "surrogateescape").replace(EURO_BYTE, EURO)
    return data.decode(codec, "surrogateescape")


def write(codec: str, text: str) -> bytes:
    """The bytes of a text. Raises UnicodeEncodeError where the encoding lacks a character."""
    if is_wide(codec):
        return _write_wide(codec, text)
    if codec == "euc-tw":
        from kanwu.documents import euc_tw

        return euc_tw.write(text)
    if codec == "hz":
        from kanwu.documents import hz

        return hz.write(text)
    if codec == "gb18030-euro":
        return b"\x80".join(part.encode("gb18030", "surrogateescape") for part in text.split(EURO))
    if codec == "big5hkscs":
        parts = re.split(BIG5_OF_WINDOWS, text)
        return b"".join(
            part.encode("cp950" if number % 2 else codec, "surrogateescape")
            for number, part in enumerate(parts)
        )
    return text.encode(codec, "surrogateescape")


def is_wide(codec: str) -> bool:
    """Whether the units of an encoding are larger than a byte."""
    return codec.startswith(("utf-16", "utf-32"))


def read_exactly(codec: str, data: bytes) -> str | None:
    """The text from which `write` makes the same bytes again; None where there is none.

    A character that has two codes, of which `write` knows one, is undecodable in the other.
    """
    text = read(codec, data)
    if write(codec, text) == data:
        return text
    if codec == "hz" or is_wide(codec):
        return None
    text = _escape_other_codes(codec, text, data)
    return text if write(codec, text) == data else None


def has_euro_bytes(data: bytes) -> bool:
    """Whether all that is undecodable in GB 18030 are bytes 0x80."""
    bad = set(re.findall(ESCAPE, data.decode("gb18030", "surrogateescape")))
    return bad == {EURO_BYTE}


def escaped(data: bytes) -> str:
    """Undecodable bytes as they stand in a text."""
    return "".join(chr(0xDC00 + byte) for byte in data)


def _escape_other_codes(codec: str, text: str, data: bytes) -> str:
    parts: list[str] = []
    at = 0
    for start in range(0, len(text), CHUNK):
        chunk = text[start : start + CHUNK]
        code = write(codec, chunk)
        if data.startswith(code, at):
            parts.append(chunk)
            at += len(code)
            continue
        for character in chunk:
            code = write(codec, character)
            found = data[at : at + len(code)]
            parts.append(character if found == code else _other(codec, found))
            at += len(code)
    return "".join(parts)


def _other(codec: str, code: bytes) -> str:
    """A code that is not the one which is written for its character."""
    if codec == "big5hkscs":
        character = code.decode("cp950", "ignore")
        if character and write(codec, character) == code:
            return character
    return code.decode("ascii", "surrogateescape")


def _write_wide(codec: str, text: str) -> bytes:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return b"".join(
            bytes(ord(c) & 0xFF for c in part)
            if "\udc00" <= part[0] <= "\udcff"
            else part.encode(codec)
            for part in re.findall(ESCAPED, text)
        )


def _escape_any_byte(error: UnicodeError) -> tuple[str, int]:
    """`surrogateescape` for codecs whose undecodable units hold bytes below 0x80 too."""
    assert isinstance(error, UnicodeDecodeError)
    return escaped(error.object[error.start : error.end]), error.end


codecs.register_error("escape-any-byte", _escape_any_byte)
