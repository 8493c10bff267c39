"""Settings: what holds for a file, whether chosen in a configuration file, on the command line or not."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.documents.document import Markup

BASELINE = "kanwu-baseline.json"
"""The name of the baseline where none is configured."""

OptionValue = bool | int | float | str | tuple[str, ...]


class ConfigurationError(Exception):
    """A configuration that cannot be used; its text names the file or option, and what is wrong."""


class Given(NamedTuple):
    """A value, or a part of one, and where it comes from."""

    source: str
    """The absolute path of a configuration file, `preset:NAME`, or `command line`."""
    items: tuple[str, ...] = ()
    """Which items of a list, or keys of a table."""


class Suppression(NamedTuple):
    """What a configuration silences: findings of which all that is given here is true."""

    rules: tuple[str, ...] = ()
    """Codes, names and families; empty for every rule."""
    paths: tuple[str, ...] = ()
    """Patterns as in .gitignore; empty for every file."""
    contains: tuple[str, ...] = ()
    """Strings of which one stands in a line of the finding; empty for every line."""
    fingerprints: tuple[str, ...] = ()
    """Fingerprints of findings; empty for every finding."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings that hold for the files under one configuration file, or for files under none.

    Equal settings are equal as values: they can be dictionary keys and be sent to other processes.
    What a configuration file writes as a table is a tuple of pairs here. Rules are named by the
    words that the user wrote: codes, names, families, or `ALL`.
    """

    root: str
    """The folder that globs and relative folders refer to."""
    source: str | None = None
    """The configuration file, or None where there is none."""
    extend: tuple[str, ...] = ()
    """What that file stands on, as it names it."""
    select: tuple[str, ...] | None = None
    """None selects every rule that is on by default."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    rules: tuple[tuple[str, tuple[tuple[str, OptionValue], ...]], ...] = ()
    rule_files: tuple[str, ...] = ()
    """Files that declare rules, made absolute."""
    rule_texts: tuple[str, ...] = ()
    """What stood in each of these when the settings were read: what a rule is does not change in a
    run, and every process knows it."""
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    extensions: tuple[str, ...] = (".txt", ".md", ".markdown")
    respect_ignore_files: bool = True
    text_fields: tuple[str, ...] = ("text",)
    text_markup: Markup = "plain"
    """Of the texts in datasets."""
    id_field: str | None = None
    """None where the rows of datasets are told apart by their numbers alone."""
    corpus: tuple[str, ...] = ()
    """Folders, made absolute."""
    fail_on: Severity = Severity.WARNING
    cache_dir: str = ".kanwu_cache"
    """A folder, made absolute."""
    baseline: str = BASELINE
    """A file, made absolute."""
    baseline_state: tuple[int, int] | None = None
    """Its size in bytes and time of change in ns when the settings were read; None where it is not
    used: there is none, or it is not to be."""
    origins: Mapping[str, tuple[Given, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Where the fields that are not defaults come from; several sources make up a list or a table."""

    def __post_init__(self) -> None:
        def absolute(path: str) -> str:
            return os.path.normpath(os.path.join(self.root, path))

        object.__setattr__(self, "root", os.path.abspath(self.root))
        object.__setattr__(self, "corpus", tuple(map(absolute, self.corpus)))
        object.__setattr__(self, "rule_files", tuple(map(absolute, self.rule_files)))
        object.__setattr__(self, "cache_dir", absolute(self.cache_dir))
        object.__setattr__(self, "baseline", absolute(self.baseline))

    @property
    def excluded(self) -> tuple[str, ...]:
        """All patterns, as in .gitignore and relative to `root`, of what searches leave out."""
        return self.exclude + self.extend_exclude

    def origin(self, name: str) -> str:
        """Where the value of a field comes from: its sources, or `default`."""
        return " and ".join(given.source for given in self.origins.get(name, ())) or "default"
