"""Putting pieces together: the copy, what is left to be found in it, what was removed and what left out."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter, deque
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import msgspec

from kanwu.cleaning.copies import record, row_of
from kanwu.documents.datasets.formats import LeftOut, RowEdit
from kanwu.documents.datasets.packing import written
from kanwu.documents.datasets.parts import format_of, is_dataset
from kanwu.documents.decoding import decode
from kanwu.documents.reading import UnreadableError
from kanwu.engine.finding import Severity, whole_file
from kanwu.reporters.machine import file_of, finding_as_json, to_json
from kanwu.reporters.summary import RuleCount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kanwu.cleaning.conditions import Reason
    from kanwu.cleaning.copies import RowKey
    from kanwu.cleaning.pieces import Segment
    from kanwu.cleaning.profile import Profile
    from kanwu.documents.datasets.formats import Wanted
    from kanwu.documents.reading import Source
    from kanwu.engine.finding import Finding
    from kanwu.reporters.wording import Wording

FILES = "files.jsonl"
"""The records of all files that are no datasets. Those of a dataset are called after it."""


class Offset(msgspec.Struct):
    """A place in a finding that was written."""

    offset: int


class Repair(msgspec.Struct):
    """A fix in a finding that was written."""

    safety: str


class Told(msgspec.Struct):
    """What counts of a finding that was written."""

    code: str
    name: str
    severity: str
    record: str | None
    start: Offset
    end: Offset
    fix: Repair | None

    @property
    def row(self) -> int:
        number = (self.record or "").partition("#")[0]
        return int(number) if number.isdecimal() else 0

    @property
    def order(self) -> tuple[int, int, int, str]:
        return self.row, self.start.offset, self.end.offset, self.code


DECODER = msgspec.json.Decoder(Told)


class Copied(NamedTuple):
    """A file and its copy, for the manifest."""

    path: str
    """Of the copy, relative to its folder; of a file that could not be read, what it would be."""
    source: dict[str, Any]
    copy: dict[str, Any] | None
    rows: int
    changed: int
    dropped: int
    fault: str | None


class Lines:
    """A file of JSON lines that is there only if something is written to it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._stack = contextlib.ExitStack()
        self._file: BinaryIO | None = None

    def write(self, lines: bytes) -> None:
        if lines:
            if self._file is None:
                os.makedirs(os.path.dirname(self._path), exist_ok=True)
                self._file = self._stack.enter_context(written(self._path))
            self._file.write(lines)

    def close(self) -> None:
        self._stack.close()


class Assembly:
    """Puts the segments of all files together in a folder, and counts."""

    def __init__(
        self,
        folder: str,
        dropped: Mapping[RowKey, Reason],
        findings: Iterable[Finding],
        ids: Mapping[RowKey, str | None],
        *,
        chosen: frozenset[str],
        wording: Wording,
        profile: Profile,
    ) -> None:
        """`dropped` are copies of others, `ids` those of rows kept for them.

        `findings` is what was found between documents.
        """
        self.folder = folder
        self.ids = ids
        self.profile = profile
        self.chosen = chosen
        self.wording = wording
        self.dropped = dropped
        self.between: dict[str, deque[Finding]] = {}
        for finding in sorted(findings, key=attrgetter("order")):
            self.between.setdefault(finding.place.path, deque()).append(finding)
        self.counts: dict[tuple[str, str, str], list[int]] = {}
        self.reasons: Counter[str] = Counter()
        self.files: list[Copied] = []
        self.failing = False
        """Whether there is a finding that makes the exit status 1."""
        self._records = {
            kind: Lines(os.path.join(folder, kind, FILES))
            for kind in ("findings", "removed", "dropped")
        }
        for kind in ("data", *self._records):
            os.makedirs(os.path.join(folder, kind))

    def add_all(
        self,
        sources: Iterable[tuple[Source, str, Severity, Wanted]],
        segments: Iterator[Segment],
        check: Callable[[Source], None],
    ) -> None:
        """Add every file: its name in the copy, the severity that makes the exit status 1, what is read of rows.

        `check` raises where a dataset is not what it was when it was read. Raises OSError.
        """
        groups = groupby(segments, key=attrgetter("path"))
        path, own = next(groups, (None, iter(())))
        for source, name, fail_on, wanted in sources:
            there = path == source.display
            parts = own if there else iter(())
            if is_dataset(source.path):
                self._add_dataset(source, name, parts, fail_on, wanted)
                check(source)
            else:
                self._add_file(source, name, parts, fail_on)
            if there:
                path, own = next(groups, (None, iter(())))

    def close(self) -> None:
        """Finish the records that several files share."""
        for lines in self._records.values():
            lines.close()

    def tell(self, findings: Iterable[Finding], fail_on: Severity) -> None:
        """Write findings that are about no file of the copy."""
        for finding in findings:
            line = self._line(finding)
            self._count([(read(line), line)], fail_on)
            self._records["findings"].write(line)

    def _add_dataset(
        self,
        source: Source,
        name: str,
        segments: Iterator[Segment],
        fail_on: Severity,
        wanted: Wanted,
    ) -> None:
        records = {k: Lines(os.path.join(self.folder, k, f"{name}.jsonl")) for k in self._records}
        told = Telling(self, source, name, records, fail_on)
        first = next(segments, None)
        edits = told.edits(segments if first is None else chain((first,), segments))
        about = {"path": source.display}
        copy = None
        if first is not None and first.absent:
            for _ in edits:
                pass  # there is nothing to be copied; only what was found is told
        else:
            target = self._target(name)
            try:
                for left in format_of(source.path).copy(source.path, target, edits, wanted):
                    told.note(left)
            except UnreadableError as error:
                raise UnreadableError(f"{source.display} cannot be read: {error}") from error
            about |= described(source.path)
            copy = described(target)
        for lines in records.values():
            lines.close()
        self.files.append(told.copied._replace(source=about, copy=copy))

    def _add_file(
        self, source: Source, name: str, segments: Iterator[Segment], fail_on: Severity
    ) -> None:
        for segment in segments:
            reasons = self.reasons_in(segment)
            for reason in reasons.values():
                left = LeftOut(0, decode(segment.data).text, None)
                self.note_dropped(segment.path, left, reason, self._records)
            self.tell_segment(segment, self._records, fail_on)
            if segment.absent and segment.fault is None:
                continue  # it holds no text, and was not named
            copied = counted(
                Copied(name, {"path": source.display}, None, 0, 0, 0, None), segment, len(reasons)
            )
            if not segment.absent:
                copied.source["bytes"] = source.size
                copied.source["sha256"] = segment.input_digest
            if not (segment.absent or reasons):
                with open(self._target(name), "wb") as file:
                    file.write(segment.data)
                digest = hashlib.sha256(segment.data).hexdigest()
                copied = copied._replace(copy={"bytes": len(segment.data), "sha256": digest})
            self.files.append(copied)

    def _target(self, name: str) -> str:
        target = os.path.join(self.folder, "data", name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        return target

    def reasons_in(self, segment: Segment) -> dict[int, Reason]:
        """The rows of a segment that are left out, by number, and why; a file that is no dataset is row 0."""
        rows = range(segment.first, segment.last + 1)
        copies = {
            n: self.dropped[segment.path, n] for n in rows if (segment.path, n) in self.dropped
        }
        return copies | segment.dropped

    def note_dropped(
        self, path: str, left: LeftOut, reason: Reason, records: Mapping[str, Lines]
    ) -> None:
        """Note a row, or a file, that is left out."""
        records["dropped"].write(dropped_line(path, left, reason, self.ids))
        self.reasons[reason.condition] += 1

    def tell_segment(
        self, segment: Segment, records: Mapping[str, Lines], fail_on: Severity
    ) -> None:
        """Write what is found in the rows of a segment that are kept, and what was removed from its rows."""
        told = [(read(line), line) for line in segment.findings.splitlines(keepends=True)]
        if self.dropped:
            told = [(t, line) for t, line in told if (segment.path, t.row) not in self.dropped]
        between = self.between.get(segment.path)
        more = []
        while between and row_of(between[0].place)[1] <= segment.last:
            line = self._line(between.popleft())
            more.append((read(line), line))
        if more:
            told = sorted(told + more, key=lambda one: one[0].order)
        self._count(told, fail_on)
        self.profile.take(segment, [one for one, _ in told])
        records["findings"].write(b"".join(line for _, line in told))
        records["removed"].write(segment.removed)

    def _line(self, finding: Finding) -> bytes:
        return f"{finding_as_json(finding, self.wording)}\n".encode()

    def _count(self, several: Iterable[tuple[Told, bytes]], fail_on: Severity) -> None:
        for told, _ in several:
            count = self.counts.setdefault((told.code, told.name, told.severity), [0, 0, 0])
            count[0] += 1
            self.failing |= Severity(told.severity).rank >= fail_on.rank
            if told.fix and (told.severity != Severity.INFO or told.code in self.chosen):
                count[1] += told.fix.safety == "safe"
                count[2] += told.fix.safety == "unsafe"

    def rule_counts(self) -> tuple[RuleCount, ...]:
        """One row a rule and severity, most findings first."""
        counts = (
            RuleCount(code, name, Severity(severity), *numbers)
            for (code, name, severity), numbers in self.counts.items()
        )
        return tuple(sorted(counts, key=lambda c: (-c.findings, c.code, -c.severity.rank)))


class Telling:
    """What is told of a dataset, segment by segment, while its copy is written."""

    def __init__(
        self,
        assembly: Assembly,
        source: Source,
        name: str,
        records: Mapping[str, Lines],
        fail_on: Severity,
    ) -> None:
        self.copied = Copied(name, {}, None, 0, 0, 0, None)
        self._assembly = assembly
        self._path = source.display
        self._records = records
        self._fail_on = fail_on
        self._reasons: dict[int, Reason] = {}
        """Of rows that are going to be left out."""

    def edits(self, segments: Iterable[Segment]) -> Iterator[RowEdit]:
        """What the copy is to make of the rows; what is found in a segment is told when it is taken up."""
        for segment in segments:
            reasons = self._assembly.reasons_in(segment)
            self._assembly.tell_segment(segment, self._records, self._fail_on)
            self.copied = counted(self.copied, segment, len(reasons))
            self._reasons |= reasons
            for number in sorted(reasons.keys() | segment.changes.keys()):
                yield RowEdit(number, segment.changes.get(number), left_out=number in reasons)

    def note(self, left: LeftOut) -> None:
        """Note a row that is not in the copy."""
        reason = self._reasons.pop(left.number)
        self._assembly.note_dropped(self._path, left, reason, self._records)


def read(line: bytes) -> Told:
    """A finding that was written."""
    try:
        return DECODER.decode(line)
    except msgspec.DecodeError:  # halves of surrogate pairs, which only Python's own reader takes
        return msgspec.convert(json.loads(line), Told)


def counted(copied: Copied, segment: Segment, dropped: int) -> Copied:
    """A file with one more of its segments."""
    return copied._replace(
        rows=copied.rows + segment.rows,
        changed=copied.changed + segment.changed,
        dropped=copied.dropped + dropped,
        fault=copied.fault or segment.fault,
    )


def dropped_line(
    path: str, left: LeftOut, reason: Reason, ids: Mapping[RowKey, str | None]
) -> bytes:
    """The record of a row, or a file, that is left out, as it would stand in the copy."""
    kept = None
    if reason.kept is not None:
        # One without an id has it null, as the row that is left out would have.
        row_id = ids.get(reason.kept, left.row_id and "null")
        kept = file_of(whole_file(reason.kept[0], reason.record, row_id))
    told = {
        **file_of(whole_file(path, record(left.number), left.row_id)),
        "reason": reason.condition,
        "number": reason.number,
        "kept": kept,
        "row": left.row,
    }
    return f"{to_json(told)}\n".encode()


def described(path: str) -> dict[str, Any]:
    """The size and the digest of a file."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"bytes": file.tell(), "sha256": digest}
