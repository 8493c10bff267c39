"""Tables and word lists: TOML files that lie beside the code that uses them."""

from __future__ import annotations

import os
from typing import Any


def read_table(module: str, name: str) -> dict[str, Any]:
    """The content of a TOML file beside a module, which is given by its `__file__`.

    Call it from a cached function at first use, and not at import. `importlib.resources` would serve
    too, and costs a third of a whole small run to import.
    """
    import tomllib

    return tomllib.loads(read_bytes(module, name).decode("utf-8"))


def read_bytes(module: str, name: str) -> bytes:
    """The content of a file of data beside a module, which is given by its `__file__`.

    Not by `pathlib`, which takes longer to import than most rules.
    """
    with open(os.path.join(os.path.dirname(module), name), "rb") as file:
        return file.read()


def read_words(module: str, name: str) -> dict[str, Any]:
    """The content of a TOML file beside a module in which long lists of words are single strings.

    Every string of several lines stands for the list of its words; see `words_of`. A TOML parser in
    Python reads it in a hundredth of the time that it takes for the list.
    """
    return {key: _listed(value) for key, value in read_table(module, name).items()}


def words_of(text: str) -> list[str]:
    """The words of a text that has them on lines of their own, or with two blanks between.

    Lines that begin with “# ” are comments.
    """
    lines = (line.strip() for line in text.splitlines())
    kept = (line for line in lines if not line.startswith("# "))
    return [word for line in kept for part in line.split("  ") if (word := part.strip())]


def _listed(value: Any) -> Any:
    if isinstance(value, str) and "\n" in value:
        return words_of(value)
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    return value
