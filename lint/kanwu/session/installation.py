"""What is installed, in one digest: it changes with anything that could change a finding."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from kanwu import __version__
from kanwu.engine.discovery import discover, entry_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WHOLLY_READ = 1 << 20
"""Larger files of a package are told apart by size and time of change, in place of their bytes."""

INSTALLED = ("site-packages", "dist-packages")
"""Folders of installed distributions, whose names and versions tell what is in them."""


class Installation(NamedTuple):
    """What is installed."""

    packages: frozenset[str]
    """The packages of which every change counts, in any file."""
    digest: str
    """Of Python, of what is installed, and of all files of these packages."""


@lru_cache(maxsize=1)
def installation() -> Installation:
    """What is installed. Imports all rules, to know what they import. Raises PluginError."""
    discover()
    return installation_with(watched())


def installation_with(packages: Iterable[str]) -> Installation:
    """What is installed, given the packages of which every change counts; imports none of them.

    Distributions are told apart by name and version, as their metadata folders spell them. The packages
    are read, wherever Python would find them now: 5 MB take about 15 ms.
    """
    chosen = frozenset(packages)
    digest = blake2b(digest_size=16)
    offers = map(str, sorted(set(entry_points())))
    for part in (__version__, sys.version, *offers, *sorted(distributions())):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    for name in sorted(chosen):
        for place in places_of(name):
            for path in files_below(place):
                digest.update(path.encode("utf-8", "surrogateescape") + b"\0")
                digest.update(contents(path))
    return Installation(chosen, digest.hexdigest())


def distributions() -> Iterator[str]:
    """The metadata folders of all distributions on `sys.path`, which are called after name and version."""
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def watched() -> set[str]:
    """The packages of which every change counts: kanwu, those that offer rules, and whatever else was
    loaded from outside the places of installed distributions, such as a checkout that somebody works on.
    """
    names = {"kanwu"} | {entry.package.partition(".")[0] for entry in entry_points()}
    library = os.path.join(os.path.dirname(os.__file__), "")
    for name, module in [*sys.modules.items()]:
        file = getattr(module, "__file__", None)
        if (
            file
            and name != "__main__"
            and not file.startswith(library)
            and not any(f"{os.sep}{place}{os.sep}" in file for place in INSTALLED)
        ):
            names.add(name.partition(".")[0])
    return names


def places_of(name: str) -> list[str]:
    """Where Python finds the code of a package or a module: folders, or a single file."""
    try:
        spec = find_spec(name)
    except ValueError:  # made by a program, and in no file
        return []
    if spec is None:
        return []
    return [*(spec.submodule_search_locations or ())] or ([spec.origin] if spec.origin else [])


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
