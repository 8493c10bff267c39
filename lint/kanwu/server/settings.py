"""What the settings of an editor say to the server; all else is in the configuration of kanwu."""

from __future__ import annotations

from typing import NamedTuple

SECTION = "kanwu"


class ClientSettings(NamedTuple):
    """The settings of a client, by the names that they have there."""

    unsafeFixes: bool = True  # noqa: N815 - as editors write them
    """Whether fixes that may change the meaning are offered."""

    @classmethod
    def read(cls, found: object) -> tuple[ClientSettings, list[str]]:
        """The settings in what a client sent, and what is wrong with the rest, for a person."""
        if found is None:
            return cls(), []
        if not isinstance(found, dict):
            return cls(), [f"settings: found {found!r}, expected a table"]
        # A client may send its own settings along, as the path of the program.
        inner = found.get(SECTION)
        table = inner if isinstance(inner, dict) else found
        values, wrong = {}, []
        for name, default in cls()._asdict().items():
            value = table.get(name)
            if isinstance(value, type(default)):
                values[name] = value
            elif value is not None:
                wrong.append(f"setting {SECTION}.{name}: found {value!r}, expected true or false")
        return cls(**values), wrong
