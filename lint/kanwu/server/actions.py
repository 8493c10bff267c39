"""Code actions: the fixes of findings, all fixes at once, and comments that silence findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from lsprotocol import types

from kanwu.engine.finding import Safety
from kanwu.fixes.applying import changes
from kanwu.reporters.terminal import visible
from kanwu.server.edits import workspace_edit
from kanwu.server.suppressing import suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.reporters.wording import Wording
    from kanwu.server.diagnostics import Told
    from kanwu.server.texts import Text

Kind = Literal["source.fixAll.kanwu", "source.fixAllUnsafe.kanwu"]
FIX_ALL: Kind = "source.fixAll.kanwu"
# No child of `source.fixAll`: editors apply all of these when a file is saved.
FIX_ALL_UNSAFE: Kind = "source.fixAllUnsafe.kanwu"
TITLES: dict[Kind, str] = {
    FIX_ALL: "kanwu: apply all safe fixes",
    FIX_ALL_UNSAFE: "kanwu: apply all fixes, unsafe ones too",
}
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL, FIX_ALL_UNSAFE)


class Checked(NamedTuple):
    """A document as it was last checked, and what was told of it."""

    uri: str
    version: int
    text: Text
    document: Document
    told: Sequence[Told]


def quick_fixes(
    checked: Checked, at: types.Range, wording: Wording, *, unsafe: bool, versioned: bool
) -> Iterator[types.CodeAction]:
    """For the findings at a place: their fixes, then the comments that silence them."""
    here = [one for one in checked.told if touches(one.diagnostic.range, at)]
    for finding, diagnostic in here:
        fix = finding.fix
        if fix is None or fix.safety is Safety.SHOWN or not fix.edits:
            continue
        if (fix.safety is Safety.SAFE or unsafe) and changes(checked.document, finding):
            safe = fix.safety is Safety.SAFE
            title = visible(wording.tell(fix.title))
            yield types.CodeAction(
                title=title if safe else wording("{fix} (unsafe: look at the result)", fix=title),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=safe,
                edit=workspace_edit(
                    checked.uri,
                    checked.version,
                    checked.text.edits(fix.edits),
                    versioned=versioned,
                ),
            )
    for finding, diagnostic in here:
        comment = suppression(finding, checked.document)
        if comment is not None:
            yield types.CodeAction(
                title=wording("Ignore {rule} in this block", rule=finding.name),
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                edit=workspace_edit(
                    checked.uri,
                    checked.version,
                    [checked.text.edit(comment.offset, comment.offset, comment.text)],
                    versioned=versioned,
                ),
            )


def touches(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges share a place; an end that meets a start is one."""
    return as_pair(one.start) <= as_pair(other.end) and as_pair(other.start) <= as_pair(one.end)


def as_pair(position: types.Position) -> tuple[int, int]:
    """A position, to be compared."""
    return position.line, position.character


def is_wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a client that asks for some kinds wants this one: each stands for those below it too."""
    return only is None or any(not o or kind == o or kind.startswith(f"{o}.") for o in only)
