"""Files of declared rules: data that a configuration or the command line names, read and never run.

The rules of such a file (see `kanwu.policy.declarations`) join those of installed distributions in the
catalogue of the settings that name it. A file that nobody names is never looked at.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.policy.toml_files import decoded, display
from kanwu.policy.vocabulary import Unacceptable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kanwu.engine.discovery import Catalogue
    from kanwu.policy.settings import Settings


class RuleFile(NamedTuple):
    """A file of rules: its absolute path and its text."""

    path: str
    text: str


def read_rule_files(names: Iterable[str], folder: str) -> tuple[RuleFile, ...]:
    """Files of rules by their names, relative ones in a folder. Raises ConfigurationError."""
    return tuple(_read(os.path.abspath(os.path.join(folder, name))) for name in names)


def _read(path: str) -> RuleFile:
    expected = "a TOML file of rules"
    # A pipe would be waited for, and a device may have no end.
    if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
        raise Unacceptable(f"{display(path)}, which is no ordinary file", expected)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        found = f"{display(path)}, which cannot be read: {error.strerror}"
        raise Unacceptable(found, expected) from error
    return RuleFile(path, decoded(data, path))


def merged(*several: Iterable[RuleFile]) -> tuple[RuleFile, ...]:
    """Several lots of files, each file once."""
    return tuple({file.path: file for files in several for file in files}.values())


def rule_files_of(settings: Settings) -> tuple[RuleFile, ...]:
    """The files of rules that some settings name."""
    return tuple(map(RuleFile, settings.rule_files, settings.rule_texts))


def catalogue_for(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """A catalogue with the rules that some settings declare. Raises ConfigurationError."""
    return with_rule_files(catalogue, rule_files_of(settings))


def with_rule_files(catalogue: Catalogue, files: tuple[RuleFile, ...]) -> Catalogue:
    """A catalogue with the rules of some files, made once a process. Raises ConfigurationError."""
    return _extended(catalogue, files) if files else catalogue


@lru_cache(maxsize=16)
def _extended(catalogue: Catalogue, files: tuple[RuleFile, ...]) -> Catalogue:
    from kanwu.policy.declarations import with_declarations

    for path, text in files:
        catalogue = with_declarations(catalogue, path, text)
    return catalogue
