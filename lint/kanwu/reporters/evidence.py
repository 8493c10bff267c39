"""Evidence in words: what a finding rests on, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kanwu.engine.translation import texts
from kanwu.reporters.wording import ENGLISH, HOME

if TYPE_CHECKING:
    from kanwu.reporters.wording import Wording

MOST = 8
"""Of more items than this the first ones are told, and how many others there are."""


def told(evidence: Mapping[str, Any], wording: Wording = ENGLISH) -> str:
    """Evidence in one line: `confidence 0.97; ends with “双方需求”`."""
    said = (pair_told(key, value, wording) for key, value in evidence.items())
    return wording.word("; ").join(said)


def pair_told(key: str, value: object, wording: Wording) -> str:
    """A key with its value."""
    return wording("{key} {value}", key=in_words(key, wording), value=value_told(value, wording))


def value_told(value: object, wording: Wording) -> str:
    """One value of evidence: texts in quotation marks, lists with commas."""
    if isinstance(value, str):
        known = texts(HOME, wording.language, "evidence").get("values", {})
        return str(known.get(value, f"“{value}”"))
    if isinstance(value, bool) or value is None:
        return wording.word({True: "yes", False: "no", None: "none"}[value])
    if isinstance(value, Mapping):
        return listed([pair_told(str(key), one, wording) for key, one in value.items()], wording)
    if isinstance(value, list | tuple | set | frozenset):
        return listed([value_told(one, wording) for one in value], wording)
    return str(value)


def listed(items: list[str], wording: Wording) -> str:
    """Items with commas between them."""
    if not items:
        return wording.word("none")
    rest = len(items) - MOST
    said = wording.word(", ").join(items[:MOST])
    return wording("{items} and {rest} more", items=said, rest=rest) if rest > 0 else said


def in_words(key: str, wording: Wording) -> str:
    """A key as a phrase."""
    known = texts(HOME, wording.language, "evidence").get("keys", {})
    return str(known.get(key, key.replace("-", " ").replace("_", " ")))
