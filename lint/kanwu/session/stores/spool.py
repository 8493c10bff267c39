"""What does not fit into memory for long: bytes in temporary files that have no name.

Such a file is gone when the process ends, however it ends, and nobody else can open it: what lies in
it may be unpickled. TMPDIR says on which disk it lies.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kanwu.policy.settings import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

BUFFERED = 4 << 20
"""Bytes that wait in memory before they are written: what is smaller never meets a disk."""


class SpoolError(ConfigurationError):
    """Temporary files cannot be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"the folder for temporary files, {tempfile.gettempdir()}, cannot be written: "
            f"{error.strerror or error}; set TMPDIR to one with room"
        )


class Spool:
    """Pieces of bytes, one behind the other."""

    def __init__(self) -> None:
        self.size = 0
        self._waiting = bytearray()
        self._file: IO[bytes] | None = None

    def append(self, piece: bytes | bytearray) -> int:
        """Add a piece, and say where it begins. Raises SpoolError."""
        start = self.size
        self.size += len(piece)
        self._waiting += piece
        if len(self._waiting) >= BUFFERED:
            try:
                if self._file is None:
                    self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the last that knows it
                self._file.seek(0, 2)
                left = memoryview(self._waiting)
                while left:
                    left = left[self._file.write(left) :]
            except OSError as error:
                raise SpoolError(error) from error
            self._waiting = bytearray()
        return start

    def read(self, start: int, length: int) -> bytes:
        """The bytes of a piece."""
        written = self.size - len(self._waiting)
        if start >= written:
            return bytes(self._waiting[start - written : start - written + length])
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(length)

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()


class Partitions:
    """Pickled values in partitions, each of which is read by itself."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._waiting: defaultdict[int, bytearray] = defaultdict(bytearray)
        self._waiting_bytes = 0
        self._stretches: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        """Where each partition lies in the spool: starts and lengths."""

    def append(self, partition: int, *pickled: bytes) -> None:
        """Add values to a partition. Raises SpoolError."""
        waiting = self._waiting[partition]
        for value in pickled:
            waiting += value
            self._waiting_bytes += len(value)
        if self._waiting_bytes >= BUFFERED:
            for number, values in self._waiting.items():
                self._stretches[number].append((self._spool.append(values), len(values)))
            self._waiting.clear()
            self._waiting_bytes = 0

    def numbers(self) -> list[int]:
        """The partitions that hold anything, in order."""
        return sorted(self._stretches.keys() | self._waiting.keys())

    def size(self, partition: int) -> int:
        """The bytes of a partition."""
        waiting = self._waiting.get(partition, b"")
        return len(waiting) + sum(length for _, length in self._stretches.get(partition, ()))

    def values(self, partition: int) -> Iterator[Any]:
        """What a partition holds, in the order in which it was added."""
        for start, length in self._stretches.get(partition, ()):
            yield from _unpickled(self._spool.read(start, length))
        yield from _unpickled(self._waiting.get(partition, b""))


def _unpickled(values: bytes | bytearray) -> Iterator[Any]:
    stream = BytesIO(values)
    while stream.tell() < len(values):
        yield pickle.load(stream)  # noqa: S301 - from a file of this process that no other can open
