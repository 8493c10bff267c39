"""Writing a repaired file: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from typing import TYPE_CHECKING

from kanwu.documents.reading import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

if sys.platform != "win32":
    import fcntl

TEMPORARY = ".kanwu-"
"""How the names of temporary files begin; hidden, so that no run reads one as a document."""


class WriteRefusedError(Exception):
    """The file was left as it was; the text says why, for a person."""


def write(path: str, old: bytes, new: bytes, *, inside: tuple[str, ...]) -> None:
    """Replace the content of a file, which must still be `old`, by `new`.

    The new content goes to a temporary file in the same folder, is forced to the disk and renamed over
    the old one, so that at every moment the name leads to one of the two, whole. Permissions, owner
    and symbolic links are kept; a link is followed only to a target that is, or lies below, one of the
    real paths in `inside`. Raises WriteRefusedError, and then nothing has changed.
    """
    target = os.path.realpath(path)
    if os.path.islink(path) and not any(
        target == root or target.startswith(os.path.join(root, "")) for root in inside
    ):
        raise WriteRefusedError(f"it is a symbolic link to {target}, outside the given paths")
    try:
        with _locked(target):
            status = os.stat(target)
            if not stat.S_ISREG(status.st_mode):
                raise WriteRefusedError("it is not a regular file")
            if not (status.st_mode & 0o222 and os.access(target, os.W_OK)):
                raise WriteRefusedError("the file is read-only")
            with open(target, "rb") as file:
                if file.read() != old:
                    raise WriteRefusedError("the file has changed since it was read; run fix again")
            _replace(target, new, status)
    except OSError as error:
        raise WriteRefusedError(reason(error)) from error


def _replace(target: str, new: bytes, status: os.stat_result) -> None:
    import tempfile  # which loads a dozen modules more, and most runs write nothing

    folder = os.path.dirname(target)
    handle, temporary = tempfile.mkstemp(prefix=TEMPORARY, dir=folder)
    try:
        with open(handle, "wb") as file:
            file.write(new)
            file.flush()
            if hasattr(os, "fchmod"):
                # The owner first: changing it clears the set-user-id bits of the mode.
                with contextlib.suppress(PermissionError):
                    os.fchown(handle, status.st_uid, status.st_gid)
                os.fchmod(handle, stat.S_IMODE(status.st_mode))
            os.fsync(handle)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    """Force the renaming to the disk, where folders can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _locked(path: str) -> Iterator[None]:
    """Keep other runs of kanwu from replacing the file at the same time.

    The lock is on the old file: whoever waited for it finds, on reading, that the name leads to
    another content now.
    """
    if sys.platform == "win32":  # no advisory locks of this kind
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
