"""The sieve: which findings are told, after what silences them and the baseline of old ones."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.policy.baseline import Baseline, identity, may_be_old
from kanwu.policy.suppressions import Suppressor

if TYPE_CHECKING:
    from kanwu.documents.document import Document
    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding
    from kanwu.policy.selection import Policy
    from kanwu.policy.settings import Settings


class Fate(Enum):
    """What becomes of a finding."""

    TOLD = "told"
    SUPPRESSED = "suppressed"
    OLD = "old"


class Sifted(NamedTuple):
    """Findings of a document that are told, and how many are not."""

    findings: list[Finding]
    fates: Counter[Fate]
    """Of the others."""


class Sieve:
    """What drops findings under some settings."""

    def __init__(self, policy: Policy, catalogue: Catalogue) -> None:
        """Raises ConfigurationError where the baseline cannot be used."""
        settings = policy.settings
        self.suppressor = Suppressor(settings.suppressions, catalogue, policy.rules, settings.root)
        self.baseline = baseline_of(settings)

    def sift(self, document: Document, findings: list[Finding]) -> Sifted:
        """The findings of a document that are told."""
        fates: Counter[Fate] = Counter()
        kept = self.suppressor.sift(document, findings)
        if kept.suppressed:
            fates[Fate.SUPPRESSED] = kept.suppressed
        told = kept.findings
        if self.baseline is not None and told:
            old = self.baseline.old_of(document.path)
            if old:
                told = [f for f in told if not is_old(f, document, old)]
                fates[Fate.OLD] = len(kept.findings) - len(told)
        return Sifted(told, fates)

    def fate(self, finding: Finding, document: Document | None, old: Counter[str]) -> Fate:
        """What becomes of a finding that was made between documents.

        `document` is that of its place, if it could be read; `old` counts what the baseline holds for it,
        and is counted down.
        """
        if self.suppressor.silences(finding, document):
            return Fate.SUPPRESSED
        known = document is not None or finding.place.record is not None
        if known and is_old(finding, document, old):
            return Fate.OLD
        return Fate.TOLD

    def old_of(self, path: str) -> Counter[str]:
        """How many findings of each identity are old in a file."""
        return Counter() if self.baseline is None else self.baseline.old_of(path)


def is_old(finding: Finding, document: Document | None, old: Counter[str]) -> bool:
    """Whether a finding is one of the old ones, which are counted down."""
    if not may_be_old(finding):
        return False
    known = identity(finding, document)
    if not old[known]:
        return False
    old[known] -= 1
    return True


def baseline_of(settings: Settings) -> Baseline | None:
    """The baseline of some settings; None where there is none. Raises ConfigurationError."""
    if settings.baseline_state is None:
        return None
    return _read(settings.baseline, settings.baseline_state)


@lru_cache(maxsize=8)
def _read(path: str, state: tuple[int, int]) -> Baseline:  # noqa: ARG001 - it tells contents apart
    return Baseline.read(path)
