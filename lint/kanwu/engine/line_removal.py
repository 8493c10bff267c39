"""Taking whole lines out of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.analysis.lines import Lines
from kanwu.engine.finding import edit

if TYPE_CHECKING:
    from kanwu.documents.document import Document
    from kanwu.engine.finding import Edit


def remove_lines(document: Document, first: int, last: int) -> Edit:
    """Take out the lines `first` to `last`, by index and inclusive.

    Blank lines that would then stand twice, at the beginning or at the end go with them.
    """
    lines = document.get(Lines)
    text, count = lines.text, len(lines)
    above, below = first, last + 1
    while above and not lines[above - 1].strip():
        above -= 1
    while below < count and not lines[below].strip():
        below += 1
    if below < count:
        parted = above < first or above == 0
        return edit(document, lines.starts[first], lines.starts[below if parted else last + 1], "")
    if lines.ends[count - 1] == len(text) and above:
        # The text ends without a newline, and goes on doing so.
        return edit(document, lines.ends[above - 1], len(text), "")
    return edit(document, lines.starts[above], len(text), "")
