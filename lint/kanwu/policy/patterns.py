"""Patterns of file names, as in .gitignore."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathspec import GitIgnoreSpec

WILD = re.compile(r"[*?!#\[\\]")
# What needs no closer look: nothing escaped, no class, and something besides slashes and blanks.
# Importing pathspec costs more than importing click, and a commit hook names its files, so
# that a configured `exclude` is not even used.
PLAIN = re.compile(r"!?/?[^/\s!#\[\\][^\[\\]*")


def is_usable(pattern: str) -> bool:
    """Whether the pattern can match anything: it is no comment, not empty and not broken."""
    if PLAIN.fullmatch(pattern):
        return True
    try:
        return any(compiled.include is not None for compiled in _compiled(pattern).patterns)
    except ValueError:
        return False


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern matches a relative path with `/`; no pattern here negates another."""
    return _compiled(pattern).match_file(path)


@cache
def _compiled(pattern: str) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # only where patterns are given

    return GitIgnoreSpec.from_lines([pattern])


def rebased(patterns: Iterable[str], folder: str, root: str) -> Iterator[str]:
    """Patterns that refer to `folder`, as patterns that refer to `root`.

    Those without a slash before their end match at any depth and stay as they are. Those that can
    match nothing below `root` are left out.
    """
    for pattern in patterns:
        sign = "!" if pattern.startswith("!") else ""
        body = pattern.removeprefix("!")
        if folder == root or "/" not in body[:-1] or body.startswith("**/"):
            yield pattern
            continue
        body = body.lstrip("/")
        steps = os.path.relpath(folder, root).replace(os.sep, "/")
        if not steps.startswith(".."):
            escaped = WILD.sub(r"\\\g<0>", steps)
            yield f"{sign}/{escaped}/{body}"
        elif (rest := _below(body, os.path.relpath(root, folder).split(os.sep))) is not None:
            yield sign + rest


def _below(body: str, steps: Iterable[str]) -> str | None:
    """What remains of a pattern for a folder that lies some steps below, None where nothing does."""
    for name in steps:
        first, _, rest = body.partition("/")
        if not first:
            break
        if first == "**":
            return body
        if not (is_usable(first) and matches(f"/{first}", name)):
            return None
        body = rest
    # Used up, it names the folder itself or one above, and so all that is in it.
    return f"/{body or '*'}"
