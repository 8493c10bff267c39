"""What the page itself says, apart from the findings; a language is one table in `words.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.documents.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping


class Words:
    """The words of one language by their keys."""

    def __init__(self, language: str = "en", *more: str) -> None:
        """`more` are tables beside `words.toml`, whose keys come before those of that one."""
        self.language = language
        self._said: Mapping[str, str | list[str]] = read_table(__file__, "words.toml")[language]
        for name in more:
            self._said = {**self._said, **read_table(__file__, name)[language]}

    def __call__(self, key: str, n: int | None = None, **parameters: object) -> str:
        """What stands under a key. `n` chooses the form for one or for many, and is `{n}` in it.

        Raises KeyError.
        """
        said = self._said[key]
        if isinstance(said, list):
            said = said[0] if n == 1 else said[-1]
        numbers = {"n": n, **parameters}
        told = {k: f"{v:,}" if isinstance(v, int) else v for k, v in numbers.items()}
        return said.format_map(told) if "{" in said else said

    def template(self, key: str) -> str:
        """What stands under a key, its braces left for the page's own script."""
        said = self._said[key]
        assert isinstance(said, str)
        return said
