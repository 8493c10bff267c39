"""Other texts in the fields of a row of JSON lines; all the rest of the row stays as it was written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kanwu.documents.decoding import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kanwu.documents.document import Encoding, Span

# Reads one value of a text from a place on, and says where it ends.
SCAN: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
BLANKS = re.compile(r"[ \t\r\n]*")
ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
UPPER = re.compile(r"\\u[0-9]*[A-F]")


class RewritingError(Exception):
    """The row cannot be written with the new texts; the text says why, for a person."""


def rewritten(line: bytes, texts: Mapping[str, str], encoding: Encoding) -> bytes:
    """A row, as it stands in its file, with new texts in some of its fields, in an encoding.

    A byte-order mark stands before it if it is one of the encoding.

    Only the literals of these fields are other ones, escaped as the old ones are. Raises RewritingError,
    and UnicodeEncodeError where the encoding lacks a character.
    """
    try:
        row = line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        row = decode(line).text
    try:
        spans = {field: _literal(row, field) for field in texts}
        pieces: list[str] = []
        position = 0
        for field, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
            literal = _written(texts[field], row[start:end], ascii_only=line.isascii())
            if json.loads(literal) != texts[field]:
                raise RewritingError("JSON cannot hold it")
            pieces += (row[position:start], literal)
            position = end
    except (ValueError, KeyError, IndexError, StopIteration, RecursionError) as error:
        raise RewritingError("its place in the row was not found") from error
    return encode("".join((*pieces, row[position:])), encoding)


def _literal(row: str, field: str) -> Span | tuple[int, int]:
    """Where the text of a field stands, with its quotation marks."""
    start, _ = _blanks_passed(row, 0)
    values = dict(_members(row, start))
    if field in values:
        return values[field]
    at = (start, 0)
    for name in field.split("."):
        at = dict(_members(row, at[0]))[name]
    return at


def _members(row: str, start: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The keys of an object and where their values stand. Of a key that is there twice the last holds."""
    if row[start] != "{":
        raise ValueError("it is no object")
    position, sign = _blanks_passed(row, start + 1)
    while sign == '"':
        key, position = SCAN(row, position)
        colon, _ = _blanks_passed(row, position)
        value, _ = _blanks_passed(row, colon + 1)
        _, end = SCAN(row, value)
        yield key, (value, end)
        comma, sign = _blanks_passed(row, end)
        if sign == ",":
            position, sign = _blanks_passed(row, comma + 1)


def _blanks_passed(row: str, position: int) -> tuple[int, str]:
    """The next place that is no blank, and what stands there."""
    found = BLANKS.match(row, position)
    assert found is not None
    return found.end(), row[found.end() : found.end() + 1]


def _written(text: str, old: str, *, ascii_only: bool) -> str:
    """A text as a literal, in the way in which the old literal is written.

    What the old one escapes and nowhere has as it is stays escaped in the same way; halves of surrogate pairs
    are escaped unless they stand there as they are, for a byte that is none of the encoding.
    """
    inside = old[1:-1]
    escapes: dict[str, str] = {
        json.loads(f'"{escape}"'): escape for escape in ESCAPE.findall(inside)
    }
    plain = set(ESCAPE.sub("", inside))
    capitals = any(map(UPPER.match, escapes.values()))

    def form(sign: str) -> str:
        if sign in plain or sign in escapes:
            return sign if sign in plain else escapes[sign]
        if (
            sign < " "
            or sign in '"\\'
            or "\ud800" <= sign <= "\udfff"
            or (ascii_only and sign > "~")
        ):
            escape = json.dumps(sign)[1:-1]
            if capitals and len(escape) > 2:
                return escape.upper().replace("U", "u")
            return escape
        return sign

    return f'"{text.translate({ord(sign): form(sign) for sign in set(text)})}"'
