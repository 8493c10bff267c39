"""The forms of lines in Markdown, where the markup decides what it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.analysis.line_forms import Form, form_of
from kanwu.analysis.markdown import Kind
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from kanwu.analysis.lines import Lines
    from kanwu.analysis.markdown import MarkdownBlocks

BY_MARKUP = {
    Kind.BLANK: Role.BLANK,
    Kind.RULE: Role.BLANK,
    Kind.FRONT_MATTER: Role.CODE,
    Kind.CODE: Role.CODE,
    Kind.HTML: Role.CODE,
    Kind.HEADING: Role.HEADING,
    Kind.ITEM: Role.LIST_ITEM,
    Kind.TABLE: Role.TABLE_ROW,
}
MARKS = Pattern(r"(?: [\ \t]{0,99}+ > ){0,32}+ [\ \t]*+")
PICTURE = Pattern(
    r"\[? !\[ [^\[\]]{0,300} \] [(\[] [^()\[\]]{0,2000} [)\]] (?: \] \( [^()]{0,2000} \) )? \Z"
)


def markdown_forms(lines: Lines, blocks: MarkdownBlocks) -> tuple[list[str], list[Role | Form]]:
    """The texts of lines without the marks before them, and their roles or forms."""
    kinds = blocks.of_lines
    texts = [line[MARKS.compiled.match(line).end() :].strip() for line in lines]  # type: ignore[union-attr]
    forms: list[Role | Form] = []
    headed = Kind.HEADING in kinds
    item = False
    for text, kind in zip(texts, kinds, strict=True):
        item = kind is Kind.ITEM or (item and kind is Kind.TEXT)
        if kind is Kind.TEXT and not item:
            forms.append(form_of_paragraph(text, headed=headed))
        else:
            forms.append(Role.LIST_ITEM if item else BY_MARKUP[kind])
    title = kinds.index(Kind.HEADING) if headed else len(kinds)
    if headed and Kind.TEXT not in kinds[:title] and not texts[title].startswith("##"):
        forms[title] = Role.TITLE
    return texts, forms


def form_of_paragraph(text: str, *, headed: bool) -> Role | Form:
    """The form of a line of a paragraph, in a document that marks its headings or does not."""
    if PICTURE.match(text):
        return Role.CAPTION
    plain = text.strip("*_")
    form = form_of(plain) if plain else Role.BLANK
    # Where headings are marked, a short line is one only if it stands out.
    return Form.FRAGMENT if form is Form.LABEL and headed and plain == text else form
