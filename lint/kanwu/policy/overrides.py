"""What the command line says over a configuration."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kanwu.policy.keys import KEYS
from kanwu.policy.layers import Layer, laid_over
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.vocabulary import Unacceptable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.policy.settings import Settings
    from kanwu.policy.vocabulary import Vocabulary

COMMAND_LINE = "command line"
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
    """The settings with what `read_overrides` gave over them; its patterns refer to the working folder."""
    if not overrides:
        return settings
    values = {KEYS[name].field: value for name, value in overrides.items()}
    return laid_over(settings, Layer(COMMAND_LINE, os.getcwd(), values), vocabulary)
