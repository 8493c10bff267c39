"""The words of `words.toml`, and patterns made of them."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from kanwu import Pattern, read_words
from kanwu.analysis.patterns import trie_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# What may stand between a name, a word for its kind and a number, in half-width forms.
MARKS = r"[\s:=|/、,;.。()\[\]{}【】<>《》「」『』“”\"'‘’`~*_—–→·•●○◆◇■□▪►▶★☆※#-]"


class WordPattern(Pattern):
    """A pattern that holds words of the table: read and compiled at its first use.

    It is meant for folded text, and finds its words in any letter case.
    """

    def __init__(self, source: Callable[[], str]) -> None:
        self.make = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.make(), re.IGNORECASE)


@cache
def words(section: str, key: str = "words") -> tuple[str, ...]:
    """One list of the table."""
    found: list[str] = _table()[section][key]
    return tuple(found)


@cache
def _table() -> dict[str, dict[str, Any]]:
    return read_words(__file__, "words.toml")


@cache
def services() -> dict[str, str]:
    """Which service each word for one names: 微信 and weixin are `wechat`."""
    return {word: name for name, known in _table()["services"].items() for word in known}


@cache
def plain_words() -> frozenset[str]:
    """Words that stand where an account may stand, and are none: QQ: group, 微信号: wechat."""
    return frozenset(services()) | frozenset(words("nouns"))


@cache
def any_of(section: str, key: str = "words") -> str:
    """A pattern for any word of one list."""
    return either(words(section, key))


def either(known: Iterable[str]) -> str:
    """A pattern for any of some words; those in ASCII letters match as whole words only."""
    known = set(known)
    latin = {word for word in known if word[0].isascii()}
    parts = [trie_pattern(known - latin)] if known - latin else []
    if latin:
        parts.append(f"(?<![A-Za-z]){trie_pattern(latin)}(?![A-Za-z])")
    return f"(?:{'|'.join(parts)})"


@cache
def any_service() -> str:
    """A pattern for a service and the nouns that go with it: QQ群号, 微信, WeChat ID."""
    return rf"{either(services())}(?:\s?{any_of('nouns')})*+"


@cache
def any_group() -> str:
    """A pattern for 群 and its like, where people can join it: neither 集群 nor 群众."""
    before, after = "".join(words("groups", "before")), "".join(words("groups", "after"))
    return rf"(?:(?<![{before}])(?!群[{after}]){any_of('groups')})"


SERVICE = WordPattern(lambda: either(services()))
CHAT = WordPattern(
    lambda: either(word for word, name in services().items() if name not in ("phone", "mail"))
)
GROUP = WordPattern(any_group)


def service_named(text: str) -> str:
    """The last service that a folded text names, or an empty string."""
    found = ""
    for match in SERVICE.finditer(text):
        found = services()[match[0].lower()]
    return found
