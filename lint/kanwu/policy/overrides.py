"""What the command line says over a configuration."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from kanwu.policy.keys import KEYS
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.vocabulary import Unacceptable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kanwu.policy.settings import Origin, Settings
    from kanwu.policy.vocabulary import Vocabulary

ADDED = ("extend-select", "ignore", "extend-exclude")
"""What the command line adds to; everything else it replaces."""
PATTERNS = ("exclude", "extend-exclude")

WILD = re.compile(r"[*?!#\[\\]")


def read_overrides(options: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, Any]:
    """The values of options that are called like keys of a configuration file, with `--` before.

    Raises ConfigurationError, which names the option.
    """
    values = {}
    for name, value in options.items():
        try:
            values[name] = KEYS[name].read(value, vocabulary)
        except Unacceptable as error:
            raise ConfigurationError(f"--{name}: {error}") from None
    return values


def with_overrides(
    settings: Settings, overrides: Mapping[str, Any], vocabulary: Vocabulary
) -> Settings:
    """The settings with what `read_overrides` gave over them.

    `select` stands in place of the file's `select` and `extend-select`. What the command line
    selects, the file's `ignore` does not take away by an equally exact word. Patterns of the
    command line refer to the working folder.
    """
    if not overrides:
        return settings
    own = {name: getattr(settings, KEYS[name].field) for name in ADDED}
    if "select" in overrides:
        own["extend-select"] = ()
    chosen = {
        vocabulary.canonical(word)
        for name in ("select", "extend-select")
        for word in overrides.get(name, ())
    }
    own["ignore"] = tuple(w for w in settings.ignore if vocabulary.canonical(w) not in chosen)
    changes = own | dict(overrides)
    for name in PATTERNS:
        if name in overrides:
            changes[name] = tuple(rebased(overrides[name], os.getcwd(), settings.root))
    for name in ADDED:
        if name in overrides:
            changes[name] = own[name] + changes[name]
    origins: dict[str, Origin] = dict(settings.origins)
    for name, value in changes.items():
        field = KEYS[name].field
        if name in overrides or value != getattr(settings, field):
            origins[field] = "file and command line" if own.get(name) else "command line"
    fields = {KEYS[name].field: value for name, value in changes.items()}
    return replace(settings, **fields, origins=origins)


def rebased(patterns: Iterable[str], folder: str, root: str) -> Iterator[str]:
    """Patterns as in .gitignore that refer to `folder`, as patterns that refer to `root`.

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
            continue
        for name in os.path.relpath(root, folder).split(os.sep):
            first, _, body = body.partition("/")
            if not fnmatchcase(name, first):
                break
        else:
            # With nothing left of it, it names the root or a folder above.
            yield f"{sign}/{body or '*'}"
