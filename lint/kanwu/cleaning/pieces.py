"""Pieces: what came of a shard, as one file of the run folder. A piece that is there is whole."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from kanwu.cleaning.conditions import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BODIES = ("data", "findings", "removed", "records", "changes")
DIGEST_BYTES = 16


@dataclass
class Segment:
    """What came of one file, or of some neighbouring rows of a dataset."""

    path: str
    """How the file is called in findings."""
    first: int = 0
    """The number of the first row; 0 for a file that is no dataset."""
    data: bytes = b""
    """The cleaned file, where it is no dataset."""
    last: int = 0
    """The number of the last row."""
    changes: dict[int, bytes] = field(default_factory=dict)
    """The rows that are other ones now, by number, as the format of the dataset wrote them."""
    findings: bytes = b""
    """JSON lines."""
    removed: bytes = b""
    """JSON lines."""
    records: bytes = b""
    """What corpus rules noted, packed, row by row."""
    absent: bool = False
    """Whether there is nothing to be copied, since nothing could be read."""
    fault: str | None = None
    """Why the file could not be read, or not from here on."""
    rows: int = 0
    """Rows that hold something; a file counts as one."""
    changed: int = 0
    """How many of them are other ones now."""
    documents: int = 0
    characters: int = 0
    fixed: dict[str, int] = field(default_factory=dict)
    """Findings repaired, by the code of the rule."""
    passed_over: dict[str, int] = field(default_factory=dict)
    """Findings that are not told, by why."""
    dropped: dict[int, Reason] = field(default_factory=dict)
    """The rows that are left out, by number."""
    digests: dict[int, str] = field(default_factory=dict)
    """Of the texts of the other rows, where copies are looked for."""
    notes: dict[str, Any] = field(default_factory=dict)
    """What the page of the corpus counts; see `kanwu.cleaning.profile`."""
    input_digest: str = ""
    """SHA-256 of the file that was read; of a dataset it is taken of the whole."""


def write_piece(path: str, segments: Iterable[Segment]) -> None:
    """Write a piece, whole or not at all. Raises OSError."""
    head: list[dict[str, Any]] = []
    body: list[bytes] = []
    for segment in segments:
        told = {one.name: getattr(segment, one.name) for one in fields(segment)}
        told["changes"] = b"".join(segment.changes.values())
        told["lengths"] = {row: len(new) for row, new in segment.changes.items()}
        body += (told[name] for name in BODIES)
        head.append(told | {name: len(told[name]) for name in BODIES})
    content = json.dumps(head).encode() + b"\n" + b"".join(body)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(_digest(content) + content)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def read_piece(path: str) -> list[Segment] | None:
    """The segments of a piece; None where there is none, or a damaged one. Raises OSError."""
    try:
        with open(path, "rb") as file:
            whole = file.read()
    except FileNotFoundError:
        return None
    content = whole[DIGEST_BYTES:]
    if _digest(content) != whole[:DIGEST_BYTES]:
        return None
    position = content.index(b"\n") + 1
    segments = []
    for told in json.loads(content[: position - 1]):
        for name in BODIES:
            end = position + told[name]
            told[name] = content[position:end]
            position = end
        told["changes"] = dict(_changes(told["changes"], told.pop("lengths")))
        told["dropped"] = {int(row): Reason(*reason) for row, reason in told["dropped"].items()}
        told["digests"] = {int(row): digest for row, digest in told["digests"].items()}
        segments.append(Segment(**told))
    return segments


def _changes(written: bytes, lengths: dict[str, int]) -> Iterator[tuple[int, bytes]]:
    position = 0
    for row, length in lengths.items():
        yield int(row), written[position : position + length]
        position += length


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST_BYTES).digest()
