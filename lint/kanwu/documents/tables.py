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

    with open(os.path.join(os.path.dirname(module), name), "rb") as file:
        return tomllib.load(file)
