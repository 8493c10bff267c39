"""What the command line says over a configuration."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kanwu.policy.keys import KEYS
from kanwu.policy.patterns import rebased
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.vocabulary import Unacceptable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.policy.settings import Origin, Settings
    from kanwu.policy.vocabulary import Vocabulary

ADDED = ("extend-select", "ignore", "extend-exclude")
"""What the command line adds to; everything else it replaces."""
PATTERNS = ("exclude", "extend-exclude")
WORDS = ("select", "extend-select", "ignore")
"""What names rules. Not all of a run need be known everywhere: one configuration declares rules, the
next does not."""

Unknown = dict[tuple[str, object], ConfigurationError]
"""For options with those of their words that name no rule, what to say of it."""


def read_overrides(
    options: Mapping[str, object], vocabulary: Vocabulary
) -> tuple[dict[str, Any], Unknown]:
    """The values of options that are called like keys of a configuration file, with `--` before.

    The words that name no rule are left out of the values. Raises ConfigurationError, which names the
    option, for all else that cannot be used.
    """
    values: dict[str, Any] = {}
    unknown: Unknown = {}
    for name, value in options.items():
        known = value
        if name in WORDS and isinstance(value, list):
            known = []
            for word in value:
                try:
                    vocabulary.canonical(word)
                except Unacceptable as error:
                    unknown[name, word] = ConfigurationError(f"--{name}: {error}")
                else:
                    known.append(word)
        try:
            values[name] = KEYS[name].read(known, vocabulary)
        except Unacceptable as error:
            raise ConfigurationError(f"--{name}: {error}") from None
    return values, unknown


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
