"""Finding and reading configuration files: the nearest one above a file holds for it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from kanwu.policy.extending import PROJECT_FILE, Stack
from kanwu.policy.layers import laid_over
from kanwu.policy.overrides import COMMAND_LINE, read_overrides, with_overrides
from kanwu.policy.rule_files import (
    catalogue_for,
    merged,
    read_rule_files,
    rule_files_of,
    with_rule_files,
)
from kanwu.policy.settings import ConfigurationError, Given, Settings
from kanwu.policy.toml_files import display
from kanwu.policy.vocabulary import Unacceptable, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kanwu.engine.discovery import Catalogue
    from kanwu.policy.overrides import Unknown
    from kanwu.policy.rule_files import RuleFile

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
            origin = settings.origins.get("rule_files", ())
            given = Given(COMMAND_LINE, tuple(path for path, _ in self._rule_files))
            paths, texts = zip(*merged(rule_files_of(settings), self._rule_files), strict=True)
            settings = replace(
                settings,
                rule_files=paths,
                rule_texts=texts,
                origins={**settings.origins, "rule_files": (*origin, given)},
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

    It may name the rules of the files of rules that it names itself or stands on, and of those given. Raises
    ConfigurationError, which names the file, the key, what was found and what was expected.
    """
    stack = Stack(catalogue, rule_files)
    if not stack.add_file(path, root):
        return None
    return settings_of(stack, Settings(root, os.path.abspath(path)), catalogue, rule_files)


def read_values(values: Mapping[str, object], root: str, catalogue: Catalogue) -> Settings:
    """The settings that a configuration file with these values in a folder would make.

    Raises ConfigurationError.
    """
    stack = Stack(catalogue, ())
    stack.add_values(values, root)
    return settings_of(stack, Settings(root), catalogue)


def settings_of(
    stack: Stack, settings: Settings, catalogue: Catalogue, rule_files: tuple[RuleFile, ...] = ()
) -> Settings:
    """Settings with all layers of a stack over them."""
    vocabulary = Vocabulary(with_rule_files(catalogue, merged(stack.own_rule_files, rule_files)))
    for layer in stack.layers:
        settings = laid_over(settings, layer, vocabulary)
    if stack.own_rule_files:
        paths, texts = zip(*stack.own_rule_files, strict=True)
        settings = replace(settings, rule_files=paths, rule_texts=texts)
    return settings
