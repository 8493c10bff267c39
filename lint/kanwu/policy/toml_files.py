"""Reading TOML files of the user, and saying where in one a mistake stands."""

from __future__ import annotations

import os
import re
from typing import Any

from kanwu.policy.settings import ConfigurationError

TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def decoded(data: bytes, path: str) -> str:
    """The text of a TOML file, a byte-order mark at its beginning left out."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        raise ConfigurationError(
            f"{display(path)}:{line}:{column}: found the byte 0x{data[error.start]:02X}, "
            "expected UTF-8; save the file in that encoding"
        ) from None


def parsed(text: str, path: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises ConfigurationError with line and column."""
    import tomllib  # most runs find no configuration file

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = "too deeply nested" if isinstance(error, RecursionError) else str(error)
        at = TOML_PLACE.search(message)
        where = display(path)
        if at is not None:
            message = message[: at.start()]
            line = at[1] or text.count("\n") + 1
            column = at[2] or len(text) - text.rfind("\n")
            where = f"{where}:{line}:{column}"
        raise ConfigurationError(f"{where}: this is not TOML: {message}") from None


def display(path: str) -> str:
    """A path as messages show it: relative to the working folder where it lies inside it."""
    absolute = os.path.abspath(path)
    relative = os.path.relpath(absolute)
    return absolute if relative.startswith("..") else relative.replace(os.sep, "/")
