"""Repairs as edits of the protocol."""

from __future__ import annotations

from itertools import accumulate, takewhile
from operator import eq
from typing import TYPE_CHECKING

from lsprotocol import types

from kanwu.reporters.alignment import changed_blocks
from kanwu.server.texts import split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kanwu.server.texts import Text


def workspace_edit(
    uri: str, version: int, edits: Sequence[types.TextEdit], *, versioned: bool
) -> types.WorkspaceEdit:
    """Edits of one document, bound to its version where the client understands that."""
    if not versioned:
        return types.WorkspaceEdit(changes={uri: edits})
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, list(edits))])


def difference(text: Text, new: str) -> list[types.TextEdit]:
    """Edits that turn a text into a new one, line by line, so that cursors and folds stay."""
    old_lines, new_lines = split_lines(text.whole), split_lines(new)
    old_starts = [0, *accumulate(map(len, old_lines))]
    blocks = changed_blocks(
        [line.encode("utf-8", "surrogatepass") for line in old_lines],
        [line.encode("utf-8", "surrogatepass") for line in new_lines],
        [letters(line) for line in old_lines],
        [letters(line) for line in new_lines],
    )
    edits = []
    for block in blocks:
        before = "".join(old_lines[block.old_start : block.old_end])
        after = "".join(new_lines[block.new_start : block.new_end])
        head = alike(before, after)
        most = min(len(before), len(after)) - head
        tail = min(alike(before[::-1], after[::-1]), most)
        start = old_starts[block.old_start] + head
        end = old_starts[block.old_end] - tail
        edits.append(text.edit(start, end, after[head : len(after) - tail]))
    return edits


def alike(one: str, other: str) -> int:
    """How many code points two texts have in common at their beginnings."""
    return sum(takewhile(bool, map(eq, one, other)))


def letters(line: str) -> str:
    """What is the same in a line after its punctuation and spaces changed."""
    return "".join(filter(str.isalnum, line))
