"""Putting the halves of a broken paragraph together, and what stood between them after or before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu import edit
from kanwu.analysis.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu import Document, Edit
    from kanwu_rules.broken_paragraphs.paragraphs import Paragraph

# What opens an article belongs before its first paragraph, everything else behind the whole one.
OPENS_ARTICLE = (Role.TITLE, Role.META, Role.BYLINE)

# What a blank line of a Markdown quotation consists of.
QUOTE_MARKS = "> \t\r\n"


def joined(
    document: Document, before: Paragraph, after: Paragraph, between: Sequence[Paragraph]
) -> tuple[Edit, ...]:
    """Edits that join two halves; every line between them is kept, be it a paragraph or not."""
    text = document.text
    together = edit(document, before.end, after.start, glue(before.text, after.text))
    middle = text[before.end : after.start]
    # What stands on the last line there is the mark of a quotation or list before the second half.
    kept = middle[: max(middle.rfind("\n"), middle.rfind("\r")) + 1].rstrip()
    if not kept.strip(QUOTE_MARKS):
        return (together,)
    if between and before.opens_body and all(each.role in OPENS_ARTICLE for each in between):
        gap = text[before.end : between[0].start]
        return (edit(document, before.start, before.start, kept[len(gap) :] + gap), together)
    return (together, edit(document, after.end, after.end, kept))


def glue(tail: str, head: str) -> str:
    """What stands between two halves when they are one: a space between Latin words."""
    latin = tail[-1].isascii() and head[0].isascii()
    return " " if latin and tail[-1] not in "-/" and (head[0].isalnum() or head[0] == "(") else ""
