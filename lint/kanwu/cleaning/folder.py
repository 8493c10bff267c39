"""The folder of a cleaned copy: nothing of another is touched, and nothing is half there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from typing import TYPE_CHECKING, Self

from kanwu.policy.settings import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

if sys.platform != "win32":
    import fcntl

RUN = ".kanwu-run"
MANIFEST = "manifest.json"
PAGE = "corpus.html"
"""Is there only where the library that makes it is installed."""
# The manifest comes last: where it is, everything is.
PUBLISHED = ("data", "findings", "removed", "dropped", PAGE, MANIFEST)


def refuse_overlap(out: str, paths: Iterable[str]) -> None:
    """Raise ConfigurationError where the copy would lie in what is copied, or the other way round."""
    target = os.path.realpath(out)
    for path in paths:
        source = os.path.realpath(path)
        if target == source:
            raise ConfigurationError(f"{out}: the copy would be written over {path}")
        if within(target, source):
            raise ConfigurationError(f"{out}: the copy would lie inside {path}, which is copied")
        if within(source, target):
            raise ConfigurationError(f"{out}: {path}, which is copied, lies inside it")


def within(path: str, folder: str) -> bool:
    """Whether a real path lies below a folder."""
    return path.startswith(os.path.join(folder, ""))


class OutputFolder:
    """The folder while a run works on it, with the run folder inside. One run at a time works on it."""

    def __init__(self, path: str, command: str) -> None:
        """`command` tells one command from all others."""
        self.path = path
        self.command = command
        self.run = os.path.join(path, RUN)
        self.pieces = os.path.join(self.run, "pieces")
        self.copy = os.path.join(self.run, "copy")
        """Where the copy is put together."""
        self._publishing = os.path.join(self.run, "publishing")
        self._lock_path = os.path.join(self.run, "lock")
        self._lock = -1

    def __enter__(self) -> Self:
        """Make the folder, or go on with what a run before has left in it. Raises ConfigurationError, OSError."""
        if os.path.exists(self.path) and not os.path.isdir(self.path):
            raise ConfigurationError(
                f"{self.path}: it is a file, and a folder is needed for the copy"
            )
        found = set(os.listdir(self.path)) if os.path.isdir(self.path) else set()
        if found and RUN not in found:
            what = "the output of a finished run" if MANIFEST in found else "something else"
            raise ConfigurationError(
                f"{self.path}: it holds {what}, and the copy needs an empty or a new folder"
            )
        os.makedirs(self.pieces, exist_ok=True)
        self._take_lock()
        others = found - {RUN}
        if others:
            self._withdraw(others)
        shutil.rmtree(self.copy, ignore_errors=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock >= 0:
            os.close(self._lock)

    def _take_lock(self) -> None:
        if sys.platform == "win32":  # no advisory locks of this kind
            return
        self._lock = os.open(self._lock_path, os.O_WRONLY | os.O_CREAT, 0o666)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise ConfigurationError(f"{self.path}: another run is writing to it") from error

    def _withdraw(self, names: set[str]) -> None:
        """Take away what a run of the same command was about to publish when it ended."""
        try:
            with open(self._publishing, encoding="ascii") as file:
                command = file.read()
        except FileNotFoundError:
            command = ""
        if command != self.command or not names.issubset(PUBLISHED):
            raise ConfigurationError(
                f"{self.path}: it holds the output of another command, and the copy needs an empty or a "
                "new folder"
            )
        for name in sorted(names, key=PUBLISHED.index, reverse=True):
            remove(os.path.join(self.path, name))

    def publish(self) -> None:
        """Put the finished copy in its place, and take the run folder away. Raises OSError."""
        with open(self._publishing, "w", encoding="ascii") as file:
            file.write(self.command)
            file.flush()
            os.fsync(file.fileno())
        for name in PUBLISHED:
            if name == PAGE and not os.path.exists(os.path.join(self.copy, name)):
                continue
            os.rename(os.path.join(self.copy, name), os.path.join(self.path, name))
        self.clear()

    def clear(self) -> None:
        """Take the run folder away."""
        for path in (self.pieces, self.copy, self._lock_path, self._publishing):
            remove(path)
        os.rmdir(self.run)


def remove(path: str) -> None:
    """Remove a file, or a folder with everything in it, that may not be there."""
    if os.path.isdir(path):
        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
