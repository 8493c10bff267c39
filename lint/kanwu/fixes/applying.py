"""Applying fixes to a text: which of them, in what order, until nothing changes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.finding import Listed, Safety, Severity, whole_document
from kanwu.engine.internal import UnstableFix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Edit, Finding
    from kanwu.engine.linting import Checked, Linter
    from kanwu.engine.rule import AnyRule

ROUNDS = 10


class Removal(NamedTuple):
    """A piece of text that a fix took out or replaced, and where it stood in the text of its round."""

    finding: Finding
    edit: Edit
    old: str
    round: int


class Repaired(NamedTuple):
    """A document after its fixes."""

    document: Document
    applied: list[Finding]
    """The findings whose fixes were applied, in order of rounds."""
    removals: list[Removal]
    unstable: Finding | None
    """Says which rules undo one another, when fixing came to no end."""


def applicable(*, unsafe: bool, chosen: frozenset[str]) -> Callable[[Finding], bool]:
    """Which findings have a fix that may be applied.

    `unsafe` lets unsafe fixes in too. `chosen` holds the codes of rules that were selected by code or
    name: only those may repair what is no more than information.
    """
    allowed = {Safety.SAFE, Safety.UNSAFE} if unsafe else {Safety.SAFE}

    def test(finding: Finding) -> bool:
        return (
            finding.fix is not None
            and finding.fix.safety in allowed
            and (finding.severity is not Severity.INFO or finding.code in chosen)
        )

    return test


def repair(
    document: Document,
    linter: Linter,
    may_apply: Callable[[Finding], bool],
    slow: Counter[AnyRule] | None = None,
) -> Repaired:
    """Apply fixes round by round until no applicable one is left, ten rounds at most.

    `slow` counts how many documents before have kept each rule too long.
    """
    repairing = Repairing(document, may_apply)
    for _ in range(ROUNDS + 1):
        # However many the rounds, it is one document.
        (checked,) = linter.check([repairing.document], Counter(slow))
        if not repairing.goes_on(checked):
            break
    return repairing.repaired


def repair_together(
    documents: Iterable[Document], linter: Linter, may_apply: Callable[[Finding], bool]
) -> list[tuple[Repaired, Checked]]:
    """Many documents repaired as by `repair`, in their order, each with the check of its last text.

    In each round those that are not done are checked together.
    """
    under_way = all_of_them = [Repairing(document, may_apply) for document in documents]
    last: dict[int, Checked] = {}
    while under_way:
        further = []
        checks = linter.check([repairing.document for repairing in under_way])
        for repairing, checked in zip(under_way, checks, strict=True):
            if repairing.goes_on(checked):
                further.append(repairing)
            else:
                last[id(repairing)] = checked._replace(document=repairing.document)
        under_way = further
    return [(repairing.repaired, last[id(repairing)]) for repairing in all_of_them]


class Repairing:
    """A document on its way through the rounds of fixes."""

    def __init__(self, document: Document, may_apply: Callable[[Finding], bool]) -> None:
        self.document = self._original = document
        self._may_apply = may_apply
        self._round = 0
        self._applied: list[Finding] = []
        self._removals: list[Removal] = []
        self._unstable: Finding | None = None

    @property
    def repaired(self) -> Repaired:
        return Repaired(self.document, self._applied, self._removals, self._unstable)

    def goes_on(self, checked: Checked) -> bool:
        """Apply the fixes of what was found in the document, and say whether it is to be checked again."""
        if checked.set_aside:
            self.document = self._original
            self._applied, self._removals = [], []
            return False
        document = self.document
        fixable = [f for f in checked.findings if self._may_apply(f) and changes(document, f)]
        if not fixable:
            return False
        self._round += 1
        if self._round > ROUNDS:
            self._unstable = unstable(document, fixable)
            return False
        taken = without_conflicts(fixable)
        for finding in taken:
            assert finding.fix is not None
            self._removals += (
                Removal(
                    finding, edit, document.text[edit.start.offset : edit.end.offset], self._round
                )
                for edit in finding.fix.edits
                if edit.start.offset < edit.end.offset
            )
        self._applied += taken
        edits = [edit for finding in taken if finding.fix for edit in finding.fix.edits]
        encodings = [f.fix.encoding for f in taken if f.fix and f.fix.encoding]
        self.document = document.with_text(
            apply_edits(document.text, edits), encodings[0] if encodings else None
        )
        return True


def changes(document: Document, finding: Finding) -> bool:
    """Whether the finding's fix would alter the document at all."""
    fix, text = finding.fix, document.text
    return fix is not None and (
        fix.encoding not in {None, document.encoding}
        or any(text[edit.start.offset : edit.end.offset] != edit.text for edit in fix.edits)
    )


def without_conflicts(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, in their order, less each whose edits touch those of one taken before.

    Two edits conflict when they share a code point, or when both insert at one place, since their
    order would then be a guess. What is left out gets its turn in the next round.
    """
    taken: list[Finding] = []
    spans: list[tuple[int, int]] = []
    for finding in findings:
        assert finding.fix is not None
        own = [(edit.start.offset, edit.end.offset) for edit in finding.fix.edits]
        if not _conflict(spans, own):
            taken.append(finding)
            for span in own:
                insort(spans, span)
    return taken


def _conflict(taken: list[tuple[int, int]], own: list[tuple[int, int]]) -> bool:
    """Whether any span of `own` touches one of the sorted, disjoint spans in `taken`."""
    for start, end in own:
        at = bisect_left(taken, (start, end))
        if at < len(taken) and (taken[at] == (start, end) or taken[at][0] < end):
            return True
        if at and taken[at - 1][1] > start:
            return True
    return False


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made. They must not overlap; their order does not matter."""
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.start.offset, e.end.offset)):
        if edit.start.offset < position or edit.end.offset > len(text):
            raise ValueError(f"edit at {edit.start.offset} overlaps another or leaves the text")
        parts += (text[position : edit.start.offset], edit.text)
        position = edit.end.offset
    parts.append(text[position:])
    return "".join(parts)


def unstable(document: Document, findings: Iterable[Finding]) -> Finding:
    """The finding that names the rules whose fixes undo one another."""
    speaker = UnstableFix()
    rules = sorted({f"{f.code} {f.name}" for f in findings})
    return speaker.finding(
        whole_document(document),
        speaker.say("unstable", rules=Listed(tuple(rules)), rounds=ROUNDS),
        evidence={"rules": rules},
    )
