"""Rows of JSON lines: the texts in some of their fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.documents.decoding import UTF8, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Encoding

BOM = b"\xef\xbb\xbf"


class Row(NamedTuple):
    """A row with its texts, or the reason why it has none."""

    number: int
    """That of its line, from 1."""
    texts: tuple[tuple[str, str], ...] = ()
    """Names of fields and the texts in them, in the order in which the fields were asked for."""
    encoding: Encoding = UTF8
    fault: str | None = None


class _FaultError(Exception):
    """Why a row gives no text."""


def rows(data: bytes, first: int, fields: Sequence[str]) -> Iterator[Row]:
    """The rows of some whole lines, of which the first has a number; blank lines are none.

    A field is the name of a key, or several with dots between them for a key inside an object. Empty
    fields and those that hold null give no text.
    """
    for number, line in enumerate(data.split(b"\n"), first):
        if number == 1:
            line = line.removeprefix(BOM)  # noqa: PLW2901 - the mark is no part of the row
        if not line or line.isspace():
            continue
        try:
            value, encoding = _parsed(line)
            yield Row(number, tuple(_texts(value, fields)), encoding)
        except _FaultError as fault:
            yield Row(number, fault=str(fault))


def _parsed(line: bytes) -> tuple[Any, Encoding]:
    import msgspec

    try:
        return msgspec.json.decode(line), UTF8
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    # Python's own reader also takes NaN and halves of surrogate pairs, which others write.
    text, encoding = decode(line)
    try:
        return json.loads(text), encoding
    except RecursionError as error:
        raise _FaultError("its values are nested too deep") from error
    except ValueError as error:
        raise _FaultError(f"it is no JSON: {error}") from error


def _texts(value: Any, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, dict):
        raise _FaultError(f"it holds {_kind(value)}, and an object is expected")
    lacking = True
    for field in fields:
        found = value[field] if field in value else _inside(value, field.split("."))
        if isinstance(found, str):
            yield field, found
        elif found is not None and found is not _NOTHING:
            raise _FaultError(f"its field “{field}” holds {_kind(found)}, and a text is expected")
        lacking &= found is _NOTHING
    if lacking:
        names = " or ".join(f"“{field}”" for field in fields)
        has = ", ".join(map(str, value)) or "none"
        raise _FaultError(f"it has no field {names}; its fields are: {has[:200]}")


_NOTHING = object()


def _inside(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return _NOTHING
        value = value[name]
    return value


def _kind(value: Any) -> str:
    """What JSON calls a value."""
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "a text" if isinstance(value, str) else "null")
