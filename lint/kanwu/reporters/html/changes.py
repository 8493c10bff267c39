"""What a fix makes of the text: the words before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kanwu.analysis.lines import Lines
from kanwu.reporters.html.badges import badged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Edit

CONTEXT = 14
"""Code points shown on each side, within the line."""
LONGEST = 160
"""Of what is taken out or put in; of more, the beginning and the end are shown."""
SHOWN = 3
"""Places of one fix that are shown."""


class Change(NamedTuple):
    """One place that a fix changes."""

    before: Markup
    after: Markup


def changes(document: Document, edits: Sequence[Edit]) -> tuple[list[Change], int]:
    """The first places that a fix changes, and how many edits are not shown."""
    found: list[Change] = []
    told = 0
    for group in neighbours(edits):
        if len(found) == SHOWN:
            break
        told += len(group)
        found.append(change(document, group))
    return found, len(edits) - told


def neighbours(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits so near one another that they are read together, at most six at a time."""
    group: list[Edit] = []
    for edit in edits:
        apart = group and edit.start.offset - group[-1].end.offset > 2 * CONTEXT
        if apart or len(group) == 6:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def change(document: Document, group: Sequence[Edit]) -> Change:
    """The text around some edits, as it is and as it becomes."""
    text, lines = document.text, document.get(Lines)
    start, end = group[0].start.offset, group[-1].end.offset
    size = len(text)
    line_start = lines.starts[lines.index(min(start, size))]
    line_end = lines.ends[lines.index(min(end, size))]
    left = max(line_start, start - CONTEXT)
    right = min(max(line_end, end), end + CONTEXT)
    before = after = badged(("…" if left > line_start else "") + text[left:start])
    at = start
    for edit in group:
        between = badged(text[at : edit.start.offset])
        old = text[edit.start.offset : edit.end.offset]
        before += between + (Markup("<del>{}</del>").format(shortened(old)) if old else "")
        after += between + (
            Markup("<ins>{}</ins>").format(shortened(edit.text)) if edit.text else ""
        )
        at = edit.end.offset
    behind = badged(text[at:right] + ("…" if right < line_end else ""))
    return Change(before + behind, after + behind)


def shortened(text: str) -> Markup:
    """A text, or the beginning and the end of a long one."""
    if len(text) <= LONGEST:
        return badged(text)
    half = LONGEST // 2
    return Markup('{}<span class="cut">{:,}</span>{}').format(
        badged(text[:half]), len(text) - 2 * half, badged(text[-half:])
    )
