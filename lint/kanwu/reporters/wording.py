"""The words of the reports themselves, in the language of their reader.

A text stands in the code in English. `zh/wording.toml` holds the same in Chinese, by the English text;
what is missing there is said in English.
"""

from __future__ import annotations

import os
from functools import lru_cache

from kanwu.engine.translation import Translation, texts

HOME = os.path.dirname(__file__)


class Wording(Translation):
    """Tells what rules say, and what reports say around it."""

    def __call__(self, template: str, **parameters: object) -> str:
        """An English text in this language, with its parameters, in `str.format` form."""
        return self.word(template).format(**parameters)

    def word(self, text: str) -> str:
        """A word or sentence without parameters."""
        if self.language == "en":
            return text
        found: str = texts(HOME, self.language, "wording").get(text, text)
        return found

    def counted(self, number: int, noun: str) -> str:
        """A number with its noun: `1 document`, `12,345 characters`."""
        return self(f"{{n:,}} {noun}" if number == 1 else f"{{n:,}} {noun}s", n=number)


@lru_cache
def wording(language: str) -> Wording:
    """The wording of a language; texts that were read are kept."""
    return Wording(language)


ENGLISH = Wording("en")
