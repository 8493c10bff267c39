"""Documents and long stretches of short lines: songs, menus, lists of headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.analysis import line_patterns as patterns
from kanwu.analysis.line_forms import CLOSERS, LONGEST_LABEL, Form
from kanwu.analysis.line_words import is_han
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_VERSE = 4
MOST_OF_VERSE = 20
LEAST_CROWD = 6
MOST_ABOUT = 8
CROWDED = (Form.LABEL, Form.CELLS, Role.NAVIGATION, Role.META, Role.CREDIT, Role.BYLINE)
HEADLINES = (Form.LABEL, Form.SENTENCE, Form.FRAGMENT)
ENDS_OF_PARAGRAPHS = ("。", "：", "；", ":", ";")


def is_free_verse(texts: Sequence[str], forms: Sequence[Role | Form]) -> bool:
    """Whether a document is a poem or a song without meter or without punctuation."""
    if 3 * forms.count(Form.SENTENCE) > 2 * len(forms):
        return False
    short = [
        text
        for text, form in zip(texts, forms, strict=True)
        if isinstance(form, Form) and len(text) <= MOST_OF_VERSE and is_han(text[0])
    ]
    if len(short) < max(LEAST_VERSE, 0.7 * len(texts)):
        return False
    if sum(text[-1] not in "。！？" for text in short) < 0.5 * len(short):
        return False
    # Menus and lists of headlines name things: they lack the small words that songs are full of.
    return sum(map(bool, map(patterns.SMALL_WORD.search, short))) >= 0.4 * len(short)


def settle_crowds(texts: Sequence[str], forms: list[Role | Form]) -> None:
    """Make navigation of the labels in long stretches without a paragraph."""
    size = len(forms)
    if 2 * (size - forms.count(Form.SENTENCE)) <= LEAST_CROWD:
        return
    start = 0
    for at in range(size + 1):
        if at < size and not is_paragraph(texts[at], forms[at]):
            continue
        # The line behind a paragraph may be its signature, the last lines before one its title with
        # date and source: these are left to their neighbours.
        if at - start >= LEAST_CROWD:
            first = start + (start > 0)
            settle_crowd(
                texts, forms, first, size if at == size else before_title(forms, first, at)
            )
        start = at + 1


def settle_crowd(texts: Sequence[str], forms: list[Role | Form], first: int, end: int) -> None:
    """Make navigation of the labels among some lines, if most of these are no sentences."""
    if end - first < LEAST_CROWD:
        return
    if 2 * sum(forms[at] in CROWDED for at in range(first, end)) <= end - first:
        return
    for at in range(first, end):
        if forms[at] in HEADLINES and not heads_alone(texts, forms, at):
            forms[at] = Role.NAVIGATION


def heads_alone(texts: Sequence[str], forms: Sequence[Role | Form], at: int) -> bool:
    """Whether a date or a source stands under a line, and not under its neighbours too."""
    return is_dated(texts, forms, at) and not is_listed(texts, forms, at)


def is_dated(texts: Sequence[str], forms: Sequence[Role | Form], at: int) -> bool:
    """Whether a date or a source stands under a line."""
    if at + 1 >= len(forms) or forms[at + 1] is not Role.META:
        return False
    return patterns.DATED.search(texts[at + 1]) is not None


def is_listed(texts: Sequence[str], forms: Sequence[Role | Form], at: int) -> bool:
    """Whether a line with a date or a source under it stands in a list of such pairs."""
    if at > 1 and forms[at - 1] is Role.META and forms[at - 2] is Role.NAVIGATION:
        return True
    behind = at + 2 < len(forms) and isinstance(forms[at + 2], Form)
    return behind and is_dated(texts, forms, at + 2)


def before_title(forms: Sequence[Role | Form], first: int, at: int) -> int:
    """Where the lines end that cannot head the article whose first paragraph is at an index."""
    least = max(first, at - MOST_ABOUT)
    while at > least and forms[at - 1] in (Role.META, Role.BYLINE, Role.CREDIT, Role.NAVIGATION):
        at -= 1
    return max(first, at - 2)


def is_paragraph(text: str, form: Role | Form) -> bool:
    """Whether a line alone is a paragraph beyond doubt, or belongs to verse or a list."""
    if form is Form.SENTENCE or form is Form.FRAGMENT:
        return len(text) >= LONGEST_LABEL or text.rstrip(CLOSERS).endswith(ENDS_OF_PARAGRAPHS)
    return form in (Form.METER, Role.LIST_ITEM, Role.CAPTION)
