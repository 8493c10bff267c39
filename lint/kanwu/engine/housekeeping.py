"""SUP: suppressions that silence nothing, or cannot.

The rules through which the engine speaks of what is silenced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu.engine.finding import Safety
from kanwu.engine.rule import AnyRule

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnusedSuppression(AnyRule):
    """A comment silences a rule where the rule finds nothing.

    The defect was repaired, the rule became wiser, or the comment stands in the wrong place. Left
    alone it would hide the next real finding. The safe fix takes out the comment, or those of its words
    that silence nothing.

    **What it leaves alone.** Words for rules that do not run, and for rules that compare documents:
    what those find depends on which documents are checked together. A word for a family is judged only
    when all its rules run and none compares documents, and a comment for every rule is not judged.
    """

    code = "SUP001"
    name = "unused-suppression"
    safety = Safety.SAFE
    messages: ClassVar[Mapping[str, str]] = {
        "comment": "this comment silences nothing; take it out",
        "words": "{words} finds nothing here that the comment could silence; take it out of the comment",
        "enable": "nothing that this comment could end is silenced here; take it out",
        "fix": "take out what silences nothing",
    }


class UnknownSuppression(AnyRule):
    """A comment names a rule or a command that is not known, or lacks the form of one, and so does nothing.

    A slip in a code would otherwise be noticed only by the finding that was to be silenced, or never.
    A comment stands on one line, and the rules that it names stand in brackets: without brackets they
    would be taken for the reason to silence every rule.

    **What it leaves alone.** Comments that do not begin with `kanwu:`.
    """

    code = "SUP002"
    name = "unknown-code"
    messages: ClassVar[Mapping[str, str]] = {
        "rule": "“{word}” is no code, name or family of a rule, so the comment does not silence it{hint}",
        "hint": "; did you mean “{word}”?",
        "command": "“{word}” is no command; the comments that kanwu understands are ignore, "
        "ignore-file, disable and enable",
        "form": "this comment is not understood; it stands on one line and is at most 400 characters long, as "
        "<!-- kanwu: ignore[split-paragraph] the reason -->",
        "brackets": "“{word}” is a rule and stands outside of brackets; write [{word}], else every rule would "
        "be silenced",
        "internal": "{word} reports what could not be checked, and that is never silenced",
    }


class UnexplainedSuppression(AnyRule):
    """A comment would silence every rule and gives no reason, and so does nothing.

    Whoever comes next cannot tell what was to be silenced. Name the rules
    (`<!-- kanwu: ignore[split-paragraph] -->`), or say why nothing here is to be checked
    (`<!-- kanwu: ignore printed as in the manuscript -->`).

    **What it leaves alone.** Comments that name rules: these need no reason, though one is welcome.
    """

    code = "SUP003"
    name = "unexplained-suppression"
    messages: ClassVar[Mapping[str, str]] = {
        "bare": "this comment would silence every rule and says neither which nor why; name the rules "
        "in brackets, or add a reason"
    }


HOUSEKEEPING_RULES: tuple[type[AnyRule], ...] = (
    UnusedSuppression,
    UnknownSuppression,
    UnexplainedSuppression,
)
