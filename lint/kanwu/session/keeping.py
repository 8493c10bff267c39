"""What is kept of a checked document: by what it is known again, and what was found in it."""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from kanwu.session.packing import (
    UnpackableError,
    pack,
    packed_findings,
    packed_records,
)
from kanwu.session.shards import compared_places

if TYPE_CHECKING:
    from kanwu.engine.finding import Finding
    from kanwu.engine.linting import Checked

RACY_NS = 2_000_000_000
"""File systems count time in steps of up to two seconds (FAT)."""


class Entry(NamedTuple):
    """What is kept of one document: made by the process that checked it."""

    path: str
    display: str
    """How it is called in findings."""
    state: str
    digest: bytes
    body: bytes
    records: bytes | None


def state_of(path: str) -> str:
    """What tells, without reading it, that a file has not changed. Empty where that cannot be told.

    To be asked before the file is read. A file that was changed less than two seconds ago could change
    once more without its time of change telling so.
    """
    try:
        status = os.stat(path)
    except OSError:
        return ""
    times = (status.st_mtime_ns, status.st_ctime_ns)
    if max(times) >= time.time_ns() - RACY_NS:
        return ""
    return f"{status.st_size} {times[0]} {times[1]} {status.st_ino} {status.st_dev}"


def digest_of(data: bytes) -> bytes:
    """A digest of the bytes of a file."""
    return blake2b(data, digest_size=16).digest()


def entry(path: str, state: str, data: bytes, checked: Checked, findings: list[Finding]) -> Entry:
    """What to keep of a document. Raises UnpackableError where that cannot be done."""
    own = checked.document.path
    fates = {fate.value: number for fate, number in checked.passed_over.items()}
    compared = compared_places(checked.records)
    told = packed_findings(findings, own)
    try:
        body = pack([len(checked.document.text), fates, dict(compared), told])
        records = pack(packed_records(checked.records, own)) if checked.records else None
    except (TypeError, ValueError, RecursionError) as error:
        raise UnpackableError from error
    return Entry(path, own, state, digest_of(data), body, records)
