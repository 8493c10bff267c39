"""Presets: configurations that come with kanwu, to be extended."""

from __future__ import annotations

import os
from functools import cache

PREFIX = "preset:"
FOLDER = os.path.join(os.path.dirname(__file__), "presets")


@cache
def preset_names() -> tuple[str, ...]:
    """The presets there are: each is a TOML file beside this module."""
    return tuple(sorted(name[:-5] for name in os.listdir(FOLDER) if name.endswith(".toml")))


def preset_text(name: str) -> str:
    """The text of a preset, a configuration file with comments."""
    with open(os.path.join(FOLDER, f"{name}.toml"), encoding="utf-8") as file:
        return file.read()


def preset_summary(name: str) -> str:
    """The first line of a preset: what it is for."""
    return preset_text(name).partition("\n")[0].removeprefix("# ")
