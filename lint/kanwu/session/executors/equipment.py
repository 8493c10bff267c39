"""What a machine brings to a run, piece by piece: two machines with the same pieces find the same.

Unlike the digest of `installation`, it is the same wherever things are installed, and whatever else is.
"""

from __future__ import annotations

import os
import platform
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from kanwu.engine.discovery import entry_points
from kanwu.session.installation import files_below, places_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Equipment = dict[str, str]
"""Versions, and digests of code, by what they are of."""


def equipment() -> Equipment:
    """What this machine brings: Python, kanwu, the packages of rules, and what these stand on."""
    offers = set(entry_points())
    found = {"Python": platform.python_version()}
    for distribution in sorted({"kanwu"} | {offer.distribution.split()[0] for offer in offers}):
        found |= dict(versions(distribution))
    for package in sorted({"kanwu"} | {offer.package.partition(".")[0] for offer in offers}):
        found[f"the code of {package}"] = digest_of(package)
    return found


def versions(distribution: str) -> Iterator[tuple[str, str]]:
    """The versions of a distribution and of what it requires, extras left aside."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        yield distribution, version(distribution)
        required = requires(distribution) or ()
    except PackageNotFoundError:
        return
    for line in required:
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        if "extra" not in line.partition(";")[2]:
            try:
                yield name, version(name)
            except PackageNotFoundError:
                yield name, "none"


def digest_of(package: str) -> str:
    """A digest of the files of a package, wherever it lies."""
    digest = blake2b(digest_size=6)
    for place in places_of(package):
        for path in files_below(place):
            digest.update(os.path.relpath(path, place).replace(os.sep, "/").encode() + b"\0")
            with open(path, "rb") as file:
                digest.update(blake2b(file.read()).digest())
    return digest.hexdigest()


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, str, str] | None:
    """The first thing that differs, as it is here and there; None where nothing does."""
    for name in dict.fromkeys([*here, *there]):
        own, other = here.get(name, "none"), there.get(name, "none")
        if own != other:
            return name, own, other
    return None
