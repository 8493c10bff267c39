"""Fitting text into a terminal's width, in cells: a Han character takes two."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CUT = "…"

_HAN = "\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff"
_OPENING = "“‘（《「『【〔"
_CLOSING = "，。、；：！？…”’）》」』】〕"


@cache
def _piece() -> re.Pattern[str]:
    """What stays together when a line is broken.

    A word, or a Han character, with the quotation marks, brackets and points that belong to it.
    """
    return re.compile(
        rf"\s*(?:[{_OPENING}]*[{_HAN}][{_CLOSING}]*"
        rf"|[{_OPENING}]*[^\s{_HAN}{_OPENING}]+|[{_OPENING}]+)"
    )


@cache
def _sign() -> re.Pattern[str]:
    """What stays together when a text is cut: a character, or the name of an invisible one."""
    return re.compile(r"<(?:U\+[0-9A-F]{4,6}|0x[0-9A-F]{2})>|.", re.DOTALL)


def wrapped(text: str, width: int | None, *, taken: int = 0) -> Iterator[str]:
    """The text in lines of at most `width` cells, of which the first one has `taken` fewer.

    None leaves it in one line. Only a word that is longer than a line is broken inside.
    """
    if width is None or taken + cell_len(text) <= width:
        yield text
        return
    line, filled = "", taken
    for piece in _pieces(text, width):
        size = cell_len(piece)
        if line and filled + size > width:
            yield line
            line, filled = piece.lstrip(), cell_len(piece.lstrip())
        else:
            line += piece
            filled += size
    yield line


def _pieces(text: str, width: int) -> Iterator[str]:
    """The parts between which the text may be broken, blanks before each included."""
    for match in _piece().finditer(text.rstrip()):  # else a long blank end takes quadratic time
        if cell_len(match[0]) <= width:
            yield match[0]
        else:
            yield from _sign().findall(match[0])


def fitted(before: str, inside: str, after: str, width: int) -> tuple[str, str, str]:
    """A passage and its surroundings cut to `width` cells, the passage last and at its end."""
    inside = cut_end(inside, width * 2 // 3)
    room = width - cell_len(inside)
    before = cut_start(before, max(room // 2, room - cell_len(after)))
    return before, inside, cut_end(after, room - cell_len(before))


def cut_end(text: str, width: int) -> str:
    """The start of the text, in at most `width` cells, with `…` where something was cut."""
    if cell_len(text) <= width:
        return text
    return "".join(_fitting(_sign().findall(text), width - 1)) + CUT


def cut_start(text: str, width: int) -> str:
    """The end of the text, in at most `width` cells, with `…` where something was cut."""
    if cell_len(text) <= width:
        return text
    kept = list(_fitting(reversed(_sign().findall(text)), width - 1))
    return CUT + "".join(reversed(kept))


def _fitting(signs: Iterable[str], width: int) -> Iterator[str]:
    """As many of the signs as fit into `width` cells."""
    filled = 0
    for sign in signs:
        filled += cell_len(sign)
        if filled > width:
            return
        yield sign
