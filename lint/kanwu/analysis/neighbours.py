"""What the neighbours of a line say about its role."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.line_forms import CLAUSE_END, LONG, LONGEST_LABEL, PROSE, Form
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAGRAPHS = frozenset((Form.SENTENCE, Form.DATELINE, Form.FRAGMENT, Role.BODY))
ABOUT = frozenset((Role.META, Role.BYLINE, Role.CREDIT))
LISTED = frozenset((Form.MARKED, Role.LIST_ITEM))
MOST_HEADINGS = 3
"""So many labels may follow one another as headings; more are navigation."""
SHORTEST_HEADLINE = 10
"""Characters: labels that are shorter on average are a menu, not a stack of headlines."""
LONGEST_CAPTION = 80
LONGEST_SIGNATURE = 24
LONGEST_VERSE = 20
LEAST_CLAUSES = 4
LOOSE = PARAGRAPHS | {Form.LABEL, Form.METER}
ORGANISATIONS = (
    *"部局委院厅府社网办室处司会团所校站",
    "日报",
    "晚报",
    "时报",
    "中心",
    "公司",
    "集团",
    "小组",
)


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
        self.rows = (*rows, rows[-1] + 1) if rows else ()
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
        return [form for form in self.forms if isinstance(form, Role)]

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
        text = self.texts[at]
        if self.form(at + 1) is Role.CREDIT and self.is_caption(at):
            return self.mark(at, at + 1, Role.CAPTION)
        if text[-1] != "。" and len(text) <= LONG and self.heads_article(at):
            return self.mark(at, at + 1, Role.TITLE)
        return self.paragraph(at)

    def fragment(self, at: int) -> int:
        """Prose without an end: a headline only at the head of an article."""
        text, behind = self.texts[at], self.form(at + 1)
        size = len(text)
        if size > LONG or text[-1] in CLAUSE_END or patterns.DATELINE.match(text):
            return self.paragraph(at)
        headline = self.heads_article(at)
        if self.opens_article() and not headline:
            whole = size < PROSE or not patterns.INNER.search(text)
            paragraph = whole and behind in PARAGRAPHS and len(self.texts[at + 1]) >= PROSE
            headline = paragraph or behind is Form.DATELINE
        return self.mark(at, at + 1, Role.TITLE) if headline else self.paragraph(at)

    def heads_article(self, at: int) -> bool:
        """Whether date, source or author follow a line, and then a paragraph."""
        behind = self.form(at + 1)
        if behind is not Role.META and not (behind in ABOUT and self.opens_article()):
            return False
        return self.beyond(at) in PARAGRAPHS

    def beyond(self, at: int) -> Role | Form | None:
        """The role or form of the first line after one that is not about the article."""
        at += 1
        while self.form(at) in ABOUT:
            at += 1
        return self.form(at)

    def opens_article(self) -> bool:
        """Whether nothing but furniture stands before the line."""
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
        size = end - at
        if size > 1 and self.introduces_list(at - 1):
            return self.mark(at, end, Role.LIST_ITEM)
        if self.opens_article() and behind is not Role.NAVIGATION:
            return self.headline(at, end)
        if size > MOST_HEADINGS:
            heading = behind in PARAGRAPHS
            self.mark(at, end - heading, Role.NAVIGATION)
            return self.mark(end - heading, end, Role.HEADING)
        if behind is Role.NAVIGATION and (before in ABOUT or before in (None, Role.NAVIGATION)):
            return self.mark(at, end, Role.NAVIGATION)
        for index in range(at, end):
            self.mark(index, index + 1, self.label(index))
        return end

    def introduces_list(self, at: int) -> bool:
        """Whether a paragraph ends in a colon and is not only the dateline of an article."""
        if self.form(at) is not Role.BODY or self.texts[at][-1] not in "：:":
            return False
        return len(self.texts[at]) >= PROSE or not patterns.DATELINE.match(self.texts[at])

    def headline(self, at: int, end: int) -> int:
        """Labels before the first paragraph: navigation, a title, headings."""
        if end == len(self.forms):
            return self.mark(at, end, Role.NAVIGATION if end - at > 1 else Role.BODY)
        sizes = [len(text) for text in self.texts[at:end]]
        first = at
        if len(sizes) > MOST_HEADINGS and sum(sizes) < SHORTEST_HEADLINE * len(sizes):
            first = end - MOST_HEADINGS
        longest = max(sizes[first - at :])
        title = next(index for index in range(first, end) if 2 * sizes[index - at] >= longest)
        self.mark(at, title, Role.NAVIGATION)
        self.mark(title, title + 1, Role.TITLE)
        return self.mark(title + 1, end, Role.HEADING)

    def label(self, at: int) -> Role:
        """The role of a label with a title or a paragraph somewhere before it."""
        before, behind = self.form(at - 1), self.form(at + 1)
        if behind is Role.CREDIT and patterns.PICTURE_CREDIT.search(self.texts[at + 1]):
            return Role.CAPTION
        if behind is Form.DATELINE:
            return Role.TITLE
        far = self.gap(at) > max(1, self.gap(at + 1)) and self.body and self.has_close_headings
        if behind is None or behind in ABOUT:
            return self.label_at_end(at, before, far=far)
        return Role.CAPTION if far else Role.HEADING

    def label_at_end(self, at: int, before: Role | Form | None, *, far: bool) -> Role:
        """The role of a label that nothing follows but lines about the article."""
        behind, beyond = self.form(at + 1), self.beyond(at)
        if before is Role.BODY:
            if behind in (None, Role.META) and self.is_signature(at):
                return Role.BYLINE
            if beyond not in PARAGRAPHS:
                return Role.CAPTION if far and behind else Role.BODY
        if behind is not Role.META:
            return Role.TITLE if beyond in PARAGRAPHS else Role.NAVIGATION
        # In a list of headlines with their dates one follows the other.
        listed = (self.form(at + 2) is Form.LABEL and self.form(at + 3) is Role.META) or (
            before is Role.META and self.form(at - 2) is Role.NAVIGATION
        )
        return Role.NAVIGATION if listed else Role.TITLE

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
        kind = kind_of_mark(self.texts[at])
        listed = (
            (behind in LISTED and kind_of_mark(self.texts[at + 1]) == kind)
            or (before is Role.LIST_ITEM and kind_of_mark(self.texts[at - 1]) == kind)
            or self.introduces_list(at - 1)
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
        # Single lines of four-character phrases are good prose.
        verse = clauses >= LEAST_CLAUSES and (end - at > 1 or size in (5, 7))
        return self.mark(at, end, Role.VERSE if verse else Role.BODY)

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
