"""Finding and reading configuration files: the nearest one above a file holds for it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kanwu.policy.keys import KEYS, read_table
from kanwu.policy.overrides import read_overrides, with_overrides
from kanwu.policy.rule_files import (
    catalogue_for,
    merged,
    read_rule_files,
    rule_files_of,
    with_rule_files,
)
from kanwu.policy.settings import ConfigurationError, Settings
from kanwu.policy.toml_files import decoded, display, parsed
from kanwu.policy.toml_values import as_key
from kanwu.policy.vocabulary import Unacceptable, Vocabulary, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanwu.engine.discovery import Catalogue
    from kanwu.policy.overrides import Unknown
    from kanwu.policy.rule_files import RuleFile
    from kanwu.policy.settings import Origin

PROJECT_FILE = "pyproject.toml"
RULE_FILES = "rule-files"
FILE_NAMES = ("kanwu.toml", ".kanwu.toml", PROJECT_FILE)
"""In one folder the first of these holds, and the others are not read."""


class Resolver:
    """Which settings hold for which file. Each folder is looked at once.

    `config` is one configuration file for all files, whose relative folders and patterns refer to
    the working folder. With `isolated` no configuration file is read. `overrides` holds options of
    the command line by the name of their key (`{"select": ["ENC"], "fail-on": "error"}`) and is laid
    over every settings, as are `rule_files`. Without `baseline`, and with `isolated`, no finding is old.
    Raises ConfigurationError.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        config: str | None = None,
        isolated: bool = False,
        overrides: Mapping[str, object] | None = None,
        rule_files: Iterable[str] = (),
        baseline: bool = True,
    ) -> None:
        here = os.getcwd()
        self._with_baseline = baseline and not isolated
        self._catalogue = catalogue
        try:
            self._rule_files = merged(read_rule_files(rule_files, here))
        except Unacceptable as error:
            raise ConfigurationError(f"--rule-file: {error}") from None
        self._overrides = overrides or {}
        self._unknown: Unknown | None = None
        self._of_folder: dict[str, Settings] = {}
        self._everywhere: Settings | None = None
        self._defaults = self._overridden(Settings(here))
        if isolated and config is not None:
            raise ConfigurationError(f"--config {config} and --isolated contradict one another")
        if isolated:
            self._everywhere = self._defaults
        elif config is not None:
            settings = read_file(config, here, self._catalogue, self._rule_files)
            if settings is None:
                raise ConfigurationError(
                    f"{display(config)}: found no table [tool.kanwu], expected one in a {PROJECT_FILE}"
                )
            self._everywhere = self._overridden(settings)

    def refuse_unknown_words(self) -> None:
        """Raise ConfigurationError for a word of the overrides that no settings so far knew.

        To be called when the settings of all files were asked for: a rule may be declared in any.
        """
        for error in (self._unknown or {}).values():
            raise error

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
            settings = read_file(path, folder, self._catalogue, self._rule_files)
            if settings is not None:
                return self._overridden(settings)
        return None

    def _overridden(self, settings: Settings) -> Settings:
        if self._rule_files:
            origin: Origin = "file and command line" if settings.rule_files else "command line"
            paths, texts = zip(*merged(rule_files_of(settings), self._rule_files), strict=True)
            settings = replace(
                settings,
                rule_files=paths,
                rule_texts=texts,
                origins={**settings.origins, "rule_files": origin},
            )
        vocabulary = Vocabulary(catalogue_for(self._catalogue, settings))
        overrides, unknown = read_overrides(self._overrides, vocabulary)
        if self._unknown is not None:
            unknown = {word: error for word, error in unknown.items() if word in self._unknown}
        self._unknown = unknown
        if self._with_baseline:
            settings = replace(settings, baseline_state=baseline_state(settings))
        return with_overrides(settings, overrides, vocabulary)


def baseline_state(settings: Settings) -> tuple[int, int] | None:
    """What tells whether the baseline has changed; None where there is none, and none is asked for."""
    try:
        status = os.stat(settings.baseline)
    except OSError as error:
        if settings.origin("baseline") == "default":
            return None
        raise ConfigurationError(
            f"{display(settings.baseline)}: cannot be read: {error.strerror}; record it with "
            "kanwu baseline"
        ) from error
    return status.st_size, status.st_mtime_ns


def read_file(
    path: str, root: str, catalogue: Catalogue, rule_files: tuple[RuleFile, ...] = ()
) -> Settings | None:
    """The settings of a configuration file, or None for a pyproject.toml that has none of ours.

    It may name the rules of the files of rules that it names itself, and of those given. Raises
    ConfigurationError, which names the file, the key, what was found and what was expected.
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
        own = own_rule_files(table, root, Vocabulary(catalogue))
        known = with_rule_files(catalogue, merged(own, rule_files))
        values = read_table(table, Vocabulary(known))
    except Unacceptable as error:
        where = ": ".join(filter(None, (display(path), ".".join(map(as_key, (*above, *error.at))))))
        raise ConfigurationError(f"{where}: {error}") from None
    origins: dict[str, Origin] = dict.fromkeys(values, "file")
    if own:
        values["rule_files"], values["rule_texts"] = zip(*own, strict=True)
    return Settings(root, os.path.abspath(path), **values, origins=origins)


def own_rule_files(table: object, root: str, vocabulary: Vocabulary) -> tuple[RuleFile, ...]:
    """The files of rules that a table of settings names. Raises ConfigurationError."""
    if not isinstance(table, dict) or RULE_FILES not in table:
        return ()
    with inside(RULE_FILES):
        names = KEYS[RULE_FILES].read(table[RULE_FILES], vocabulary)
        return merged(read_rule_files(names, root))
