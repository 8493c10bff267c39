"""The roles that a line can have."""

from __future__ import annotations

from enum import StrEnum

from kanwu.analysis.members import direct


@direct
class Role(StrEnum):
    """What a line is for."""

    TITLE = "title"
    """The name of an article."""
    HEADING = "heading"
    """The name of a part of an article."""
    BODY = "body"
    """A paragraph, whole or broken."""
    CAPTION = "caption"
    """What stands under a picture, with its credit where that is on the same line."""
    CREDIT = "credit"
    """To whom pictures, figures, editing or the whole text are owed."""
    BYLINE = "byline"
    """Who wrote it: a reporter's line, or a signature."""
    LIST_ITEM = "list-item"
    """An entry of a list that is no full paragraph."""
    TABLE_ROW = "table-row"
    VERSE = "verse"
    """A line of a poem or a song."""
    NAVIGATION = "navigation"
    """A way through the site: breadcrumb, menu, list of headlines, share bar."""
    META = "meta"
    """A fact about the page or the document: date, source, number, address, rights."""
    CODE = "code"
    """Front matter, code or raw HTML of Markdown; lines of code in plain text."""
    BLANK = "blank"
    """White space, or nothing but a dividing line."""
