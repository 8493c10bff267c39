"""What is installed, in one digest: it changes with anything that could change a finding."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from kanwu import __version__
from kanwu.engine.discovery import discover, entry_points

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WHOLLY_READ = 1 << 20
"""Larger files of a package are told apart by size and time of change, in place of their bytes."""

INSTALLED = ("site-packages", "dist-packages")
"""Folders of installed distributions, whose names and versions tell what is in them."""


@lru_cache(maxsize=1)
def installation() -> str:
    """A digest of Python, of what is installed, and of the source of every package with rules.

    Distributions are told apart by name and version, as their metadata folders spell them. The files of
    kanwu, of packages that offer rules, and of whatever else was loaded from outside the places of
    installed distributions (a checkout that somebody works on) are read: 5 MB take about 15 ms.
    """
    discover()  # loads what has rules
    digest = blake2b(digest_size=16)
    for part in (__version__, sys.version, *sorted(distributions())):
        digest.update(part.encode() + b"\0")
    for package in sorted(packages()):
        for path in files_below(package):
            digest.update(path.encode("utf-8", "surrogateescape") + b"\0")
            digest.update(contents(path))
    return digest.hexdigest()


def distributions() -> Iterator[str]:
    """The metadata folders of all distributions on `sys.path`, which are called after name and version."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def packages() -> set[str]:
    """The folders, or single files, of the packages of which every change counts."""
    watched = {"kanwu"} | {entry.package.partition(".")[0] for entry in entry_points()}
    library = os.path.join(os.path.dirname(os.__file__), "")
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None)
        if (
            file
            and name != "__main__"
            and not file.startswith(library)
            and not any(f"{os.sep}{place}{os.sep}" in file for place in INSTALLED)
        ):
            watched.add(name.partition(".")[0])
    return {place for name in watched for place in places_of(sys.modules.get(name))}


def places_of(module: ModuleType | None) -> list[str]:
    """Where the code of a package or a module lies."""
    folders = [*getattr(module, "__path__", ())]
    file = getattr(module, "__file__", None)
    return folders or ([file] if file else [])


def files_below(place: str) -> Iterator[str]:
    """The files of a package, in a stable order, without what Python makes of them."""
    if os.path.isfile(place):
        yield place
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        yield from (os.path.join(folder, name) for name in sorted(names))


def contents(path: str) -> bytes:
    """What tells whether a file of a package has changed."""
    try:
        status = os.stat(path)
        if status.st_size > WHOLLY_READ:
            return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}".encode()
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except OSError:
        return b""
