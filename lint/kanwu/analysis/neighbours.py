"""What the neighbours of a line say about its role."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.line_forms import CLAUSE_END, LONGEST_LABEL, PROSE, Form
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAGRAPHS = frozenset((Form.SENTENCE, Form.DATELINE, Form.FRAGMENT, Role.BODY))
ABOUT = frozenset((Role.META, Role.BYLINE, Role.CREDIT))
LISTED = frozenset((Form.MARKED, Role.LIST_ITEM))
MOST_HEADINGS = 3
"""So many labels may follow one another as headings; more are navigation."""
LONGEST_CAPTION = 80
LONGEST_SIGNATURE = 24
LONGEST_VERSE = 20
LEAST_CLAUSES = 4
LOOSE = PARAGRAPHS | {Form.LABEL, Form.METER}
ORGANISATIONS = tuple("部局委院厅府社网报办室处司会团所校站") + ("中心", "公司", "集团", "小组")


def settle(texts: Sequence[str], forms: Sequence[Role | Form]) -> list[Role]:
    """The roles of lines, from their texts without white space at the ends and from their forms."""
    rows = [row for row, form in enumerate(forms) if form is not Role.BLANK]
    settling = Settling([texts[row] for row in rows], [forms[row] for row in rows], rows)
    roles = [Role.BLANK] * len(forms)
    for row, role in zip(rows, settling.settled(), strict=True):
        roles[row] = role
    return roles


class Settling:
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

    def settled(self) -> list[Role]:
        """The role of each line."""
        if self.is_free_verse():
            self.forms = [Role.VERSE if f in LOOSE else f for f in self.forms]
        steps = {
            Form.SENTENCE: self.sentence,
            Form.DATELINE: self.paragraph,
            Form.FRAGMENT: self.fragment,
            Form.LABEL: self.labels,
            Form.MARKED: self.marked,
            Form.CELLS: self.cells,
            Form.METER: self.meter,
            Form.BRACKETED: self.bracketed,
        }
        at, size = 0, len(self.forms)
        while at < size:
            form = self.forms[at]
            at = at + 1 if isinstance(form, Role) else steps[form](at)
        return self.forms

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
        return self.rows[at] - (self.rows[at - 1] if at else -1) - 1

    def mark(self, at: int, end: int, role: Role) -> int:
        """Give lines a role, and return the index behind them."""
        self.forms[at:end] = [role] * (end - at)
        if role is Role.BODY:
            self.body = True
        elif role is Role.TITLE:
            self.title = True
        return end

    def paragraph(self, at: int) -> int:
        return self.mark(at, at + 1, Role.BODY)

    def sentence(self, at: int) -> int:
        """A line that ends as a sentence does: seldom a caption or a headline."""
        text, behind = self.texts[at], self.form(at + 1)
        if behind is Role.CREDIT and self.is_caption(at):
            return self.mark(at, at + 1, Role.CAPTION)
        if self.opens_article(at) and behind in ABOUT and len(text) <= LONGEST_LABEL:
            return self.mark(at, at + 1, Role.TITLE)
        return self.paragraph(at)

    def fragment(self, at: int) -> int:
        """Prose without an end: a headline only at the head of an article."""
        text, behind = self.texts[at], self.form(at + 1)
        if self.opens_article(at) and len(text) <= LONGEST_LABEL and text[-1] not in CLAUSE_END:
            prose = behind in PARAGRAPHS and len(self.texts[at + 1]) >= PROSE > len(text)
            if prose or behind in ABOUT or behind is Form.DATELINE:
                return self.mark(at, at + 1, Role.TITLE)
        return self.paragraph(at)

    def opens_article(self, at: int) -> bool:
        """Whether nothing but furniture stands before a line."""
        return not (self.body or self.title)

    def is_caption(self, at: int) -> bool:
        """Whether a sentence with a credit under it describes a picture."""
        text = self.texts[at]
        if not patterns.PICTURE_CREDIT.search(self.texts[at + 1]) or len(text) > LONGEST_CAPTION:
            return False
        inside = text[:-1]
        if "图为" in inside:
            return True
        apart = self.gap(at) > self.gap(at + 1)
        return apart and not any(end in inside for end in "。！？")

    def labels(self, at: int) -> int:
        """One or several labels in a row."""
        end = self.run(at, Form.LABEL)
        before, behind = self.form(at - 1), self.form(end)
        several = end - at > 1
        if several and before is Role.BODY and self.texts[at - 1][-1] in "：:":
            return self.mark(at, end, Role.LIST_ITEM)
        if end - at > MOST_HEADINGS:
            if not self.body and not self.title and (behind in PARAGRAPHS or behind in ABOUT):
                return self.headline(at, end)
            return self.mark(at, end, Role.NAVIGATION)
        if behind is Role.NAVIGATION and (before in ABOUT or before in (None, Role.NAVIGATION)):
            return self.mark(at, end, Role.NAVIGATION)
        if not self.body and not self.title:
            return self.headline(at, end)
        for index in range(at, end):
            self.mark(index, index + 1, self.label(index))
        return end

    def headline(self, at: int, end: int) -> int:
        """Labels before the first paragraph: navigation, a title, headings."""
        if end == len(self.forms):
            return self.mark(at, end, Role.NAVIGATION if end - at > 1 else Role.BODY)
        title = max(range(max(at, end - MOST_HEADINGS), end), key=lambda i: len(self.texts[i]))
        self.mark(at, title, Role.NAVIGATION)
        self.mark(title, title + 1, Role.TITLE)
        return self.mark(title + 1, end, Role.HEADING)

    def label(self, at: int) -> Role:
        """The role of a label with a title or a paragraph somewhere before it."""
        before, behind = self.form(at - 1), self.form(at + 1)
        if behind is Form.DATELINE or behind is Role.BYLINE:
            return Role.TITLE
        if behind is Role.CREDIT and patterns.PICTURE_CREDIT.search(self.texts[at + 1]):
            return Role.CAPTION
        if behind is None or behind in ABOUT:
            if before is not Role.BODY:
                return Role.NAVIGATION
            return Role.BYLINE if self.is_signature(at) else Role.BODY
        if self.body and self.has_close_headings and self.gap(at) > max(1, self.gap(at + 1)):
            return Role.CAPTION
        return Role.HEADING

    @cached_property
    def has_close_headings(self) -> bool:
        """Whether labels stand as close to what precedes them as paragraphs do.

        Where they do, one that stands further off follows a picture that is gone.
        """
        return any(
            form in (Form.LABEL, Role.HEADING) and self.gap(at) == 1
            for at, form in enumerate(self.forms)
        )

    def is_signature(self, at: int) -> bool:
        """Whether a last label is the name of a person or of an organisation."""
        text = self.texts[at]
        if len(text) > LONGEST_SIGNATURE or patterns.INNER.search(text):
            return False
        return text.endswith(ORGANISATIONS) or (len(text) < 4 and line_words().is_surname(text))

    def marked(self, at: int) -> int:
        """A label behind a number: one of a list, or a heading."""
        before, behind = self.form(at - 1), self.form(at + 1)
        listed = (
            (behind in LISTED and kind_of_mark(self.texts[at + 1]) == kind_of_mark(self.texts[at]))
            or (
                before is Role.LIST_ITEM
                and kind_of_mark(self.texts[at - 1]) == kind_of_mark(self.texts[at])
            )
            or (before is Role.BODY and self.texts[at - 1][-1] in "：:")
        )
        return self.mark(at, at + 1, Role.LIST_ITEM if listed else Role.HEADING)

    def cells(self, at: int) -> int:
        """Lines of pieces with gaps between: rows of a table, or a menu in one line."""
        end = self.run(at, Form.CELLS)
        text = self.texts[at]
        if end - at > 1 or "\t" in text or "|" in text or any(map(str.isdigit, text)):
            return self.mark(at, end, Role.TABLE_ROW)
        if len(patterns.CELL_GAP.compiled.findall(text)) > 2:
            return self.mark(at, end, Role.NAVIGATION)
        self.forms[at] = Form.LABEL
        return self.labels(at)

    def meter(self, at: int) -> int:
        """Lines whose clauses are equally long: verse, if there are enough of them."""
        size = clause_size(self.texts[at])
        end, clauses = at, 0
        while self.form(end) is Form.METER and clause_size(self.texts[end]) == size:
            clauses += len(self.texts[end]) // (size + 1)
            end += 1
        return self.mark(at, end, Role.VERSE if clauses >= LEAST_CLAUSES else Role.BODY)

    def bracketed(self, at: int) -> int:
        """A few words in brackets: a credit, unless they stand in the flow of the text."""
        flow = self.form(at - 1) in PARAGRAPHS and self.form(at + 1) in PARAGRAPHS
        return self.mark(at, at + 1, Role.BODY if flow else Role.CREDIT)

    def is_free_verse(self) -> bool:
        """Whether the document is a poem or a song without meter or without punctuation."""
        short = [
            text
            for text, form in zip(self.texts, self.forms, strict=True)
            if form in LOOSE and len(text) <= LONGEST_VERSE and is_han(text[0])
        ]
        open_ended = sum(text[-1] not in "。！？" for text in short)
        if len(short) < 4 or len(short) < 0.7 * len(self.texts) or open_ended < 0.5 * len(short):
            return False
        # Menus and lists of headlines name things: they lack the small words that songs are full of.
        return sum(map(bool, map(patterns.SMALL_WORD.search, short))) >= 0.4 * len(short)


def kind_of_mark(text: str) -> str:
    """What kind of number a line begins with, whatever the number."""
    mark = patterns.MARK.match(text)
    return patterns.NUMBER.compiled.sub("0", mark[0]).strip() if mark else text[0]


def clause_size(text: str) -> int:
    """How many Han characters a line begins with."""
    return next((at for at, character in enumerate(text) if not is_han(character)), len(text))
