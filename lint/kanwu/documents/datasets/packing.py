"""Packed files: which they are, and their content as one stream of bytes."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

from kanwu.documents.reading import UnreadableError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

PACKINGS = frozenset({".gz", ".zst"})


def packing_of(path: str) -> str:
    """The ending that says how a file is packed, in small letters; empty where it is not."""
    ending = os.path.splitext(path)[1].lower()
    return ending if ending in PACKINGS else ""


class Unpacked:
    """The content of a file, unpacked where it is packed.

    A file that breaks off or is damaged ends where the damage begins, and `fault` says so: what stands
    before it is good.
    """

    def __init__(self, path: str) -> None:
        """Open the file. Raises UnreadableError."""
        self.fault: str | None = None
        try:
            self._stream = _opened(path)
        except OSError as error:
            raise UnreadableError(reason(error)) from error

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only at the end. Raises UnreadableError where the file cannot be read."""
        pieces = []
        try:
            while size and (piece := self._stream.read1(size)):
                pieces.append(piece)
                size -= len(piece)
        except Exception as error:
            # What a packing finds damaged it raises as EOFError, zlib.error, ZstdError or an OSError
            # without a number.
            if isinstance(error, OSError) and error.errno is not None:
                raise UnreadableError(reason(error)) from error
            self.fault = str(error)
        return b"".join(pieces)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()


@contextmanager
def written(path: str) -> Iterator[Any]:
    """A new file to be written, packed as its name says; the same content gives the same bytes.

    It is on the disk when this ends.
    """
    with open(path, "wb") as file:
        packing = packing_of(path)
        if packing == ".gz":
            import gzip

            # Neither a name nor a time, which are in the file by default.
            with gzip.GzipFile("", "wb", 6, file, 0) as packed:
                yield packed
        elif packing == ".zst":
            with _zstd().open(file, "wb") as packed:
                yield packed
        else:
            yield file
        file.flush()
        os.fsync(file.fileno())


def _opened(path: str) -> Any:
    packing = packing_of(path)
    if packing == ".gz":
        import gzip

        return gzip.open(path, "rb")
    if packing == ".zst":
        return _zstd().open(path, "rb")
    return open(path, "rb")


def _zstd() -> Any:
    """The module that unpacks zstd: part of Python from 3.14 on, a package before."""
    try:
        return import_module(
            "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
        )
    except ImportError as error:
        raise UnreadableError(".zst needs another package: pip install 'kanwu[zstd]'") from error
