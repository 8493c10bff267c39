"""Roles: what each line of a document is for.

Each line is looked at alone first (`kanwu.analysis.line_forms`); most are paragraphs, or say by their
words what they are. The rest, chiefly short lines that end like no sentence, are told by their
neighbours: alone between paragraphs such a line is a heading, among its like it is navigation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kanwu.analysis.line_forms import Form, form_of
from kanwu.analysis.lines import Lines
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.documents.document import Document

__all__ = ["Role", "Roles"]

PROSE = frozenset((Form.SENTENCE, Form.DATELINE, Form.FRAGMENT, Role.BODY))
FURNITURE = frozenset((Role.META, Role.NAVIGATION, Role.BYLINE, Role.CREDIT))
UNDECIDED = frozenset(Form)


class Roles:
    """The role of each line of a document."""

    __slots__ = ("of_lines",)

    def __init__(self, of_lines: Sequence[Role]) -> None:
        self.of_lines = of_lines
        """Parallel to `Lines`."""

    @classmethod
    def of(cls, document: Document) -> Roles:
        lines = document.get(Lines)
        if document.markup == "markdown":
            from kanwu.analysis.markdown_roles import markdown_forms  # noqa: PLC0415

            return cls(settle(*markdown_forms(document)))
        texts = [line.strip() for line in lines]
        return cls(settle(texts, [form_of(text) if text else Role.BLANK for text in texts]))


def settle(texts: Sequence[str], forms: Sequence[Role | Form]) -> list[Role]:
    """The roles of lines from their texts without white space at the ends, and from their forms."""
    if UNDECIDED.isdisjoint(forms):
        return forms
    ...
