"""Values as TOML writes them: for messages about configuration and for showing what applies."""

from __future__ import annotations

import re
from collections.abc import Mapping

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
LONGEST_SHOWN = 60


def as_toml(value: object) -> str:
    """A value in one line of TOML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{as_key(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        import json  # for messages and pages only

        return json.dumps(value, ensure_ascii=False)
    return str(value)


def as_key(key: str) -> str:
    """A key, in quotation marks where TOML needs them."""
    return key if BARE_KEY.fullmatch(key) else as_toml(key)


def shown(value: object) -> str:
    """A value in a message: one line, not long, a table by its kind alone."""
    if isinstance(value, Mapping):
        return "a table"
    text = as_toml(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
