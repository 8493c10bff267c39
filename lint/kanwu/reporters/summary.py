"""What a run has checked and found, in numbers, and the line that says so."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.engine.finding import Severity
from kanwu.fixes.applying import applicable
from kanwu.reporters.terminal import Palette
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanwu.engine.finding import Finding
    from kanwu.reporters.wording import Wording


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
    command: str = "kanwu fix"
    """What would repair the findings that have a fix."""
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


def closing(
    summary: Summary, *, color: bool = False, dry_run: bool = False, wording: Wording = ENGLISH
) -> str:
    """What a run ends with, for people: one line, or two after fixing.

    It always says how much was checked, since silence could mean that nothing was. `dry_run` is for
    fixes that were shown and not made.
    """
    palette = Palette(enabled=color)
    lines = []
    if summary.fixed is not None:
        template = (
            "would fix {fixed:,}, leave {left:,}" if dry_run else "fixed {fixed:,}, left {left:,}"
        )
        lines.append(wording(template, fixed=summary.fixed, left=summary.findings))
    if summary.documents:
        checked, found = _checked(summary, wording), _found(summary, palette, wording)
        lines.append(wording("{checked}: {found}", checked=checked, found=found))
    elif not summary.unreadable:
        lines.append(wording.word("No documents found: nothing was checked"))
    else:
        unreadable = _unreadable(summary, palette, wording)
        lines.append(wording("Nothing was checked: {unreadable}", unreadable=unreadable))
    return "\n".join(lines)


def _checked(summary: Summary, wording: Wording) -> str:
    amount = wording.counted(summary.characters, "character")
    if compared := sum(summary.compared.values()):
        items = wording.counted(compared, "item")
        amount = wording("{amount}, {items} compared", amount=amount, items=items)
    documents = wording.counted(summary.documents, "document")
    return wording("Checked {documents} ({amount})", documents=documents, amount=amount)


def _found(summary: Summary, palette: Palette, wording: Wording) -> str:
    parts = []
    if summary.findings:
        severities = wording.word(", ").join(
            palette(severity.value, _severity(severity, number, wording))
            for severity, number in summary.severities().items()
            if number
        )
        findings = wording.counted(summary.findings, "finding")
        parts.append(wording("{findings} ({severities})", findings=findings, severities=severities))
    else:
        parts.append(palette("good", wording.word("no findings")))
    if summary.fixable:
        parts.append(
            wording("{n:,} fixable with `{command}`", n=summary.fixable, command=summary.command)
        )
        if summary.fixable_unsafe:
            parts.append(wording("{n:,} more with --unsafe-fixes", n=summary.fixable_unsafe))
    elif summary.fixable_unsafe:
        command = f"{summary.command} --unsafe-fixes"
        parts.append(
            wording("{n:,} fixable with `{command}`", n=summary.fixable_unsafe, command=command)
        )
    if summary.suppressed:
        parts.append(wording("{n:,} suppressed", n=summary.suppressed))
    if summary.old:
        parts.append(wording("{n:,} old (in the baseline)", n=summary.old))
    if summary.unreadable:
        parts.append(_unreadable(summary, palette, wording))
    return wording.word(", ").join(parts)


def _severity(severity: Severity, number: int, wording: Wording) -> str:
    if severity is Severity.INFO:
        return wording("{n:,} info", n=number)
    return wording.counted(number, severity.value)


def _unreadable(summary: Summary, palette: Palette, wording: Wording) -> str:
    files = wording.counted(summary.unreadable, "file")
    return palette("error", wording("{files} could not be read", files=files))
