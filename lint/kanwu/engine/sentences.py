"""Finished English sentences known again by their templates, so that they can be told in another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# Of a longer text, the parts would take long to tell apart.
LONGEST = 500


class Known(NamedTuple):
    """A sentence that was known again: its template in the other language, and what stands in its braces."""

    template: str
    parts: Mapping[str, str]


class Sentences:
    """Templates by their English text, `it is no JSON: {error}`. A longer one is tried before a shorter one."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._templates = [
            (pattern_of(english), table[english])
            for english in sorted(table, key=len, reverse=True)
        ]

    def find(self, text: str) -> Known | None:
        """The template that the whole of a text was made from."""
        if len(text) > LONGEST:
            return None
        for pattern, template in self._templates:
            if found := pattern.fullmatch(text):
                return Known(template, found.groupdict())
        return None


def pattern_of(english: str) -> re.Pattern[str]:
    """What texts look like that are made from a template."""
    parts = re.split(r"\{(\w+)\}", english)
    return re.compile(
        "".join(
            f"(?P<{part}>.+?)" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        ),
        re.DOTALL,
    )
