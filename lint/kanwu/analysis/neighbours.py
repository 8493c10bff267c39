"""What the neighbours of a line say about its role."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.crowds import is_dated, is_free_verse, is_listed, settle_crowds
from kanwu.analysis.line_forms import (
    CLAUSE_END,
    CLOSERS,
    LONG,
    PROSE,
    Form,
)
from kanwu.analysis.line_words import is_han, line_words
from kanwu.analysis.meter import clause_size
from kanwu.analysis.neighbourhood import ABOUT, PARAGRAPHS, Neighbourhood
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_HEADINGS = 3
"""So many labels may follow one another as headings; more are navigation."""
SHORTEST_HEADLINE = 10
"""Characters: labels that are shorter on average are a menu, not a stack of headlines."""
LONGEST_CAPTION = 80
LONGEST_SIGNATURE = 24
LEAST_CLAUSES = 4
LONGEST_VERSE = 40
ORGANISATIONS = (
    *("部", "局", "委", "院", "厅", "府", "社", "网", "办", "室", "处", "司", "会", "团", "所", "校", "站"),
    *("日报", "晚报", "时报", "中心", "公司", "集团", "小组"),
)  # fmt: skip


def settle(texts: Sequence[str], forms: Sequence[Role | Form]) -> list[Role]:
    """The roles of lines, from their texts without white space at the ends and from their forms."""
    blank, sentence, body = Role.BLANK, Form.SENTENCE, Role.BODY
    if forms.count(sentence) + forms.count(blank) == len(forms):
        return [body if form is sentence else blank for form in forms]
    rows = [row for row, form in enumerate(forms) if form is not blank]
    settling = Settling([texts[row] for row in rows], [forms[row] for row in rows], rows)
    roles = [blank] * len(forms)
    for row, role in zip(rows, settling.settled(), strict=True):
        roles[row] = role
    return roles


class Settling(Neighbourhood):
    """The way of a document's lines from forms to roles."""

    def settled(self) -> list[Role]:
        """The role of each line."""
        if is_free_verse(self.texts, self.forms):
            return self.verses()
        settle_crowds(self.texts, self.forms)
        forms, texts = self.forms, self.texts
        sentence, credit, body = Form.SENTENCE, Role.CREDIT, Role.BODY
        at, size = 0, len(forms)
        while at < size:
            form = forms[at]
            if form is sentence and texts[at][-1] == "。":
                # Most lines, hence without a call.
                if at + 1 == size or forms[at + 1] is not credit:
                    forms[at] = body
                    self.body = True
                    at += 1
                else:
                    at = self.sentence(at)
            else:
                at = at + 1 if isinstance(form, Role) else self.step(form)(at)
        return [form for form in forms if isinstance(form, Role)]

    def verses(self) -> list[Role]:
        """The roles of the lines of a poem or a song."""
        roles = [
            form
            if isinstance(form, Role)
            else Role.VERSE
            if len(text) <= LONGEST_VERSE
            else Role.BODY
            for text, form in zip(self.texts, self.forms, strict=True)
        ]
        if roles[0] is Role.VERSE and roles[1] in ABOUT:
            roles[0] = Role.TITLE
        return roles

    def step(self, form: Form) -> Callable[[int], int]:
        """What settles a line of this form, and returns the index of the next one to settle."""
        return (
            self.sentence,
            self.fragment,
            self.labels,
            self.marked,
            self.cells,
            self.meter,
            self.bracketed,
        )[form - 1]

    def sentence(self, at: int) -> int:
        """A line that ends as a sentence does: seldom a caption or a headline."""
        text, role = self.texts[at], Role.BODY
        if self.form(at + 1) is Role.CREDIT and self.is_caption(at):
            role = Role.CAPTION
        elif text[-1] != "。" and len(text) <= LONG and self.heads_article(at):
            role = Role.TITLE
        return self.mark(at, at + 1, role)

    def fragment(self, at: int) -> int:
        """Prose without an end: a headline only at the head of an article."""
        text, size = self.texts[at], len(self.texts[at])
        headline = False
        whole = text.rstrip(CLOSERS)[-1:] not in CLAUSE_END
        if whole and size <= LONG and not line_words().is_dateline(text):
            headline = self.heads_article(at)
            if self.opens_article() and not headline and self.form(at + 1) in PARAGRAPHS:
                whole = size < PROSE or not patterns.INNER.search(text)
                paragraph = whole and len(self.texts[at + 1]) >= PROSE
                headline = paragraph or self.is_dateline(at + 1)
        return self.mark(at, at + 1, Role.TITLE if headline else Role.BODY)

    def heads_article(self, at: int) -> bool:
        """Whether date, source or author follow a line, and then an article."""
        behind = self.form(at + 1)
        about = is_dated(self.texts, self.forms, at) or behind in (Role.BYLINE, Role.CREDIT)
        if self.form(at - 1) in (None, Role.NAVIGATION):
            return about and not is_listed(self.texts, self.forms, at)
        about = about if self.opens_article() else is_dated(self.texts, self.forms, at)
        return about and self.beyond(at) in PARAGRAPHS

    def is_caption(self, at: int) -> bool:
        """Whether a sentence with a credit under it describes a picture."""
        text = self.texts[at]
        if not patterns.PICTURE_CREDIT.search(self.texts[at + 1]) or len(text) > LONGEST_CAPTION:
            return False
        inside = text[:-1]
        apart = self.gap(at) > self.gap(at + 1)
        return "图为" in inside or (apart and not any(end in inside for end in "。！？"))

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
        if behind is Role.NAVIGATION and before in (None, Role.NAVIGATION, *ABOUT):
            return self.mark(at, end, Role.NAVIGATION)
        for index in range(at, end):
            self.mark(index, index + 1, self.label(index))
        return end

    def headline(self, at: int, end: int) -> int:
        """Labels before the first paragraph: navigation, a title, headings."""
        if end == len(self.forms):
            return self.mark(at, end, Role.NAVIGATION if end - at > 1 else Role.BODY)
        sizes = [len(text) for text in self.texts[at:end]]
        first = at
        if len(sizes) > MOST_HEADINGS and sum(sizes) < SHORTEST_HEADLINE * len(sizes):
            first = end - MOST_HEADINGS
        longest = max(sizes[first - at :])
        enough = min(longest / 2, SHORTEST_HEADLINE)
        title = next(index for index in range(first, end) if sizes[index - at] >= enough)
        self.mark(at, title, Role.NAVIGATION)
        self.mark(title, title + 1, Role.TITLE)
        self.mark(title + 1, end, Role.HEADING)
        if title + 1 < end and is_full_name(self.texts[end - 1]):
            self.forms[end - 1] = Role.BYLINE
        return end

    def label(self, at: int) -> Role:
        """The role of a label with a title or a paragraph somewhere before it."""
        behind = self.form(at + 1)
        if behind is Role.CREDIT and patterns.PICTURE_CREDIT.search(self.texts[at + 1]):
            return Role.CAPTION
        if self.is_dateline(at + 1):
            return Role.TITLE
        far = self.gap(at) > max(1, self.gap(at + 1)) and self.body and self.has_close_headings
        if behind is None or behind in ABOUT:
            return self.label_at_end(at, far=far)
        return Role.CAPTION if far else Role.HEADING

    def label_at_end(self, at: int, *, far: bool) -> Role:
        """The role of a label that nothing follows but lines about the article."""
        behind, beyond = self.form(at + 1), self.beyond(at)
        before = self.form(at - 1)
        signed = self.body and before not in (Role.NAVIGATION, Role.META)
        if signed and behind in (None, Role.META) and self.is_signature(at):
            return Role.BYLINE
        if before is Role.BODY and beyond not in PARAGRAPHS:
            return Role.CAPTION if far and behind else Role.BODY
        if is_dated(self.texts, self.forms, at):
            return Role.NAVIGATION if is_listed(self.texts, self.forms, at) else Role.TITLE
        return Role.TITLE if beyond in PARAGRAPHS else Role.NAVIGATION

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
        return text.endswith(ORGANISATIONS) or is_full_name(text)

    def marked(self, at: int) -> int:
        """A label behind a number: one of a list, or a heading."""
        before, behind = self.form(at - 1), self.form(at + 1)
        kind = kind_of_mark(self.texts[at])
        listed = (
            (behind in (Form.MARKED, Role.LIST_ITEM) and kind_of_mark(self.texts[at + 1]) == kind)
            or (before is Role.LIST_ITEM and kind_of_mark(self.texts[at - 1]) == kind)
            or (self.introduces_list(at - 1) and behind not in PARAGRAPHS)
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


def is_full_name(text: str) -> bool:
    """Whether a line may be a Chinese name of three characters; shorter ones are mostly words."""
    return len(text) == 3 and line_words().is_surname(text) and all(map(is_han, text))


def kind_of_mark(text: str) -> str:
    """What kind of number a line begins with, whatever the number."""
    mark = patterns.MARK.match(text.removeprefix("附件").lstrip("：:"))
    return patterns.NUMBER.compiled.sub("0", mark[0]).strip() if mark else text[0]
