"""The lines of a document that are not blank, as one line sees the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.analysis.line_forms import PROSE, Form
from kanwu.analysis.line_words import line_words
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

# Tuples, since the members of an enumeration are slow to hash.
PARAGRAPHS = (Form.SENTENCE, Form.FRAGMENT, Role.BODY)
ABOUT = (Role.META, Role.BYLINE, Role.CREDIT)


class Neighbourhood:
    """The lines of a document that are not blank, gone through once from first to last.

    `forms` holds the roles of the lines before the one that is looked at, and the roles or forms of
    those behind it.
    """

    def __init__(self, texts: Sequence[str], forms: list[Role | Form], rows: Sequence[int]) -> None:
        self.texts = texts
        self.forms = forms
        self.rows = rows
        self.body = False
        """Whether a paragraph stands before the line."""
        self.title = False
        """Whether a title does."""

    def form(self, at: int) -> Role | Form | None:
        """The role or form of a line, or None before the first and behind the last."""
        return self.forms[at] if 0 <= at < len(self.forms) else None

    def run(self, at: int, form: Form) -> int:
        """The end of the lines of one form that begin with this one."""
        end = at
        while self.form(end) is form:
            end += 1
        return end

    def gap(self, at: int) -> int:
        """How many blank lines stand before a line."""
        if at == len(self.rows):
            return 0
        return self.rows[at] - (self.rows[at - 1] if at else -1) - 1

    def mark(self, at: int, end: int, role: Role) -> int:
        """Give lines a role, and return the index behind them."""
        self.forms[at:end] = [role] * (end - at)
        self.body = self.body or role is Role.BODY
        self.title = self.title or role is Role.TITLE
        return end

    def opens_article(self) -> bool:
        """Whether nothing but furniture stands before the line."""
        return not (self.body or self.title)

    def beyond(self, at: int) -> Role | Form | None:
        """The role or form of the first line after one that is not about the article."""
        at += 1
        while self.form(at) in ABOUT:
            at += 1
        return self.form(at)

    def is_dateline(self, at: int) -> bool:
        """Whether a line is the first paragraph of a news article."""
        return self.form(at) in PARAGRAPHS and line_words().is_dateline(self.texts[at])

    def introduces_list(self, at: int) -> bool:
        """Whether a paragraph ends in a colon and is not only the dateline of an article."""
        if self.form(at) is not Role.BODY or self.texts[at][-1] not in "：:":
            return False
        return len(self.texts[at]) >= PROSE or not line_words().is_dateline(self.texts[at])
