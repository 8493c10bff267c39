"""Evidence in words: what a finding rests on, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST = 8
"""Of more items than this the first ones are told, and how many others there are."""


def told(evidence: Mapping[str, Any]) -> str:
    """Evidence in one line: `confidence 0.97; ends with “双方需求”`."""
    return "; ".join(f"{in_words(key)} {value_told(value)}" for key, value in evidence.items())


def value_told(value: object) -> str:
    """One value of evidence: texts in quotation marks, lists with commas."""
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, Mapping):
        return listed([f"{in_words(str(key))} {value_told(one)}" for key, one in value.items()])
    if isinstance(value, list | tuple | set | frozenset):
        return listed([value_told(one) for one in value])
    return str(value)


def listed(items: list[str]) -> str:
    """Items with commas between them."""
    if not items:
        return "none"
    rest = len(items) - MOST
    return ", ".join(items[:MOST]) + (f" and {rest} more" if rest > 0 else "")


def in_words(key: str) -> str:
    """A key as a phrase."""
    return key.replace("-", " ").replace("_", " ")
