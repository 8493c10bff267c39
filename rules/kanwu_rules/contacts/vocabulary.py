"""The words of `words.toml` as patterns, made at their first use."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kanwu.engine.patterns import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

# What may stand between a name, a word for its kind and a number, in half-width forms.
MARKS = r"[\s:=|/、,;.。()\[\]{}【】<>《》「」『』“”\"'‘’`~*_—–→·•#＃-]"


@cache
def table(section: str) -> dict[str, Any]:
    """One section of the table of words."""
    return _tables()[section]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    import tomllib  # noqa: PLC0415 - most runs meet no contact
    from importlib.resources import files  # noqa: PLC0415

    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; those in ASCII letters match as whole words only."""
    words = set(words)
    latin = {word for word in words if word[0].isascii()}
    parts = [trie_pattern(words - latin)] if words - latin else []
    if latin:
        parts.append(f"(?<![A-Za-z]){trie_pattern(latin)}(?![A-Za-z])")
    return f"(?:{'|'.join(parts)})"


@cache
def word_pattern(section: str, key: str = "words") -> str:
    """The pattern of one list of words."""
    return any_of(table(section)[key])


@cache
def matcher(source: str) -> re.Pattern[str]:
    """A pattern over folded text, in any letter case."""
    return re.compile(source, re.IGNORECASE)


@cache
def service_pattern() -> str:
    """A service and the nouns that go with it: QQ群号, 微信, WeChat ID."""
    services = any_of(word for words in table("services").values() for word in words)
    return rf"{services}(?:\s?{word_pattern('nouns')})*"


@cache
def service_of() -> dict[str, str]:
    """Which service each word names."""
    return {word: name for name, words in table("services").items() for word in words}


def service_named(text: str) -> str:
    """The last service that a folded text names, or an empty string."""
    found = ""
    for match in matcher(any_of(service_of())).finditer(text):
        found = service_of()[match[0].lower()]
    return found


@cache
def plain_words() -> frozenset[str]:
    """Words that stand where an account may stand, and are none: QQ: group, 微信号: wechat."""
    return frozenset(service_of()) | frozenset(table("nouns")["words"])
