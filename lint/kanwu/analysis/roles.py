"""Roles: what each line of a document is for.

Each line is looked at alone first (`kanwu.analysis.line_forms`); most are paragraphs, or say by their
words what they are. The rest, chiefly short lines that end like no sentence, are told by their
neighbours (`kanwu.analysis.neighbours`): alone between paragraphs such a line is a heading, among its
like it is navigation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.analysis.line_forms import forms_of
from kanwu.analysis.lines import Lines
from kanwu.analysis.neighbours import settle
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.documents.document import Document

__all__ = ["Role", "Roles"]


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
            from kanwu.analysis.markdown import MarkdownBlocks
            from kanwu.analysis.markdown_roles import markdown_forms

            texts, forms = markdown_forms(lines, document.get(MarkdownBlocks))
        else:
            texts, forms = forms_of(lines)
        return cls(settle(texts, forms))
