"""Finding and reading configuration files: the nearest one above a file holds for it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kanwu.policy.keys import read_table
from kanwu.policy.overrides import read_overrides, with_overrides
from kanwu.policy.settings import ConfigurationError, Settings
from kanwu.policy.toml_files import decoded, display, parsed
from kanwu.policy.toml_values import as_key
from kanwu.policy.vocabulary import Unacceptable, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.engine.discovery import Catalogue

PROJECT_FILE = "pyproject.toml"
FILE_NAMES = ("kanwu.toml", ".kanwu.toml", PROJECT_FILE)
"""In one folder the first of these holds, and the others are not read."""


class Resolver:
    """Which settings hold for which file. Each folder is looked at once.

    `config` is one configuration file for all files, whose relative folders and patterns refer to
    the working folder. With `isolated` no configuration file is read. `overrides` holds options of
    the command line by the name of their key (`{"select": ["ENC"], "fail-on": "error"}`) and is laid
    over every settings. Raises ConfigurationError.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        config: str | None = None,
        isolated: bool = False,
        overrides: Mapping[str, object] | None = None,
    ) -> None:
        self._vocabulary = Vocabulary(catalogue)
        self._overrides = read_overrides(overrides or {}, self._vocabulary)
        self._of_folder: dict[str, Settings] = {}
        here = os.getcwd()
        self._everywhere: Settings | None = None
        self._defaults = self._overridden(Settings(here))
        if isolated and config is not None:
            raise ConfigurationError(f"--config {config} and --isolated contradict one another")
        if isolated:
            self._everywhere = self._defaults
        elif config is not None:
            settings = read_file(config, root=here, vocabulary=self._vocabulary)
            if settings is None:
                raise ConfigurationError(
                    f"{display(config)}: found no table [tool.kanwu], expected one in a {PROJECT_FILE}"
                )
            self._everywhere = self._overridden(settings)

    def for_file(self, path: str) -> Settings:
        """The settings for a file, which need not exist. Raises ConfigurationError."""
        return self.for_folder(os.path.dirname(path))

    def for_folder(self, folder: str) -> Settings:
        """The settings for the files in a folder. Raises ConfigurationError."""
        if self._everywhere is not None:
            return self._everywhere
        settings = self._of_folder.get(folder)
        if settings is None:
            settings = self._of_folder[folder] = self._nearest(os.path.abspath(folder))
        return settings

    def _nearest(self, folder: str) -> Settings:
        passed = []
        while (settings := self._of_folder.get(folder)) is None:
            passed.append(folder)
            settings = self._in(folder)
            if settings is not None:
                break
            above = os.path.dirname(folder)
            if above == folder:
                settings = self._defaults
                break
            folder = above
        self._of_folder |= dict.fromkeys(passed, settings)
        return settings

    def _in(self, folder: str) -> Settings | None:
        for name in FILE_NAMES:
            path = os.path.join(folder, name)
            try:
                # Not `exists`: a link that leads nowhere is a mistake to be told, not no file.
                os.lstat(path)
            except OSError:
                continue
            settings = read_file(path, root=folder, vocabulary=self._vocabulary)
            if settings is not None:
                return self._overridden(settings)
        return None

    def _overridden(self, settings: Settings) -> Settings:
        return with_overrides(settings, self._overrides, self._vocabulary)


def read_file(path: str, *, root: str, vocabulary: Vocabulary) -> Settings | None:
    """The settings of a configuration file, or None for a pyproject.toml that has none of ours.

    Raises ConfigurationError, which names the file, the key, what was found and what was expected.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ConfigurationError(f"{display(path)}: cannot be read: {error.strerror}") from error
    in_project = os.path.basename(path) == PROJECT_FILE
    if in_project and b"kanwu" not in data:
        return None
    table = parsed(decoded(data, path), path)
    above: tuple[str, ...] = ()
    if in_project:
        tool = table.get("tool")
        if not isinstance(tool, dict) or "kanwu" not in tool:
            return None
        table = tool["kanwu"]
        above = ("tool", "kanwu")
    try:
        values = read_table(table, vocabulary)
    except Unacceptable as error:
        where = ": ".join(filter(None, (display(path), ".".join(map(as_key, (*above, *error.at))))))
        raise ConfigurationError(f"{where}: {error}") from None
    settings = Settings(root, os.path.abspath(path), **values)
    return replace(settings, origins=dict.fromkeys(values, "file"))
