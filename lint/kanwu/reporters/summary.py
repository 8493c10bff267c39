"""What a run has checked and found, in numbers, and the line that says so."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.engine.finding import Severity
from kanwu.fixes.applying import applicable
from kanwu.reporters.terminal import Palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanwu.engine.finding import Finding


class RuleCount(NamedTuple):
    """How many findings one rule has at one severity, and how many of these `fix` would repair."""

    code: str
    name: str
    severity: Severity
    findings: int
    fixable: int
    """With `kanwu fix`."""
    fixable_unsafe: int
    """So many more with `--unsafe-fixes`."""


class FileCount(NamedTuple):
    """How many findings one file has, and how many of these `fix` would repair."""

    path: str
    findings: int
    error: int
    warning: int
    info: int
    fixable: int
    fixable_unsafe: int


COUNTED = FileCount._fields[2:]


class Tally:
    """Counts findings as they pass."""

    def __init__(self, chosen: frozenset[str] = frozenset()) -> None:
        """Take the codes of rules selected by code or name, as a reporter does."""
        self._safe = applicable(unsafe=False, chosen=chosen)
        self._any = applicable(unsafe=True, chosen=chosen)
        self._counts: dict[tuple[str, str, Severity], list[int]] = {}
        self._files: dict[str, Counter[str]] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            key = (finding.code, finding.name, finding.severity)
            count = self._counts.get(key)
            if count is None:
                count = self._counts[key] = [0, 0, 0]
            path = finding.place.path
            file = self._files.get(path)
            if file is None:
                file = self._files[path] = Counter()
            count[0] += 1
            file[finding.severity.value] += 1
            if self._safe(finding):
                count[1] += 1
                file["fixable"] += 1
            elif self._any(finding):
                count[2] += 1
                file["fixable_unsafe"] += 1

    def counts(self) -> tuple[RuleCount, ...]:
        """One row a rule and severity, most findings first."""
        rows = (RuleCount(*key, *numbers) for key, numbers in self._counts.items())
        return tuple(sorted(rows, key=lambda row: (-row.findings, row.code, -row.severity.rank)))

    def files(self) -> tuple[FileCount, ...]:
        """One row a file with findings, most findings first."""
        severities = tuple(severity.value for severity in Severity)
        rows = (
            FileCount(
                path, sum(map(count.__getitem__, severities)), **{k: count[k] for k in COUNTED}
            )
            for path, count in self._files.items()
        )
        return tuple(sorted(rows, key=lambda row: (-row.findings, row.path)))


class Summary(NamedTuple):
    """What a run has checked and found."""

    documents: int = 0
    """Documents checked; those that could not be read are not among them."""
    characters: int = 0
    """Code points checked."""
    counts: tuple[RuleCount, ...] = ()
    files: tuple[FileCount, ...] = ()
    """The files with findings."""
    unreadable: int = 0
    """Files that could not be read."""
    compared: Mapping[str, int] = MappingProxyType({})
    """How many items each corpus rule compared, by the rule's name."""
    suppressed: int = 0
    """Findings that a comment or the configuration silenced."""
    old: int = 0
    """Findings that the baseline holds."""
    fixed: int | None = None
    """Findings repaired, or that would be; None where nothing was to be repaired."""
    seconds: float = 0.0
    exit_status: int | None = None
    """That of the command; None where there is no command."""

    @property
    def findings(self) -> int:
        return sum(count.findings for count in self.counts)

    @property
    def fixable(self) -> int:
        return sum(count.fixable for count in self.counts)

    @property
    def fixable_unsafe(self) -> int:
        return sum(count.fixable_unsafe for count in self.counts)

    def severities(self) -> dict[Severity, int]:
        """The findings of each severity, the gravest first, zeros too."""
        found = dict.fromkeys(sorted(Severity, key=lambda s: -s.rank), 0)
        for count in self.counts:
            found[count.severity] += count.findings
        return found

    def as_json(self) -> dict[str, Any]:
        """What machine output says of a run."""
        codes: dict[str, int] = {}
        for count in self.counts:
            codes[count.code] = codes.get(count.code, 0) + count.findings
        return {
            "documents": self.documents,
            "characters": self.characters,
            "unreadable": self.unreadable,
            "findings": self.findings,
            "severities": dict(self.severities()),
            "codes": codes,
            "fixable": self.fixable,
            "fixable_unsafe": self.fixable_unsafe,
            "fixed": self.fixed,
            "compared": dict(self.compared),
            "suppressed": self.suppressed,
            "old": self.old,
            "seconds": round(self.seconds, 3),
        }


def closing(summary: Summary, *, color: bool = False, dry_run: bool = False) -> str:
    """What a run ends with, for people: one line, or two after fixing.

    It always says how much was checked, since silence could mean that nothing was. `dry_run` is for
    fixes that were shown and not made.
    """
    palette = Palette(enabled=color)
    lines = []
    if summary.fixed is not None:
        words = ("would fix", "leave") if dry_run else ("fixed", "left")
        lines.append(f"{words[0]} {summary.fixed:,}, {words[1]} {summary.findings:,}")
    if summary.documents:
        lines.append(f"{_checked(summary)}: {_found(summary, palette)}")
    elif not summary.unreadable:
        lines.append("No documents found: nothing was checked")
    else:
        lines.append(f"Nothing was checked: {_unreadable(summary, palette)}")
    return "\n".join(lines)


def _checked(summary: Summary) -> str:
    amount = counted(summary.characters, "character")
    if compared := sum(summary.compared.values()):
        amount += f", {counted(compared, 'item')} compared"
    return f"Checked {counted(summary.documents, 'document')} ({amount})"


def _found(summary: Summary, palette: Palette) -> str:
    parts = []
    if summary.findings:
        severities = ", ".join(
            palette(severity.value, _severity(severity, number))
            for severity, number in summary.severities().items()
            if number
        )
        parts.append(f"{counted(summary.findings, 'finding')} ({severities})")
    else:
        parts.append(palette("good", "no findings"))
    if summary.fixable:
        parts.append(f"{summary.fixable:,} fixable with `kanwu fix`")
        if summary.fixable_unsafe:
            parts.append(f"{summary.fixable_unsafe:,} more with --unsafe-fixes")
    elif summary.fixable_unsafe:
        parts.append(f"{summary.fixable_unsafe:,} fixable with `kanwu fix --unsafe-fixes`")
    if summary.suppressed:
        parts.append(f"{summary.suppressed:,} suppressed")
    if summary.old:
        parts.append(f"{summary.old:,} old (in the baseline)")
    if summary.unreadable:
        parts.append(_unreadable(summary, palette))
    return ", ".join(parts)


def _severity(severity: Severity, number: int) -> str:
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity.value)


def _unreadable(summary: Summary, palette: Palette) -> str:
    return palette("error", f"{counted(summary.unreadable, 'file')} could not be read")


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 document`, `12,345 characters`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
