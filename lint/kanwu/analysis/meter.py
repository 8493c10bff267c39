"""Meter: lines whose clauses are equally long, as those of classical poems are."""

from __future__ import annotations

from kanwu.analysis.line_words import is_han

METERS = (4, 5, 6, 7)
"""Characters of a clause."""
LONGEST_METER = 33
PAUSES = frozenset("，。；！？、,;!?")


def has_meter(text: str) -> bool:
    """Whether a line consists of clauses of one length, each with its punctuation."""
    size = clause_size(text)
    if size not in METERS or len(text) % (size + 1) or len(text) > LONGEST_METER:
        return False
    return all((at % (size + 1) == size) == (c in PAUSES) for at, c in enumerate(text)) and all(
        is_han(c) or c in PAUSES for c in text
    )


def clause_size(text: str) -> int:
    """How many Han characters a line begins with."""
    return next((at for at, character in enumerate(text) if not is_han(character)), len(text))
