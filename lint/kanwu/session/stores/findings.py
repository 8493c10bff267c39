"""The findings of a run: in memory while they are few, on disk once they are many, and gone through in order."""

from __future__ import annotations

import pickle
from heapq import heappop, heappush
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu.documents.document import Location
from kanwu.engine.finding import (
    Edit,
    Excerpt,
    Finding,
    Fix,
    Message,
    Place,
    Related,
    Safety,
    Severity,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.document import Encoding
    from kanwu.session.stores.spool import Spool

MOST_IN_MEMORY = 10_000
"""Findings. They take some 3 KB each."""
ORDER = attrgetter("order")


class PackedFindings(NamedTuple):
    """Findings in order, made ready for the disk by the process that found them."""

    number: int
    first: tuple[object, ...]
    """The order of the first."""
    data: bytes


class Stretch(NamedTuple):
    """Some findings in order: in memory, or where they lie on disk."""

    first: tuple[object, ...]
    findings: Sequence[Finding] = ()
    start: int = 0
    length: int = 0


def packed(findings: Iterable[Finding]) -> PackedFindings | None:
    """Findings as bytes; None where there are none, or where a plugin put into them what cannot be packed."""
    ordered = sorted(findings, key=ORDER)
    if not ordered:
        return None
    try:
        data = pickle.dumps(list(map(plain, ordered)), pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - whatever a value of a plugin raises, its finding is kept as it is
        return None
    return PackedFindings(len(ordered), ordered[0].order, data)


class Findings:
    """Findings that are added as they come, and gone through in order, any number of times.

    Of findings with the same order those come first that were added first.
    """

    def __init__(self) -> None:
        self._latest: list[Finding] = []
        self._stretches: list[Stretch] = []
        self._spool: Spool | None = None
        self._number = 0

    def __len__(self) -> int:
        return self._number + len(self._latest)

    def append(self, finding: Finding) -> None:
        """Add a finding. Raises SpoolError."""
        self._latest.append(finding)
        if len(self._latest) > MOST_IN_MEMORY:
            several = packed(self._latest)
            if several is not None:
                self._latest = []
                self.add_packed(several)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings. Raises SpoolError."""
        for finding in findings:
            self.append(finding)

    def add_packed(self, several: PackedFindings) -> None:
        """Add findings that were made ready. Raises SpoolError."""
        self._close_latest()
        if self._spool is None:
            from kanwu.session.stores.spool import Spool

            self._spool = Spool()
        start = self._spool.append(several.data)
        self._stretches.append(Stretch(several.first, (), start, len(several.data)))
        self._number += several.number

    def _close_latest(self) -> None:
        """Make a stretch of what was added one by one."""
        if self._latest:
            ordered = sorted(self._latest, key=ORDER)
            self._stretches.append(Stretch(ordered[0].order, ordered))
            self._number += len(ordered)
            self._latest = []

    def __iter__(self) -> Iterator[Finding]:
        self._close_latest()
        if len(self._stretches) == 1:
            return iter(self._read(self._stretches[0]))
        return self._merged()

    def _merged(self) -> Iterator[Finding]:
        """The findings of all stretches, each of which is read when its first one is reached."""
        ahead = sorted(enumerate(self._stretches), key=lambda one: (one[1].first, one[0]))
        ahead.reverse()
        # No two elements have the same number, so nothing behind it is ever compared.
        begun: list[tuple[tuple[object, ...], int, Finding, Iterator[Finding]]] = []
        while ahead or begun:
            while ahead and (not begun or (ahead[-1][1].first, ahead[-1][0]) < begun[0][:2]):
                number, stretch = ahead.pop()
                findings = iter(self._read(stretch))
                finding = next(findings)
                heappush(begun, (finding.order, number, finding, findings))
            _, number, finding, findings = heappop(begun)
            yield finding
            following = next(findings, None)
            if following is not None:
                heappush(begun, (following.order, number, following, findings))

    def _read(self, stretch: Stretch) -> Sequence[Finding]:
        if not stretch.length:
            return stretch.findings
        assert self._spool is not None
        data = self._spool.read(stretch.start, stretch.length)
        # From a file that no other process can open.
        return list(map(finding_of, pickle.loads(data)))  # noqa: S301


# Pickled as they are, findings take several times as long: each place and message has a class of ours.
def plain(finding: Finding) -> tuple[Any, ...]:
    """A finding in plain values, from which `finding_of` makes it again."""
    fix = finding.fix
    return (
        finding.code,
        finding.name,
        finding.severity.value,
        plain_message(finding.message),
        plain_place(finding.place),
        [(plain_place(at), plain_message(said)) for at, said in finding.related],
        dict(finding.evidence),
        None
        if fix is None
        else (
            fix.safety.value,
            plain_message(fix.title),
            [(tuple(edit.start), tuple(edit.end), edit.text) for edit in fix.edits],
            fix.encoding,
        ),
        finding.documents,
        finding.occurrence,
    )


def finding_of(form: tuple[Any, ...]) -> Finding:
    """The finding of a plain form."""
    code, name, severity, message, at, related, evidence, fix, documents, occurrence = form
    return Finding(
        code,
        name,
        Severity(severity),
        Message(*message),
        place_of(at),
        tuple([Related(place_of(other), Message(*said)) for other, said in related]),
        evidence,
        fix and fix_of(*fix),
        documents,
        occurrence,
    )


def plain_message(message: Message) -> tuple[str, str, dict[str, object]]:
    """A message in plain values, but for messages among its parameters."""
    return message.id, message.template, dict(message.parameters)


def plain_place(place: Place) -> tuple[Any, ...]:
    """A place in plain values."""
    path, record, start, end, excerpt, anchor, row_id = place
    return path, record, tuple(start), tuple(end), tuple(excerpt), anchor, row_id


def place_of(form: tuple[Any, ...]) -> Place:
    """The place of a plain form."""
    path, record, start, end, excerpt, anchor, row_id = form
    return Place(path, record, Location(*start), Location(*end), Excerpt(*excerpt), anchor, row_id)


def fix_of(safety: str, title: Any, edits: Any, encoding: Encoding | None) -> Fix:
    """The fix of a plain form."""
    made = tuple([Edit(Location(*start), Location(*end), text) for start, end, text in edits])
    return Fix(Safety(safety), Message(*title), made, encoding)
