"""Pinyin without tones: how Chinese characters may be read."""

from __future__ import annotations

from functools import cache

from kanwu import read_table
from kanwu.documents.tables import read_bytes


def syllables(han: str) -> tuple[frozenset[str], ...]:
    """All readings of each character, in lower case and without tones: 单 has dan, shan and chan.

    ü is written as it is: 吕 is read lü. Readings as a surname are among them. What is no Chinese
    character, or a very rare one, has none.
    """
    common, others, surnames = _common(), _others(), _surnames()
    found = []
    for at, character in enumerate(han):
        known = {*others.get(character, ())}
        if character in common:
            known.add(common[character])
        if character in surnames:
            known.add(surnames[character])
        for start in (at - 1, at):
            # 尉迟 is read together: yu chi, though 尉 alone is wei.
            double = surnames.get(han[start : start + 2]) if start >= 0 else None
            if double is not None and " " in double:
                known.add(double.split()[at - start])
        found.append(frozenset(known))
    return tuple(found)


def common_reading(character: str) -> str:
    """The reading that a character mostly has; of others than Chinese ones, the character itself."""
    return _common().get(character, character)


def sound_of(name: str) -> str:
    """The common readings of the characters of a name, with blanks between."""
    common = _common()
    return " ".join([common.get(character, character) for character in name])


@cache
def _lines() -> list[list[str]]:
    """Syllables, each with the characters that are mostly read so, and those that are also read so."""
    lines = read_bytes(__file__, "pinyin.txt").decode("utf-8").splitlines()
    return [line.split(" ") for line in lines if line and line[0] != "#"]


@cache
def _common() -> dict[str, str]:
    return {character: syllable for syllable, mostly, *_ in _lines() for character in mostly}


@cache
def _others() -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for syllable, _, *rest in _lines():
        for character in rest[0] if rest else "":
            others.setdefault(character, []).append(syllable)
    return others


@cache
def _surnames() -> dict[str, str]:
    found: dict[str, str] = read_table(__file__, "pinyin.toml")["surnames"]
    return found
